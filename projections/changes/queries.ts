/** Who gained and lost seats between two moments of one organization: the difference of two views, and what made it. */
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { rowsOfEach } from "../reading"
import { and, limitTo, type Sql, sql } from "../sql"

/** GAINED and LOST are about seats: whoever lost one may wait again, whoever gained one may have waited before. */
export type SeatChangeKind = "GAINED" | "LOST" | "BEGAN_WAITING" | "STOPPED_WAITING"
type SeatState = "SEATED" | "WAITLISTED"

export interface Stretch {
  readonly from: Moment
  /** Not before `from`. */
  readonly to: Moment
}

export interface SeatChangeRow {
  readonly license_id: string
  readonly user_id: string
  readonly kind: SeatChangeKind
  readonly state_before: SeatState | null
  readonly state_after: SeatState | null
  /** The revision of the event that did it, the last one when there were several. */
  readonly revision: number
}

export interface ChangeListing extends Stretch {
  /** Which licenses, in which order. */
  readonly licenseIds: readonly string[]
  /** All kinds when left out. */
  readonly kinds?: readonly SeatChangeKind[]
  /** The last person of the page before, on the first of these licenses. */
  readonly after?: string
  readonly limit: number
}

/** The licenses on which anything changed, by product name. */
export async function changedLicenses(store: ReadStore, { from, to }: Stretch): Promise<string[]> {
  const query = sql`select l.license_id from license l
    where l.organization_id = ${to.organizationId} and exists (
      select 1 from license_span s where s.license_id = l.license_id and s.from_revision > ${from.revision} and s.from_revision <= ${to.revision})
    order by l.sort_name, l.license_id`
  return (await store.slowRows<{ license_id: string }>(query.text, query.params)).map((row) => row.license_id)
}

/** The most licenses of one statement. */
const LICENSES_AT_ONCE = 100

/** License by license, and on each by user id, which never changes. */
export async function seatChanges(store: ReadStore, listing: ChangeListing): Promise<SeatChangeRow[]> {
  const { licenseIds, after = "", limit } = listing
  const rows: SeatChangeRow[] = []
  for (let first = 0; first < licenseIds.length && rows.length < limit; first += LICENSES_AT_ONCE) {
    const parts = licenseIds.slice(first, first + LICENSES_AT_ONCE).map((licenseId, i) => {
      const page = changesOf(licenseId, listing, first + i === 0 ? after : "")
      return sql`select * from (${page} order by s.license_id, s.user_id ${limitTo(limit)}) g`
    })
    // One license after the other: the limit ends the reading before the next.
    const query = sql`${parts.reduce((all, part) => sql`${all} union all ${part}`)} ${limitTo(limit - rows.length)}`
    for (const row of await store.slowRows<Omit<SeatChangeRow, "kind">>(query.text, query.params)) rows.push({ ...row, kind: kindOf(row) })
  }
  return rows
}

export type ChangeCounts = Readonly<Record<SeatChangeKind, number>>

/** How many people each kind has, for each license. */
export async function countChanges(store: ReadStore, stretch: Stretch, licenseIds: readonly string[]): Promise<ChangeCounts[]> {
  const answers = await rowsOfEach<{ kind: SeatChangeKind; people: number }>(
    store,
    licenseIds.map(
      (licenseId) => sql`select c.kind, count(*) as people from (
        select case when c.state_after = 'SEATED' then 'GAINED' when c.state_before = 'SEATED' then 'LOST'
          when c.state_before is null then 'BEGAN_WAITING' else 'STOPPED_WAITING' end as kind
        from (${changesOf(licenseId, stretch, "")}) c) c group by c.kind`,
    ),
    "slowRows",
  )
  return answers.map((rows) => {
    const counts = new Map(rows.map(({ kind, people }) => [kind, people]))
    const of = (kind: SeatChangeKind) => counts.get(kind) ?? 0
    return { GAINED: of("GAINED"), LOST: of("LOST"), BEGAN_WAITING: of("BEGAN_WAITING"), STOPPED_WAITING: of("STOPPED_WAITING") }
  })
}

function kindOf({ state_before, state_after }: Pick<SeatChangeRow, "state_before" | "state_after">): SeatChangeKind {
  if (state_after === "SEATED") return "GAINED"
  if (state_before === "SEATED") return "LOST"
  return state_before === null ? "BEGAN_WAITING" : "STOPPED_WAITING"
}

