/**
 * The state of delivery in `operations.sqlite`, a file of its own: it cannot be rebuilt from the log. When it is lost,
 * the log is read again from the beginning and everything since an endpoint was added is sent once more.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { WebhookEvents } from "../domain/events"
import { type Position, START } from "../eventstore/event-store"
import type { Attempt, Backlog, DeadLetter, Endpoint, Message, MessageState, NumberedAttempt } from "./delivery-state"
import type { Problem } from "./send"

/** Attempts that are kept for each endpoint, for whoever looks for the reason why something does not arrive. */
const ATTEMPTS_KEPT = 1_000

/** The file is shared with other operational data, so the tables stand for themselves and no version of the file. */
const TABLES = `
  create table if not exists webhook_progress (id integer primary key check (id = 1), position integer not null) strict;
  create table if not exists webhook_license (license_id text primary key, vendor_id text not null) strict, without rowid;
  create table if not exists webhook_endpoint (
    number integer primary key autoincrement,    -- never used again: what was left of another must not be found
    webhook_id text not null unique,
    owner_id text not null,
    url text not null,
    description text,
    types text,
    enabled integer not null default 1,
    disabled_because text,
    secret text not null,
    previous_secret text,
    previous_until integer not null default 0,
    created_at integer not null,
    failures integer not null default 0,
    next_attempt_at integer not null default 0,
    waiting integer not null default 0,          -- counts of webhook_message, because counting 100,000 rows takes too long
    dead integer not null default 0,
    attempts integer not null default 0          -- ever made: numbers webhook_attempt
  ) strict;
  create index if not exists webhook_endpoint_of_owner on webhook_endpoint (owner_id, webhook_id);
  create index if not exists webhook_endpoint_due on webhook_endpoint (next_attempt_at) where enabled = 1 and waiting > 0;
  create table if not exists webhook_message (
    endpoint integer not null,
    state integer not null,                      -- 0 replayed, 1 waiting, 2 dead: the order of delivery
    position integer not null,
    stream text not null,
    revision integer not null,
    event_id text not null,
    type text not null,
    attempts integer not null default 0,         -- from here on: of dead letters
    status integer,
    problem text,
    died_at integer,
    primary key (endpoint, state, position)
  ) strict, without rowid;
  create table if not exists webhook_attempt (
    endpoint integer not null,
    number integer not null,
    event_id text not null,
    type text not null,
    attempt integer not null,
    at integer not null,
    outcome text not null,
    status integer,
    problem text,
    milliseconds integer not null,
    retry_at integer,
    primary key (endpoint, number)
  ) strict, without rowid`

const STATES: readonly MessageState[] = ["REPLAYED", "WAITING", "DEAD"]
const [REPLAYED, WAITING, DEAD] = [0, 1, 2]

interface EndpointRow extends Omit<Endpoint, "types" | "enabled"> {
  readonly types: string | null
  readonly enabled: 0 | 1
}
interface MessageRow extends Omit<Message, "state"> {
  readonly state: number
}

/** Opens the state in `file` and makes what is missing; `:memory:` for tests. */
export function openDeliveryState(file: string): DeliveryState {
  if (file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true })
    closeSync(openSync(file, "a", 0o600))
    chmodSync(file, 0o600)
  }
  const db = new Database(file, { timeout: 10_000 })
  db.pragma("journal_mode = WAL")
  // What a power cut takes away is read from the log again, or sent once more.
  db.pragma("synchronous = NORMAL")
  db.exec(TABLES)
  return new DeliveryState(db)
}

