/** Who holds or awaits a seat: pages of people, their sources, their places in the waitlist. */
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Found, isFound, namesFrom } from "../directory/found"
import type { UserRow } from "../directory/queries"
import { type Covers, ofKey, rowsAt, rowsAtEach, type SpanQuery } from "../reading"
import { and, limitTo, offsetBy, raw, type Sql, sql } from "../sql"

type SeatState = "SEATED" | "WAITLISTED"

export interface SeatRow extends Partial<Omit<UserRow, "user_id">> {
  /** The direct assignment: revision and, if wanted, instant since when. */
  readonly direct?: string | null
  /** Groups that entitle the person, separated by commas: id, revision and, if wanted, instant since when. */
  readonly groups?: string | null
  readonly user_id: string
  readonly state: SeatState
  readonly from_at?: number
  readonly opened_at?: number
  readonly opened_revision?: number
  readonly opened_ordinal?: number
  readonly sort_name?: string
}

/**
 * Which parts of a row are wanted. Each takes a look into another table for every person of a page, which is most of
 * what a page costs: 50 ids are read in 30 µs, with their names in 95, with two sources each in 180.
 */
export interface SeatParts {
  /** Display name, user name, mail address. */
  readonly name: boolean
  /** External id, and whether active. */
  readonly account: boolean
  /** The claim key, and since when. */
  readonly claim: boolean
  readonly sources: boolean
  /** Since when each source has been one: the instant, which is not in the indexes. */
  readonly since: boolean
}
const EVERYTHING: SeatParts = { name: true, account: true, claim: true, sources: true, since: true }
const NOTHING: SeatParts = { name: false, account: false, claim: false, sources: false, since: false }

/** Where a page goes on: the values of the last row that its order compares. */
export type SeatPlace = readonly (string | number)[]

export interface SeatListing {
  readonly moment: Moment
  readonly licenseId: string
  /** The license's counters at that moment: they say which way of reading is the cheaper one. */
  readonly seated: number
  readonly waitlisted: number
  readonly order: "STATE_THEN_PLACE" | "DISPLAY_NAME" | "ENTITLED_SINCE"
  readonly descending: boolean
  readonly state?: SeatState
  /** Only people whom this group entitles. */
  readonly group?: { readonly id: string; readonly memberCount: number }
  /** Only whose names a search finds. */
  readonly found?: Found
  readonly after?: SeatPlace
  /** So many of the list are left out first: they are walked over, 100,000 in about 100 ms. */
  readonly skip?: number
  readonly limit: number
  /** Everything, when left out. */
  readonly parts?: SeatParts
}

/** Sorting up to so many people takes less than finding a page of them among everybody in the order of names. */
const FEW = 2_000

/** A page of people for each listing; in one statement for all that want the same parts. */
export async function seatPages(store: ReadStore, listings: readonly SeatListing[]): Promise<SeatRow[][]> {
  const shapes = new Map<string, SeatListing[]>()
  for (const listing of listings) {
    const shape = `${listing.order} ${Object.values(listing.parts ?? EVERYTHING)}`
    const alike = shapes.get(shape)
    if (alike) alike.push(listing)
    else shapes.set(shape, [listing])
  }
  const pages = new Map<SeatListing, SeatRow[]>()
  for (const alike of shapes.values()) {
    const queries = alike.map((listing) => ({
      moment: listing.moment,
      put: (covers: Covers) => withSources(skipped(listing, covers), listing, covers),
    }))
    const answers = await rowsAtEach<SeatRow>(store, queries, alike.some(isSlow) ? "slowRows" : "rows")
    alike.forEach((listing, i) => {
      pages.set(listing, answers[i] ?? [])
    })
  }
  return listings.map((listing) => pages.get(listing) ?? [])
}

function skipped(listing: SeatListing, covers: Covers): Sql {
  const { skip = 0, limit } = listing
  if (skip === 0) return pageOf(listing, covers)
  return sql`select * from (${pageOf({ ...listing, limit: skip + limit }, covers)}) s ${limitTo(limit)} ${offsetBy(skip)}`
}

function pageOf(listing: SeatListing, covers: Covers): Sql {
  if (listing.order === "DISPLAY_NAME") return byName(listing, covers)
  if (listing.order === "ENTITLED_SINCE") return byEntitlement(listing, covers)
  const [first, second] = statesOf(listing).map((state) => (state === "SEATED" ? bySeat(listing, covers) : byClaim(listing, covers, state)))
  if (first === undefined) return sql`select * from (${bySeat(listing, covers)}) s where 1 = 0`
  if (second === undefined || fillsPage(listing)) return first
  // Where the people of one state do not fill the page, those of the other follow; the outer limit ends the reading.
  return sql`select * from (${first}) s union all select * from (${second}) s ${limitTo(listing.limit)}`
}

