import { RefusalCode, refusalMessage } from "../../../src/api/graphql/refusals"
import { type Json, type Organization, openOrganization, operator } from "./ledger"

let contoso: Organization
beforeAll(async () => {
  contoso = await openOrganization()
})
afterAll(() => contoso.close())

/** Codes that the tests below have brought about. */
const seen = new Set<string>()

async function refused(operation: string, input: Json, selection = "", viewer = contoso.globalAdmin): Promise<Json> {
  const payload = await contoso.mutate(viewer, operation, input, `revision visible refusal { __typename code message ${selection} }`)
  if (!payload.refusal) throw new Error(`${operation} was accepted`)
  seen.add(payload.refusal.code)
  expect(payload.visible).toBe(true)
  expect(payload.refusal.message).toMatch(/\.$/)
  return payload.refusal
}
const written = async () => (await contoso.recorded(contoso.organizationId)).length

describe("rules 3, 12, 13, 15: assigning", () => {
  test("NOT_ENOUGH_SEATS says how many are free and needed, and nothing is written", async () => {
    const licenseId = await contoso.license(1)
    const principalIds = await contoso.users("ada", "bo", "cy")
    const before = await written()
    const refusal = await refused("assignLicenses", { licenseId, principalIds }, "... on NotEnoughSeats { available required }")
    expect(refusal).toMatchObject({ __typename: "NotEnoughSeats", code: "NOT_ENOUGH_SEATS", available: 1, required: 3 })
    expect(refusal.message).toContain("3 seats are needed, 1 free")
    expect(refusal.message).toContain("onShortage: WAITLIST")
    expect(await written()).toBe(before)
  })

  test("INHERITED_FROM_GROUP names the person and the groups", async () => {
    const licenseId = await contoso.license(5)
    const [dee] = await contoso.users("dee")
    const sales = await contoso.group("Sales", [dee as string])
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [sales] }, "revision")
    const details = "... on InheritedFromGroup { user { id displayName userName } groups { id displayName } }"
    const expected = {
      __typename: "InheritedFromGroup",
      user: { id: dee, displayName: "dee", userName: "dee@contoso.example" },
      groups: [{ id: sales, displayName: "Sales" }],
    }
    expect(await refused("unassignLicenses", { licenseId, principalIds: [dee] }, details)).toMatchObject(expected)
    const eve = await contoso.user("eve")
    expect(await refused("transferSeat", { licenseId, fromUserId: dee, toUserId: eve }, details)).toMatchObject(expected)
  })

  test("PRINCIPAL_NOT_FOUND lists the ids as they were sent", async () => {
    const licenseId = await contoso.license(5)
    const refusal = await refused(
      "assignLicenses",
      { licenseId, principalIds: ["usr_x", "nonsense"] },
      "... on PrincipalNotFound { principalIds }",
    )
    expect(refusal).toMatchObject({ code: "PRINCIPAL_NOT_FOUND", principalIds: ["usr_x", "nonsense"] })
    expect(refusal.message).toContain("usr_x, nonsense")
  })

  test("USER_INACTIVE names the people", async () => {
    const licenseId = await contoso.license(5)
    const fay = await contoso.user("fay", { active: false })
    const refusal = await refused("assignLicenses", { licenseId, principalIds: [fay] }, "... on UserInactive { users { id active } }")
    expect(refusal).toMatchObject({ code: "USER_INACTIVE", users: [{ id: fay, active: false }] })
  })

  test("LICENSE_NOT_FOUND: another organization's license is as unknown as one that does not exist", async () => {
    const other = await contoso.mutate(operator, "createOrganization", { name: "Fabrikam" }, "organization { id }")
    const input = { productId: contoso.productId, organizationId: other.organization.id, seats: 3, vendorEventId: "other-1" }
    const foreign = (await contoso.mutate(contoso.vendor, "registerLicense", input, "license { id }")).license.id
    const ada = await contoso.user("ada-2")
    for (const licenseId of [foreign, "lic_none", ""]) {
      const refusal = await refused("assignLicenses", { licenseId, principalIds: [ada] }, "... on LicenseNotFound { licenseId }")
      expect(refusal).toMatchObject({ code: "LICENSE_NOT_FOUND", licenseId })
    }
  })

  test("TOO_MANY_PRINCIPALS says how many and the limit; none at all is INVALID_INPUT", async () => {
    const licenseId = await contoso.license(5)
    const principalIds = Array.from({ length: 101 }, (_, n) => `usr_${n}`)
    const refusal = await refused("assignLicenses", { licenseId, principalIds }, "... on TooManyPrincipals { given limit }")
    expect(refusal).toMatchObject({ code: "TOO_MANY_PRINCIPALS", given: 101, limit: 100 })
    const none = await refused("assignLicenses", { licenseId, principalIds: [] }, "... on InvalidInput { field problem }")
    expect(none).toMatchObject({ code: "INVALID_INPUT", field: "principalIds" })
  })

  test("NOT_SEATED and ALREADY_SEATED name the person", async () => {
    const licenseId = await contoso.license(2)
    const [gus, hal, ida] = await contoso.users("gus", "hal", "ida")
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [gus, hal] }, "revision")
    const notSeated = await refused("transferSeat", { licenseId, fromUserId: ida, toUserId: gus }, "... on NotSeated { user { id } }")
    expect(notSeated).toMatchObject({ code: "NOT_SEATED", user: { id: ida } })
    const seated = await refused("transferSeat", { licenseId, fromUserId: gus, toUserId: hal }, "... on AlreadySeated { user { id } }")
    expect(seated).toMatchObject({ code: "ALREADY_SEATED", user: { id: hal } })
  })

  test("NOT_ENOUGH_SEATS of a transfer speaks of the over-assignment, not of onShortage", async () => {
    const licenseId = await contoso.license(2)
    const [jan, kim, lea] = await contoso.users("jan", "kim", "lea")
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [jan, kim] }, "revision")
    await contoso.mutate(
      contoso.vendor,
      "changeVendorSeats",
      { licenseId, seats: 1, sequence: 1, vendorEventId: `less-${licenseId}` },
      "revision",
    )
    const refusal = await refused("transferSeat", { licenseId, fromUserId: jan, toUserId: lea })
    expect(refusal.code).toBe("NOT_ENOUGH_SEATS")
    expect(refusal.message).not.toContain("onShortage")
  })
})

