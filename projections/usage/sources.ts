/**
 * Through what seats were held over time: a person with several sources is counted in equal shares among them.
 * Exact: the shares of an interval add up to the time for which its seats were held, to the millisecond.
 */
import type { ReadStore } from "../../src/readstore/read-store"
import { raw, type Sql, sql } from "../sql"
import { beganAt, endedAt, endOf, isOfPeriod, startOf, type UsagePeriod, whole } from "./period"

/** A direct assignment, a group, or nothing any more: the sources had ended, and the release was still to be recorded (rule 39). */
export type SourceKey = "DIRECT" | "NONE" | { readonly groupId: string }

export interface SourceShare {
  readonly source: SourceKey
  /** Seats times milliseconds, a whole number. */
  readonly seatMs: number
}

/**
 * Who is looked at in one statement. People with the same past are one row of its answer, so it has at most so many rows
 * and often only a few; in between, other long queries have their turn.
 */
const PEOPLE_AT_ONCE = 2_000

/** The shares of one license for each interval of the period, the largest first. */
export async function seatShares(
  store: ReadStore,
  period: UsagePeriod,
  licenseId: string,
  peopleAtOnce = PEOPLE_AT_ONCE,
): Promise<SourceShare[][]> {
  const tally = new Tally(period)
  for (let after = ""; ; ) {
    const query = pastsOf(licenseId, period, after, peopleAtOnce)
    const rows = await store.slowRows<PastRow>(query.text, query.params)
    let people = 0
    for (const row of rows) {
      people += row.people
      if (row.last > after) after = row.last
      count(row, tally)
    }
    if (people < peopleAtOnce) return tally.shares()
  }
}

/** Several intervals as one. */
export function sharesTogether(intervals: readonly (readonly SourceShare[])[]): SourceShare[] {
  const sums = new Map<string, number>()
  for (const { source, seatMs } of intervals.flat()) sums.set(nameOf(source), (sums.get(nameOf(source)) ?? 0) + seatMs)
  return inOrder(sums)
}

/** People who held their seats at the same times through the same sources. Times are ms after the period's start: `from to,from to`. */
interface PastRow {
  readonly seats: string
  readonly direct: string | null
  /** `grp_… from to,…` */
  readonly groups: string | null
  readonly people: number
  /** The last of these people, by id. */
  readonly last: string
}

function pastsOf(licenseId: string, period: UsagePeriod, after: string, limit: number): Sql {
  const start = whole(startOf(period))
  const { organizationId } = period.moment
  const from = (alias: string) => sql`(${beganAt(alias, period)} - ${start})`
  const to = (alias: string) => sql`(${endedAt(alias, period)} - ${start})`
  const later = (a: Sql, b: Sql) => sql`case when ${a} > ${b} then ${a} else ${b} end`
  const earlier = (a: Sql, b: Sql) => sql`case when ${a} < ${b} then ${a} else ${b} end`
  // By organization and principal, as where people are listed with their sources: each is one look into an index.
  const assigned = (principal: string) =>
    sql`a.organization_id = ${organizationId} and a.principal_id = ${raw(principal)} and a.license_id = ${licenseId} and ${isOfPeriod("a", period)}`
  return sql`
    select p.seats, p.direct, p.groups, count(*) as people, max(p.user_id) as last from (
      select h.user_id, h.seats,
        (select string_agg(${from("a")} || ' ' || ${to("a")}, ',') from assignment a where ${assigned("h.user_id")}) as direct,
        (select string_agg(m.group_id || ' ' || (${later(from("m"), from("a"))}) || ' ' || (${earlier(to("m"), to("a"))}), ',')
         from membership m cross join assignment a
         where m.member_id = h.user_id and ${isOfPeriod("m", period)} and ${assigned("m.group_id")}
           and m.from_revision < a.to_revision and a.from_revision < m.to_revision) as groups
      from (
        select s.user_id, string_agg(${from("s")} || ' ' || ${to("s")}, ',') as seats
        from seat s
        where s.license_id = ${licenseId} and s.organization_id = ${organizationId} and s.state = 'SEATED' and s.user_id > ${after}
          and ${isOfPeriod("s", period)}
        group by s.user_id order by s.user_id limit ${limit}
      ) h
    ) p group by p.seats, p.direct, p.groups`
}

