/**
 * The event log in PostgreSQL, for several nodes on one database.
 *
 * Positions are given out under one lock that is held until the commit is visible, so they have no gaps and no reader
 * ever sees a later one before an earlier one. Appends that wait together share one transaction (group commit); while
 * it is on the way, the next group gathers. Under the lock nobody else writes, so what is looked up there still holds
 * when the rows are inserted, and no statement of a group can fail for the sake of one append.
 */
import { type Database, openDatabase } from "../postgres/database"
import { DatabaseFault } from "../postgres/faults"
import { Listening } from "../postgres/listening"
import { migrate, mustBeMigrated } from "../postgres/migrations"
import { encode } from "./encoding"
import {
  type Appended,
  type Batch,
  type EventStore,
  type NewEvent,
  OutcomeUnknown,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
} from "./event-store"
import { type Append, EVENTS_CHANNEL, writeGroup } from "./postgres-groups"
import { PAGE_EVENTS, Pages } from "./postgres-pages"
import { Waiters } from "./waiters"

/** A stream's first page is small: many readers want the few events of one command (rule 37). */
const FIRST_PAGE_EVENTS = 16
const GROUP_APPENDS = 256
/** Large appends (an import) are not piled up behind one commit; one alone may be larger. */
const GROUP_EVENTS = 2_000
const FORMAT = 1

/** The first step also takes over the tables of before there were steps. */
const STEPS = [
  `create table if not exists event_log (format integer not null);
  create table if not exists stream (id bigint generated always as identity primary key, name text not null unique);
  create table if not exists event (
    position bigint primary key,
    stream bigint not null,
    revision bigint not null,
    id uuid not null unique,
    type text not null,
    data text not null,
    metadata text not null,
    characters integer not null,
    unique (stream, revision)
  );
  insert into event_log select ${FORMAT} where not exists (select from event_log);`,
]

