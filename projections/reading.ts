/** How rows are read at a moment: today's from the open spans, of the past from the spans that cover it. */
import { OPEN, type ReadStore, type SqlValue } from "../src/readstore/read-store"
import { type Moment, shownRevisions } from "./catalog/moment"
import { raw, type Sql, sql } from "./sql"

/** `store.rows` or `store.slowRows`. */
export type Speed = "rows" | "slowRows"

/** The condition that a table's span covers the moment, by the table's alias. */
export type Covers = (alias: string) => Sql

export const isOpen: Covers = (alias) => raw(`${alias}.to_revision = ${OPEN}`)
/**
 * For a row asked for by its whole key: says the same as `isOpen`, but does not call for the partial indexes of open
 * spans. SQLite would take one of those for its short look, and walk through a whole group for one member.
 */
export function ofKey(covers: Covers): Covers {
  return covers === isOpen ? (alias) => raw(`${alias}.to_revision >= ${OPEN}`) : covers
}

export const coversRevision =
  (revision: number): Covers =>
  (alias) =>
    sql`${raw(`${alias}.from_revision`)} <= ${revision} and ${raw(`${alias}.to_revision`)} > ${revision}`

/** A query of spans, which can be put for the open ones and for any revision. */
export interface SpanQuery {
  readonly moment: Moment
  readonly put: (covers: Covers) => Sql
}

/** The most parts that SQLite takes in one statement. */
const PARTS = 500

/** The rows of several queries of one shape, in one statement: a list of parents costs what one parent costs. */
export async function rowsOfEach<Row>(store: ReadStore, queries: readonly Sql[], speed: Speed = "rows"): Promise<Row[][]> {
  const [only] = queries
  if (only === undefined) return []
  if (queries.length === 1) return [await store[speed]<Row>(only.text, only.params)]
  const answers: Row[][] = queries.map(() => [])
  for (let from = 0; from < queries.length; from += PARTS) {
    const parts = queries.slice(from, from + PARTS)
    const text = parts.map((query, i) => `select ${from + i} as part, q${i}.* from (${query.text}) q${i}`).join(" union all ")
    const params: SqlValue[] = parts.flatMap((query) => query.params)
    for (const row of await store[speed]<Row & { readonly part: number }>(text, params)) answers[row.part]?.push(row)
  }
  return answers
}

/**
 * The same for spans, each query at its own moment. Open spans are found by small partial indexes, but they are those
 * of the newest revision: when the read model moved on since the moment was taken, the rows are read again at its
 * revision. So all of one response shows one moment, without holding a transaction open.
 */
export async function rowsAtEach<Row>(store: ReadStore, queries: readonly SpanQuery[], speed: Speed = "rows"): Promise<Row[][]> {
  const answers = await rowsOfEach<Row>(
    store,
    queries.map(({ moment, put }) => put(moment.open ? isOpen : coversRevision(moment.revision))),
    speed,
  )
  const open = queries.filter(({ moment }) => moment.open)
  if (open.length === 0) return answers
  const shown = await shownRevisions(store, [...new Set(open.map(({ moment }) => moment.organizationId))])
  const hasMoved = ({ moment }: SpanQuery) => moment.open && (shown.get(moment.organizationId) ?? 0) !== moment.revision
  const moved = queries.filter(hasMoved)
  if (moved.length === 0) return answers
  const again = await rowsOfEach<Row>(
    store,
    moved.map(({ moment, put }) => put(coversRevision(moment.revision))),
    speed,
  )
  return queries.map((query, i) => {
    const place = moved.indexOf(query)
    return (place < 0 ? answers[i] : again[place]) ?? []
  })
}

export async function rowsAt<Row>(store: ReadStore, moment: Moment, put: (covers: Covers) => Sql, speed: Speed = "rows"): Promise<Row[]> {
  const [rows] = await rowsAtEach<Row>(store, [{ moment, put }], speed)
  return rows ?? []
}

/** Keys by moment, so that each moment is one part of a statement. "Now" differs from the newest revision: products may have changed since. */
export function byMoment<Key extends { readonly moment: Moment }>(keys: readonly Key[]): Key[][] {
  const groups = new Map<string, Key[]>()
  for (const key of keys) {
    const name = `${key.moment.organizationId}@${key.moment.revision}@${key.moment.instant}`
    const group = groups.get(name)
    if (group) group.push(key)
    else groups.set(name, [key])
  }
  return [...groups.values()]
}
