/** The explanation in sentences, for somebody who manages people and knows nothing of claims and revisions. */
import type { SeatSpan } from "../../../projections/seats/why"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import type { HistoryEntry } from "./types/history"
import type { LicenseExplanation, Remedy } from "./types/why"
import { openSpan, placeAtFirst } from "./why"

/** @throws GraphQLError BAD_USER_INPUT for a time zone that there is not */
export async function sentencesOf(context: GraphQLContext, told: LicenseExplanation, timeZone: string): Promise<string[]> {
  const day = daysIn(timeZone)
  const words = new Words(context, told, day)
  const sentences = [...(await words.state()), ...words.whatItTakes()].filter((sentence) => sentence !== "")
  if (told.at.open) return sentences
  return [`As of revision ${told.revision}${told.revision > 0 ? `, recorded on ${day(told.at.instant)}` : ""}:`, ...sentences]
}

type Day = (instant: number) => string

function daysIn(timeZone: string): Day {
  try {
    const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone })
    return (instant) => format.format(instant)
  } catch {
    throw badUserInput("timeZone", `must be a time zone of the IANA database, such as Europe/Amsterdam, and not ${timeZone.slice(0, 50)}`)
  }
}

class Words {
  readonly #who: string
  readonly #what: string

  constructor(
    private readonly context: GraphQLContext,
    private readonly told: LicenseExplanation,
    private readonly day: Day,
  ) {
    this.#who = told.names.user
    this.#what = told.names.product
  }

  async state(): Promise<string[]> {
    const { told, day } = this
    const who = this.#who
    const what = this.#what
    const span = openSpan(told)
    switch (told.state) {
      case "SEATED":
        return [
          `${who} has held a seat of ${what} since ${day(span?.from_at ?? 0)}${this.#through()}.`,
          this.#began(),
          await this.#waited(span),
        ]
      case "WAITLISTED":
        return [
          `${who} has waited for a seat of ${what} since ${day(span?.from_at ?? 0)}${this.#through()}, in place ${told.waitlistPosition} of ${told.license?.seats.waitlisted ?? 0}.`,
          told.before === 0 ? "Nobody is before." : `${people(told.before ?? 0)} before.`,
          this.#began(),
          this.#revoked(span),
        ]
      case "IN_PROGRESS":
        return [`${who} is entitled to ${what}${this.#through()}, and the seats are still being settled.`, this.#happened()]
      case "NOT_ENTITLED":
        return told.spans.length === 0
          ? [`${who} was never assigned ${what}, neither directly nor through a group.`]
          : [`${who} has no seat of ${what}: nothing entitles ${who} to it any more.`, this.#formerly(), this.#happened()]
      case "INACTIVE":
        return [
          `${who} has no seat of ${what}, because the account is inactive.`,
          this.#happened(),
          this.#formerly(),
          told.sources.length > 0
            ? `Once it is active again, ${who} is entitled again${this.#through()}, at the end of the waitlist.`
            : `Nothing entitles ${who} to ${what}.`,
        ]
      case "DELETED":
        return [`${who} has no seat of ${what}, because the account was deleted.`, this.#happened(), this.#formerly()]
      case "NOT_IN_DIRECTORY":
        return [`${who} was not in the directory yet.`]
      case "CANCELLED":
        return [`Nobody has a seat of ${what}, because the license was cancelled.`, this.#happened(), this.#formerly()]
      case "NOT_REGISTERED":
        return [`${what} was not bought yet.`]
      default:
        return told.state satisfies never
    }
  }

  whatItTakes(): string[] {
    return this.told.remedies.map((remedy) => this.#takes(remedy))
  }

  #takes({ kind, seats, groups }: Remedy): string {
    const who = this.#who
    const what = this.#what
    switch (kind) {
      case "FREE_SEATS":
        return this.told.waitlistPosition === null
          ? `There is no seat left: ${seatsOf(seats ?? 0)} would have to be freed or added, and until then ${who} would wait.`
          : `It takes ${seatsOf(seats ?? 0)}, freed by others or added by the vendor, until it is the turn of ${who}.`
      case "REINSTATE_LICENSE":
        return `${what} is suspended: nobody is given a seat until the vendor makes it active again.`
      case "ACTIVATE_USER":
        return "" // The first sentences have said so.
      case "ASSIGN": {
        const names = groups.map((group) => group.displayName)
        const joining = names.length > 0 ? `, or ${who} would have to join a group that has it: ${listed(names, "or")}` : ""
        return `${what} would have to be assigned to ${who}${joining}.`
      }
      case "WAIT":
        return "Nothing has to be done: it is being worked on."
      case "BUY_LICENSE":
        return "A cancelled license does not come back: it would have to be bought anew."
      default:
        return kind satisfies never
    }
  }

  /** , directly and through the groups A and B */
  #through(): string {
    const { sources } = this.told
    const groups = sources.flatMap(({ type, group }) => (type === "GROUP" ? [group?.displayName ?? "that is gone"] : []))
    const direct = sources.some(({ type }) => type === "DIRECT") ? ["by a direct assignment"] : []
    const through = groups.length > 0 ? [`through the ${groups.length === 1 ? "group" : "groups"} ${listed(groups, "and")}`] : []
    const all = [...direct, ...through]
    return all.length > 0 ? `, ${all.join(" and ")}` : ""
  }

  /** How the claim came about. */
  #began(): string {
    const { claim, sources } = this.told
    if (!claim) return ""
    if (!claim.openedBy) return `The entitlement began on ${this.day(claim.openedAt)}.`
    // Whoever joined a group that had the license already: both halves are told.
    const through = sources.find(({ joinedBy }) => joinedBy?.revision === claim.openedRevision)
    const before = through?.assignedBy && through.assignedBy.revision < claim.openedRevision ? `${this.#sentence(through.assignedBy)} ` : ""
    return before + this.#sentence(claim.openedBy)
  }

  async #waited(span: SeatSpan | undefined): Promise<string> {
    const { told, day } = this
    const who = this.#who
    const first = told.spans.findLast(({ opened_revision }) => opened_revision === span?.opened_revision)
    const root = told.causes.at(-1)
    if (span?.via === "TRANSFER") return `${who} got the seat by a transfer${root ? `: ${this.#clause(root)}` : ""}.`
    if (!span || !first || first.state === "SEATED") return this.#tookBack(span)
    const place = await placeAtFirst(this.context, told, first)
    const until = root && root.revision !== span.opened_revision ? this.#clause(root) : day(span.from_at)
    return `${who} waited from ${day(first.from_at)}${place === null ? "" : `, at first in place ${place},`} until ${until}.`
  }

  /** A seat that was lost and won again under the same claim (rule 20). */
  #tookBack(span: SeatSpan | undefined): string {
    const lost = this.told.spans.find(
      (other) => other !== span && other.opened_revision === span?.opened_revision && other.state === "WAITLISTED",
    )
    return lost
      ? `In between the seat was taken back, when a grace period ended, from ${this.day(lost.from_at)} to ${this.day(lost.to_at)}.`
      : ""
  }

  #revoked(span: SeatSpan | undefined): string {
    const held = this.told.spans.find(({ to_revision, state }) => to_revision === span?.from_revision && state === "SEATED")
    return held ? `${this.#who} held a seat until ${this.day(held.to_at)}, when it was taken back because the grace period ended.` : ""
  }

