/** Which names a search finds, as a subquery for the lists that can be searched. */
import type { PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Covers, isOpen } from "../reading"
import { raw, type Sql, sql } from "../sql"
import { words } from "./names"
import { matching, nameIdOf } from "./search-index"

export interface Found {
  /** True when the names found are so few that a list is best read from them; otherwise it soon has a page in its own order. */
  readonly few: boolean
  /** The `name_id`s found, of the open names or of those of any revision. */
  readonly ids: (covers: Covers) => Sql
}

const FEW = 2_000

/** Undefined when nothing is searched for: every name will do. */
export async function foundNames(
  store: ReadStore,
  moment: Moment,
  search: string | null | undefined,
  types: readonly PrincipalType[] = ["USER", "GROUP"],
): Promise<Found | undefined> {
  const beginnings = words(search ?? "")
  if (beginnings.length === 0) return undefined
  const query = sql`select number from organization where organization_id = ${moment.organizationId}`
  const [organization] = await store.rows<{ number: number }>(query.text, query.params)
  const number = organization?.number ?? 0
  const match = matching(store.dialect, number, beginnings, types)
  const open = sql`select rowid as name_id from principal_words where ${match("principal_words")}`
  const last = nameIdOf(number, moment.revision)
  const ever = sql`${open} and rowid <= ${last}
    union all select rowid as name_id from principal_words_ended where ${match("principal_words_ended")} and rowid <= ${last}`
  const counting = sql`select count(*) as names from (select * from (${moment.open ? open : ever}) f limit ${FEW + 1}) g`
  const [count] = await store.rows<{ names: number }>(counting.text, counting.params)
  return { few: (count?.names ?? 0) <= FEW, ids: (covers) => (covers === isOpen ? open : ever) }
}

/** What to read names from: the few that a search found, or all of them. `cross join` keeps SQLite from turning it round. */
export function namesFrom(found: Found | undefined, covers: Covers): Sql {
  if (!found?.few) return raw("principal_name n")
  return sql`(${found.ids(covers)}) f cross join principal_name n`
}

/** The condition that belongs to it. */
export function isFound(found: Found, covers: Covers): Sql {
  return found.few ? raw("n.name_id = f.name_id") : sql`n.name_id in (${found.ids(covers)})`
}