export class DeliveryState {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
  }

  /** All or nothing. */
  transaction<T>(work: () => T): T {
    return this.#db.inTransaction ? work() : this.#db.transaction(work).immediate()
  }

  /** How far the log has been read: everything up to here that anybody wants is in `webhook_message`. */
  position(): Position {
    return this.#statements.position.get() ?? START
  }
  moveTo(position: Position): void {
    this.#statements.moveTo.run(position)
  }

  vendorOf(licenseId: string): string | undefined {
    return this.#statements.vendorOf.get(licenseId)
  }
  sold(licenseId: string, vendorId: string): void {
    this.#statements.sold.run(licenseId, vendorId)
  }

  // Endpoints

  add({ webhookId, url, description, types, secret }: WebhookEvents["WebhookAdded"], ownerId: string, at: number): void {
    this.#statements.add.run(webhookId, ownerId, url, description ?? null, types ? JSON.stringify(types) : null, secret, at)
  }
  /** The receiver may be another one now, so what waits is tried at once. */
  change({ webhookId, url, description, types }: WebhookEvents["WebhookChanged"]): void {
    this.#statements.change.run(url, description ?? null, types ? JSON.stringify(types) : null, webhookId)
  }
  enable(webhookId: string): void {
    this.#statements.enable.run(webhookId)
  }
  disable(webhookId: string, because: WebhookEvents["WebhookDisabled"]["because"]): void {
    this.#statements.disable.run(because, webhookId)
  }
  /** @param previousUntil milliseconds since 1970, UTC */
  rotate(webhookId: string, secret: string, previousUntil: number): void {
    this.#statements.rotate.run(previousUntil, secret, webhookId)
  }
  remove(webhookId: string): void {
    this.transaction(() => {
      const endpoint = this.endpoint(webhookId)
      if (!endpoint) return
      this.#statements.dropMessages.run(endpoint.number)
      this.#statements.dropAttempts.run(endpoint.number)
      this.#statements.dropEndpoint.run(endpoint.number)
    })
  }

  endpoint(webhookId: string): Endpoint | undefined {
    const row = this.#statements.endpoint.get(webhookId)
    return row && endpointOf(row)
  }
  /** All, or those of one owner; by id. */
  endpoints({ ownerId, after = "", limit = -1 }: { ownerId?: string | undefined; after?: string | undefined; limit?: number }): Endpoint[] {
    const { endpointsOf, endpoints } = this.#statements
    return (ownerId === undefined ? endpoints.all(after, limit) : endpointsOf.all(ownerId, after, limit)).map(endpointOf)
  }
  countEndpoints(ownerId: string | undefined): number {
    return this.#statements.countEndpoints.get(ownerId ?? null, ownerId ?? null) ?? 0
  }
  /** Endpoints that have something to send and need not wait for it. */
  due(now: number): string[] {
    return this.#statements.due.all(now)
  }
  /** When the next of those that have to wait is to be tried. */
  nextAttemptAfter(now: number): number | undefined {
    return this.#statements.nextAttemptAfter.get(now) ?? undefined
  }

  // Messages

  enqueue(endpoint: number, { position, stream, revision, eventId, type }: Omit<Message, "state">): void {
    const { changes } = this.#statements.enqueue.run(endpoint, WAITING, position, stream, revision, eventId, type)
    if (changes > 0) this.#statements.count.run(1, 0, endpoint)
  }
  /** What is to be sent next. */
  next(endpoint: number): Message | undefined {
    const row = this.#statements.next.get(endpoint)
    return row && { ...row, state: STATES[row.state] as MessageState } // 0 to 2
  }

  /** Taken by the receiver. */
  delivered(endpoint: number, message: Message, attempt: Attempt): void {
    this.transaction(() => {
      if (this.#take(endpoint, message)) this.#statements.count.run(-1, 0, endpoint)
      // Skipped while it was on the way: it has arrived all the same.
      else if (this.#take(endpoint, { ...message, state: "DEAD" })) this.#statements.count.run(0, -1, endpoint)
      this.#statements.turn.run(0, 0, endpoint)
      this.note(endpoint, attempt)
    })
  }
  /** To be tried again, unless an operator put others before it meanwhile: then it starts anew when it has its turn. */
  failed(endpoint: number, message: Message, attempt: Attempt): void {
    this.transaction(() => {
      const next = this.next(endpoint)
      const hasTurn = next?.position === message.position && next.state === message.state
      if (hasTurn) this.#statements.turn.run(attempt.attempt, attempt.retryAt ?? 0, endpoint)
      this.note(endpoint, attempt)
    })
  }
  /** Given up: the next message has its turn. */
  died(endpoint: number, message: Message, attempt: Attempt): void {
    this.transaction(() => {
      const earlier = this.#take(endpoint, message)
      if (earlier) {
        const { position, stream, revision, eventId, type } = message
        const { status, problem, at } = attempt
        const attempts = earlier.attempts + attempt.attempt
        this.#statements.bury.run(endpoint, DEAD, position, stream, revision, eventId, type, attempts, status, problem, at)
        this.#statements.count.run(-1, 1, endpoint)
      }
      this.#statements.turn.run(0, 0, endpoint)
      this.note(endpoint, attempt)
    })
  }
  /** Given up before the last attempt, because somebody asked for it. Nothing happens when it has arrived meanwhile. */
  skip(webhookId: string, eventId: string, at: number): void {
    this.transaction(() => {
      const endpoint = this.endpoint(webhookId)
      const row = endpoint && this.#statements.undelivered.get(endpoint.number, eventId)
      if (!row) return
      const { number, failures } = endpoint
      const { position, stream, revision, type } = row
      const next = this.next(number)
      const hasTurn = next?.position === position
      const { status = null, problem = null } = this.#statements.lastAttempt.get(number, eventId) ?? {}
      this.#statements.take.run(number, row.state, position)
      const attempts = row.attempts + (hasTurn ? failures : 0)
      this.#statements.bury.run(number, DEAD, position, stream, revision, eventId, type, attempts, status, problem, at)
      this.#statements.count.run(-1, 1, number)
      if (hasTurn) this.#statements.turn.run(0, 0, number)
    })
  }
  /** Dead letters take their turn again, before all that waits. */
  replay(webhookId: string, eventIds: readonly string[] | undefined): void {
    this.transaction(() => {
      const { replay, count, turn } = this.#statements
      const endpoint = this.endpoint(webhookId)?.number
      if (endpoint === undefined) return
      const wanted = eventIds === undefined ? null : JSON.stringify(eventIds)
      const { changes } = replay.run(endpoint, wanted, wanted)
      // What was in turn has its attempts counted in the endpoint's row, and now stands behind.
      if (changes > 0) turn.run(0, 0, endpoint)
      count.run(changes, -changes, endpoint)
    })
  }
  /** Of these events, those that are dead letters. */
  deadAmong(endpoint: number, eventIds: readonly string[]): string[] {
    return this.#statements.deadAmong.all(endpoint, JSON.stringify(eventIds))
  }
  deadLetters({ webhookId, after = START, limit }: { webhookId: string; after?: Position | undefined; limit: number }): DeadLetter[] {
    return this.#statements.deadLetters.all(webhookId, DEAD, after, limit)
  }

  // Attempts

  note(endpoint: number, { eventId, type, attempt, at, outcome, status, problem, milliseconds, retryAt }: Attempt): void {
    this.transaction(() => {
      const number = this.#statements.countAttempt.get(endpoint)
      if (number === undefined) return // removed meanwhile
      this.#statements.note.run(endpoint, number, eventId, type, attempt, at, outcome, status, problem, milliseconds, retryAt)
      this.#statements.forgetAttempt.run(endpoint, number - ATTEMPTS_KEPT)
    })
  }
  /** Newest first. */
  attempts({ webhookId, before, limit }: { webhookId: string; before?: number | undefined; limit: number }): NumberedAttempt[] {
    return this.#statements.attempts.all(webhookId, before ?? Number.MAX_SAFE_INTEGER, limit)
  }
  countAttempts(webhookId: string): number {
    return this.#statements.countAttempts.get(webhookId) ?? 0
  }

  backlog(): Backlog {
    return this.#statements.backlog.get() as Backlog // sums of a whole table are always one row
  }

  close(): void {
    this.#db.close()
  }

  #take(endpoint: number, { state, position }: Message): { readonly attempts: number } | undefined {
    return this.#statements.take.get(endpoint, STATES.indexOf(state), position)
  }
}

