/** People and groups at a moment. */
import { OPEN, type ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { byMoment, coversRevision, isOpen, rowsOfEach } from "../reading"
import { raw, type Sql, sql } from "../sql"

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
  const person = sql`select principal_id from principal_name
    where organization_id = ${organizationId} and principal_type = 'USER' and ${raw(`to_revision = ${OPEN}`)}`
  const queries = [sql`${person} and external_id = ${subject} limit 1`, sql`${person} and lower(user_name) = lower(${subject}) limit 1`]
  const [byExternalId, byUserName] = await rowsOfEach<{ principal_id: string }>(store, queries)
  return (byExternalId?.[0] ?? byUserName?.[0])?.principal_id
}

/** The people who now have one of these external ids or user names (without regard to case), each once. Found by indexes of the open rows. */
export async function usersByIdentity(
  store: ReadStore,
  organizationId: string,
  externalIds: readonly string[],
  userNames: readonly string[],
): Promise<UserRow[]> {
  const person = sql`select n.principal_id as user_id, ${USER_COLUMNS}
    from principal_name n join user_state u on u.user_id = n.principal_id and ${isOpen("u")}
    where n.organization_id = ${organizationId} and n.principal_type = 'USER' and ${isOpen("n")}`
  const names = userNames.map((name) => name.toLowerCase())
  const rows = await Promise.all([
    externalIds.length > 0 ? rowsOfEach<UserRow>(store, [sql`${person} and n.external_id in (${externalIds})`]) : [],
    names.length > 0 ? rowsOfEach<UserRow>(store, [sql`${person} and lower(n.user_name) in (${names})`]) : [],
  ])
  return [...new Map(rows.flat(2).map((row) => [row.user_id, row])).values()]
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
