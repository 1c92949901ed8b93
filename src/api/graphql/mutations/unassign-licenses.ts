import { Arg, Ctx, Field, ID, Info, InputType, Mutation, ObjectType, Resolver, registerEnumType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type { Context } from "../context"
import { loadGroup, namedPrincipal } from "../load"
import type { Selected } from "../selection"
import { Group } from "../types/group"
import { Principal } from "../types/principal"
import { carryOut, LicensePayload, ownOrganization, SimulatedCommandInput } from "./command"
import { type UnassignOutcome as Outcome, type Unassigned, unassignResults } from "./results"

export const UnassignOutcome = { UNASSIGNED: "UNASSIGNED", NOT_ASSIGNED: "NOT_ASSIGNED" } as const satisfies { [O in Outcome]: O }
registerEnumType(UnassignOutcome, {
  name: "UnassignOutcome",
  description: "What became of one user or group of the command.",
  valuesConfig: {
    UNASSIGNED: { description: "No longer assigned; a user may still have the license through groups (stillLicensedVia)." },
    NOT_ASSIGNED: { description: "Was not assigned: nothing changed." },
  },
})

@InputType({ description: "Takes a license from users and groups: from all of them or, when refused, from none." })
export class UnassignLicensesInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The license to take." })
  licenseId: string

  @Field(() => [ID], { description: "1 to 100 users and groups; duplicates count once." })
  principalIds: string[]

  @Field(() => String, { nullable: true, description: "Kept in the audit trail, encrypted." })
  reason?: string | null
}

@ObjectType({ simpleResolvers: true, description: "What became of one user or group." })
export class UnassignResult {
  @Field(() => UnassignOutcome, { description: "What became of it." })
  readonly outcome: Outcome

  constructor(
    private readonly unassigned: Unassigned,
    private readonly at: Moment,
  ) {
    this.outcome = unassigned.outcome
  }

  @Field(() => Principal, { description: "The user or group, as it was right after the command." })
  principal(@Ctx() context: Context, @Info() info: Selected): Principal | undefined | Promise<Principal | undefined> {
    return namedPrincipal(context, this.unassigned.principalId, this.at, info)
  }

  @Field(() => [Group], { description: "Groups through which the user keeps the license; empty for a group." })
  stillLicensedVia(@Ctx() context: Context): Promise<(Group | undefined)[]> {
    return Promise.all(this.unassigned.stillLicensedVia.map((id) => loadGroup(context, id, this.at)))
  }
}

@ObjectType({ simpleResolvers: true, description: "The answer to unassignLicenses." })
export class UnassignLicensesPayload extends LicensePayload {
  @Field(() => [UnassignResult], {
    description: "One per user or group, in the order of the input. Empty when refused or not yet visible.",
  })
  results: UnassignResult[] = []
}

@Resolver()
export class UnassignLicenses {
  @Mutation(() => UnassignLicensesPayload, {
    description:
      "Ends direct assignments. A seat is given back when nothing else entitles its holder, and goes to whoever waits longest. A user who has the license only through groups is refused (INHERITED_FROM_GROUP).",
  })
  async unassignLicenses(
    @Arg("input", () => UnassignLicensesInput, { description: "What to take from whom." }) input: UnassignLicensesInput,
    @Ctx() context: Context,
  ): Promise<UnassignLicensesPayload> {
    const payload = new UnassignLicensesPayload()
    const { licenseId, principalIds, reason } = input
    const request = { licenseId, principalIds, ...(reason && { reason }) }
    const accepted = await carryOut(context, payload, "unassignLicenses", ownOrganization(context), request, input)
    payload.licenseId = licenseId
    const { at } = payload
    if (accepted && at) payload.results = unassignResults(principalIds, accepted.events).map((ended) => new UnassignResult(ended, at))
    return payload
  }
}
