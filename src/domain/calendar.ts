/**
 * Days of the calendar in a time zone (IANA name, such as `Europe/Amsterdam`), as stretches of time. Pure: the rules of
 * the zones come with the JavaScript engine, and nothing here reads a clock.
 */

/** A day of the calendar as ISO 8601 text: `2026-03-31`. Dates compare as their texts do. */
export type CalendarDate = string

export type CalendarUnit = "DAY" | "WEEK" | "MONTH"

/** A stretch of whole days in some time zone; times in ms since 1970 (UTC). */
export interface CalendarInterval {
  /** The first and the last day. */
  readonly from: CalendarDate
  readonly to: CalendarDate
  readonly start: number
  /** Where the next one begins. */
  readonly end: number
}

const DAY_MS = 86_400_000

/** False also for days that are in no calendar, such as 30 February. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && dateOf(instant) === text
}

/** Whether the name is one of the IANA database; offsets such as `+01:00` are not. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && formatIn(name) !== undefined
  } catch {
    return false
  }
}

/**
 * The first instant of a day, in ms since 1970 (UTC). Where clocks go forward at midnight that is later than 0:00, and
 * a day that a zone left out altogether begins, and ends, with the next one.
 */
export function startOfDay(date: CalendarDate, timeZone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // A day apart on either side, so that a change of the clocks near midnight lies between the two.
  const offsets = [offsetAt(midnight - DAY_MS, timeZone), offsetAt(midnight + DAY_MS, timeZone)]
  const guesses = offsets.map((offset) => midnight - offset).sort((a, b) => a - b)
  const exact = guesses.find((instant) => instant + offsetAt(instant, timeZone) === midnight)
  return exact ?? firstInstantOf(midnight, guesses, timeZone)
}

/** The first instant after a day. */
export function endOfDay(date: CalendarDate, timeZone: string): number {
  return startOfDay(addDays(date, 1), timeZone)
}

/** The day on which an instant falls. */
export function dateAt(instant: number, timeZone: string): CalendarDate {
  return dateOf(instant + offsetAt(instant, timeZone))
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOf(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS)
}

/** How many intervals `intervalsBetween` answers. */
export function countIntervals(from: CalendarDate, to: CalendarDate, unit: CalendarUnit): number {
  if (to < from) return 0
  const [first, last] = [new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)]
  if (unit === "MONTH") return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1
  const days = (last.getTime() - first.getTime()) / DAY_MS + 1
  return unit === "DAY" ? days : Math.ceil((days + daysSinceMonday(first)) / 7)
}

/**
 * The days, weeks (from Monday, ISO 8601) or months from one day to another, both included. The first and the last one
 * are cut off where these days are; they follow one another without a gap.
 */
export function intervalsBetween(from: CalendarDate, to: CalendarDate, unit: CalendarUnit, timeZone: string): CalendarInterval[] {
  const intervals: CalendarInterval[] = []
  let start = startOfDay(from, timeZone)
  for (let first = from; first <= to; ) {
    const last = lastDayOf(first, unit)
    const until = last < to ? last : to
    const end = endOfDay(until, timeZone)
    intervals.push({ from: first, to: until, start, end })
    first = addDays(until, 1)
    start = end
  }
  return intervals
}

/** The last day of the week or month in which this day lies. */
function lastDayOf(date: CalendarDate, unit: CalendarUnit): CalendarDate {
  if (unit === "DAY") return date
  const day = new Date(`${date}T00:00:00Z`)
  if (unit === "WEEK") return addDays(date, 6 - daysSinceMonday(day))
  return dateOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0))
}

function daysSinceMonday(day: Date): number {
  return (day.getUTCDay() + 6) % 7
}

function dateOf(instant: number): CalendarDate {
  return new Date(instant).toISOString().slice(0, 10)
}

/** Midnight does not exist there on that day: the clocks jumped over it, somewhere between these two instants. */
function firstInstantOf(midnight: number, guesses: readonly number[], timeZone: string): number {
  let [before, after] = [Math.min(...guesses) - DAY_MS, Math.max(...guesses)]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (middle + offsetAt(middle, timeZone) >= midnight) after = middle
    else before = middle
  }
  return after
}

/** By how many ms the clocks of the zone are ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
  for (const { type, value } of formatIn(timeZone).formatToParts(instant)) {
    if (type in parts) parts[type as keyof typeof parts] = Number(value) // just looked up
  }
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
  return local - Math.floor(instant / 1000) * 1000
}

/** Making one takes 50 µs; the names are those of one database, in any case of letters. */
const formats = new Map<string, Intl.DateTimeFormat>()
const MOST_FORMATS = 1_000

/** @throws RangeError for a name that is no time zone */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })
  if (formats.size < MOST_FORMATS) formats.set(timeZone, format)
  return format
}
