/** Access reviews, who was reviewed, and what has changed since. */
import type { ActorType, Role } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Covers, coversRevision, rowsAt } from "../reading"
import { and, limitTo, type Sql, sql } from "../sql"

export interface AccessReviewRow {
  review_id: string
  organization_id: string
  license_id: string
  revision: number
  /** Milliseconds since 1970, UTC. */
  recorded_at: number
  reviewed_revision: number
  root: string
  seated: number
  waitlisted: number
  digest: string
  statement: string | null
  actor_type: ActorType
  actor_id: string
  actor_role: Role | null
}

export interface ReviewListing {
  /** What was signed by then. */
  readonly moment: Moment
  readonly licenseId?: string
  /** Revision of the last review of the page before. */
  readonly after?: number
  readonly limit: number
}

/** The newest first. */
export function reviewPage(store: ReadStore, listing: ReviewListing): Promise<AccessReviewRow[]> {
  const later = listing.after === undefined ? [] : [sql`revision < ${listing.after}`]
  const query = sql`select * from access_review where ${and([...signed(listing), ...later])} order by revision desc ${limitTo(listing.limit)}`
  return store.rows<AccessReviewRow>(query.text, query.params)
}

export async function countReviews(store: ReadStore, listing: Omit<ReviewListing, "after" | "limit">): Promise<number> {
  const query = sql`select count(*) as total from access_review where ${and(signed(listing))}`
  const [row] = await store.rows<{ total: number }>(query.text, query.params)
  return row?.total ?? 0
}

export async function reviewById(store: ReadStore, reviewId: string): Promise<AccessReviewRow | undefined> {
  const query = sql`select * from access_review where review_id = ${reviewId}`
  const [row] = await store.rows<AccessReviewRow>(query.text, query.params)
  return row
}

function signed({ moment, licenseId }: Omit<ReviewListing, "after" | "limit">): Sql[] {
  const { organizationId, revision } = moment
  const license = licenseId === undefined ? [] : [sql`license_id = ${licenseId}`]
  return [sql`organization_id = ${organizationId}`, ...license, sql`revision <= ${revision}`]
}

/** Everybody who holds or awaits a seat, counted, and as the canonical JSON (RFC 8785) that a review's digest is made of. */
export interface PeopleThen {
  readonly seated: number
  readonly waitlisted: number
  /** `[["usr_…","SEATED"],…]`, sorted by id. */
  readonly list: string
}

export async function peopleAt(store: ReadStore, moment: Moment, licenseId: string): Promise<PeopleThen> {
  // Put together by the database: 100,000 people are one text, where handing them over one by one would take ten times as long.
  const query = sql`select count(*) filter (where s.state = 'SEATED') as seated, count(*) filter (where s.state = 'WAITLISTED') as waitlisted,
      '[' || coalesce(string_agg('["' || s.user_id || '","' || s.state || '"]', ',' order by s.user_id), '') || ']' as list
    from seat s where s.license_id = ${licenseId} and s.organization_id = ${moment.organizationId} and ${coversRevision(moment.revision)("s")}`
  const [row] = await store.slowRows<PeopleThen>(query.text, query.params)
  return row ?? { seated: 0, waitlisted: 0, list: "[]" }
}

type SeatState = "SEATED" | "WAITLISTED"

/** Somebody who was reviewed with another state than the one of the moment, or none. */
export interface DriftRow {
  readonly user_id: string
  /** Null: was not on the license then. */
  readonly before: SeatState | null
  /** Null: is not on it any more. */
  readonly now: SeatState | null
  /** The revision that made it so. */
  readonly changed_revision: number
}

export interface DriftListing {
  /** Up to when. */
  readonly moment: Moment
  readonly licenseId: string
  readonly reviewedRevision: number
  /** The last person of the page before. */
  readonly after?: string
  readonly limit: number
}

/** By user id. Whoever left and came back to the same state has not drifted. */
export function driftPage(store: ReadStore, listing: DriftListing): Promise<DriftRow[]> {
  const { moment, after, limit } = listing
  const later = (id: Sql) => (after === undefined ? sql`1 = 1` : sql`${id} > ${after}`)
  return rowsAt<DriftRow>(
    store,
    moment,
    (covers) => sql`select * from (${driftOf(listing, covers, later)}) d order by d.user_id ${limitTo(limit)}`,
    "slowRows",
  )
}

export async function countDrift(store: ReadStore, listing: Omit<DriftListing, "after" | "limit">): Promise<number> {
  const put = (covers: Covers) => sql`select count(*) as total from (${driftOf(listing, covers, () => sql`1 = 1`)}) d`
  const [row] = await rowsAt<{ total: number }>(store, listing.moment, put, "slowRows")
  return row?.total ?? 0
}

function driftOf(
  { moment, licenseId, reviewedRevision }: Omit<DriftListing, "after" | "limit">,
  covers: Covers,
  later: (id: Sql) => Sql,
): Sql {
  const then = coversRevision(reviewedRevision)
  const ended = sql`select max(e.to_revision) from seat e
    where e.license_id = s.license_id and e.user_id = s.user_id and e.to_revision <= ${moment.revision}`
  return sql`
    select s.user_id, s.state as before, n.state as now, coalesce(n.from_revision, (${ended})) as changed_revision
    from seat s left join seat n on n.license_id = s.license_id and n.user_id = s.user_id and ${covers("n")}
    where s.license_id = ${licenseId} and s.organization_id = ${moment.organizationId} and ${then("s")}
      and (n.state is null or n.state <> s.state) and ${later(sql`s.user_id`)}
    union all
    select n.user_id, null as before, n.state as now, n.from_revision as changed_revision
    from seat n
    where n.license_id = ${licenseId} and n.organization_id = ${moment.organizationId} and ${covers("n")}
      and n.from_revision > ${reviewedRevision} and ${later(sql`n.user_id`)}
      and not exists (select 1 from seat s where s.license_id = n.license_id and s.user_id = n.user_id and ${then("s")})`
}
