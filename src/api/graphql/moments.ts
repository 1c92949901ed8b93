/** From `asOf` to a moment: once per root field, and from there with every object into its fields. */
import { type Moment, momentOfInstant, momentOfRevision } from "../../../projections/catalog/moment"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import type { AsOf } from "./types/as-of"

/** The moment that a query asks for; all "now" of one request are the same. @throws GraphQLError BAD_USER_INPUT */
export async function momentOf(context: GraphQLContext, organizationId: string, asOf: AsOf | null | undefined): Promise<Moment> {
  if (asOf === undefined || asOf === null) return context.loaders.requestNow.load(organizationId)
  if (typeof asOf.revision === "number") return atRevision(context, organizationId, asOf.revision, "asOf.revision")
  if (typeof asOf.at === "number") return momentOfInstant(context.readStore, organizationId, asOf.at)
  throw badUserInput("asOf", "needs exactly one of revision and at")
}

export async function atRevision(context: GraphQLContext, organizationId: string, revision: number, field: string): Promise<Moment> {
  const moment = await momentOfRevision(context.readStore, organizationId, revision)
  if (moment) return moment
  if (revision < 0) throw badUserInput(field, "must not be negative: 0 is before everything")
  const { revision: shown } = await context.loaders.now.load(organizationId)
  throw badUserInput(field, `must be at most ${shown}, the newest revision that is shown; ${revision} has not happened yet`)
}