/** Cuts the time for which these people held seats where their sources change. */
function count({ seats, direct, groups, people }: PastRow, tally: Tally): void {
  const sources: { readonly name: string; readonly from: number; readonly to: number }[] = []
  for (const [from, to] of stretches(direct)) sources.push({ name: "DIRECT", from, to })
  for (const part of groups?.split(",") ?? []) {
    const [name = "", from, to] = part.split(" ")
    sources.push({ name, from: Number(from), to: Number(to) })
  }
  const changes = [...new Set(sources.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  for (const [from, to] of stretches(seats)) {
    const cuts = [from, ...changes.filter((at) => at > from && at < to), to]
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [begin, end] = [cuts[i] as number, cuts[i + 1] as number] // both inside
      const names = sources.filter((source) => source.from <= begin && source.to >= end).map(({ name }) => name)
      if (begin < end) tally.add(begin, end, people, names)
    }
  }
}

function stretches(text: string | null): (readonly [from: number, to: number])[] {
  return (text?.split(",") ?? []).map((part) => {
    const space = part.indexOf(" ")
    return [Number(part.slice(0, space)), Number(part.slice(space + 1))]
  })
}

/** Held time by source, and by how many sources shared it: only so do thirds of a millisecond stay exact. */
class Tally {
  /** Where the intervals begin and the last one ends, in ms after the period's start. */
  readonly #cuts: readonly number[]
  readonly #held = new Map<string, Held>()

  constructor(period: UsagePeriod) {
    const [start, end] = [startOf(period), endOf(period)]
    this.#cuts = [...period.intervals.map((interval) => Math.min(interval.start, end) - start), end - start]
  }

  add(from: number, to: number, people: number, sources: readonly string[]): void {
    if (sources.length === 0) this.#of("NONE", 1).add(from, to, people)
    for (const source of sources) this.#of(source, sources.length).add(from, to, people)
  }

  #of(source: string, sharedBy: number): Held {
    const name = `${sharedBy} ${source}`
    const known = this.#held.get(name)
    if (known) return known
    const held = new Held(source, BigInt(sharedBy), this.#cuts)
    this.#held.set(name, held)
    return held
  }

  shares(): SourceShare[][] {
    const all = [...this.#held.values()]
    const sums = all.map((held) => held.sums())
    // The fraction of a millisecond that all shares are multiples of.
    const parts = all.reduce((multiple, { sharedBy }) => commonMultiple(multiple, sharedBy), 1n)
    return this.#cuts.slice(1).map((_, i) => {
      const exact = new Map<string, bigint>()
      for (const [n, { source, sharedBy }] of all.entries()) {
        exact.set(source, (exact.get(source) ?? 0n) + BigInt(sums[n]?.[i] ?? 0) * (parts / sharedBy))
      }
      return inOrder(inWholeMs(exact, parts))
    })
  }
}

/** How long seats were held, interval by interval. Adding a stretch costs the same however many intervals it spans. */
class Held {
  /** In intervals that are not held as a whole, from end to end. */
  readonly #inPart: number[]
  /** How many seats more are held for the whole interval than for the one before. */
  readonly #steps: number[]

  constructor(
    readonly source: string,
    readonly sharedBy: bigint,
    readonly cuts: readonly number[],
  ) {
    this.#inPart = cuts.map(() => 0)
    this.#steps = cuts.map(() => 0)
  }

  add(from: number, to: number, people: number): void {
    const [first, last] = [placeOf(from, this.cuts), placeOf(to, this.cuts)]
    if (first === last) {
      this.#inPart[first] = at(this.#inPart, first) + (to - from) * people
      return
    }
    this.#inPart[first] = at(this.#inPart, first) + (at(this.cuts, first + 1) - from) * people
    this.#inPart[last] = at(this.#inPart, last) + (to - at(this.cuts, last)) * people
    this.#steps[first + 1] = at(this.#steps, first + 1) + people
    this.#steps[last] = at(this.#steps, last) - people
  }

  sums(): number[] {
    let seats = 0
    return this.cuts.slice(1).map((end, i) => {
      seats += at(this.#steps, i)
      return at(this.#inPart, i) + seats * (end - at(this.cuts, i))
    })
  }
}

function at(numbers: readonly number[], i: number): number {
  return numbers[i] as number // asked for inside only
}

/** The last place whose cut is not after the instant. */
function placeOf(instant: number, cuts: readonly number[]): number {
  let [low, high] = [0, cuts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (at(cuts, middle) <= instant) low = middle
    else high = middle
  }
  return low
}

/** To whole milliseconds, which still add up: those left over go to the shares that lost the largest fractions. */
function inWholeMs(exact: ReadonlyMap<string, bigint>, parts: bigint): Map<string, number> {
  const rounded = new Map(Array.from(exact, ([source, share]) => [source, Number(share / parts)]))
  const lost = Array.from(exact, ([source, share]) => ({ source, fraction: share % parts }))
  const left = Number(lost.reduce((sum, { fraction }) => sum + fraction, 0n) / parts)
  lost.sort((a, b) => (a.fraction === b.fraction ? compare(a.source, b.source) : a.fraction > b.fraction ? -1 : 1))
  for (const { source } of lost.slice(0, left)) rounded.set(source, (rounded.get(source) ?? 0) + 1)
  return rounded
}

function inOrder(shares: ReadonlyMap<string, number>): SourceShare[] {
  return [...shares]
    .filter(([, seatMs]) => seatMs > 0)
    .sort(([a, most], [b, less]) => less - most || compare(a, b))
    .map(([name, seatMs]) => ({ source: keyOf(name), seatMs }))
}

function keyOf(name: string): SourceKey {
  return name === "DIRECT" || name === "NONE" ? name : { groupId: name }
}

function nameOf(source: SourceKey): string {
  return typeof source === "string" ? source : source.groupId
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function commonMultiple(a: bigint, b: bigint): bigint {
  let [divisor, rest] = [a, b]
  while (rest > 0n) [divisor, rest] = [rest, divisor % rest]
  return (a / divisor) * b
}
