/** Two moments of an organization side by side: who gained and lost seats, through what, and what the licenses were in between. */
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql"
import { changedLicenses, countChanges, releaseDelays, type SeatChangeRow, seatChanges } from "../../../../projections/changes/queries"
import { countLicenses, type LicenseRow, licenses, licensesByKey } from "../../../../projections/licenses/queries"
import { average, inDays, type SeatCounts, seatUsage } from "../../../../projections/usage/counters"
import { permit } from "../../../auth/permissions"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { badUserInput, notFound } from "../faults"
import { loadLicense } from "../load"
import { type Details, detailsOf, licensedUsersOf } from "../people"
import { pointInTime } from "../points-in-time"
import { licenseOf, userOf } from "../present"
import { asksBelow, asksFor, type Selected } from "../selection"
import { requireOrganization } from "../sight"
import { AsOf } from "../types/as-of"
import { ComparedCount, ComparedMoment, Comparison, LicenseComparison, ReleaseDelay, SeatChange, SeatChangeKind } from "../types/comparison"
import { type Connection, pageOf } from "../types/connection"
import { LicenseComparisonConnection, SeatChangeConnection } from "../types/connections"
import { HistoryEntry } from "../types/history"
import { License } from "../types/license"
import { LicensedUser, Source } from "../types/licensed-user"
import { User } from "../types/user"

type Kind = SeatChangeRow["kind"]

@Resolver(() => Comparison)
export class Comparisons {
  @Query(() => Comparison, {
    description: "Two moments side by side: who gained and lost seats between them and why, and what the licenses were in between.",
  })
  async changesBetween(
    @Ctx() context: GraphQLContext,
    @Arg("from", () => AsOf, { description: "The earlier moment." }) from: AsOf,
    @Arg("to", () => AsOf, { description: "The later moment." }) to: AsOf,
    @Arg("licenseId", () => ID, { nullable: true, description: "Of this license only." }) licenseId?: string | null,
  ): Promise<Comparison> {
    permit(context.viewer, "Query.changesBetween")
    const organizationId = requireOrganization(context.viewer, "changesBetween")
    const [earlier, later] = [
      await pointInTime(context, organizationId, from, "from"),
      await pointInTime(context, organizationId, to, "to"),
    ]
    if (earlier.moment.revision > later.moment.revision || earlier.instant > later.instant) {
      throw badUserInput("to", "must not be before `from`")
    }
    if (licenseId && !(await loadLicense(context, licenseId, later.moment))) throw notFound("licenseId")
    const told = new Comparison()
    told.stretch = { from: earlier.moment, to: later.moment }
    told.licenseId = licenseId ?? null
    told.from = comparedMoment(earlier.moment.revision, earlier.instant)
    told.to = comparedMoment(later.moment.revision, later.instant)
    return told
  }

  @FieldResolver(() => SeatChangeConnection, {
    description:
      "Whose place differs between the two moments: license by license in the order of product names, and people in a stable order. Who lost a seat and has it back is not in it.",
    complexity: costOfPage,
  })
  async changes(
    @Root() { stretch, licenseId }: Comparison,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Arg("kinds", () => [SeatChangeKind], { nullable: true, description: "Only these kinds of changes." }) kinds?: Kind[] | null,
  ): Promise<Connection<SeatChange>> {
    const size = pageSize(first)
    const { from, to } = stretch
    const list = listName("changes", from.revision, to.revision, licenseId, kinds)
    const place = decodeCursor(list, after, "ss") as readonly [string, string] | undefined
    const changed = licenseId === null ? await changedLicenses(context.readStore, stretch) : [licenseId]
    const listing = {
      ...stretch,
      licenseIds: place ? changed.slice(Math.max(0, changed.indexOf(place[0]))) : changed,
      limit: size + 1,
      ...(kinds ? { kinds } : {}),
      ...(place ? { after: place[1] } : {}),
    }
    const [rows, totalCount] = await Promise.all([
      seatChanges(context.readStore, listing),
      asksFor(info, "totalCount") ? countOf(context, stretch, changed, kinds) : 0,
    ])
    const item = (row: SeatChangeRow) => changeOf(stretch, row)
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.license_id, row.user_id], totalCount })
  }

  @FieldResolver(() => LicenseComparisonConnection, {
    description:
      "The figures of each license that there was at the later moment, by the name that the product had when the license was registered.",
    complexity: costOfPage,
  })
  async licenses(
    @Root() comparison: Comparison,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<LicenseComparison>> {
    const { licenseId, stretch } = comparison
    const size = pageSize(first)
    const list = listName("compared", stretch.from.revision, stretch.to.revision, licenseId)
    const place = decodeCursor(list, after, "ss") as readonly [string, string] | undefined
    const { readStore } = context
    const [rows, totalCount] = licenseId
      ? [(await licensesByKey(readStore, [{ id: licenseId, moment: stretch.to }])).filter((row) => row !== undefined), 1]
      : await Promise.all([
          licenses(readStore, stretch.to, { limit: size + 1, ...(place ? { after: place } : {}) }),
          asksFor(info, "totalCount") ? countLicenses(readStore, stretch.to, {}) : 0,
        ])
    const figures = new Map((await comparedLicenses(context, info, comparison, rows.slice(0, size))).map((told) => [told.license.id, told]))
    const item = (row: LicenseRow) => figures.get(row.license_id) as LicenseComparison // one for each row of the page
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.sort_name, row.license_id], totalCount })
  }
}

