/** Rule 37: a repeat answers what was recorded, for the life of the log. */
import type { OrganizationOperation, OrganizationRequests } from "../../src/commands/requests"
import { IndexUpTo } from "./index-up-to"
import { accepted, dataOf, Ledger, refusalOf } from "./ledger"

let ledger: Ledger
beforeEach(async () => {
  ledger = await new Ledger().founded()
})
afterEach(() => ledger.close())

const keyed = { idempotencyKey: "key-1" }

test("the same key answers the same events, and writes nothing", async () => {
  const [[ada = ""], licenseId] = [await ledger.users(1), await ledger.license(5)]
  const first = accepted(await ledger.assign(licenseId, [ada], keyed))
  const head = (await ledger.events()).length
  accepted(await ledger.ask("unassignLicenses", { licenseId, principalIds: [ada] }))
  const again = accepted(await ledger.assign(licenseId, [ada], keyed))
  expect(first.repeated).toBe(false)
  expect(again).toMatchObject({ repeated: true, revision: first.revision, events: first.events.map(({ id, data }) => ({ id, data })) })
  expect(head).toBe(first.revision)
})

test("a repeat warns of the same ids that were passed over", async () => {
  const members = { displayName: "Staff", memberIds: ["usr_unknown", "not an id"] }
  const first = accepted(await ledger.ask("createGroup", members, keyed))
  expect(first.skipped).toEqual(["not an id", "usr_unknown"])
  expect(accepted(await ledger.ask("createGroup", members, keyed))).toMatchObject({ repeated: true, skipped: first.skipped })
})

describe.each([
  ["without an index", undefined],
  ["with an index that has read nothing yet", 0],
  ["with an index that has read half", 0.5],
  ["with an index that has read everything", 1],
])("after a restart %s", (_, share) => {
  test("the recorded answer is found, whatever the order of the fields", async () => {
    const first = []
    for (let n = 0; n < 6; n++) {
      const request = { userName: `u${n}`, displayName: "x", active: true }
      first.push(accepted(await ledger.ask("createUser", request, { idempotencyKey: `key-${n}` })))
    }
    const index = new IndexUpTo(ledger.store)
    index.revision = Math.floor((await ledger.events()).length * (share ?? 0))
    await ledger.restart(share === undefined ? {} : { index })
    for (const [n, before] of first.entries()) {
      const request = { active: true, displayName: "x", userName: `u${n}` }
      const again = accepted(await ledger.ask("createUser", request, { idempotencyKey: `key-${n}` }))
      expect(again).toMatchObject({ repeated: true, revision: before.revision })
      expect(again.events.map(({ id }) => id)).toEqual(before.events.map(({ id }) => id))
    }
    expect(await ledger.events()).toHaveLength(first.at(-1)?.revision ?? 0)
  })
})

test("the same key with another body is a conflict, before and after a restart, and with another operation another command", async () => {
  const create = (displayName: string) => ledger.ask("createGroup", { displayName, memberIds: [] }, keyed)
  accepted(await create("Staff"))
  expect(refusalOf(await create("Crew"))).toBe("IDEMPOTENCY_CONFLICT")
  await ledger.restart()
  expect(refusalOf(await create("Crew"))).toBe("IDEMPOTENCY_CONFLICT")
  expect(accepted(await ledger.ask("createUser", { userName: "a", displayName: "A", active: true }, keyed)).repeated).toBe(false)
})

test("keys belong to who uses them and to the organization", async () => {
  const request = { displayName: "Staff", memberIds: [] }
  const first = dataOf(accepted(await ledger.ask("createGroup", request, keyed)), "GroupProvisioned")
  const somebodyElse = ledger.as({ type: "USER", subject: "else@acme.example" }, keyed)
  const outcome = accepted(await ledger.commands.organization(ledger.organizationId, "createGroup", request, somebodyElse))
  expect(outcome.repeated).toBe(false)
  expect(dataOf(outcome, "GroupProvisioned").groupId).not.toBe(first.groupId)
})

test("parallel duplicates are carried out once; a different one among them is a conflict", async () => {
  const create = (displayName: string) => ledger.ask("createGroup", { displayName, memberIds: [] }, keyed)
  const outcomes = await Promise.all([create("Staff"), create("Staff"), create("Crew"), create("Staff")])
  expect(outcomes.map((outcome) => (outcome.kind === "accepted" ? outcome.repeated : refusalOf(outcome)))).toEqual([
    false,
    true,
    "IDEMPOTENCY_CONFLICT",
    true,
  ])
  const ids = outcomes.flatMap((outcome) => (outcome.kind === "accepted" ? dataOf(outcome, "GroupProvisioned").groupId : []))
  expect(new Set(ids).size).toBe(1)
})

test("the same key sent to two nodes at once is carried out once", async () => {
  const other = ledger.open()
  for (let round = 0; round < 20; round++) {
    const request = { displayName: `Group ${round}`, memberIds: [] }
    const extra = { idempotencyKey: `round-${round}` }
    const outcomes = await Promise.all([ledger.commands, other].map((node) => ledger.ask("createGroup", request, extra, node)))
    const [a, b] = outcomes.map((outcome) => dataOf(accepted(outcome), "GroupProvisioned").groupId)
    expect(a).toBe(b)
  }
  const groups = (await ledger.events()).filter(({ type }) => type === "GroupProvisioned")
  expect(groups).toHaveLength(20)
  await other.close()
})

