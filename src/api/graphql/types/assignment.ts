import { Field, ObjectType } from "type-graphql"
import type { Progress } from "../../../../projections/assignments/queries"
import type { Moment } from "../../../../projections/catalog/moment"
import type * as events from "../../../domain/events"
import { DateTime } from "../scalars"
import { License } from "./license"
import { Principal } from "./principal"

@ObjectType({
  simpleResolvers: true,
  description: "A license given to a user or a group: what an admin meant, whether or not there were seats.",
})
export class Assignment {
  at!: Moment
  /** Who assigned it, and at which revision. */
  assigned!: { readonly revision: number; readonly type: events.ActorType; readonly id: string }
  progress?: Promise<Progress>

  @Field(() => License, { description: "What was assigned." })
  license!: License

  @Field(() => Principal, { description: "Whom it was assigned to." })
  principal!: Principal

  @Field(() => DateTime, { description: "Since when." })
  assignedAt!: number

  @Field(() => String, { nullable: true, description: "The reason that was given." })
  reason!: string | null
}
