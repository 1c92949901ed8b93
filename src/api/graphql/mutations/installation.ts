/** Operators only: the installation's own administration, its organizations and vendors. */
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from "type-graphql"
import type { Context } from "../context"
import { loadOrganization, loadVendor } from "../load"
import { Organization } from "../types/organization"
import { Vendor } from "../types/vendor"
import { CommandInput, carryOut, carryOutForVendor, Payload, written } from "./command"

@InputType({ description: "A new organization." })
export class CreateOrganizationInput extends CommandInput {
  @Field(() => String, { description: "What it is called; need not be unique." })
  name: string
}

@InputType({ description: "The organization to close." })
export class CloseOrganizationInput extends CommandInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string

  @Field(() => String, { nullable: true, description: "Kept in the audit trail, encrypted." })
  reason?: string | null
}

@InputType({ description: "A new vendor." })
export class RegisterVendorInput extends CommandInput {
  @Field(() => String, { description: "What it is called; need not be unique." })
  name: string

  @Field(() => String, {
    nullable: true,
    description: "How admins reach the vendor about more or fewer seats: a mail address, a phone number, a page.",
  })
  contact?: string | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to createOrganization and closeOrganization." })
export class OrganizationPayload extends Payload {
  organizationId?: string

  @Field(() => Organization, { nullable: true, description: "The organization as it is now." })
  organization(@Ctx() context: Context): Promise<Organization | undefined> | undefined {
    return this.visible && this.organizationId !== undefined ? loadOrganization(context, this.organizationId) : undefined
  }
}

@ObjectType({ simpleResolvers: true, description: "The answer to registerVendor." })
export class VendorPayload extends Payload {
  vendorId?: string

  @Field(() => Vendor, { nullable: true, description: "The new vendor." })
  vendor(@Ctx() context: Context): Promise<Vendor | undefined> | undefined {
    return this.visible && this.vendorId !== undefined ? loadVendor(context, this.vendorId) : undefined
  }
}

@Resolver()
export class Installation {
  @Mutation(() => OrganizationPayload, { description: "Operators only: opens the ledger of a new organization." })
  async createOrganization(
    @Arg("input", () => CreateOrganizationInput, { description: "The organization." }) input: CreateOrganizationInput,
    @Ctx() context: Context,
  ): Promise<OrganizationPayload> {
    const payload = new OrganizationPayload()
    const accepted = await carryOut(context, payload, "createOrganization", undefined, { name: input.name }, input)
    if (accepted) payload.organizationId = written(accepted, "OrganizationCreated").organizationId
    return payload
  }

  @Mutation(() => OrganizationPayload, {
    description:
      "Operators only: refuses every further command of that organization, but for the erasure of people. Its ledger stays readable.",
  })
  async closeOrganization(
    @Arg("input", () => CloseOrganizationInput, { description: "The organization." }) input: CloseOrganizationInput,
    @Ctx() context: Context,
  ): Promise<OrganizationPayload> {
    const payload = new OrganizationPayload()
    const { organizationId, reason } = input
    const accepted = await carryOut(context, payload, "closeOrganization", organizationId, { ...(reason && { reason }) }, input)
    if (accepted) payload.organizationId = organizationId
    return payload
  }

  @Mutation(() => VendorPayload, { description: "Operators only: admits a vendor, who may then list products and register licenses." })
  async registerVendor(
    @Arg("input", () => RegisterVendorInput, { description: "The vendor." }) input: RegisterVendorInput,
    @Ctx() context: Context,
  ): Promise<VendorPayload> {
    const payload = new VendorPayload()
    const { name, contact } = input
    const accepted = await carryOutForVendor(context, payload, "registerVendor", undefined, { name, ...(contact && { contact }) }, input)
    if (accepted) payload.vendorId = written(accepted, "VendorRegistered").vendorId
    return payload
  }
}
