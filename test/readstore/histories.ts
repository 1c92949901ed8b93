/** Events for the read models: random histories by the real decider, and by hand where the decider has no say. */
import type { EventMetadata, OrganizationEvent } from "../../src/domain/events"
import type { PrincipalId, ReviewId, UserId } from "../../src/domain/ids"
import type { EventStore, NewEvent } from "../../src/eventstore/event-store"
import { openVault } from "../../src/vault/sqlite"
import { principal, Scenario } from "../domain/scenario"
import { sealNow } from "../support/vault"

export const vault = openVault(":memory:")
afterAll(() => vault.close())

/** The same numbers for the same seed (mulberry32), so that a failing history can be told by its seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const USERS = [..."abcdefgh"]
const GROUPS = ["G", "H", "I"]
const LICENSES = ["crm", "erp"]

/**
 * One organization's life: everything an admin, an identity provider and a vendor may do, in any order. An eventful one
 * has more of what seldom happens, erasures, restores and reviews too, and days between.
 */
export function randomHistory(seed: number, steps = 150, eventful = false): Scenario {
  const random = randomNumbers(seed)
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T // never empty
  const some = (list: readonly string[], most = 4) => list.filter(() => random(list.length) < most).join(" ")
  const s = new Scenario([1, 3, 1000][seed % 3])
  for (const license of LICENSES) s.license(license, random(5), { onGraceEnd: random(2) ? "HOLD" : "REVOKE" })
  for (const user of USERS.slice(0, 6)) s.user(user)
  for (const group of GROUPS) s.group(group, some(USERS))
  // In an eventful one there are new people and groups for those who go.
  const users = (): readonly string[] => (eventful ? [...s.state.users.values()].map(({ id }) => id) : USERS)
  const groups = (): readonly string[] => (eventful ? [...s.state.groups.values()].map(({ id }) => id) : GROUPS)
  const actions: readonly (() => unknown)[] = [
    () => s.assign(one([...users(), ...groups()]), { license: one(LICENSES), onShortage: one(["REJECT", "WAITLIST"]) }),
    () => s.assign(some(users()), { license: one(LICENSES), onShortage: "WAITLIST" }),
    () => s.assign(one(groups()), { license: one(LICENSES) }),
    () => s.unassign(one([...users(), ...groups()]), { license: one(LICENSES) }),
    () => s.seats(random(7), { license: one(LICENSES) }),
    () => s.members(one(groups()), { add: some(users()), remove: some(users()) }),
    () => s.replaceMembers(one(groups()), some(users())),
    () => s.active(one(users()), random(2) === 0),
    () => s.transfer(one(users()), one(users())),
    () => s.status(one(["ACTIVE", "ACTIVE", "WARNING", "SUSPENDED"]), { license: one(LICENSES) }),
    () => s.plan(one(["Team", "Pro"]), { license: one(LICENSES) }),
    () => s.seats(random(7), { license: one(LICENSES), sequence: random(20) }),
    () => s.send({ type: "ChangeUserProfile", userId: principal(one(users())), profile: "changed" }),
    () => s.send({ type: "RenameGroup", groupId: principal(one(groups())), displayName: `Group ${random(100)}` }),
    () => (s.state.users.has(principal(one(users()))) ? s : s.user(one(USERS.slice(6)))),
    () => s.send({ type: "ContinueSettlement" }),
    () => {
      const license = one(LICENSES)
      return s.the(license).graceEndsAt === undefined ? s : s.expireGrace(license)
    },
  ]
  const rare: readonly (() => unknown)[] = [
    () => s.deleteUser(one(USERS)),
    () => s.deleteGroup(one(GROUPS)),
    () => s.status("CANCELLED", { license: "erp" }),
  ]
  const known: { readonly license: string; readonly revision: number; readonly principalIds: readonly PrincipalId[] }[] = []
  const rarer: readonly (() => unknown)[] = [
    () => s.deleteUser(one(users())),
    () => s.deleteGroup(one(groups())),
    () => s.send({ type: "EraseUser", userId: principal(one(users())), actors: [], texts: [] }),
    () => s.send({ type: "EraseUser", userId: one([...s.state.deletedUsers, "usr_a"]), actors: [], texts: [] }),
    () => s.members(one(groups()), { add: one(groups()), remove: one(groups()) }),
    () => s.user(`n${s.state.revision}`),
    () => s.group(`N${s.state.revision}`, some(users())),
    () => s.active([...s.state.users.values()].find(({ active }) => !active)?.id ?? one(users()), true),
    () => s.seats(6 + random(4), { license: one(LICENSES) }),
    () => {
      const seated = [...s.the().claims.values()].filter(({ state, sources }) => state === "SEATED" && sources === 1)
      return s.transfer(seated[random(Math.max(1, seated.length))]?.user.id ?? "usr_a", one(users()))
    },
    () => {
      const { license, revision, principalIds } = one(known)
      return s.send({ type: "RestoreAssignments", licenseId: `lic_${license}`, asOfRevision: revision, principalIds })
    },
    () => {
      const { license, revision } = one(known)
      const people = { seated: random(9), waitlisted: random(9), digest: `digest ${random(9)}` }
      const review = { licenseId: `lic_${license}`, reviewedRevision: revision, root: `root ${revision}`, people, allowDrift: true }
      return s.send({ type: "SignAccessReview", reviewId: `rev_${s.state.revision}` as ReviewId, ...review })
    },
  ]
  for (let step = 0; step < steps; step++) {
    if (eventful) {
      const license = one(LICENSES)
      const assigned = [...s.the(license).users, ...s.the(license).groups]
      known.push({ license, revision: s.state.revision, principalIds: assigned.map(({ id }) => id) })
      if (users().length < 5) s.user(`n${s.state.revision}`)
      if (groups().length < 2) s.group(`N${s.state.revision}`, some(users()))
      if (step === steps - 20) rare.at(-1)?.()
    }
    if (random(3) > 0) s.later(random(eventful ? 40_000_000 : 100_000))
    if (random(eventful ? 4 : 40) === 0) one(eventful ? rarer : rare)()
    else one(actions)()
  }
  const reviewedRevision = s.state.revision
  const people = { seated: s.the("crm").seated, waitlisted: s.the("crm").waiting, digest: "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=" }
  const review = { reviewId: "rev_1" as ReviewId, licenseId: "lic_crm", reviewedRevision, root: people.digest, people, allowDrift: true }
  return s.send({ type: "SignAccessReview", ...review }).finish()
}

