/**
 * Rule 38, as one table: who may call which root field of the API. What a caller then sees of it is the resolvers' part
 * (a member only the own licenses, a vendor only its own products, everybody only the own organization).
 */
import { GraphQLError } from "graphql"
import type { Role } from "../domain/events"
import type { Viewer } from "./viewer"

/**
 * The roles, widest first: of several that permit a field, the widest is the one used. An auditor who is also a member
 * then sees what an auditor sees, and rule 36 always names the same role in the trail.
 */
const ROLES = [
  "GLOBAL_ADMIN",
  "LICENSE_ADMIN",
  "USER_ADMIN",
  "BILLING_ADMIN",
  "AUDITOR",
  "MEMBER",
  "VENDOR",
  "OPERATOR",
] as const satisfies readonly Role[]

const EVERYBODY: readonly Role[] = ROLES
/** Everybody who may look at all licenses and people of the organization: who, when and why is for all of them (rule 36). */
const READERS: readonly Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"]
const ASSIGNERS: readonly Role[] = ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN"]
const DIRECTORY: readonly Role[] = ["GLOBAL_ADMIN", "USER_ADMIN"]
const VENDOR: readonly Role[] = ["VENDOR"]
const OPERATOR: readonly Role[] = ["OPERATOR"]
/** Each for its own: what is sent to an organization's webhook names people. */
const WEBHOOK_KEEPERS: readonly Role[] = ["GLOBAL_ADMIN", "VENDOR"]
const WEBHOOK_READERS: readonly Role[] = ["GLOBAL_ADMIN", "AUDITOR", "VENDOR", "OPERATOR"]

const PERMISSIONS = {
  "Query.viewer": EVERYBODY,
  "Query.node": EVERYBODY,
  "Query.licenses": READERS,
  "Query.license": [...READERS, "MEMBER", "VENDOR"],
  "Query.user": [...READERS, "MEMBER"],
  "Query.group": READERS,
  "Query.principals": READERS,
  "Query.users": READERS,
  "Query.usersByIdentity": READERS,
  "Query.groups": READERS,
  "Query.history": READERS,
  "Query.whyLicensed": [...READERS, "MEMBER"],
  "Query.checkpoint": READERS,
  "Query.checkpoints": READERS,
  "Query.checkpointKey": READERS,
  "Query.checkpointStatus": READERS,
  "Query.inclusionProof": READERS,
  "Query.consistencyProof": READERS,
  "Query.changesBetween": READERS,
  "Query.seatUsage": READERS,
  "Query.usageRight": [...READERS, "VENDOR"],
  "Query.vendorEvents": [...READERS, "VENDOR"],
  "Query.webhooks": WEBHOOK_READERS,
  "Query.webhookDeliveries": WEBHOOK_READERS,
  "Query.deadLetters": WEBHOOK_READERS,

  "Mutation.assignLicenses": ASSIGNERS,
  "Mutation.unassignLicenses": ASSIGNERS,
  "Mutation.transferSeat": ["GLOBAL_ADMIN", "LICENSE_ADMIN"],
  "Query.accessReviews": READERS,
  "Mutation.signAccessReview": ["GLOBAL_ADMIN", "LICENSE_ADMIN"],
  "Mutation.recordInstallVisit": ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN"],
  "Mutation.createUser": DIRECTORY,
  "Mutation.updateUser": DIRECTORY,
  "Mutation.setUserActive": DIRECTORY,
  "Mutation.deleteUser": DIRECTORY,
  "Mutation.eraseUser": ["GLOBAL_ADMIN"],
  "Mutation.createGroup": DIRECTORY,
  "Mutation.renameGroup": DIRECTORY,
  "Mutation.changeGroupMembers": DIRECTORY,
  "Mutation.deleteGroup": DIRECTORY,
  "Mutation.listProduct": VENDOR,
  "Mutation.registerLicense": VENDOR,
  "Mutation.changeVendorSeats": VENDOR,
  "Mutation.changeLicenseStatus": VENDOR,
  "Mutation.changeLicensePlan": VENDOR,
  "Mutation.addWebhook": WEBHOOK_KEEPERS,
  "Mutation.changeWebhook": WEBHOOK_KEEPERS,
  "Mutation.removeWebhook": WEBHOOK_KEEPERS,
  "Mutation.disableWebhook": WEBHOOK_KEEPERS,
  "Mutation.enableWebhook": WEBHOOK_KEEPERS,
  "Mutation.rotateWebhookSecret": WEBHOOK_KEEPERS,
  "Mutation.sendTestWebhook": WEBHOOK_KEEPERS,
  "Mutation.skipWebhookMessage": WEBHOOK_KEEPERS,
  "Mutation.replayDeadLetters": OPERATOR,
  "Mutation.createOrganization": OPERATOR,
  "Mutation.closeOrganization": OPERATOR,
  "Mutation.registerVendor": OPERATOR,
  "Query.vendorSecrets": OPERATOR,
  "Mutation.createVendorSecret": OPERATOR,
  "Mutation.rotateVendorSecret": OPERATOR,
  "Mutation.revokeVendorSecret": OPERATOR,

  "Subscription.licenseChanged": READERS,
  "Subscription.historyAppended": READERS,
} as const satisfies Record<`${"Query" | "Mutation" | "Subscription"}.${string}`, readonly Role[]>

