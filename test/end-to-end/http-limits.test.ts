/** The HTTP layer on the real schema: what its default limits admit and refuse, and that the compiled path answers like the other. */
import { RunningLedger } from "../support/running-ledger"
import { type Company, company } from "./company"

const PEOPLE = 100
/** A document is interpreted three times and compiled then. */
const USES = 6

let ledger: RunningLedger
let c: Company
let groupId: string

beforeAll(async () => {
  ledger = await RunningLedger.start()
  c = await company(ledger, { seats: 60, users: Array.from({ length: PEOPLE }, (_, i) => `person${i}`) })
  const ids = Object.values(c.users)
  const made = await c.admin.ask(
    'mutation ($ids: [ID!]) { a: createGroup(input: { displayName: "Sales", memberIds: $ids }) { group { id } } b: createGroup(input: { displayName: "Staff", memberIds: $ids }) { group { id } } }',
    { ids },
  )
  groupId = made.a.group.id
  for (const principalIds of [[ids[0]], [groupId, made.b.group.id]]) {
    const { assignLicenses } = await c.admin.ask(
      "mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { code } } }",
      { input: { licenseId: c.licenseId, principalIds } },
    )
    expect(assignLicenses.refusal).toBeNull()
  }
})
afterAll(() => ledger.stop())

const PAGE = `query Page($id: ID!, $first: Int!, $asOf: AsOf) {
  license(id: $id, asOf: $asOf) {
    id status product { name vendor { name contact } } seats { purchased seated available waitlisted overassignedBy graceEndsAt }
    users(first: $first) {
      totalCount pageInfo { hasNextPage endCursor }
      edges { cursor node {
        state waitlistPosition entitledSince seatedSince
        sources { type since group { id displayName } }
        user { id displayName userName mail active groups { totalCount nodes { id displayName memberCount } } }
      } }
    }
  }
}`

test("a page of 100 licensed people with user, sources and groups is within the default limits", async () => {
  const { license } = await c.admin.ask(PAGE, { id: c.licenseId, first: PEOPLE })
  expect(license.users.edges).toHaveLength(PEOPLE)
  for (const { node } of license.users.edges) {
    expect(node.sources.filter(({ type }: { type: string }) => type === "GROUP")).toHaveLength(2)
    expect(node.user.groups).toMatchObject({ totalCount: 2, nodes: [{ memberCount: PEOPLE }, { memberCount: PEOPLE }] })
  }
})

test("licenses of people of licenses are not: the pages multiply", async () => {
  const { errors } = await c.admin.send(
    "{ licenses(first: 100) { nodes { users(first: 100) { nodes { user { licenses(first: 100) { nodes { license { id } } } } } } } } }",
  )
  expect(errors).toMatchObject([{ extensions: { code: "OPERATION_TOO_COMPLEX" } }])
})

const queries: [name: string, query: string, variables?: (c: Company) => Record<string, unknown>][] = [
  ["the page", PAGE, ({ licenseId }) => ({ id: licenseId, first: 100 })],
  ["the page as of a revision", PAGE, ({ licenseId }) => ({ id: licenseId, first: 100, asOf: { revision: 105 } })],
  ["the page as of nothing", PAGE, ({ licenseId }) => ({ id: licenseId, first: 100, asOf: {} })],
  [
    "the page as of two moments",
    PAGE,
    ({ licenseId }) => ({ id: licenseId, first: 100, asOf: { revision: 105, at: "2026-01-01T00:00:00Z" } }),
  ],
  ["a page that is too long", PAGE, ({ licenseId }) => ({ id: licenseId, first: 101 })],
  ["viewer", "{ viewer { subject roles organization { id name revision } vendor { id } } }"],
  [
    "licenses",
    '{ licenses(search: "crm") { nodes { id assignments { nodes { principal { __typename ... on User { userName } ... on Group { displayName } } status waiting reason } } } } }',
  ],
  [
    "nodes of every type",
    "query ($l: ID!, $u: ID!, $v: ID!, $p: ID!) { l: node(id: $l) { ...N } u: node(id: $u) { ...N } v: node(id: $v) { ...N } p: node(id: $p) { ...N } } fragment N on Node { __typename id ... on License { status } ... on User { userName } ... on Vendor { name } ... on Product { name } }",
    (d) => ({ l: d.licenseId, u: d.users.person0, v: d.vendorId, p: d.productId }),
  ],
  ["no such node", 'query { node(id: "lic_none") { id } }'],
  ["type-ahead", '{ principals(search: "person1") { nodes { __typename ... on User { displayName groups { totalCount } } } } }'],
  [
    "history",
    "{ history(first: 20) { nodes { revision eventId type recordedAt actor { type id role displayName } reason summary causedBy { revision } license { id } data } } }",
  ],
  ["a usage right", "query ($l: ID!, $u: ID!) { usageRight(licenseId: $l, userId: $u) }", (d) => ({ l: d.licenseId, u: d.users.person3 })],
  ["a cursor that is none", '{ users(after: "nonsense") { nodes { id } } }'],
  [
    "a refusal",
    "mutation ($l: ID!, $u: ID!) { transferSeat(input: { licenseId: $l, fromUserId: $u, toUserId: $u }) { refusal { __typename code message ... on InheritedFromGroup { groups { displayName } } } } }",
    (d) => ({ l: d.licenseId, u: d.users.person3 }),
  ],
  [
    "shortage refused with its details",
    'mutation ($l: ID!) { assignLicenses(input: { licenseId: $l, principalIds: ["usr_none"] }) { results { outcome } refusal { __typename code ... on NotEnoughSeats { available required } } revision } }',
    (d) => ({ l: d.licenseId }),
  ],
  ["what an admin may not do", 'mutation { createOrganization(input: { name: "Mine" }) { organization { id } } }'],
]

test.each(queries)("compiled and interpreted answer alike: %s", async (...[, query, variables]) => {
  const answers: unknown[] = []
  for (let use = 0; use < USES; use++) answers.push(await c.admin.send(query, variables?.(c)))
  expect(answers).toEqual(Array(USES).fill(answers[0]))
  expect(JSON.stringify(answers[0])).not.toContain("INTERNAL_SERVER_ERROR")
})

test("most of these really ran compiled", async () => {
  const page = await (await fetch(`${ledger.opened.url}/metrics`)).text()
  const compiled = Number(/seatledger_executions_total\{executor="compiled"\} (\d+)/.exec(page)?.[1])
  // Three of six uses each, but for the two whose variables are refused.
  expect(compiled).toBeGreaterThanOrEqual((queries.length - 2) * (USES - 3))
})
