/** Who holds or awaits a seat: pages of people, their sources, their places in the waitlist. */
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Found, isFound, namesFrom } from "../directory/found"
import { USER_COLUMNS, type UserRow } from "../directory/queries"
import { type Covers, ofKey, rowsAt, rowsAtEach, type SpanQuery, type Speed } from "../reading"
import { and, raw, type Sql, sql } from "../sql"

type SeatState = "SEATED" | "WAITLISTED"

export interface SeatRow extends UserRow {
  readonly license_id: string
  readonly state: SeatState
  readonly from_at: number
  readonly opened_revision: number
  readonly opened_ordinal: number
  readonly opened_at: number
  readonly sort_name: string
}

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
  readonly limit: number
}

/** Sorting up to so many people takes less than finding a page of them among everybody in the order of names. */
const FEW = 2_000

const SEAT_COLUMNS = sql`s.license_id, s.user_id, s.state, s.from_at, s.opened_revision, s.opened_ordinal, s.opened_at,
  coalesce(n.sort_name, '') as sort_name, ${USER_COLUMNS}`

/** A page of people for each listing, in one statement; in two where a page runs over from one state into the other. */
export async function seatPages(store: ReadStore, listings: readonly SeatListing[]): Promise<SeatRow[][]> {
  const pages: SeatRow[][] = listings.map(() => [])
  const plans = listings.map((listing) => ({ listing, steps: stepsOf(listing) }))
  for (let step = 0; step < 2; step++) {
    const queries: { readonly page: SeatRow[]; readonly query: SpanQuery; readonly speed: Speed }[] = []
    plans.forEach(({ listing, steps }, i) => {
      const page = pages[i] as SeatRow[] // made above, one per listing
      const put = steps[step]
      if (!put || page.length >= listing.limit) return
      const query = { moment: listing.moment, put: (covers: Covers) => put(covers, listing.limit - page.length) }
      queries.push({ page, query, speed: speedOf(listing) })
    })
    const speed = queries.some((query) => query.speed === "slowRows") ? "slowRows" : "rows"
    const rows = await rowsAtEach<SeatRow>(
      store,
      queries.map(({ query }) => query),
      speed,
    )
    for (const [i, { page }] of queries.entries()) page.push(...(rows[i] ?? []))
  }
  return pages
}

type Step = (covers: Covers, limit: number) => Sql

function stepsOf(listing: SeatListing): readonly Step[] {
  if (listing.order === "DISPLAY_NAME") return [(covers, limit) => byName(listing, covers, limit)]
  if (listing.order === "ENTITLED_SINCE") return [(covers, limit) => byEntitlement(listing, covers, limit)]
  const states: SeatState[] = listing.descending ? ["WAITLISTED", "SEATED"] : ["SEATED", "WAITLISTED"]
  const begun = listing.after && states.indexOf(listing.after.length === 1 ? "SEATED" : "WAITLISTED")
  return states
    .filter((state, i) => (listing.state ?? state) === state && i >= (begun ?? 0))
    .filter((state) => (state === "SEATED" ? listing.seated : listing.waitlisted) > 0)
    .map((state) =>
      state === "SEATED" ? (covers, limit) => bySeat(listing, covers, limit) : (covers, limit) => byClaim(listing, covers, limit, state),
    )
}

/** Seated people by user id: all spans of one person lie side by side, so the past reads as fast as today. */
function bySeat(listing: SeatListing, covers: Covers, limit: number): Sql {
  const after = listing.after?.length === 1 ? [sql`s.user_id ${beyond(listing)} ${listing.after[0] ?? ""}`] : []
  return sql`select ${SEAT_COLUMNS} from ${seatsOf(listing, covers)}
    where ${and([...conditions(listing, covers, "SEATED"), ...after])}
    order by s.user_id ${direction(listing)} limit ${limit}`
}

/** In the order of the claim keys, which is that of the waitlist. */
function byClaim(listing: SeatListing, covers: Covers, limit: number, state: SeatState): Sql {
  const place = listing.after?.length === 3 ? listing.after : undefined
  const after = place ? [sql`(s.opened_revision, s.opened_ordinal, s.user_id) ${beyond(listing)} (${place})`] : []
  const towards = direction(listing)
  return sql`select ${SEAT_COLUMNS} from ${seatsOf(listing, covers)}
    where ${and([...conditions(listing, covers, state), ...after])}
    order by s.opened_revision ${towards}, s.opened_ordinal ${towards}, s.user_id ${towards} limit ${limit}`
}

/** The states lie apart in the index, each in the order of claims: a page of each, and the first of both. */
function byEntitlement(listing: SeatListing, covers: Covers, limit: number): Sql {
  if (listing.state) return byClaim(listing, covers, limit, listing.state)
  const pages = (["SEATED", "WAITLISTED"] as const).map((state) => sql`select * from (${byClaim(listing, covers, limit, state)}) s`)
  const towards = direction(listing)
  return sql`select * from (${pages[0] ?? raw("")} union all ${pages[1] ?? raw("")}) s
    order by s.opened_revision ${towards}, s.opened_ordinal ${towards}, s.user_id ${towards} limit ${limit}`
}

/**
 * By name: a large license by walking the names of the organization, in their order, and looking whether each has a
 * seat; a small one by sorting its people. Either way a page costs about the same however large the license is.
 */
