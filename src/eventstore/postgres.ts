/**
 * The event log in PostgreSQL, for several nodes on one database.
 *
 * Positions are given out under one lock that is held until the commit is visible, so they have no gaps and no reader
 * ever sees a later one before an earlier one. Appends that wait together share one transaction (group commit); while
 * it is on the way, the next group gathers. Under the lock nobody else writes, so what is looked up there still holds
 * when the rows are inserted, and no statement of a group can fail for the sake of one append.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { Client, Pool, PoolClient, PoolConfig } from "pg"
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
import { Waiters } from "./waiters"

/** Events of one page. */
const PAGE_EVENTS = 500
/** A stream's first page is small: many readers want the few events of one command (rule 37). */
const FIRST_PAGE_EVENTS = 16
/** Some events name thousands of people. Characters of JSON after which a page ends. */
const PAGE_CHARACTERS = 4_000_000
const GROUP_APPENDS = 256
/** Large appends (an import) are not piled up behind one commit; one alone may be larger. */
const GROUP_EVENTS = 2_000
/** The net below NOTIFY, which is lost with a connection: followers look again after this. */
const LOOK_EVERY_MS = 1_000
/** A database that does not answer is given up on, and the outcome is then unknown. */
const ANSWER_WITHIN_MS = 15_000
const RECONNECT_MS = [100, 500, 2_000, 5_000]
const FORMAT = 1
/** Advisory locks are two numbers: one of these, which nobody else in the database takes, and a hash of the schema. */
const WRITE_LOCK = 7_345_001
const SET_UP_LOCK = 7_345_002

const TABLES = `
  create table if not exists event_log (format integer not null);
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
  insert into event_log select ${FORMAT} where not exists (select from event_log);`

