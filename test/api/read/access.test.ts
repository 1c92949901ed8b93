import type { Viewer } from "../../../src/auth/viewer"
import type { Role } from "../../../src/domain/events"
import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Rule 38: everything is reachable only inside one's own organization; vendors see no people, members only themselves. */
let ledger: Ledger
let contoso: Company
let fabrikam: Company
let lumen: Seller
let acid: Seller
const mine: Json = {}
const theirs: Json = {}

beforeAll(async () => {
  ledger = await openLedger()
  lumen = await openSeller(ledger, "Lumen", "Lumen Draw")
  acid = await openSeller(ledger, "Acid", "Acid Test")
  contoso = await openCompany(ledger, "Contoso")
  fabrikam = await openCompany(ledger, "Fabrikam")
  for (const [company, seller, ids] of [
    [contoso, lumen, mine],
    [fabrikam, acid, theirs],
  ] as const) {
    ids.organization = company.organizationId
    ids.vendor = seller.vendorId
    ids.product = seller.productId
    ids.license = await company.license(seller, 5)
    ids.user = await company.user("Adele Vance", { externalId: `entra-adele-${company.organizationId}` })
    ids.colleague = await company.user("Bo Åkerman")
    ids.group = await company.group("Sales", [ids.user, ids.colleague])
    await company.assign(ids.license, [ids.group])
  }
  mine.unassigned = await contoso.license(lumen, 5)
  await ledger.project()
})
afterAll(() => ledger.close())

const READERS: readonly Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"]
const node = async (viewer: Viewer, id: string): Promise<Json> =>
  (await ledger.ask(viewer, "query ($id: ID!) { node(id: $id) { __typename id } }", { id })).node

test.each(READERS)("a %s reaches every kind of object of the own organization by its id", async (role) => {
  const viewer = contoso.viewer(role)
  for (const [kind, type] of [
    ["organization", "Organization"],
    ["vendor", "Vendor"],
    ["product", "Product"],
    ["license", "License"],
    ["user", "User"],
    ["group", "Group"],
  ] as const) {
    expect(await node(viewer, mine[kind])).toEqual({ __typename: type, id: mine[kind] })
  }
})

test.each(READERS)("for a %s another organization's objects are like none at all", async (role) => {
  const viewer = contoso.viewer(role)
  const found = async (ids: Json) => ({
    nodes: await Promise.all(["organization", "vendor", "product", "license", "user", "group"].map((kind) => node(viewer, ids[kind]))),
    queries: await ledger.ask(
      viewer,
      `query ($l: ID!, $u: ID!, $g: ID!, $own: ID!) { license(id: $l) { id } user(id: $u) { id } group(id: $g) { id }
        own: license(id: $own) { user(id: $u) { state } users(groupId: $g) { totalCount nodes { state } } } }`,
      { l: ids.license, u: ids.user, g: ids.group, own: mine.license },
    ),
    right: await ledger.fault(viewer, "query ($l: ID!, $u: ID!) { usageRight(licenseId: $l, userId: $u) }", {
      l: ids.license,
      u: mine.user,
    }),
  })
  const none = {
    organization: "org_none",
    vendor: "vnd_none",
    product: "prd_none",
    license: "lic_none",
    user: "usr_none",
    group: "grp_none",
  }
  const nothing = await found(none)
  expect(nothing.nodes).toEqual([null, null, null, null, null, null])
  expect(nothing.queries).toEqual({ license: null, user: null, group: null, own: { user: null, users: { totalCount: 0, nodes: [] } } })
  expect(nothing.right).toMatchObject({ code: "NOT_FOUND", field: "licenseId" })
  expect(await found(theirs)).toEqual(nothing)
})

test("lists, searches and the history of one organization have nothing of another", async () => {
  const query = `query ($l: ID, $u: ID) { licenses { nodes { id } } users { nodes { id } } groups { nodes { id } } principals(search: "a") { nodes { ... on Node { id } } }
    found: users(search: "adele") { nodes { id } } all: history(first: 100) { nodes { data } }
    of: history(filter: { licenseId: $l }) { totalCount nodes { revision } } by: history(filter: { userId: $u }) { totalCount nodes { revision } } }`
  const seen = await ledger.ask(contoso.admin, query, { l: theirs.license, u: theirs.user })
  const text = JSON.stringify(seen)
  for (const kind of ["organization", "license", "user", "group", "colleague", "vendor"]) expect(text).not.toContain(theirs[kind])
  expect(text).toContain(mine.user)
  expect(seen).toMatchObject({ of: { totalCount: 0, nodes: [] }, by: { totalCount: 0, nodes: [] } })
})

