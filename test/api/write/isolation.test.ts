import { may, type RootField } from "../../../src/auth/permissions"
import type { Viewer } from "../../../src/auth/viewer"
import type { Role } from "../../../src/domain/events"
import { type Json, type Organization, openOrganization, operator } from "./ledger"

/** Fabrikam's objects, and people of Contoso who would like to lay hands on them. */
let contoso: Organization
let fabrikam: { organizationId: string; licenseId: string; userId: string; groupId: string; webhookId: string; productId: string }
let own: { licenseId: string; userId: string; groupId: string; webhookId: string }

beforeAll(async () => {
  contoso = await openOrganization()
  const { mutate } = contoso
  const { organization } = await mutate(operator, "createOrganization", { name: "Fabrikam" }, "organization { id }")
  const organizationId: string = organization.id
  const admin: Viewer = { subject: "their-admin", organizationId, roles: ["GLOBAL_ADMIN"] }
  const { vendor } = await mutate(operator, "registerVendor", { name: "Rival" }, "vendor { id }")
  const rival: Viewer = { subject: "rival", vendorId: vendor.id, roles: ["VENDOR"] }
  const productId: string = (await mutate(rival, "listProduct", { name: "Secret", installUrl: "https://rival.example" }, "product { id }"))
    .product.id
  const sale = { productId, organizationId, seats: 5, vendorEventId: "theirs" }
  const licenseId: string = (await mutate(rival, "registerLicense", sale, "license { id }")).license.id
  const userId: string = (await mutate(admin, "createUser", { userName: "theirs", displayName: "Theirs" }, "user { id }")).user.id
  const groupId: string = (await mutate(admin, "createGroup", { displayName: "Theirs", memberIds: [userId] }, "group { id }")).group.id
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [groupId] }, "revision")
  const webhook = { url: "https://hooks.example/new" }
  const webhookId: string = (await mutate(admin, "addWebhook", webhook, "webhook { id }")).webhook.id
  fabrikam = { organizationId, licenseId, userId, groupId, webhookId, productId }
  own = {
    licenseId: await contoso.license(5),
    userId: await contoso.user("ours"),
    groupId: await contoso.group("Ours"),
    webhookId: (await mutate(contoso.globalAdmin, "addWebhook", webhook, "webhook { id }")).webhook.id,
  }
})
afterAll(() => contoso.close())

/** An input for every mutation, made of ids; the vendor's and operator's ones name what they are about. */
function inputs(ids: typeof own, product: string, organizationId: string): Readonly<Record<string, Json>> {
  const { licenseId, userId, groupId, webhookId } = ids
  const vendorEventId = `raid-${licenseId}`
  return {
    assignLicenses: { licenseId, principalIds: [userId] },
    unassignLicenses: { licenseId, principalIds: [groupId] },
    transferSeat: { licenseId, fromUserId: userId, toUserId: userId },
    recordInstallVisit: { licenseId },
    createUser: { userName: "new", displayName: "New" },
    updateUser: { userId, displayName: "Owned" },
    setUserActive: { userId, active: false },
    deleteUser: { userId },
    eraseUser: { userId, reason: "Request 4711" },
    signAccessReview: { licenseId, revision: 1 },
    createGroup: { displayName: "New" },
    renameGroup: { groupId, displayName: "Owned" },
    changeGroupMembers: { groupId, remove: [userId] },
    deleteGroup: { groupId, confirm: true },
    listProduct: { productId: product, name: "Owned" },
    registerLicense: { productId: product, organizationId, seats: 1, vendorEventId },
    changeVendorSeats: { licenseId, seats: 0, sequence: 9, vendorEventId },
    changeLicenseStatus: { licenseId, status: "CANCELLED", sequence: 9, vendorEventId },
    changeLicensePlan: { licenseId, plan: "Owned", sequence: 9, vendorEventId },
    addWebhook: { url: "https://hooks.example/new" },
    changeWebhook: { webhookId, url: "https://hooks.example/owned" },
    removeWebhook: { webhookId },
    disableWebhook: { webhookId },
    enableWebhook: { webhookId },
    rotateWebhookSecret: { webhookId },
    sendTestWebhook: { webhookId },
    skipWebhookMessage: { webhookId, eventId: "any" },
    replayDeadLetters: { webhookId },
    createOrganization: { name: "New" },
    closeOrganization: { organizationId },
    registerVendor: { name: "New" },
    createVendorSecret: { vendorId: "vnd_any" },
    rotateVendorSecret: { secretId: "sec_any" },
    revokeVendorSecret: { secretId: "sec_any" },
  }
}