/**
 * Why each person of a page is entitled, joined from assignments and memberships: one text per person, because a row per
 * source took three times as long to hand over as to find. The limit keeps SQLite from merging this into the page, where
 * it would be done for everybody who is sorted.
 */
function withSources(page: Sql, { moment, licenseId, parts = EVERYTHING, limit }: SourcesOf, covers: Covers): Sql {
  if (!parts.sources) return page
  // By organization and principal: by license and principal SQLite would walk through all assignments of the license.
  const ofLicense = licenseId === undefined ? raw("a.license_id = s.license_id") : sql`a.license_id = ${licenseId}`
  const assigned = sql`a.organization_id = ${moment.organizationId} and ${ofLicense} and ${ofKey(covers)("a")}`
  const later = (column: string) => `case when m.${column} > a.${column} then m.${column} else a.${column} end`
  const since = parts.since ? ` || ' ' || ${later("from_at")}` : ""
  return sql`select s.*,
      (select a.from_revision ${raw(parts.since ? "|| ' ' || a.from_at" : "|| ''")} from assignment a
       where a.principal_id = s.user_id and ${assigned}) as direct,
      (select string_agg(m.group_id || ' ' || ${raw(later("from_revision") + since)}, ',') from membership m cross join assignment a
       where m.member_id = s.user_id and ${covers("m")} and a.principal_id = m.group_id and ${assigned}) as groups
    from (${page}) s ${limitTo(limit)}`
}
/** Without a license, of that of each row. */
type SourcesOf = Pick<SeatListing, "moment" | "parts" | "limit"> & { readonly licenseId?: string }

/** A first page that the people of its first state are known to fill. */
function fillsPage({ after, found, group, descending, seated, waitlisted, limit }: SeatListing): boolean {
  return !after && !found && !group && (descending ? waitlisted : seated) >= limit
}

/** The states a page may have, in its order, after what the pages before it have had. */
function statesOf({ state, descending, after, seated, waitlisted }: SeatListing): SeatState[] {
  const states: SeatState[] = descending ? ["WAITLISTED", "SEATED"] : ["SEATED", "WAITLISTED"]
  const begun = after ? states.indexOf(after.length === 1 ? "SEATED" : "WAITLISTED") : 0
  const people = { SEATED: seated, WAITLISTED: waitlisted }
  return states.filter((one, i) => (state ?? one) === one && i >= begun && people[one] > 0)
}

/** Seated people by user id: all spans of one person lie side by side, so the past reads as fast as today. */
function bySeat(listing: SeatListing, covers: Covers): Sql {
  const after = listing.after?.length === 1 ? [sql`s.user_id ${beyond(listing)} ${listing.after[0] ?? ""}`] : []
  return sql`select ${columnsOf(listing, "SEATED")} from ${seatsOf(listing, covers)}
    where ${and([...conditions(listing, covers, "SEATED"), ...after])}
    order by s.user_id ${direction(listing)} ${limitTo(listing.limit)}`
}

/** In the order of the claim keys, which is that of the waitlist. */
function byClaim(listing: SeatListing, covers: Covers, state: SeatState): Sql {
  const place = listing.after?.length === 3 ? listing.after : undefined
  const after = place ? [sql`(s.opened_revision, s.opened_ordinal, s.user_id) ${beyond(listing)} (${place})`] : []
  const towards = direction(listing)
  return sql`select ${columnsOf(listing)} from ${seatsOf(listing, covers)}
    where ${and([...conditions(listing, covers, state), ...after])}
    order by s.opened_revision ${towards}, s.opened_ordinal ${towards}, s.user_id ${towards} ${limitTo(listing.limit)}`
}

/** The states lie apart in the index, each in the order of claims: a page of each, and the first of both. */
function byEntitlement(listing: SeatListing, covers: Covers): Sql {
  if (listing.state) return byClaim(listing, covers, listing.state)
  const pages = (["SEATED", "WAITLISTED"] as const).map((state) => sql`select * from (${byClaim(listing, covers, state)}) s`)
  const towards = direction(listing)
  return sql`select * from (${pages[0] ?? raw("")} union all ${pages[1] ?? raw("")}) s
    order by s.opened_revision ${towards}, s.opened_ordinal ${towards}, s.user_id ${towards} ${limitTo(listing.limit)}`
}

/**
 * By name: a large license by walking the names of the organization, in their order, and looking whether each has a
 * seat; a small one by sorting its people. Either way a page costs about the same however large the license is.
 */
