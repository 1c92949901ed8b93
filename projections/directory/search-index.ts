/** What stands in the search index: every word of a name, user name and mail address, marked with whose and what it is. */
import type { PrincipalType } from "../../src/domain/events"
import { rowTable } from "../../src/readstore/projection"
import type { Dialect } from "../../src/readstore/read-store"
import { raw, type Sql, sql } from "../sql"
import { words } from "./names"

interface IndexedName {
  /** `name_id` of `principal_name`. */
  rowid: number
  words: string
}
export const openNames = rowTable<IndexedName>("principal_words", ["rowid"], ["rowid", "words"])
export const endedNames = rowTable<IndexedName>("principal_words_ended", ["rowid"], ["rowid", "words"])

const REVISIONS = 2 ** 32

/**
 * One organization's names lie side by side and in the order of the revisions at which they began: a search as of a
 * revision reads the ids up to the one of that revision. No event begins two names. Below 2^53 for 1.6 million
 * organizations (the number of four letters in `scopeOf`) with four billion revisions each.
 */
export function nameIdOf(organizationNumber: number, revision: number): number {
  return organizationNumber * REVISIONS + revision
}

/** Five letters before each word: another organization's words are other words, so they neither leak nor slow a search. */
export function scopeOf(organizationNumber: number, type: PrincipalType): string {
  return (type === "USER" ? "u" : "g") + organizationNumber.toString(36).padStart(4, "0")
}

export type Index = "principal_words" | "principal_words_ended"

/**
 * The condition that names of these types hold a word with each of these beginnings, for either index.
 * Beginnings are letters and digits only (`words`), so nothing in them means anything to the index.
 */
export function matching(
  dialect: Dialect,
  organizationNumber: number,
  beginnings: readonly string[],
  types: readonly PrincipalType[],
): (index: Index) => Sql {
  const all = (word: (text: string) => string, or: string, and: string) =>
    beginnings.map((beginning) => `(${types.map((type) => word(scopeOf(organizationNumber, type) + beginning)).join(or)})`).join(and)
  if (dialect === "sqlite") {
    const match = all((text) => `"${text}"*`, " OR ", " AND ")
    return (index) => sql`${raw(index)} match ${match}`
  }
  const query = all((text) => `'${text}':*`, " | ", " & ")
  return (index) => sql`${raw(index)}.words @@ cast(${query} as tsquery)`
}

interface Searchable {
  readonly name_id: number
  readonly principal_type: PrincipalType
  readonly display_name: string
  readonly user_name: string | null
  readonly mail: string | null
}

/** Empty for an erased person, whose user name is empty. */
export function searchText({ name_id, principal_type, display_name, user_name, mail }: Searchable): string {
  if (user_name === "") return ""
  const scope = scopeOf(Math.floor(name_id / REVISIONS), principal_type)
  const found = new Set(words(display_name))
  if (user_name !== null) for (const word of words(user_name)) found.add(word)
  if (mail !== null && mail !== user_name) for (const word of words(mail)) found.add(word)
  let text = ""
  for (const word of found) text += `${scope}${word} `
  return text
}
