import { Field, ObjectType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import { Node } from "./node"

@ObjectType({ implements: Node, simpleResolvers: true, description: "A person of the organization." })
export class User extends Node {
  at!: Moment

  @Field(() => String, { description: "What people call this person; need not be unique." })
  displayName!: string

  @Field(() => String, { description: "The name to sign in with; unique in the organization, without regard to case." })
  userName!: string

  @Field(() => String, { nullable: true, description: "The mail address." })
  mail!: string | null

  @Field(() => String, { nullable: true, description: "The identity provider's id of this person." })
  externalId!: string | null

  @Field(() => Boolean, { description: "An inactive person holds no seat (rule 26)." })
  active!: boolean
}
