import { rightOf } from "../../../projections/seats/right"
import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Who holds or awaits a seat, as the API tells it. */
let ledger: Ledger
let company: Company
let seller: Seller
let licenseId: string
let people: Record<"adele" | "bo" | "cy" | "dee" | "ed", string>
let sales: string
let support: string

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  licenseId = await company.license(seller, 3)
  people = {
    adele: await company.user("Adele Vance"),
    bo: await company.user("Bo Åkerman"),
    cy: await company.user("Cy de Vries"),
    dee: await company.user("Dee Okafor"),
    ed: await company.user("Ed Øst", { userName: "ed@contoso.example", mail: "ed@contoso.example" }),
  }
  sales = await company.group("Sales", [people.adele, people.bo, people.cy])
  support = await company.group("Support", [people.adele, people.ed])
  await company.assign(licenseId, [people.dee], "needs it")
  ledger.passSeconds(60)
  await company.assign(licenseId, [sales])
  ledger.passSeconds(60)
  await company.assign(licenseId, [support])
  await ledger.project()
})
afterAll(() => ledger.close())

async function users(args: string, selection = "user { displayName } state waitlistPosition"): Promise<Json> {
  const { license } = await ledger.ask(
    company.admin,
    `query ($id: ID!) { license(id: $id) { users(${args}) { totalCount nodes { ${selection} } } } }`,
    {
      id: licenseId,
    },
  )
  return license.users
}
const names = (connection: Json): string[] => connection.nodes.map((node: Json) => node.user.displayName)

test("groups are expanded to people, each once, with every source, oldest first", async () => {
  const { nodes, totalCount } = await users("first: 10", "user { id } sources { type since group { displayName } }")
  expect(totalCount).toBe(5)
  const sources = new Map(nodes.map((node: Json) => [node.user.id, node.sources]))
  expect(sources.size).toBe(5)
  expect(sources.get(people.dee)).toEqual([{ type: "DIRECT", group: null, since: "2026-03-01T08:00:00.000Z" }])
  expect(sources.get(people.adele)).toEqual([
    { type: "GROUP", group: { displayName: "Sales" }, since: "2026-03-01T08:01:00.000Z" },
    { type: "GROUP", group: { displayName: "Support" }, since: "2026-03-01T08:02:00.000Z" },
  ])
})

test("rule 7: seated people come first, then the waitlist by place", async () => {
  const { nodes } = await users("first: 10", "user { displayName } state waitlistPosition entitledSince seatedSince")
  expect(nodes.map((node: Json) => node.state)).toEqual(["SEATED", "SEATED", "SEATED", "WAITLISTED", "WAITLISTED"])
  expect(nodes.slice(3)).toMatchObject([
    { user: { displayName: "Cy de Vries" }, waitlistPosition: 1, seatedSince: null, entitledSince: "2026-03-01T08:01:00.000Z" },
    { user: { displayName: "Ed Øst" }, waitlistPosition: 2, seatedSince: null, entitledSince: "2026-03-01T08:02:00.000Z" },
  ])
  expect(nodes[0]).toMatchObject({ waitlistPosition: null, seatedSince: expect.any(String) })
  const turned = await users("first: 10, orderBy: { field: STATE_THEN_PLACE, descending: true }")
  expect(names(turned)).toEqual(names({ nodes }).reverse())
})

test("a place is counted, not read off the page: it holds in any order and under any filter", async () => {
  expect((await users('search: "ost"')).nodes).toMatchObject([{ waitlistPosition: 2 }])
  expect((await users("first: 1, orderBy: { field: DISPLAY_NAME, descending: true }")).nodes).toMatchObject([{ waitlistPosition: 2 }])
})

test("by name without regard to case and accents, and by entitlement", async () => {
  const byName = ["Adele Vance", "Bo Åkerman", "Cy de Vries", "Dee Okafor", "Ed Øst"]
  expect(names(await users("orderBy: { field: DISPLAY_NAME }"))).toEqual(byName)
  expect(names(await users("orderBy: { field: DISPLAY_NAME, descending: true }"))).toEqual(byName.toReversed())
  const byEntitlement = ["Dee Okafor", "Adele Vance", "Bo Åkerman", "Cy de Vries", "Ed Øst"]
  expect(names(await users("orderBy: { field: ENTITLED_SINCE }"))).toEqual(byEntitlement)
  expect(names(await users("orderBy: { field: ENTITLED_SINCE, descending: true }"))).toEqual(byEntitlement.toReversed())
})

