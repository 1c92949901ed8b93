/** Whether a person may use an app, for the vendor of the app (rule 25): one statement, because a sign-in waits for it. */
import type { LicenseStatus } from "../../src/domain/events"
import { isId } from "../../src/domain/ids"
import { OPEN, type ReadStore } from "../../src/readstore/read-store"

export type Right = "ACTIVE" | "WARNING" | "SUSPENDED" | "INACTIVE"

// A seat is looked up by its whole key. `>= OPEN` says the same as `= OPEN`, and keeps SQLite from walking along an index
// of the open seats of a whole license.
const SEAT = (userId: string) =>
  `select s.state from seat s where s.license_id = l.license_id and s.user_id = ${userId} and s.to_revision >= ${OPEN}`
const PERSON = `select n.principal_id from principal_name n
  where n.organization_id = l.organization_id and n.principal_type = 'USER' and n.to_revision = ${OPEN}`
const rightOfUser = (seat: string) => `select p.status, (${seat}) as state from license l
  join license_span p on p.license_id = l.license_id and p.to_revision = ${OPEN}
  where l.license_id = ? and l.vendor_id = ?`

const BY_ID = rightOfUser(SEAT("?"))
const BY_NAME = rightOfUser(
  SEAT(`coalesce((${PERSON} and n.external_id = ? limit 1), (${PERSON} and lower(n.user_name) = lower(?) limit 1))`),
)

/**
 * @param user our id, otherwise an external id, otherwise a user name (without regard to case): the first that somebody has
 * @returns undefined for a license that this vendor did not sell; INACTIVE for whoever is unknown
 */
export async function rightOf(store: ReadStore, vendorId: string, licenseId: string, user: string): Promise<Right | undefined> {
  const [row] = isId("usr", user)
    ? await store.rows<RightRow>(BY_ID, [user, licenseId, vendorId])
    : await store.rows<RightRow>(BY_NAME, [user, user, licenseId, vendorId])
  if (row === undefined) return undefined
  return row.state === "SEATED" && row.status !== "CANCELLED" ? row.status : "INACTIVE"
}

interface RightRow {
  readonly status: LicenseStatus
  readonly state: "SEATED" | "WAITLISTED" | null
}