  #formerly(): string {
    const [last] = this.told.spans
    if (!last) return ""
    const did = last.state === "SEATED" ? "held a seat" : "waited for a seat"
    return `${this.#who} ${did} from ${this.day(last.from_at)} to ${this.day(last.to_at)}.`
  }

  /** What brought the present state about, as somebody asked for it. */
  #happened(): string {
    const root = this.told.causes.at(-1)
    return root ? this.#sentence(root) : ""
  }

  #sentence(entry: HistoryEntry): string {
    return `${this.#clause(entry)}${entry.reason === null ? "" : ` (“${entry.reason}”)`}.`
  }

  #clause({ summary, actor, recordedAt }: HistoryEntry): string {
    const name = actor.displayName ?? ""
    const isNamed = name !== "" && summary.startsWith(`${name} `)
    const as = roleOf(actor.type, actor.role)
    return `${isNamed && as ? `${name} (${as})${summary.slice(name.length)}` : summary} on ${this.day(recordedAt)}`
  }
}

function roleOf(type: HistoryEntry["actor"]["type"], role: HistoryEntry["actor"]["role"]): string {
  if (type === "VENDOR") return "vendor"
  if (type === "IDENTITY_PROVIDER") return "identity provider"
  return type === "SYSTEM" || role === null ? "" : role.toLowerCase().replace("_", " ")
}

function people(count: number): string {
  return count === 1 ? "One person is" : `${count} people are`
}

function seatsOf(count: number): string {
  return count === 1 ? "one seat" : `${count} seats`
}

function listed(names: readonly string[], word: "and" | "or"): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`
}
