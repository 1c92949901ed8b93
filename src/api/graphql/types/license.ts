import { Field, Int, ObjectType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type * as events from "../../../domain/events"
import { DateTime } from "../scalars"
import { GraceEnd, LicenseStatus, OrderedBy } from "./enums"
import { Node } from "./node"
import { Product } from "./product"

@ObjectType({ simpleResolvers: true, description: "The seats of a license, counted." })
export class SeatCount {
  @Field(() => Int, { description: "Seats the vendor sold: the capacity." })
  purchased!: number

  @Field(() => Int, { description: "People who hold a seat, each counted once." })
  seated!: number

  @Field(() => Int, { description: "Seats that are free and promised to nobody who waits." })
  available!: number

  @Field(() => Int, { description: "People who wait for a seat." })
  waitlisted!: number

  @Field(() => Int, { description: "How many more people are seated than seats were sold (rule 19); 0 when it fits." })
  overassignedBy!: number

  @Field(() => DateTime, { nullable: true, description: "When the grace period of the over-assignment ends (rule 20)." })
  graceEndsAt!: number | null
}

@ObjectType({ implements: Node, simpleResolvers: true, description: "One organization's subscription to one product." })
export class License extends Node {
  /** The moment at which this object was read; everything below it is read at the same one. */
  at!: Moment

  /** Effects on people that are still to be recorded (rule 39). */
  remaining!: number

  @Field(() => Product, { description: "What was bought, as it was called at the moment that is shown." })
  product!: Product

  @Field(() => LicenseStatus, { description: "The state of the subscription." })
  status!: events.LicenseStatus

  @Field(() => SeatCount, { description: "The seats, counted." })
  seats!: SeatCount

  @Field(() => DateTime, { description: "When the vendor registered it." })
  registeredAt!: number

  @Field(() => Int, { description: "How many days an over-assignment may last (rule 19)." })
  graceDays!: number

  @Field(() => GraceEnd, { description: "What happens to the surplus after that (rule 20)." })
  onGraceEnd!: events.GraceEnd

  @Field(() => Boolean, { description: "True when the grace period of the present over-assignment has ended." })
  graceExpired!: boolean

  @Field(() => String, { nullable: true, description: "The vendor's own number of the subscription." })
  subscriptionId!: string | null

  @Field(() => OrderedBy, { description: "What orders the vendor's events on this license." })
  orderedBy!: events.OrderedBy

  @Field(() => String, { nullable: true, description: "The vendor's name for what was bought." })
  plan!: string | null
}
