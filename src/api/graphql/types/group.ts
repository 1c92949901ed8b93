import { Field, ObjectType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import { Node } from "./node"

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A group of people; a license assigned to it entitles every immediate active member.",
})
export class Group extends Node {
  at!: Moment

  @Field(() => String, { description: "The name; need not be unique." })
  displayName!: string

  /** Known when the group was read for its own sake; otherwise loaded when asked for. */
  count?: number
}