function comparedMoment(revision: number, at: number): ComparedMoment {
  const told = new ComparedMoment()
  told.revision = revision
  told.at = at
  return told
}

async function countOf(
  context: GraphQLContext,
  stretch: Comparison["stretch"],
  licenseIds: readonly string[],
  kinds?: readonly Kind[] | null,
) {
  const counts = await countChanges(context.readStore, stretch, licenseIds)
  const wanted = kinds?.length ? kinds : (Object.keys(SeatChangeKind) as Kind[]) // it has exactly these names
  return counts.reduce((total, count) => total + [...new Set(wanted)].reduce((sum, kind) => sum + count[kind], 0), 0)
}

function changeOf(stretch: Comparison["stretch"], row: SeatChangeRow): SeatChange {
  const change = new SeatChange()
  change.stretch = stretch
  change.licenseId = row.license_id
  change.userId = row.user_id
  change.revision = row.revision
  change.change = row.kind
  return change
}

/** The figures of a page of licenses; what takes a walk through all people of a license only when it is asked for. */
async function comparedLicenses(
  { readStore }: GraphQLContext,
  info: Selected,
  { stretch, from, to }: Comparison,
  rows: readonly LicenseRow[],
): Promise<LicenseComparison[]> {
  const ids = rows.map((row) => row.license_id)
  const period = { moment: stretch.to, until: to.at, before: stretch.from.revision, intervals: [{ start: from.at, end: to.at }] }
  const asks = (...names: readonly string[]) => names.some((name) => asksBelow(info, name))
  const [before, usage, counts, delays] = await Promise.all([
    licensesByKey(
      readStore,
      ids.map((id) => ({ id, moment: stretch.from })),
    ),
    seatUsage(readStore, period, ids),
    asks("gained", "lost", "beganWaiting", "stoppedWaiting") ? countChanges(readStore, stretch, ids) : [],
    asks("deactivationToRelease") ? releaseDelays(readStore, stretch, ids) : [],
  ])
  return rows.map((row, i) => {
    const counted = usage[i]?.[0]
    const [then, now] = [countsOf(before[i]), countsOf(row)]
    const compared = (of: keyof SeatCounts): ComparedCount => {
      const told = new ComparedCount()
      told.before = then[of]
      told.after = now[of]
      // Both moments count, also where other revisions were recorded in the same millisecond.
      told.peak = Math.max(then[of], now[of], counted?.peak[of] ?? 0)
      told.average = from.at < to.at && counted ? average(counted, of) : now[of]
      return told
    }
    const told = new LicenseComparison()
    told.license = licenseOf(row, stretch.to)
    told.purchased = compared("purchased")
    told.seated = compared("seated")
    told.waiting = compared("waiting")
    told.overassignedDays = inDays(counted?.overassignedMs ?? 0)
    told.gained = counts[i]?.GAINED ?? 0
    told.lost = counts[i]?.LOST ?? 0
    told.beganWaiting = counts[i]?.BEGAN_WAITING ?? 0
    told.stoppedWaiting = counts[i]?.STOPPED_WAITING ?? 0
    told.deactivationToRelease = delayOf(delays[i])
    return told
  })
}

