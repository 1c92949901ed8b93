/** Statements over many rows at once: each value of a column goes over as one array, and `unnest` makes rows of them again. */
import type { Query } from "../postgres/database"
import type { Lookup } from "./projection"
import { OPEN, type SqlValue } from "./read-store"
import type { StoredChange } from "./work"

/** Types of columns as PostgreSQL calls them, by table and column. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>

interface WrittenTable {
  readonly name: string
  readonly key: readonly string[]
  readonly columns: readonly string[]
  readonly replaces?: boolean
}

/** Inserts all rows, or writes them over those with the same key where the table replaces. */
export function insertion(table: WrittenTable, types: ColumnTypes, rows: readonly unknown[]): Query {
  const { name, key, columns, replaces = false } = table
  const ofTable = types.get(name)
  const arrays = columns.map((column, n) => `$${n + 1}::${arrayTypeOf(ofTable, column)}[]`)
  const values = columns.map((column, n) => (ofTable?.get(column) === "tsvector" ? `v.c${n}::tsvector` : `v.c${n}`))
  const set = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`)
  return {
    name: `insert ${name}`,
    text: `insert into ${name} (${columns.join(", ")}) select ${values.join(", ")}
      from unnest(${arrays.join(", ")}) as v(${columns.map((_, n) => `c${n}`).join(", ")})
      ${replaces ? `on conflict (${key.join(", ")}) do update set ${set.join(", ")}` : ""}`,
    // The columns are those of the rows.
    params: columns.map((column) => arrayText(rows as readonly Record<string, SqlValue>[], (row) => row[column] as SqlValue)),
  }
}

export function deletion({ name, key }: WrittenTable, types: ColumnTypes, keys: readonly (readonly SqlValue[])[]): Query {
  const arrays = key.map((column, n) => `$${n + 1}::${arrayTypeOf(types.get(name), column)}[]`)
  return {
    name: `delete ${name}`,
    text: `delete from ${name} t using unnest(${arrays.join(", ")}) as v(${key.map((_, n) => `c${n}`).join(", ")})
      where ${key.map((column, n) => `t.${column} = v.c${n}`).join(" and ")}`,
    params: key.map((_, n) => arrayText(keys, (values) => values[n] as SqlValue)),
  }
}

/** In the order of the changes; those beside each other that end rows by the same columns are one statement. */
export function* changesOf(name: string, types: ColumnTypes, changes: readonly StoredChange[]): Iterable<Query> {
  for (let from = 0; from < changes.length; ) {
    const first = changes[from] as StoredChange // within bounds
    if (first.kind === "overwrite") {
      yield overwriting(name, first)
      from += 1
      continue
    }
    let to = from + 1
    for (; to < changes.length; to++) {
      const next = changes[to] as StoredChange
      if (next.kind !== "end" || next.columns.join() !== first.columns.join()) break
    }
    yield ending(name, types, first.columns, changes.slice(from, to) as Ending[]) // all of one kind, as just looked at
    from = to
  }
}

type Ending = Extract<StoredChange, { kind: "end" }>

function ending(name: string, types: ColumnTypes, columns: readonly string[], all: readonly Ending[]): Query {
  // Of several ends of one row the first counts, and a join may take any of them.
  const first = new Map<string, Ending>()
  for (const change of all) {
    const key = change.values.join(" ")
    if (!first.has(key)) first.set(key, change)
  }
  const endings = [...first.values()]
  const arrays = columns.map((column, n) => `$${n + 3}::${arrayTypeOf(types.get(name), column)}[]`)
  return {
    name: `end ${name} by ${columns.join()}`,
    text: `update ${name} t set to_revision = v.revision, to_at = v.at
      from unnest($1::bigint[], $2::bigint[], ${arrays.join(", ")}) as v(revision, at, ${columns.map((_, n) => `c${n}`).join(", ")})
      where ${columns.map((column, n) => `t.${column} = v.c${n}`).join(" and ")} and t.to_revision = ${OPEN}`,
    params: [
      arrayText(endings, ({ at }) => at.revision),
      arrayText(endings, ({ at }) => at.at),
      ...columns.map((_, n) => arrayText(endings, ({ values }) => values[n] as SqlValue)),
    ],
  }
}

function overwriting(name: string, { column, value, changes }: Extract<StoredChange, { kind: "overwrite" }>): Query {
  const columns = Object.keys(changes)
  const set = columns.map((changed, n) => `${changed} = $${n + 2}`)
  return { text: `update ${name} set ${set.join(", ")} where ${column} = $1`, params: [value, ...Object.values(changes)] }
}

/** All looks of one lookup: its own text, joined with their values. */
export function lookupOf({ sql }: Lookup<unknown>, looks: readonly (readonly SqlValue[])[]): Query {
  const [first] = looks
  if (first === undefined || first.length === 0) return { text: sql }
  let places = 0
  // Lookups are written in the source and hold no quoted question mark.
  const joined = sql.replaceAll("?", () => `p.p${places++}`)
  const arrays = first.map((value, n) => `$${n + 1}::${typeof value === "number" ? "bigint" : "text"}[]`)
  const text = `select l.* from unnest(${arrays.join(", ")}) as p(${first.map((_, n) => `p${n}`).join(", ")}) cross join lateral (${joined}) l`
  return { name: nameOfLookup(text), text, params: first.map((_, n) => arrayText(looks, (values) => values[n] as SqlValue)) }
}

const lookupNames = new Map<string, string>()

/** The names of prepared statements are short. */
function nameOfLookup(text: string): string {
  let name = lookupNames.get(text)
  if (name === undefined) {
    name = `look ${lookupNames.size + 1}`
    lookupNames.set(text, name)
  }
  return name
}

export const INSTANTS = `select (
    select m.recorded_at from moment m where m.organization_id = w.organization_id and m.revision <= w.revision
    order by m.revision desc limit 1) as instant
  from unnest($1::text[], $2::bigint[]) with ordinality as w(organization_id, revision, place) order by w.place`

/** An array as PostgreSQL reads one (8.15.2); put together here, because the driver takes four times as long. */
export function arrayText<T>(items: readonly T[], read: (item: T) => SqlValue): string {
  let text = "{"
  for (let n = 0; n < items.length; n++) {
    if (n > 0) text += ","
    const value = read(items[n] as T) // within bounds
    if (typeof value === "number") text += value
    else if (value === null) text += "NULL"
    else if (typeof value === "string") text += needsEscape(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`
    else throw new TypeError(`a column is not set: ${typeof value}`)
  }
  return `${text}}`
}

function needsEscape(text: string): boolean {
  return text.includes('"') || text.includes("\\")
}

function arrayTypeOf(types: ReadonlyMap<string, string> | undefined, column: string): string {
  const type = types?.get(column)
  if (type === undefined) throw new Error(`the read models have no column ${column}`)
  return type === "int8" ? "bigint" : "text"
}
