import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Every query shows one moment: now, or any that was. */
let ledger: Ledger
let company: Company
let seller: Seller
let licenseId: string
let adele: string
let bo: string
let sales: string
const at: Record<"bought" | "assigned" | "renamed" | "unassigned", number> = { bought: 0, assigned: 0, renamed: 0, unassigned: 0 }

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  licenseId = await company.license(seller, 1)
  at.bought = await company.revision()
  ledger.passSeconds(3600)
  adele = await company.user("Adele Vance")
  bo = await company.user("Bo Åkerman")
  sales = await company.group("Sales", [adele, bo])
  await company.assign(licenseId, [sales])
  at.assigned = await company.revision()
  ledger.passSeconds(3600)
  await company.command("updateUser", { userId: adele, displayName: "Adele Jansen" })
  await company.command("renameGroup", { groupId: sales, displayName: "Revenue" })
  await company.command("changeGroupMembers", { groupId: sales, add: [], remove: [adele] })
  at.renamed = await company.revision()
  ledger.passSeconds(3600)
  await ledger.vendor(seller.vendorId, "listProduct", { productId: seller.productId, name: "Lumen Paint" })
  ledger.passSeconds(3600)
  await company.command("unassignLicenses", { licenseId, principalIds: [sales] })
  await company.command("deleteUser", { userId: adele })
  at.unassigned = await company.revision()
})
afterAll(() => ledger.close())

const EVERYTHING = `query ($l: ID!, $u: ID!, $g: ID!, $asOf: AsOf) {
  license(id: $l, asOf: $asOf) {
    product { name } seats { purchased seated waitlisted available }
    assignments { totalCount nodes { principal { ... on Group { displayName memberCount } } status waiting license { seats { seated } } } }
    users { totalCount nodes { state waitlistPosition user { displayName licenses { totalCount nodes { state } } groups { nodes { displayName } } } sources { group { displayName memberCount } } } }
  }
  licenses(asOf: $asOf) { totalCount nodes { seats { seated } } }
  user(id: $u, asOf: $asOf) { displayName licenses { nodes { state license { product { name } } } } }
  group(id: $g, asOf: $asOf) { displayName memberCount members { totalCount nodes { displayName } } assignments { totalCount } }
  users(asOf: $asOf) { totalCount nodes { displayName } }
  found: users(asOf: $asOf, search: "vance") { totalCount nodes { displayName } }
  groups(asOf: $asOf) { nodes { displayName memberCount } }
  principals(search: "ade", asOf: $asOf) { nodes { ... on User { displayName } } }
}`
const everything = (asOf?: Json): Promise<Json> =>
  ledger.ask(company.admin, EVERYTHING, { l: licenseId, u: adele, g: sales, ...(asOf ? { asOf } : {}) })

test("revision 0 is before everything", async () => {
  const nothing = { totalCount: 0, nodes: [] }
  expect(await everything({ revision: 0 })).toEqual({
    license: null,
    licenses: nothing,
    user: null,
    group: null,
    users: nothing,
    found: nothing,
    groups: { nodes: [] },
    principals: { nodes: [] },
  })
})

test("right after the purchase there is a license, and nobody on it", async () => {
  expect(await everything({ revision: at.bought })).toMatchObject({
    license: {
      product: { name: "Lumen Draw" },
      seats: { purchased: 1, seated: 0 },
      assignments: { totalCount: 0 },
      users: { totalCount: 0 },
    },
    user: null,
    group: null,
  })
})

test("a license is found by the name that its product has at that moment, and by no former or later one", async () => {
  const query = "query ($search: String, $asOf: AsOf) { licenses(search: $search, asOf: $asOf) { totalCount nodes { product { name } } } }"
  const found = async (search: string, asOf: Json) => (await ledger.ask(company.admin, query, { search, asOf })).licenses
  const one = (name: string) => ({ totalCount: 1, nodes: [{ product: { name } }] })
  const none = { totalCount: 0, nodes: [] }
  const [before, after] = [{ revision: at.renamed }, { revision: at.unassigned }]
  expect([await found("draw", before), await found("paint", before)]).toEqual([one("Lumen Draw"), none])
  expect([await found("draw", after), await found("LUMEN PÁINT", after), await found("draw", null)]).toEqual([
    none,
    one("Lumen Paint"),
    none,
  ])
})

