import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql"
import type * as calendar from "../../../domain/calendar"
import { DateScalar, DateTime } from "../scalars"
import { SourceType } from "./enums"
import { Group } from "./group"
import { License } from "./license"

export type CalendarUnit = calendar.CalendarUnit
export const CalendarUnit: { readonly [U in calendar.CalendarUnit]: U } = { DAY: "DAY", WEEK: "WEEK", MONTH: "MONTH" }
registerEnumType(CalendarUnit, {
  name: "CalendarUnit",
  description: "How a stretch of days is cut up.",
  valuesConfig: {
    DAY: { description: "Day by day." },
    WEEK: { description: "By weeks from Monday to Sunday (ISO 8601); the first and the last may be shorter." },
    MONTH: { description: "By months; the first and the last may be shorter." },
  },
})

/** The most intervals of one answer: a year of days, with some to spare. */
export const MOST_INTERVALS = 400

@ObjectType({ simpleResolvers: true, description: "A counter of a license over some time." })
export class CountOverTime {
  @Field(() => Int, { description: "At the end of that time." })
  atEnd!: number

  @Field(() => Int, { description: "The most at any instant. What came and went within one millisecond was there at none (rule 34)." })
  peak!: number

  @Field(() => Float, { description: "The average over time." })
  average!: number
}

@ObjectType({
  simpleResolvers: true,
  description: "The seats that were held through one source. Who has several is counted in equal shares.",
})
export class SourceUsage {
  @Field(() => SourceType, {
    nullable: true,
    description:
      "Directly, or through a group; null when the sources had ended and the release of the seats was still being recorded (rule 39).",
  })
  type!: SourceType | null

  @Field(() => Group, { nullable: true, description: "The group, as it was when it last entitled anybody in that time." })
  group!: Group | null

  @Field(() => Float, { description: "Seats times days of 24 hours." })
  seatDays!: number

  @Field(() => Float, {
    description: "The same as a whole number: seats times milliseconds. The sources add up exactly to what they are the sources of.",
  })
  seatMilliseconds!: number
}

@ObjectType({ simpleResolvers: true, description: "What was bought, held and waited for in some days." })
export class SeatUsageInterval {
  @Field(() => DateScalar, { description: "The first day." })
  from!: string

  @Field(() => DateScalar, { description: "The last day, which is part of it." })
  to!: string

  @Field(() => DateTime, { description: "When the first day begins in its time zone." })
  startsAt!: number

  @Field(() => DateTime, { description: "Where counting ends: with the last day, or where `countedUntil` says." })
  endsAt!: number

  @Field(() => Boolean, { description: "False when its last day was not over yet, so that later more will have been counted." })
  isComplete!: boolean

  @Field(() => CountOverTime, { description: "Seats the vendor sold; none before the license was registered." })
  purchased!: CountOverTime

  @Field(() => CountOverTime, { description: "People who held a seat." })
  seated!: CountOverTime

  @Field(() => CountOverTime, { description: "People who waited for a seat." })
  waiting!: CountOverTime

  @Field(() => Boolean, { description: "Whether more people were seated than seats were bought, at any time (rule 19)." })
  overassigned!: boolean

  @Field(() => Float, { description: "For how long, in days of 24 hours." })
  overassignedDays!: number

  @Field(() => Float, {
    description: "Seats times days of 24 hours for which they were held. One seat held on a day on which clocks go forward is 23/24.",
  })
  seatDays!: number

  @Field(() => Float, { description: "The same as a whole number: seats times milliseconds." })
  seatMilliseconds!: number

  @Field(() => [SourceUsage], { description: "Through what the seats were held, the most first." })
  sources!: readonly SourceUsage[]
}

@ObjectType({ simpleResolvers: true, description: "How the seats of a license were used from one day to another." })
export class SeatUsage {
  @Field(() => License, { description: "The license, as it was at the revision." })
  license!: License

  @Field(() => String, { description: "The time zone of the days." })
  timeZone!: string

  @Field(() => Int, { description: "Nothing that was recorded after this revision is counted." })
  revision!: number

  @Field(() => DateTime, { description: "Until when what held at that revision was counted on." })
  countedUntil!: number

  @Field(() => SeatUsageInterval, { description: "All of it as one." })
  total!: SeatUsageInterval

  @Field(() => [SeatUsageInterval], {
    description: "Day by day, week by week or month by month, without a gap.",
    // The dates are not known to who counts what a query may cost.
    complexity: ({ childComplexity }) => MOST_INTERVALS * (1 + childComplexity),
  })
  intervals!: readonly SeatUsageInterval[]
}
