/** Type-ahead over people and groups: the best few of those whose name, user name or mail has words that begin like this. */
import type { PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Covers, isOpen, rowsAt } from "../reading"
import { and, type Sql, sql } from "../sql"
import { sortName, words } from "./names"
import { matching, nameIdOf } from "./search-index"

export interface PrincipalSearch {
  readonly moment: Moment
  readonly search: string
  readonly types: readonly PrincipalType[]
  /** How many are wanted. */
  readonly first: number
}
export interface FoundPrincipal {
  readonly principal_type: PrincipalType
  readonly principal_id: string
  readonly display_name: string
  readonly sort_name: string
}
export interface FoundPrincipals {
  /** Those whose display name begins with the search come first, each part by name. */
  readonly principals: readonly FoundPrincipal[]
  readonly totalCount: number
}

/** Sorting up to so many found names takes less than walking through all names in their order. */
const FEW = 5_000
/** Where many are found, this many names in their order nearly always hold a page of them. */
const WALK = 1_000

const COLUMNS = sql`n.principal_type, n.principal_id, n.display_name, n.sort_name`

/** An empty search finds everybody. */
export async function searchPrincipals(store: ReadStore, query: PrincipalSearch): Promise<FoundPrincipals> {
  const beginnings = words(query.search)
  const search = new Search(store, query, beginnings, await organizationNumber(store, query.moment.organizationId))
  if (beginnings.length === 0) return { principals: await search.everybody(), totalCount: await search.countEverybody() }
  const totalCount = await search.count()
  if (totalCount <= FEW) return { principals: totalCount === 0 ? [] : await search.sorted(), totalCount }

  const best = await search.beginningWith()
  if (best.length >= query.first) return { principals: best.slice(0, query.first), totalCount }
  const rest = await search.walk(query.first - best.length)
  return { principals: rest ? [...best, ...rest] : await search.sorted(), totalCount }
}

async function organizationNumber(store: ReadStore, organizationId: string): Promise<number> {
  const { text, params } = sql`select number from organization where organization_id = ${organizationId}`
  const [row] = await store.rows<{ number: number }>(text, params)
  return row?.number ?? 0
}

class Search {
  readonly #store: ReadStore
  readonly #query: PrincipalSearch
  readonly #match: string
  /** No name that began by now has a higher id. */
  readonly #last: number
  readonly #beginning: string

  constructor(store: ReadStore, query: PrincipalSearch, beginnings: readonly string[], organizationNumber: number) {
    this.#store = store
    this.#query = query
    this.#match = matching(organizationNumber, beginnings, query.types)
    this.#last = nameIdOf(organizationNumber, query.moment.revision)
    this.#beginning = sortName(query.search)
  }

  /** A name that is open and began by then covers the moment, so only ended names have to be looked up. */
  async count(): Promise<number> {
    return this.#total((covers) =>
      covers === isOpen
        ? sql`select count(*) as total from principal_words where principal_words match ${this.#match}`
        : sql`select
            (select count(*) from principal_words where principal_words match ${this.#match} and rowid <= ${this.#last}) +
            (select count(*) from ${this.#ended()} f cross join principal_name n on n.name_id = f.rowid where ${covers("n")}) as total`,
    )
  }

  /** All that are found, sorted. */
  sorted(): Promise<FoundPrincipal[]> {
    return this.#rows(
      (covers) => sql`select ${COLUMNS} from ${this.#found(covers)} f cross join principal_name n on n.name_id = f.rowid
        where ${covers("n")}
        order by case when ${this.#begins()} then 0 else 1 end, n.sort_name, n.principal_id limit ${this.#query.first}`,
      "slowRows",
    )
  }

  /** Names that begin with the search hold all its words, so the order of names finds them. */
  beginningWith(): Promise<FoundPrincipal[]> {
    return this.#byName(this.#begins(), this.#query.first)
  }

  /** Looks through the first names in their order; undefined when they are not enough. */
  async walk(wanted: number): Promise<FoundPrincipal[] | undefined> {
    const perType = await Promise.all(
      this.#query.types.map((type) =>
        this.#rows(
          (covers) => sql`select n.* from (
              select ${COLUMNS}, n.name_id from principal_name n
              where ${this.#ofType(type)} and ${covers("n")} and not (${this.#begins()})
              order by n.sort_name, n.principal_id limit ${WALK}) n
            where n.name_id in ${this.#found(covers)} order by n.sort_name, n.principal_id limit ${wanted}`,
          "slowRows",
        ),
      ),
    )
    // One type may have run out of names that the other would still have had to wait for.
    if (perType.some((rows) => rows.length < wanted)) return undefined
    return merged(perType, wanted)
  }

  everybody(): Promise<FoundPrincipal[]> {
    return this.#byName(undefined, this.#query.first)
  }

  async countEverybody(): Promise<number> {
    const counts = this.#query.types.map((type) =>
      this.#total((covers) => sql`select count(*) as total from principal_name n where ${this.#ofType(type)} and ${covers("n")}`),
    )
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }

  /** One query per type, because the index of names is ordered within a type. */
  async #byName(condition: Sql | undefined, limit: number): Promise<FoundPrincipal[]> {
    const perType = await Promise.all(
      this.#query.types.map((type) =>
        this.#rows(
          (covers) => sql`select ${COLUMNS} from principal_name n
            where ${and([this.#ofType(type), covers("n"), ...(condition ? [condition, notErased] : [])])}
            order by n.sort_name, n.principal_id limit ${limit}`,
          "rows",
        ),
      ),
    )
    return merged(perType, limit)
  }

  #ofType(type: PrincipalType): Sql {
    return sql`n.organization_id = ${this.#query.moment.organizationId} and n.principal_type = ${type}`
  }

  #begins(): Sql {
    return sql`n.sort_name >= ${this.#beginning} and n.sort_name < ${`${this.#beginning}\u{10ffff}`}`
  }

  #ended(): Sql {
    return sql`(select rowid from principal_words_ended where principal_words_ended match ${this.#match} and rowid <= ${this.#last})`
  }

  #found(covers: Covers): Sql {
    if (covers === isOpen) return sql`(select rowid from principal_words where principal_words match ${this.#match})`
    return sql`(select rowid from principal_words where principal_words match ${this.#match} and rowid <= ${this.#last}
      union all select rowid from ${this.#ended()})`
  }

  #rows(put: (covers: Covers) => Sql, speed: "rows" | "slowRows"): Promise<FoundPrincipal[]> {
    return rowsAt<FoundPrincipal>(this.#store, this.#query.moment, put, speed)
  }

  async #total(put: (covers: Covers) => Sql): Promise<number> {
    const [row] = await rowsAt<{ total: number }>(this.#store, this.#query.moment, put, "slowRows")
    return row?.total ?? 0
  }
}

/** Erased people are shown under one name, and no search finds them. */
const notErased = sql`(n.user_name is null or n.user_name <> '')`

function merged(lists: readonly (readonly FoundPrincipal[])[], limit: number): FoundPrincipal[] {
  const byName = (a: FoundPrincipal, b: FoundPrincipal) => compare(a.sort_name, b.sort_name) || compare(a.principal_id, b.principal_id)
  return lists.length === 1 ? [...(lists[0] ?? [])] : lists.flat().sort(byName).slice(0, limit)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
