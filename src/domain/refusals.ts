/** Why a command was not carried out. Refusals are values: a refused command wrote nothing. */
import type { GroupId, LicenseId, UserId } from "./ids"

export type Refusal =
  | { readonly code: "NOT_ENOUGH_SEATS"; readonly available: number; readonly required: number }
  | { readonly code: "INHERITED_FROM_GROUP"; readonly userId: UserId; readonly groupIds: readonly GroupId[] }
  | { readonly code: "PRINCIPAL_NOT_FOUND"; readonly principalIds: readonly string[] }
  | { readonly code: "USER_INACTIVE"; readonly userIds: readonly UserId[] }
  | { readonly code: "LICENSE_NOT_FOUND"; readonly licenseId: string }
  | { readonly code: "LICENSE_SUSPENDED"; readonly licenseId: LicenseId }
  | { readonly code: "LICENSE_CANCELLED"; readonly licenseId: LicenseId }
  | { readonly code: "TOO_MANY_PRINCIPALS"; readonly given: number; readonly limit: number }
  | { readonly code: "NOT_SEATED"; readonly userId: UserId }
  | { readonly code: "ALREADY_SEATED"; readonly userId: UserId }
  | { readonly code: "STALE_VIEW"; readonly expectedRevision: number; readonly changedAtRevision: number }
  | { readonly code: "IDEMPOTENCY_CONFLICT"; readonly key: string }
  | { readonly code: "GROUP_HAS_ASSIGNMENTS"; readonly groupId: GroupId; readonly licenseIds: readonly LicenseId[] }
  | { readonly code: "ALREADY_EXISTS"; readonly field: string }
  | { readonly code: "NOT_FOUND"; readonly field: string; readonly id: string }
  | { readonly code: "INVALID_INPUT"; readonly field: string; readonly problem: string }
  | { readonly code: "ORGANIZATION_CLOSED" }

export type RefusalCode = Refusal["code"]