/** Whoever has a span that began or ended in between, and is then in another state than before. */
function changesOf(licenseId: string, { from, to, kinds }: Stretch & Pick<ChangeListing, "kinds">, after: string): Sql {
  const [first, last] = [from.revision, to.revision]
  const before = sql`max(case when s.from_revision <= ${first} then s.state end)`
  const now = sql`max(case when s.to_revision > ${last} then s.state end)`
  const begun = sql`max(case when s.to_revision > ${last} then s.from_revision end)`
  const unseated = sql`max(case when s.to_revision <= ${last} and s.state = 'SEATED' then s.to_revision end)`
  const ended = sql`max(case when s.to_revision <= ${last} then s.to_revision end)`
  const [was, is] = [sql`coalesce(${before}, '')`, sql`coalesce(${now}, '')`]
  const conditions: Readonly<Record<SeatChangeKind, Sql>> = {
    GAINED: sql`${is} = 'SEATED'`,
    LOST: sql`${was} = 'SEATED'`,
    BEGAN_WAITING: sql`${was} = '' and ${is} = 'WAITLISTED'`,
    STOPPED_WAITING: sql`${was} = 'WAITLISTED' and ${is} = ''`,
  }
  const wanted = kinds?.map((kind) => conditions[kind])
  const ofKinds = wanted?.length ? [sql`(${wanted.reduce((all, one) => sql`${all} or ${one}`)})`] : []
  return sql`
    select s.license_id, s.user_id, ${before} as state_before, ${now} as state_after,
      case when ${is} = 'SEATED' then ${begun} when ${was} = 'SEATED' then ${unseated} when ${is} = 'WAITLISTED' then ${begun} else ${ended} end as revision
    from seat s
    where s.license_id = ${licenseId} and s.organization_id = ${to.organizationId} and s.user_id > ${after}
      and s.to_revision > ${first} and s.from_revision <= ${last} and (s.from_revision > ${first} or s.to_revision <= ${last})
    group by s.license_id, s.user_id
    having ${and([sql`${was} <> ${is}`, ...ofKinds])}`
}

/** How long people kept their seat after they were deactivated (rule 26): no time at all, but for what takes several appends (rule 39). */
export interface ReleaseDelays {
  /** Whose seat was released because of it. */
  readonly released: number
  /** Of these, together; in ms. */
  readonly totalMs: number
  readonly longestMs: number
  /** Who was deactivated and still has the seat. */
  readonly pending: number
}

/** Of who was deactivated between the two moments, for each license. */
export async function releaseDelays(store: ReadStore, { from, to }: Stretch, licenseIds: readonly string[]): Promise<ReleaseDelays[]> {
  const isReleased = sql`d.to_revision <= ${to.revision}`
  const queries = licenseIds.map(
    (licenseId) => sql`
      select coalesce(sum(case when ${isReleased} then 1 else 0 end), 0) as released,
        coalesce(sum(case when ${isReleased} then d.to_at - d.deactivated_at end), 0) as "totalMs",
        coalesce(max(case when ${isReleased} then d.to_at - d.deactivated_at end), 0) as "longestMs",
        coalesce(sum(case when ${isReleased} then 0 else 1 end), 0) as pending
      from (
        select s.user_id, s.to_revision, s.to_at, min(u.from_revision) as deactivation, min(u.from_at) as deactivated_at
        from seat s cross join user_state u
        where s.license_id = ${licenseId} and s.organization_id = ${to.organizationId} and s.state = 'SEATED'
          and s.to_revision > ${from.revision} and s.from_revision <= ${to.revision}
          and u.user_id = s.user_id and u.active = 0 and u.from_revision > ${from.revision} and u.from_revision <= ${to.revision}
          and u.from_revision > s.from_revision and u.from_revision < s.to_revision
        group by s.user_id, s.to_revision, s.to_at
      ) d
      left join history h on h.organization_id = ${to.organizationId} and h.revision = d.to_revision and ${isReleased}
      where h.causation_revision is null or h.causation_revision = d.deactivation`,
  )
  const answers = await rowsOfEach<ReleaseDelays>(store, queries, "slowRows")
  return answers.map(([row]) => row ?? { released: 0, totalMs: 0, longestMs: 0, pending: 0 })
}