describe("rules 23, 24: the vendor's status", () => {
  const change = (licenseId: string, status: string, sequence: number) =>
    contoso.mutate(
      contoso.vendor,
      "changeLicenseStatus",
      { licenseId, status, sequence, vendorEventId: `${status}-${licenseId}` },
      "outcome",
    )

  test("LICENSE_SUSPENDED and LICENSE_CANCELLED show the license as it is", async () => {
    const licenseId = await contoso.license(5)
    const mia = await contoso.user("mia")
    await change(licenseId, "SUSPENDED", 1)
    const suspended = await refused(
      "assignLicenses",
      { licenseId, principalIds: [mia] },
      "... on LicenseSuspended { license { id status } }",
    )
    expect(suspended).toMatchObject({ code: "LICENSE_SUSPENDED", license: { id: licenseId, status: "SUSPENDED" } })
    await change(licenseId, "CANCELLED", 2)
    const cancelled = await refused(
      "assignLicenses",
      { licenseId, principalIds: [mia] },
      "... on LicenseCancelled { license { id status } }",
    )
    expect(cancelled).toMatchObject({ code: "LICENSE_CANCELLED", license: { id: licenseId, status: "CANCELLED" } })
    const input = { licenseId, status: "ACTIVE", sequence: 3, vendorEventId: `again-${licenseId}` }
    const toVendor = await refused("changeLicenseStatus", input, "... on LicenseCancelled { license { id } }", contoso.vendor)
    expect(toVendor).toMatchObject({ code: "LICENSE_CANCELLED", license: { id: licenseId } })
  })

  test("a vendor's license of another vendor is not found", async () => {
    const licenseId = await contoso.license(5)
    const other = await contoso.mutate(operator, "registerVendor", { name: "Rival" }, "vendor { id }")
    const rival = { subject: "rival", vendorId: other.vendor.id, roles: ["VENDOR"] } as const
    const input = { licenseId, seats: 0, sequence: 9, vendorEventId: "raid" }
    expect(await refused("changeVendorSeats", input, "... on LicenseNotFound { licenseId }", rival)).toMatchObject({ licenseId })
    const sale = { productId: contoso.productId, organizationId: contoso.organizationId, seats: 1, vendorEventId: "raid-2" }
    expect(await refused("registerLicense", sale, "... on NotFound { field id }", rival)).toMatchObject({
      code: "NOT_FOUND",
      field: "productId",
      id: contoso.productId,
    })
  })
})