function byName(listing: SeatListing, covers: Covers, limit: number): Sql {
  const { after, moment } = listing
  const towards = direction(listing)
  if (isSmall(listing) || listing.found?.few) {
    const later = after ? [sql`(coalesce(n.sort_name, ''), s.user_id) ${beyond(listing)} (${after})`] : []
    return sql`select ${SEAT_COLUMNS} from ${seatsOf(listing, covers)}
      where ${and([...conditions(listing, covers, listing.state), ...later])}
      order by sort_name ${towards}, s.user_id ${towards} limit ${limit}`
  }
  const later = after ? [sql`(n.sort_name, n.principal_id) ${beyond(listing)} (${after})`] : []
  // `cross join` keeps SQLite from starting with the seats, which it would then have to sort.
  return sql`select ${SEAT_COLUMNS} from principal_name n cross join seat s left join user_state u on u.user_id = n.principal_id and ${covers("u")}
    where n.organization_id = ${moment.organizationId} and n.principal_type = 'USER' and ${covers("n")} and s.user_id = n.principal_id
      and ${and([...conditions(listing, covers, listing.state), ...later])}
    order by n.sort_name ${towards}, n.principal_id ${towards} limit ${limit}`
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

/** Seats with the names of their people; from the people when a search found few, each looked up by the key of the seat. */
function seatsOf({ found }: Pick<SeatListing, "found">, covers: Covers): Sql {
  if (!found?.few) return sql`seat s ${namesOf(covers)}`
  return sql`${namesFrom(found, covers)} cross join seat s left join user_state u on u.user_id = s.user_id and ${covers("u")}`
}

function namesOf(covers: Covers): Sql {
  return sql`left join principal_name n on n.principal_id = s.user_id and ${covers("n")}
    left join user_state u on u.user_id = s.user_id and ${covers("u")}`
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

function speedOf(listing: SeatListing): Speed {
  return listing.found || listing.group || (listing.order !== "STATE_THEN_PLACE" && listing.seated + listing.waitlisted > 200)
    ? "slowRows"
    : "rows"
}

/** How many people a listing has, when the license's counters do not say so. */
export async function countSeats(store: ReadStore, listing: Omit<SeatListing, "after" | "limit">): Promise<number> {
  const put = (covers: Covers) =>
    sql`select count(*) as total from ${seatsOf(listing, covers)} where ${and(conditions(listing, covers, listing.state))}`
  const [row] = await rowsAt<{ total: number }>(store, listing.moment, put, "slowRows")
  return row?.total ?? 0
}

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
        sql`select ${SEAT_COLUMNS} from seat s ${namesOf(covers)} where ${and(conditions({ licenseId, moment }, covers))} and s.user_id = ${userId}`,
    })),
  )
  return rows.map(([row]) => row)
}

export async function hasSeat(store: ReadStore, moment: Moment, licenseId: string, userId: string): Promise<boolean> {
  const put = (covers: Covers) =>
    sql`select 1 from seat s where ${and(conditions({ licenseId, moment }, covers))} and s.user_id = ${userId}`
  return (await rowsAt(store, moment, put)).length > 0
}

export interface ClaimListing {
  readonly moment: Moment
  readonly userId: string
  readonly after?: string
  readonly limit: number
}

/** The licenses on which a person has a claim, by license id, for each listing. */
export function claimPages(store: ReadStore, listings: readonly ClaimListing[]): Promise<SeatRow[][]> {
  return rowsAtEach<SeatRow>(
    store,
    listings.map(({ moment, userId, after, limit }) => ({
      moment,
      put: (covers) => sql`select ${SEAT_COLUMNS} from seat s ${namesOf(covers)}
        where s.user_id = ${userId} and s.organization_id = ${moment.organizationId} and ${covers("s")} and s.license_id > ${after ?? ""}
        order by s.license_id limit ${limit}`,
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

export interface SourceRow {
  readonly user_id: string
  readonly group_id: string | null
  readonly group_name: string | null
  readonly since: number
}

export interface SourcesOf {
  readonly moment: Moment
  readonly licenseId: string
  readonly userIds: readonly string[]
}

/** Why people are entitled, for each request; joined from assignments and memberships, oldest first. */
export function sources(store: ReadStore, requests: readonly SourcesOf[]): Promise<SourceRow[][]> {
  return rowsAtEach<SourceRow>(
    store,
    requests.map(({ moment, licenseId, userIds }) => ({
      moment,
      put: (covers) => sql`
        select a.principal_id as user_id, null as group_id, null as group_name, a.from_at as since
        from assignment a
        where a.license_id = ${licenseId} and a.organization_id = ${moment.organizationId} and a.principal_type = 'USER'
          and a.principal_id in (${userIds}) and ${covers("a")}
        union all
        select m.member_id as user_id, m.group_id, n.display_name as group_name,
          case when m.from_at > a.from_at then m.from_at else a.from_at end as since
        from membership m
        cross join assignment a
        left join principal_name n on n.principal_id = m.group_id and ${covers("n")}
        where m.member_id in (${userIds}) and m.organization_id = ${moment.organizationId} and ${covers("m")}
          and a.license_id = ${licenseId} and a.principal_id = m.group_id and ${covers("a")}
        order by since, group_id`,
    })),
  )
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