test("all of one answer is of the same moment, however deep", async () => {
  const then = await everything({ revision: at.assigned })
  expect(then.license).toEqual({
    product: { name: "Lumen Draw" },
    seats: { purchased: 1, seated: 1, waitlisted: 1, available: 0 },
    assignments: {
      totalCount: 1,
      nodes: [
        { principal: { displayName: "Sales", memberCount: 2 }, status: "SEATS_SHORT", waiting: 1, license: { seats: { seated: 1 } } },
      ],
    },
    users: {
      totalCount: 2,
      nodes: [person("Adele Vance", "SEATED", null), person("Bo Åkerman", "WAITLISTED", 1)],
    },
  })
  expect(then.group).toEqual({
    displayName: "Sales",
    memberCount: 2,
    members: { totalCount: 2, nodes: [{ displayName: "Adele Vance" }, { displayName: "Bo Åkerman" }] },
    assignments: { totalCount: 1 },
  })
  expect(then.user).toEqual({
    displayName: "Adele Vance",
    licenses: { nodes: [{ state: "SEATED", license: { product: { name: "Lumen Draw" } } }] },
  })
  expect(then).toMatchObject({
    found: { totalCount: 1 },
    principals: { nodes: [{ displayName: "Adele Vance" }] },
    groups: { nodes: [{ displayName: "Sales" }] },
  })
})
function person(displayName: string, state: string, waitlistPosition: number | null): Json {
  return {
    state,
    waitlistPosition,
    user: { displayName, licenses: { totalCount: 1, nodes: [{ state }] }, groups: { nodes: [{ displayName: "Sales" }] } },
    sources: [{ group: { displayName: "Sales", memberCount: 2 } }],
  }
}

test("names, members and seats change with the revision", async () => {
  expect(await everything({ revision: at.renamed })).toMatchObject({
    license: {
      seats: { seated: 1, waitlisted: 0 },
      users: { nodes: [{ user: { displayName: "Bo Åkerman" }, sources: [{ group: { displayName: "Revenue" } }] }] },
    },
    user: { displayName: "Adele Jansen", licenses: { nodes: [] } },
    group: { displayName: "Revenue", memberCount: 1 },
    found: { totalCount: 1, nodes: [{ displayName: "Adele Jansen" }] }, // her user name still has it
  })
})

test("now: the deleted are gone, and the product has its new name", async () => {
  const now = await everything()
  expect(now).toMatchObject({
    license: { product: { name: "Lumen Paint" }, users: { totalCount: 0 } },
    user: null,
    users: { nodes: [{ displayName: "Bo Åkerman" }] },
    found: { totalCount: 0 },
  })
  expect(await everything({ revision: at.unassigned })).toEqual(now)
})

test("products are shown as they were when the revision was recorded", async () => {
  expect((await everything({ revision: at.renamed })).license.product.name).toBe("Lumen Draw")
})

test("rule 34: an instant means the last revision recorded at or before it", async () => {
  const is = async (instant: string, revision: number) => expect(await everything({ at: instant })).toEqual(await everything({ revision }))
  await is("2026-02-28T00:00:00Z", 0)
  await is("2026-03-01T07:59:59.999Z", 0)
  await is("2026-03-01T08:00:00Z", at.bought)
  await is("2026-03-01T09:59:59+01:00", at.bought)
  await is("2026-03-01T09:00:00Z", at.assigned)
  await is("2026-03-01T10:30:00Z", at.renamed)
  await is("2027-01-01T00:00:00Z", at.unassigned)
})

