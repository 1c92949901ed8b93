/** From `asOf` to a moment: once per root field, and from there with every object into its fields. */
import { type Moment, momentOfInstant, momentOfRevision } from "../../../projections/catalog/moment"
import { endOfDay, isTimeZone } from "../../domain/calendar"
import { clip } from "./clip"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import type { AsOf, DayInTimeZone } from "./types/as-of"

/**
 * The moment that a query asks for; all "now" of one request are the same.
 * @param field the argument, for complaints
 * @throws GraphQLError BAD_USER_INPUT
 */
export async function momentOf(
  context: GraphQLContext,
  organizationId: string,
  asOf: AsOf | null | undefined,
  field = "asOf",
): Promise<Moment> {
  const now = () => context.loaders.requestNow.load(organizationId)
  if (asOf === undefined || asOf === null) return now()
  if (typeof asOf.revision === "number") return atRevision(context, organizationId, asOf.revision, `${field}.revision`)
  const instant = instantOf(asOf, field)
  const moment = await momentOfInstant(context.readStore, organizationId, instant)
  return moment.open && instant >= context.now() ? now() : moment
}

/** Rule 34: what was recorded at or before this instant counts, in ms since 1970 (UTC). @throws GraphQLError BAD_USER_INPUT */
export function instantOf({ at, date }: Pick<AsOf, "at" | "date">, field = "asOf"): number {
  if (typeof at === "number") return at
  if (date) return endOfDate(date, `${field}.date`) - 1
  throw badUserInput(field, "needs exactly one of revision, at and date")
}

/** The first instant after a day, in ms since 1970 (UTC). @throws GraphQLError BAD_USER_INPUT */
export function endOfDate({ date, timeZone }: DayInTimeZone, field: string): number {
  if (isTimeZone(timeZone)) return endOfDay(date, timeZone)
  throw badUserInput(`${field}.timeZone`, `must be a name of the IANA database, such as Europe/Amsterdam, not "${clip(timeZone)}"`)
}

export async function atRevision(context: GraphQLContext, organizationId: string, revision: number, field: string): Promise<Moment> {
  const moment = await momentOfRevision(context.readStore, organizationId, revision)
  if (moment) return moment
  if (revision < 0) throw badUserInput(field, "must not be negative: 0 is before everything")
  const { revision: shown } = await context.loaders.now.load(organizationId)
  throw badUserInput(field, `must be at most ${shown}, the newest revision that is shown; ${revision} has not happened yet`)
}
