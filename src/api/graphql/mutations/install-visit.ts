import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql"
import type { Context } from "../context"
import { CommandInput, carryOut, LicensePayload, ownOrganization, written } from "./command"

@InputType({ description: "The license whose product is about to be installed." })
export class RecordInstallVisitInput extends CommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string
}

@ObjectType({ simpleResolvers: true, description: "The answer to recordInstallVisit." })
export class RecordInstallVisitPayload extends LicensePayload {
  @Field(() => String, { nullable: true, description: "Where to go: the vendor's address, as it was when the visit was recorded." })
  installUrl?: string
}

@Resolver()
export class InstallVisit {
  @Mutation(() => RecordInstallVisitPayload, {
    description: "The admin followed Install this product: the visit is kept in the audit trail, and the vendor's address is returned.",
  })
  async recordInstallVisit(
    @Arg("input", () => RecordInstallVisitInput, { description: "Which license." }) input: RecordInstallVisitInput,
    @Ctx() context: Context,
  ): Promise<RecordInstallVisitPayload> {
    const payload = new RecordInstallVisitPayload()
    const { licenseId } = input
    const accepted = await carryOut(context, payload, "recordInstallVisit", ownOrganization(context), { licenseId }, input)
    payload.licenseId = licenseId
    if (accepted) payload.installUrl = written(accepted, "InstallLinkVisited").installUrl
    return payload
  }
}
