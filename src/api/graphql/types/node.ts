import { Field, ID, InterfaceType } from "type-graphql"

@InterfaceType({ description: "Anything that can be fetched again by its id alone, through `node`." })
export abstract class Node {
  @Field(() => ID, { description: "Opaque and stable. Never carries a name, never used again for something else." })
  id!: string
}
