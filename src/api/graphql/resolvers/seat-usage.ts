/** How the seats of a license were used over time. */
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql"
import { lastEntitled } from "../../../../projections/assignments/queries"
import type { Moment } from "../../../../projections/catalog/moment"
import { average, type SeatUsage as Counted, inDays, type SeatCounts, seatUsage, together } from "../../../../projections/usage/counters"
import { usagePeriod } from "../../../../projections/usage/period"
import { type SourceShare, seatShares, sharesTogether } from "../../../../projections/usage/sources"
import { permit } from "../../../auth/permissions"
import { type CalendarDate, type CalendarInterval, countIntervals, dateAt, intervalsBetween, isTimeZone } from "../../../domain/calendar"
import { AsOfArg } from "../arguments"
import { clip } from "../clip"
import type { GraphQLContext } from "../context"
import { badUserInput, notFound } from "../faults"
import { loadLicense } from "../load"
import { type PointInTime, pointInTime } from "../points-in-time"
import { groupOf } from "../present"
import { DateScalar } from "../scalars"
import { asksBelow, type Selected } from "../selection"
import { requireOrganization } from "../sight"
import type { AsOf } from "../types/as-of"
import type { Group } from "../types/group"
import { CalendarUnit, CountOverTime, MOST_INTERVALS, SeatUsage, SeatUsageInterval, SourceUsage } from "../types/seat-usage"

@Resolver()
export class SeatUsages {
  @Query(() => SeatUsage, {
    description:
      "How the seats of a license were used: what was bought, held and waited for, day by day. Days that are over never change again; one that is not is counted up to now, or up to the moment that `asOf` names.",
  })
  async seatUsage(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("licenseId", () => ID, { description: "The license." }) licenseId: string,
    @Arg("from", () => DateScalar, { description: "The first day." }) from: CalendarDate,
    @Arg("to", () => DateScalar, { description: "The last day, which is part of it; at the latest today." }) to: CalendarDate,
    @Arg("by", () => CalendarUnit, {
      nullable: true,
      defaultValue: "DAY",
      description: `How these days are cut up; into at most ${MOST_INTERVALS} intervals.`,
    })
    by?: CalendarUnit | null,
    @Arg("timeZone", () => String, {
      nullable: true,
      defaultValue: "UTC",
      description: "Where days are days: an IANA name such as `Europe/Amsterdam`.",
    })
    timeZone?: string | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<SeatUsage> {
    permit(context.viewer, "Query.seatUsage")
    const organizationId = requireOrganization(context.viewer, "seatUsage")
    const [unit, zone] = [by ?? "DAY", timeZone ?? "UTC"]
    const point = await pointInTime(context, organizationId, asOf, "asOf")
    const days = daysOf(from, to, unit, zone, point)
    const license = await loadLicense(context, licenseId, point.moment)
    if (!license) throw notFound("licenseId")

    const period = await usagePeriod(context.readStore, point.moment, days, point.instant)
    const [[usage = []], shares] = await Promise.all([
      seatUsage(context.readStore, period, [licenseId]),
      asksBelow(info, "sources") ? seatShares(context.readStore, period, licenseId) : undefined,
    ])
    const groups = shares ? await groupsOf(context, licenseId, point.moment, shares) : new Map<string, Group>()
    const told = new SeatUsage()
    told.license = license
    told.timeZone = zone
    told.revision = point.moment.revision
    told.countedUntil = point.instant
    told.intervals = days.map((day, i) => intervalOf(day, usage[i] as Counted, shares?.[i] ?? [], groups)) // as many as days
    told.total = intervalOf(
      { from, to, end: days.at(-1)?.end ?? 0 },
      together(usage),
      shares && asksBelow(info, "total") ? sharesTogether(shares) : [],
      groups,
    )
    return told
  }
}

/** @throws GraphQLError BAD_USER_INPUT */
function daysOf(from: CalendarDate, to: CalendarDate, unit: CalendarUnit, zone: string, { instant }: PointInTime): CalendarInterval[] {
  if (!isTimeZone(zone))
    throw badUserInput("timeZone", `must be a name of the IANA database, such as Europe/Amsterdam, not "${clip(zone)}"`)
  if (from > to) throw badUserInput("to", `must not be before \`from\`: ${to} is before ${from}`)
  const last = dateAt(instant, zone)
  if (to > last) throw badUserInput("to", `must be at most ${last}, the last day that has begun in ${zone}; ${to} has not`)
  const count = countIntervals(from, to, unit)
  if (count > MOST_INTERVALS)
    throw badUserInput("by", `cuts this into ${count} parts, at most ${MOST_INTERVALS} are answered: ask for less, or by WEEK or MONTH`)
  return intervalsBetween(from, to, unit, zone)
}

function intervalOf(
  { from, to, end }: Pick<CalendarInterval, "from" | "to" | "end">,
  usage: Counted,
  shares: readonly SourceShare[],
  groups: ReadonlyMap<string, Group>,
): SeatUsageInterval {
  const told = new SeatUsageInterval()
  told.from = from
  told.to = to
  told.startsAt = usage.interval.start
  told.endsAt = usage.interval.end
  told.isComplete = usage.interval.end === end
  told.purchased = countOf(usage, "purchased")
  told.seated = countOf(usage, "seated")
  told.waiting = countOf(usage, "waiting")
  told.overassigned = usage.overassignedMs > 0
  told.overassignedDays = inDays(usage.overassignedMs)
  told.seatDays = inDays(usage.sum.seated)
  told.seatMilliseconds = usage.sum.seated
  told.sources = shares.map((share) => sourceOf(share, groups))
  return told
}

function countOf(usage: Counted, of: keyof SeatCounts): CountOverTime {
  const told = new CountOverTime()
  told.atEnd = usage.atEnd[of]
  told.peak = usage.peak[of]
  told.average = average(usage, of)
  return told
}

function sourceOf({ source, seatMs }: SourceShare, groups: ReadonlyMap<string, Group>): SourceUsage {
  const told = new SourceUsage()
  told.type = source === "NONE" ? null : source === "DIRECT" ? "DIRECT" : "GROUP"
  told.group = typeof source === "string" ? null : (groups.get(source.groupId) ?? null)
  told.seatDays = inDays(seatMs)
  told.seatMilliseconds = seatMs
  return told
}

/** Groups as they were when they last entitled anybody: some are gone since. */
async function groupsOf(
  context: GraphQLContext,
  licenseId: string,
  moment: Moment,
  shares: readonly (readonly SourceShare[])[],
): Promise<Map<string, Group>> {
  const ids = new Set(shares.flat().flatMap(({ source }) => (typeof source === "string" ? [] : [source.groupId])))
  const moments = await lastEntitled(context.readStore, moment, licenseId, [...ids])
  const groups = await Promise.all(
    Array.from(ids, async (id) => {
      const at = moments.get(id) ?? moment
      return (await context.loaders.group.load({ id, moment: at })) ?? groupOf(id, null, at)
    }),
  )
  return new Map(groups.map((group) => [group.id, group]))
}
