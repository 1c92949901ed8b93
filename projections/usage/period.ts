/** The stretch of time that is counted, cut into intervals, and where in it an instant falls: in SQL, so that only sums leave the database. */
import type { ReadStore } from "../../src/readstore/read-store"
import { type Moment, momentOfInstant } from "../catalog/moment"
import { raw, type Sql, sql } from "../sql"

/** In ms since 1970 (UTC); `end` belongs to the next one. */
export interface Interval {
  readonly start: number
  readonly end: number
}

export interface UsagePeriod {
  /** Nothing that was recorded after this moment counts. */
  readonly moment: Moment
  /** How long what held at that moment is counted on, in ms since 1970 (UTC). */
  readonly until: number
  /** The revision that held when the first interval began. */
  readonly before: number
  /** One follows the other without a gap. */
  readonly intervals: readonly Interval[]
}

/**
 * The period of these intervals, as far as it is known at the moment.
 * @param until not before the moment; what lies after it is not counted
 */
export async function usagePeriod(store: ReadStore, moment: Moment, intervals: readonly Interval[], until: number): Promise<UsagePeriod> {
  const [start, end] = [startOf({ intervals }), endOf({ intervals, until })]
  const held = await momentOfInstant(store, moment.organizationId, start)
  const last = end < until ? await momentOfInstant(store, moment.organizationId, end - 1) : moment
  return { moment: earlier(last, moment), until, intervals, before: earlier(held, moment).revision }
}

function earlier(a: Moment, b: Moment): Moment {
  return a.revision < b.revision ? a : b
}

export function startOf({ intervals }: Pick<UsagePeriod, "intervals">): number {
  return intervals[0]?.start ?? 0
}

/** Where counting ends. */
export function endOf({ intervals, until }: Pick<UsagePeriod, "intervals" | "until">): number {
  return Math.min(intervals.at(-1)?.end ?? 0, until)
}

/** The part of an interval that is counted. */
export function counted({ start, end }: Interval, { until }: Pick<UsagePeriod, "until">): Interval {
  return { start, end: Math.max(start, Math.min(end, until)) }
}

/** When a span began to count, by the alias of its table. */
export function beganAt(alias: string, period: UsagePeriod): Sql {
  const start = whole(startOf(period))
  return sql`case when ${raw(alias)}.from_at < ${start} then ${start} else ${raw(alias)}.from_at end`
}

/** When a span ceased to count. One that ended after the moment was open then. */
export function endedAt(alias: string, period: UsagePeriod): Sql {
  const end = whole(endOf(period))
  return sql`case when ${raw(alias)}.to_revision > ${period.moment.revision} or ${raw(alias)}.to_at > ${end} then ${end} else ${raw(alias)}.to_at end`
}

/** That a span held at some revision of the period. */
export function isOfPeriod(alias: string, { before, moment }: UsagePeriod): Sql {
  return sql`${raw(`${alias}.from_revision`)} <= ${moment.revision} and ${raw(`${alias}.to_revision`)} > ${before}`
}

/** The number of the interval, from 0, in which the instant of this column falls. */
export function intervalOf(column: string, period: UsagePeriod): Sql {
  return perRun(column, period, (run) => sql`${whole(run.first)} + ${placeIn(column, run)}`)
}

/** Where that interval ends. */
export function intervalEnd(column: string, period: UsagePeriod): Sql {
  return perRun(column, period, (run) => sql`${whole(run.start)} + (${placeIn(column, run)} + 1) * ${whole(run.length)}`)
}

function placeIn(column: string, { start, length }: Run): Sql {
  return sql`(${raw(column)} - ${whole(start)}) / ${whole(length)}`
}

/** The driver hands large numbers over as floating-point ones, which divide into fractions and add up with an error. */
export function whole(number: number): Sql {
  return sql`cast(${number} as bigint)`
}

/** Intervals of one length, one after the other: within them, the place of an instant is a division. */
interface Run {
  readonly start: number
  readonly length: number
  /** The number of its first interval. */
  readonly first: number
  end: number
}

/** Days differ in length where the clocks change, so a year of them is a handful of runs. */
function runsOf(intervals: readonly Interval[]): Run[] {
  const runs: Run[] = []
  for (const [first, { start, end }] of intervals.entries()) {
    const length = end - start
    if (length === 0) continue // A day that its zone left out.
    const last = runs.at(-1)
    if (last?.length === length && last.first + (start - last.start) / length === first) last.end = end
    else runs.push({ start, length, first, end })
  }
  return runs
}

function perRun(column: string, { intervals }: UsagePeriod, put: (run: Run) => Sql): Sql {
  const runs = runsOf(intervals)
  if (runs.length === 0) return raw("0")
  const cases = runs.map((run) => sql`when ${raw(column)} < ${run.end} then ${put(run)}`)
  return sql`case ${cases.reduce((all, one) => sql`${all} ${one}`, raw(""))} end`
}
