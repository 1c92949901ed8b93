/**
 * What a driver can do with the rows of appends when nothing is checked and the texts are ready: the limit of the store
 * that is built on it. Rows of callers that append at the same time go into one transaction, where there is one.
 */
import { jsonEvent, KurrentDBClient } from "@kurrent/kurrentdb-client"
import Database from "better-sqlite3"
import { Client } from "pg"
import type { NewEvent } from "../src/eventstore/event-store"
import { timed } from "./measure"

/** Answers a round of so many appends by each of so many callers, beginning with one of the events; a round answers appends/s. */
export interface Plain {
  (events: readonly NewEvent[], callers: number, appends: number, from: number): () => Promise<number>
  close(): unknown
}

interface TextRow {
  readonly stream: number
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
}

const TABLE = `position integer primary key, stream integer not null, revision integer not null, id text not null unique,
  type text not null, data text not null, metadata text not null, unique (stream, revision)`

export function plainSqlite(file: string): Plain {
  const db = new Database(file)
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  db.pragma("journal_size_limit = 67108864")
  db.exec(`create table event (${TABLE}) strict`)
  const insert = db.prepare("insert into event (stream, revision, id, type, data, metadata) values (?, ?, ?, ?, ?, ?)")
  const transaction = db.transaction((rows: readonly TextRow[]) => {
    for (const { stream, revision, id, type, data, metadata } of rows) insert.run(stream, revision, id, type, data, metadata)
  })
  return Object.assign(inTransactions(transaction), { close: () => db.close() })
}

export async function plainPostgres(url: string): Promise<Plain> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query("create schema plain")
  await client.query(`create table plain.event (position bigint primary key, stream bigint not null, revision bigint not null,
    id uuid not null unique, type text not null, data text not null, metadata text not null, unique (stream, revision))`)
  let position = 0
  const text = `insert into plain.event select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[])`
  const transaction = (rows: readonly TextRow[]) => {
    const column = <T>(of: (row: TextRow) => T) => rows.map(of)
    const values = [
      rows.map(() => ++position),
      column(({ stream }) => stream),
      column(({ revision }) => revision),
      column(({ id }) => id),
      column(({ type }) => type),
      column(({ data }) => data),
      column(({ metadata }) => metadata),
    ]
    return client.query({ name: "plain", text, values }) // a statement alone is a transaction
  }
  return Object.assign(inTransactions(transaction), { close: () => client.end() })
}

/** There are no transactions over streams here: each caller by itself, as with our adapter. */
export async function plainKurrent(url: string): Promise<Plain> {
  const client = KurrentDBClient.connectionString(url)
  const plain = (events: readonly NewEvent[], callers: number, appends: number, from: number) => {
    const heads = new Array<number>(callers).fill(0)
    let next = from
    const caller = async (n: number) => {
      for (let count = 0; count < appends; count++) {
        const { id, type, data, metadata } = events[next++] as NewEvent // enough were made
        const head = heads[n] ?? 0
        const event = jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } })
        await client.appendToStream(`plain-${callers}-${n}`, event, { streamState: head === 0 ? "no_stream" : BigInt(head - 1) })
        heads[n] = head + 1
      }
    }
    return async () => (callers * appends * 1000) / (await timed(() => Promise.all(heads.map((_, n) => caller(n)))))
  }
  return Object.assign(plain, { close: () => client.dispose() })
}

let streams = 0

function inTransactions(
  transaction: (rows: readonly TextRow[]) => unknown,
): Omit<Plain, "close"> & ((...args: Parameters<Plain>) => ReturnType<Plain>) {
  return (events, callers, appends, from) => {
    const first = streams
    streams += callers
    let round = 0
    return async () => {
      const start = from + round * callers * appends
      const rows = events.slice(start, start + callers * appends).map(({ id, type, data, metadata }, n) => ({
        stream: first + (n % callers),
        revision: round * appends + Math.floor(n / callers) + 1,
        id,
        type,
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
      }))
      round += 1
      const ms = await timed(async () => {
        for (let n = 0; n < rows.length; n += callers) await transaction(rows.slice(n, n + callers))
      })
      return (rows.length * 1000) / ms
    }
  }
}
