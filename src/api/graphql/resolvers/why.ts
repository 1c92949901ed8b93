/** Why somebody holds a seat, and why not. */
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql"
import { countTransitions } from "../../../../projections/seats/why"
import { permit } from "../../../auth/permissions"
import { AsOfArg, LARGEST_PAGE, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { notFound } from "../faults"
import { Language } from "../language"
import { organizationOfSight, ownUserId } from "../load"
import { momentOf } from "../moments"
import { sightOf } from "../sight"
import type { AsOf } from "../types/as-of"
import { LicenseExplanation, SeatTransition } from "../types/why"
import { explained, transitionsOf } from "../why"
import { sentencesOf } from "../why-words"

@Resolver(() => LicenseExplanation)
export class WhyResolver {
  @Query(() => LicenseExplanation, {
    complexity: ({ childComplexity }) => 20 + childComplexity,
    description:
      "Why this person holds a seat of this license at that moment, waits for one or has none: what entitles, what happened to the seat, and who started it. A member may ask about the own account.",
  })
  async whyLicensed(
    @Ctx() context: GraphQLContext,
    @Arg("licenseId", () => ID, { description: "The license." }) licenseId: string,
    @Arg("userId", () => ID, { description: "The person; one who was deleted as well." }) userId: string,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<LicenseExplanation> {
    permit(context.viewer, "Query.whyLicensed")
    const organizationId = await organizationOfSight(context)
    if (organizationId === undefined) throw notFound("licenseId")
    const sight = sightOf(context.viewer)
    if (sight.of === "SELF" && (await ownUserId(context, sight)) !== userId) throw notFound("userId")
    const moment = await momentOf(context, organizationId, asOf)
    return explained(context, { moment, licenseId, userId }, sight.of === "ORGANIZATION")
  }

  @FieldResolver(() => [SeatTransition], {
    complexity: ({ args, childComplexity }: { args: { last?: number | null }; childComplexity: number }) =>
      2 + Math.min(Math.max(args.last ?? LARGEST_PAGE, 1), LARGEST_PAGE) * childComplexity,
    description: "What happened to the person's seat up to that moment, oldest first: all claims on this license, former ones as well.",
  })
  async transitions(
    @Root() told: LicenseExplanation,
    @Ctx() context: GraphQLContext,
    @Arg("last", () => Int, { nullable: true, defaultValue: LARGEST_PAGE, description: `The newest so many, from 1 to ${LARGEST_PAGE}.` })
    last?: number | null,
  ): Promise<SeatTransition[]> {
    const size = pageSize(last, LARGEST_PAGE, "last")
    return (await transitionsOf(context, told)).slice(-size)
  }

  @FieldResolver(() => Int, { complexity: 5, description: "How many such changes there were. Only counted when asked for." })
  transitionCount(@Root() { at: moment, licenseId, userId }: LicenseExplanation, @Ctx() { readStore }: GraphQLContext): Promise<number> {
    return countTransitions(readStore, { moment, licenseId, userId })
  }

  @FieldResolver(() => [String], { complexity: 5, description: "All of it in sentences, with the names of that moment." })
  explanation(
    @Root() told: LicenseExplanation,
    @Ctx() context: GraphQLContext,
    @Arg("timeZone", () => String, {
      nullable: true,
      defaultValue: "UTC",
      description: "In which days are told, by its name in the IANA database, such as `Europe/Amsterdam`.",
    })
    timeZone?: string | null,
    @Arg("language", () => Language, { nullable: true, defaultValue: "EN", description: "In which language." })
    language?: Language | null,
  ): Promise<string[]> {
    return sentencesOf(context, told, { timeZone: timeZone ?? "UTC", language: language ?? "EN" })
  }
}
