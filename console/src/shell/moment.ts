/** The moment that is shown: now, or `?asOf=` in the address, which every link within the console keeps. */
import { useCallback, useMemo } from "react"
import type { To } from "react-router"
import type { AsOf } from "../api/operations"
import { useAddress } from "../parts/address"

export const AS_OF = "asOf"

interface Moment {
  /** For the `asOf` argument of every query; undefined: now. */
  readonly asOf: AsOf | undefined
  readonly isPast: boolean
  /**
   * As it stands in the address: a revision such as `1204`, an instant such as `2026-03-31T22:00:00Z`, or a day and where it
   * is that day, such as `2026-03-31@Europe/Amsterdam`: whoever is sent the address sees the same.
   */
  readonly text: string
  readonly show: (text: string | undefined) => void
}

export function useMoment(): Moment {
  const [params, change] = useAddress()
  const text = params.get(AS_OF) ?? ""
  const asOf = useMemo(() => parseMoment(text), [text])
  const show = useCallback(
    (next: string | undefined) =>
      change((params) => {
        if (next === undefined) params.delete(AS_OF)
        else params.set(AS_OF, next)
      }),
    [change],
  )
  return { asOf, isPast: asOf !== undefined, text, show }
}

/** A revision, an instant or a day; undefined for anything else, which then means now. */
export function parseMoment(text: string): AsOf | undefined {
  if (/^\d{1,10}$/.test(text)) return { revision: Number(text) }
  const [, date, timeZone = ownTimeZone()] = /^(\d{4}-\d{2}-\d{2})(?:@([\w+/-]{1,50}))?$/.exec(text) ?? []
  if (date !== undefined && !Number.isNaN(Date.parse(date)) && isTimeZone(timeZone)) return { date: { date, timeZone } }
  const instant = Date.parse(text)
  return text.includes("T") && !Number.isNaN(instant) ? { at: new Date(instant).toISOString() } : undefined
}

/** Where the person is, by its name in the IANA database. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

/** The last instant that counts, in ms since 1970 (rule 34); undefined for a revision. */
export function lastInstantOf({ at, date }: AsOf): number | undefined {
  if (at !== undefined) return Date.parse(at)
  return date === undefined ? undefined : startOfNextDay(date.date, date.timeZone) - 1
}

const DAY_MS = 86_400_000

/** When the day after that begins there, in ms since 1970. */
function startOfNextDay(date: string, timeZone: string): number {
  const asUtc = Date.parse(date) + DAY_MS
  // What the clock is ahead of UTC depends on the instant that is looked for: near enough at first, then exact.
  return asUtc - aheadOfUtc(asUtc - aheadOfUtc(asUtc, timeZone), timeZone)
}

function aheadOfUtc(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(instant)
  const [, sign = "+", hours = 0, minutes = 0] =
    /GMT([+-])(\d+):(\d+)/.exec(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? []
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** The day of an instant for the person, as `2026-03-31`. */
export function dayOf(instant: Date): string {
  const two = (number: number) => String(number).padStart(2, "0")
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}

/** The same address with the moment that is shown. */
export function useAtMoment(): (path: string, search?: Readonly<Record<string, string>>) => To {
  const { text, isPast } = useMoment()
  return useCallback(
    (path, search = {}) => {
      const params = new URLSearchParams(search)
      if (isPast) params.set(AS_OF, text)
      return { pathname: path, search: params.size > 0 ? `?${params}` : "" }
    },
    [text, isPast],
  )
}