test("rule 34: a day counts to its last millisecond, where it is that day", async () => {
  const other = await openCompany(ledger, "Midnight")
  const begun = await other.revision()
  // It is noon (UTC), and 17:45 in Kathmandu: a millisecond before the day ends there, when the next one begins, and later.
  const join = async (name: string) => {
    await other.user(name)
    return other.revision()
  }
  ledger.passSeconds(6.25 * 3600 - 0.001)
  const lastOfDay = await join("Last")
  ledger.passSeconds(0.001)
  const firstOfNext = await join("First")
  ledger.passSeconds(3600)
  const now = await join("Now")
  expect([begun, lastOfDay, firstOfNext, now]).toEqual([1, 2, 3, 4])
  const on = async (date: string, timeZone: string) => {
    const asOf = { date: { date, timeZone } }
    return (await ledger.ask(other.admin, REVISION, { asOf })).viewer.organization?.revision ?? 0
  }
  expect(await on("2026-02-28", "Asia/Kathmandu")).toBe(0)
  expect(await on("2026-03-01", "Asia/Kathmandu")).toBe(lastOfDay)
  expect(await on("2026-03-02", "Asia/Kathmandu")).toBe(now)
  expect(await on("2026-02-28", "Pacific/Pago_Pago")).toBe(0)
  expect(await on("2026-03-01", "Pacific/Pago_Pago")).toBe(now)
  expect(await on("2026-03-01", "Europe/Amsterdam")).toBe(now)
  for (const future of ["2026-03-03", "2099-01-01", "9999-12-31"]) expect(await on(future, "UTC")).toBe(now)
  expect(await on("0001-01-01", "UTC")).toBe(0)
})
const REVISION = "query ($asOf: AsOf) { viewer { organization(asOf: $asOf) { revision } } }"

test("the history as of a moment ends there, and earlier where a filter ends it", async () => {
  const last = async (asOf: Json, filter: Json) => {
    const query =
      "query ($asOf: AsOf, $filter: HistoryFilter) { history(first: 1, asOf: $asOf, filter: $filter) { totalCount nodes { revision } } }"
    const { totalCount, nodes } = (await ledger.ask(company.admin, query, { asOf, filter })).history
    expect(nodes[0].revision).toBe(totalCount)
    return totalCount
  }
  expect(await last({ revision: at.assigned }, null)).toBe(at.assigned)
  expect(await last({ revision: at.assigned }, { toRevision: at.renamed })).toBe(at.assigned)
  expect(await last({ revision: at.renamed }, { toRevision: at.assigned })).toBe(at.assigned)
  expect(await last({ date: { date: "2026-03-01", timeZone: "UTC" } }, null)).toBe(at.unassigned)
})

test("vendors look back by instants and days, and not by revisions of others", async () => {
  const product = async (asOf?: Json) =>
    (
      await ledger.ask(seller.viewer, "query ($id: ID!, $asOf: AsOf) { node(id: $id, asOf: $asOf) { ... on Product { name } } }", {
        id: seller.productId,
        asOf,
      })
    ).node
  expect(await product()).toEqual({ name: "Lumen Paint" })
  expect(await product({ at: "2026-03-01T10:30:00Z" })).toEqual({ name: "Lumen Draw" })
  expect(await product({ date: { date: "2026-02-28", timeZone: "UTC" } })).toBeNull()
  expect(await product({ date: { date: "2026-03-02", timeZone: "UTC" } })).toEqual({ name: "Lumen Paint" })
  for (const field of ['node(id: "prd_x", asOf: { revision: 1 }) { id }', "vendorEvents(asOf: { revision: 1 }) { totalCount }"]) {
    expect(await ledger.fault(seller.viewer, `{ ${field} }`)).toMatchObject({ code: "BAD_USER_INPUT", field: "asOf.revision" })
  }
})