const ROLES: readonly Role[] = ["OPERATOR", "GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR", "MEMBER", "VENDOR"]
const NAMES = Object.keys(inputs({ licenseId: "", userId: "", groupId: "", webhookId: "" }, "", ""))

test("the tests below try every mutation", () => {
  expect(NAMES.sort()).toEqual(Object.keys(contoso.schema.getMutationType()?.getFields() ?? {}).sort())
})

function viewerOf(role: Role): Viewer {
  if (role === "OPERATOR") return operator
  return role === "VENDOR" ? contoso.vendor : contoso.as(role)
}

test.each(NAMES)("rule 38: %s is refused to every role that may not", async (operation) => {
  const input = inputs(own, contoso.productId, contoso.organizationId)[operation] ?? {}
  const strangers = ROLES.filter((role) => !may(viewerOf(role), `Mutation.${operation}` as RootField))
  expect(strangers.length).toBeGreaterThan(3)
  for (const role of strangers) {
    const answer = contoso.mutate(viewerOf(role), operation, input, "revision")
    await expect(answer).rejects.toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] })
  }
})

test("no mutation reaches into another organization or to another vendor's license or product", async () => {
  const before = await contoso.recorded(fabrikam.organizationId)
  const theirs = inputs(fabrikam, fabrikam.productId, fabrikam.organizationId)
  const codes: Record<string, string> = {}
  for (const operation of NAMES) {
    const role = ROLES.find((candidate) => candidate !== "OPERATOR" && may(viewerOf(candidate), `Mutation.${operation}` as RootField))
    if (!role || ["createUser", "createGroup", "addWebhook"].includes(operation)) continue
    const { refusal } = await contoso.mutate(viewerOf(role), operation, theirs[operation] ?? {}, "refusal { code }")
    codes[operation] = refusal?.code
  }
  expect(codes).toEqual({
    assignLicenses: "LICENSE_NOT_FOUND",
    unassignLicenses: "LICENSE_NOT_FOUND",
    transferSeat: "LICENSE_NOT_FOUND",
    recordInstallVisit: "LICENSE_NOT_FOUND",
    updateUser: "NOT_FOUND",
    setUserActive: "NOT_FOUND",
    deleteUser: "NOT_FOUND",
    eraseUser: "NOT_FOUND",
    signAccessReview: "LICENSE_NOT_FOUND",
    renameGroup: "NOT_FOUND",
    changeGroupMembers: "NOT_FOUND",
    deleteGroup: "NOT_FOUND",
    changeWebhook: "NOT_FOUND",
    removeWebhook: "NOT_FOUND",
    disableWebhook: "NOT_FOUND",
    enableWebhook: "NOT_FOUND",
    rotateWebhookSecret: "NOT_FOUND",
    sendTestWebhook: "NOT_FOUND",
    skipWebhookMessage: "NOT_FOUND",
    listProduct: "NOT_FOUND",
    registerLicense: "NOT_FOUND",
    changeVendorSeats: "LICENSE_NOT_FOUND",
    changeLicenseStatus: "LICENSE_NOT_FOUND",
    changeLicensePlan: "LICENSE_NOT_FOUND",
  })
  expect(await contoso.recorded(fabrikam.organizationId)).toEqual(before)
})

test("people and groups of another organization are unknown where the own license is given", async () => {
  const { admin, globalAdmin, mutate } = contoso
  const { userId, groupId } = fabrikam
  const codeOf = async (operation: string, input: Json) => (await mutate(globalAdmin, operation, input, "refusal { code }")).refusal?.code
  const { licenseId } = own
  expect(await codeOf("assignLicenses", { licenseId, principalIds: [own.userId, userId] })).toBe("PRINCIPAL_NOT_FOUND")
  expect(await codeOf("assignLicenses", { licenseId, principalIds: [groupId] })).toBe("PRINCIPAL_NOT_FOUND")
  expect(await codeOf("unassignLicenses", { licenseId, principalIds: [userId] })).toBe("PRINCIPAL_NOT_FOUND")
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [own.userId] }, "revision")
  expect(await codeOf("transferSeat", { licenseId, fromUserId: own.userId, toUserId: userId })).toBe("PRINCIPAL_NOT_FOUND")
  const { warnings, group } = await mutate(
    contoso.identityProvider,
    "changeGroupMembers",
    { groupId: own.groupId, add: [userId, groupId] },
    "warnings group { memberCount }",
  )
  expect(warnings).toEqual([expect.stringContaining(userId), expect.stringContaining(groupId)])
  expect(warnings.every((text: string) => text.startsWith("UNKNOWN_MEMBER_SKIPPED"))).toBe(true)
  expect(group.memberCount).toBe(0)
})
