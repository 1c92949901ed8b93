/**
 * The operations of one batch, gathered in memory. A row that begins and ends inside the batch is written once, with
 * both ends; only rows of earlier batches cost an update. Nothing here knows a database.
 */
import type { Entry, Facts, Lookup, Rows, RowTable, Span, Spans, SpanTable, Wants, Work } from "./projection"
import { OPEN, type SqlValue } from "./read-store"

type Place = Pick<Entry, "revision" | "at">
type Values = Record<string, SqlValue>

/** An update of rows of earlier batches. They run in the order of the events. */
export type StoredChange =
  | { readonly kind: "end"; readonly at: Place; readonly columns: readonly string[]; readonly values: readonly SqlValue[] }
  | { readonly kind: "overwrite"; readonly column: string; readonly value: SqlValue; readonly changes: Values }

/** The key of a row as one text. Ids hold no space. */
function keyText(values: readonly SqlValue[]): string {
  const [first, second, third] = values
  if (values.length === 1) return String(first)
  return values.length === 3 ? `${first} ${second} ${third}` : values.join(" ")
}

export class SpanWork<R extends Span> implements Spans<R> {
  /** To be inserted; a row may have ended meanwhile. */
  readonly added: R[] = []
  readonly changes: StoredChange[] = []
  /** Rows that hold now, as far as this batch knows; null: known to have ended. */
  readonly #now = new Map<string, R | null>()
  readonly #stored = new Set<R>()
  /** Rows by the values of a column, from the first time that somebody asks by that column. */
  readonly #byColumn = new Map<keyof R, Map<unknown, R[]>>()

  constructor(readonly table: SpanTable<R>) {}

