/** The audit trail. */
import type { ActorType, OrganizationEventType, Role } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import { and, limitTo, raw, type Sql, sql } from "../sql"

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

export interface HistoryListing {
  readonly organizationId: string
  readonly licenseId?: string
  /** Users and groups: what touched all of them. */
  readonly subjectIds: readonly string[]
  readonly actorId?: string
  readonly types?: readonly string[]
  /** Recorded at this instant or later, in ms since 1970 (UTC). */
  readonly from?: number
  /** Recorded before this instant. */
  readonly to?: number
  readonly oldestFirst: boolean
  /** Revision of the last entry of the page before. */
  readonly after?: number
  readonly limit: number
}

const COLUMNS = raw(`h.organization_id, h.revision, h.event_id, h.type, h.recorded_at, h.actor_type, h.actor_id, h.actor_role,
  h.causation_revision, h.license_id, h.data, coalesce(p.name, l.product_name) as product_name`)
const PRODUCT = raw(`left join license l on l.license_id = h.license_id
  left join product p on p.product_id = l.product_id and p.from_at <= h.recorded_at and p.to_at > h.recorded_at`)

export async function historyPage(store: ReadStore, listing: HistoryListing): Promise<HistoryRow[]> {
  const { after, oldestFirst, limit } = listing
  const towards = raw(oldestFirst ? "asc" : "desc")
  const page = ({ from, where, revision }: Part) => {
    const later = after === undefined ? [] : [sql`${revision} ${raw(oldestFirst ? ">" : "<")} ${after}`]
    return sql`select ${COLUMNS} ${from} ${PRODUCT} where ${and([...where, ...later])} order by ${revision} ${towards} ${limitTo(limit)}`
  }
  // Each type has its own place in the index: a page of each, and the first of all of those.
  const [first, ...others] = partsOf(listing).map(page)
  if (first === undefined) return []
  const query =
    others.length === 0
      ? first
      : sql`select * from (${others.reduce((all, part) => sql`${all} union all select * from (${part}) h`, sql`select * from (${first}) h`)}) h
          order by h.revision ${towards} ${limitTo(limit)}`
  return store[isNarrowed(listing) ? "slowRows" : "rows"]<HistoryRow>(query.text, query.params)
}

/** Without a filter the trail has as many entries as its last revision says. */
export async function countHistory(store: ReadStore, listing: HistoryListing): Promise<number> {
  const { organizationId } = listing
  if (!isNarrowed(listing)) {
    const query = sql`select revision as total from history_progress where organization_id = ${organizationId}`
    const [row] = await store.rows<{ total: number }>(query.text, query.params)
    return row?.total ?? 0
  }
  const parts = partsOf(listing).map(({ from, where }) => sql`select count(*) as total ${from} where ${and(where)}`)
  let total = 0
  for (const part of parts) {
    const [row] = await store.slowRows<{ total: number }>(part.text, part.params)
    total += row?.total ?? 0
  }
  return total
}

interface Part {
  readonly from: Sql
  readonly where: readonly Sql[]
  /** The revision of the table that is walked first: only its order comes for nothing. */
  readonly revision: Sql
}

/** One part per type asked for, otherwise one. Each walks the index of its narrowest condition in the order of revisions. */
function partsOf(listing: HistoryListing): Part[] {
  const { organizationId, licenseId, subjectIds, actorId, types, from, to } = listing
  const [subject, ...subjects] = subjectIds
  const touches = (id: string) =>
    sql`exists (select 1 from history_subject t where t.organization_id = h.organization_id and t.subject_id = ${id} and t.revision = h.revision)`
  const where = [
    // Equal for both tables when there is a subject, so that the walk goes along the subject's own entries.
    subject === undefined
      ? sql`h.organization_id = ${organizationId}`
      : sql`j.organization_id = ${organizationId} and j.subject_id = ${subject} and h.organization_id = j.organization_id and h.revision = j.revision`,
    ...subjects.map(touches),
    ...(licenseId === undefined ? [] : [sql`h.license_id = ${licenseId}`]),
    ...(actorId === undefined ? [] : [sql`h.actor_id = ${actorId}`]),
    ...(from === undefined
      ? []
      : [
          sql`h.recorded_at >= ${from}`,
          sql`h.revision >= coalesce(${firstRevisionFrom(organizationId, from)}, ${shown(organizationId)}, 0)`,
        ]),
    ...(to === undefined
      ? []
      : [sql`h.recorded_at < ${to}`, sql`h.revision < coalesce(${firstRevisionFrom(organizationId, to)}, ${Number.MAX_SAFE_INTEGER})`]),
  ]
  const source = raw(subject === undefined ? "from history h" : "from history_subject j cross join history h")
  const revision = raw(subject === undefined ? "h.revision" : "j.revision")
  if (types === undefined) return [{ from: source, where, revision }]
  return [...new Set(types)].map((type) => ({ from: source, where: [...where, sql`h.type = ${type}`], revision }))
}

/**
 * Revisions and instants grow together, so a stretch of time is a stretch of revisions. The moments belong to the other
 * read models, which may be behind: what they do not show yet is left to the instants themselves.
 */
function firstRevisionFrom(organizationId: string, instant: number): Sql {
  return sql`(select m.revision from moment m where m.organization_id = ${organizationId} and m.recorded_at >= ${instant}
    order by m.recorded_at, m.revision limit 1)`
}

function shown(organizationId: string): Sql {
  return sql`(select o.revision from organization o where o.organization_id = ${organizationId})`
}

function isNarrowed({ licenseId, subjectIds, actorId, types, from, to }: HistoryListing): boolean {
  return [licenseId, actorId, types, from, to].some((condition) => condition !== undefined) || subjectIds.length > 0
}

/** In no particular order; the read model may not have all of them yet. */
export async function historyEntries(store: ReadStore, organizationId: string, revisions: readonly number[]): Promise<HistoryRow[]> {
  const query = sql`select ${COLUMNS} from history h ${PRODUCT}
    where h.organization_id = ${organizationId} and h.revision in (${revisions})`
  return store.rows<HistoryRow>(query.text, query.params)
}
