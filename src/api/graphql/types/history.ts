import { Arg, Field, ID, InputType, Int, ObjectType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type * as events from "../../../domain/events"
import { Language } from "../language"
import { DateTime, JSONScalar } from "../scalars"
import { ActorType, Role } from "./enums"

@ObjectType({ simpleResolvers: true, description: "Who did something (rule 36)." })
export class Actor {
  @Field(() => ActorType, { description: "What kind of actor." })
  type!: events.ActorType

  @Field(() => String, { description: "Opaque: the id of a user or vendor, of somebody outside the directory, or `system`." })
  id!: string

  @Field(() => String, { nullable: true, description: "For people to read; null when the name is gone." })
  displayName!: string | null

  @Field(() => Role, { nullable: true, description: "The role that allowed it." })
  role!: events.Role | null
}

@ObjectType({ simpleResolvers: true, description: "One event of the organization's history." })
export class HistoryEntry {
  /** The moment right after this event: what it names is shown as it was then. */
  at!: Moment
  licenseId!: string | null
  /** The revision of the event that brought this one about. */
  causationRevision!: number | null
  sentence!: (language: Language) => string

  @Field(() => Int, { description: "Its place in the organization's history, from 1, without gaps." })
  revision!: number

  @Field(() => ID, { description: "The id of the event." })
  eventId!: string

  @Field(() => String, { description: "What happened, as the log calls it, such as `LicenseAssigned`." })
  type!: string

  @Field(() => DateTime, { description: "When it was recorded." })
  recordedAt!: number

  @Field(() => Actor, { description: "Who did it." })
  actor!: Actor

  @Field(() => String, { nullable: true, description: "The reason that was given." })
  reason!: string | null

  @Field(() => String, { description: "What happened, in plain words." })
  summary(
    @Arg("language", () => Language, { nullable: true, defaultValue: "EN", description: "In which language." })
    language?: Language | null,
  ): string {
    return this.sentence(language ?? "EN")
  }

  @Field(() => JSONScalar, {
    description:
      "The facts of the event as recorded, without personal data and free text; of a webhook's address the origin, because its path may be a key.",
  })
  data!: unknown
}

@InputType({ description: "Narrows the history down; every condition given must hold." })
export class HistoryFilter {
  @Field(() => ID, { nullable: true, description: "What happened to this license." })
  licenseId?: string | null

  @Field(() => ID, { nullable: true, description: "What touched this person." })
  userId?: string | null

  @Field(() => ID, { nullable: true, description: "What touched this group." })
  groupId?: string | null

  @Field(() => String, { nullable: true, description: "What this actor did: an id as in `Actor.id`." })
  actor?: string | null

  @Field(() => [String], { nullable: true, description: "Events of these types, such as `SeatsGranted`." })
  types?: string[] | null

  @Field(() => DateTime, { nullable: true, description: "Recorded at this instant or later." })
  from?: number | null

  @Field(() => DateTime, { nullable: true, description: "Recorded before this instant." })
  to?: number | null

  @Field(() => Int, { nullable: true, description: "From this revision on." })
  fromRevision?: number | null

  @Field(() => Int, { nullable: true, description: "Up to and including this revision." })
  toRevision?: number | null

  @Field(() => String, {
    nullable: true,
    description:
      "What somebody gave as the reason: any beginnings of words, all of which it must have, without regard to case and accents. Of a word the first 24 letters count.",
  })
  text?: string | null
}