describe("a vendor", () => {
  test("sees itself, its products and the licenses of them, without their people", async () => {
    const query = `query ($id: ID!) { viewer { vendor { name contact } organization { id } user { id } }
      license(id: $id) { product { name vendor { name } } status seats { purchased seated waitlisted } } usageRight(licenseId: $id, userId: "${mine.user}") }`
    expect(await ledger.ask(lumen.viewer, query, { id: mine.license })).toEqual({
      viewer: { vendor: { name: "Lumen", contact: "+31 20 123" }, organization: null, user: null },
      license: {
        product: { name: "Lumen Draw", vendor: { name: "Lumen" } },
        status: "ACTIVE",
        seats: { purchased: 5, seated: 2, waitlisted: 0 },
      },
      usageRight: "ACTIVE",
    })
    expect(await node(lumen.viewer, lumen.vendorId)).toMatchObject({ __typename: "Vendor" })
    expect(await node(lumen.viewer, lumen.productId)).toMatchObject({ __typename: "Product" })
    expect(await node(lumen.viewer, mine.license)).toMatchObject({ __typename: "License" })
  })

  test.each(["users { totalCount }", "assignments { totalCount }", 'user(id: "usr_x") { state }'])(
    "is refused %s of its own license",
    async (field) => {
      expect(await ledger.fault(lumen.viewer, `query ($id: ID!) { license(id: $id) { ${field} } }`, { id: mine.license })).toMatchObject({
        code: "FORBIDDEN",
      })
    },
  )

  test("finds nobody, no group, no organization, and nothing of another vendor", async () => {
    for (const kind of ["user", "group", "organization"]) expect(await node(lumen.viewer, mine[kind])).toBeNull()
    for (const id of [acid.vendorId, acid.productId, theirs.license]) expect(await node(lumen.viewer, id)).toBeNull()
    expect((await ledger.ask(lumen.viewer, "query ($id: ID!) { license(id: $id) { id } }", { id: theirs.license })).license).toBeNull()
    const right = "query ($l: ID!, $u: ID!) { usageRight(licenseId: $l, userId: $u) }"
    const foreign = await ledger.fault(lumen.viewer, right, { l: theirs.license, u: theirs.user })
    expect(foreign).toMatchObject({ code: "NOT_FOUND" })
    expect(foreign).toEqual(await ledger.fault(lumen.viewer, right, { l: "lic_none", u: theirs.user }))
  })

  test("sees its license as of a moment of the organization", async () => {
    const query = "query ($id: ID!, $asOf: AsOf) { license(id: $id, asOf: $asOf) { seats { seated } } }"
    expect(await ledger.ask(lumen.viewer, query, { id: mine.license, asOf: { revision: 2 } })).toEqual({
      license: { seats: { seated: 0 } },
    })
  })
})