/** Seals real profiles into the events, so that names are opened as in production. */
export function sealed(organizationId: string, log: readonly OrganizationEvent[], random = randomNumbers(1)): readonly NewEvent[] {
  return log.map(({ type, data, metadata }, n) => {
    const id = eventId(organizationId, n)
    if (type === "UserProvisioned") {
      const name = data.userId.slice(4)
      const profile = { userName: `${name}@acme.example`, displayName: `Zoë ${name}`, mail: null, externalId: null }
      return {
        id,
        type,
        data: { ...data, profile: sealNow(vault, organizationId, (sealer) => sealer.sealProfile(data.userId, profile)) },
        metadata,
      }
    }
    if (type === "UserProfileChanged") {
      const change = random(2) === 0 ? { displayName: `Ångström ${random(100)}` } : { mail: `mail${random(100)}@acme.example` }
      return {
        id,
        type,
        data: { ...data, profile: sealNow(vault, organizationId, (sealer) => sealer.sealProfile(data.userId, change)) },
        metadata,
      }
    }
    return { id, type, data, metadata }
  })
}

export function eventId(stream: string, n: number): string {
  const hex = Buffer.from(stream).toString("hex").padEnd(20, "0").slice(-20)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${n.toString(16).padStart(12, "0")}`
}

const LICENSE_OF_TWO = "crm"

/** Two organizations whose events lie between each other, and a vendor. Answers the positions after which appends ended. */
export async function record(store: EventStore, seeds: readonly number[], steps = 150): Promise<ReadonlyMap<string, Scenario>> {
  const scenarios = new Map<string, Scenario>()
  const queues: { stream: string; events: NewEvent[]; at: number }[] = []
  for (const seed of seeds) {
    const organizationId = `org_o${seed}`
    const scenario = randomHistory(seed, steps)
    scenarios.set(organizationId, scenario)
    queues.push({ stream: `organization-${organizationId}`, events: [...sealed(organizationId, ofItsOwn(scenario, seed))], at: 0 })
  }
  await store.append("vendor-vnd_v", 0, vendorEvents())
  const random = randomNumbers(seeds[0] ?? 1)
  while (queues.some(({ events, at }) => at < events.length)) {
    const queue = queues[random(queues.length)]
    if (!queue || queue.at >= queue.events.length) continue
    const events = queue.events.slice(queue.at, queue.at + 1 + random(5))
    await store.append(queue.stream, queue.at, events)
    queue.at += events.length
  }
  return scenarios
}

/** Ids are the same in every scenario, and in the ledger they are not. */
export function ofItsOwn({ log }: Scenario, seed: number): readonly OrganizationEvent[] {
  return JSON.parse(JSON.stringify(log).replace(/\b(usr|grp|lic|org|rev)_(\w+)/g, (_, kind, name) => `${kind}_${name}o${seed}`))
}

const MESSAGE = { vendorId: "vnd_v", organizationId: "org_o1", licenseId: "lic_crmo1", vendorEventId: "e1", attribute: "SEATS" }

function vendorEvents(): readonly NewEvent[] {
  const product = { vendorId: "vnd_v", productId: "prd_p", name: LICENSE_OF_TWO }
  return [
    { type: "VendorRegistered", data: { vendorId: "vnd_v", name: "Lumen" } },
    { type: "ProductListed", data: product },
    { type: "ProductChanged", data: { ...product, name: "Lumen Draw", vendorEventId: "p1" } },
    { type: "ProductUnchanged", data: { vendorId: "vnd_v", productId: "prd_p", name: "Lumen Draw", vendorEventId: "p2" } },
    { type: "VendorEventRepeated", data: { vendorId: "vnd_v", vendorEventId: "p1", attribute: "PRODUCT", value: "Lumen Draw" } },
    { type: "VendorEventRefused", data: { ...MESSAGE, value: "-1", sequence: "7", code: "INVALID_INPUT", field: "seats" } },
  ].map((event, n) => ({ ...event, id: eventId("vendor-vnd_v", n), metadata: metadata({ commandId: "key_vendor" }) }))
}

export function metadata(extra: Partial<EventMetadata> = {}): EventMetadata {
  return {
    v: 1,
    commandId: "cmd_1",
    commandHash: "hash",
    correlationId: "correlation",
    actor: { type: "SYSTEM", id: "system" },
    recordedAt: "2026-01-01T12:00:00.000Z",
    ...extra,
  }
}

/** A person as events make one; for tests that need names and no decisions. */
export function provisioned(organizationId: string, name: string, profile: { displayName: string; userName?: string; mail?: string }) {
  const userId = `usr_${name}` as UserId
  const whole = { userName: profile.userName ?? name, displayName: profile.displayName, mail: profile.mail ?? null }
  const sealed = sealNow(vault, organizationId, (sealer) => sealer.sealProfile(userId, whole))
  return { type: "UserProvisioned", data: { userId, active: true, profile: sealed } }
}
