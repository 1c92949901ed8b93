/** What a role may do (rule 38), so that the console offers nothing that the API would refuse. The API decides. */
import type { Role } from "../api/operations"

const MAY = {
  assign: ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN"],
  transfer: ["GLOBAL_ADMIN", "LICENSE_ADMIN"],
  restore: ["GLOBAL_ADMIN", "LICENSE_ADMIN"],
  install: ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN"],
  keepDirectory: ["GLOBAL_ADMIN", "USER_ADMIN"],
  erase: ["GLOBAL_ADMIN"],
  read: ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"],
} as const satisfies Record<string, readonly Role[]>
export type Action = keyof typeof MAY

export function may(roles: readonly Role[], action: Action): boolean {
  const allowed: readonly Role[] = MAY[action]
  return roles.some((role) => allowed.includes(role))
}

/** The roles that would be needed, for saying so where somebody looks for what is not offered. */
export function rolesFor(action: Action): readonly Role[] {
  return MAY[action]
}
