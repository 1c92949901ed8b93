/** Which names a search finds, as a subquery for the lists that can be searched. */
import type { PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Covers, isOpen } from "../reading"
import { type Sql, sql } from "../sql"
import { words } from "./names"
import { nameIdOf, scopeOf } from "./search-index"

/** The `name_id`s found, for the open names or for those of any revision. */
export type Found = (covers: Covers) => Sql

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
  // Letters and digits only, so nothing in it means anything to the index but the quotes and stars put here.
  const anyType = (word: string) => `(${types.map((type) => `"${scopeOf(number, type)}${word}"*`).join(" OR ")})`
  const match = beginnings.map(anyType).join(" AND ")
  const open = sql`select rowid from principal_words where principal_words match ${match}`
  const last = nameIdOf(number, moment.revision)
  const ever = sql`
    select rowid from principal_words where principal_words match ${match} and rowid <= ${last}
    union all
    select rowid from principal_words_ended where principal_words_ended match ${match} and rowid <= ${last}`
  return (covers) => (covers === isOpen ? open : ever)
}