test.each([
  ["state: SEATED", ["Adele Vance", "Bo Åkerman", "Dee Okafor"]],
  ["state: WAITLISTED", ["Cy de Vries", "Ed Øst"]],
  ['search: "AKER"', ["Bo Åkerman"]],
  ['search: "de"', ["Cy de Vries", "Dee Okafor"]],
  ['search: "vries cy"', ["Cy de Vries"]],
  ['search: "ele"', []],
  ['search: "dee.okafor@contoso"', ["Dee Okafor"]],
])("filtered by %s", async (filter, expected) => {
  const found = await users(`${filter}, orderBy: { field: DISPLAY_NAME }`)
  expect(names(found)).toEqual(expected)
  expect(found.totalCount).toBe(expected.length)
})

test("filtered by a group: who is entitled through it, and nobody through a group that is not assigned", async () => {
  const inSales = await users(`groupId: "${sales}", orderBy: { field: DISPLAY_NAME }`)
  expect([names(inSales), inSales.totalCount]).toEqual([["Adele Vance", "Bo Åkerman", "Cy de Vries"], 3])
  const other = await company.group("Others", [people.adele])
  await ledger.project()
  expect(await users(`groupId: "${other}"`)).toEqual({ nodes: [], totalCount: 0 })
  expect(await users('groupId: "grp_unknown"')).toEqual({ nodes: [], totalCount: 0 })
})

test("one person of a license, and null for who is not entitled", async () => {
  const stranger = await company.user("Not Entitled")
  await ledger.project()
  const query = `query ($id: ID!, $cy: ID!, $stranger: ID!) { license(id: $id) {
    cy: user(id: $cy) { user { displayName } state waitlistPosition sources { group { displayName } } license { id } }
    stranger: user(id: $stranger) { state } none: user(id: "nonsense") { state } } }`
  const { license } = await ledger.ask(company.admin, query, { id: licenseId, cy: people.cy, stranger })
  const cy = {
    user: { displayName: "Cy de Vries" },
    state: "WAITLISTED",
    waitlistPosition: 1,
    sources: [{ group: { displayName: "Sales" } }],
  }
  expect(license).toEqual({ cy: { ...cy, license: { id: licenseId } }, stranger: null, none: null })
})

test("rule 4: assignments tell how far they are carried out", async () => {
  const query = `query ($id: ID!, $type: PrincipalType, $search: String) { license(id: $id) { assignments(type: $type, search: $search) { totalCount
    nodes { principal { __typename ... on User { displayName } ... on Group { displayName memberCount } } assignedAt assignedBy reason status waiting } } } }`
  const { license } = await ledger.ask(company.admin, query, { id: licenseId })
  expect(license.assignments).toEqual({
    totalCount: 3,
    nodes: [
      {
        principal: { __typename: "User", displayName: "Dee Okafor" },
        assignedAt: "2026-03-01T08:00:00.000Z",
        assignedBy: "admin@contoso.example",
        reason: "needs it",
        status: "ALL_SEATED",
        waiting: 0,
      },
      expect.objectContaining({
        principal: { __typename: "Group", displayName: "Sales", memberCount: 3 },
        reason: null,
        status: "SEATS_SHORT",
        waiting: 1,
      }),
      expect.objectContaining({
        principal: { __typename: "Group", displayName: "Support", memberCount: 2 },
        status: "SEATS_SHORT",
        waiting: 1,
      }),
    ],
  })
  const groups = await ledger.ask(company.admin, query, { id: licenseId, type: "GROUP" })
  expect(groups.license.assignments).toMatchObject({ totalCount: 2, nodes: [{ waiting: 1 }, { waiting: 1 }] })
  const found = await ledger.ask(company.admin, query, { id: licenseId, search: "supp" })
  expect(found.license.assignments).toMatchObject({ totalCount: 1, nodes: [{ principal: { displayName: "Support" } }] })
})

