/** Why somebody holds a seat, waits or has none: what is known of one person and one license at a moment, with the revisions that say so. */
import type { GrantReason, PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { coversRevision } from "../reading"
import { limitTo, sql } from "../sql"

/** A person and a license, in the organization and at the revision of the moment. */
export interface Pair {
  readonly moment: Moment
  readonly licenseId: string
  readonly userId: string
}

export interface SeatSpan {
  readonly from_revision: number
  readonly to_revision: number
  readonly from_at: number
  readonly to_at: number
  readonly state: "SEATED" | "WAITLISTED"
  readonly opened_revision: number
  readonly opened_ordinal: number
  readonly opened_at: number
  readonly via: GrantReason | null
}

/** The states of the person's claims up to the moment, newest first. The last of them may have ended since. */
export function seatSpans(store: ReadStore, { moment, licenseId, userId }: Pair, limit: number): Promise<SeatSpan[]> {
  const query = sql`select s.from_revision, s.to_revision, s.from_at, s.to_at, s.state, s.opened_revision, s.opened_ordinal, s.opened_at, s.via
    from seat s where s.license_id = ${licenseId} and s.user_id = ${userId} and s.organization_id = ${moment.organizationId}
      and s.from_revision <= ${moment.revision}
    order by s.from_revision desc ${limitTo(limit)}`
  return store.rows<SeatSpan>(query.text, query.params)
}

/** How often the person's seat has changed up to the moment: a claim opened, a state began, a claim ended. */
export async function countTransitions(store: ReadStore, { moment, licenseId, userId }: Pair): Promise<number> {
  const query = sql`select count(*) as states, count(distinct s.opened_revision) as claims,
      coalesce(sum(case when s.to_revision > ${moment.revision} then 1 else 0 end), 0) as open
    from seat s where s.license_id = ${licenseId} and s.user_id = ${userId} and s.organization_id = ${moment.organizationId}
      and s.from_revision <= ${moment.revision}`
  const [row] = await store.rows<{ states: number; claims: number; open: number }>(query.text, query.params)
  return row ? row.states + 2 * row.claims - row.open : 0
}

export interface SourceRow {
  /** Null: a direct assignment. */
  readonly group_id: string | null
  readonly assigned_revision: number
  readonly assigned_at: number
  readonly joined_revision: number | null
  readonly joined_at: number | null
}

/** What entitles the person, also while the account is inactive (rule 26), oldest first. */
export async function sourcesOf(store: ReadStore, { moment, licenseId, userId }: Pair): Promise<SourceRow[]> {
  const covers = coversRevision(moment.revision)
  const assigned = sql`a.license_id = ${licenseId} and a.organization_id = ${moment.organizationId} and ${covers("a")}`
  const query = sql`
    select null as group_id, a.from_revision as assigned_revision, a.from_at as assigned_at, null as joined_revision, null as joined_at
    from assignment a where a.principal_id = ${userId} and ${assigned}
    union all
    select m.group_id, a.from_revision, a.from_at, m.from_revision, m.from_at
    from membership m cross join assignment a
    where m.member_id = ${userId} and ${covers("m")} and a.principal_id = m.group_id and ${assigned}`
  const rows = await store.rows<SourceRow>(query.text, query.params)
  return rows.sort((a, b) => beganOf(a).revision - beganOf(b).revision)
}

/** When what last entitled the person ended, at the moment or before; null for whoever was never entitled. Only where nothing entitles now. */
export async function lastSourceEnded(store: ReadStore, { moment, licenseId, userId }: Pair): Promise<number | null> {
  const { organizationId, revision } = moment
  const assigned = sql`a.license_id = ${licenseId} and a.organization_id = ${organizationId} and a.from_revision <= ${revision}`
  // A group entitled for as long as both lasted: its assignment, and the person's membership.
  const query = sql`select max(source.ended) as ended from (
      select a.to_revision as ended from assignment a where a.principal_id = ${userId} and ${assigned}
      union all
      select case when m.to_revision < a.to_revision then m.to_revision else a.to_revision end as ended
      from membership m cross join assignment a
      where m.member_id = ${userId} and m.from_revision <= ${revision} and a.principal_id = m.group_id and ${assigned}
        and m.from_revision < a.to_revision and a.from_revision < m.to_revision
    ) source`
  const [row] = await store.rows<{ ended: number | null }>(query.text, query.params)
  return row?.ended ?? null
}

/** A group entitles from the later of its assignment and the person's joining. */
export function beganOf(source: SourceRow): { readonly revision: number; readonly at: number } {
  const { assigned_revision, assigned_at, joined_revision, joined_at } = source
  if (joined_revision === null || joined_at === null || joined_revision < assigned_revision)
    return { revision: assigned_revision, at: assigned_at }
  return { revision: joined_revision, at: joined_at }
}

/** Groups that the license is assigned to, oldest assignment first. */
export async function groupsWith(store: ReadStore, moment: Moment, licenseId: string, limit: number): Promise<string[]> {
  const query = sql`select a.principal_id from assignment a
    where a.license_id = ${licenseId} and a.organization_id = ${moment.organizationId} and a.principal_type = ${"GROUP" satisfies PrincipalType}
      and ${coversRevision(moment.revision)("a")}
    order by a.from_revision ${limitTo(limit)}`
  const rows = await store.rows<{ principal_id: string }>(query.text, query.params)
  return rows.map((row) => row.principal_id)
}

export interface AccountRow {
  /** 1: active. */
  readonly active: number
  readonly from_revision: number
  readonly to_revision: number
}

/** The person's account as the moment last knew it: ended when the person is deleted. Undefined before it was made. */
export async function accountAt(store: ReadStore, { moment, userId }: Pick<Pair, "moment" | "userId">): Promise<AccountRow | undefined> {
  const query = sql`select u.active, u.from_revision, u.to_revision from user_state u
    where u.user_id = ${userId} and u.organization_id = ${moment.organizationId} and u.from_revision <= ${moment.revision}
    order by u.from_revision desc limit 1`
  const [row] = await store.rows<AccountRow>(query.text, query.params)
  return row
}

export interface KnownRow {
  /** The name that the person had last at the moment; the id when it is gone (rule 28). Null: never in this organization. */
  readonly user_name: string | null
  /** When the license was registered; null: never in this organization. */
  readonly registered_revision: number | null
  readonly product_name: string | null
}

/** Whether there ever was, or will be, such a person and such a license in the organization, and what they are called. */
export async function knownPair(store: ReadStore, { moment, licenseId, userId }: Pair): Promise<KnownRow> {
  const { organizationId, revision, instant } = moment
  const name = (when: "up to" | "after") => sql`
    (select case when n.user_name = '' then n.principal_id else n.display_name end from principal_name n
      where n.principal_id = ${userId} and n.organization_id = ${organizationId} and n.principal_type = 'USER'
        and ${when === "after" ? sql`n.from_revision > ${revision}` : sql`n.from_revision <= ${revision}`}
      order by n.from_revision ${when === "after" ? sql`asc` : sql`desc`} limit 1)`
  const license = sql`from license l left join product p on p.product_id = l.product_id and p.from_at <= ${instant} and p.to_at > ${instant}
    where l.license_id = ${licenseId} and l.organization_id = ${organizationId}`
  const query = sql`select coalesce(${name("up to")}, ${name("after")}) as user_name,
    (select l.registered_revision ${license}) as registered_revision,
    (select coalesce(p.name, l.product_name) ${license}) as product_name`
  const [row] = await store.rows<KnownRow>(query.text, query.params)
  return row ?? { user_name: null, registered_revision: null, product_name: null }
}