describe("a member", () => {
  const member = (more: Partial<Viewer> = {}) => contoso.viewer("MEMBER", { subject: "ADELE.VANCE@contoso.example", ...more })

  test.each([
    ["by user name, without regard to case", "ADELE.VANCE@contoso.example"],
    ["by external id", undefined],
  ])("is known %s", async (_, subject) => {
    const viewer = member({ subject: subject ?? `entra-adele-${contoso.organizationId}` })
    const query = `query ($u: ID!) { viewer { user { id displayName } } user(id: $u) { displayName groups { nodes { displayName } }
      licenses { totalCount nodes { license { id product { name } seats { purchased } } state sources { type group { displayName } } } } } }`
    expect(await ledger.ask(viewer, query, { u: mine.user })).toEqual({
      viewer: { user: { id: mine.user, displayName: "Adele Vance" } },
      user: {
        displayName: "Adele Vance",
        groups: { nodes: [{ displayName: "Sales" }] },
        licenses: {
          totalCount: 1,
          nodes: [
            {
              license: { id: mine.license, product: { name: "Lumen Draw" }, seats: { purchased: 5 } },
              state: "SEATED",
              sources: [{ type: "GROUP", group: { displayName: "Sales" } }],
            },
          ],
        },
      },
    })
  })

  test("sees the own licenses and the own seat only", async () => {
    const query = `query ($l: ID!, $other: ID!, $me: ID!, $colleague: ID!) { license(id: $l) { id me: user(id: $me) { state } other: user(id: $colleague) { state } }
      other: license(id: $other) { id } user(id: $colleague) { id } }`
    const ids = { l: mine.license, other: mine.unassigned, me: mine.user, colleague: mine.colleague }
    const own = { id: mine.license, me: { state: "SEATED" }, other: null }
    expect(await ledger.ask(member(), query, ids)).toEqual({ license: own, other: null, user: null })
    expect(await node(member(), mine.user)).toMatchObject({ id: mine.user })
    expect(await node(member(), mine.license)).toMatchObject({ id: mine.license })
    for (const id of [mine.colleague, mine.unassigned, mine.group, theirs.user, theirs.license]) expect(await node(member(), id)).toBeNull()
  })

  test.each([
    "license(id: $l) { users { totalCount } }",
    "license(id: $l) { assignments { totalCount } }",
    "user(id: $u) { groups { nodes { members { totalCount } } } }",
    "user(id: $u) { groups { nodes { assignments { totalCount } } } }",
    "user(id: $u) { licenses { nodes { sources { group { members { totalCount } } } } } }",
  ])("is refused %s", async (field) => {
    const query = `query ($l: ID!, $u: ID!) { l: license(id: $l) { id } u: user(id: $u) { id } ${field} }`
    expect(await ledger.fault(member(), query, { l: mine.license, u: mine.user })).toMatchObject({ code: "FORBIDDEN" })
  })

  test.each([
    "licenses { totalCount }",
    "users { totalCount }",
    "groups { totalCount }",
    'principals(search: "a") { totalCount }',
    "history { totalCount }",
  ])("is refused the list %s", async (list) => {
    expect(await ledger.fault(member(), `{ ${list} }`)).toMatchObject({ code: "FORBIDDEN" })
  })

  test("whom the directory does not know sees nothing, and a deleted one neither", async () => {
    const stranger = member({ subject: "nobody" })
    expect(await node(stranger, mine.user)).toBeNull()
    expect(await node(stranger, mine.license)).toBeNull()
    const gone = await contoso.user("Gone Soon")
    await ledger.project()
    expect(await node(member({ subject: "gone.soon@contoso.example" }), gone)).not.toBeNull()
    await contoso.command("deleteUser", { userId: gone })
    await ledger.project()
    expect(await node(member({ subject: "gone.soon@contoso.example" }), gone)).toBeNull()
  })

  test("who is an auditor as well sees what an auditor sees", async () => {
    const both = contoso.viewer("MEMBER", { roles: ["MEMBER", "AUDITOR"] })
    expect((await ledger.ask(both, "{ users { totalCount } }")).users.totalCount).toBeGreaterThan(1)
  })
})

describe("an operator", () => {
  const operator: Viewer = { subject: "root", roles: ["OPERATOR"] }
  test("sees organizations, vendors and products, and nothing inside an organization", async () => {
    for (const id of [mine.organization, theirs.organization, mine.vendor, mine.product])
      expect(await node(operator, id)).toMatchObject({ id })
    for (const id of [mine.license, mine.user, mine.group]) expect(await node(operator, id)).toBeNull()
    expect(await ledger.fault(operator, `{ license(id: "${mine.license}") { id } }`)).toMatchObject({ code: "FORBIDDEN" })
  })
  test("is no reader of the organization its token happens to name", async () => {
    const inside = { ...operator, organizationId: contoso.organizationId }
    for (const id of [mine.license, mine.user, mine.group]) expect(await node(inside, id)).toBeNull()
  })
})

test("without a role nothing is seen", async () => {
  const nobody: Viewer = { subject: "x", organizationId: contoso.organizationId, roles: [] }
  expect(await ledger.fault(nobody, "query ($id: ID!) { node(id: $id) { id } }", { id: mine.user })).toMatchObject({ code: "FORBIDDEN" })
})