function byName(listing: SeatListing, covers: Covers): Sql {
  const { after, moment } = listing
  const towards = direction(listing)
  if (isSmall(listing) || listing.found?.few) {
    const later = after ? [sql`(coalesce(n.sort_name, ''), s.user_id) ${beyond(listing)} (${after})`] : []
    return sql`select ${columnsOf(listing)} from ${seatsOf(listing, covers)}
      where ${and([...conditions(listing, covers, listing.state), ...later])}
      order by sort_name ${towards}, s.user_id ${towards} ${limitTo(listing.limit)}`
  }
  const later = after ? [sql`(n.sort_name, n.principal_id) ${beyond(listing)} (${after})`] : []
  // `cross join` keeps SQLite from starting with the seats, which it would then have to sort.
  return sql`select ${columnsOf(listing)} from principal_name n cross join seat s ${accountOf(listing.parts ?? EVERYTHING, covers)}
    where n.organization_id = ${moment.organizationId} and n.principal_type = 'USER' and ${covers("n")} and s.user_id = n.principal_id
      and ${and([...conditions(listing, covers, listing.state), ...later])}
    order by n.sort_name ${towards}, n.principal_id ${towards} ${limitTo(listing.limit)}`
}

/** The state stands in the text, not in a parameter: only so do the partial indexes over it apply. */
function conditions(listing: Pick<SeatListing, "licenseId" | "moment" | "group" | "found">, covers: Covers, state?: SeatState): Sql[] {
  const { licenseId, moment, group, found } = listing
  return [
    sql`s.license_id = ${licenseId} and s.organization_id = ${moment.organizationId}`,
    (found?.few ? ofKey(covers) : covers)("s"),
    ...(state ? [raw(`s.state = '${state}'`)] : []),
    ...(group ? [entitledBy(licenseId, group, covers)] : []),
    ...(found ? [isFound(found, covers)] : []),
    ...(found?.few ? [sql`s.user_id = n.principal_id and ${covers("n")}`] : []),
  ]
}

/** A small group's members are listed once; a large one's are asked for one by one, because a page soon has its fill of them. */
function entitledBy(licenseId: string, group: NonNullable<SeatListing["group"]>, covers: Covers): Sql {
  const assigned = sql`exists (select 1 from assignment a where a.license_id = ${licenseId} and a.principal_id = ${group.id} and ${covers("a")})`
  const member =
    group.memberCount <= FEW
      ? sql`s.user_id in (select m.member_id from membership m where m.group_id = ${group.id} and m.member_type = 'USER' and ${covers("m")})`
      : // Put like this, only the member can be looked up: SQLite would rather walk through the group, once for each person.
        sql`${group.id} in (select m.group_id from membership m where m.member_id = s.user_id and ${covers("m")})`
  return sql`${assigned} and ${member}`
}

/** Seats with the wanted parts; from the people when a search found few, each looked up by the key of the seat. */
function seatsOf({ found, order, parts = EVERYTHING }: Pick<SeatListing, "found" | "order" | "parts">, covers: Covers): Sql {
  if (found?.few) return sql`${namesFrom(found, covers)} cross join seat s ${accountOf(parts, covers)}`
  const isNamed = parts.name || parts.account || order === "DISPLAY_NAME" || found !== undefined
  const name = isNamed ? sql`left join principal_name n on n.principal_id = s.user_id and ${covers("n")}` : raw("")
  return sql`seat s ${name} ${accountOf(parts, covers)}`
}

function accountOf({ account }: SeatParts, covers: Covers): Sql {
  return account ? sql`left join user_state u on u.user_id = s.user_id and ${covers("u")}` : raw("")
}

/** Of a page by id or by claim only what its indexes hold, unless more is wanted. */
function columnsOf({ order, parts = EVERYTHING }: Pick<SeatListing, "order" | "parts">, state?: SeatState): Sql {
  const hasPlace = order === "ENTITLED_SINCE" || (order === "STATE_THEN_PLACE" && state !== "SEATED")
  const key = hasPlace || parts.claim ? "s.opened_revision, s.opened_ordinal" : "0 as opened_revision, 0 as opened_ordinal"
  return raw(
    [
      "s.user_id, s.state",
      ...(order === "DISPLAY_NAME" ? ["coalesce(n.sort_name, '') as sort_name"] : []),
      key,
      ...(parts.claim ? ["s.from_at, s.opened_at"] : []),
      ...(parts.name ? ["n.display_name, n.user_name, n.mail"] : []),
      ...(parts.account ? ["n.external_id, u.active"] : []),
    ].join(", "),
  )
}

function beyond(listing: SeatListing): Sql {
  return raw(listing.descending ? "<" : ">")
}
function direction(listing: SeatListing): Sql {
  return raw(listing.descending ? "desc" : "asc")
}

function isSmall({ state, seated, waitlisted }: SeatListing): boolean {
  return (state === "SEATED" ? seated : state === "WAITLISTED" ? waitlisted : seated + waitlisted) <= FEW
}

function isSlow({ found, group, order, seated, waitlisted, skip = 0 }: SeatListing): boolean {
  return skip > FEW || found !== undefined || group !== undefined || (order !== "STATE_THEN_PLACE" && seated + waitlisted > 200)
}

