import { Field, ObjectType } from "type-graphql"
import type * as events from "../../../domain/events"
import { Role } from "./enums"

@ObjectType({ simpleResolvers: true, description: "Who is asking, as the token says." })
export class Viewer {
  @Field(() => String, { description: "The subject of the token." })
  subject!: string

  @Field(() => [Role], { description: "What the token allows." })
  roles!: readonly events.Role[]
}
