import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Relay connections: keyset cursors that belong to one list, filter and order, and stay true while rows change. */
let ledger: Ledger
let company: Company
let seller: Seller
let licenseId: string
let groupId: string
let userIds: string[]

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  licenseId = await company.license(seller, 7)
  userIds = await company.users(12)
  groupId = await company.group("Group 0", userIds)
  for (let n = 1; n < 12; n++) await company.group(`Group ${n}`, userIds.slice(0, 1))
  await company.assign(licenseId, [groupId, ...userIds.slice(0, 10)])
  for (let n = 1; n < 12; n++) {
    const other = await openSeller(ledger, `Vendor ${n}`, `App ${n % 4}`)
    await company.assign(await company.license(other, 5), [userIds[0] as string, groupId])
  }
  await ledger.project()
})
afterAll(() => ledger.close())

interface List {
  readonly name: string
  /** With `%` where `first` and `after` belong. */
  readonly query: string
  readonly at: (data: Json) => Json
  readonly total: number
  readonly id?: string
}
const ofLicense = (field: string) => `license(id: "$LICENSE") { list: ${field} }`
const page = (node: string) =>
  `{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${node} } } nodes { ${node} } }`
const LISTS: List[] = [
  { name: "licenses", query: `list: licenses(%) ${page("id")}`, at: (data) => data, total: 12 },
  { name: "users", query: `list: users(%) ${page("id")}`, at: (data) => data, total: 12 },
  { name: "users found", query: `list: users(%, search: "person") ${page("id")}`, at: (data) => data, total: 12 },
  { name: "groups", query: `list: groups(%) ${page("id")}`, at: (data) => data, total: 12 },
  {
    name: "assignments",
    query: ofLicense(`assignments(%) ${page("principal { ... on Node { id } }")}`),
    at: (data) => data.license,
    total: 11,
  },
  {
    name: "assignments of users",
    query: ofLicense(`assignments(%, type: USER) ${page("principal { ... on Node { id } }")}`),
    at: (data) => data.license,
    total: 10,
  },
  ...["STATE_THEN_PLACE", "DISPLAY_NAME", "ENTITLED_SINCE"].flatMap((field) =>
    [false, true].map((descending) => ({
      name: `people of a license by ${field}${descending ? ", the other way round" : ""}`,
      query: ofLicense(`users(%, orderBy: { field: ${field}, descending: ${descending} }) ${page("user { id }")}`),
      at: (data: Json) => data.license,
      total: 12,
    })),
  ),
  { name: "waiting people", query: ofLicense(`users(%, state: WAITLISTED) ${page("user { id }")}`), at: (data) => data.license, total: 5 },
  {
    name: "people of a group's license",
    query: ofLicense(`users(%, groupId: "$GROUP", search: "per") ${page("user { id }")}`),
    at: (data) => data.license,
    total: 12,
  },
  { name: "members", query: `group(id: "$GROUP") { list: members(%) ${page("id")} }`, at: (data) => data.group, total: 12 },
  {
    name: "members found",
    query: `group(id: "$GROUP") { list: members(%, search: "person") ${page("id")} }`,
    at: (data) => data.group,
    total: 12,
  },
  {
    name: "a group's assignments",
    query: `group(id: "$GROUP") { list: assignments(%) ${page("license { id }")} }`,
    at: (data) => data.group,
    total: 12,
  },
  { name: "a person's groups", query: `user(id: "$USER") { list: groups(%) ${page("id")} }`, at: (data) => data.user, total: 12 },
  {
    name: "a person's licenses",
    query: `user(id: "$USER") { list: licenses(%) ${page("license { id }")} }`,
    at: (data) => data.user,
    total: 12,
  },
  { name: "history", query: `list: history(%) ${page("revision")}`, at: (data) => data, total: Number.NaN },
  {
    name: "history, oldest first",
    query: `list: history(%, oldestFirst: true) ${page("revision")}`,
    at: (data) => data,
    total: Number.NaN,
  },
  {
    name: "history of two types",
    query: `list: history(%, filter: { types: ["LicenseAssigned", "LicenseRegistered"] }) ${page("revision")}`,
    at: (data) => data,
    total: 34 + 11,
  },
  {
    name: "history of a person",
    query: `list: history(%, filter: { userId: "$USER" }) ${page("revision")}`,
    at: (data) => data,
    total: Number.NaN,
  },
]
function read(list: List, args: string): Promise<Json> {
  return ledger.ask(company.admin, textOf(list, args)).then((data) => list.at(data).list)
}
function textOf(list: List, args: string): string {
  const ids: Json = { $LICENSE: licenseId, $GROUP: groupId, $USER: userIds[0] }
  return `{ ${list.query.replace("%", args).replace(/\$[A-Z]+/g, (name) => ids[name])} }`
}

