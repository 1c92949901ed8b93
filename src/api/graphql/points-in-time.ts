/** Moments as points on the clock: where a stretch of time begins and ends, which is more than the revision that held there. */
import { type Moment, momentOfRevision } from "../../../projections/catalog/moment"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import { atRevision, momentOf } from "./moments"
import type { AsOf } from "./types/as-of"

export interface PointInTime {
  readonly moment: Moment
  /** In ms since 1970 (UTC): not before the moment's revision was recorded, and not before the next one's. */
  readonly instant: number
}

/** A caller's clock may be ahead of ours by so much. */
const TOLERANCE_MS = 60_000

/**
 * A revision stands where it was recorded, an instant where it is, and "now" (left out) where the clock stands.
 * @param field the argument, for complaints
 * @throws GraphQLError BAD_USER_INPUT for what has not happened yet
 */
export async function pointInTime(
  context: GraphQLContext,
  organizationId: string,
  asOf: AsOf | null | undefined,
  field: string,
): Promise<PointInTime> {
  if (typeof asOf?.revision === "number") {
    const moment = await atRevision(context, organizationId, asOf.revision, `${field}.revision`)
    return { moment, instant: await recordedAt(context, moment) }
  }
  const instant = asOf ? INSTANTS.at(asOf.at, context.now(), `${field}.at`) : context.now()
  const moment = await momentOf(context, organizationId, asOf)
  // Our clock may have been set back since the last event was recorded.
  return { moment, instant: Math.max(instant, await recordedAt(context, moment)) }
}

/** Where the choices of `AsOf` that are no revision stand on the clock, at the latest now. */
const INSTANTS: { readonly [Choice in keyof Omit<AsOf, "revision">]-?: (value: AsOf[Choice], now: number, field: string) => number } = {
  at(instant = Number.NaN, now, field) {
    if (instant <= now + TOLERANCE_MS) return Math.min(instant, now)
    throw badUserInput(field, "must not be in the future")
  },
}

/** When the revision of a moment was recorded; revision 0 ended with the first event. */
async function recordedAt({ readStore }: GraphQLContext, { organizationId, revision }: Moment): Promise<number> {
  const recorded = await momentOfRevision(readStore, organizationId, Math.max(1, revision))
  return recorded?.instant ?? 0
}
