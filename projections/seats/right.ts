/** Whether a person may use an app now (rule 25): one statement of a few steps, because a sign-in waits for it. */
import type { LicenseStatus } from "../../src/domain/events"
import { OPEN, type ReadStore } from "../../src/readstore/read-store"
import { raw, type Sql, sql } from "../sql"

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
  const whose = "vendorId" in caller ? sql`l.vendor_id = ${caller.vendorId}` : sql`l.organization_id = ${caller.organizationId}`
  const query = sql`select p.status, (${lastState(person)}) as state
    from license l join license_span p on p.license_id = l.license_id and ${IS_OPEN}
    where l.license_id = ${licenseId} and ${whose}`
  const [row] = await store.rows<{ status: LicenseStatus; state: "SEATED" | "WAITLISTED" | null }>(query.text, query.params)
  if (row === undefined) return undefined
  return row.state === "SEATED" && row.status !== "CANCELLED" ? row.status : "INACTIVE"
}

const IS_OPEN = raw(`p.to_revision = ${OPEN}`)

/**
 * The last span of a claim is one step down the primary key. Asked for by `to_revision`, SQLite takes an index of open
 * seats for its short look and walks through the whole license: 4 ms for 10,000 people instead of 2 µs.
 */
function lastState(person: Person): Sql {
  return sql`select case when s.to_revision = ${raw(String(OPEN))} then s.state end from seat s
    where s.license_id = l.license_id and s.user_id = ${userId(person)} order by s.from_revision desc limit 1`
}

function userId(person: Person): Sql {
  if ("userId" in person) return sql`${person.userId}`
  const named = raw(`select n.principal_id from principal_name n
    where n.organization_id = l.organization_id and n.principal_type = 'USER' and n.to_revision = ${OPEN}`)
  return sql`coalesce((${named} and n.external_id = ${person.name} limit 1), (${named} and lower(n.user_name) = lower(${person.name}) limit 1))`
}