test("rule 39: an assignment is in progress while somebody of the group has no claim yet", async () => {
  const large = await openCompany(ledger, "Large")
  const license = await large.license(seller, 5_000)
  const members = await large.users(1_100)
  const everybody = await large.group("Everybody", members.slice(0, 900))
  await large.command("changeGroupMembers", { groupId: everybody, add: members.slice(900), remove: [] })
  await large.assign(license, [everybody])
  const query = `query ($id: ID!, $asOf: AsOf) { license(id: $id, asOf: $asOf) {
    seats { seated available } assignments { nodes { status waiting } } users { totalCount } } }`
  const progress = async () => {
    await ledger.project()
    const filter = { types: ["SettlementProgressed"] }
    const { history } = await ledger.ask(
      large.admin,
      "query ($filter: HistoryFilter) { history(filter: $filter, oldestFirst: true) { nodes { revision data } } }",
      { filter },
    )
    return history.nodes
  }
  let steps = await progress()
  while (steps.at(-1)?.data.remaining !== 0) {
    await new Promise(setImmediate)
    steps = await progress()
  }
  const [first] = steps
  const { license: begun } = await ledger.ask(large.admin, query, { id: license, asOf: { revision: first.revision } })
  expect(first.data.remaining).toBeGreaterThan(0)
  expect(begun).toEqual({
    seats: { seated: 1_100 - first.data.remaining, available: 5_000 - 1_100 }, // what is promised is not free
    assignments: { nodes: [{ status: "IN_PROGRESS", waiting: 0 }] },
    users: { totalCount: 1_100 - first.data.remaining },
  })
  const { license: done } = await ledger.ask(large.admin, query, { id: license })
  expect(done).toEqual({
    seats: { seated: 1_100, available: 3_900 },
    assignments: { nodes: [{ status: "ALL_SEATED", waiting: 0 }] },
    users: { totalCount: 1_100 },
  })
})

test("a person's groups and licenses, a group's members in the order of joining, and its licenses", async () => {
  const query = `query ($user: ID!, $group: ID!) {
    user(id: $user) { displayName userName mail active groups { totalCount nodes { displayName memberCount } } licenses { totalCount nodes { license { id product { name } } state sources { group { displayName } } } } }
    group(id: $group) { displayName memberCount members { totalCount nodes { displayName } } assignments { totalCount nodes { license { id } waiting assignedBy } } } }`
  const { user, group } = await ledger.ask(company.admin, query, { user: people.ed, group: sales })
  expect(user).toEqual({
    displayName: "Ed Øst",
    userName: "ed@contoso.example",
    mail: "ed@contoso.example",
    active: true,
    groups: { totalCount: 1, nodes: [{ displayName: "Support", memberCount: 2 }] },
    licenses: {
      totalCount: 1,
      nodes: [
        {
          license: { id: licenseId, product: { name: "Lumen Draw" } },
          state: "WAITLISTED",
          sources: [{ group: { displayName: "Support" } }],
        },
      ],
    },
  })
  expect(group).toEqual({
    displayName: "Sales",
    memberCount: 3,
    members: { totalCount: 3, nodes: [{ displayName: "Adele Vance" }, { displayName: "Bo Åkerman" }, { displayName: "Cy de Vries" }] },
    assignments: { totalCount: 1, nodes: [{ license: { id: licenseId }, waiting: 1, assignedBy: "admin@contoso.example" }] },
  })
})

test("type-ahead over people and groups by any beginnings of words", async () => {
  const find = async (search: string, types?: string[]) => {
    const query =
      "query ($search: String!, $types: [PrincipalType!]) { principals(search: $search, types: $types) { totalCount nodes { ... on User { displayName } ... on Group { displayName } } } }"
    const { principals } = await ledger.ask(company.admin, query, { search, types })
    expect(principals.totalCount).toBe(principals.nodes.length)
    return principals.nodes.map((node: Json) => node.displayName)
  }
  expect(await find("s")).toEqual(["Sales", "Support"])
  expect(await find("O")).toEqual(["Others", "Dee Okafor", "Ed Øst"]) // names that begin like this come first
  expect(await find("o", ["USER"])).toEqual(["Dee Okafor", "Ed Øst"])
  expect(await find("o", ["GROUP"])).toEqual(["Others"])
  expect(await find("vance adele")).toEqual(["Adele Vance"])
  expect(await find("nobody")).toEqual([])
  expect(await find('"* OR words:a')).toEqual([]) // the language of the search index is not spoken here
})