/** How many people a listing has, when the license's counters do not say so. */
export async function countSeats(store: ReadStore, listing: Omit<SeatListing, "after" | "limit">): Promise<number> {
  const put = (covers: Covers) =>
    sql`select count(*) as total from ${seatsOf({ ...listing, order: "STATE_THEN_PLACE", parts: NOTHING }, covers)} where ${and(conditions(listing, covers, listing.state))}`
  const [row] = await rowsAt<{ total: number }>(store, listing.moment, put, "slowRows")
  return row?.total ?? 0
}

/** A row with everything. */
const WHOLE = { order: "STATE_THEN_PLACE", parts: EVERYTHING } as const

export interface SeatKey {
  readonly moment: Moment
  readonly licenseId: string
  readonly userId: string
}

/** One person's seat or place for each key; undefined for who has no claim. */
export async function seatsByKey(store: ReadStore, keys: readonly SeatKey[]): Promise<(SeatRow | undefined)[]> {
  const rows = await rowsAtEach<SeatRow>(
    store,
    keys.map(({ moment, licenseId, userId }) => ({
      moment,
      put: (covers) =>
        withSources(
          sql`select ${columnsOf(WHOLE)} from ${seatsOf(WHOLE, covers)}
            where ${and(conditions({ licenseId, moment }, covers))} and s.user_id = ${userId}`,
          { moment, licenseId, limit: 1 },
          covers,
        ),
    })),
  )
  return rows.map(([row]) => row)
}

export async function hasSeat(store: ReadStore, moment: Moment, licenseId: string, userId: string): Promise<boolean> {
  const put = (covers: Covers) =>
    sql`select 1 from seat s where ${and(conditions({ licenseId, moment }, covers))} and s.user_id = ${userId}`
  return (await rowsAt(store, moment, put)).length > 0
}

export type ClaimRow = SeatRow & { readonly license_id: string }

export interface ClaimListing {
  readonly moment: Moment
  readonly userId: string
  readonly after?: string
  readonly limit: number
}

/** The licenses on which a person has a claim, by license id, for each listing. */
export function claimPages(store: ReadStore, listings: readonly ClaimListing[]): Promise<ClaimRow[][]> {
  return rowsAtEach<ClaimRow>(
    store,
    listings.map(({ moment, userId, after, limit }) => ({
      moment,
      put: (covers) =>
        withSources(
          sql`select s.license_id, ${columnsOf(WHOLE)} from ${seatsOf(WHOLE, covers)}
            where s.user_id = ${userId} and s.organization_id = ${moment.organizationId} and ${covers("s")} and s.license_id > ${after ?? ""}
            order by s.license_id ${limitTo(limit)}`,
          { moment, limit },
          covers,
        ),
    })),
  )
}

export async function countClaims(store: ReadStore, listings: readonly Pick<ClaimListing, "moment" | "userId">[]): Promise<number[]> {
  const rows = await rowsAtEach<{ total: number }>(
    store,
    listings.map(({ moment, userId }) => ({
      moment,
      put: (covers) =>
        sql`select count(*) as total from seat s where s.user_id = ${userId} and s.organization_id = ${moment.organizationId} and ${covers("s")}`,
    })),
  )
  return rows.map(([row]) => row?.total ?? 0)
}

export interface Waiting {
  readonly moment: Moment
  readonly licenseId: string
  /** Claim keys, in their order. */
  readonly keys: readonly (readonly [revision: number, ordinal: number])[]
  /** How many people wait on the license. */
  readonly waitlisted: number
}

/** Counting past so many entries of the waitlist is left to a worker. */
const LONG = 10_000

/** The places of these claims in the waitlist, from 1. Each stretch between two of them is counted once, not once per claim. */
export async function waitlistPlaces(store: ReadStore, requests: readonly Waiting[]): Promise<number[][]> {
  const stretches = requests.flatMap(({ moment, licenseId, keys }) =>
    keys.map((key, i): SpanQuery => {
      const before = keys[i - 1]
      const from = before ? sql`and (s.opened_revision, s.opened_ordinal) > (${before})` : raw("")
      return {
        moment,
        put: (covers) => sql`select count(*) as people from seat s
          where s.license_id = ${licenseId} and s.state = 'WAITLISTED' and ${covers("s")}
            and (s.opened_revision, s.opened_ordinal) <= (${key}) ${from}`,
      }
    }),
  )
  const speed = requests.some(({ waitlisted }) => waitlisted > LONG) ? "slowRows" : "rows"
  const counted = await rowsAtEach<{ people: number }>(store, stretches, speed)
  let next = 0
  return requests.map(({ keys }) => {
    let place = 0
    return keys.map(() => {
      place += counted[next++]?.[0]?.people ?? 0
      return place
    })
  })
}
