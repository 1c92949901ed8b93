/** What if: what would become of whom, before anybody confirms. */
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql"
import type { Moment } from "../../../../projections/catalog/moment"
import type * as domain from "../../../domain/organization/simulate"
import { Refusal } from "../refusals"
import { OnShortage } from "./enums"

@InputType({ description: "How many seats the vendor might sell." })
export class SupposeSeats {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => Int, { description: "The absolute number of seats." })
  seats: number
}

@InputType({ description: "As assignLicenses would do." })
export class SupposeAssign {
  @Field(() => ID, { description: "The license to give." })
  licenseId: string

  @Field(() => [ID], {
    description: "1 to 10,000 users and groups; more than 100 are supposed as commands of 100, one after the other, in this order.",
  })
  principalIds: string[]

  @Field(() => OnShortage, { nullable: true, defaultValue: "REJECT", description: "What to do when too few seats are free." })
  onShortage?: "REJECT" | "WAITLIST" | null
}

@InputType({ description: "As unassignLicenses would do." })
export class SupposeUnassign {
  @Field(() => ID, { description: "The license to take." })
  licenseId: string

  @Field(() => [ID], {
    description: "1 to 10,000 users and groups; more than 100 are supposed as commands of 100, one after the other, in this order.",
  })
  principalIds: string[]
}

@InputType({ description: "As transferSeat would do." })
export class SupposeTransfer {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => ID, { description: "Who gives the seat up." })
  fromUserId: string

  @Field(() => ID, { description: "Who gets it." })
  toUserId: string
}

@InputType({ description: "As deleteGroup would do, confirmed." })
export class SupposeDeleteGroup {
  @Field(() => ID, { description: "The group." })
  groupId: string
}

@InputType({ description: "As setUserActive(active: false) would do, or deleteUser, for one after the other." })
export class SupposeUsers {
  @Field(() => [ID], { description: "1 to 100 users." })
  userIds: string[]
}

@InputType({ description: "As changeGroupMembers would do, or the full list of an identity provider." })
export class SupposeMembers {
  @Field(() => ID, { description: "The group." })
  groupId: string

  @Field(() => [ID], { nullable: true, description: "Who joins." })
  add?: string[] | null

  @Field(() => [ID], { nullable: true, description: "Who leaves." })
  remove?: string[] | null

  @Field(() => [ID], { nullable: true, description: "Everybody who is to be a member, instead of `add` and `remove`." })
  memberIds?: string[] | null
}

@InputType({ description: "What is supposed to be done: exactly one of these." })
export class SimulationInput {
  @Field(() => SupposeSeats, { nullable: true, description: "Another number of seats." })
  seats?: SupposeSeats

  @Field(() => SupposeAssign, { nullable: true, description: "A license given to users and groups." })
  assign?: SupposeAssign

  @Field(() => SupposeUnassign, { nullable: true, description: "A license taken from users and groups." })
  unassign?: SupposeUnassign

  @Field(() => SupposeTransfer, { nullable: true, description: "A seat handed on." })
  transfer?: SupposeTransfer

  @Field(() => SupposeMembers, { nullable: true, description: "Other members of a group." })
  members?: SupposeMembers

  @Field(() => SupposeDeleteGroup, { nullable: true, description: "A group deleted." })
  deleteGroup?: SupposeDeleteGroup

  @Field(() => SupposeUsers, { nullable: true, description: "Users made inactive." })
  deactivate?: SupposeUsers

  @Field(() => SupposeUsers, { nullable: true, description: "Users deleted." })
  deleteUsers?: SupposeUsers
}

export const SimulatedChange = {
  LOSES_SEAT: "LOSES_SEAT",
  GAINS_SEAT: "GAINS_SEAT",
  MOVES_UP: "MOVES_UP",
  WAITS: "WAITS",
  LEAVES_WAITLIST: "LEAVES_WAITLIST",
  KEEPS_SEAT: "KEEPS_SEAT",
  KEEPS_PLACE: "KEEPS_PLACE",
} as const satisfies { [C in domain.Change]: C }
registerEnumType(SimulatedChange, {
  name: "SimulatedChange",
  description: "What would become of one person on one license.",
  valuesConfig: {
    LOSES_SEAT: { description: "Holds a seat today and would not any more." },
    GAINS_SEAT: { description: "Would get a seat, without having waited for it." },
    MOVES_UP: { description: "Waits today and would get a seat." },
    WAITS: { description: "Would join the waitlist, at its end." },
    LEAVES_WAITLIST: { description: "Waits today and would be entitled no longer." },
    KEEPS_SEAT: { description: "Loses or gains a reason, and keeps the seat through the others (rules 8 and 9)." },
    KEEPS_PLACE: { description: "Loses or gains a reason, and keeps the place in the waitlist." },
  },
})

