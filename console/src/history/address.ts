/** The filter of the history as it stands in the address: `/history?licenseId=lic_x&types=SeatsGranted&from=2026-03-01`. */
import { useCallback, useMemo } from "react"
import type { AsOf, HistoryFilter } from "../api/operations"
import { useAddress } from "../parts/address"
import { lastInstantOf } from "../shell/moment"
import { isKnown } from "./event-types"

export const FILTERS = ["text", "licenseId", "userId", "groupId", "actor", "types", "from", "to"] as const
export type FilterName = (typeof FILTERS)[number]
/** As written in the address; empty: no condition. `types` has commas between, `from` and `to` are days. */
export type Filters = Readonly<Record<FilterName, string>>

export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, ""])) as Filters

export interface AddressFilters {
  readonly filters: Filters
  readonly oldestFirst: boolean
  readonly set: (changes: Partial<Filters> & { readonly oldestFirst?: boolean }) => void
}

export function useAddressFilters(): AddressFilters {
  const [params, change] = useAddress()
  const filters = useMemo(() => Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ""])) as Filters, [params])
  const set = useCallback<AddressFilters["set"]>(
    ({ oldestFirst, ...changes }) =>
      change(
        (next) => {
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value)
            else next.delete(name)
          }
          if (oldestFirst === true) next.set("order", "oldest")
          if (oldestFirst === false) next.delete("order")
        },
        { replace: true },
      ),
    [change],
  )
  return { filters, oldestFirst: params.get("order") === "oldest", set }
}

export function typesOf({ types }: Filters): readonly string[] {
  return types.split(",").filter(isKnown)
}

/** Days are days of the person who looks; the last one is part of it. */
export function filterOf(filters: Filters): HistoryFilter {
  const { text, licenseId, userId, groupId, actor, from, to } = filters
  const types = typesOf(filters)
  const since = startOfDay(from, 0)
  const until = startOfDay(to, 1)
  return {
    ...(text && { text }),
    ...(licenseId && { licenseId }),
    ...(userId && { userId }),
    ...(groupId && { groupId }),
    ...(actor && { actor }),
    ...(types.length > 0 && { types: [...types] }),
    ...(since && { from: since }),
    ...(until && { to: until }),
  }
}

/** Of the past only what had happened by then; the filter takes what was recorded before `to`, the moment includes its instant. */
export function upTo(filter: HistoryFilter, asOf: AsOf | undefined): HistoryFilter {
  if (!asOf) return filter
  const last = lastInstantOf(asOf)
  if (last === undefined) return { ...filter, toRevision: asOf.revision ?? 0 }
  const end = new Date(last + 1).toISOString()
  return { ...filter, to: filter.to && filter.to < end ? filter.to : end }
}

/** `2026-03-31` → when that day begins for the person, or the day so many days later; undefined for anything that is no day. */
export function startOfDay(day: string, later: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return undefined
  const [, year, month, date] = match.map(Number)
  const start = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}