export type RootField = keyof typeof PERMISSIONS
export const ROOT_FIELDS = Object.keys(PERMISSIONS) as readonly RootField[]

/** Who may take an export of everything that an organization has: `/export/v1`. */
export const EXPORTERS: readonly Role[] = ["GLOBAL_ADMIN", "AUDITOR"]

/** The role by which this viewer may export, and of which organization. @throws GraphQLError FORBIDDEN (403) */
export function permitExport(viewer: Viewer): { readonly role: Role; readonly organizationId: string } {
  const role = permittingRole(viewer, EXPORTERS)
  const { organizationId } = viewer
  if (role !== undefined && organizationId !== undefined) return { role, organizationId }
  throw new GraphQLError(refusal(viewer, "export", EXPORTERS), { extensions: { code: "FORBIDDEN", http: { status: 403 } } })
}

/** The role by which this viewer may call this root field, for the trail (rule 36). @throws GraphQLError FORBIDDEN */
export function permit(viewer: Viewer, field: RootField): Role {
  const role = permittingRole(viewer, PERMISSIONS[field])
  if (role === undefined) throw forbidden(viewer, field)
  return role
}

export function may(viewer: Viewer, field: RootField): boolean {
  return permittingRole(viewer, PERMISSIONS[field]) !== undefined
}

function permittingRole(viewer: Viewer, permitted: readonly Role[]): Role | undefined {
  return ROLES.find((role) => permitted.includes(role) && viewer.roles.includes(role) && hasGround(viewer, role))
}

/** A role counts only together with what it is a role in: an admin without an organization is the admin of nothing. */
function hasGround(viewer: Viewer, role: Role): boolean {
  if (role === "OPERATOR") return true
  return role === "VENDOR" ? viewer.vendorId !== undefined : viewer.organizationId !== undefined
}

function forbidden(viewer: Viewer, field: RootField): GraphQLError {
  const name = field.slice(field.indexOf(".") + 1)
  return new GraphQLError(refusal(viewer, name, PERMISSIONS[field]), { extensions: { code: "FORBIDDEN" } })
}

function refusal(viewer: Viewer, name: string, permitted: readonly Role[]): string {
  const held = viewer.roles.length > 0 ? viewer.roles.join(", ") : "no role"
  return `${name} is for ${oneOf(permitted)}; this token has ${held}${groundless(viewer, permitted)}.`
}

function groundless(viewer: Viewer, permitted: readonly Role[]): string {
  const role = viewer.roles.find((held) => permitted.includes(held))
  if (role === undefined) return ""
  return role === "VENDOR" ? " but names no vendor" : " but names no organization"
}

function oneOf(roles: readonly Role[]): string {
  return roles.length === 1 ? `the role ${roles[0]}` : `the roles ${roles.slice(0, -1).join(", ")} and ${roles.at(-1)}`
}
