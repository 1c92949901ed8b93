/**
 * The event log in one SQLite file: WAL, every commit synced to disk, positions in commit order without gaps.
 *
 * Appends that wait together share one transaction (group commit), because the sync of a commit costs as much as
 * writing some hundred events. One writer at a time: see `writer-lock.ts`. Readers of other threads and processes open
 * the same file with `readOnly` and neither wait for the writer nor hold it up.
 */
import { mkdirSync } from "node:fs"
import { dirname } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import Database from "better-sqlite3"
import { type EncodedEvent, encode } from "./encoding"
import {
  type Appended,
  type Batch,
  EventRejected,
  type EventStore,
  type NewEvent,
  OutcomeUnknown,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
  WrongRevision,
} from "./event-store"
import { isSqliteError } from "./sqlite-error"
import { Waiters } from "./waiters"

/** One page of `read` and `follow` is read in one go and holds up its thread: about 2 ms for 500 usual events. */
const PAGE_EVENTS = 500
/** A stream's first page is small: many readers want the few events of one command (rule 37), and a page costs up to 4 ms. */
const FIRST_PAGE_EVENTS = 16
/** Some events name thousands of people. Characters of JSON after which a page ends, about 20 ms. */
const PAGE_CHARACTERS = 4_000_000
/** A commit blocks its thread: 0.3 ms alone, about 10 ms for a group of this size. */
const GROUP_APPENDS = 256
/** Large appends (an import) are not piled up behind one commit; one alone may be larger. */
const GROUP_EVENTS = 2_000
/** How soon the appends of another process or thread are noticed. */
const LOOK_EVERY_MS = 50
const FORMAT = 1

const TABLES = `
  create table stream (id integer primary key, name text not null unique) strict;
  create table event (
    position integer primary key,
    stream integer not null,
    revision integer not null,
    id text not null unique,
    type text not null,
    data text not null,
    metadata text not null,
    unique (stream, revision)
  ) strict;
  pragma user_version = ${FORMAT};`

type EventRow = [position: number, stream: number, revision: number, id: string, type: string, data: string, metadata: string]

interface Waiting {
  readonly stream: string
  readonly expected: Revision
  readonly events: readonly EncodedEvent[]
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

/**
 * Opens the log in `file`, and makes it when it is not there.
 * `readOnly`: for readers beside a running writer; the file must exist, `append` throws.
 */
export function openSqliteEventStore(file: string, { readOnly = false } = {}): SqliteEventStore {
  if (!readOnly) mkdirSync(dirname(file), { recursive: true })
  const db = open(file, readOnly)
  try {
    if (!readOnly) {
      db.pragma("journal_mode = WAL")
      db.transaction(() => {
        if (db.pragma("user_version", { simple: true }) === 0) db.exec(TABLES)
      }).immediate()
    }
    const format = db.pragma("user_version", { simple: true })
    if (format !== FORMAT) throw new Error(`the event log ${file} has format ${format}; this version of Seatledger reads ${FORMAT}`)
    return new SqliteEventStore(db)
  } catch (error) {
    db.close()
    throw error
  }
}

function open(file: string, readOnly: boolean): Database.Database {
  try {
    return new Database(file, { readonly: readOnly, fileMustExist: readOnly, timeout: 10_000 })
  } catch (cause) {
    const hint = readOnly ? "; is this the right data folder, and was the server started there once?" : ""
    throw new Error(`cannot open the event log ${file}${hint}`, { cause })
  }
}

export class SqliteEventStore implements EventStore {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>
  readonly #streamNames = new Map<number, string>()
  readonly #waiting: Waiting[] = []
  readonly #followers = new Waiters()
  #looking: NodeJS.Timeout | undefined
  #dataVersion: unknown

  constructor(db: Database.Database) {
    this.#db = db
    // NORMAL, the default in WAL mode, would lose acknowledged appends when the machine loses power.
    db.pragma("synchronous = FULL")
    // What may stay on disk of the WAL after a burst, for example an import.
    db.pragma("journal_size_limit = 67108864")
    this.#statements = prepare(db)
    this.#dataVersion = this.#statements.dataVersion.get()?.[0]
  }

