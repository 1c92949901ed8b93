/** What the ledger knows of the moment that is shown: its revision, its time, and whether there was anything at all. */
import { useEffect, useState } from "react"
import { useQuery } from "urql"
import { codeOf } from "../api/client"
import { type AsOf, MomentDocument } from "../api/operations"
import { lastInstantOf, useMoment } from "./moment"

export interface KnownMoment {
  /** Undefined until the answer is there. */
  readonly revision: number | undefined
  /** The instant asked for, or when the revision asked for was recorded. */
  readonly at: string | undefined
  /** When the first event of all was recorded. */
  readonly beganAt: string | undefined
  readonly isFuture: boolean
}

/** Undefined while now is shown. */
export function useKnownMoment(): KnownMoment | undefined {
  const { asOf } = useMoment()
  const [{ data, error }] = useQuery({
    query: MomentDocument,
    variables: { asOf: asOf ?? { revision: 0 } },
    pause: !asOf,
    requestPolicy: "cache-first",
  })
  if (!asOf) return undefined
  const [first] = data?.history.nodes ?? []
  const isUnheardOf = error !== undefined && codeOf(error) === "BAD_USER_INPUT"
  return {
    revision: data?.changesBetween.to.revision,
    at: data?.changesBetween.to.at,
    beganAt: first?.recordedAt,
    isFuture: isUnheardOf || isLater(asOf),
  }
}

/** The time that is shown, in ms since 1970; undefined while that is being asked for. */
export function useShownInstant(): number | undefined {
  const known = useKnownMoment()
  const now = useMinute()
  if (!known) return now
  return known.at === undefined ? undefined : Math.min(Date.parse(known.at), now)
}

const MINUTE_MS = 60_000

/** Now, in ms since 1970, drawn anew every minute: what is counted down goes on while nothing else happens. */
function useMinute(): number {
  const [, draw] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => draw((times) => times + 1), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return Date.now()
}

/** A day that has begun shows what there is of it. */
function isLater(asOf: AsOf): boolean {
  if (asOf.date) return asOf.date.date > dayIn(asOf.date.timeZone, new Date())
  return (lastInstantOf(asOf) ?? 0) > Date.now()
}

/** The day of an instant somewhere, as `2026-03-31`. */
function dayIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat("sv", { timeZone }).format(instant) // Swedish writes days so
}
