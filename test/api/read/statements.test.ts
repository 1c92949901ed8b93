import { type Company, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** A list costs a number of SQL statements that does not grow with its page, whatever is asked of each entry. */
let ledger: Ledger
let company: Company
let licenseId: string
let groupId: string

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  const users = await company.users(60)
  const groups: string[] = []
  let first = undefined as unknown as Seller
  for (let n = 0; n < 60; n++) groups.push(await company.group(`Group ${n}`, users.slice(n, n + 3)))
  for (let n = 0; n < 60; n++) {
    const seller = await openSeller(ledger, `Vendor ${n}`, `App ${n}`)
    const license = await company.license(seller, 3)
    // Some people of each license wait, and some are entitled twice.
    await company.assign(license, [groups[n] as string, users[(n + 1) % 60] as string, users[(n + 7) % 60] as string], "for work")
    if (n === 0) [first, licenseId] = [seller, license]
  }
  groupId = await company.group("Everybody", users)
  await company.assign(licenseId, [...groups, groupId, ...users])
  // The newest entries of the history are then consequences, which have a cause.
  await company.assign(licenseId, [await company.user("Newest")])
  await company.seats(first, licenseId, 4)
  await ledger.project()
})
afterAll(() => ledger.close())

const PERSON = "displayName userName mail active"
const SOURCES = "sources { type since group { displayName memberCount } }"
const LISTS: Readonly<Record<string, string>> = {
  "License.users": `license(id: "$LICENSE") { users(first: $N) { totalCount nodes { state waitlistPosition user { ${PERSON} } ${SOURCES} license { product { name } } } } }`,
  "License.users by name": `license(id: "$LICENSE") { users(first: $N, orderBy: { field: DISPLAY_NAME }) { nodes { waitlistPosition user { ${PERSON} groups(first: 3) { totalCount nodes { displayName } } licenses(first: 3) { totalCount nodes { license { seats { seated } } waitlistPosition ${SOURCES} } } } } } }`,
  "License.users found": `license(id: "$LICENSE") { users(first: $N, search: "person") { totalCount nodes { user { displayName } } } }`,
  "License.assignments": `license(id: "$LICENSE") { assignments(first: $N) { totalCount nodes { assignedBy reason status waiting principal { ... on User { displayName licenses { totalCount } } ... on Group { displayName memberCount members(first: 2) { nodes { displayName } } } } } } }`,
  "Query.licenses": `licenses(first: $N) { totalCount nodes { product { name vendor { name } } seats { seated } } }`,
  "Query.licenses with people": `licenses(first: $N) { nodes { users(first: 5) { totalCount nodes { state waitlistPosition user { displayName } ${SOURCES} } } found: users(first: 2, orderBy: { field: ENTITLED_SINCE }) { nodes { user { displayName } } } } }`,
  "Query.licenses with assignments": `licenses(first: $N) { nodes { assignments(first: 5) { totalCount nodes { status waiting assignedBy principal { ... on Group { memberCount } } } } } }`,
  "Query.licenses with one person": `licenses(first: $N) { nodes { user(id: "$USER") { state waitlistPosition ${SOURCES} } } }`,
  "Query.users": `users(first: $N) { totalCount nodes { ${PERSON} } }`,
  "Query.users with licenses": `users(first: $N) { nodes { licenses(first: 5) { totalCount nodes { state waitlistPosition license { product { name } seats { seated } } ${SOURCES} } } } }`,
  "Query.users with groups": `users(first: $N) { nodes { groups(first: 5) { totalCount nodes { displayName memberCount assignments(first: 2) { totalCount nodes { waiting } } } } } }`,
  "Query.groups with members": `groups(first: $N) { totalCount nodes { memberCount members(first: 5) { totalCount nodes { ${PERSON} } } } }`,
  "Query.groups with assignments": `groups(first: $N) { nodes { assignments(first: 5) { totalCount nodes { license { product { name } seats { seated } } status waiting assignedBy } } } }`,
  "Group.members": `group(id: "$GROUP") { members(first: $N) { totalCount nodes { ${PERSON} licenses(first: 2) { nodes { state } } } } }`,
  "Query.principals": `principals(search: "p", first: $N) { totalCount nodes { ... on User { displayName groups(first: 2) { nodes { displayName } } } ... on Group { memberCount } } }`,
  "Query.changesBetween": `changesBetween(from: { revision: 0 }, to: { revision: $NOW }) {
    changes(first: $N) { totalCount nodes { change user { ${PERSON} } license { product { name } } before { state } after { state waitlistPosition } ${SOURCES} entry { summary causedBy { summary } } } }
    licenses(first: $N) { totalCount nodes { license { product { name } } seated { peak average } gained deactivationToRelease { pending } } } }`,
  "Query.whyLicensed": `whyLicensed(licenseId: "$LICENSE", userId: "$USER") { state explanation sources { assignedBy { summary } } transitions(last: $N) { kind entry { summary causedBy { summary } } } }`,
  "Query.history": `history(first: $N) { totalCount nodes { summary reason actor { displayName } causedBy { summary causedBy { summary } } license { product { name } seats { seated } } } }`,
}

async function statements(query: string, size: number): Promise<number> {
  const { users, viewer } = await ledger.ask(company.admin, "{ users(first: 1) { nodes { id } } viewer { organization { revision } } }")
  const values: Readonly<Record<string, string>> = {
    $LICENSE: licenseId,
    $GROUP: groupId,
    $USER: users.nodes[0].id,
    $N: String(size),
    $NOW: viewer.organization.revision,
  }
  ledger.statements.length = 0
  await ledger.ask(company.admin, `{ ${query.replace(/\$[A-Z]+/g, (name) => values[name] as string)} }`)
  return ledger.statements.length
}

test.each(Object.entries(LISTS))("%s", async (_, query) => {
  const few = await statements(query, 5)
  expect(few).toBeGreaterThan(0)
  expect(await statements(query, 50)).toBe(few)
})

test("the page that is looked at most, a license with 50 people, takes few statements", async () => {
  const hot = `license(id: "$LICENSE") { status product { name } seats { seated purchased available } users(first: $N) { nodes { state user { displayName mail } sources { type group { displayName } } } } }`
  // The moment, the license, the people and their sources, and once for each list a look whether the moment is still the newest.
  expect(await statements(hot, 50)).toBeLessThanOrEqual(6)
})

test("the sum of all root fields of one answer asks for its moment once", async () => {
  ledger.statements.length = 0
  await ledger.ask(
    company.admin,
    "{ a: users(first: 1) { nodes { id } } b: groups(first: 1) { nodes { id } } c: licenses(first: 1) { nodes { id } } }",
  )
  const moments = ledger.statements.filter(({ sql }) => /^select organization_id, revision from organization/.test(sql.trim()))
  expect(moments.length).toBeLessThanOrEqual(3) // and one look after each of the lists of open spans
})