@ObjectType({ simpleResolvers: true, description: "The seats of a license, counted when everything is settled." })
export class SimulatedSeats implements domain.SeatNumbers {
  @Field(() => Int, { description: "Seats the vendor sold." })
  purchased!: number

  @Field(() => Int, { description: "People who hold a seat." })
  seated!: number

  @Field(() => Int, { description: "Seats that are free and promised to nobody who waits." })
  available!: number

  @Field(() => Int, { description: "People who wait for a seat." })
  waitlisted!: number

  @Field(() => Int, { description: "How many more people are seated than seats were sold; 0 when it fits." })
  overassignedBy!: number
}

@ObjectType({ simpleResolvers: true, description: "How many people of a license each change would befall." })
export class SimulatedCounts {
  @Field(() => Int, { description: "LOSES_SEAT." })
  losesSeat!: number

  @Field(() => Int, { description: "GAINS_SEAT." })
  gainsSeat!: number

  @Field(() => Int, { description: "MOVES_UP." })
  movesUp!: number

  @Field(() => Int, { description: "WAITS." })
  waits!: number

  @Field(() => Int, { description: "LEAVES_WAITLIST." })
  leavesWaitlist!: number

  @Field(() => Int, { description: "KEEPS_SEAT." })
  keepsSeat!: number

  @Field(() => Int, { description: "KEEPS_PLACE." })
  keepsPlace!: number
}

@ObjectType({ simpleResolvers: true, description: "What would become of one person on one license." })
export class SimulatedPerson {
  /** Absent while the read models do not show the simulation's revision yet. */
  at!: Moment | undefined
  groupIds!: readonly string[]

  @Field(() => ID, { description: "The person's id." })
  userId!: string

  @Field(() => SimulatedChange, { description: "What would change." })
  change!: domain.Change

  @Field(() => Int, {
    nullable: true,
    description: "MOVES_UP: the place in the waitlist that the person comes from. WAITS: the place that the person gets. Otherwise null.",
  })
  waitlistPosition!: number | null

  @Field(() => Boolean, { description: "Afterwards the license is assigned to the person directly." })
  direct!: boolean
}

@ObjectType({ simpleResolvers: true, description: "What would become of one license." })
export class SimulatedLicense {
  at!: Moment | undefined
  revision!: number
  effects!: readonly domain.SimulatedPerson[]

  @Field(() => ID, { description: "The license's id." })
  licenseId!: string

  @Field(() => SimulatedSeats, { description: "Its seats without the change." })
  before!: SimulatedSeats

  @Field(() => SimulatedSeats, { description: "Its seats with it." })
  after!: SimulatedSeats

  @Field(() => SimulatedCounts, { description: "How many people would gain, lose or wait." })
  counts!: SimulatedCounts
}

@ObjectType({
  simpleResolvers: true,
  description: "What would happen, worked out by the very rules on a private copy of the organization. Nothing is written.",
})
export class Simulation {
  @Field(() => Int, {
    description:
      "The revision that it was worked out on. A command that carries it as `expectedRevision`, with `simulated: true`, has this effect or is refused (STALE_VIEW).",
  })
  revision!: number

  @Field(() => Refusal, {
    nullable: true,
    description: "Why the command would be refused. Of several users, those before the one that is refused are in the effects.",
  })
  refusal!: Refusal | null

  @Field(() => Boolean, {
    description:
      "False: the revision is not shown by queries yet, so people, groups and licenses are null or left out, and only their ids are told.",
  })
  visible!: boolean

  @Field(() => [SimulatedLicense], {
    description:
      "Every license that the command is about, or on which somebody would gain or lose something, in the order of registration.",
    complexity: ({ childComplexity }) => 10 * childComplexity,
  })
  licenses!: readonly SimulatedLicense[]

  @Field(() => [String], {
    description: "Unknown ids (UNKNOWN_MEMBER_SKIPPED) and nested groups (NESTED_GROUP_IGNORED), as the command would warn.",
  })
  warnings!: readonly string[]
}
