/** When a message that was not taken is sent again: the schedule that Standard Webhooks 1.0 proposes, with jitter. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Before each attempt, counted from the one before it: ten attempts over about three days. */
const DELAYS: readonly number[] = [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
/** A letter that an operator sends again is not given three days once more: it holds up what follows. */
const REPLAY_ATTEMPTS = 3
const LONGEST_WAIT = 24 * HOUR
/** Receivers that were down together must not all be called in the same moment. Never earlier, up to a fifth later. */
const JITTER = 0.2

/**
 * How long to wait after this many failed attempts, in ms; undefined when that was the last one.
 * @param random from 0 to 1
 * @param retryAfter what the receiver asked for, in ms
 */
export function delayAfter(
  failed: number,
  { replayed, random, retryAfter = 0 }: { readonly replayed: boolean; readonly random: number; readonly retryAfter?: number | undefined },
): number | undefined {
  const delay = DELAYS[failed]
  if (delay === undefined || (replayed && failed >= REPLAY_ATTEMPTS)) return undefined
  return Math.max(Math.round(delay * (1 + JITTER * random)), Math.min(retryAfter, LONGEST_WAIT))
}

/** RFC 9110 §10.2.3: seconds, or a date. In ms from `now`; undefined for what says nothing. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
