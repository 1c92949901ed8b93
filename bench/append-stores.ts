/** Durable appends on every store, with 1, 16 and 64 callers, against the plain driver doing the same rows. */
import { join } from "node:path"
import type { EventStore, NewEvent } from "../src/eventstore/event-store"
import { openKurrentEventStore } from "../src/eventstore/kurrentdb"
import { MemoryEventStore } from "../src/eventstore/memory"
import { openPostgresEventStore } from "../src/eventstore/postgres"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { assignments } from "./append"
import { type Benchmark, grouped, interleaved, median, type Row, shown, timed } from "./measure"
import { type Plain, plainKurrent, plainPostgres, plainSqlite } from "./plain-appends"
import { withPostgres, withProtocolServer } from "./stores"
import { inTemporaryFolder } from "./temporary-folder"

const ROUNDS = 5
/** Callers → appends of each in a round. */
const CALLERS: ReadonlyMap<number, number> = new Map([
  [1, 300],
  [16, 40],
  [64, 25],
])
const EVENTS = [...CALLERS].reduce((sum, [callers, appends]) => sum + (ROUNDS + 1) * callers * appends, 0)
const STORES = ["memory", "sqlite", "postgres", "kurrentdb"] as const
type StoreName = (typeof STORES)[number]

const NOTES: Readonly<Record<StoreName, string>> = {
  memory: "not durable: what the port itself costs",
  sqlite: "limit: better-sqlite3, one transaction per round of the callers",
  postgres: "limit: pg, one connection, one multi-row statement and commit per round of the callers",
  kurrentdb: "on the tests' protocol server, which is not the real one and writes nothing to disk; limit: the client package by itself",
}

/** Opens the store, and the plain driver on the same place, and closes both. */
type Opening = (measure: (store: EventStore, plain?: Plain) => Promise<readonly Row[]>) => Promise<readonly Row[]>

const OPENINGS: Readonly<Record<StoreName, Opening>> = {
  memory: (measure) => measure(new MemoryEventStore()),
  sqlite: (measure) =>
    inTemporaryFolder((folder) => measure(openSqliteEventStore(join(folder, "events.sqlite")), plainSqlite(join(folder, "plain.sqlite")))),
  postgres: (measure) => withPostgres(async (url) => measure(await openPostgresEventStore({ url }), await plainPostgres(url))),
  kurrentdb: (measure) => withProtocolServer(async (url) => measure(await openKurrentEventStore({ url }), await plainKurrent(url))),
}

export const appendStores: readonly Benchmark[] = STORES.map((name) => ({
  rows: [...CALLERS.keys()].map((callers) => nameOf(name, callers)),
  async run(say) {
    say(`${grouped(EVENTS)} appends`)
    const events = assignments(EVENTS)
    return OPENINGS[name](async (store, plain) => {
      try {
        return await measured(name, store, events, plain)
      } finally {
        await store.close()
        await plain?.close()
      }
    })
  },
}))

function nameOf(store: StoreName, callers: number): string {
  return `append-${store}-${callers}`
}

async function measured(name: StoreName, store: EventStore, events: readonly NewEvent[], plain: Plain | undefined): Promise<Row[]> {
  const rows: Row[] = []
  let next = 0
  for (const [callers, appends] of CALLERS) {
    const ours = throughTheStore(store, events, callers, appends, next)
    const theirs = plain?.(events, callers, appends, next)
    next += (ROUNDS + 1) * callers * appends
    const note = `${callers === 1 ? "1 caller" : `${callers} callers on as many streams`}; ${ROUNDS} rounds of ${grouped(callers * appends)}; ${NOTES[name]}`
    rows.push(shown(nameOf(name, callers), "appends/s", theirs ? await interleaved(ROUNDS, ours, theirs) : await alone(ours), note))
  }
  return rows
}

async function alone(round: () => Promise<number>): Promise<{ readonly value: number }> {
  await round()
  const values: number[] = []
  for (let n = 0; n < ROUNDS; n++) values.push(await round())
  return { value: median(values) }
}

/** Each caller appends one event after the other to a stream of its own, as organizations do. Answers appends/s. */
function throughTheStore(store: EventStore, events: readonly NewEvent[], callers: number, appends: number, from: number) {
  const revisions = new Array<number>(callers).fill(0)
  let next = from
  const caller = async (n: number) => {
    for (let count = 0; count < appends; count++) {
      const event = events[next++] as NewEvent // enough were made
      revisions[n] = (await store.append(`of-${callers}-${n}`, revisions[n] ?? 0, [event])).revision
    }
  }
  return async () => (callers * appends * 1000) / (await timed(() => Promise.all(revisions.map((_, n) => caller(n)))))
}
