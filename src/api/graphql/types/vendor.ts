import { Field, ObjectType } from "type-graphql"
import { Node } from "./node"

@ObjectType({ implements: Node, simpleResolvers: true, description: "A company that sells apps." })
export class Vendor extends Node {
  @Field(() => String, { description: "The name; need not be unique." })
  name!: string

  @Field(() => String, { nullable: true, description: "How to reach the vendor about more or fewer seats." })
  contact!: string | null
}