interface Waiting {
  readonly stream: string
  readonly expected: Revision
  readonly events: readonly EncodedEvent[]
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

/** As the driver answers: bigint as text. */
interface EventRow {
  readonly position: string
  readonly stream: string
  readonly revision: string
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** The schema that holds the tables; made when it is not there. */
  readonly schema?: string
  /** Connections of this process beside the one that writes and the one that listens. */
  readonly readers?: number
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
  readOnly = false,
  onFault,
}: PostgresOptions): Promise<PostgresEventStore> {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) throw new Error(`"${schema}" is no name for a schema: small letters, digits and _`)
  // Loaded only where PostgreSQL is used.
  const { Client, Pool } = await import("pg")
  const settings: PoolConfig = {
    connectionString: url,
    options: `-c search_path=${schema} -c client_min_messages=warning`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: "seatledger",
  }
  const report = (error: Error) => onFault?.(new Error(`a connection to the event log in PostgreSQL broke: ${error.message}`))
  const pool = new Pool({ ...settings, max: readers + 1, query_timeout: ANSWER_WITHIN_MS })
  pool.on("error", report)
  try {
    await setUp(pool, schema, readOnly)
  } catch (cause) {
    await pool.end()
    throw new Error(`the event log in PostgreSQL cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  return new PostgresEventStore(pool, () => new Client(settings), { schema, readOnly, report })
}

async function setUp(pool: Pool, schema: string, readOnly: boolean): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (!readOnly) {
      await client.query("select pg_advisory_xact_lock($1, hashtext($2))", [SET_UP_LOCK, schema])
      await client.query(`create schema if not exists ${schema}`)
      await client.query(TABLES)
    }
    const { rows } = await client.query<{ format: number }>("select format from event_log")
    const format = rows[0]?.format
    if (format !== FORMAT) throw new Error(`it has format ${format}; this version of Seatledger reads ${FORMAT}`)
  })
}

async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query("begin")
    const result = await work(client)
    await client.query("commit")
    return result
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    // Thrown away when anything failed: whatever state it is in, the server then rolls back.
    client.release(broken)
  }
}

export class PostgresEventStore implements EventStore {
  readonly #pool: Pool
  readonly #newListener: () => Client
  readonly #readOnly: boolean
  readonly #channel: string
  readonly #report: (error: Error) => void
  readonly #streamNames = new Map<string, string>()
  readonly #streamIds = new Map<string, string>()
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  readonly #followers = new Waiters()
  #head: Position = START
  #listening: Promise<void> | undefined
  #looking: NodeJS.Timeout | undefined
  readonly #closed = new AbortController()

  constructor(
    pool: Pool,
    newListener: () => Client,
    { schema, readOnly, report }: { readonly schema: string; readonly readOnly: boolean; readonly report: (error: Error) => void },
  ) {
    this.#readOnly = readOnly
    this.#pool = pool
    this.#channel = `${schema}_events`
    this.#newListener = newListener
    this.#report = report
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
    const id = await this.#streamId(stream)
    if (id === undefined) return
    let limit = FIRST_PAGE_EVENTS
    for (let revision = after; ; limit = PAGE_EVENTS) {
      this.#mustBeOpen()
      const { events, more } = await this.#page("stream = $3 and revision > $1", "revision", limit, [revision, limit, id])
      if (events.length > 0) yield events
      if (!more) return
      revision += events.length
    }
  }

  /** Ends when the signal is aborted or the store is closed. @throws when the database cannot be asked */
  async *follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
    this.#mustBeOpen()
    if (end === "never") this.#listen()
    let position = after
    let live = false
    while (!signal.aborted && !this.#closed.signal.aborted) {
      const growth = this.#growth(signal) // before looking, so that nothing is missed in between
      const { events, more } = await this.#page("position > $1", "position", PAGE_EVENTS, [position, PAGE_EVENTS])
      if (live && events.length === 0) {
        await growth
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

  /** Positions count events. */
  behind(position: Position): number {
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
    await this.#listening
    await this.#pool.end()
  }

  /** One group after the other, until nobody waits. */
  async #write(): Promise<void> {
    await undefined // whoever appends in the same turn belongs to the same group
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      let outcomes: readonly (Appended | Error)[]
      try {
        outcomes = await inTransaction(this.#pool, (client) => this.#writeGroup(client, group))
      } catch (cause) {
        // No connection, or none any more: whether the commit arrived is not known.
        for (const { stream, reject } of group) reject(new OutcomeUnknown(stream, { cause }))
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

  async #writeGroup(client: PoolClient, group: readonly Waiting[]): Promise<readonly (Appended | Error)[]> {
    // From here to the end of the commit nobody else writes.
    await client.query("select pg_advisory_xact_lock($1, hashtext(current_schema()))", [WRITE_LOCK])
    const heads = await headsOf(client, [...new Set(group.map(({ stream }) => stream))])
    const places = await placesOf(client, group)
    const newest = await client.query<{ newest: string }>("select coalesce(max(position), 0) as newest from event")
    let position = Number(newest.rows[0]?.newest)

    const rows: Row[] = []
    const outcomes: (Appended | Error)[] = []
    for (const waiting of group) {
      const { stream, expected, events } = waiting
      const head = heads.get(stream) ?? { revision: 0 }
      if (head.revision !== expected) {
        outcomes.push(repeated(places, waiting) ?? new WrongRevision(stream, expected, head.revision))
        continue
      }
      if (events.some(({ id }) => places.has(id))) {
        outcomes.push(new EventRejected(stream, "the id of one of its events belongs to an event that was recorded before"))
        continue
      }
      for (const event of events) {
        position += 1
        head.revision += 1
        const place: Place = { stream, revision: head.revision, position }
        places.set(event.id, place)
        rows.push({ ...event, ...place })
      }
      heads.set(stream, head)
      outcomes.push({ revision: head.revision, position })
    }
    if (rows.length > 0) {
      await insert(client, rows)
      await client.query("select pg_notify(current_schema() || '_events', $1)", [String(position)])
    }
    return outcomes
  }

  async #streamId(name: string): Promise<string | undefined> {
    const known = this.#streamIds.get(name)
    if (known !== undefined) return known
    const { rows } = await this.#pool.query<{ id: string }>("select id from stream where name = $1", [name])
    const id = rows[0]?.id
    if (id !== undefined) this.#streamIds.set(name, id)
    return id
  }

  /** Rows up to about `PAGE_CHARACTERS`, at least one; the parameters begin with the place and the limit. */
  async #page(
    condition: string,
    order: "position" | "revision",
    limit: number,
    params: readonly (number | string)[],
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly more: boolean }> {
    // `characters` is read without the texts, which lie elsewhere when they are long.
    const { rows } = await this.#pool.query<EventRow>({
      name: `page by ${order}`,
      text: `
        select e.position, e.stream, e.revision, e.id, e.type, e.data, e.metadata
        from (
          select position, sum(characters) over (order by ${order} rows unbounded preceding) - characters as before
          from event where ${condition} order by ${order} limit $2
        ) page join event e on e.position = page.position
        where page.before <= ${PAGE_CHARACTERS} order by e.${order}`,
      values: [...params],
    })
    const names = await this.#names(rows)
    const events = rows.map((row): RecordedEvent => {
      const { id, type, position, revision } = row
      return {
        id,
        type,
        data: JSON.parse(row.data),
        metadata: JSON.parse(row.metadata),
        stream: names(row.stream),
        revision: Number(revision),
        position: Number(position),
      }
    })
    const characters = rows.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0)
    return { events, more: rows.length === limit || characters > PAGE_CHARACTERS }
  }

  async #names(rows: readonly EventRow[]): Promise<(id: string) => string> {
    const unknown = [...new Set(rows.map(({ stream }) => stream).filter((id) => !this.#streamNames.has(id)))]
    if (unknown.length > 0) {
      const answer = await this.#pool.query<{ id: string; name: string }>("select id, name from stream where id = any($1::bigint[])", [
        unknown,
      ])
      for (const { id, name } of answer.rows) this.#streamNames.set(id, name)
    }
    return (id) => {
      const name = this.#streamNames.get(id)
      if (name === undefined) throw new Error(`the event log names no stream ${id}; the database is damaged`)
      return name
    }
  }

  #growth(signal: AbortSignal): Promise<void> {
    this.#looking ??= setInterval(() => this.#followers.wake(), LOOK_EVERY_MS).unref()
    return this.#followers.wait(signal)
  }

  #listen(): void {
    this.#listening ??= this.#keepListening()
  }

  /** Listens for the life of the store; whenever the connection breaks, on a new one. */
  async #keepListening(): Promise<void> {
    const { signal } = this.#closed
    for (let tries = 0; !signal.aborted; tries++) {
      const client = this.#newListener()
      const ended = new Promise<void>((resolve) => {
        client.on("error", (error) => {
          if (!signal.aborted) this.#report(error)
          resolve()
        })
        client.on("end", resolve)
        signal.addEventListener("abort", () => resolve(), { once: true })
      })
      client.on("notification", ({ payload }) => {
        this.#head = Math.max(this.#head, Number(payload) || START)
        this.#followers.wake()
      })
      try {
        await client.connect()
        await client.query(`listen ${this.#channel}`)
        tries = 0
        this.#followers.wake() // what was appended before that was not heard of
        await ended
      } catch (error) {
        if (!signal.aborted && error instanceof Error) this.#report(error)
      }
      await client.end().catch(() => {}) // It may be broken already.
      if (!signal.aborted) await pause(RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)], undefined, { signal }).catch(() => {})
    }
  }

  #mustBeOpen(): void {
    if (this.#closed.signal.aborted) throw new Error("the event log is closed")
  }
}

