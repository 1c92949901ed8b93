/** Type-ahead over people and groups: the best few of those whose name, user name or mail has words that begin like this. */
import type { PrincipalType } from "../../src/domain/events"
import type { ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { type Covers, isOpen, rowsAt } from "../reading"
import { and, type Sql, sql } from "../sql"
import { sortName, words } from "./names"
import { type Index, matching, nameIdOf } from "./search-index"

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
interface Words {
  readonly display_name: string
  readonly user_name: string | null
  readonly mail: string | null
}
export interface FoundPrincipals {
  /** Those whose display name begins with the search come first, each part by name. */
  readonly principals: readonly FoundPrincipal[]
  readonly totalCount: number
}

/** Sorting what is found costs 1 µs a name: of a few at once, of more when the order of names does not help. */
const FEW = 500
const MANY = 12_000
/** Where more are found, so many names in their order nearly always hold the first few of them. */
const WALK = 200

const COLUMNS = sql`n.principal_type, n.principal_id, n.display_name, n.sort_name`

/** An empty search finds everybody. */
export async function searchPrincipals(store: ReadStore, query: PrincipalSearch): Promise<FoundPrincipals> {
  const beginnings = words(query.search)
  const beginning = beginnings.length === 0 ? "" : sortName(query.search)
  const number = await organizationNumber(store, query.moment.organizationId)
  // One type after the other, because the order of names is one per type.
  const perType = await Promise.all(
    query.types.map((type) => {
      const search = new SearchOfType(store, query.moment, number, type, beginnings, beginning)
      return beginnings.length === 0 ? search.everybody(query.first) : search.best(query.first)
    }),
  )
  return {
    principals: merged(
      perType.map(({ principals }) => principals),
      beginning,
    ).slice(0, query.first),
    totalCount: perType.reduce((sum, { totalCount }) => sum + totalCount, 0),
  }
}

async function organizationNumber(store: ReadStore, organizationId: string): Promise<number> {
  const { text, params } = sql`select number from organization where organization_id = ${organizationId}`
  const [row] = await store.rows<{ number: number }>(text, params)
  return row?.number ?? 0
}

class SearchOfType {
  readonly #match: (index: Index) => Sql
  /** No name that began by now has a higher id. */
  readonly #last: number

  constructor(
    private readonly store: ReadStore,
    private readonly moment: Moment,
    organizationNumber: number,
    private readonly type: PrincipalType,
    private readonly beginnings: readonly string[],
    private readonly beginning: string,
  ) {
    this.#match = matching(store.dialect, organizationNumber, beginnings, [type])
    this.#last = nameIdOf(organizationNumber, moment.revision)
  }

  async best(first: number): Promise<FoundPrincipals> {
    const totalCount = await this.#count()
    if (totalCount === 0) return { principals: [], totalCount }
    if (totalCount <= FEW) return { principals: await this.#sorted(first), totalCount }
    // Names that begin with the search hold all its words, so the order of names finds them.
    const beginning = await this.#byName(and([this.#begins(), notErased]), first)
    if (beginning.length === first) return { principals: beginning, totalCount }
    if (totalCount <= MANY) return { principals: await this.#sorted(first), totalCount }
    const principals = [...beginning, ...(await this.#walk(first - beginning.length))]
    return { principals: principals.length === first ? principals : await this.#sorted(first), totalCount }
  }

  async everybody(first: number): Promise<FoundPrincipals> {
    const totalCount = await this.#total((covers) => sql`select count(*) as total from principal_name n where ${this.#all(covers)}`)
    return { principals: await this.#byName(sql`1 = 1`, first), totalCount }
  }

  /** A name that is open and began by then covers the moment, so only ended names have to be looked up. */
  #count(): Promise<number> {
    return this.#total((covers) =>
      covers === isOpen
        ? sql`select count(*) as total from principal_words where ${this.#match("principal_words")}`
        : sql`select
            (select count(*) from principal_words where ${this.#match("principal_words")} and rowid <= ${this.#last}) +
            (select count(*) from (${this.#ended()}) f cross join principal_name n where n.name_id = f.rowid and ${covers("n")}) as total`,
    )
  }

  /** All that are found, sorted. */
  #sorted(first: number): Promise<FoundPrincipal[]> {
    return this.#rows(
      (covers) => sql`select ${COLUMNS} from (${this.#found(covers)}) f cross join principal_name n
        where n.name_id = f.rowid and ${covers("n")}
        order by case when ${this.#begins()} then 0 else 1 end, n.sort_name, n.principal_id limit ${first}`,
      "slowRows",
    )
  }

  /**
   * Looks through the first names in their order; these may not be enough. The index is not asked about each of them,
   * because an answer costs it up to 15 ms where many words have this beginning, and looking at a name 5 µs.
   */
  async #walk(wanted: number): Promise<FoundPrincipal[]> {
    const names = await rowsAt<FoundPrincipal & Words>(
      this.store,
      this.moment,
      (covers) => sql`select ${COLUMNS}, n.user_name, n.mail from principal_name n
        where ${this.#all(covers)} and not (${this.#begins()}) and ${notErased}
        order by n.sort_name, n.principal_id limit ${WALK}`,
      "slowRows",
    )
    const found: FoundPrincipal[] = []
    for (const name of names) {
      if (found.length === wanted) break
      if (this.#holdsAll(name)) found.push(name)
    }
    return found
  }

  #holdsAll({ display_name, user_name, mail }: Words): boolean {
    const own = words(`${display_name} ${user_name ?? ""} ${mail ?? ""}`)
    return this.beginnings.every((beginning) => own.some((word) => word.startsWith(beginning)))
  }

  #byName(condition: Sql, limit: number): Promise<FoundPrincipal[]> {
    return this.#rows(
      (covers) => sql`select ${COLUMNS} from principal_name n where ${this.#all(covers)} and ${condition}
        order by n.sort_name, n.principal_id limit ${limit}`,
      "rows",
    )
  }

  #all(covers: Covers): Sql {
    return sql`n.organization_id = ${this.moment.organizationId} and n.principal_type = ${this.type} and ${covers("n")}`
  }

  #begins(): Sql {
    return sql`n.sort_name >= ${this.beginning} and n.sort_name < ${`${this.beginning}\u{10ffff}`}`
  }

  #found(covers: Covers): Sql {
    const open = sql`select rowid from principal_words where ${this.#match("principal_words")}`
    return covers === isOpen ? open : sql`${open} and rowid <= ${this.#last} union all ${this.#ended()}`
  }

  #ended(): Sql {
    return sql`select rowid from principal_words_ended where ${this.#match("principal_words_ended")} and rowid <= ${this.#last}`
  }

  #rows(put: (covers: Covers) => Sql, speed: "rows" | "slowRows"): Promise<FoundPrincipal[]> {
    return rowsAt<FoundPrincipal>(this.store, this.moment, put, speed)
  }

  async #total(put: (covers: Covers) => Sql): Promise<number> {
    const [row] = await rowsAt<{ total: number }>(this.store, this.moment, put, "slowRows")
    return row?.total ?? 0
  }
}

/** Erased people are shown under one name, and no search finds them. */
const notErased = sql`(n.user_name is null or n.user_name <> '')`

function merged(lists: readonly (readonly FoundPrincipal[])[], beginning: string): FoundPrincipal[] {
  if (lists.length === 1) return [...(lists[0] ?? [])]
  const rank = ({ sort_name }: FoundPrincipal) => (sort_name.startsWith(beginning) ? 0 : 1)
  return lists.flat().sort((a, b) => rank(a) - rank(b) || compare(a.sort_name, b.sort_name) || compare(a.principal_id, b.principal_id))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
