/** Which days are looked at, as it stands in the address: `?range=365`, or `?range=custom&from=…&to=…`. They are days of whoever looks. */
import { useCallback } from "react"
import type { CalendarUnit } from "../api/operations"
import { useAddress } from "../parts/address"
import { dayOf } from "../shell/moment"

export const RANGES = ["30", "90", "365", "custom"] as const
export type RangeName = (typeof RANGES)[number]

export interface Range {
  readonly name: RangeName
  readonly from: string
  readonly to: string
  readonly by: CalendarUnit
  readonly choose: (name: RangeName, days?: { readonly from: string; readonly to: string }) => void
}

/** The API answers at most 400 intervals; a chart is legible with fewer. */
const MOST_DAYS = 120
const MOST_DAYS_IN_WEEKS = 800

/** @param last the last day that there is, in ms since 1970 */
export function useRange(last: number): Range {
  const [params, change] = useAddress()
  const choose = useCallback<Range["choose"]>(
    (name, days) =>
      change(
        (next) => {
          next.set("range", name)
          for (const end of ["from", "to"] as const) {
            if (days) next.set(end, days[end])
            else next.delete(end)
          }
        },
        { replace: true },
      ),
    [change],
  )
  const today = dayOf(new Date(last))
  const name = RANGES.find((known) => known === params.get("range")) ?? "30"
  const isDay = (text: string | null): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(text ?? ""))
  if (name !== "custom") return { name, from: daysBefore(today, Number(name) - 1), to: today, by: name === "365" ? "WEEK" : "DAY", choose }
  const [given, until] = [params.get("from"), params.get("to")]
  const to = isDay(until) && until < today ? until : today
  const from = isDay(given) && given <= to ? given : daysBefore(to, 29)
  const length = (Date.parse(to) - Date.parse(from)) / DAY_MS
  return { name, from, to, by: length <= MOST_DAYS ? "DAY" : length <= MOST_DAYS_IN_WEEKS ? "WEEK" : "MONTH", choose }
}

const DAY_MS = 86_400_000

/** The day so many days before a day, as `2026-03-31`. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * DAY_MS).toISOString().slice(0, 10)
}