  /** Takes in a row of the database. */
  learn(row: R): void {
    const key = this.#key(row)
    if (this.#now.has(key)) return
    this.#now.set(key, row)
    this.#stored.add(row)
    this.#sort(row)
  }

  current(...key: SqlValue[]): R | undefined {
    return this.#now.get(keyText(key)) ?? undefined
  }

  currentWith<C extends keyof Facts<R> & string>(column: C, value: R[C] & SqlValue): R[] {
    let byValue = this.#byColumn.get(column)
    if (byValue === undefined) {
      byValue = new Map()
      this.#byColumn.set(column, byValue)
      for (const row of this.#now.values()) if (row !== null) sortInto(byValue, row[column], row)
    }
    return (byValue.get(value) ?? []).filter((row) => this.#now.get(this.#key(row)) === row)
  }

  begun<C extends keyof Facts<R> & string>(column: C, value: R[C] & SqlValue): R[] {
    return this.added.filter((row) => row[column] === value)
  }

  begin(place: Place, facts: Facts<R>): R {
    // A fresh literal of the caller: adding the span to it saves a copy per row.
    const row = facts as R
    row.from_revision = place.revision
    row.to_revision = OPEN
    row.from_at = place.at
    row.to_at = OPEN
    const key = this.#key(row)
    if (this.#now.get(key)) throw new Error(`${this.table.name} ${key} begins at revision ${place.revision}, and has not ended`)
    this.#now.set(key, row)
    this.added.push(row)
    this.#sort(row)
    return row
  }

  end(place: Place, ...key: SqlValue[]): void {
    const text = keyText(key)
    const row = this.#now.get(text)
    if (row === null) return
    this.#now.set(text, null)
    if (row === undefined || this.#stored.has(row)) this.changes.push({ kind: "end", at: place, columns: this.table.key, values: key })
    else close(row, place)
  }

  change(place: Place, current: R, changes: Partial<Facts<R>>): void {
    if (current.from_revision === place.revision) {
      Object.assign(current, changes)
      return
    }
    const key = this.table.key.map((column) => current[column] as SqlValue)
    this.end(place, ...key)
    this.begin(place, { ...current, ...changes })
  }

  endAll<C extends keyof Facts<R> & string>(place: Place, column: C, value: R[C] & SqlValue): void {
    this.changes.push({ kind: "end", at: place, columns: [column], values: [value] })
    for (const [key, row] of this.#now) {
      if (row === null || row[column] !== value) continue
      this.#now.set(key, null)
      if (!this.#stored.has(row)) close(row, place)
    }
  }

  overwrite<C extends keyof Facts<R> & string>(column: C, value: R[C] & SqlValue, changes: Partial<Facts<R>>): void {
    this.changes.push({ kind: "overwrite", column, value, changes: changes as Values })
    for (const row of this.added) if (row[column] === value) Object.assign(row, changes)
    for (const row of this.#stored) if (row[column] === value) Object.assign(row, changes)
  }

  #sort(row: R): void {
    for (const [column, byValue] of this.#byColumn) sortInto(byValue, row[column], row)
  }

  #key(row: R): string {
    const [first, second, ...more] = this.table.key as [keyof R, keyof R | undefined, ...(keyof R)[]]
    if (second === undefined) return String(row[first])
    return more.length === 0 ? `${row[first]} ${row[second]}` : keyText(this.table.key.map((column) => row[column] as SqlValue))
  }
}

function sortInto<R>(byValue: Map<unknown, R[]>, value: unknown, row: R): void {
  const rows = byValue.get(value)
  if (rows) rows.push(row)
  else byValue.set(value, [row])
}

function close(row: Span, place: Place): void {
  row.to_revision = place.revision
  row.to_at = place.at
}

export class RowWork<R> implements Rows<R> {
  readonly added: R[] = []
  readonly #put = new Map<string, R>()
  readonly removed: (readonly SqlValue[])[] = []
  readonly #stored = new Map<string, R>()

  constructor(readonly table: RowTable<R>) {}

  learn(row: R): void {
    this.#stored.set(this.#key(row), row)
  }

  /** Rows to insert, or to write over those with the same key. */
  written(): readonly R[] {
    return this.#put.size === 0 ? this.added : [...this.added, ...this.#put.values()]
  }

  get size(): number {
    return this.added.length + this.#put.size + this.removed.length
  }

  current(...key: SqlValue[]): R | undefined {
    const text = keyText(key)
    return this.#put.get(text) ?? this.#stored.get(text)
  }

  *known(): Iterable<R> {
    for (const [key, row] of this.#stored) if (!this.#put.has(key)) yield row
    yield* this.#put.values()
  }

  add(row: R): void {
    this.added.push(row)
  }

  put(row: R): void {
    this.#put.set(this.#key(row), row)
  }

  change(row: R, changes: Partial<R>): void {
    const key = this.#key(row)
    if (this.#put.get(key) === row) Object.assign(row as object, changes)
    else this.#put.set(key, { ...row, ...changes })
  }

  remove(...key: SqlValue[]): void {
    const text = keyText(key)
    const wasPut = this.#put.delete(text)
    // A stored row is to be removed even if this batch has written over it.
    if (this.#stored.delete(text) || !wasPut) this.removed.push(key)
  }

  #key(row: R): string {
    const { key } = this.table
    return key.length === 1 ? String(row[key[0] as keyof R]) : keyText(key.map((column) => row[column] as SqlValue))
  }
}

/** When the events of a batch were recorded: per organization the times from the batch's first revision on. */
class Instants {
  readonly #ofBatch = new Map<string, { readonly first: number; readonly at: number[] }>()
  readonly #earlier = new Map<string, number | undefined>()

  note({ organizationId, revision, at }: Pick<Entry, "organizationId" | "revision" | "at">): void {
    const known = this.#ofBatch.get(organizationId)
    if (known) known.at[revision - known.first] = at
    else this.#ofBatch.set(organizationId, { first: revision, at: [at] })
  }

  firstRevision(organizationId: string): number {
    return this.#ofBatch.get(organizationId)?.first ?? Number.POSITIVE_INFINITY
  }

  learn(organizationId: string, revision: number, at: number | undefined): void {
    this.#earlier.set(`${organizationId} ${revision}`, at)
  }

  at(organizationId: string, revision: number): number | undefined {
    const batch = this.#ofBatch.get(organizationId)
    if (batch && revision >= batch.first) return batch.at[revision - batch.first]
    return this.#earlier.get(`${organizationId} ${revision}`)
  }
}

/** All that a batch wants of one lookup. */
export interface WantedRows {
  readonly lookup: Lookup<unknown>
  /** The values of each look, no two alike. */
  readonly looks: readonly (readonly SqlValue[])[]
}

/** A moment of an organization whose time is wanted. */
export interface WantedInstant {
  readonly organizationId: string
  readonly revision: number
}

/** Answers what a batch wants to see of the database: everything at once, so that a batch waits once however much it wants. */
export interface Fetcher {
  fetch(wanted: Wanted): Promise<Fetched>
}
export interface Wanted {
  readonly rows: readonly WantedRows[]
  readonly instants: readonly WantedInstant[]
}
export interface Fetched {
  /** For each wanted lookup what its looks found, in any order. */
  readonly rows: readonly (readonly unknown[])[]
  /** For each wanted instant; undefined before the first revision. */
  readonly instants: readonly (number | undefined)[]
}

export class UnitOfWork implements Work {
  readonly #spans = new Map<string, SpanWork<Span>>()
  readonly #rows = new Map<string, RowWork<unknown>>()
  readonly #instants = new Instants()
  /** Somebody is erased in this batch: what it removes must not lie about in the file. */
  erases = false

  /** Every event of the batch, before the wants are asked for. */
  note(event: Pick<Entry, "organizationId" | "revision" | "at" | "type">): void {
    if (event.type === "UserErased") this.erases = true
    if (event.organizationId !== "") this.#instants.note(event)
  }

  /** Gathers what `ask` wants. */
  wanted(ask: (wants: Wants) => void): Wanted {
    const lookups = new Map<
      string,
      { readonly lookup: Lookup<unknown>; readonly looks: (readonly SqlValue[])[]; readonly keys: Set<string> }
    >()
    const instants = new Map<string, WantedInstant>()
    ask({
      firstRevision: (organizationId) => this.#instants.firstRevision(organizationId),
      rows: (lookup, ...params) => {
        // What is done with the rows goes by the lookup's own table; the map cannot say that.
        const { looks, keys } = getOrAdd(lookups, lookup.sql, () => ({
          lookup: lookup as Lookup<unknown>,
          looks: [],
          keys: new Set<string>(),
        }))
        const key = keyText(params)
        if (keys.has(key)) return
        keys.add(key)
        looks.push(params)
      },
      instant: (organizationId, revision) => {
        if (revision >= this.#instants.firstRevision(organizationId)) return
        const key = `${organizationId} ${revision}`
        if (!instants.has(key)) instants.set(key, { organizationId, revision })
      },
    })
    return { rows: [...lookups.values()], instants: [...instants.values()] }
  }

  /** Takes in what was found. */
  learn(wanted: Wanted, { rows, instants }: Fetched): void {
    for (const [n, { lookup }] of wanted.rows.entries()) {
      const table = this.#of(lookup.table)
      for (const row of rows[n] ?? []) table.learn(row)
    }
    for (const [n, { organizationId, revision }] of wanted.instants.entries()) {
      this.#instants.learn(organizationId, revision, instants[n])
    }
  }

  // Every entry of these maps was made by the table of that name, which the types of the maps cannot say.
  spans<R extends Span>(table: SpanTable<R>): SpanWork<R> {
    return getOrAdd(this.#spans, table.name, () => new SpanWork(table) as unknown as SpanWork<Span>) as unknown as SpanWork<R>
  }

  rows<R>(table: RowTable<R>): RowWork<R> {
    return getOrAdd(this.#rows, table.name, () => new RowWork(table) as RowWork<unknown>) as unknown as RowWork<R>
  }

  instant(organizationId: string, revision: number): number | undefined {
    return this.#instants.at(organizationId, revision)
  }

  get spanTables(): Iterable<SpanWork<Span>> {
    return this.#spans.values()
  }

  get rowTables(): Iterable<RowWork<unknown>> {
    return this.#rows.values()
  }

  #of<R>(table: SpanTable<R & Span> | RowTable<R>): { learn(row: R): void } {
    return table.kind === "spans" ? (this.spans(table) as unknown as SpanWork<R & Span> as { learn(row: R): void }) : this.rows(table)
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
