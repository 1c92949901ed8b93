/** Signing off who is on a license: bound to a revision, its history and these people. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql"
import { reviewById } from "../../../../projections/access-reviews/queries"
import { momentOfRevision } from "../../../../projections/catalog/moment"
import { permit } from "../../../auth/permissions"
import { isId } from "../../../domain/ids"
import { invalid } from "../../../domain/input"
import type { Context } from "../context"
import { reviewOf, signable } from "../reviews"
import { requireOrganization } from "../sight"
import { AccessReview } from "../types/access-review"
import { CommandInput, carryOut, Payload, refuse, written } from "./command"

@InputType({ description: "What was reviewed." })
export class SignAccessReviewInput extends CommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => Int, { description: "The revision that was looked at: the `asOf` of the list that was reviewed." })
  revision: number

  @Field(() => String, { nullable: true, description: "What the reviewer has to say; at most 2,000 characters." })
  statement?: string | null

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Sign the list as it was reviewed, although people got or lost a seat since; the difference is listed as drift. Otherwise that is refused (STALE_VIEW).",
  })
  allowDrift?: boolean | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to signAccessReview." })
export class SignAccessReviewPayload extends Payload {
  reviewId?: string

  @Field(() => AccessReview, { nullable: true, description: "The review that was signed." })
  async review(@Ctx() context: Context): Promise<AccessReview | undefined> {
    if (!this.at || this.reviewId === undefined) return undefined
    const row = await reviewById(context.readStore, this.reviewId)
    return row && reviewOf(context, row, await context.loaders.now.load(row.organization_id))
  }
}

@Resolver()
export class SignAccessReview {
  @Mutation(() => SignAccessReviewPayload, {
    description:
      "Signs off the people on a license as of a revision. The signature names the Merkle root of that revision and a fingerprint of the people, so that what was signed can be proved for good; who is on the license otherwise later is listed as drift.",
  })
  async signAccessReview(
    @Arg("input", () => SignAccessReviewInput, { description: "What was reviewed." }) input: SignAccessReviewInput,
    @Ctx() context: Context,
  ): Promise<SignAccessReviewPayload> {
    permit(context.viewer, "Mutation.signAccessReview")
    const organizationId = requireOrganization(context.viewer, "signAccessReview")
    const payload = new SignAccessReviewPayload()
    const { licenseId, revision, statement, allowDrift } = input
    const moment = await momentOfRevision(context.readStore, organizationId, revision)
    if (!moment) {
      await refuse(context, payload, "signAccessReview", await notShown(context, organizationId, revision))
      return payload
    }
    const license = isId("lic", licenseId) ? await context.loaders.license.load({ id: licenseId, moment }) : undefined
    if (!license) {
      await refuse(context, payload, "signAccessReview", { code: "LICENSE_NOT_FOUND", licenseId })
      return payload
    }
    const request = {
      licenseId,
      reviewedRevision: revision,
      ...(await signable(context, moment, licenseId)),
      allowDrift: allowDrift ?? false,
      ...(statement !== undefined && statement !== null && { statement }),
    }
    const accepted = await carryOut(context, payload, "signAccessReview", organizationId, request, input)
    if (accepted) payload.reviewId = written(accepted, "AccessReviewSigned").reviewId
    return payload
  }
}

async function notShown(context: Context, organizationId: string, revision: number) {
  const { revision: shown } = await context.loaders.now.load(organizationId)
  return invalid("revision", `must be from 1 to ${shown}, the newest revision that is shown; ${revision} is not`)
}
