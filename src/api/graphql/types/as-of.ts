import { Field, InputType, Int } from "type-graphql"
import type { CalendarDate } from "../../../domain/calendar"
import { DateScalar, DateTime } from "../scalars"

@InputType({ description: "A day of the calendar, where it is told." })
export class DayInTimeZone {
  @Field(() => DateScalar, { description: "The day." })
  date!: CalendarDate

  @Field(() => String, { description: "Where it is that day: a name of the IANA database, such as `Europe/Amsterdam`." })
  timeZone!: string
}

@InputType({
  description:
    "A moment of the organization's history: exactly one of the three. What was recorded by then and is not shown yet is waited for; `UNAVAILABLE` means ask again in a moment.",
})
export class AsOf {
  @Field(() => Int, { nullable: true, description: "Right after this revision; 0 is before everything." })
  revision?: number

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Right after the last revision recorded at or before this instant; in the future it is now. What is being written has its time already: an instant of the last seconds may be answered without it, and with it when asked again. A revision is always answered the same.",
  })
  at?: number

  @Field(() => DayInTimeZone, {
    nullable: true,
    description: "Right after the last revision recorded at or before the end of this day (rule 34); of a day that is not over, now.",
  })
  date?: DayInTimeZone
}
