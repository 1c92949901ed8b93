import { Field, ObjectType } from "type-graphql"
import { Node } from "./node"
import { Vendor } from "./vendor"

@ObjectType({ implements: Node, simpleResolvers: true, description: "An app of a vendor." })
export class Product extends Node {
  @Field(() => String, { description: "What the vendor calls it." })
  name!: string

  @Field(() => Vendor, { description: "Who sells it." })
  vendor!: Vendor

  @Field(() => String, { nullable: true, description: "What it is for, in the vendor's words." })
  description!: string | null

  @Field(() => String, { nullable: true, description: "Where an admin installs it; always https." })
  installUrl!: string | null
}