function endpointOf({ types, enabled, ...row }: EndpointRow): Endpoint {
  return { ...row, types: types === null ? null : JSON.parse(types), enabled: enabled === 1 }
}

function prepare(db: Database.Database) {
  const value = <Params extends unknown[], Value>(sql: string) => db.prepare<Params, Value>(sql).pluck()
  const endpoint = `number, webhook_id as webhookId, owner_id as ownerId, url, description, types, enabled, disabled_because as disabledBecause,
    secret, previous_secret as previousSecret, previous_until as previousUntil, created_at as createdAt, failures,
    next_attempt_at as nextAttemptAt, waiting, dead`
  type MessageParams = [endpoint: number, state: number, position: number, stream: string, revision: number, eventId: string, type: string]
  type LetterParams = [...MessageParams, attempts: number, status: number | null, problem: Problem | null, at: number]
  return {
    position: value<[], Position>("select position from webhook_progress"),
    moveTo: db.prepare<[Position]>(
      "insert into webhook_progress values (1, ?) on conflict (id) do update set position = excluded.position",
    ),
    vendorOf: value<[string], string>("select vendor_id from webhook_license where license_id = ?"),
    sold: db.prepare<[string, string]>("insert into webhook_license values (?, ?) on conflict do nothing"),

    add: db.prepare<[string, string, string, string | null, string | null, string, number]>(
      `insert into webhook_endpoint (webhook_id, owner_id, url, description, types, secret, created_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    ),
    change: db.prepare<[string, string | null, string | null, string]>(
      "update webhook_endpoint set url = ?, description = ?, types = ?, failures = 0, next_attempt_at = 0 where webhook_id = ?",
    ),
    enable: db.prepare<[string]>(
      "update webhook_endpoint set enabled = 1, disabled_because = null, failures = 0, next_attempt_at = 0 where webhook_id = ?",
    ),
    disable: db.prepare<[string, string]>("update webhook_endpoint set enabled = 0, disabled_because = ? where webhook_id = ?"),
    rotate: db.prepare<[number, string, string]>(
      "update webhook_endpoint set previous_secret = secret, previous_until = ?, secret = ? where webhook_id = ?",
    ),
    dropEndpoint: db.prepare<[number]>("delete from webhook_endpoint where number = ?"),
    dropMessages: db.prepare<[number]>("delete from webhook_message where endpoint = ?"),
    dropAttempts: db.prepare<[number]>("delete from webhook_attempt where endpoint = ?"),
    endpoint: db.prepare<[string], EndpointRow>(`select ${endpoint} from webhook_endpoint where webhook_id = ?`),
    endpoints: db.prepare<[string, number], EndpointRow>(
      `select ${endpoint} from webhook_endpoint where webhook_id > ? order by webhook_id limit ?`,
    ),
    endpointsOf: db.prepare<[string, string, number], EndpointRow>(
      `select ${endpoint} from webhook_endpoint where owner_id = ? and webhook_id > ? order by webhook_id limit ?`,
    ),
    countEndpoints: value<[string | null, string | null], number>("select count(*) from webhook_endpoint where ? is null or owner_id = ?"),
    due: value<[number], string>(
      "select webhook_id from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at <= ? order by next_attempt_at",
    ),
    nextAttemptAfter: value<[number], number | null>(
      "select min(next_attempt_at) from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at > ?",
    ),

    enqueue: db.prepare<MessageParams>(
      `insert into webhook_message (endpoint, state, position, stream, revision, event_id, type) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    ),
    count: db.prepare<[number, number, number]>("update webhook_endpoint set waiting = waiting + ?, dead = dead + ? where number = ?"),
    next: db.prepare<[number], MessageRow>(
      `select state, position, stream, revision, event_id as eventId, type from webhook_message
       where endpoint = ? and state < ${DEAD} order by state, position limit 1`,
    ),
    take: db.prepare<[number, number, Position], { attempts: number }>(
      "delete from webhook_message where endpoint = ? and state = ? and position = ? returning attempts",
    ),
    bury: db.prepare<LetterParams>(
      `insert into webhook_message (endpoint, state, position, stream, revision, event_id, type, attempts, status, problem, died_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    turn: db.prepare<[failures: number, nextAttemptAt: number, endpoint: number]>(
      "update webhook_endpoint set failures = ?, next_attempt_at = ? where number = ?",
    ),
    replay: db.prepare<[number, string | null, string | null]>(
      `update webhook_message set state = ${REPLAYED} where endpoint = ? and state = ${DEAD}
       and (? is null or event_id in (select value from json_each(?)))`,
    ),
    undelivered: db.prepare<[number, string], MessageRow & { readonly attempts: number }>(
      `select state, position, stream, revision, event_id as eventId, type, attempts from webhook_message
       where endpoint = ? and state < ${DEAD} and event_id = ? limit 1`,
    ),
    lastAttempt: db.prepare<[number, string], { readonly status: number | null; readonly problem: Problem | null }>(
      "select status, problem from webhook_attempt where endpoint = ? and event_id = ? order by number desc limit 1",
    ),
    deadAmong: value<[number, string], string>(
      `select event_id from webhook_message where endpoint = ? and state = ${DEAD}
       and event_id in (select value from json_each(?)) order by position`,
    ),
    deadLetters: db.prepare<[string, number, Position, number], DeadLetter>(
      `select e.webhook_id as webhookId, e.owner_id as ownerId, m.position, m.event_id as eventId, m.type, m.attempts, m.status, m.problem,
         m.died_at as diedAt
       from webhook_endpoint e join webhook_message m on m.endpoint = e.number
       where e.webhook_id = ? and m.state = ? and m.position > ? order by m.position limit ?`,
    ),

    countAttempt: value<[number], number>("update webhook_endpoint set attempts = attempts + 1 where number = ? returning attempts"),
    note: db.prepare<[number, number, string, string, number, number, string, number | null, string | null, number, number | null]>(
      "insert into webhook_attempt values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    forgetAttempt: db.prepare<[number, number]>("delete from webhook_attempt where endpoint = ? and number <= ?"),
    attempts: db.prepare<[string, number, number], NumberedAttempt>(
      `select a.number, a.event_id as eventId, a.type, a.attempt, a.at, a.outcome, a.status, a.problem, a.milliseconds, a.retry_at as retryAt
       from webhook_endpoint e join webhook_attempt a on a.endpoint = e.number
       where e.webhook_id = ? and a.number < ? order by a.number desc limit ?`,
    ),
    countAttempts: value<[string], number>(`select min(attempts, ${ATTEMPTS_KEPT}) from webhook_endpoint where webhook_id = ?`),
    backlog: db.prepare<[], Backlog>(
      `select coalesce(sum(waiting) filter (where enabled = 1 and failures = 0), 0) as waiting,
         coalesce(sum(waiting) filter (where enabled = 1 and failures > 0), 0) as retrying,
         coalesce(sum(waiting) filter (where enabled = 0), 0) as disabled, coalesce(sum(dead), 0) as dead
       from webhook_endpoint`,
    ),
  }
}
