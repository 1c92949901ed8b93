/** What was assigned to whom, and how far it is carried out. */
import type { ActorType, PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import type { Found } from "../directory/found"
import { USER_COLUMNS, type UserRow } from "../directory/queries"
import { type Covers, rowsAtEach, type Speed } from "../reading"
import { and, limitTo, raw, type Sql, sql } from "../sql"

export interface AssignmentRow extends Omit<UserRow, "user_id"> {
  readonly license_id: string
  readonly principal_type: PrincipalType
  readonly principal_id: string
  readonly from_revision: number
  readonly from_at: number
  readonly actor_type: ActorType
  readonly actor_id: string
  /** Sealed. */
  readonly reason: string | null
}

const COLUMNS = sql`a.license_id, a.principal_type, a.principal_id, a.from_revision, a.from_at, a.actor_type, a.actor_id, a.reason, ${USER_COLUMNS}`

export interface LicenseAssignments {
  readonly moment: Moment
  readonly licenseId: string
  readonly type?: PrincipalType
  /** Only whose names a search finds. */
  readonly found?: Found
  readonly after?: readonly [fromRevision: number, principalId: string]
  readonly limit: number
}

/** Oldest first, which never changes for those already there. */
export function assignmentPages(store: ReadStore, listings: readonly LicenseAssignments[]): Promise<AssignmentRow[][]> {
  return rowsAtEach<AssignmentRow>(
    store,
    listings.map((listing) => ({
      moment: listing.moment,
      put: (covers) => {
        const after = listing.after ? [sql`(a.from_revision, a.principal_id) > (${listing.after})`] : []
        return sql`select ${COLUMNS} from assignment a ${names(covers)}
          where ${and([...ofLicense(listing, covers), ...after])}
          order by a.from_revision, a.principal_id ${limitTo(listing.limit)}`
      },
    })),
    listings.some(isNarrowed) ? "slowRows" : "rows",
  )
}

export async function countAssignments(
  store: ReadStore,
  listings: readonly Omit<LicenseAssignments, "after" | "limit">[],
): Promise<number[]> {
  const rows = await rowsAtEach<{ total: number }>(
    store,
    listings.map((listing) => ({
      moment: listing.moment,
      put: (covers) => {
        const joined = listing.found ? names(covers) : raw("")
        return sql`select count(*) as total from assignment a ${joined} where ${and(ofLicense(listing, covers))}`
      },
    })),
    "slowRows",
  )
  return rows.map(([row]) => row?.total ?? 0)
}

function ofLicense({ moment, licenseId, type, found }: Omit<LicenseAssignments, "after" | "limit">, covers: Covers): Sql[] {
  return [
    sql`a.license_id = ${licenseId} and a.organization_id = ${moment.organizationId}`,
    covers("a"),
    ...(type ? [sql`a.principal_type = ${type}`] : []),
    ...(found ? [sql`n.name_id in (${found.ids(covers)})`] : []),
  ]
}

/** A narrowed list may have to pass over many assignments before it has a page. */
function isNarrowed({ type, found }: LicenseAssignments): boolean {
  return type !== undefined || found !== undefined
}

export interface GroupAssignments {
  readonly moment: Moment
  readonly groupId: string
  readonly after?: readonly [fromRevision: number, licenseId: string]
  readonly limit: number
}

export function groupAssignmentPages(store: ReadStore, listings: readonly GroupAssignments[]): Promise<AssignmentRow[][]> {
  return rowsAtEach<AssignmentRow>(
    store,
    listings.map(({ moment, groupId, after, limit }) => ({
      moment,
      put: (covers) => {
        const later = after ? [sql`(a.from_revision, a.license_id) > (${after})`] : []
        return sql`select ${COLUMNS} from assignment a ${names(covers)}
          where ${and([ofPrincipal(moment, groupId), covers("a"), ...later])}
          order by a.from_revision, a.license_id ${limitTo(limit)}`
      },
    })),
  )
}

export async function countGroupAssignments(
  store: ReadStore,
  listings: readonly Pick<GroupAssignments, "moment" | "groupId">[],
): Promise<number[]> {
  const rows = await rowsAtEach<{ total: number }>(
    store,
    listings.map(({ moment, groupId }) => ({
      moment,
      put: (covers) => sql`select count(*) as total from assignment a where ${ofPrincipal(moment, groupId)} and ${covers("a")}`,
    })),
  )
  return rows.map(([row]) => row?.total ?? 0)
}

/** The last moment, up to this one, at which the license was assigned to each of these principals. */
export async function lastEntitled(
  store: ReadStore,
  moment: Moment,
  licenseId: string,
  principalIds: readonly string[],
): Promise<ReadonlyMap<string, Moment>> {
  const query = sql`select a.principal_id, max(a.to_revision) as ended from assignment a
    where a.organization_id = ${moment.organizationId} and a.principal_id in (${principalIds}) and a.license_id = ${licenseId}
      and a.from_revision <= ${moment.revision} group by a.principal_id`
  const rows = await store.rows<{ principal_id: string; ended: number }>(query.text, query.params)
  const at = (ended: number): Moment => (ended > moment.revision ? moment : { ...moment, revision: ended - 1, open: false })
  return new Map(rows.map(({ principal_id, ended }) => [principal_id, at(ended)]))
}

function ofPrincipal(moment: Moment, principalId: string): Sql {
  return sql`a.organization_id = ${moment.organizationId} and a.principal_id = ${principalId}`
}

function names(covers: Covers): Sql {
  return sql`left join principal_name n on n.principal_id = a.principal_id and ${covers("n")}
    left join user_state u on u.user_id = a.principal_id and ${covers("u")}`
}

/** The assignments of one license whose progress is asked for. */
export interface ProgressOf {
  readonly moment: Moment
  readonly licenseId: string
  /** The license's counters at that moment. */
  readonly waitlisted: number
  readonly remaining: number
  readonly principals: readonly { readonly type: PrincipalType; readonly id: string }[]
}

export interface Progress {
  /** How many of the assignment's people wait. */
  readonly waiting: number
  /** True while somebody of it is neither seated nor waiting yet (rule 39). */
  readonly unfinished: boolean
}

/** A longer waitlist than this is matched with the groups by a worker. */
const LONG = 1_000

/** How far assignments are carried out: one statement for all of them, and a second one while a license is being settled. */
export async function progressOf(store: ReadStore, requests: readonly ProgressOf[]): Promise<ReadonlyMap<string, Progress>[]> {
  const waits = requests.filter((request) => request.waitlisted > 0)
  const settles = requests.filter((request) => request.remaining > 0)
  const speed: Speed = waits.some((request) => request.waitlisted > LONG) ? "slowRows" : "rows"
  const waiting = await rowsAtEach<{ principal_id: string; waiting: number }>(
    store,
    waits.map((request) => ({ moment: request.moment, put: (covers) => waitingOf(request, covers) })),
    speed,
  )
  const unfinished = await rowsAtEach<{ principal_id: string }>(
    store,
    settles.map((request) => ({ moment: request.moment, put: (covers) => unfinishedOf(request, covers) })),
    "slowRows",
  )
  return requests.map((request) => {
    const counts = new Map(waiting[waits.indexOf(request)]?.map((row) => [row.principal_id, row.waiting]))
    const open = new Set(unfinished[settles.indexOf(request)]?.map((row) => row.principal_id))
    return new Map(request.principals.map(({ id }) => [id, { waiting: counts.get(id) ?? 0, unfinished: open.has(id) }]))
  })
}

/** One walk over the waitlist for all groups, however many groups a person is in. */
function waitingOf({ licenseId, principals }: ProgressOf, covers: Covers): Sql {
  const users = principals.filter((principal) => principal.type === "USER").map((principal) => principal.id)
  const groups = principals.filter((principal) => principal.type === "GROUP").map((principal) => principal.id)
  // Any user id is after '': said only to have the index that has the state and the user, without the ended spans.
  const waits = sql`s.license_id = ${licenseId} and s.state = 'WAITLISTED' and s.user_id > '' and ${covers("s")}`
  const ofUsers = sql`select s.user_id as principal_id, 1 as waiting from seat s where ${waits} and s.user_id in (${users})`
  const ofGroups = sql`
    select m.group_id as principal_id, count(*) as waiting from seat s cross join membership m
    where ${waits} and m.member_id = s.user_id and m.group_id in (${groups}) and ${covers("m")} group by m.group_id`
  if (groups.length === 0) return ofUsers
  return users.length === 0 ? ofGroups : sql`${ofUsers} union all ${ofGroups}`
}

/** Claims are recorded in the order of joining, so whoever is still missing stands at the end of the group. */
function unfinishedOf({ licenseId, principals }: ProgressOf, covers: Covers): Sql {
  const claimless = (userId: Sql) => sql`exists (select 1 from user_state u where u.user_id = ${userId} and u.active = 1 and ${covers("u")})
    and not exists (select 1 from seat s where s.license_id = ${licenseId} and s.user_id = ${userId} and ${covers("s")})`
  const parts = principals.map(({ type, id }) =>
    type === "USER"
      ? sql`select ${id} as principal_id where exists (select 1 from user_state w where w.user_id = ${id} and ${covers("w")} and ${claimless(raw("w.user_id"))})`
      : sql`select * from (select m.group_id as principal_id from membership m
          where m.group_id = ${id} and m.member_type = 'USER' and ${covers("m")} and ${claimless(raw("m.member_id"))}
          order by m.from_revision desc, m.ordinal desc limit 1) g`,
  )
  return parts.reduce((all, part) => sql`${all} union all ${part}`)
}
