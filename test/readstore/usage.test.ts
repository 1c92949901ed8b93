import * as fc from "fast-check"
import { type Moment, momentOfRevision } from "../../projections/catalog/moment"
import { type SeatUsage, seatUsage, together } from "../../projections/usage/counters"
import { type Interval, usagePeriod } from "../../projections/usage/period"
import { type SourceShare, seatShares, sharesTogether } from "../../projections/usage/sources"
import { type CalendarUnit, dateAt, intervalsBetween } from "../../src/domain/calendar"
import type { OrganizationEvent } from "../../src/domain/events"
import { MemoryEventStore } from "../../src/eventstore/memory"
import type { TestReadStore } from "../support/read-stores"
import { randomHistory, sealed } from "./histories"
import { projected } from "./read-models"
import { SeatFold } from "./seat-fold"

/** What was used, from spans by sums in the database, against every event of the log, one after the other. */
const ORGANIZATION = "org_test"
const LICENSES = ["lic_crm", "lic_erp"]

const DAY = 86_400_000

/** A random life of some months, beginning in January: much happens at one instant, and now and then at midnight sharp. */
async function life(seed: number): Promise<{ readonly log: readonly OrganizationEvent[]; readonly readStore: TestReadStore }> {
  const { log } = randomHistory(seed, 120)
  let [before, at] = [0, 0]
  const spread = log.map((event, n) => {
    const recorded = Date.parse(event.metadata.recordedAt)
    // A grace period that ends lets 90 days pass at once.
    if (before === 0) at = recorded
    else if (n % 5 > 1) at += Math.min((recorded - before) * 2_500, 5 * DAY)
    if (n % 11 === 0) at = Math.ceil(at / DAY) * DAY
    before = recorded
    return { ...event, metadata: { ...event.metadata, recordedAt: new Date(at).toISOString() } }
  })
  const eventStore = new MemoryEventStore()
  await eventStore.append(`organization-${ORGANIZATION}`, 0, sealed(ORGANIZATION, spread))
  return { log: spread, readStore: await projected(eventStore) }
}

interface Folded extends Omit<SeatUsage, "interval"> {
  /** In twelfths of a millisecond: nobody has more than four sources. */
  readonly shares: ReadonlyMap<string, number>
}

/** The state at every instant at which something was recorded, up to the revision, for as long as it held. */
function folded(log: readonly OrganizationEvent[], licenseId: string, { start, end }: Interval, until: number, revision: number): Folded {
  const fold = new SeatFold()
  const peak = { purchased: 0, seated: 0, waiting: 0 }
  const sum = { purchased: 0, seated: 0, waiting: 0 }
  const shares = new Map<string, number>()
  let overassignedMs = 0
  let atEnd = { ...peak }
  const events = log.filter((event) => event.revision <= revision)
  const show = () => {
    const { purchased } = fold.license(licenseId)
    atEnd = { purchased, seated: fold.seated(licenseId).length, waiting: fold.waiting(licenseId).length }
    for (const name of ["purchased", "seated", "waiting"] as const) peak[name] = Math.max(peak[name], atEnd[name])
  }
  for (const [i, event] of events.entries()) {
    fold.apply(event)
    const from = Math.max(Date.parse(event.metadata.recordedAt), start)
    const to = Math.min(Date.parse(events[i + 1]?.metadata.recordedAt ?? "9999-01-01"), end, until)
    if (to <= from) continue
    show()
    for (const name of ["purchased", "seated", "waiting"] as const) sum[name] += atEnd[name] * (to - from)
    if (atEnd.seated > atEnd.purchased) overassignedMs += to - from
    for (const userId of fold.seated(licenseId)) {
      const sources = fold.sources(licenseId, userId)
      for (const source of sources.length > 0 ? sources : ["NONE"]) {
        shares.set(source, (shares.get(source) ?? 0) + ((to - from) * 12) / Math.max(1, sources.length))
      }
    }
  }
  if (until < end) show() // what is so at the moment itself
  return { atEnd, peak, sum, overassignedMs, shares }
}

function expectShares(shares: readonly SourceShare[], exact: ReadonlyMap<string, number>, total: number): void {
  expect(shares.reduce((sum, { seatMs }) => sum + seatMs, 0)).toBe(total)
  const nameOf = ({ source }: SourceShare) => (typeof source === "string" ? source : source.groupId)
  for (const share of shares) expect(Math.abs(share.seatMs - (exact.get(nameOf(share)) ?? 0) / 12)).toBeLessThan(1)
  const wanted = [...exact].filter(([, twelfths]) => twelfths >= 12).map(([name]) => name)
  expect(shares.map(nameOf)).toEqual(expect.arrayContaining(wanted))
  expect([...shares].sort((a, b) => b.seatMs - a.seatMs)).toEqual(shares)
}

test.each([1, 2, 3, 4, 5, 6])("every interval is what the log says, as of any moment (history %i)", async (seed) => {
  const { log, readStore } = await life(seed)
  const instants = log.map((event) => Date.parse(event.metadata.recordedAt))
  const [first, last] = [instants[0] ?? 0, instants.at(-1) ?? 0]
  const zones = fc.constantFrom("UTC", "Europe/Amsterdam", "America/St_Johns")
  const units = fc.constantFrom<CalendarUnit>("DAY", "DAY", "WEEK", "MONTH")
  const place = fc.integer({ min: -10, max: 110 })
  await fc.assert(
    fc.asyncProperty(zones, units, place, place, fc.nat(), fc.nat(3_600_000), async (zone, unit, a, b, pick, longer) => {
      const dayAt = (percent: number) => dateAt(first + ((last - first) * percent) / 100, zone)
      const [from, to] = [dayAt(Math.min(a, b)), dayAt(Math.max(a, b))]
      const intervals = intervalsBetween(from, to, unit, zone)
      const revision = (pick % log.length) + 1
      const moment = (await momentOfRevision(readStore, ORGANIZATION, revision)) as Moment // it has happened
      const until = moment.instant + longer
      if (until < (intervals.at(-1)?.start ?? 0)) return // its last interval has not begun
      const period = await usagePeriod(readStore, moment, intervals, until)
      const usage = await seatUsage(readStore, period, LICENSES)
      for (const [n, licenseId] of LICENSES.entries()) {
        const shares = await seatShares(readStore, period, licenseId, 3)
        for (const [i, interval] of intervals.entries()) {
          const { shares: exact, ...expected } = folded(log, licenseId, interval, until, revision)
          expect(usage[n]?.[i]).toEqual({ interval: { start: interval.start, end: Math.min(interval.end, until) }, ...expected })
          expectShares(shares[i] ?? [], exact, expected.sum.seated)
        }
        const whole = { start: intervals[0]?.start ?? 0, end: intervals.at(-1)?.end ?? 0 }
        const { shares: _, ...expected } = folded(log, licenseId, whole, until, revision)
        const sum = together(usage[n] ?? [])
        expect(sum).toEqual({ interval: { ...whole, end: Math.min(whole.end, until) }, ...expected })
        expect(sharesTogether(shares).reduce((total, { seatMs }) => total + seatMs, 0)).toBe(sum.sum.seated)
      }
    }),
    { numRuns: 25, endOnFailure: true },
  )
  await readStore.close()
})
