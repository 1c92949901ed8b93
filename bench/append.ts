/** Durable appends with 64 callers, against the very same rows by plain better-sqlite3 in transactions of the same size. */
import { join } from "node:path"
import Database from "better-sqlite3"
import { type NewEvent } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { type Benchmark, figure, grouped, interleaved, timed } from "./measure"
import { BenchOrganization } from "./organization"
import { inTemporaryFolder } from "./temporary-folder"

export const CALLERS = 64
const ROUNDS = 9
/** Appends of each caller in a round. */
export const APPENDS = 60

export const append: Benchmark = {
  rows: ["append"],
  async run(say) {
    return inTemporaryFolder(async (folder) => {
      say(`${CALLERS} callers, ${ROUNDS} rounds of ${CALLERS * APPENDS} appends`)
      const events = assignments((ROUNDS + 1) * CALLERS * APPENDS)
      const ours = throughTheStore(join(folder, "events.sqlite"), events)
      const plain = byPlainInserts(join(folder, "plain.sqlite"), events)
      const measured = await interleaved(ROUNDS, ours.round, plain.round)
      await ours.close()
      plain.close()
      const note = `${CALLERS} callers, group commit, synchronous=FULL; ${ROUNDS} rounds of ${grouped(CALLERS * APPENDS)}`
      return [figure("append", "appends/s", measured, { atLeast: 0.7 }, note)]
    })
  },
}

/** What real assignments wrote. */
export function assignments(count: number): NewEvent[] {
  const events: NewEvent[] = []
  const organization = new BenchOrganization((written) => {
    for (const { id, type, data, metadata } of written)
      if (type === "LicenseAssigned" || type === "SeatsGranted") events.push({ id, type, data, metadata })
  })
  const users = Array.from({ length: 1_000 }, () => organization.user())
  while (events.length < count) {
    const license = organization.license(users.length)
    for (const user of users) organization.assign(license, user)
  }
  return events
}

/** Each caller appends one event after the other to a stream of its own, as organizations do. */
export function throughTheStore(file: string, events: readonly NewEvent[]) {
  const store = openSqliteEventStore(file)
  const revisions = new Array<number>(CALLERS).fill(0)
  let next = 0
  const caller = async (n: number) => {
    for (let count = 0; count < APPENDS; count++) {
      const { revision } = await store.append(`organization-${n}`, revisions[n] ?? 0, [events[next++] as NewEvent]) // enough were made
      revisions[n] = revision
    }
  }
  return {
    round: async () => (CALLERS * APPENDS * 1000) / (await timed(() => Promise.all(revisions.map((_, n) => caller(n))))),
    head: () => store.head(),
    close: () => store.close(),
  }
}

/** The texts are ready, and nothing is checked: what SQLite itself can do with the same table on this disk. */
function byPlainInserts(file: string, events: readonly NewEvent[]) {
  const db = new Database(file)
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = FULL")
  db.pragma("journal_size_limit = 67108864")
  db.exec(`create table event (position integer primary key, stream integer not null, revision integer not null, id text not null unique,
    type text not null, data text not null, metadata text not null, unique (stream, revision)) strict`)
  const insert = db.prepare("insert into event (stream, revision, id, type, data, metadata) values (?, ?, ?, ?, ?, ?)")
  const rows = events.map(({ id, type, data, metadata }, n) => {
    return [n % CALLERS, Math.floor(n / CALLERS) + 1, id, type, JSON.stringify(data), JSON.stringify(metadata)]
  })
  const transaction = db.transaction((from: number) => {
    for (let n = from; n < from + CALLERS; n++) insert.run(rows[n] as (string | number)[]) // enough were made
  })
  let next = 0
  return {
    round: async () => {
      const ms = await timed(() => {
        for (let n = 0; n < APPENDS; n++, next += CALLERS) transaction(next)
      })
      return (CALLERS * APPENDS * 1000) / ms
    },
    close: () => db.close(),
  }
}
