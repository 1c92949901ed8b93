import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql"
import type { VendorEventOutcome as Outcome } from "../../../../projections/vendor-events/queries"
import type { VendorMessageAttribute } from "../../../domain/events"
import { DateTime } from "../scalars"
import { Sequence } from "../sequence"

export const VendorEventOutcome: { readonly [O in Outcome]: O } = {
  APPLIED: "APPLIED",
  STALE: "STALE",
  NO_CHANGE: "NO_CHANGE",
  REPEATED: "REPEATED",
  REFUSED: "REFUSED",
}
registerEnumType(VendorEventOutcome, {
  name: "VendorEventOutcome",
  description: "What became of a message that a vendor sent.",
  valuesConfig: {
    APPLIED: { description: "It took effect." },
    STALE: { description: "A message with a higher or equal sequence came before it: recorded, not applied." },
    NO_CHANGE: { description: "It said what was so already; the sequence moved on." },
    REPEATED: { description: "It had come before, and was given the recorded answer again." },
    REFUSED: { description: "It could not be carried out: see `code`." },
  },
})

export const VendorEventAttribute: { readonly [A in VendorMessageAttribute]: A } = {
  REGISTRATION: "REGISTRATION",
  SEATS: "SEATS",
  STATUS: "STATUS",
  PLAN: "PLAN",
  PRODUCT: "PRODUCT",
  UNKNOWN: "UNKNOWN",
}
registerEnumType(VendorEventAttribute, {
  name: "VendorEventAttribute",
  description: "What a vendor's message is about.",
  valuesConfig: {
    REGISTRATION: { description: "A new license." },
    SEATS: { description: "The number of seats of a license." },
    STATUS: { description: "The status of a license." },
    PLAN: { description: "The plan of a license." },
    PRODUCT: { description: "A product in the vendor's list." },
    UNKNOWN: { description: "Of a type that there is not, or that cannot be told: refused." },
  },
})

@ObjectType({ simpleResolvers: true, description: "One message that a vendor sent, and what became of it." })
export class VendorEvent {
  /** Whose license it is; null when the message names no license of this vendor's. */
  organizationId!: string | null

  @Field(() => String, {
    description:
      "The vendor's own id of it; where it had none that can be used, the `webhook-id` that it was sent under, with its place in a batch. A repeat has the id of the first.",
  })
  vendorEventId!: string

  @Field(() => VendorEventOutcome, { description: "What became of it." })
  outcome!: Outcome

  @Field(() => VendorEventAttribute, { description: "What it is about." })
  attribute!: VendorMessageAttribute

  @Field(() => ID, { nullable: true, description: "The license that it names, as the vendor said." })
  licenseId!: string | null

  @Field(() => String, {
    nullable: true,
    description: "The number of seats, the status, the plan, the product's name, or the marketplace's action.",
  })
  value!: string | null

  @Field(() => Sequence, { nullable: true, description: "Its place in the vendor's order; null when it gave none that can be read." })
  sequence!: string | null

  @Field(() => Sequence, {
    nullable: true,
    description:
      "How many numbers right before `sequence` never arrived for this license and attribute: 0 when nothing is missing. A vendor that numbers several things from one counter leaves such gaps without having lost anything. Null for time stamps, and where there is no order.",
  })
  missingBefore!: string | null

  @Field(() => DateTime, { description: "When it was recorded." })
  recordedAt!: number

  @Field(() => String, { nullable: true, description: "Why it was refused, such as `LICENSE_CANCELLED`; null when it was not." })
  code!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      "The field that was wrong, when it was refused for one, as the vendor wrote it: `data.seats` in a CloudEvent, `quantity` in a message of the marketplace, `seats` in GraphQL.",
  })
  field!: string | null

  @Field(() => Int, {
    nullable: true,
    description:
      "The revision of the organization at which it was recorded; null for what left no trace there: repeats, refusals and products.",
  })
  revision!: number | null
}
