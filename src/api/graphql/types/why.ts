/** Why somebody holds a seat, waits or has none: as data, and in words. */
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type { SeatSpan } from "../../../../projections/seats/why"
import { DateTime } from "../scalars"
import { SourceType } from "./enums"
import { Group } from "./group"
import { Actor, HistoryEntry } from "./history"
import { License } from "./license"
import { User } from "./user"

export const STANDINGS = {
  SEATED: "Holds a seat.",
  WAITLISTED: "Is entitled and waits for a seat.",
  IN_PROGRESS: "Is entitled, and what follows from it is still being recorded (rule 39).",
  NOT_ENTITLED: "Nothing entitles this person: no direct assignment, and no group that has the license.",
  INACTIVE: "The account is inactive, so it takes no seat (rule 26).",
  DELETED: "The person was deleted (rule 27).",
  NOT_IN_DIRECTORY: "The person was not in the directory yet at that moment.",
  CANCELLED: "The license was cancelled (rule 24).",
  NOT_REGISTERED: "The license was not bought yet at that moment.",
} as const
export type Standing = keyof typeof STANDINGS

export const TRANSITIONS = {
  CLAIM_OPENED: "The person became entitled: this is what the place in the waitlist goes by.",
  WAITED: "The person began to wait.",
  SEATED: "The person got the seat.",
  REVOKED: "The seat was taken back at the end of the grace period, and the person waits again (rule 20).",
  RELEASED: "The claim ended, and with it the seat or the place in the waitlist.",
} as const
export type TransitionKind = keyof typeof TRANSITIONS

export const REMEDIES = {
  FREE_SEATS: "So many seats are freed by others or added by the vendor.",
  REINSTATE_LICENSE: "The vendor makes the license active again (rule 23).",
  ACTIVATE_USER: "The account becomes active again (rule 26).",
  ASSIGN: "The license is assigned to the person, or the person joins one of the groups that have it.",
  WAIT: "Nothing: it is being worked on.",
  BUY_LICENSE: "A new license is bought: a cancelled one never comes back (rule 24).",
} as const
export type RemedyKind = keyof typeof REMEDIES

/** An enum of the API from its values and what each means. */
function enumOf<Value extends string>(name: string, description: string, values: Readonly<Record<Value, string>>): object {
  const names = Object.keys(values) as Value[]
  const all = Object.fromEntries(names.map((value) => [value, value]))
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]))
  registerEnumType(all, { name, description, valuesConfig })
  return all
}
const StandingEnum = enumOf("Standing", "How somebody stands to a license.", STANDINGS)
const TransitionEnum = enumOf("SeatTransitionKind", "What can happen to somebody's seat.", TRANSITIONS)
const RemedyEnum = enumOf("RemedyKind", "What would lead to a seat.", REMEDIES)

const HIDDEN = "null for a member, who sees no trail, and while the trail has not got there yet"

@ObjectType({ simpleResolvers: true, description: "One reason why somebody is entitled to a license, and the events that say so." })
export class ExplainedSource {
  @Field(() => SourceType, { description: "Directly, or through a group." })
  type!: SourceType

  @Field(() => Group, { nullable: true, description: "The group; null for a direct assignment." })
  group!: Group | null

  @Field(() => DateTime, { description: "Since when: for a group, since the later of its assignment and the person's joining." })
  since!: number

  @Field(() => Int, { description: "The revision since which it is so." })
  sinceRevision!: number

  @Field(() => HistoryEntry, { nullable: true, description: `The assignment of the license, to the person or the group; ${HIDDEN}.` })
  assignedBy!: HistoryEntry | null

  @Field(() => HistoryEntry, {
    nullable: true,
    description: `The change that made the person a member; null for a direct assignment; ${HIDDEN}.`,
  })
  joinedBy!: HistoryEntry | null
}

@ObjectType({ simpleResolvers: true, description: "An entitlement from its first source to the end of its last." })
export class ExplainedClaim {
  @Field(() => DateTime, { description: "When it opened." })
  openedAt!: number

  @Field(() => Int, { description: "The revision of the event that opened it; with `ordinal` it orders the waitlist (rule 7)." })
  openedRevision!: number

  @Field(() => Int, { description: "The place inside that event." })
  ordinal!: number

  @Field(() => HistoryEntry, { nullable: true, description: `The event that opened it; ${HIDDEN}.` })
  openedBy!: HistoryEntry | null
}

@ObjectType({ simpleResolvers: true, description: "One change of somebody's seat." })
export class SeatTransition {
  @Field(() => TransitionEnum, { description: "What happened." })
  kind!: TransitionKind

  @Field(() => Int, { description: "The revision of the event." })
  revision!: number

  @Field(() => DateTime, { description: "When." })
  at!: number

  @Field(() => HistoryEntry, { nullable: true, description: `The event; ${HIDDEN}.` })
  entry!: HistoryEntry | null
}

@ObjectType({ simpleResolvers: true, description: "One thing that would have to happen." })
export class Remedy {
  @Field(() => RemedyEnum, { description: "What." })
  kind!: RemedyKind

  @Field(() => Int, { nullable: true, description: "How many seats, for FREE_SEATS." })
  seats!: number | null

  @Field(() => [Group], { description: "Up to 20 groups that have the license, for ASSIGN; none for a member." })
  groups!: readonly Group[]
}

@ObjectType({ simpleResolvers: true, description: "Why somebody holds a seat of a license at a moment, waits for one or has none." })
export class LicenseExplanation {
  at!: Moment
  /** What the person and the product are called at that moment. */
  names!: { readonly user: string; readonly product: string }
  /** Newest first, and perhaps not all. */
  spans!: readonly SeatSpan[]
  /** False for a member: others' names and the trail stay out. */
  seesTrail!: boolean
  /** The event that brought the present state about. */
  decidedAt!: number | null

  @Field(() => ID, { description: "The license." })
  licenseId!: string

  @Field(() => ID, { description: "The person." })
  userId!: string

  @Field(() => Int, { description: "The revision that is explained." })
  revision!: number

  @Field(() => License, { nullable: true, description: "The license at that moment; null before it was bought." })
  license!: License | null

  @Field(() => User, { nullable: true, description: "The person at that moment; null for who is not in the directory then." })
  user!: User | null

  @Field(() => StandingEnum, { description: "How the person stands to the license." })
  state!: Standing

  @Field(() => [ExplainedSource], { description: "What entitles the person, oldest first; for an inactive account what would." })
  sources!: readonly ExplainedSource[]

  @Field(() => ExplainedClaim, { nullable: true, description: "The claim that is open; null for who is not entitled." })
  claim!: ExplainedClaim | null

  @Field(() => Int, { nullable: true, description: "The place in the waitlist, from 1; null for who does not wait." })
  waitlistPosition!: number | null

  @Field(() => Int, { nullable: true, description: "How many people come first; null for who does not wait." })
  before!: number | null

  @Field(() => [Remedy], {
    description: "What would have to happen, all of it, for the person to hold a seat; nothing for who has one, and where nothing helps.",
  })
  remedies!: readonly Remedy[]

  @Field(() => [HistoryEntry], {
    description: "What brought the present state about, and the cause of each event down to what somebody asked for; none for a member.",
  })
  causes!: readonly HistoryEntry[]

  @Field(() => Actor, {
    nullable: true,
    description: "The person, vendor or identity provider that started it; null when nothing did, and for a member.",
  })
  startedBy!: Actor | null
}