test("now and the newest revision in one answer: a product that was renamed since is called both", async () => {
  const other = await openCompany(ledger, "Renamed")
  const id = await other.license(seller, 1)
  const revision = await other.revision()
  ledger.passSeconds(60)
  await ledger.vendor(seller.vendorId, "listProduct", { productId: seller.productId, name: "Lumen Sketch" })
  await ledger.project()
  const query =
    "query ($id: ID!, $asOf: AsOf) { now: license(id: $id) { product { name } } newest: license(id: $id, asOf: $asOf) { product { name } } }"
  const names = await ledger.ask(other.admin, query, { id, asOf: { revision } })
  expect(names).toEqual({ now: { product: { name: "Lumen Sketch" } }, newest: { product: { name: "Lumen Paint" } } })
})

test("a moment is exactly one of the three, and has happened", async () => {
  const fault = (asOf: Json) => ledger.fault(company.admin, "query ($asOf: AsOf) { licenses(asOf: $asOf) { totalCount } }", { asOf })
  const message = `asOf.revision must be at most ${at.unassigned}, the newest revision that is shown; ${at.unassigned + 1} has not happened yet`
  expect(await fault({ revision: at.unassigned + 1 })).toMatchObject({ code: "BAD_USER_INPUT", field: "asOf.revision", message })
  expect(await fault({ revision: -1 })).toMatchObject({ code: "BAD_USER_INPUT", field: "asOf.revision" })
  expect((await fault({ revision: 1, at: "2026-03-01T08:00:00Z" })).message).toMatch(/Exactly one key must be specified/)
  expect((await fault({})).message).toMatch(/Exactly one key must be specified/)
  const day = { date: "2026-03-01", timeZone: "Europe/Amsterdam" }
  expect((await fault({ revision: 1, date: day })).message).toMatch(/Exactly one key must be specified/)
  expect(await fault({ date: { ...day, timeZone: "Mars/Olympus" } })).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "asOf.date.timeZone",
    message: 'asOf.date.timeZone must be a name of the IANA database, such as Europe/Amsterdam, not "Mars/Olympus"',
  })
  expect(await fault({ date: { ...day, timeZone: "+01:00" } })).toMatchObject({ field: "asOf.date.timeZone" })
  expect((await fault({ date: { ...day, date: "2026-02-30" } })).message).toMatch(/"asOf\.date\.date"; Date must be a day of the calendar/)
  expect((await fault({ date: { date: "2026-03-01" } })).message).toMatch(/"timeZone" of required type/)
  expect((await fault({ at: "yesterday" })).message).toMatch(/DateTime must be an instant with an offset/)
  expect((await fault({ at: "2026-02-30T08:00:00Z" })).message).toMatch(/DateTime must be an instant/)
})

/** The projector commits in its own thread, so it may do so between any two statements of one answer. */
test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])("now stays one moment when the read model moves on after statement %i", async (statement) => {
  const quick = await openCompany(ledger, "Quick")
  const license = await quick.license(seller, 10)
  const [a, b] = [await quick.user("A"), await quick.user("B")]
  const group = await quick.group("Both", [a, b])
  await quick.assign(license, [group])
  const revision = await quick.revision()
  const query = `query ($id: ID!, $g: ID!, $asOf: AsOf) { license(id: $id, asOf: $asOf) { seats { seated }
      users { totalCount nodes { user { displayName } sources { group { displayName memberCount } } } } assignments { totalCount nodes { waiting } } }
    group(id: $g, asOf: $asOf) { memberCount members { totalCount nodes { displayName licenses { nodes { state } } groups { nodes { displayName } } } } }
    users(asOf: $asOf) { totalCount nodes { displayName } } }`
  const before = await ledger.ask(quick.admin, query, { id: license, g: group, asOf: { revision } })

  await quick.command("changeGroupMembers", { groupId: group, add: [], remove: [a] })
  await quick.command("deleteUser", { userId: b })
  ledger.between(() => ledger.project(), statement)
  const answer = await ledger.ask(quick.admin, query, { id: license, g: group })
  const after = await ledger.ask(quick.admin, query, { id: license, g: group })
  expect(after.users.totalCount).toBe(1)
  expect([JSON.stringify(before), JSON.stringify(after)]).toContain(JSON.stringify(answer))
})