function countsOf(row: LicenseRow | undefined): SeatCounts {
  return { purchased: row?.purchased ?? 0, seated: row?.seated ?? 0, waiting: row?.waitlisted ?? 0 }
}

function delayOf(delays: Awaited<ReturnType<typeof releaseDelays>>[number] | undefined): ReleaseDelay {
  const { released, totalMs, longestMs, pending } = delays ?? { released: 0, totalMs: 0, longestMs: 0, pending: 0 }
  const told = new ReleaseDelay()
  told.released = released
  told.averageSeconds = released > 0 ? totalMs / released / 1000 : null
  told.longestSeconds = released > 0 ? longestMs / 1000 : null
  told.pending = pending
  return told
}

/** Only the sources, and when they began if that is asked for. */
const sourcesOnly = (info: Selected): Details => ({
  parts: { name: false, account: false, claim: false, sources: true, since: asksBelow(info, "since") },
  places: false,
})

@Resolver(() => SeatChange)
export class SeatChanges {
  @FieldResolver(() => License, { description: "The license, as it was at the later moment.", complexity: 2 })
  async license(@Root() { stretch, licenseId }: SeatChange, @Ctx() context: GraphQLContext): Promise<License> {
    return (await context.loaders.license.load({ id: licenseId, moment: stretch.to })) as License // licenses never end
  }

  @FieldResolver(() => User, {
    description: "The person, as at the later moment; who was deleted since, as at the earlier one.",
    complexity: 2,
  })
  async user(@Root() { stretch, userId }: SeatChange, @Ctx() context: GraphQLContext): Promise<User> {
    const { user } = context.loaders
    const found = (await user.load({ id: userId, moment: stretch.to })) ?? (await user.load({ id: userId, moment: stretch.from }))
    return found ?? userOf(userId, {}, stretch.to)
  }

  @FieldResolver(() => LicensedUser, { nullable: true, description: "The seat or place at the earlier moment.", complexity: 3 })
  before(@Root() change: SeatChange, @Ctx() context: GraphQLContext, @Info() info: Selected): Promise<LicensedUser | undefined> {
    return licensedUser(context, change, "from", detailsOf(info))
  }

  @FieldResolver(() => LicensedUser, { nullable: true, description: "The seat or place at the later moment.", complexity: 3 })
  after(@Root() change: SeatChange, @Ctx() context: GraphQLContext, @Info() info: Selected): Promise<LicensedUser | undefined> {
    return licensedUser(context, change, "to", detailsOf(info))
  }

  @FieldResolver(() => [Source], {
    description: "Through what: the sources at the later moment, or of who has none any more, those at the earlier one. Oldest first.",
    complexity: 10,
  })
  async sources(@Root() change: SeatChange, @Ctx() context: GraphQLContext, @Info() info: Selected): Promise<readonly Source[]> {
    const details = sourcesOnly(info)
    const now = await licensedUser(context, change, "to", details)
    return (now ?? (await licensedUser(context, change, "from", details)))?.sources ?? []
  }

  @FieldResolver(() => HistoryEntry, {
    nullable: true,
    description:
      "The reason: the event that did it, the last one if there were several; `causedBy` leads to what started it. Null only while the history is not up to date yet.",
    complexity: 3,
  })
  entry(@Root() { stretch, revision }: SeatChange, @Ctx() context: GraphQLContext): Promise<HistoryEntry | undefined> {
    return context.loaders.historyEntry.load({ organizationId: stretch.to.organizationId, revision })
  }
}

async function licensedUser(
  context: GraphQLContext,
  { stretch, licenseId, userId }: SeatChange,
  end: "from" | "to",
  details: Details,
): Promise<LicensedUser | undefined> {
  const moment = stretch[end]
  const [license, row] = await Promise.all([
    context.loaders.license.load({ id: licenseId, moment }),
    context.loaders.seat.load({ moment, licenseId, userId }),
  ])
  const [person] = license && row ? await licensedUsersOf(context, [{ license, row }], details) : []
  return person
}
