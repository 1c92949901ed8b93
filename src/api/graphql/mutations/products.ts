/** What a vendor sells: its products, and the licenses of them. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql"
import type { GraceEnd as End, OrderedBy as Order } from "../../../domain/events"
import type { Context } from "../context"
import { loadProduct } from "../load"
import { GraceEnd, OrderedBy } from "../types/enums"
import { Product } from "../types/product"
import { CommandInput, carryOut, carryOutForVendor, LicensePayload, Payload, written } from "./command"

/** Rule 19: 90 days unless the license says otherwise. */
const GRACE_DAYS = 90

@InputType({ description: "A product of the vendor." })
export class ListProductInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: "The product to describe anew; without it, a new product is listed." })
  productId?: string | null

  @Field(() => String, { description: "What it is called." })
  name: string

  @Field(() => String, { nullable: true, description: "What it does, for the admins who look at it." })
  description?: string | null

  @Field(() => String, { nullable: true, description: "Where an admin installs it: https only, without user name or password." })
  installUrl?: string | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to listProduct." })
export class ListProductPayload extends Payload {
  productId?: string

  @Field(() => Product, { nullable: true, description: "The product as it is now." })
  product(@Ctx() context: Context): Promise<Product | undefined> | undefined {
    return this.visible && this.productId !== undefined ? loadProduct(context, this.productId) : undefined
  }
}

@InputType({ description: "A license that an organization bought." })
export class RegisterLicenseInput extends CommandInput {
  @Field(() => ID, { description: "One of the vendor's own products." })
  productId: string

  @Field(() => ID, { description: "Who bought it." })
  organizationId: string

  @Field(() => Int, { description: "The absolute number of seats sold, 0 or more." })
  seats: number

  @Field(() => String, {
    description:
      "The vendor's own id of this event. The same id with the same body is answered as the first time, with another body refused (IDEMPOTENCY_CONFLICT).",
  })
  vendorEventId: string

  @Field(() => Int, {
    nullable: true,
    defaultValue: GRACE_DAYS,
    description: "How many days more people may be seated than there are seats, after a reduction.",
  })
  graceDays?: number | null

  @Field(() => GraceEnd, { nullable: true, defaultValue: "HOLD", description: "What happens when those days are over." })
  onGraceEnd?: End | null

  @Field(() => String, {
    nullable: true,
    description: "The vendor's own id of the subscription. Marketplace messages name the license by it.",
  })
  subscriptionId?: string | null

  @Field(() => String, { nullable: true, description: "The vendor's own name of what was bought, for people." })
  plan?: string | null

  @Field(() => OrderedBy, {
    nullable: true,
    defaultValue: "SEQUENCE",
    description:
      "What will order the events on this license, for its whole life: TIMESTAMP for one that a marketplace sells, whose messages have no counter.",
  })
  orderedBy?: Order | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to registerLicense." })
export class RegisterLicensePayload extends LicensePayload {}

@Resolver()
export class Products {
  @Mutation(() => ListProductPayload, {
    description:
      "Vendors only: lists a product, or describes one anew. The whole description is replaced: what is left out is empty afterwards.",
  })
  async listProduct(
    @Arg("input", () => ListProductInput, { description: "The product." }) input: ListProductInput,
    @Ctx() context: Context,
  ): Promise<ListProductPayload> {
    const payload = new ListProductPayload()
    const { productId, name, description, installUrl } = input
    const request = { name, ...(productId && { productId }), ...(description && { description }), ...(installUrl && { installUrl }) }
    const accepted = await carryOutForVendor(context, payload, "listProduct", context.viewer.vendorId, request, input)
    if (accepted) payload.productId = productId ?? written(accepted, "ProductListed").productId
    return payload
  }

  @Mutation(() => RegisterLicensePayload, {
    description: "Vendors, for their own products: an organization bought a license. It starts ACTIVE, at sequence 0.",
  })
  async registerLicense(
    @Arg("input", () => RegisterLicenseInput, { description: "What was bought, and by whom." }) input: RegisterLicenseInput,
    @Ctx() context: Context,
  ): Promise<RegisterLicensePayload> {
    const payload = new RegisterLicensePayload()
    const { productId, organizationId, seats, vendorEventId, graceDays, onGraceEnd, subscriptionId, plan, orderedBy } = input
    const request = {
      productId,
      seats,
      vendorEventId,
      graceDays: graceDays ?? GRACE_DAYS,
      onGraceEnd: onGraceEnd ?? "HOLD",
      ...(subscriptionId && { subscriptionId }),
      ...(plan && { plan }),
      ...(orderedBy === "TIMESTAMP" && { orderedBy }), // left out otherwise: what was sent before this field existed is the same body
    }
    const accepted = await carryOut(context, payload, "registerLicense", organizationId, request, input)
    if (accepted) payload.licenseId = written(accepted, "LicenseRegistered").licenseId
    return payload
  }
}
