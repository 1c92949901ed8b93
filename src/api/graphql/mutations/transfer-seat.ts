import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql"
import type { Context } from "../context"
import { carryOut, LicensePayload, ownOrganization, SimulatedCommandInput } from "./command"

@InputType({ description: "Hands one person's seat to another, ahead of the waitlist." })
export class TransferSeatInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => ID, { description: "Who gives the seat up: seated, and assigned directly only." })
  fromUserId: string

  @Field(() => ID, { description: "Who gets it: active, and not seated yet." })
  toUserId: string

  @Field(() => String, { nullable: true, description: "Kept in the audit trail, encrypted." })
  reason?: string | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to transferSeat." })
export class TransferSeatPayload extends LicensePayload {}

@Resolver()
export class TransferSeat {
  @Mutation(() => TransferSeatPayload, {
    description:
      "Hands a seat from one user to another, ahead of everybody who waits; the audit trail says so (TRANSFER). Refused while more seats are taken than the license has, and while it is suspended.",
  })
  async transferSeat(
    @Arg("input", () => TransferSeatInput, { description: "Whose seat goes to whom." }) input: TransferSeatInput,
    @Ctx() context: Context,
  ): Promise<TransferSeatPayload> {
    const payload = new TransferSeatPayload()
    const { licenseId, fromUserId, toUserId, reason } = input
    const request = { licenseId, fromUserId, toUserId, ...(reason && { reason }) }
    await carryOut(context, payload, "transferSeat", ownOrganization(context), request, input)
    payload.licenseId = licenseId
    return payload
  }
}
