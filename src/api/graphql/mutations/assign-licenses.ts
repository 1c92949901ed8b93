import { Arg, Ctx, Field, ID, Info, InputType, Int, Mutation, ObjectType, Resolver, registerEnumType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type { OnShortage as Shortage } from "../../../domain/events"
import type { Context } from "../context"
import { namedPrincipal } from "../load"
import type { Selected } from "../selection"
import { OnShortage } from "../types/enums"
import { Principal } from "../types/principal"
import { carryOut, LicensePayload, ownOrganization, SimulatedCommandInput } from "./command"
import { type Assigned, assignResults, type AssignOutcome as Outcome } from "./results"

export const AssignOutcome = {
  ASSIGNED: "ASSIGNED",
  WAITLISTED: "WAITLISTED",
  ALREADY_ASSIGNED: "ALREADY_ASSIGNED",
} as const satisfies { [O in Outcome]: O }
registerEnumType(AssignOutcome, {
  name: "AssignOutcome",
  description: "What became of one user or group of the command.",
  valuesConfig: {
    ASSIGNED: { description: "Assigned; a user then holds a seat, of a group as many members as found one." },
    WAITLISTED: { description: "The user is assigned and waits for a seat." },
    ALREADY_ASSIGNED: { description: "Was assigned before: nothing changed." },
  },
})

@InputType({ description: "Gives a license to users and groups: all of them or, when refused, none." })
export class AssignLicensesInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The license to give." })
  licenseId: string

  @Field(() => [ID], {
    description: "1 to 100 users and groups. Users are seated first, then groups, each in this order; duplicates count once.",
  })
  principalIds: string[]

  @Field(() => OnShortage, { nullable: true, defaultValue: "REJECT", description: "What to do when seats are short." })
  onShortage?: Shortage | null

  @Field(() => String, { nullable: true, description: "Kept in the audit trail, encrypted." })
  reason?: string | null
}

@ObjectType({ simpleResolvers: true, description: "What became of one user or group." })
export class AssignResult {
  @Field(() => AssignOutcome, { description: "What became of it." })
  readonly outcome: Outcome

  @Field(() => Int, {
    description:
      "How many of its people hold a seat with this assignment; 0 when nothing changed. People whom the same command names themselves count under their own name only; seats of a large group that are still in progress are not counted yet.",
  })
  readonly seated: number

  @Field(() => Int, { description: "How many of its people wait for a seat with this assignment, counted likewise." })
  readonly waitlisted: number

  constructor(
    private readonly assigned: Assigned,
    private readonly at: Moment,
  ) {
    this.outcome = assigned.outcome
    this.seated = assigned.seated
    this.waitlisted = assigned.waitlisted
  }

  @Field(() => Principal, { description: "The user or group, as it was right after the command." })
  principal(@Ctx() context: Context, @Info() info: Selected): Principal | undefined | Promise<Principal | undefined> {
    return namedPrincipal(context, this.assigned.principalId, this.at, info)
  }
}

@ObjectType({ simpleResolvers: true, description: "The answer to assignLicenses." })
export class AssignLicensesPayload extends LicensePayload {
  @Field(() => [AssignResult], { description: "One per user or group, in the order of the input. Empty when refused or not yet visible." })
  results: AssignResult[] = []
}

@Resolver()
export class AssignLicenses {
  @Mutation(() => AssignLicensesPayload, {
    description:
      "Assigns a license to users and groups. Users need a free seat, unless onShortage says that they may wait; groups are always accepted, and members beyond the free seats wait. All or nothing.",
  })
  async assignLicenses(
    @Arg("input", () => AssignLicensesInput, { description: "What to assign to whom." }) input: AssignLicensesInput,
    @Ctx() context: Context,
  ): Promise<AssignLicensesPayload> {
    const payload = new AssignLicensesPayload()
    const { licenseId, principalIds, reason } = input
    const request = { licenseId, principalIds, onShortage: input.onShortage ?? OnShortage.REJECT, ...(reason && { reason }) }
    const accepted = await carryOut(context, payload, "assignLicenses", ownOrganization(context), request, input)
    payload.licenseId = licenseId
    const { at } = payload
    if (accepted && at) payload.results = assignResults(principalIds, accepted.events).map((assigned) => new AssignResult(assigned, at))
    return payload
  }
}