interface Head {
  revision: Revision
}
interface Place {
  readonly stream: string
  readonly revision: Revision
  readonly position: Position
}
interface Row extends EncodedEvent, Place {}

async function headsOf(client: PoolClient, streams: readonly string[]): Promise<Map<string, Head>> {
  const { rows } = await client.query<{ name: string; revision: string }>(
    `select s.name, (select max(e.revision) from event e where e.stream = s.id) as revision
     from stream s where s.name = any($1::text[])`,
    [streams],
  )
  return new Map(rows.map(({ name, revision }) => [name, { revision: Number(revision) }]))
}

/** Where the ids of these appends stand already: an append that is repeated, or an id that belongs to somebody else. */
async function placesOf(client: PoolClient, group: readonly Waiting[]): Promise<Map<string, Place>> {
  const ids = group.flatMap(({ events }) => events.map(({ id }) => id))
  const { rows } = await client.query<{ id: string; stream: string; revision: string; position: string }>(
    `select e.id, s.name as stream, e.revision, e.position from event e join stream s on s.id = e.stream where e.id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ id, stream, revision, position }) => [id, { stream, revision: Number(revision), position: Number(position) }]))
}

/** The answer of the first time, when exactly these events follow the expected revision. */
function repeated(places: ReadonlyMap<string, Place>, { stream, expected, events }: Waiting): Appended | undefined {
  let last: Place | undefined
  for (const [n, { id }] of events.entries()) {
    last = places.get(id)
    if (last?.stream !== stream || last.revision !== expected + n + 1) return undefined
  }
  return last && { revision: last.revision, position: last.position }
}

/** One statement, however many rows: measured 20 times as fast as one by one. */
async function insert(client: PoolClient, rows: readonly Row[]): Promise<void> {
  const column = <T>(of: (row: Row) => T) => rows.map(of)
  await client.query("insert into stream (name) select distinct unnest($1::text[]) on conflict do nothing", [
    [...new Set(column(({ stream }) => stream))],
  ])
  await client.query(
    `insert into event (position, stream, revision, id, type, data, metadata, characters)
     select given.position, s.id, given.revision, given.id, given.type, given.data, given.metadata, length(given.data) + length(given.metadata)
     from unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[])
       as given (position, stream, revision, id, type, data, metadata)
     join stream s on s.name = given.stream`,
    [
      column(({ position }) => position),
      column(({ stream }) => stream),
      column(({ revision }) => revision),
      column(({ id }) => id),
      column(({ type }) => type),
      column(({ data }) => data),
      column(({ metadata }) => metadata),
    ],
  )
}
