import { type Projection, rowTable } from "../../src/readstore/projection"
import type { AccessReviewRow } from "./queries"
import { tables } from "./tables"

const review = rowTable<AccessReviewRow>(
  "access_review",
  ["review_id"],
  [
    "review_id",
    "organization_id",
    "license_id",
    "revision",
    "recorded_at",
    "reviewed_revision",
    "root",
    "seated",
    "waitlisted",
    "digest",
    "statement",
    "actor_type",
    "actor_id",
    "actor_role",
  ],
)

export const accessReviews: Projection = {
  name: "access-reviews",
  version: 1,
  tables,
  on: {
    AccessReviewSigned({ data, organizationId, revision, at, metadata: { actor } }, work) {
      work.rows(review).add({
        review_id: data.reviewId,
        organization_id: organizationId,
        license_id: data.licenseId,
        revision,
        recorded_at: at,
        reviewed_revision: data.reviewedRevision,
        root: data.root,
        ...data.people,
        statement: data.statement ?? null,
        actor_type: actor.type,
        actor_id: actor.id,
        actor_role: actor.role ?? null,
      })
    },
  },
}