describe("rules 32, 35, 37 and the directory", () => {
  test("GROUP_HAS_ASSIGNMENTS names the group and its licenses; confirmed, it goes", async () => {
    const licenseId = await contoso.license(5)
    const groupId = await contoso.group("Board")
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [groupId] }, "revision")
    const details = "... on GroupHasAssignments { group { id displayName } licenses { id product { name } } }"
    expect(await refused("deleteGroup", { groupId }, details)).toMatchObject({
      code: "GROUP_HAS_ASSIGNMENTS",
      group: { id: groupId, displayName: "Board" },
      licenses: [{ id: licenseId, product: { name: "Mailer" } }],
    })
    expect(await contoso.mutate(contoso.globalAdmin, "deleteGroup", { groupId, confirm: true }, "deletedId")).toEqual({
      deletedId: groupId,
    })
  })

  test("STALE_VIEW says since when", async () => {
    const licenseId = await contoso.license(5)
    const [nia, oli] = await contoso.users("nia", "oli")
    const { revision: seenRevision } = await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [nia] }, "revision")
    const input = { licenseId, principalIds: [oli] }
    const stale = await refused(
      "assignLicenses",
      { ...input, expectedRevision: seenRevision - 2 },
      "... on StaleView { expectedRevision changedAtRevision }",
    )
    expect(stale).toMatchObject({ code: "STALE_VIEW", expectedRevision: seenRevision - 2, changedAtRevision: seenRevision })
    await contoso.user("somebody-else") // another object may change
    const fresh = await contoso.mutate(contoso.admin, "assignLicenses", { ...input, expectedRevision: seenRevision }, "refusal { code }")
    expect(fresh.refusal).toBeNull()
  })

  test("IDEMPOTENCY_CONFLICT names the key: an idempotency key, or a vendor's event id", async () => {
    const [pia, quin] = await contoso.users("pia", "quin")
    const licenseId = await contoso.license(5)
    const input = { licenseId, principalIds: [pia], idempotencyKey: "k-1" }
    await contoso.mutate(contoso.globalAdmin, "assignLicenses", input, "revision")
    const details = "... on IdempotencyConflict { key }"
    expect(await refused("assignLicenses", { ...input, principalIds: [quin] }, details)).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
      key: "k-1",
    })
    const sold = { licenseId, seats: 6, sequence: 1, vendorEventId: "more-seats" }
    await contoso.mutate(contoso.vendor, "changeVendorSeats", sold, "revision")
    expect(await refused("changeVendorSeats", { ...sold, seats: 7 }, details, contoso.vendor)).toMatchObject({ key: "more-seats" })
  })

  test("ALREADY_EXISTS names the field; user names are compared without case", async () => {
    await contoso.user("rob", { externalId: "ext-1" })
    const same = { userName: "ROB@contoso.example", displayName: "Rob 2" }
    expect(await refused("createUser", same, "... on AlreadyExists { field }")).toMatchObject({ code: "ALREADY_EXISTS", field: "userName" })
    const sameExternal = { userName: "rob3@contoso.example", displayName: "Rob 3", externalId: "ext-1" }
    expect(await refused("createUser", sameExternal, "... on AlreadyExists { field }")).toMatchObject({ field: "externalId" })
  })

  test.each([
    ["updateUser", { userId: "usr_none", displayName: "x" }, "userId"],
    ["setUserActive", { userId: "usr_none", active: true }, "userId"],
    ["deleteUser", { userId: "usr_none" }, "userId"],
    ["renameGroup", { groupId: "grp_none", displayName: "x" }, "groupId"],
    ["changeGroupMembers", { groupId: "grp_none", add: [] }, "groupId"],
    ["deleteGroup", { groupId: "grp_none" }, "groupId"],
  ])("NOT_FOUND: %s", async (operation, input, field) => {
    const refusal = await refused(operation, input, "... on NotFound { field id }")
    expect(refusal).toMatchObject({ code: "NOT_FOUND", field, id: Object.values(input)[0] })
  })

  test("NOT_FOUND: an organization that does not exist, to vendor and operator", async () => {
    const { productId, vendor } = contoso
    const sale = { productId, seats: 1, vendorEventId: "lost-1" }
    for (const organizationId of ["org_none", "nonsense"]) {
      const expected = { code: "NOT_FOUND", field: "organizationId", id: organizationId }
      expect(await refused("registerLicense", { ...sale, organizationId }, "... on NotFound { field id }", vendor)).toMatchObject(expected)
      expect(await refused("closeOrganization", { organizationId }, "... on NotFound { field id }", operator)).toMatchObject(expected)
    }
  })

  test("NOT_FOUND: a product without an address to install it from", async () => {
    const { mutate, vendor, organizationId, globalAdmin } = contoso
    const productId = (await mutate(vendor, "listProduct", { name: "Bare" }, "product { id }")).product.id
    const sale = { productId, organizationId, seats: 1, vendorEventId: "bare-1" }
    const licenseId = (await mutate(vendor, "registerLicense", sale, "license { id }")).license.id
    const refusal = await refused("recordInstallVisit", { licenseId }, "... on NotFound { field }", globalAdmin)
    expect(refusal).toMatchObject({ field: "installUrl", message: expect.stringContaining("no address to install") })
  })
})

