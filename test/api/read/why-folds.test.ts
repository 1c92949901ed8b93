import { momentOfRevision } from "../../../projections/catalog/moment"
import { createContext, type GraphQLContext } from "../../../src/api/graphql/context"
import type { LicenseExplanation } from "../../../src/api/graphql/types/why"
import { explained, transitionsOf } from "../../../src/api/graphql/why"
import type { Services } from "../../../src/api/services"
import type { LedgerEvent } from "../../../src/domain/events"
import { MemoryEventStore } from "../../../src/eventstore/memory"
import { randomNumbers, record, vault } from "../../readstore/histories"
import { projected } from "../../readstore/read-models"
import { onEither } from "../../support/read-stores"

/** Over random histories, at any revision: what is explained is what a plain fold of the log says. */
interface Claim {
  readonly state: "SEATED" | "WAITLISTED"
  readonly key: readonly [number, number]
  readonly since: number
}
type Transition = readonly [kind: string, revision: number]

class Fold {
  readonly claims = new Map<string, Claim>()
  readonly transitions = new Map<string, Transition[]>()
  readonly assigned = new Set<string>()
  readonly members = new Set<string>()
  readonly users = new Map<string, "ACTIVE" | "INACTIVE" | "DELETED">()
  readonly licenses = new Map<string, string>()
  /** The last event that made the account or the license what it is. */
  readonly #changed = new Map<string, number>()
  /** Since when a license and an active person belong together, and when that which entitled the person last ended. */
  readonly #entitled = new Map<string, number>()
  readonly #ended = new Map<string, number>()

  apply(event: LedgerEvent): void {
    const before = this.#pairs().filter((pair) => this.#isEntitled(pair))
    this.#take(event)
    for (const pair of before) if (!this.#isEntitled(pair)) this.#ended.set(pair, event.revision)
    for (const pair of this.#pairs()) {
      const isActive = this.users.get(pair.split(" ")[1] as string) === "ACTIVE" // a pair has two halves
      if (!isActive || !this.#isEntitled(pair)) this.#entitled.delete(pair)
      else if (!this.#entitled.has(pair)) this.#entitled.set(pair, event.revision)
    }
  }

  /** The event that made the standing what it is; null where nothing ever happened. */
  decidedAt(licenseId: string, userId: string): number | null {
    const pair = `${licenseId} ${userId}`
    const standing = this.standing(licenseId, userId)
    switch (standing) {
      case "SEATED":
      case "WAITLISTED":
        return this.claims.get(pair)?.since ?? null
      case "CANCELLED":
        return this.#changed.get(licenseId) ?? null
      case "INACTIVE":
      case "DELETED":
        return this.#changed.get(userId) ?? null
      case "IN_PROGRESS":
        return this.#entitled.get(pair) ?? null
      case "NOT_ENTITLED":
        return this.#ended.get(pair) ?? null
      default:
        return null
    }
  }

  standing(licenseId: string, userId: string): string {
    const claim = this.claims.get(`${licenseId} ${userId}`)
    if (claim) return claim.state
    if (!this.licenses.has(licenseId)) return "NOT_REGISTERED"
    if (this.licenses.get(licenseId) === "CANCELLED") return "CANCELLED"
    const user = this.users.get(userId)
    if (user === undefined) return "NOT_IN_DIRECTORY"
    if (user !== "ACTIVE") return user
    return this.sources(licenseId, userId).length > 0 ? "IN_PROGRESS" : "NOT_ENTITLED"
  }

  sources(licenseId: string, userId: string): string[] {
    const groups = [...this.members].filter((pair) => pair.endsWith(` ${userId}`)).map((pair) => pair.split(" ")[0] as string)
    return [userId, ...groups].filter((id) => this.assigned.has(`${licenseId} ${id}`)).sort()
  }

  place(licenseId: string, userId: string): number | null {
    const own = this.claims.get(`${licenseId} ${userId}`)
    if (own?.state !== "WAITLISTED") return null
    const before = ({ state, key }: Claim) => state === "WAITLISTED" && (key[0] - own.key[0] || key[1] - own.key[1]) <= 0
    return [...this.claims].filter(([pair, claim]) => pair.startsWith(`${licenseId} `) && before(claim)).length
  }

  #pairs(): string[] {
    return [...this.licenses.keys()].flatMap((license) => [...this.users.keys()].map((user) => `${license} ${user}`))
  }
  #isEntitled(pair: string): boolean {
    const [licenseId = "", userId = ""] = pair.split(" ")
    return this.sources(licenseId, userId).length > 0
  }

  #take(event: LedgerEvent): void {
    const { revision } = event
    switch (event.type) {
      case "LicenseRegistered":
        this.licenses.set(event.data.licenseId, "ACTIVE")
        return
      case "LicenseStatusChanged":
        this.licenses.set(event.data.licenseId, event.data.status)
        this.#changed.set(event.data.licenseId, revision)
        if (event.data.status === "CANCELLED") drop(this.assigned, (pair) => pair.startsWith(`${event.data.licenseId} `))
        return
      case "LicenseAssigned":
        this.assigned.add(`${event.data.licenseId} ${event.data.principal.id}`)
        return
      case "LicenseUnassigned":
        this.assigned.delete(`${event.data.licenseId} ${event.data.principal.id}`)
        return
      case "GroupMembersChanged":
        for (const id of event.data.removed) this.members.delete(`${event.data.groupId} ${id}`)
        for (const id of event.data.added) this.members.add(`${event.data.groupId} ${id}`)
        return
      case "GroupDeleted":
        drop(this.members, (pair) => pair.startsWith(`${event.data.groupId} `))
        drop(this.assigned, (pair) => pair.endsWith(` ${event.data.groupId}`))
        return
      case "UserProvisioned":
        this.users.set(event.data.userId, event.data.active ? "ACTIVE" : "INACTIVE")
        this.#changed.set(event.data.userId, revision)
        return
      case "UserDeactivated":
        this.users.set(event.data.userId, "INACTIVE")
        this.#changed.set(event.data.userId, revision)
        return
      case "UserReactivated":
        this.users.set(event.data.userId, "ACTIVE")
        this.#changed.set(event.data.userId, revision)
        return
      case "UserDeleted":
        this.users.set(event.data.userId, "DELETED")
        this.#changed.set(event.data.userId, revision)
        drop(this.members, (pair) => pair.endsWith(` ${event.data.userId}`))
        drop(this.assigned, (pair) => pair.endsWith(` ${event.data.userId}`))
        return
      case "SeatsGranted":
      case "SeatsWaitlisted":
      case "SeatsRevoked":
        for (const { userId, opened } of event.data.claims) {
          const pair = `${event.data.licenseId} ${userId}`
          if (!this.claims.has(pair)) this.#note(pair, "CLAIM_OPENED", opened.revision)
          this.#note(pair, event.type === "SeatsGranted" ? "SEATED" : event.type === "SeatsRevoked" ? "REVOKED" : "WAITED", revision)
          const state = event.type === "SeatsGranted" ? "SEATED" : "WAITLISTED"
          this.claims.set(pair, { state, key: [opened.revision, opened.ordinal], since: revision })
        }
        return
      case "SeatsReleased":
        for (const { userId } of event.data.claims) {
          const pair = `${event.data.licenseId} ${userId}`
          if (this.claims.delete(pair)) this.#note(pair, "RELEASED", revision)
        }
        return
      default:
    }
  }

