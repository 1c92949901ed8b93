/**
 * What a read model is made of. A projection is pure, synchronous code: it says which stored rows it will want to see,
 * and then turns each event into row operations on a `Work`. The projector fetches the wanted rows for a whole batch at
 * once and writes all operations of the batch in one transaction, so no event costs a round trip to the database.
 */
import type { EventData, EventMetadata, EventType } from "../domain/events"
import type { Position } from "../eventstore/event-store"
import { type Dialect, OPEN, type SqlValue } from "./read-store"

/** A recorded event, with what every projection needs of its envelope. */
interface EntryOf<T extends EventType> {
  readonly type: T
  /** In the current shape of the type. */
  readonly data: EventData<T>
  /** As it was recorded. */
  readonly recorded: object
  readonly id: string
  readonly stream: string
  /** Empty in a vendor's stream. */
  readonly organizationId: string
  readonly revision: number
  /** In the log of all streams: grows, has gaps, and never changes. */
  readonly position: Position
  /** `recordedAt` in milliseconds since 1970, UTC. */
  readonly at: number
  readonly metadata: EventMetadata
}
export type Entry<T extends EventType = EventType> = { [K in T]: EntryOf<K> }[T]

export type Handlers = { readonly [T in EventType]?: (event: Entry<T>, work: Work) => void }
export type Needs = { readonly [T in EventType]?: (event: Entry<T>, wants: Wants) => void }

export interface Projection {
  /** The name of its folder. */
  readonly name: string
  /** Raised whenever the same events lead to other rows: all read models are then rebuilt. */
  readonly version: number
  /** DDL: `create table` and `create index` statements. */
  readonly tables: string
  /** The same for tables that each database has in its own way. */
  readonly ownTables?: Readonly<Record<Dialect, string>>
  /** Indexes that writing uses. All others are made after the rows when many events are projected at once. */
  readonly indexesForWriting?: readonly string[]
  /** Which stored rows the handler of an event will look at. */
  readonly needs?: Needs
  readonly on: Handlers
  /** For every event, also one of a type unknown here or one that an operator chose to skip. */
  readonly needsOfEvery?: (event: Envelope, wants: Wants) => void
  readonly onEvery?: (event: Envelope, work: Work) => void
}
export type Envelope = Omit<EntryOf<EventType>, "type" | "data"> & { readonly type: string }

/** Projections that share a checkpoint, because one query shows them together. */
export interface ProjectionGroup {
  readonly name: string
  readonly projections: readonly Projection[]
  /** Fetches what handlers of these events look up elsewhere than in the read models. One batch at a time. */
  readonly prepare?: (events: Iterable<Entry>) => Promise<void>
}

/** Columns of every row that can change: the revisions and the time for which it held. */
export interface Span {
  from_revision: number
  to_revision: number
  from_at: number
  to_at: number
}
export type Facts<R> = Omit<R, keyof Span>
type Column<R> = keyof R & string

/** Rows that hold from one revision to another. `key` tells which row of now an operation means. */
export interface SpanTable<R extends Span> {
  readonly kind: "spans"
  readonly name: string
  readonly key: readonly Column<R>[]
  readonly columns: readonly Column<R>[]
}
/** Rows that are added, and where `replaces` is set also replaced under their key. */
export interface RowTable<R> {
  readonly kind: "rows"
  readonly name: string
  readonly key: readonly Column<R>[]
  readonly columns: readonly Column<R>[]
  readonly replaces: boolean
}
export type Table = Omit<SpanTable<Span>, "key" | "columns"> & { key: readonly string[]; columns: readonly string[] }

const SPAN = ["from_revision", "to_revision", "from_at", "to_at"] as const

/** `facts`: the columns beside those of the span. */
export function spanTable<R extends Span>(
  name: string,
  key: readonly Column<Facts<R>>[],
  facts: readonly Column<Facts<R>>[],
): SpanTable<R> {
  return { kind: "spans", name, key, columns: [...facts, ...SPAN] }
}

export function rowTable<R>(
  name: string,
  key: readonly Column<R>[],
  columns: readonly Column<R>[],
  { replaces = false } = {},
): RowTable<R> {
  return { kind: "rows", name, key, columns, replaces }
}

/** A way to find stored rows of one table, with `?` for what is wanted. */
export interface Lookup<R> {
  readonly table: SpanTable<R & Span> | RowTable<R>
  readonly sql: string
}

/** The open rows of a span table for which the condition holds. */
export function openRows<R extends Span>(table: SpanTable<R>, condition: string): Lookup<R> {
  return { table, sql: `select ${table.columns.join(", ")} from ${table.name} where ${condition} and to_revision = ${OPEN}` }
}

export function rowsWhere<R>(table: RowTable<R>, condition: string): Lookup<R> {
  return { table, sql: `select ${table.columns.join(", ")} from ${table.name} where ${condition}` }
}

/** Collects what the events of a batch want to see of what is stored. */
export interface Wants {
  /** The first revision of this organization in the batch: what began later is known without asking. */
  firstRevision(organizationId: string): number
  rows<R>(lookup: Lookup<R>, ...params: SqlValue[]): void
  /** When this revision was recorded. */
  instant(organizationId: string, revision: number): void
}

/** What a batch does to the read models. */
export interface Work {
  spans<R extends Span>(table: SpanTable<R>): Spans<R>
  rows<R>(table: RowTable<R>): Rows<R>
  /** When an event of this batch, or one whose instant was wanted, was recorded; undefined before the first revision. */
  instant(organizationId: string, revision: number): number | undefined
}

type Place = Pick<Entry, "revision" | "at">

export interface Spans<R extends Span> {
  /** The row that holds now, when it was wanted or has been written by this batch. */
  current(...key: SqlValue[]): R | undefined
  /** Rows that hold now, were wanted or written by this batch, and have this value. */
  currentWith<C extends Column<Facts<R>>>(column: C, value: R[C] & SqlValue): R[]
  /** Rows that this batch began, ended or not, with this value. */
  begun<C extends Column<Facts<R>>>(column: C, value: R[C] & SqlValue): R[]
  begin(place: Place, facts: Facts<R>): R
  /** Ends the row that holds now; it need not have been wanted, and nothing happens when there is none. */
  end(place: Place, ...key: SqlValue[]): void
  /** Ends the row that holds now, which must be known, and begins one that differs in these columns. */
  change(place: Place, current: R, changes: Partial<Facts<R>>): void
  /** Ends every row that holds now and has this value. */
  endAll<C extends Column<Facts<R>>>(place: Place, column: C, value: R[C] & SqlValue): void
  /** Rewrites past and present rows with this value: only for erasing. */
  overwrite<C extends Column<Facts<R>>>(column: C, value: R[C] & SqlValue, changes: Partial<Facts<R>>): void
}

export interface Rows<R> {
  /** A row that was wanted or written by this batch. */
  current(...key: SqlValue[]): R | undefined
  known(): Iterable<R>
  add(row: R): void
  /** Adds the row, or replaces the one with the same key. */
  put(row: R): void
  /** Writes these columns anew of a row that was wanted or put by this batch; not those of its key. */
  change(row: R, changes: Partial<R>): void
  /** Removes a row by its key. */
  remove(...key: SqlValue[]): void
}
