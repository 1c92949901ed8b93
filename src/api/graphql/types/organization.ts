import { Field, Int, ObjectType } from "type-graphql"
import { DateTime } from "../scalars"
import { Node } from "./node"

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A customer: everything about people, groups and licenses happens inside one organization.",
})
export class Organization extends Node {
  @Field(() => String, { description: "The name; need not be unique." })
  name!: string

  @Field(() => Int, { description: "The revision of the history that is shown: it counts the organization's events." })
  revision!: number

  @Field(() => DateTime, { description: "When it was created." })
  createdAt!: number

  @Field(() => DateTime, { nullable: true, description: "When it was closed: readable ever since, but it takes no more commands." })
  closedAt!: number | null
}