test("refusals and no-ops wrote nothing: the same key decides again", async () => {
  const [[ada = "", bo = ""], licenseId] = [await ledger.users(2), await ledger.license(1)]
  accepted(await ledger.assign(licenseId, [ada]))
  expect(refusalOf(await ledger.assign(licenseId, [bo], keyed))).toBe("NOT_ENOUGH_SEATS")
  accepted(await ledger.sell(licenseId, 2))
  expect(accepted(await ledger.assign(licenseId, [bo], keyed))).toMatchObject({ repeated: false })

  const noop = { idempotencyKey: "noop" }
  expect(accepted(await ledger.assign(licenseId, [bo], noop))).toMatchObject({ repeated: false, events: [] })
  accepted(await ledger.ask("unassignLicenses", { licenseId, principalIds: [bo] }))
  expect(accepted(await ledger.assign(licenseId, [bo], noop)).events).toHaveLength(2)
})

test("a new organization and a new vendor are made once per key", async () => {
  const create = () =>
    ledger.commands.organization(undefined, "createOrganization", { name: "Twice" }, ledger.as({ type: "USER", subject: "op" }, keyed))
  const register = () =>
    ledger.commands.vendor(undefined, "registerVendor", { name: "Twice" }, ledger.as({ type: "USER", subject: "op" }, keyed))
  const organizations = [accepted(await create()), accepted(await create())].map((outcome) => dataOf(outcome, "OrganizationCreated"))
  expect(organizations[0]).toEqual(organizations[1])
  const vendors = [await register(), await register()]
  expect(vendors[1]).toMatchObject({ kind: "accepted", repeated: true, events: [{ type: "VendorRegistered" }] })
})

describe("rule 17: a vendor's event id is its key", () => {
  const send = <O extends OrganizationOperation>(operation: O, request: OrganizationRequests[O], extra = {}) =>
    ledger.commands.organization(ledger.organizationId, operation, request, ledger.asVendor(extra))

  test("same id and body: the recorded answer; same id, other body: a conflict; whatever the idempotency key and operation", async () => {
    const licenseId = await ledger.license(5)
    const change = { licenseId, seats: 7, vendorEventId: "e1", sequence: "1" }
    const first = accepted(await send("changeVendorSeats", change))
    expect(accepted(await send("changeVendorSeats", change, keyed))).toMatchObject({ repeated: true, revision: first.revision })
    expect(await send("changeVendorSeats", { ...change, seats: 8 })).toMatchObject({ refusal: { code: "IDEMPOTENCY_CONFLICT", key: "e1" } })
    expect(refusalOf(await send("changeLicenseStatus", { licenseId, status: "WARNING", vendorEventId: "e1", sequence: "2" }))).toBe(
      "IDEMPOTENCY_CONFLICT",
    )
  })

  test("an ignored event is recorded too, so its repeat answers the same", async () => {
    const licenseId = await ledger.license(5)
    accepted(await send("changeVendorSeats", { licenseId, seats: 7, vendorEventId: "e2", sequence: "2" }))
    const stale = { licenseId, seats: 6, vendorEventId: "e1", sequence: "1" }
    const first = accepted(await send("changeVendorSeats", stale))
    expect(dataOf(first, "VendorEventIgnored").outcome).toBe("STALE")
    expect(accepted(await send("changeVendorSeats", stale))).toMatchObject({ repeated: true, revision: first.revision })
  })

  test("ids are unique per vendor: another vendor's are its own, and its license is unknown to others", async () => {
    const licenseId = await ledger.license(5, { vendorEventId: "e1" })
    const registered = await ledger.commands.vendor(
      undefined,
      "registerVendor",
      { name: "Other" },
      ledger.as({ type: "USER", subject: "op" }),
    )
    const vendorId =
      registered.kind === "accepted" && registered.events[0]?.type === "VendorRegistered" ? registered.events[0].data.vendorId : undefined
    const other = ledger.as({ type: "VENDOR", subject: "other", ...(vendorId && { vendorId }) })
    const change = { licenseId, seats: 7, vendorEventId: "e1", sequence: "1" }
    const outcome = await ledger.commands.organization(ledger.organizationId, "changeVendorSeats", change, other)
    expect(refusalOf(outcome)).toBe("LICENSE_NOT_FOUND")
  })
})

test("an index that was built anew and is not yet where it was loses nothing", async () => {
  const index = new IndexUpTo(ledger.store)
  const request = { displayName: "Staff", memberIds: [] }
  const first = accepted(await ledger.ask("createGroup", request, keyed))
  index.revision = first.revision
  await ledger.restart({ index })
  accepted(await ledger.ask("createGroup", { displayName: "Crew", memberIds: [] }))
  index.revision = 0
  expect(accepted(await ledger.ask("createGroup", request, keyed))).toMatchObject({ repeated: true, revision: first.revision })
})

test("keyed commands that the index has taken over are forgotten in memory, and still found", async () => {
  const index = new IndexUpTo(ledger.store)
  await ledger.restart({ index })
  const request = { displayName: "Staff", memberIds: [] }
  accepted(await ledger.ask("createGroup", request, keyed))
  for (let n = 0; n < 20_000; n += 200) {
    await Promise.all(
      Array.from({ length: 200 }, (_, m) =>
        ledger.ask("renameGroup", { groupId: "grp_none", displayName: "x" }, { idempotencyKey: `no-${n + m}` }),
      ),
    )
  }
  expect(index.searches).toBeGreaterThan(20_000)
  const before = index.searches
  expect(accepted(await ledger.ask("createGroup", request, keyed)).repeated).toBe(true)
  expect(index.searches).toBe(before)
})
