/** The explanation in sentences, for somebody who manages people and knows nothing of claims and revisions. */
import type { SeatSpan } from "../../../projections/seats/why"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import type { Language } from "./language"
import type { HistoryEntry } from "./types/history"
import type { LicenseExplanation, Remedy } from "./types/why"
import { openSpan, placeAtFirst } from "./why"
import { type About, PHRASES, type Phrases } from "./why-phrases"

interface Telling {
  /** IANA name of the zone whose days are told. */
  readonly timeZone: string
  readonly language: Language
}

/** @throws GraphQLError BAD_USER_INPUT for a time zone that there is not */
export async function sentencesOf(context: GraphQLContext, told: LicenseExplanation, { timeZone, language }: Telling): Promise<string[]> {
  const say = PHRASES[language]
  const day = daysIn(timeZone, say.locale)
  const words = new Words({ context, told, day, say, language })
  const sentences = [...(await words.state()), ...words.whatItTakes()].filter((sentence) => sentence !== "")
  if (told.at.open) return sentences
  return [say.asOf(told.revision, told.revision > 0 ? day(told.at.instant) : undefined), ...sentences]
}

type Day = (instant: number) => string

function daysIn(timeZone: string, locale: string): Day {
  try {
    const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone })
    return (instant) => format.format(instant)
  } catch {
    throw badUserInput("timeZone", `must be a time zone of the IANA database, such as Europe/Amsterdam, and not ${timeZone.slice(0, 50)}`)
  }
}

interface Tools {
  readonly context: GraphQLContext
  readonly told: LicenseExplanation
  readonly day: Day
  readonly say: Phrases
  readonly language: Language
}

class Words {
  readonly #about: About

  constructor(private readonly tools: Tools) {
    const { user, product } = tools.told.names
    this.#about = { who: user, what: product }
  }

  async state(): Promise<string[]> {
    const { told, day, say } = this.tools
    const about = this.#about
    const span = openSpan(told)
    switch (told.state) {
      case "SEATED":
        return [say.heldSince(about, day(span?.from_at ?? 0), this.#through()), this.#began(), await this.#waited(span)]
      case "WAITLISTED":
        return [
          say.waitedSince(about, day(span?.from_at ?? 0), this.#through(), told.waitlistPosition ?? 0, told.license?.seats.waitlisted ?? 0),
          say.before(told.before ?? 0),
          this.#began(),
          this.#revoked(span),
        ]
      case "IN_PROGRESS":
        return [say.settling(about, this.#through()), this.#happened()]
      case "NOT_ENTITLED":
        return told.decidedAt === null ? [say.neverAssigned(about)] : [say.noLongerEntitled(about), this.#formerly(), this.#happened()]
      case "INACTIVE":
        return [
          say.inactive(about),
          this.#happened(),
          this.#formerly(),
          told.sources.length > 0 ? say.onceActive(about, this.#through()) : say.nothingEntitles(about),
        ]
      case "DELETED":
        return [say.deleted(about), this.#happened(), this.#formerly()]
      case "NOT_IN_DIRECTORY":
        return [say.notInDirectory(about)]
      case "CANCELLED":
        return [say.cancelled(about), this.#happened(), this.#formerly()]
      case "NOT_REGISTERED":
        return [say.notBought(about)]
      default:
        return told.state satisfies never
    }
  }

  whatItTakes(): string[] {
    return this.tools.told.remedies.map((remedy) => this.#takes(remedy))
  }

  #takes({ kind, seats, groups }: Remedy): string {
    const names = groups.map((group) => group.displayName)
    const waits = this.tools.told.waitlistPosition !== null
    return this.tools.say.takes({ ...this.#about, kind, seats: seats ?? 0, groups: names, waits })
  }

  /** , directly and through the groups A and B */
  #through(): string {
    const { sources } = this.tools.told
    const groups = sources.flatMap(({ type, group }) => (type === "GROUP" ? [group?.displayName] : []))
    return this.tools.say.sources(
      sources.some(({ type }) => type === "DIRECT"),
      groups,
    )
  }

  /** How the claim came about. */
  #began(): string {
    const { told, day, say } = this.tools
    const { claim, sources } = told
    if (!claim) return ""
    if (!claim.openedBy) return say.began(day(claim.openedAt))
    // Whoever joined a group that had the license already: both halves are told.
    const through = sources.find(({ joinedBy }) => joinedBy?.revision === claim.openedRevision)
    const before = through?.assignedBy && through.assignedBy.revision < claim.openedRevision ? `${this.#sentence(through.assignedBy)} ` : ""
    return before + this.#sentence(claim.openedBy)
  }

  async #waited(span: SeatSpan | undefined): Promise<string> {
    const { context, told, day, say } = this.tools
    const first = told.spans.findLast(({ opened_revision }) => opened_revision === span?.opened_revision)
    const root = told.causes.at(-1)
    if (span?.via === "TRANSFER") return say.byTransfer(this.#about, root && this.#clause(root))
    if (!span || !first || first.state === "SEATED") return this.#tookBack(span)
    const place = await placeAtFirst(context, told, first)
    const end = root && root.revision !== span.opened_revision ? { clause: this.#clause(root) } : { day: day(span.from_at) }
    return say.waitedUntil(this.#about, day(first.from_at), place, end)
  }

  /** A seat that was lost and won again under the same claim (rule 20). */
  #tookBack(span: SeatSpan | undefined): string {
    const { told, day, say } = this.tools
    const lost = told.spans.find(
      (other) => other !== span && other.opened_revision === span?.opened_revision && other.state === "WAITLISTED",
    )
    return lost ? say.tookBack(day(lost.from_at), day(lost.to_at)) : ""
  }

  #revoked(span: SeatSpan | undefined): string {
    const { told, day, say } = this.tools
    const held = told.spans.find(({ to_revision, state }) => to_revision === span?.from_revision && state === "SEATED")
    return held ? say.revoked(this.#about, day(held.to_at)) : ""
  }

  #formerly(): string {
    const { told, day, say } = this.tools
    const [last] = told.spans
    return last ? say.formerly(this.#about, last.state === "SEATED", day(last.from_at), day(last.to_at)) : ""
  }

  /** What brought the present state about, as somebody asked for it. */
  #happened(): string {
    const root = this.tools.told.causes.at(-1)
    return root ? this.#sentence(root) : ""
  }

  #sentence(entry: HistoryEntry): string {
    return `${this.#clause(entry)}${entry.reason === null ? "" : ` (“${entry.reason}”)`}.`
  }

  #clause(entry: HistoryEntry): string {
    const { day, say, language } = this.tools
    const { actor, recordedAt } = entry
    const summary = entry.sentence(language)
    const name = actor.displayName ?? ""
    const isNamed = name !== "" && summary.startsWith(`${name} `)
    const as = say.role(actor.type, actor.role)
    return say.on(isNamed && as ? `${name} (${as})${summary.slice(name.length)}` : summary, day(recordedAt))
  }
}
