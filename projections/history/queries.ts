/** The audit trail. */
import type { ActorType, OrganizationEventType, Role } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import { limitTo, raw, type Sql, sql } from "../sql"
import { conditionsOf, countCommon, firstCommon, type HistoryFilter, isNever, type Stretch } from "./search"

export interface HistoryRow {
  readonly organization_id: string
  readonly revision: number
  readonly event_id: string
  readonly type: OrganizationEventType
  readonly recorded_at: number
  readonly actor_type: ActorType
  readonly actor_id: string
  readonly actor_role: Role | null
  readonly causation_revision: number | null
  readonly license_id: string | null
  /** JSON. */
  readonly data: string
  /** The product of the license, as it was called then. */
  readonly product_name: string | null
}

export interface HistoryListing extends HistoryFilter {
  readonly organizationId: string
  /** Recorded at this instant or later, in ms since 1970 (UTC). */
  readonly from?: number
  /** Recorded before this instant. */
  readonly to?: number
  readonly fromRevision?: number
  /** The last one. */
  readonly toRevision?: number
  readonly oldestFirst: boolean
  /** Revision of the last entry of the page before. */
  readonly after?: number
  readonly limit: number
}

const COLUMNS = raw(`h.organization_id, h.revision, h.event_id, h.type, h.recorded_at, h.actor_type, h.actor_id, h.actor_role,
  h.causation_revision, h.license_id, h.data, coalesce(p.name, l.product_name) as product_name`)
const PRODUCT = raw(`left join license l on l.license_id = h.license_id
  left join product p on p.product_id = l.product_id and p.from_at <= h.recorded_at and p.to_at > h.recorded_at`)

/** Filters are looked up in the lists, so a page takes a few milliseconds whatever they leave of a million entries. */
export async function historyPage(store: ReadStore, listing: HistoryListing): Promise<HistoryRow[]> {
  const conditions = conditionsOf(listing)
  if (isNever(conditions)) return []
  const range = await rangeOf(store, listing)
  if (conditions.length === 0) return along(store, listing, range)
  const revisions = await firstCommon(store, listing.organizationId, conditions, range, listing.oldestFirst, listing.limit)
  if (revisions.length === 0) return []
  const rows = new Map((await historyEntries(store, listing.organizationId, revisions)).map((row) => [row.revision, row]))
  return revisions.flatMap((revision) => rows.get(revision) ?? [])
}

/** Exactly, from the lists; without a filter the trail has as many entries as its last revision says. */
export async function countHistory(store: ReadStore, listing: Omit<HistoryListing, "after" | "limit">): Promise<number> {
  const conditions = conditionsOf(listing)
  if (isNever(conditions)) return 0
  const range = await rangeOf(store, listing)
  return conditions.length === 0 ? Math.max(0, range.last - range.first + 1) : countCommon(store, listing.organizationId, conditions, range)
}

/** The last revision that the trail shows; the other read models may be behind it or ahead. */
export async function trailEnd(store: ReadStore, organizationId: string): Promise<number> {
  const query = sql`select revision from history_progress where organization_id = ${organizationId}`
  const [row] = await store.rows<{ revision: number }>(query.text, query.params)
  return row?.revision ?? 0
}

function along(store: ReadStore, { organizationId, oldestFirst, limit }: HistoryListing, { first, last }: Stretch): Promise<HistoryRow[]> {
  const query = sql`select ${COLUMNS} from history h ${PRODUCT}
    where h.organization_id = ${organizationId} and h.revision >= ${first} and h.revision <= ${last}
    order by h.revision ${raw(oldestFirst ? "asc" : "desc")} ${limitTo(limit)}`
  return store.rows<HistoryRow>(query.text, query.params)
}

/** What lies between the bounds of the filter and the cursor, in one statement. */
async function rangeOf(store: ReadStore, listing: Omit<HistoryListing, "limit">): Promise<Stretch> {
  const { organizationId, from, to, fromRevision = 1, toRevision = Number.MAX_SAFE_INTEGER, oldestFirst, after } = listing
  const query = sql`select p.revision as newest, ${bound(organizationId, from)} as "from", ${bound(organizationId, to)} as "to"
    from history_progress p where p.organization_id = ${organizationId}`
  const [row] = await store.rows<{ newest: number; from: number | null; to: number | null }>(query.text, query.params)
  const first = Math.max(1, fromRevision, row?.from ?? 1)
  const last = Math.min(row?.newest ?? 0, toRevision, (row?.to ?? Number.MAX_SAFE_INTEGER) - 1)
  if (after === undefined) return { first, last }
  return oldestFirst ? { first: Math.max(first, after + 1), last } : { first, last: Math.min(last, after - 1) }
}

/**
 * The first revision recorded at this instant or later; one more than the last when there is none. Revisions and instants
 * grow together, so halving finds it in as many steps as the number of entries has binary digits, without an index of
 * instants. A revision without an entry (a type that only a newer program knows) counts as the entry after it.
 */
function bound(organizationId: string, instant: number | undefined): Sql {
  if (instant === undefined) return raw("null")
  const middle = raw("(low + high) / 2")
  const isBefore = sql`coalesce((select h.recorded_at from history h
    where h.organization_id = ${organizationId} and h.revision >= ${middle} order by h.revision limit 1), ${Number.MAX_SAFE_INTEGER}) < ${instant}`
  return sql`(with recursive half(low, high) as (
      select cast(0 as bigint), 1 + (select revision from history_progress where organization_id = ${organizationId})
      union all
      select case when ${isBefore} then ${middle} else low end, case when ${isBefore} then high else ${middle} end
      from half where high - low > 1)
    select high from half where high - low <= 1)`
}

/** In no particular order; the read model may not have all of them yet. */
export async function historyEntries(store: ReadStore, organizationId: string, revisions: readonly number[]): Promise<HistoryRow[]> {
  const query = sql`select ${COLUMNS} from history h ${PRODUCT}
    where h.organization_id = ${organizationId} and h.revision in (${revisions})`
  return store.rows<HistoryRow>(query.text, query.params)
}

/** The revisions of the chain of causes: the event itself, what brought it about, and so on to what somebody asked for. */
export async function causesOf(store: ReadStore, organizationId: string, revision: number): Promise<readonly number[]> {
  const query = sql`with recursive cause(revision, step) as (
      select cast(${revision} as bigint), 0
      union all
      select h.causation_revision, step + 1 from cause cross join history h
      where h.organization_id = ${organizationId} and h.revision = cause.revision and h.causation_revision is not null
        and step < ${LONGEST_CHAIN})
    select revision from cause order by step`
  const rows = await store.rows<{ revision: number }>(query.text, query.params)
  return rows.map((row) => row.revision)
}

/** A cause is always an earlier event, so there is no circle; no command leads further than a few steps. */
const LONGEST_CHAIN = 100
