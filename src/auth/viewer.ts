import type { Role } from "../domain/events"

/** Who is asking, as a verified token says. */
export interface Viewer {
  readonly subject: string
  /** Absent for vendors and operators. */
  readonly organizationId?: string
  /** Set for vendors. */
  readonly vendorId?: string
  readonly roles: readonly Role[]
  /** True for a client that provisions people and groups: its actor type is IDENTITY_PROVIDER. */
  readonly identityProvider?: boolean
}
