/**
 * How far a viewer sees (rule 38), in one place. Which root fields a viewer may call at all is said in
 * `auth/permissions.ts`; this is about what can be reached from there.
 */

import type { Viewer } from "../../auth/viewer"
import type { Role } from "../../domain/events"
import { forbidden } from "./faults"

export type Sight =
  /** Everything of one organization. */
  | { readonly of: "ORGANIZATION"; readonly organizationId: string }
  /** The own account and what belongs to it. */
  | { readonly of: "SELF"; readonly organizationId: string; readonly subject: string }
  /** The own products, and the licenses of them without their people. */
  | { readonly of: "VENDOR"; readonly vendorId: string }
  /** Organizations and vendors, and nothing inside them. */
  | { readonly of: "INSTALLATION" }
  | { readonly of: "NOTHING" }

const SEES_ORGANIZATION: ReadonlySet<Role> = new Set(["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"])

export function sightOf(viewer: Viewer): Sight {
  const { organizationId, vendorId, subject, roles } = viewer
  if (organizationId !== undefined && roles.some((role) => SEES_ORGANIZATION.has(role))) return { of: "ORGANIZATION", organizationId }
  if (organizationId !== undefined && roles.includes("MEMBER")) return { of: "SELF", organizationId, subject }
  if (vendorId !== undefined && roles.includes("VENDOR")) return { of: "VENDOR", vendorId }
  return { of: roles.includes("OPERATOR") ? "INSTALLATION" : "NOTHING" }
}

/**
 * For every field that leads from an object to people other than the viewer, or to groups and their members.
 * @throws GraphQLError FORBIDDEN
 */
export function requireSightOfPeople(viewer: Viewer, field: string): void {
  requireOrganization(viewer, field)
}

/** @throws GraphQLError FORBIDDEN for who sees no whole organization */
export function requireOrganization(viewer: Viewer, field: string): string {
  const sight = sightOf(viewer)
  if (sight.of !== "ORGANIZATION") throw forbidden(`${field} is for those who may see the people of the organization`)
  return sight.organizationId
}
