import { Field, ID, ObjectType } from "type-graphql"
import { Payload } from "./command"

@ObjectType({ simpleResolvers: true, description: "The answer to deleteUser and deleteGroup." })
export class DeletePayload extends Payload {
  @Field(() => ID, { nullable: true, description: "What was deleted; null when refused." })
  deletedId?: string
}
