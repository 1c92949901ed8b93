import { Field, InputType, Int } from "type-graphql"
import { DateTime } from "../scalars"

@InputType({ description: "A moment of the organization's history: exactly one of the two." })
export class AsOf {
  @Field(() => Int, { nullable: true, description: "Right after this revision; 0 is before everything." })
  revision?: number

  @Field(() => DateTime, { nullable: true, description: "Right after the last revision recorded at or before this instant." })
  at?: number
}
