import { Field, InputType, Int, ObjectType } from "type-graphql"
import { DateTime } from "../scalars"
import { LicensedUserOrderField, SeatState, SourceType } from "./enums"
import { Group } from "./group"
import { License } from "./license"
import { User } from "./user"

@ObjectType({ simpleResolvers: true, description: "One reason why a person is entitled to a license." })
export class Source {
  @Field(() => SourceType, { description: "Directly, or through a group." })
  type!: SourceType

  @Field(() => Group, { nullable: true, description: "The group; null for a direct assignment." })
  group!: Group | null

  @Field(() => DateTime, { description: "Since when: for a group, since the later of its assignment and the person's joining." })
  since!: number
}

@ObjectType({ simpleResolvers: true, description: "A person who holds or awaits a seat of a license: once, with every reason." })
export class LicensedUser {
  @Field(() => License, { description: "The license." })
  license!: License

  @Field(() => User, { description: "The person." })
  user!: User

  @Field(() => SeatState, { description: "Seated or waiting." })
  state!: SeatState

  @Field(() => [Source], { description: "Why this person is entitled, oldest first." })
  sources!: readonly Source[]

  @Field(() => DateTime, { description: "Since when this person has been entitled without a break." })
  entitledSince!: number

  @Field(() => DateTime, { nullable: true, description: "Since when this person has held the seat; null while waiting." })
  seatedSince!: number | null

  @Field(() => Int, { nullable: true, description: "The place in the waitlist, from 1; null when seated." })
  waitlistPosition!: number | null
}

@InputType({ description: "The order of the people of a license." })
export class LicensedUserOrder {
  @Field(() => LicensedUserOrderField, { description: "What they are ordered by." })
  field!: LicensedUserOrderField

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: "The other way round." })
  descending?: boolean | null
}
