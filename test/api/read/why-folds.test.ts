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
  state: "SEATED" | "WAITLISTED"
  readonly key: readonly [number, number]
}
type Transition = readonly [kind: string, revision: number]

class Fold {
  readonly claims = new Map<string, Claim>()
  readonly transitions = new Map<string, Transition[]>()
  readonly assigned = new Set<string>()
  readonly members = new Set<string>()
  readonly users = new Map<string, "ACTIVE" | "INACTIVE" | "DELETED">()
  readonly licenses = new Map<string, string>()

  constructor(log: readonly LedgerEvent[]) {
    for (const event of log) this.#take(event)
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

  #take(event: LedgerEvent): void {
    const { revision } = event
    switch (event.type) {
      case "LicenseRegistered":
        this.licenses.set(event.data.licenseId, "ACTIVE")
        return
      case "LicenseStatusChanged":
        this.licenses.set(event.data.licenseId, event.data.status)
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
        return
      case "UserDeactivated":
        this.users.set(event.data.userId, "INACTIVE")
        return
      case "UserReactivated":
        this.users.set(event.data.userId, "ACTIVE")
        return
      case "UserDeleted":
        this.users.set(event.data.userId, "DELETED")
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
          this.claims.set(pair, { state: event.type === "SeatsGranted" ? "SEATED" : "WAITLISTED", key: [opened.revision, opened.ordinal] })
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

/** In the last two a grace period ends and seats are taken back. */
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
  const whole = new Fold(log)
  const random = randomNumbers(seed)
  const revisions = [0, log.length, ...Array.from({ length: 12 }, () => random(log.length))]
  const waitingSince: number[] = []
  for (const revision of revisions) {
    const fold = new Fold(log.slice(0, revision))
    const moment = await momentOfRevision(readStore, organizationId, revision)
    if (!moment) throw new Error(`no revision ${revision}`)
    for (const licenseId of whole.licenses.keys()) {
      for (const userId of whole.users.keys()) {
        const now = context()
        const told: LicenseExplanation = await explained(now, { moment, licenseId, userId }, true)
        const transitions = await transitionsOf(now, told)
        expect({
          at: [revision, licenseId, userId],
          state: told.state,
          place: told.waitlistPosition,
          sources: told.sources.map(({ group }) => group?.id ?? userId).sort(),
          transitions: transitions.map(({ kind, revision }) => [kind, revision]),
        }).toEqual({
          at: [revision, licenseId, userId],
          state: fold.standing(licenseId, userId),
          place: fold.place(licenseId, userId),
          sources: fold.sources(licenseId, userId),
          transitions: fold.transitions.get(`${licenseId} ${userId}`) ?? [],
        })
        // Each change has its event, and the chain of causes ends with something that nothing else brought about.
        for (const { entry, revision } of transitions) expect(entry?.revision).toBe(revision)
        if (told.causes.length > 0) {
          expect(told.causes.at(-1)?.causationRevision).toBeNull()
          expect(told.causes.slice(1).map((cause) => cause.revision)).toEqual(
            told.causes.slice(0, -1).map((cause) => cause.causationRevision),
          )
        }
        if (told.waitlistPosition !== null) waitingSince.push(revision)
      }
    }
  }
  expect(waitingSince.length).toBeGreaterThan(0)
  await readStore.close()
})