interface Waiting extends Append {
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** The schema that holds the tables; made when it is not there. */
  readonly schema?: string
  /** One connection more is for all, and the group that is written takes one like any reader; what listens has its own. */
  readonly readers?: number
  /** The net below NOTIFY, which is lost with a connection: followers look again after this. */
  readonly lookEveryMs?: number
  /** For readers beside a running writer: the tables must exist, `append` throws. */
  readonly readOnly?: boolean
  /** A connection broke. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
}

/** Opens the log, and makes its tables when they are not there. @throws when the database cannot be reached */
export async function openPostgresEventStore({
  url,
  schema = "seatledger",
  readers = 4,
  lookEveryMs = 1_000,
  readOnly = false,
  onFault,
}: PostgresOptions): Promise<PostgresEventStore> {
  const database = await openDatabase({
    url,
    schema,
    connections: readers + 1,
    purpose: "the event log in PostgreSQL",
    ...(onFault ? { onFault } : {}),
  })
  try {
    await (readOnly ? mustBeMigrated : migrate)(database, "event log", STEPS)
    const [log] = await database.rows<{ format: number }>("select format from event_log")
    if (log?.format !== FORMAT) throw new Error(`it has format ${log?.format}; this version of Seatledger reads ${FORMAT}`)
    // Who is asked at once how far behind he is must not say that he is at the head because he has not heard of it yet.
    const [newest] = await database.rows<{ position: Position | null }>("select max(position) as position from event")
    return new PostgresEventStore(database, { readOnly, lookEveryMs, head: newest?.position ?? START })
  } catch (cause) {
    await database.close()
    throw new Error(`the event log in PostgreSQL cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

export class PostgresEventStore implements EventStore {
  readonly #database: Database
  readonly #listening: Listening
  readonly #pages: Pages
  readonly #readOnly: boolean
  readonly #lookEveryMs: number
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  readonly #followers = new Waiters()
  #head: Position
  #isListening = false
  #looking: NodeJS.Timeout | undefined
  readonly #closed = new AbortController()

  constructor(
    database: Database,
    { readOnly, lookEveryMs, head }: { readonly readOnly: boolean; readonly lookEveryMs: number; readonly head: Position },
  ) {
    this.#database = database
    this.#listening = new Listening(database)
    this.#pages = new Pages(database)
    this.#readOnly = readOnly
    this.#lookEveryMs = lookEveryMs
    this.#head = head
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#mustBeOpen()
    if (this.#readOnly) throw new Error(`append to ${stream}: the event log was opened for reading only`)
    const encoded = encode(stream, expected, events)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ stream, expected, events: encoded, resolve, reject })
      this.#writing ??= this.#write()
    })
  }

  async *read(stream: string, after: Revision): AsyncGenerator<readonly RecordedEvent[]> {
    this.#mustBeOpen()
    let limit = FIRST_PAGE_EVENTS
    for (let revision = after; ; limit = PAGE_EVENTS) {
      this.#mustBeOpen()
      const page = await this.#unlessClosed(this.#pages.ofStream(stream, revision, limit))
      if (page === undefined) continue // and says that it was closed
      if (page.events.length > 0) yield page.events
      if (!page.more) return
      revision += page.events.length
    }
  }

  /** Ends when the signal is aborted or the store is closed. @throws when the database cannot be asked */
  async *follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
    this.#mustBeOpen()
    if (end === "never") this.#listen()
    let position = after
    let live = false
    let growth: Promise<void> | undefined
    while (!signal.aborted && !this.#closed.signal.aborted) {
      // Before looking, so that nothing is missed in between; the one that nobody had to wait for is as good.
      growth ??= this.#growth(signal)
      const page = await this.#unlessClosed(this.#pages.ofLog(position))
      if (page === undefined) return
      const { events, more } = page
      if (live && events.length === 0) {
        await growth
        growth = undefined
        continue
      }
      position = events.at(-1)?.position ?? position
      this.#head = Math.max(this.#head, position)
      live = !more
      yield { events, position, live }
      if (live && end === "head") return
    }
  }

  /** The position of the newest event that this process has heard of. */
  head(): Position {
    return this.#head
  }

  async newest(): Promise<Position> {
    const [newest] = await this.#database.rows<{ position: Position | null }>("select max(position) as position from event")
    this.#head = Math.max(this.#head, newest?.position ?? START)
    return this.#head
  }

  /** Positions count events. Whoever asks makes it listen: a process that follows nothing hears of the appends of others, too. */
  behind(position: Position): number {
    this.#listen()
    return Math.max(0, this.#head - position)
  }

  /** Followers look again now, for appends of another thread. */
  wake(): void {
    this.#followers.wake()
  }

  /** Appends that still wait are committed first. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return
    while (this.#writing) await this.#writing
    this.#closed.abort()
    clearInterval(this.#looking)
    this.#followers.wake()
    await this.#listening.close()
    await this.#database.close()
  }

  /** One group after the other, until nobody waits. */
  async #write(): Promise<void> {
    await undefined // whoever appends in the same turn belongs to the same group
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      let outcomes: readonly (Appended | Error)[]
      try {
        outcomes = await this.#database.transaction((queries) => writeGroup(queries, group))
      } catch (cause) {
        for (const { stream, reject } of group) reject(failed(stream, cause))
        continue
      }
      group.forEach(({ resolve, reject }, n) => {
        const outcome = outcomes[n] as Appended | Error // One outcome for each.
        if (outcome instanceof Error) reject(outcome)
        else {
          this.#head = Math.max(this.#head, outcome.position)
          resolve(outcome)
        }
      })
      this.#followers.wake()
    }
    this.#writing = undefined
  }

  #nextGroup(): readonly Waiting[] {
    let events = 0
    let size = 0
    for (const waiting of this.#waiting) {
      events += waiting.events.length
      if (size === GROUP_APPENDS || (size > 0 && events > GROUP_EVENTS)) break
      size += 1
    }
    return this.#waiting.splice(0, size)
  }

  #growth(signal: AbortSignal): Promise<void> {
    this.#looking ??= setInterval(() => this.#followers.wake(), this.#lookEveryMs).unref()
    return this.#followers.wait(signal)
  }

  #listen(): void {
    if (this.#isListening || this.#closed.signal.aborted) return
    this.#isListening = true
    this.#listening.to(EVENTS_CHANNEL, (payload) => {
      // Whoever reads or follows meets the same trouble, and reports it; the next append tells.
      if (payload === undefined) this.newest().catch(() => {})
      else this.#head = Math.max(this.#head, Number(payload) || START)
      this.#followers.wake()
    })
  }

  /** A page takes several statements; the store may be closed between two of them. */
  async #unlessClosed<T>(page: Promise<T>): Promise<T | undefined> {
    try {
      return await page
    } catch (error) {
      if (this.#closed.signal.aborted) return undefined
      throw error
    }
  }

  #mustBeOpen(): void {
    if (this.#closed.signal.aborted) throw new Error("the event log is closed")
  }
}

/** No connection, or none any more: whether the commit arrived is not known. A no of the database itself is one. */
function failed(stream: string, cause: unknown): Error {
  if (!(cause instanceof DatabaseFault && cause.kind === "refused")) return new OutcomeUnknown(stream, { cause })
  return new Error(`append to ${stream}: PostgreSQL refuses it: ${cause.message}; nothing was written`, { cause })
}