test("lists of people and groups, by name, searched", async () => {
  const query = `query ($search: String) { users(search: $search, first: 4) { totalCount nodes { displayName } pageInfo { hasNextPage } }
    groups(search: $search) { totalCount nodes { displayName memberCount } } licenses(search: $search) { totalCount nodes { product { name } } } }`
  expect(await ledger.ask(company.admin, query, {})).toEqual({
    users: {
      totalCount: 6,
      pageInfo: { hasNextPage: true },
      nodes: ["Adele Vance", "Bo Åkerman", "Cy de Vries", "Dee Okafor"].map((displayName) => ({ displayName })),
    },
    groups: {
      totalCount: 3,
      nodes: [
        { displayName: "Others", memberCount: 1 },
        { displayName: "Sales", memberCount: 3 },
        { displayName: "Support", memberCount: 2 },
      ],
    },
    licenses: { totalCount: 1, nodes: [{ product: { name: "Lumen Draw" } }] },
  })
  expect(await ledger.ask(company.admin, query, { search: "DRÁ" })).toEqual({
    users: { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] },
    groups: { totalCount: 0, nodes: [] },
    licenses: { totalCount: 1, nodes: [{ product: { name: "Lumen Draw" } }] },
  })
  expect((await ledger.ask(company.admin, query, { search: "%" })).licenses.totalCount).toBe(0)
})

test("rule 25: the right to use an app", async () => {
  const right = async (userId: string, viewer = seller.viewer) => {
    const { usageRight } = await ledger.ask(viewer, "query ($l: ID!, $u: ID!) { usageRight(licenseId: $l, userId: $u) }", {
      l: licenseId,
      u: userId,
    })
    return usageRight
  }
  let changes = 0
  const status = async (status: "ACTIVE" | "WARNING" | "SUSPENDED") => {
    const sequence = String(Date.now() + ++changes) // also within one millisecond
    await company.command("changeLicenseStatus", { licenseId, status, vendorEventId: `${status}-${sequence}`, sequence }, seller.requester)
    await ledger.project()
  }
  expect(await right(people.dee)).toBe("ACTIVE")
  expect(await right(people.dee, company.admin)).toBe("ACTIVE")
  expect(await right(people.ed)).toBe("INACTIVE") // waits
  expect(await right("usr_unknown")).toBe("INACTIVE")
  await status("WARNING")
  expect(await right(people.dee)).toBe("WARNING")
  await status("SUSPENDED")
  expect(await right(people.dee)).toBe("SUSPENDED")
  expect(await right(people.ed)).toBe("INACTIVE")
  await status("ACTIVE")
  expect(await right(people.dee)).toBe("ACTIVE")
})

test("rule 19: seats count what is over-assigned, and nothing is free then", async () => {
  const seats = async () =>
    (
      await ledger.ask(
        company.admin,
        `{ license(id: "${licenseId}") { seats { purchased seated available waitlisted overassignedBy graceEndsAt } } }`,
      )
    ).license.seats
  await company.seats(seller, licenseId, 1)
  await ledger.project()
  const over = { purchased: 1, seated: 3, available: 0, waitlisted: 2, overassignedBy: 2, graceEndsAt: expect.any(String) }
  expect(await seats()).toEqual(over)
  await company.seats(seller, licenseId, 9)
  await ledger.project()
  expect(await seats()).toEqual({ purchased: 9, seated: 5, available: 4, waitlisted: 0, overassignedBy: 0, graceEndsAt: null })
})

test.each([
  ["Åsa@Contoso.Example", ["Åsa@Contoso.Example", "åsa@contoso.example", "ÅSA@CONTOSO.EXAMPLE", "A\u030asa@contoso.example"]],
  ["ΩΜΈΓΑ", ["ωμέγα", "ΩΜΈΓΑ"]],
  ["İnci", ["i\u0307nci", "İnci"]],
  ["ｅｄ", ["ed", "ED"]],
])("the user name %s is found without regard to case, beyond ASCII too, as it is unique", async (userName, spellings) => {
  const own = await openCompany(ledger, `The company of ${userName}`)
  const id = await own.user("Somebody", { userName })
  const license = await own.license(seller, 1)
  await own.assign(license, [id])
  await ledger.project()
  for (const spelling of spellings) {
    const query = "query ($names: [String!]) { usersByIdentity(userNames: $names) { id userName } }"
    expect((await ledger.ask(own.admin, query, { names: [spelling] })).usersByIdentity).toEqual([{ id, userName }])
    const member = own.viewer("MEMBER", { subject: spelling })
    expect((await ledger.ask(member, "query ($id: ID!) { user(id: $id) { id } }", { id })).user).toEqual({ id })
    const right = await rightOf(ledger.readStore, { organizationId: own.organizationId }, license, { name: spelling })
    expect([spelling, right]).toEqual([spelling, "ACTIVE"])
  }
})
