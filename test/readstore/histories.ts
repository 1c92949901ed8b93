/** Events for the read models: random histories by the real decider, and by hand where the decider has no say. */
import type { EventMetadata, OrganizationEvent } from "../../src/domain/events"
import type { ReviewId, UserId } from "../../src/domain/ids"
import type { EventStore, NewEvent } from "../../src/eventstore/event-store"
import { openVault } from "../../src/vault/sqlite"
import type { Vault } from "../../src/vault/vault"
import { Scenario } from "../domain/scenario"

export const vault: Vault = openVault(":memory:")
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

/** One organization's life: everything an admin, an identity provider and a vendor may do, in any order. */
export function randomHistory(seed: number, steps = 150): Scenario {
  const random = randomNumbers(seed)
  const one = <T>(list: readonly T[]): T => list[random(list.length)] as T // never empty
  const some = (list: readonly string[], most = 4) => list.filter(() => random(list.length) < most).join(" ")
  const s = new Scenario([1, 3, 1000][seed % 3])
  for (const license of LICENSES) s.license(license, random(5), { onGraceEnd: random(2) ? "HOLD" : "REVOKE" })
  for (const user of USERS.slice(0, 6)) s.user(user)
  for (const group of GROUPS) s.group(group, some(USERS))
  const actions: readonly (() => unknown)[] = [
    () => s.assign(one([...USERS, ...GROUPS]), { license: one(LICENSES), onShortage: one(["REJECT", "WAITLIST"]) }),
    () => s.assign(some(USERS), { license: one(LICENSES), onShortage: "WAITLIST" }),
    () => s.assign(one(GROUPS), { license: one(LICENSES) }),
    () => s.unassign(one([...USERS, ...GROUPS]), { license: one(LICENSES) }),
    () => s.seats(random(7), { license: one(LICENSES) }),
    () => s.members(one(GROUPS), { add: some(USERS), remove: some(USERS) }),
    () => s.replaceMembers(one(GROUPS), some(USERS)),
    () => s.active(one(USERS), random(2) === 0),
    () => s.transfer(one(USERS), one(USERS)),
    () => s.status(one(["ACTIVE", "ACTIVE", "WARNING", "SUSPENDED"]), { license: one(LICENSES) }),
    () => s.plan(one(["Team", "Pro"]), { license: one(LICENSES) }),
    () => s.seats(random(7), { license: one(LICENSES), sequence: random(20) }),
    () => s.send({ type: "ChangeUserProfile", userId: `usr_${one(USERS)}`, profile: "changed" }),
    () => s.send({ type: "RenameGroup", groupId: `grp_${one(GROUPS)}`, displayName: `Group ${random(100)}` }),
    () => (s.state.users.has(`usr_${one(USERS)}`) ? s : s.user(one(USERS.slice(6)))),
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
  for (let step = 0; step < steps; step++) {
    if (random(3) > 0) s.later(random(100_000))
    if (random(40) === 0) one(rare)()
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
      return { id, type, data: { ...data, profile: vault.sealProfile(organizationId, data.userId, profile) }, metadata }
    }
    if (type === "UserProfileChanged") {
      const change = random(2) === 0 ? { displayName: `Ångström ${random(100)}` } : { mail: `mail${random(100)}@acme.example` }
      return { id, type, data: { ...data, profile: vault.sealProfile(organizationId, data.userId, change) }, metadata }
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
    // Ids are the same in every scenario, and in the ledger they are not.
    const own = JSON.parse(
      JSON.stringify(scenario.log).replace(/\b(usr|grp|lic|org|rev)_(\w+)/g, (_, kind, name) => `${kind}_${name}o${seed}`),
    )
    queues.push({ stream: `organization-${organizationId}`, events: [...sealed(organizationId, own)], at: 0 })
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
  return { type: "UserProvisioned", data: { userId, active: true, profile: vault.sealProfile(organizationId, userId, whole) } }
}