describe("INVALID_INPUT names the field and what is wrong", () => {
  test.each([
    ["createUser", { userName: " ", displayName: "x" }, "userName", "must not be empty"],
    ["createUser", { userName: "x".repeat(300), displayName: "x" }, "userName", "at most 256 characters"],
    ["createUser", { userName: "x", displayName: "x", mail: "nobody" }, "mail", "must be a mail address"],
    ["updateUser", { userId: "usr_x" }, "userId", "at least one field"],
    ["createGroup", { displayName: "" }, "displayName", "must not be empty"],
    ["createGroup", { displayName: "ok", idempotencyKey: "" }, "idempotencyKey", "must not be empty"],
    ["createGroup", { displayName: "ok", idempotencyKey: "k".repeat(1000) }, "idempotencyKey", "at most 256 characters"],
    ["createGroup", { displayName: "ok", expectedRevision: -1 }, "expectedRevision", "whole number from 0"],
  ])("%s: %# %s", async (operation, input, field, problem) => {
    const refusal = await refused(operation, input, "... on InvalidInput { field problem }")
    expect(refusal).toMatchObject({ __typename: "InvalidInput", code: "INVALID_INPUT", field })
    expect(refusal.problem).toContain(problem)
    expect(refusal.message).toBe(`${field} ${refusal.problem}.`)
  })

  test("rule 16: a negative number of seats, and a reason of any length", async () => {
    const licenseId = await contoso.license(1)
    const input = { licenseId, seats: -1, sequence: 1, vendorEventId: "negative" }
    const details = "... on InvalidInput { field problem }"
    expect(await refused("changeVendorSeats", input, details, contoso.vendor)).toMatchObject({ code: "INVALID_INPUT", field: "seats" })
    const long = { licenseId, principalIds: ["usr_x"], reason: "r".repeat(10_000) }
    expect(await refused("assignLicenses", long, details)).toMatchObject({ field: "reason" })
  })

  test.each(["http://mailer.example/install", "https://ada:secret@mailer.example/install", "javascript:alert(1)"])(
    "an install address must be safe to follow: %s",
    async (installUrl) => {
      const refusal = await refused("listProduct", { name: "Mailer", installUrl }, "... on InvalidInput { field }", contoso.vendor)
      expect(refusal).toMatchObject({ field: "installUrl" })
    },
  )
})

test("ORGANIZATION_CLOSED has nothing to add", async () => {
  const closing = await openOrganization()
  try {
    const { mutate, organizationId, globalAdmin, vendor, productId } = closing
    const closed = await mutate(
      operator,
      "closeOrganization",
      { organizationId, reason: "moved" },
      "organization { id closedAt } refusal { code }",
    )
    expect(closed).toEqual({ organization: { id: organizationId, closedAt: "2026-03-02T08:00:00.000Z" }, refusal: null })
    const selection = "group { id } refusal { __typename code message }"
    const { group, refusal } = await mutate(globalAdmin, "createGroup", { displayName: "Late" }, selection)
    expect(group).toBeNull()
    expect(refusal).toMatchObject({ __typename: "PlainRefusal", code: "ORGANIZATION_CLOSED" })
    seen.add(refusal.code)
    const sale = { productId, organizationId, seats: 1, vendorEventId: "late-1" }
    expect((await mutate(vendor, "registerLicense", sale, "refusal { code }")).refusal.code).toBe("ORGANIZATION_CLOSED")
  } finally {
    await closing.close()
  }
})

test("every code of the domain was brought about by a command above", () => {
  expect([...seen].sort()).toEqual(Object.keys(RefusalCode).sort())
})

describe("messages", () => {
  test("long ids and long lists come back shortened", () => {
    const principalIds = Array.from({ length: 100 }, () => "x".repeat(10_000))
    expect(refusalMessage({ code: "PRINCIPAL_NOT_FOUND", principalIds }, "assignLicenses").length).toBeLessThan(700)
    expect(refusalMessage({ code: "LICENSE_NOT_FOUND", licenseId: "x".repeat(10_000) }, "assignLicenses").length).toBeLessThan(300)
    expect(refusalMessage({ code: "IDEMPOTENCY_CONFLICT", key: "x".repeat(10_000) }, "assignLicenses").length).toBeLessThan(400)
  })
})
