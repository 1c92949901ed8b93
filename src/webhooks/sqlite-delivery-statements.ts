/** The tables of delivery in SQLite, and every statement on them. */
import type Database from "better-sqlite3"
import type { Position } from "../eventstore/event-store"
import type { Backlog, DeadLetter, Endpoint, Message, NumberedAttempt } from "./delivery-state"
import { ATTEMPTS_KEPT, DEAD, REPLAYED } from "./delivery-state"
import type { Problem } from "./send"

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
    attempts integer not null default 0,         -- ever made: numbers webhook_attempt
    resets integer not null default 0            -- how often it was changed or enabled
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

/** Makes what is missing, columns that a file of an earlier version lacks too. */
export function makeTables(db: Database.Database): void {
  const make = db.transaction(() => {
    db.exec(TABLES)
    const knowsResets = db.prepare("select 1 from pragma_table_info('webhook_endpoint') where name = 'resets'").get() !== undefined
    if (!knowsResets) db.exec("alter table webhook_endpoint add column resets integer not null default 0")
  })
  make.immediate()
}

export interface EndpointRow extends Omit<Endpoint, "types" | "enabled"> {
  readonly types: string | null
  readonly enabled: 0 | 1
}
export interface MessageRow extends Omit<Message, "state"> {
  readonly state: number
}

export function prepare(db: Database.Database) {
  const value = <Params extends unknown[], Value>(sql: string) => db.prepare<Params, Value>(sql).pluck()
  const endpoint = `number, webhook_id as webhookId, owner_id as ownerId, url, description, types, enabled, disabled_because as disabledBecause,
    secret, previous_secret as previousSecret, previous_until as previousUntil, created_at as createdAt, failures,
    next_attempt_at as nextAttemptAt, waiting, dead, resets`
  type MessageParams = [endpoint: number, state: number, position: number, stream: string, revision: number, eventId: string, type: string]
  type TellParams = Omit<Message, "state"> & { readonly state: number; readonly ownerId: string; readonly licenseId: string }
  type LetterParams = [...MessageParams, attempts: number, status: number | null, problem: Problem | null, at: number]
  return {
    position: value<[], Position>("select position from webhook_progress"),
    moveTo: db.prepare<[Position]>(
      "insert into webhook_progress values (1, ?) on conflict (id) do update set position = excluded.position",
    ),
    sold: db.prepare<[string, string]>("insert into webhook_license values (?, ?) on conflict do nothing"),

    add: db.prepare<[string, string, string, string | null, string | null, string, number]>(
      `insert into webhook_endpoint (webhook_id, owner_id, url, description, types, secret, created_at) values (?, ?, ?, ?, ?, ?, ?)
       on conflict do nothing`,
    ),
    change: db.prepare<[string, string | null, string | null, string]>(
      `update webhook_endpoint set url = ?, description = ?, types = ?, failures = 0, next_attempt_at = 0, resets = resets + 1
       where webhook_id = ?`,
    ),
    enable: db.prepare<[string]>(
      `update webhook_endpoint set enabled = 1, disabled_because = null, failures = 0, next_attempt_at = 0, resets = resets + 1
       where webhook_id = ?`,
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
    resets: value<[number], number>("select resets from webhook_endpoint where number = ?"),
    countEndpoints: value<[string | null, string | null], number>("select count(*) from webhook_endpoint where ? is null or owner_id = ?"),
    due: value<[number], string>(
      "select webhook_id from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at <= ? order by next_attempt_at",
    ),
    nextAttemptAfter: value<[number], number | null>(
      "select min(next_attempt_at) from webhook_endpoint where enabled = 1 and waiting > 0 and next_attempt_at > ?",
    ),

    tell: value<[TellParams], number>(
      `insert into webhook_message (endpoint, state, position, stream, revision, event_id, type)
       select number, @state, @position, @stream, @revision, @eventId, @type from webhook_endpoint
       where owner_id in (@ownerId, (select vendor_id from webhook_license where license_id = @licenseId))
         and (types is null or exists (select 1 from json_each(webhook_endpoint.types) where value = @type))
       on conflict do nothing returning endpoint`,
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
