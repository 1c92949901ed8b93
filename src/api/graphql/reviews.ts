/** Access reviews from their rows, and what a reviewer is about to sign. */
import { createHash } from "node:crypto"
import { type AccessReviewRow, peopleAt } from "../../../projections/access-reviews/queries"
import type { Moment } from "../../../projections/catalog/moment"
import type { ReviewedPeople, Sealed } from "../../domain/events"
import type { GraphQLContext } from "./context"
import { tellingOfLog } from "./faults"
import { AccessReview } from "./types/access-review"
import { Actor } from "./types/history"

/** @param at the moment at which it is looked at */
export async function reviewOf(context: GraphQLContext, row: AccessReviewRow, at: Moment): Promise<AccessReview> {
  const { organization_id: organizationId, revision, recorded_at: instant, actor_type: type, actor_id: id } = row
  const name = await context.loaders.actorName.load({ organizationId, type, id, revision, instant })
  const reviewer = new Actor()
  reviewer.type = type
  reviewer.id = id
  reviewer.displayName = name === id ? null : name
  reviewer.role = row.actor_role
  const review = new AccessReview()
  review.at = at
  review.licenseId = row.license_id
  review.id = row.review_id
  review.revision = revision
  review.signedAt = instant
  review.reviewer = reviewer
  review.statement = row.statement === null ? null : await statementOf(context, organizationId, row.statement)
  review.reviewedRevision = row.reviewed_revision
  review.root = row.root
  review.seated = row.seated
  review.waitlisted = row.waitlisted
  review.digest = row.digest
  return review
}

async function statementOf({ loaders }: GraphQLContext, organizationId: string, text: Sealed): Promise<string | null> {
  const keys = await loaders.keys.load([{ organizationId, text }])
  return keys.openText(organizationId, text) ?? null
}

/**
 * What binds a signature to a moment. The root is that of a checkpoint, so that nobody puts a name to a log that is not the
 * one of the checkpoints before.
 * @throws GraphQLError LOG_REWRITTEN, UNAVAILABLE
 */
export async function signable(
  { readStore, checkpoints }: Pick<GraphQLContext, "readStore" | "checkpoints">,
  moment: Moment,
  licenseId: string,
): Promise<{ readonly root: string; readonly people: ReviewedPeople }> {
  const { organizationId, revision } = moment
  const [{ root }, { list, ...counts }] = await Promise.all([
    tellingOfLog(() => checkpoints.at(organizationId, revision)),
    peopleAt(readStore, moment, licenseId),
  ])
  const digest = createHash("sha256").update(list).digest("base64")
  return { root: root.toString("base64"), people: { ...counts, digest } }
}
