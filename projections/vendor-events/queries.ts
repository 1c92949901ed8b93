/** The ledger of everything a vendor sent: the same rows for the vendor and for the organizations it sold to. */
import type { OrderedBy, VendorMessageAttribute } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import { isOfSubscription, type SubscriptionOf } from "../licenses/queries"
import { and, raw, type Sql, sql } from "../sql"

export type VendorEventOutcome = "APPLIED" | "STALE" | "NO_CHANGE" | "REPEATED" | "REFUSED"

export interface VendorEventRow {
  readonly position: number
  readonly organization_id: string | null
  readonly license_id: string | null
  readonly vendor_event_id: string
  readonly attribute: VendorMessageAttribute
  readonly outcome: VendorEventOutcome
  readonly value: string | null
  readonly sequence: string | null
  readonly code: string | null
  readonly field: string | null
  readonly recorded_at: number
  readonly revision: number | null
  readonly place: string | null
  /** The highest place below this one that was seen of the same license and attribute, before it or since. */
  readonly place_before: string | null
  /** Null while the license is not shown yet. */
  readonly ordered_by: OrderedBy | null
}

/** Whose list: an organization sees the messages on its licenses, a vendor all of its own. */
export type VendorEventsOf = { readonly organizationId: string } | { readonly vendorId: string }

/**
 * What was recorded by then. An organization's events count by its revisions; what lies in the vendor's stream has none,
 * and counts by the instant (in ms since 1970, UTC).
 */
export interface RecordedBy {
  readonly instant: number
  readonly revision?: number
}

export interface VendorEventListing {
  readonly of: VendorEventsOf
  /** Left out: now. */
  readonly by?: RecordedBy
  readonly licenseId?: string
  readonly outcome?: VendorEventOutcome
  /** Position of the last entry of the page before. */
  readonly after?: number
  readonly limit: number
}

/** Newest first. */
export function vendorEventPage(store: ReadStore, listing: VendorEventListing): Promise<VendorEventRow[]> {
  const { after, limit } = listing
  const where = and([...conditions(listing), ...(after === undefined ? [] : [sql`e.position < ${after}`])])
  // One step down an index for each row of the page.
  const query = sql`
    select e.position, e.organization_id, e.license_id, e.vendor_event_id, e.attribute, e.outcome, e.value, e.sequence, e.code, e.field,
      e.recorded_at, e.revision, e.place, l.ordered_by,
      (select max(b.place) from vendor_event b
       where b.license_id = e.license_id and b.attribute = e.attribute and b.place < e.place and ${recordedBy("b", listing)}) as place_before
    from vendor_event e left join license l on l.license_id = e.license_id
    where ${where} order by e.position desc limit ${limit}`
  return store.rows<VendorEventRow>(query.text, query.params)
}

/** The license of this subscription that a message of this id was recorded on; a refusal is no record. */
export async function licenseOfMessage(store: ReadStore, vendorEventId: string, of: SubscriptionOf): Promise<MessageLicense | undefined> {
  const query = sql`
    select e.organization_id, e.license_id from vendor_event e join license l on l.license_id = e.license_id
    where e.vendor_id = ${of.vendorId} and e.vendor_event_id = ${vendorEventId} and e.revision is not null and ${isOfSubscription(of)}
    order by e.position desc limit 1`
  const [row] = await store.rows<MessageLicense>(query.text, query.params)
  return row
}

export interface MessageLicense {
  readonly organization_id: string
  readonly license_id: string
}

/** As long as the list is. */
export async function countVendorEvents(store: ReadStore, listing: Omit<VendorEventListing, "after" | "limit">): Promise<number> {
  const query = sql`select count(*) as total from vendor_event e where ${and(conditions(listing))}`
  const [row] = await store.slowRows<{ total: number }>(query.text, query.params)
  return row?.total ?? 0
}

/**
 * How many numbers were left out right before this one, per license and attribute; computed as text, because it may be
 * more than a JSON number holds. Null where that has no meaning: time stamps are never adjacent.
 */
export function missingBefore({ place, place_before, ordered_by }: VendorEventRow): string | null {
  if (place === null || ordered_by !== "SEQUENCE") return null
  // Before the first message stands the registration, at 0.
  const missing = BigInt(place) - BigInt(place_before ?? "0") - 1n
  return missing > 0n ? missing.toString() : "0"
}

function recordedBy(alias: "b" | "e", { by }: Pick<VendorEventListing, "by">): Sql {
  if (by === undefined) return raw("1 = 1")
  const [revision, at] = [raw(`${alias}.revision`), raw(`${alias}.recorded_at`)]
  if (by.revision === undefined) return sql`${at} <= ${by.instant}`
  return sql`case when ${revision} is null then ${at} <= ${by.instant} else ${revision} <= ${by.revision} end`
}

function conditions({ of, licenseId, outcome, by }: Omit<VendorEventListing, "after" | "limit">): Sql[] {
  return [
    ...(by === undefined ? [] : [recordedBy("e", { by })]),
    // A message that names no license is between the vendor and this installation.
    "vendorId" in of ? sql`e.vendor_id = ${of.vendorId}` : sql`e.organization_id = ${of.organizationId} and e.license_id is not null`,
    ...(licenseId === undefined ? [] : [sql`e.license_id = ${licenseId}`]),
    ...(outcome === undefined ? [] : [sql`e.outcome = ${outcome}`]),
  ]
}