  append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#mustBeOpen()
      if (this.#db.readonly) throw new Error(`append to ${stream}: the event log was opened for reading only`)
      this.#waiting.push({ stream, expected, events: encode(stream, expected, events), resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#commitGroup())
    })
  }

  async *read(stream: string, after: Revision): AsyncGenerator<readonly RecordedEvent[]> {
    this.#mustBeOpen()
    const id = this.#statements.head.get(stream)?.[0]
    if (id === undefined) return
    let limit = FIRST_PAGE_EVENTS
    for (let revision = after; ; limit = PAGE_EVENTS) {
      this.#mustBeOpen()
      const { events, more } = this.#page(this.#statements.ofStream.iterate(id, revision, limit), limit)
      if (events.length > 0) yield events
      if (!more) return
      revision += events.length
      await nextTurn()
    }
  }

  /** Ends when the signal is aborted or the store is closed. */
  async *follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
    this.#mustBeOpen()
    let position = after
    let live = false
    while (!signal.aborted && this.#db.open) {
      const { events, more } = this.#page(this.#statements.ofStore.iterate(position, PAGE_EVENTS), PAGE_EVENTS)
      if (live && events.length === 0) {
        await this.#growth(signal)
        continue
      }
      position = events.at(-1)?.position ?? position
      live = !more
      yield { events, position, live }
      if (live && end === "head") return
      // Reading is synchronous: without this a follower that is far behind would keep everybody else waiting.
      await nextTurn()
    }
  }

  /** The position of the newest event. */
  head(): Position {
    return this.#statements.newest.get()?.[0] ?? START
  }

  async newest(): Promise<Position> {
    return this.head()
  }

  /** Positions count events. */
  behind(position: Position): number {
    return Math.max(0, this.head() - position)
  }

  /** Followers look again now instead of within 50 ms, for appends of another thread. */
  wake(): void {
    this.#followers.wake()
  }

  /** Appends that still wait are committed first. */
  async close(): Promise<void> {
    if (!this.#db.open) return
    while (this.#waiting.length > 0) this.#commitGroup()
    clearInterval(this.#looking)
    this.#db.close()
    this.#followers.wake()
  }

  #commitGroup(): void {
    const group = this.#nextGroup()
    if (group.length === 0) return
    if (this.#waiting.length > 0) setImmediate(() => this.#commitGroup())
    const { begin, commit, rollback } = this.#statements
    const outcomes: (Appended | Error)[] = []
    try {
      begin.run()
      for (const waiting of group) outcomes.push(this.#write(waiting))
      commit.run()
    } catch (cause) {
      // A full disk, a lost disk, a lock that another writer kept: whether the commit arrived is not known.
      if (this.#db.inTransaction) rollback.run()
      for (const { stream, reject } of group) reject(new OutcomeUnknown(stream, { cause }))
      return
    }
    group.forEach(({ resolve, reject }, n) => {
      const outcome = outcomes[n] as Appended | Error // One outcome was pushed for each.
      if (outcome instanceof Error) reject(outcome)
      else resolve(outcome)
    })
    this.#followers.wake()
  }

  #nextGroup(): Waiting[] {
    let events = 0
    let size = 0
    for (const waiting of this.#waiting) {
      events += waiting.events.length
      if (size === GROUP_APPENDS || (size > 0 && events > GROUP_EVENTS)) break
      size += 1
    }
    return this.#waiting.splice(0, size)
  }

  /** Writes one append inside the transaction of its group; an error that concerns this append alone is its outcome. */
  #write({ stream, expected, events }: Waiting): Appended | Error {
    const { head, addStream, addEvent, savepoint, release, rollbackTo } = this.#statements
    const [known, actual] = head.get(stream) ?? [undefined, 0]
    if (actual !== expected) return this.#repeated(known, expected, events) ?? new WrongRevision(stream, expected, actual)

    savepoint.run()
    try {
      const id = known ?? addStream.run(stream).lastInsertRowid
      let position: number | bigint = 0
      let revision = expected
      for (const event of events) {
        revision += 1
        position = addEvent.run(id, revision, event.id, event.type, event.data, event.metadata).lastInsertRowid
      }
      release.run()
      return { revision, position: Number(position) }
    } catch (error) {
      if (!isSqliteError(error, "SQLITE_CONSTRAINT_UNIQUE")) throw error
      rollbackTo.run()
      release.run()
      return new EventRejected(stream, "the id of one of its events belongs to an event that was recorded before", { cause: error })
    }
  }

  /** The answer of the first time, when exactly these events follow the expected revision. */
  #repeated(stream: number | undefined, expected: Revision, events: readonly EncodedEvent[]): Appended | undefined {
    if (stream === undefined) return undefined
    const there = this.#statements.idsOfStream.all(stream, expected, events.length)
    const last = there.at(-1)
    if (last === undefined || there.length < events.length) return undefined
    if (there.some(([id], n) => id !== events[n]?.id)) return undefined
    return { revision: expected + events.length, position: last[1] }
  }

  /** `iterate` is a fifth slower than `all` (330,000 events/s), and the only way to stop where a page gets too large. */
  #page(rows: Iterable<EventRow>, limit: number): { readonly events: RecordedEvent[]; readonly more: boolean } {
    const events: RecordedEvent[] = []
    let characters = 0
    for (const [position, stream, revision, id, type, data, metadata] of rows) {
      const name = this.#streamNames.get(stream) ?? this.#learnName(stream)
      events.push({ id, type, data: JSON.parse(data), metadata: JSON.parse(metadata), stream: name, revision, position })
      characters += data.length + metadata.length
      if (characters > PAGE_CHARACTERS) return { events, more: true }
    }
    return { events, more: events.length === limit }
  }

  #learnName(stream: number): string {
    const name = this.#statements.nameOfStream.get(stream)?.[0]
    if (name === undefined) throw new Error(`the event log names no stream ${stream}; the file is damaged`)
    this.#streamNames.set(stream, name)
    return name
  }

  /** Resolves when there may be something new: at once for appends of this store, within 50 ms for others'. */
  #growth(signal: AbortSignal): Promise<void> {
    this.#looking ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref()
    return this.#followers.wait(signal)
  }

  /** `data_version` changes when another connection committed, and costs a few microseconds. */
  #look(): void {
    if (this.#followers.size === 0) {
      clearInterval(this.#looking)
      this.#looking = undefined
      return
    }
    const version = this.#statements.dataVersion.get()?.[0]
    if (version === this.#dataVersion) return
    this.#dataVersion = version
    this.#followers.wake()
  }

  #mustBeOpen(): void {
    if (!this.#db.open) throw new Error("the event log is closed")
  }
}

