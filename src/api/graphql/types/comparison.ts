import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql"
import type * as changes from "../../../../projections/changes/queries"
import { DateTime } from "../scalars"
import { License } from "./license"

export const SeatChangeKind: { readonly [K in changes.SeatChangeKind]: K } = {
  GAINED: "GAINED",
  LOST: "LOST",
  BEGAN_WAITING: "BEGAN_WAITING",
  STOPPED_WAITING: "STOPPED_WAITING",
}
registerEnumType(SeatChangeKind, {
  name: "SeatChangeKind",
  description: "How somebody's place on a license differs between two moments.",
  valuesConfig: {
    GAINED: { description: "Holds a seat at the later moment and held none at the earlier one." },
    LOST: { description: "Held a seat at the earlier moment and holds none at the later one; may wait again." },
    BEGAN_WAITING: { description: "Waits at the later moment and had no claim at the earlier one." },
    STOPPED_WAITING: { description: "Waited at the earlier moment and has no claim at the later one." },
  },
})

@ObjectType({ simpleResolvers: true, description: "A moment that is compared." })
export class ComparedMoment {
  @Field(() => Int, { description: "The revision that held." })
  revision!: number

  @Field(() => DateTime, { description: "The point in time: the instant asked for, or when the revision asked for was recorded." })
  at!: number
}

@ObjectType({
  simpleResolvers: true,
  description: "Somebody whose place on a license is another at the later moment than at the earlier one.",
})
export class SeatChange {
  stretch!: changes.Stretch
  licenseId!: string
  userId!: string
  /** Of the event that did it. */
  revision!: number

  @Field(() => SeatChangeKind, { description: "Gained or lost a seat, or a place in the waitlist." })
  change!: changes.SeatChangeKind
}

@ObjectType({ simpleResolvers: true, description: "A counter of a license at two moments, and between them." })
export class ComparedCount {
  @Field(() => Int, { description: "At the earlier moment." })
  before!: number

  @Field(() => Int, { description: "At the later moment." })
  after!: number

  @Field(() => Int, { description: "The most at any instant from the one to the other." })
  peak!: number

  @Field(() => Float, { description: "The average over the time between them." })
  average!: number
}

@ObjectType({
  simpleResolvers: true,
  description:
    "How long people kept their seat after they were deactivated (rule 26). Usually for no time at all, because the release is recorded with its cause; somebody may have to wait for it behind a large group (rule 39).",
})
export class ReleaseDelay {
  @Field(() => Int, { description: "People deactivated between the two moments whose seat was released because of it." })
  released!: number

  @Field(() => Float, { nullable: true, description: "How long that took on average, in seconds; null when there was nobody." })
  averageSeconds!: number | null

  @Field(() => Float, { nullable: true, description: "The longest it took, in seconds." })
  longestSeconds!: number | null

  @Field(() => Int, { description: "People deactivated between the two moments who still have their seat at the later one." })
  pending!: number
}

@ObjectType({ simpleResolvers: true, description: "A license at two moments, and what happened between them." })
export class LicenseComparison {
  @Field(() => License, { description: "The license, as it was at the later moment." })
  license!: License

  @Field(() => ComparedCount, { description: "Seats the vendor sold; none before the license was registered." })
  purchased!: ComparedCount

  @Field(() => ComparedCount, { description: "People who held a seat." })
  seated!: ComparedCount

  @Field(() => ComparedCount, { description: "People who waited for a seat." })
  waiting!: ComparedCount

  @Field(() => Float, { description: "For how long more people were seated than seats were bought (rule 19), in days of 24 hours." })
  overassignedDays!: number

  @Field(() => Int, { description: "People who gained a seat; as GAINED in `changes`." })
  gained!: number

  @Field(() => Int, { description: "People who lost their seat; as LOST in `changes`." })
  lost!: number

  @Field(() => Int, { description: "People who began to wait; as BEGAN_WAITING in `changes`." })
  beganWaiting!: number

  @Field(() => Int, { description: "People who stopped waiting without a seat; as STOPPED_WAITING in `changes`." })
  stoppedWaiting!: number

  @Field(() => ReleaseDelay, { description: "From deactivation to release." })
  deactivationToRelease!: ReleaseDelay
}

@ObjectType({ simpleResolvers: true, description: "What is different at a later moment from what was at an earlier one." })
export class Comparison {
  stretch!: changes.Stretch
  /** Of one license only. */
  licenseId!: string | null

  @Field(() => ComparedMoment, { description: "The earlier moment." })
  from!: ComparedMoment

  @Field(() => ComparedMoment, { description: "The later moment." })
  to!: ComparedMoment
}
