/** What a license's counters were over time: how many seats were bought and held, how many people waited, interval by interval. */
import type { ReadStore } from "../../src/readstore/read-store"
import { rowsOfEach } from "../reading"
import { raw, type Sql, sql } from "../sql"
import { beganAt, counted, endedAt, endOf, type Interval, intervalEnd, intervalOf, type UsagePeriod } from "./period"

export interface SeatCounts {
  readonly purchased: number
  readonly seated: number
  readonly waiting: number
}

/** One interval of one license. */
export interface SeatUsage {
  /** As far as it is counted. */
  readonly interval: Interval
  readonly atEnd: SeatCounts
  /** The most at any instant. What came and went within one millisecond was there at none (rule 34). */
  readonly peak: SeatCounts
  /** Summed over time: seats or people times milliseconds. */
  readonly sum: SeatCounts
  /** For how many ms more people were seated than seats were bought. */
  readonly overassignedMs: number
}

/** The state that a license has before it is registered. */
const NOTHING: SeatCounts = { purchased: 0, seated: 0, waiting: 0 }

/**
 * The intervals of the period for each license, in their order, computed from the spans of its counters.
 * A license has a span per change, so these are summed where they lie: an answer has a row per interval.
 */
export async function seatUsage(store: ReadStore, period: UsagePeriod, licenseIds: readonly string[]): Promise<SeatUsage[][]> {
  const [sums, states] = await Promise.all([
    rowsOfEach<SumRow>(
      store,
      licenseIds.map((licenseId) => sumsOf(licenseId, period)),
      "slowRows",
    ),
    rowsOfEach<CountRow>(
      store,
      licenseIds.map((licenseId) => stateOf(licenseId, period)),
    ),
  ])
  return licenseIds.map((_, i) => intervalsOf(period, sums[i] ?? [], states[i]?.[0]))
}

/** Days, and parts of a day, of 24 hours. */
export function inDays(milliseconds: number): number {
  return milliseconds / 86_400_000
}

/** The average over time of what was summed up; of no time at all, what was there. */
export function average({ interval, sum, atEnd }: SeatUsage, of: keyof SeatCounts): number {
  const length = interval.end - interval.start
  return length > 0 ? sum[of] / length : atEnd[of]
}

interface CountRow {
  readonly purchased: number
  readonly seated: number
  readonly waitlisted: number
}
/** The spans that began in one interval: their sums up to its end at the most, and the last of them as it was. */
interface SumRow extends CountRow {
  /** The number of the interval. */
  readonly place: number
  readonly first_began: number
  readonly most_purchased: number
  readonly most_seated: number
  readonly most_waitlisted: number
  readonly purchased_ms: number
  readonly seated_ms: number
  readonly waitlisted_ms: number
  readonly overassigned_ms: number
}

function sumsOf(licenseId: string, period: UsagePeriod): Sql {
  const { organizationId, revision } = period.moment
  const total = (column: string) => raw(`sum(t.${column} * (t.cut - t.began)) as ${column}_ms, max(t.${column}) as most_${column}`)
  return sql`
    select g.*, l.purchased, l.seated, l.waitlisted from (
      select t.place, min(t.began) as first_began, max(t.from_revision) as last_revision,
        ${total("purchased")}, ${total("seated")}, ${total("waitlisted")},
        sum(case when t.seated > t.purchased then t.cut - t.began else 0 end) as overassigned_ms
      from (
        select c.*, ${intervalOf("c.began", period)} as place,
          case when c.ended < ${intervalEnd("c.began", period)} then c.ended else ${intervalEnd("c.began", period)} end as cut
        from (
          select s.from_revision, s.purchased, s.seated, s.waitlisted, ${beganAt("s", period)} as began, ${endedAt("s", period)} as ended
          from license_span s
          where s.license_id = ${licenseId} and s.organization_id = ${organizationId}
            and s.from_revision >= ${lastSpanBy(licenseId, period.before)} and s.from_revision <= ${revision}
        ) c where c.ended > c.began
      ) t group by t.place
    ) g join license_span l on l.license_id = ${licenseId} and l.from_revision = g.last_revision`
}

/** The counters at the moment itself. */
function stateOf(licenseId: string, { moment }: UsagePeriod): Sql {
  return sql`select s.purchased, s.seated, s.waitlisted from license_span s
    where s.license_id = ${licenseId} and s.organization_id = ${moment.organizationId}
      and s.from_revision = ${lastSpanBy(licenseId, moment.revision)}`
}

/** The span that covers a revision is the last that began by then, one step down the primary key. */
function lastSpanBy(licenseId: string, revision: number): Sql {
  return sql`(select coalesce(max(x.from_revision), 0) from license_span x where x.license_id = ${licenseId} and x.from_revision <= ${revision})`
}

function intervalsOf(period: UsagePeriod, rows: readonly SumRow[], state: CountRow | undefined): SeatUsage[] {
  const byInterval = new Map(rows.map((row) => [row.place, row]))
  const end = endOf(period)
  let carried = NOTHING
  return period.intervals.map((whole, i): SeatUsage => {
    const interval = counted(whole, period)
    const row = byInterval.get(i)
    const before = Math.min(row?.first_began ?? interval.end, interval.end) - interval.start
    const most = row && { purchased: row.most_purchased, seated: row.most_seated, waiting: row.most_waitlisted }
    const sum = {
      purchased: carried.purchased * before + (row?.purchased_ms ?? 0),
      seated: carried.seated * before + (row?.seated_ms ?? 0),
      waiting: carried.waiting * before + (row?.waitlisted_ms ?? 0),
    }
    const overassignedMs = (carried.seated > carried.purchased ? before : 0) + (row?.overassigned_ms ?? 0)
    let peak = greatest(before > 0 ? carried : NOTHING, most ?? NOTHING)
    if (row) carried = countsOf(row)
    let atEnd = carried
    if (interval.end === end && whole.end > end && state) {
      // Counted up to the moment and no further: what has only just become so is shown as well.
      atEnd = countsOf(state)
      peak = greatest(peak, atEnd)
    }
    return { interval, atEnd, peak, sum, overassignedMs }
  })
}

function countsOf({ purchased, seated, waitlisted }: CountRow): SeatCounts {
  return { purchased, seated, waiting: waitlisted }
}

export function greatest(a: SeatCounts, b: SeatCounts): SeatCounts {
  return {
    purchased: Math.max(a.purchased, b.purchased),
    seated: Math.max(a.seated, b.seated),
    waiting: Math.max(a.waiting, b.waiting),
  }
}

/** Several intervals as one. */
export function together(usages: readonly SeatUsage[]): SeatUsage {
  const [first, last] = [usages[0], usages.at(-1)]
  if (!first || !last) throw new Error("there is no period without an interval")
  const total = (of: (usage: SeatUsage) => number) => usages.reduce((sum, usage) => sum + of(usage), 0)
  return {
    interval: { start: first.interval.start, end: last.interval.end },
    atEnd: last.atEnd,
    peak: usages.map(({ peak }) => peak).reduce(greatest),
    sum: {
      purchased: total(({ sum }) => sum.purchased),
      seated: total(({ sum }) => sum.seated),
      waiting: total(({ sum }) => sum.waiting),
    },
    overassignedMs: total(({ overassignedMs }) => overassignedMs),
  }
}
