import * as fc from "fast-check"
import {
  addDays,
  countIntervals,
  dateAt,
  endOfDay,
  intervalsBetween,
  isCalendarDate,
  isTimeZone,
  startOfDay,
} from "../../src/domain/calendar"

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)

test("a day in Amsterdam begins at midnight there, in winter and in summer", () => {
  expect(startOfDay("2026-01-31", "Europe/Amsterdam")).toBe(at("2026-01-30T23:00:00Z"))
  expect(startOfDay("2026-07-01", "Europe/Amsterdam")).toBe(at("2026-06-30T22:00:00Z"))
  expect(startOfDay("2026-07-01", "UTC")).toBe(at("2026-07-01T00:00:00Z"))
})

test.each([
  ["2026-03-28", 24],
  ["2026-03-29", 23],
  ["2026-03-30", 24],
  ["2026-10-25", 25],
  ["2026-10-26", 24],
])("%s has %i hours in Amsterdam", (date, hours) => {
  expect((endOfDay(date, "Europe/Amsterdam") - startOfDay(date, "Europe/Amsterdam")) / HOUR).toBe(hours)
})

test("where the clocks jump over midnight, the day begins right after the jump", () => {
  // Chile, 6 September 2026: from 0:00 to 1:00.
  expect(startOfDay("2026-09-06", "America/Santiago")).toBe(at("2026-09-06T04:00:00Z"))
  expect((endOfDay("2026-09-06", "America/Santiago") - startOfDay("2026-09-06", "America/Santiago")) / HOUR).toBe(23)
})

test("where midnight comes twice, the day begins with the first", () => {
  // Cuba, 1 November 2026: from 1:00 back to 0:00.
  expect(startOfDay("2026-11-01", "America/Havana")).toBe(at("2026-11-01T04:00:00Z"))
  expect((endOfDay("2026-11-01", "America/Havana") - startOfDay("2026-11-01", "America/Havana")) / HOUR).toBe(25)
})

test("a day that a zone left out has no length", () => {
  // Samoa crossed the date line: there was no 30 December 2011.
  expect(startOfDay("2011-12-30", "Pacific/Apia")).toBe(startOfDay("2011-12-31", "Pacific/Apia"))
  expect(startOfDay("2011-12-31", "Pacific/Apia")).toBe(at("2011-12-30T10:00:00Z"))
})

const ZONES = [
  "UTC",
  "Europe/Amsterdam",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
]

test("every instant lies between the beginning and the end of its day", () => {
  const instants = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") })
  fc.assert(
    fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
      const date = dateAt(instant, zone)
      expect(startOfDay(date, zone)).toBeLessThanOrEqual(instant)
      expect(endOfDay(date, zone)).toBeGreaterThan(instant)
      expect(dateAt(startOfDay(date, zone), zone)).toBe(date)
      expect(dateAt(startOfDay(date, zone) - 1, zone)).toBe(addDays(date, -1))
    }),
  )
})

describe("intervals", () => {
  const names = (from: string, to: string, unit: "DAY" | "WEEK" | "MONTH") =>
    intervalsBetween(from, to, unit, "Europe/Amsterdam").map((interval) => `${interval.from}…${interval.to}`)

  test("weeks begin on Monday, and the first and last are cut off", () => {
    expect(names("2026-02-26", "2026-03-10", "WEEK")).toEqual(["2026-02-26…2026-03-01", "2026-03-02…2026-03-08", "2026-03-09…2026-03-10"])
    expect(names("2026-03-02", "2026-03-08", "WEEK")).toEqual(["2026-03-02…2026-03-08"])
  })

  test("months", () => {
    expect(names("2026-01-15", "2026-03-31", "MONTH")).toEqual(["2026-01-15…2026-01-31", "2026-02-01…2026-02-28", "2026-03-01…2026-03-31"])
    expect(names("2027-12-01", "2028-02-29", "MONTH").at(-1)).toBe("2028-02-01…2028-02-29")
  })

  test("they follow one another without a gap, and are as many as counted", () => {
    const days = fc.integer({ min: 0, max: 500 })
    fc.assert(
      fc.property(days, days, fc.constantFrom("DAY", "WEEK", "MONTH"), fc.constantFrom(...ZONES), (after, length, unit, zone) => {
        const from = addDays("2025-12-01", after)
        const to = addDays(from, length)
        const intervals = intervalsBetween(from, to, unit, zone)
        expect([intervals[0]?.from, intervals.at(-1)?.to]).toEqual([from, to])
        expect([intervals[0]?.start, intervals.at(-1)?.end]).toEqual([startOfDay(from, zone), endOfDay(to, zone)])
        for (const [n, next] of intervals.slice(1).entries()) {
          expect(next).toMatchObject({ start: intervals[n]?.end, from: addDays(intervals[n]?.to ?? "", 1) })
        }
        expect(countIntervals(from, to, unit)).toBe(intervals.length)
      }),
      { numRuns: 50 },
    )
  })
})

test("only days of the calendar and zones of the IANA database are taken", () => {
  expect(["2026-02-28", "2028-02-29", "2026-02-29", "2026-13-01", "2026-3-1", "yesterday", ""].filter(isCalendarDate)).toEqual([
    "2026-02-28",
    "2028-02-29",
  ])
  expect(["UTC", "Europe/Amsterdam", "europe/amsterdam", "Europe/Atlantis", "+01:00", ""].filter(isTimeZone)).toEqual([
    "UTC",
    "Europe/Amsterdam",
    "europe/amsterdam",
  ])
})
