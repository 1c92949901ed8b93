/** People and groups at a moment. */
import type { PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { byMoment, type Covers, coversRevision, isOpen, ofKey, rowsAt, rowsAtEach, rowsOfEach } from "../reading"
import { and, limitTo, raw, type Sql, sql } from "../sql"
import { type Found, isFound, namesFrom } from "./found"
import { userNameKey } from "./names"

export interface UserRow {
  readonly user_id: string
  readonly display_name: string
  readonly user_name: string
  readonly mail: string | null
  readonly external_id: string | null
  readonly active: 0 | 1
}

export interface GroupRow {
  readonly group_id: string
  readonly display_name: string
  readonly member_count: number
}

/** What a `UserRow` is read from: `n` is `principal_name`, `u` is `user_state`. */
export const USER_COLUMNS = raw("n.display_name, n.user_name, n.mail, n.external_id, u.active")

interface PrincipalKey {
  readonly id: string
  readonly moment: Moment
}

/** In the order of the keys; undefined for who was not in the organization at that moment. */
export async function usersByKey(store: ReadStore, keys: readonly PrincipalKey[]): Promise<(UserRow | undefined)[]> {
  return byKey<UserRow>(
    store,
    keys,
    (row) => row.user_id,
    (moment, ids) => {
      const covers = coversRevision(moment.revision)
      return sql`
      select n.principal_id as user_id, ${USER_COLUMNS}
      from principal_name n join user_state u on u.user_id = n.principal_id and ${covers("u")}
      where n.principal_id in (${ids}) and n.organization_id = ${moment.organizationId} and n.principal_type = 'USER' and ${covers("n")}`
    },
  )
}

export async function groupsByKey(store: ReadStore, keys: readonly PrincipalKey[]): Promise<(GroupRow | undefined)[]> {
  return byKey<GroupRow>(
    store,
    keys,
    (row) => row.group_id,
    (moment, ids) => {
      const covers = coversRevision(moment.revision)
      return sql`
      select n.principal_id as group_id, n.display_name, g.member_count
      from principal_name n join group_state g on g.group_id = n.principal_id and ${lastGroupState(moment.revision)}
      where n.principal_id in (${ids}) and n.organization_id = ${moment.organizationId} and n.principal_type = 'GROUP'
        and ${covers("n")} and ${covers("g")}`
    },
  )
}

/** A group has a span per change of its members: the one that covers a revision is one step down the primary key. */
export function lastGroupState(revision: number): Sql {
  return sql`g.from_revision = (select max(x.from_revision) from group_state x where x.group_id = g.group_id and x.from_revision <= ${revision})`
}

/**
 * Who the subject of a token is in the organization's directory: the person with this external id, otherwise with this
 * user name (without regard to case).
 */
export async function userOfSubject(store: ReadStore, organizationId: string, subject: string): Promise<string | undefined> {
  const person = sql`select n.principal_id from principal_name n
    where n.organization_id = ${organizationId} and n.principal_type = 'USER' and ${isOpen("n")}`
  const queries = [
    sql`${person} and n.external_id = ${subject} limit 1`,
    sql`${person} and n.user_name_key = ${userNameKey(subject)} limit 1`,
  ]
  const [byExternalId, byUserName] = await rowsOfEach<{ principal_id: string }>(store, queries)
  return (byExternalId?.[0] ?? byUserName?.[0])?.principal_id
}

/** The people who had one of these external ids or user names (without regard to case) at the moment, each once. Found by indexes. */
export async function usersByIdentity(
  store: ReadStore,
  moment: Moment,
  externalIds: readonly string[],
  userNames: readonly string[],
): Promise<UserRow[]> {
  // One after the other: PostgreSQL, which keeps no statistics of names, would think that many people share each of them
  // and rather read everybody.
  const called = async (column: Sql, values: readonly string[]) => {
    if (values.length === 0) return []
    const list: Sql = { text: values.map(() => "(?)").join(", "), params: values }
    const rows = await rowsAt<{ user_id: string | null }>(
      store,
      moment,
      (covers) => sql`select (
          select n.principal_id from principal_name n
          where n.organization_id = ${moment.organizationId} and n.principal_type = 'USER' and ${covers("n")} and n.${column} = g.column1 limit 1
        ) as user_id
        from (values ${list}) g`,
    )
    return rows.flatMap(({ user_id }) => user_id ?? [])
  }
  const found = await Promise.all([called(raw("external_id"), externalIds), called(raw("user_name_key"), userNames.map(userNameKey))])
  const ids = [...new Set(found.flat())]
  const users = await usersByKey(
    store,
    ids.map((id) => ({ id, moment })),
  )
  return users.filter((user) => user !== undefined)
}

async function byKey<Row>(
  store: ReadStore,
  keys: readonly PrincipalKey[],
  idOf: (row: Row) => string,
  query: (moment: Moment, ids: readonly string[]) => Sql,
): Promise<(Row | undefined)[]> {
  const groups = byMoment(keys)
  const answers = await rowsOfEach<Row>(
    store,
    groups.map((group) => query((group[0] as PrincipalKey).moment, [...new Set(group.map((key) => key.id))])),
  )
  const found = new Map<PrincipalKey, Row>()
  groups.forEach((group, i) => {
    const rows = new Map(answers[i]?.map((row) => [idOf(row), row]))
    for (const key of group) {
      const row = rows.get(key.id)
      if (row) found.set(key, row)
    }
  })
  return keys.map((key) => found.get(key))
}

export interface Listing {
  readonly moment: Moment
  /** Only whose names a search finds. */
  readonly found?: Found
  readonly after?: readonly [sortName: string, id: string]
  readonly limit: number
}
export interface Sorted {
  readonly sort_name: string
}

/** Everybody by name. */
export function users(store: ReadStore, listing: Listing): Promise<(UserRow & Sorted)[]> {
  return named<UserRow & Sorted>(store, listing, "USER", (covers) => ({
    columns: sql`n.principal_id as user_id, ${USER_COLUMNS}`,
    join: sql`left join user_state u on u.user_id = n.principal_id and ${covers("u")}`,
  }))
}

/** All groups by name. */
export function groups(store: ReadStore, listing: Listing): Promise<(GroupRow & Sorted)[]> {
  return named<GroupRow & Sorted>(store, listing, "GROUP", () => ({
    columns: raw("n.principal_id as group_id, n.display_name, g.member_count"),
    join: sql`left join group_state g on g.group_id = n.principal_id and ${lastGroupState(listing.moment.revision)}`,
  }))
}

function named<Row>(
  store: ReadStore,
  { moment, found, after, limit }: Listing,
  type: PrincipalType,
  shape: (covers: Covers) => { readonly columns: Sql; readonly join: Sql },
): Promise<Row[]> {
  const put = (covers: Covers) => {
    const { columns, join } = shape(covers)
    const later = after ? [sql`(n.sort_name, n.principal_id) > (${after})`] : []
    return sql`select n.sort_name, ${columns} from ${namesFrom(found, covers)} ${join}
      where ${and([...namesOf(moment, type, covers, found), ...later])}
      order by n.sort_name, n.principal_id ${limitTo(limit)}`
  }
  return rowsAt<Row>(store, moment, put, found ? "slowRows" : "rows")
}

export async function countPrincipals(store: ReadStore, moment: Moment, type: PrincipalType, found?: Found): Promise<number> {
  const put = (covers: Covers) =>
    sql`select count(*) as total from ${namesFrom(found, covers)} where ${and(namesOf(moment, type, covers, found))}`
  const [row] = await rowsAt<{ total: number }>(store, moment, put, "slowRows")
  return row?.total ?? 0
}

function namesOf(moment: Moment, type: PrincipalType, covers: Covers, found?: Found): Sql[] {
  return [
    sql`n.organization_id = ${moment.organizationId} and n.principal_type = ${type}`,
    covers("n"),
    ...(found ? [isFound(found, covers)] : []),
  ]
}

export interface MemberListing {
  readonly moment: Moment
  readonly groupId: string
  /** Only those with one of the names found. */
  readonly found?: Found
  readonly after?: readonly [joinedRevision: number, ordinal: number]
  readonly limit: number
}
export interface MemberRow extends UserRow {
  readonly from_revision: number
  readonly ordinal: number
}

/** Immediate people of groups in the order in which they joined (rule 6). */
export function memberPages(store: ReadStore, listings: readonly MemberListing[]): Promise<MemberRow[][]> {
  return rowsAtEach<MemberRow>(
    store,
    listings.map((listing) => ({
      moment: listing.moment,
      put: (covers) => {
        const later = listing.after ? [sql`(m.from_revision, m.ordinal) > (${listing.after})`] : []
        return sql`select m.from_revision, m.ordinal, m.member_id as user_id, ${USER_COLUMNS} from ${members(listing, covers)}
          left join user_state u on u.user_id = m.member_id and ${covers("u")}
          where ${and([...ofGroup(listing, covers), ...later])} order by m.from_revision, m.ordinal ${limitTo(listing.limit)}`
      },
    })),
    listings.some(({ found }) => found) ? "slowRows" : "rows",
  )
}

/** How many a search finds; without one, the group itself knows. */
export async function countMembers(store: ReadStore, listings: readonly Omit<MemberListing, "after" | "limit">[]): Promise<number[]> {
  const rows = await rowsAtEach<{ total: number }>(
    store,
    listings.map((listing) => ({
      moment: listing.moment,
      put: (covers) => sql`select count(*) as total from ${members(listing, covers)} where ${and(ofGroup(listing, covers))}`,
    })),
    "slowRows",
  )
  return rows.map(([row]) => row?.total ?? 0)
}

/** From the people when a search found few, each looked up by the key of the membership. */
function members({ found }: Pick<MemberListing, "found">, covers: Covers): Sql {
  if (found?.few) return sql`${namesFrom(found, covers)} cross join membership m`
  return sql`membership m left join principal_name n on n.principal_id = m.member_id and ${covers("n")}`
}

function ofGroup({ moment, groupId, found }: Omit<MemberListing, "after" | "limit">, covers: Covers): Sql[] {
  return [
    sql`m.group_id = ${groupId} and m.member_type = 'USER' and m.organization_id = ${moment.organizationId}`,
    (found?.few ? ofKey(covers) : covers)("m"),
    ...(found ? [isFound(found, covers)] : []),
    ...(found?.few ? [sql`m.member_id = n.principal_id and ${covers("n")}`] : []),
  ]
}

export interface GroupsOfUser {
  readonly moment: Moment
  readonly userId: string
  readonly after?: readonly [sortName: string, groupId: string]
  readonly limit: number
}

/** The groups a person is an immediate member of, by name; a person is in few enough of them to sort. */
export function groupPagesOfUsers(store: ReadStore, listings: readonly GroupsOfUser[]): Promise<(GroupRow & Sorted)[][]> {
  return rowsAtEach<GroupRow & Sorted>(
    store,
    listings.map(({ moment, userId, after, limit }) => ({
      moment,
      put: (covers) => {
        const later = after ? [sql`(coalesce(n.sort_name, ''), m.group_id) > (${after})`] : []
        const conditions = [sql`m.member_id = ${userId} and m.organization_id = ${moment.organizationId}`, covers("m"), ...later]
        return sql`select coalesce(n.sort_name, '') as sort_name, m.group_id, n.display_name, g.member_count from membership m
          left join principal_name n on n.principal_id = m.group_id and ${covers("n")}
          left join group_state g on g.group_id = m.group_id and ${lastGroupState(moment.revision)}
          where ${and(conditions)} order by 1, m.group_id ${limitTo(limit)}`
      },
    })),
  )
}

export async function countGroupsOfUsers(
  store: ReadStore,
  listings: readonly Pick<GroupsOfUser, "moment" | "userId">[],
): Promise<number[]> {
  const rows = await rowsAtEach<{ total: number }>(
    store,
    listings.map(({ moment, userId }) => ({
      moment,
      put: (covers) =>
        sql`select count(*) as total from membership m
          where m.member_id = ${userId} and m.organization_id = ${moment.organizationId} and ${covers("m")}`,
    })),
  )
  return rows.map(([row]) => row?.total ?? 0)
}

export interface NameSpan {
  readonly principal_id: string
  readonly principal_type: PrincipalType
  readonly from_revision: number
  readonly display_name: string
}

/** Every name these principals ever had, also when they are deleted, oldest first: the history calls people what they were called then. */
export async function namesEver(store: ReadStore, organizationId: string, ids: readonly string[]): Promise<NameSpan[]> {
  if (ids.length === 0) return []
  const query = sql`
    select n.principal_id, n.principal_type, n.from_revision, n.display_name from principal_name n
    where n.principal_id in (${ids}) and n.organization_id = ${organizationId} order by n.from_revision`
  return store.rows<NameSpan>(query.text, query.params)
}
