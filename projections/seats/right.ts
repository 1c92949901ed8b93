/** Whether a person may use an app now (rule 25): one statement of a few steps, because a sign-in waits for it. */
import type { LicenseStatus } from "../../src/domain/events"
import { OPEN, type ReadStore, type SqlValue } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { userNameKey } from "../directory/names"
import { coversRevision } from "../reading"
import { sql } from "../sql"

export type Right = "ACTIVE" | "WARNING" | "SUSPENDED" | "INACTIVE"

/** An id of ours; or what the organization's directory calls somebody: an external id, otherwise a user name (without regard to case). */
export type Person = { readonly userId: string } | { readonly name: string }

/**
 * @param caller the organization that has the license, or the vendor that sold it
 * @returns undefined for a license that is not theirs; INACTIVE for whoever is unknown
 */
export async function rightOf(
  store: ReadStore,
  caller: { readonly organizationId: string } | { readonly vendorId: string },
  licenseId: string,
  person: Person,
): Promise<Right | undefined> {
  const [texts, callerId] =
    "vendorId" in caller ? ([OF_VENDOR, caller.vendorId] as const) : ([OF_ORGANIZATION, caller.organizationId] as const)
  const [text, who]: readonly [string, readonly SqlValue[]] =
    "userId" in person ? [texts.byId, [person.userId]] : [texts.byName, [person.name, userNameKey(person.name)]]
  const [row] = await store.rows<RightRow>(text, [...who, licenseId, callerId])
  return row && rightIn(row)
}

/** The same as of a moment of the organization, for whoever looks back; undefined for a license that it did not have then. */
export async function rightThen(
  store: ReadStore,
  { organizationId, revision }: Pick<Moment, "organizationId" | "revision">,
  licenseId: string,
  userId: string,
): Promise<Right | undefined> {
  const query = sql`select p.status, (
      select s.state from seat s where s.license_id = l.license_id and s.user_id = ${userId} and ${coversRevision(revision)("s")}
    ) as state
    from license l join license_span p on p.license_id = l.license_id
    where l.license_id = ${licenseId} and l.organization_id = ${organizationId} and p.from_revision <= ${revision}
    order by p.from_revision desc limit 1`
  const [row] = await store.rows<RightRow>(query.text, query.params)
  return row && rightIn(row)
}

function rightIn({ state, status }: RightRow): Right {
  return state === "SEATED" && status !== "CANCELLED" ? status : "INACTIVE"
}

interface RightRow {
  readonly status: LicenseStatus
  readonly state: "SEATED" | "WAITLISTED" | null
}

const NAMED = `select n.principal_id from principal_name n
  where n.organization_id = l.organization_id and n.principal_type = 'USER' and n.to_revision = ${OPEN}`
const USER_OF_NAME = `coalesce((${NAMED} and n.external_id = ? limit 1), (${NAMED} and n.user_name_key = ? limit 1))`

// Put together once: making and hashing these texts takes longer than SQLite does.
const OF_VENDOR = { byId: statement("?", "l.vendor_id"), byName: statement(USER_OF_NAME, "l.vendor_id") }
const OF_ORGANIZATION = { byId: statement("?", "l.organization_id"), byName: statement(USER_OF_NAME, "l.organization_id") }

/**
 * The last spans of the license and of the claim are one step down their primary keys. Asked for by `to_revision`, SQLite takes an index of open
 * seats for its short look and walks through the whole license: 4 ms for 10,000 people instead of a few µs.
 */
function statement(userId: string, caller: string): string {
  return `select p.status, (
      select case when s.to_revision = ${OPEN} then s.state end from seat s
      where s.license_id = l.license_id and s.user_id = ${userId} order by s.from_revision desc limit 1
    ) as state
    from license l join license_span p on p.license_id = l.license_id
    where l.license_id = ? and ${caller} = ? order by p.from_revision desc limit 1`
}