function prepare(db: Database.Database) {
  const rows = <Params extends unknown[], Row>(sql: string) => db.prepare<Params, Row>(sql).raw()
  const columns = "position, stream, revision, id, type, data, metadata"
  return {
    begin: db.prepare("begin immediate"),
    commit: db.prepare("commit"),
    rollback: db.prepare("rollback"),
    savepoint: db.prepare("savepoint one_append"),
    release: db.prepare("release one_append"),
    rollbackTo: db.prepare("rollback to one_append"),
    head: rows<[string], [id: number, revision: Revision]>(
      "select s.id, (select max(e.revision) from event e where e.stream = s.id) from stream s where s.name = ?",
    ),
    addStream: db.prepare<[string]>("insert into stream (name) values (?)"),
    addEvent: db.prepare<[number | bigint, Revision, string, string, string, string]>(
      "insert into event (stream, revision, id, type, data, metadata) values (?, ?, ?, ?, ?, ?)",
    ),
    idsOfStream: rows<[number, Revision, number], [id: string, position: Position]>(
      "select id, position from event where stream = ? and revision > ? order by revision limit ?",
    ),
    nameOfStream: rows<[number], [string]>("select name from stream where id = ?"),
    ofStream: rows<[number, Revision, number], EventRow>(
      `select ${columns} from event where stream = ? and revision > ? order by revision limit ?`,
    ),
    ofStore: rows<[Position, number], EventRow>(`select ${columns} from event where position > ? order by position limit ?`),
    newest: rows<[], [Position]>("select position from event order by position desc limit 1"),
    dataVersion: rows<[], [number]>("pragma data_version"),
  }
}
