/** Access reviews from their rows, and what a reviewer is about to sign. */
import { createHash } from "node:crypto"
import { type AccessReviewRow, peopleAt } from "../../../projections/access-reviews/queries"
import type { Moment } from "../../../projections/catalog/moment"
import { nodeHashes } from "../../../projections/proofs/queries"
import type { ReviewedPeople, Sealed } from "../../domain/events"
import type { GraphQLContext } from "./context"
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

/** What binds a signature to a moment; undefined while the tree has not reached it. */
export async function signable(
  { readStore }: Pick<GraphQLContext, "readStore">,
  moment: Moment,
  licenseId: string,
): Promise<{ readonly root: string; readonly people: ReviewedPeople } | undefined> {
  const [hashes, { list, ...counts }] = await Promise.all([
    nodeHashes(readStore, moment.organizationId, [{ from: 0, to: moment.revision }]),
    peopleAt(readStore, moment, licenseId),
  ])
  const root = hashes?.[0]
  const digest = createHash("sha256").update(list).digest("base64")
  return root && { root: root.toString("base64"), people: { ...counts, digest } }
}
