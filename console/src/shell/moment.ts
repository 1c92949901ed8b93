/** The moment that is shown: now, or `?asOf=` in the address, which every link within the console keeps. */
import { useCallback, useMemo } from "react"
import { type To, useSearchParams } from "react-router"
import type { AsOf } from "../api/operations"

export const AS_OF = "asOf"

interface Moment {
  /** For the `asOf` argument of every query; undefined: now. */
  readonly asOf: AsOf | undefined
  readonly isPast: boolean
  /** As it stands in the address: a revision such as `1204`, or an instant such as `2026-03-31T22:00:00Z`. */
  readonly text: string
  readonly show: (text: string | undefined) => void
}

export function useMoment(): Moment {
  const [search, setSearch] = useSearchParams()
  const text = search.get(AS_OF) ?? ""
  const asOf = useMemo(() => parseMoment(text), [text])
  const show = useCallback(
    (next: string | undefined) =>
      setSearch((current) => {
        const changed = new URLSearchParams(current)
        if (next === undefined) changed.delete(AS_OF)
        else changed.set(AS_OF, next)
        return changed
      }),
    [setSearch],
  )
  return { asOf, isPast: asOf !== undefined, text, show }
}

/** A revision or an instant; undefined for anything else, which then means now. */
export function parseMoment(text: string): AsOf | undefined {
  if (/^\d{1,10}$/.test(text)) return { revision: Number(text) }
  const instant = Date.parse(text)
  return text.includes("T") && !Number.isNaN(instant) ? { at: new Date(instant).toISOString() } : undefined
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
