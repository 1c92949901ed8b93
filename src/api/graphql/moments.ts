/** From `asOf` to a moment: once per root field, and from there with every object into its fields. */
import { setTimeout as pause } from "node:timers/promises"
import { type Moment, momentOfInstant, momentOfRevision } from "../../../projections/catalog/moment"
import { endOfDay, isTimeZone } from "../../domain/calendar"
import { clip } from "./clip"
import type { GraphQLContext } from "./context"
import { badUserInput, notShownYet } from "./faults"
import type { AsOf, DayInTimeZone } from "./types/as-of"

/**
 * The moment that a query asks for; all "now" of one request are the same. What is past does not change by being asked
 * early: what is recorded and not shown yet is waited for.
 * @param field the argument, for complaints
 * @throws GraphQLError BAD_USER_INPUT; UNAVAILABLE when it was waited for in vain
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
  if (instant < context.now()) return atInstant(context, organizationId, instant, field)
  const moment = await momentOfInstant(context.readStore, organizationId, instant)
  return moment.open ? now() : moment
}

/** The last revision recorded at or before an instant that has passed. */
async function atInstant(context: GraphQLContext, organizationId: string, instant: number, field: string): Promise<Moment> {
  return whenShown(context, organizationId, field, async () => {
    const moment = await momentOfInstant(context.readStore, organizationId, instant)
    if (moment.revision > 0 && !moment.open) return moment // a later one is shown, and was recorded after the instant
    const next = await context.trees.event(organizationId, moment.revision + 1)
    return next && Date.parse(next.metadata.recordedAt) <= instant ? next.revision : moment
  })
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

/** @throws GraphQLError BAD_USER_INPUT; UNAVAILABLE when it is recorded and was waited for in vain */
export async function atRevision(context: GraphQLContext, organizationId: string, revision: number, field: string): Promise<Moment> {
  return whenShown(context, organizationId, field, async () => {
    const moment = await momentOfRevision(context.readStore, organizationId, revision)
    if (moment) return moment
    if (revision < 0) throw badUserInput(field, "must not be negative: 0 is before everything")
    if (await context.trees.event(organizationId, revision)) return revision
    const { revision: shown } = await context.loaders.now.load(organizationId)
    throw badUserInput(field, `must be at most ${shown}, the newest revision that is shown; ${revision} has not happened yet`)
  })
}

const LOOK_AGAIN_MS = 20

/** @param look finds the moment, or the revision that has to be shown first */
async function whenShown(
  { projecting, visibleWithinMs }: GraphQLContext,
  organizationId: string,
  field: string,
  look: () => Promise<Moment | number>,
): Promise<Moment> {
  const deadline = performance.now() + visibleWithinMs
  for (let before = 0; ; ) {
    const found = await look()
    if (typeof found !== "number") return found
    const left = deadline - performance.now()
    if (left <= 0) throw notShownYet(field)
    // Shown already, in read models that were made anew and that this thread has not turned to yet.
    if (found === before) await pause(LOOK_AGAIN_MS)
    before = found
    await projecting.waitFor(`organization-${organizationId}`, found, left)
  }
}
