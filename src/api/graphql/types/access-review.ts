import { Field, ID, Int, ObjectType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import { DateTime } from "../scalars"
import { DriftKind, SeatState } from "./enums"
import { Actor } from "./history"
import { User } from "./user"

@ObjectType({
  simpleResolvers: true,
  description: "What a reviewer signed off: these people on this license, bound to a revision and to the history up to it.",
})
export class AccessReview {
  /** The moment at which it is looked at: drift is counted up to here. */
  at!: Moment
  licenseId!: string

  @Field(() => ID, { description: "The id of the review." })
  id!: string

  @Field(() => Int, { description: "The revision of the signature itself." })
  revision!: number

  @Field(() => DateTime, { description: "When it was signed." })
  signedAt!: number

  @Field(() => Actor, { description: "Who signed." })
  reviewer!: Actor

  @Field(() => String, { nullable: true, description: "What the reviewer had to say; null also when it named somebody who was erased." })
  statement!: string | null

  @Field(() => Int, { description: "The revision that was reviewed." })
  reviewedRevision!: number

  @Field(() => String, { description: "Root of the Merkle tree of that revision (RFC 6962), base64: what the signature is bound to." })
  root!: string

  @Field(() => Int, { description: "How many people held a seat then." })
  seated!: number

  @Field(() => Int, { description: "How many people waited for one." })
  waitlisted!: number

  @Field(() => String, {
    description:
      'Who they were, as a fingerprint: SHA-256, base64, of the canonical JSON (RFC 8785) of `[["usr_…","SEATED"],…]`, sorted by id.',
  })
  digest!: string
}

@ObjectType({ simpleResolvers: true, description: "Somebody who is on the license otherwise than when it was reviewed." })
export class AccessDrift {
  organizationId!: string
  changedRevision!: number

  @Field(() => User, { description: "The person, as of the moment that is shown, or as last known." })
  user!: User

  @Field(() => DriftKind, { description: "What has changed." })
  kind!: DriftKind

  @Field(() => SeatState, { nullable: true, description: "The state that was reviewed; null for who was not on the license." })
  before!: SeatState | null

  @Field(() => SeatState, { nullable: true, description: "The state since; null for who is no longer on the license." })
  now!: SeatState | null
}