  #note(pair: string, kind: string, revision: number): void {
    this.transitions.set(pair, [...(this.transitions.get(pair) ?? []), [kind, revision]])
  }
}

function drop(pairs: Set<string>, isGone: (pair: string) => boolean): void {
  for (const pair of pairs) if (isGone(pair)) pairs.delete(pair)
}

/** What nobody asks for: it follows from something else. */
const CONSEQUENCE = /^(Seats|Overassignment|GraceExpired|SettlementProgressed)/

/** In the last two a grace period ends and seats are taken back. The first is looked at from everywhere. */
test.each(onEither({ sqlite: [61, 62, 68, 75], postgres: [61] }))("history %i", async (seed) => {
  const store = new MemoryEventStore()
  await record(store, [seed])
  const readStore = await projected(store)
  // What an explanation asks of the process is the read models and the vault.
  const context = (): GraphQLContext =>
    createContext({ readStore, vault } as unknown as Services, { subject: "auditor", roles: ["AUDITOR"] }, "trace")
  const organizationId = `org_o${seed}`
  const log: LedgerEvent[] = []
  for await (const page of store.read(`organization-${organizationId}`, 0)) log.push(...(page as unknown as LedgerEvent[]))
  const whole = new Fold()
  for (const event of log) whole.apply(event)
  const random = randomNumbers(seed)
  const isEvery = seed === onEither({ sqlite: 61, postgres: 0 })
  const some = new Set([0, log.length, ...Array.from({ length: 12 }, () => random(log.length))])
  /** What somebody asked for, and this follows from. */
  const rootOf = (revision: number): LedgerEvent | undefined => {
    const event = log[revision - 1]
    const cause = event?.metadata.causationRevision
    return cause === undefined ? event : rootOf(cause)
  }
  const seen = new Set<string>()
  const fold = new Fold()
  for (let revision = 0; revision <= log.length; revision++) {
    const event = log[revision - 1]
    if (event) fold.apply(event)
    if (!isEvery && !some.has(revision)) continue
    const moment = await momentOfRevision(readStore, organizationId, revision)
    if (!moment) throw new Error(`no revision ${revision}`)
    for (const licenseId of whole.licenses.keys()) {
      for (const userId of whole.users.keys()) {
        const now = context()
        const told: LicenseExplanation = await explained(now, { moment, licenseId, userId }, true)
        const transitions = await transitionsOf(now, told)
        const decidedAt = fold.decidedAt(licenseId, userId)
        const root = decidedAt === null ? undefined : rootOf(decidedAt)
        expect({
          at: [revision, licenseId, userId],
          state: told.state,
          place: told.waitlistPosition,
          sources: told.sources.map(({ group }) => group?.id ?? userId).sort(),
          transitions: transitions.map(({ kind, revision }) => [kind, revision]),
          root: told.causes.at(-1)?.revision,
          startedBy: told.startedBy?.id,
        }).toEqual({
          at: [revision, licenseId, userId],
          state: fold.standing(licenseId, userId),
          place: fold.place(licenseId, userId),
          sources: fold.sources(licenseId, userId),
          transitions: fold.transitions.get(`${licenseId} ${userId}`) ?? [],
          root: root?.revision,
          startedBy: root?.metadata.actor.id,
        })
        // Each change has its event, and the chain of causes ends with something that nothing else brought about.
        for (const { entry, revision } of transitions) expect(entry?.revision).toBe(revision)
        if (told.causes.length > 0) {
          expect(told.causes.at(-1)?.causationRevision).toBeNull()
          expect(told.causes.at(-1)?.type).not.toMatch(CONSEQUENCE)
          expect(told.causes.slice(1).map((cause) => cause.revision)).toEqual(
            told.causes.slice(0, -1).map((cause) => cause.causationRevision),
          )
        }
        seen.add(told.state)
      }
    }
  }
  expect(seen).toContain("WAITLISTED")
  await readStore.close()
})
