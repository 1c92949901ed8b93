import { readFileSync } from "node:fs"
import { join } from "node:path"
import { buildSchema, GraphQLError } from "graphql"
import { may, permit, ROOT_FIELDS, type RootField } from "../../src/auth/permissions"
import type { Viewer } from "../../src/auth/viewer"
import type { Role } from "../../src/domain/events"

/**
 * Rule 38 once more, written out by hand from its text: one column per role. y = may, · = may not.
 *            G global admin · L license admin · U user admin · B billing admin · A auditor · M member · V vendor · O operator
 */
// biome-ignore format: a table is read by its columns
const MATRIX: Record<string, string> = {
  //                                 G L U B A M V O
  "Query.viewer":                   "y y y y y y y y",
  "Query.node":                     "y y y y y y y y",
  "Query.licenses":                 "y y y y y · · ·",
  "Query.license":                  "y y y y y y y ·",
  "Query.user":                     "y y y y y y · ·",
  "Query.group":                    "y y y y y · · ·",
  "Query.principals":               "y y y y y · · ·",
  "Query.users":                    "y y y y y · · ·",
  "Query.groups":                   "y y y y y · · ·",
  "Query.usersByIdentity":          "y y y y y · · ·",
  "Query.history":                  "y y y y y · · ·",
  "Query.checkpoint":               "y y y y y · · ·",
  "Query.checkpoints":              "y y y y y · · ·",
  "Query.checkpointKey":            "y y y y y · · ·",
  "Query.checkpointStatus":         "y y y y y · · ·",
  "Query.inclusionProof":           "y y y y y · · ·",
  "Query.consistencyProof":         "y y y y y · · ·",
  "Query.changesBetween":           "y y y y y · · ·",
  "Query.seatUsage":                "y y y y y · · ·",
  "Query.whyLicensed":              "y y y y y y · ·",
  "Query.usageRight":               "y y y y y · y ·",
  "Query.webhooks":                 "y · · · y · y y",
  "Query.webhookDeliveries":        "y · · · y · y y",
  "Query.deadLetters":              "y · · · y · y y",
  "Mutation.addWebhook":            "y · · · · · y ·",
  "Mutation.changeWebhook":         "y · · · · · y ·",
  "Mutation.removeWebhook":         "y · · · · · y ·",
  "Mutation.disableWebhook":        "y · · · · · y ·",
  "Mutation.enableWebhook":         "y · · · · · y ·",
  "Mutation.rotateWebhookSecret":   "y · · · · · y ·",
  "Mutation.sendTestWebhook":       "y · · · · · y ·",
  "Mutation.skipWebhookMessage":    "y · · · · · y ·",
  "Mutation.replayDeadLetters":     "· · · · · · · y",
  "Query.vendorEvents":             "y y y y y · y ·",
  "Mutation.assignLicenses":        "y y y · · · · ·",
  "Mutation.unassignLicenses":      "y y y · · · · ·",
  "Mutation.transferSeat":          "y y · · · · · ·",
  "Mutation.changeVendorSeats":     "· · · · · · y ·",
  "Mutation.changeLicenseStatus":   "· · · · · · y ·",
  "Mutation.changeLicensePlan":     "· · · · · · y ·",
  "Mutation.listProduct":           "· · · · · · y ·",
  "Mutation.registerLicense":       "· · · · · · y ·",
  "Mutation.recordInstallVisit":    "y y y y · · · ·",
  "Mutation.createOrganization":    "· · · · · · · y",
  "Mutation.registerVendor":        "· · · · · · · y",
  "Mutation.closeOrganization":     "· · · · · · · y",
  "Query.vendorSecrets":            "· · · · · · · y",
  "Mutation.createVendorSecret":    "· · · · · · · y",
  "Mutation.rotateVendorSecret":    "· · · · · · · y",
  "Mutation.revokeVendorSecret":    "· · · · · · · y",
  "Mutation.createUser":            "y · y · · · · ·",
  "Mutation.updateUser":            "y · y · · · · ·",
  "Mutation.setUserActive":         "y · y · · · · ·",
  "Mutation.deleteUser":            "y · y · · · · ·",
  "Mutation.eraseUser":             "y · · · · · · ·",
  "Query.accessReviews":            "y y y y y · · ·",
  "Mutation.signAccessReview":      "y y · · · · · ·",
  "Mutation.createGroup":           "y · y · · · · ·",
  "Mutation.renameGroup":           "y · y · · · · ·",
  "Mutation.changeGroupMembers":    "y · y · · · · ·",
  "Mutation.deleteGroup":           "y · y · · · · ·",
  "Subscription.licenseChanged":    "y y y y y · · ·",
  "Subscription.historyAppended":   "y y y y y · · ·",
}
const COLUMNS: readonly Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR", "MEMBER", "VENDOR", "OPERATOR"]
const cells = Object.entries(MATRIX).flatMap(([field, row]) =>
  row.split(" ").map((cell, column) => ({ field: field as RootField, role: COLUMNS[column] as Role, allowed: cell === "y" })),
)