test.each(LISTS)("$name: pages of any size join without a gap or a repetition", async (list) => {
  const whole = await read(list, "first: 100")
  expect(whole.pageInfo).toMatchObject({ hasNextPage: whole.totalCount > 100, hasPreviousPage: false })
  if (!Number.isNaN(list.total)) expect(whole.totalCount).toBe(list.total)
  expect(whole.nodes).toHaveLength(Math.min(whole.totalCount, 100))
  expect(new Set(whole.nodes.map((node: Json) => JSON.stringify(node))).size).toBe(whole.nodes.length)

  const joined: Json[] = []
  let args = "first: 3"
  for (;;) {
    const { nodes, edges, pageInfo, totalCount } = await read(list, args)
    expect(edges.map((edge: Json) => edge.node)).toEqual(nodes)
    expect(pageInfo).toMatchObject({ startCursor: edges[0].cursor, endCursor: edges.at(-1).cursor, hasPreviousPage: joined.length > 0 })
    expect(totalCount).toBe(whole.totalCount)
    joined.push(...nodes)
    if (!pageInfo.hasNextPage) break
    args = `first: 3, after: "${pageInfo.endCursor}"`
  }
  expect(joined.slice(0, 100)).toEqual(whole.nodes)
})

test.each(LISTS)("$name: first is 1 to 100, and after a cursor of this list", async (list) => {
  const refused = async (args: string, field: string) => {
    expect(await ledger.fault(company.admin, textOf(list, args))).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
      message: expect.stringMatching(`^${field} `),
    })
  }
  await refused("first: 0", "first")
  await refused("first: 101", "first")
  await refused("first: -1", "first")
  for (const after of ["", "nonsense", "W10", Buffer.from("{}").toString("base64url"), Buffer.from('["x"]').toString("base64url")]) {
    await refused(`first: 5, after: "${after}"`, "after")
  }
  for (const other of LISTS.filter((other) => other.name !== list.name)) {
    const { pageInfo } = await read(other, "first: 1")
    await refused(`first: 5, after: "${pageInfo.endCursor}"`, "after")
  }
})

test("a cursor with values of another kind is refused, even with the right list", async () => {
  const users = LISTS[1] as List
  const { pageInfo } = await read(users, "first: 1")
  const [list] = JSON.parse(Buffer.from(pageInfo.endCursor, "base64url").toString())
  for (const place of [[], [1, 2], ["a"], ["a", "b", "c"], ["a", null], ["a", ["b"]], ["a", 1.5]]) {
    const forged = Buffer.from(JSON.stringify([list, ...place])).toString("base64url")
    expect(await ledger.fault(company.admin, `{ users(after: "${forged}") { totalCount } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "after",
    })
  }
})

test("rows that come and go between two pages neither repeat nor hide an entry that stayed", async () => {
  const changing = await openCompany(ledger, "Changing")
  const people = await changing.users(9, "M")
  await ledger.project()
  const names = async (args: string) =>
    (await ledger.ask(changing.admin, `{ users(${args}) { nodes { displayName } pageInfo { endCursor } } }`)).users
  const first = await names("first: 4")
  await changing.command("deleteUser", { userId: people[1] as string }) // on the page already read
  await changing.command("deleteUser", { userId: people[3] as string }) // the very one the cursor was made from
  await changing.command("deleteUser", { userId: people[5] as string })
  await changing.user("A before all")
  await changing.user("M 0004 and a half")
  await ledger.project()
  const rest = await names(`first: 10, after: "${first.pageInfo.endCursor}"`)
  expect(first.nodes.map((node: Json) => node.displayName)).toEqual(["M 0000", "M 0001", "M 0002", "M 0003"])
  expect(rest.nodes.map((node: Json) => node.displayName)).toEqual(["M 0004", "M 0004 and a half", "M 0006", "M 0007", "M 0008"])
})

test("a count is only made when it is asked for", async () => {
  const counts = async (query: string) => {
    ledger.statements.length = 0
    await ledger.ask(company.admin, query)
    return ledger.statements.filter(({ sql }) => /count\(\*\)/.test(sql)).length
  }
  expect(await counts("{ users { nodes { id } } licenses { nodes { id } } }")).toBe(0)
  expect(await counts("{ users { ...U } } fragment U on UserConnection { totalCount }")).toBe(1)
})

test("without first a page has 50, also when it is null", async () => {
  const many = await openCompany(ledger, "Many")
  await many.users(60)
  await ledger.project()
  expect((await ledger.ask(many.admin, "{ users { nodes { id } } }")).users.nodes).toHaveLength(50)
  expect((await ledger.ask(many.admin, "{ users(first: null) { nodes { id } } }")).users.nodes).toHaveLength(50)
})
