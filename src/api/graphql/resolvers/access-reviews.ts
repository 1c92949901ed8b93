/** Access reviews that were signed off, and what has changed since. */
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql"
import {
  type AccessReviewRow,
  countDrift,
  countReviews,
  type DriftRow,
  driftPage,
  reviewPage,
} from "../../../../projections/access-reviews/queries"
import type { Moment } from "../../../../projections/catalog/moment"
import { permit } from "../../../auth/permissions"
import { After, AsOfArg, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { atRevision, momentOf } from "../moments"
import { userOf } from "../present"
import { reviewOf } from "../reviews"
import { asksFor, type Selected } from "../selection"
import { requireOrganization } from "../sight"
import { AccessDrift, AccessReview } from "../types/access-review"
import type { AsOf } from "../types/as-of"
import { type Connection, pageOf } from "../types/connection"
import { AccessDriftConnection, AccessReviewConnection } from "../types/connections"
import { HistoryEntry } from "../types/history"
import { License } from "../types/license"
import type { User } from "../types/user"

@Resolver(() => AccessReview)
export class AccessReviewResolver {
  @Query(() => AccessReviewConnection, {
    description: "Reviews of who is on a license, newest first: who signed what, and what has changed since.",
    complexity: costOfPage,
  })
  async accessReviews(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("licenseId", () => ID, { nullable: true, description: "Only reviews of this license." }) licenseId?: string | null,
    @First() first?: number | null,
    @After() after?: string | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Connection<AccessReview>> {
    permit(context.viewer, "Query.accessReviews")
    const organizationId = requireOrganization(context.viewer, "accessReviews")
    const moment = await momentOf(context, organizationId, asOf)
    const size = pageSize(first)
    const list = listName("accessReviews", licenseId)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const listing = { moment, ...(licenseId ? { licenseId } : {}) }
    const [rows, totalCount] = await Promise.all([
      reviewPage(context.readStore, { ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? countReviews(context.readStore, listing) : 0,
    ])
    const reviews = await Promise.all(rows.slice(0, size).map((row) => reviewOf(context, row, moment)))
    const byId = new Map(reviews.map((review) => [review.id, review]))
    const item = ({ review_id }: AccessReviewRow) => byId.get(review_id) as AccessReview // one for each row of the page
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.revision], totalCount })
  }

  @FieldResolver(() => License, {
    nullable: true,
    description: "The license as it was reviewed: its `users` are the people who were signed off.",
    complexity: 2,
  })
  async license(@Root() { at, licenseId, reviewedRevision }: AccessReview, @Ctx() context: GraphQLContext): Promise<License | undefined> {
    const moment = await atRevision(context, at.organizationId, reviewedRevision, "reviewedRevision")
    return context.loaders.license.load({ id: licenseId, moment })
  }

  @FieldResolver(() => AccessDriftConnection, {
    description:
      "Who got or lost a seat, or a place in the waitlist, since the reviewed revision, by id. Whoever left and came back to the same state is not among them.",
    complexity: costOfPage,
  })
  async drift(
    @Root() { id, at, licenseId, reviewedRevision }: AccessReview,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<AccessDrift>> {
    const size = pageSize(first)
    const list = listName("drift", id)
    const place = decodeCursor(list, after, "s") as readonly [string] | undefined
    const listing = { moment: at, licenseId, reviewedRevision }
    const [rows, totalCount] = await Promise.all([
      driftPage(context.readStore, { ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? countDrift(context.readStore, listing) : 0,
    ])
    const shown = rows.slice(0, size)
    const drifted = await Promise.all(shown.map((row) => driftOf(context, row, { at, reviewedRevision })))
    const byId = new Map(shown.map((row, i) => [row.user_id, drifted[i]]))
    const item = ({ user_id }: DriftRow) => byId.get(user_id) as AccessDrift // one for each row of the page
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.user_id], totalCount })
  }
}

@Resolver(() => AccessDrift)
export class AccessDriftResolver {
  @FieldResolver(() => HistoryEntry, { nullable: true, description: "The event that made it so, with its cause.", complexity: 3 })
  entry(@Root() { organizationId, changedRevision }: AccessDrift, @Ctx() context: GraphQLContext): Promise<HistoryEntry | undefined> {
    return context.loaders.historyEntry.load({ organizationId, revision: changedRevision })
  }
}

async function driftOf(
  context: GraphQLContext,
  { user_id, before, now, changed_revision }: DriftRow,
  { at, reviewedRevision }: Pick<AccessReview, "at" | "reviewedRevision">,
): Promise<AccessDrift> {
  const drift = new AccessDrift()
  drift.organizationId = at.organizationId
  drift.changedRevision = changed_revision
  drift.user = await personThen(context, user_id, at, reviewedRevision)
  drift.kind = before === null ? "GAINED" : now === null ? "LOST" : "CHANGED"
  drift.before = before
  drift.now = now
  return drift
}

/** As the person is called at the moment; who was deleted since, as at the review. */
async function personThen(context: GraphQLContext, id: string, at: Moment, reviewedRevision: number): Promise<User> {
  const then = { ...at, revision: reviewedRevision, open: false }
  return (
    (await context.loaders.user.load({ id, moment: at })) ?? (await context.loaders.user.load({ id, moment: then })) ?? userOf(id, {}, at)
  )
}