function viewerWith(...roles: Role[]): Viewer {
  return {
    subject: "adele",
    roles,
    ...(roles.includes("VENDOR") && { vendorId: "vnd_fabrikam" }),
    ...(roles.some((role) => role !== "VENDOR" && role !== "OPERATOR") && { organizationId: "org_contoso" }),
  }
}
function refusal(call: () => unknown): GraphQLError {
  try {
    call()
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
  throw new Error("nothing was refused")
}

describe("rule 38: the matrix of roles and operations", () => {
  test.each(cells)("$role × $field: $allowed", ({ field, role, allowed }) => {
    const viewer = viewerWith(role)
    expect(may(viewer, field)).toBe(allowed)
    if (allowed) expect(permit(viewer, field)).toBe(role)
    else expect(refusal(() => permit(viewer, field)).extensions.code).toBe("FORBIDDEN")
  })

  test("the matrix and the table list the same root fields", () => {
    expect([...ROOT_FIELDS].sort()).toEqual(Object.keys(MATRIX).sort())
  })

  test("every root field of the published schema has its row", () => {
    const schema = buildSchema(readFileSync(join(__dirname, "../../schema/schema.graphql"), "utf8"))
    const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    )
    expect(fields.sort()).toEqual([...ROOT_FIELDS].sort())
  })
})

describe("rule 38: refusals explain themselves", () => {
  test("the message names the roles that may and the role that asked", () => {
    const { message } = refusal(() => permit(viewerWith("BILLING_ADMIN"), "Mutation.assignLicenses"))
    expect(message).toBe("assignLicenses is for the roles GLOBAL_ADMIN, LICENSE_ADMIN and USER_ADMIN; this token has BILLING_ADMIN.")
  })

  test("a token without any role may not even ask who it is", () => {
    const { message } = refusal(() => permit({ subject: "nobody", organizationId: "org_contoso", roles: [] }, "Query.viewer"))
    expect(message).toMatch(/this token has no role\.$/)
  })

  test("an admin without an organization is the admin of nothing", () => {
    const viewer: Viewer = { subject: "adele", roles: ["GLOBAL_ADMIN"] }
    expect(may(viewer, "Query.licenses")).toBe(false)
    expect(refusal(() => permit(viewer, "Query.licenses")).message).toMatch(/has GLOBAL_ADMIN but names no organization\.$/)
  })

  test("the vendor role counts only with a vendor", () => {
    const viewer: Viewer = { subject: "fabrikam", organizationId: "org_contoso", roles: ["VENDOR"] }
    expect(refusal(() => permit(viewer, "Mutation.listProduct")).message).toMatch(/has VENDOR but names no vendor\.$/)
  })
})

describe("rule 36: the role that is used", () => {
  test("of several roles that permit, the widest is used, whatever the token's order", () => {
    expect(permit(viewerWith("MEMBER", "AUDITOR"), "Query.license")).toBe("AUDITOR")
    expect(permit(viewerWith("AUDITOR", "MEMBER"), "Query.license")).toBe("AUDITOR")
  })

  test("a role that does not permit is passed over for a narrower one that does", () => {
    expect(permit(viewerWith("LICENSE_ADMIN", "USER_ADMIN"), "Mutation.createUser")).toBe("USER_ADMIN")
  })
})
