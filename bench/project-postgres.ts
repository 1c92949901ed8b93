/**
 * All read models in PostgreSQL from the log: built anew in one go, and followed in the batches of every day, both against
 * the plain driver inserting the rows that came of it.
 */
import { Client } from "pg"
import { placesOf } from "../src/core"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { PostgresGenerations } from "../src/readstore/postgres-generations"
import type { ProjectionGroup } from "../src/readstore/projection"
import { projectionGroups } from "../src/readstore/projections"
import { Projector } from "../src/readstore/projector"
import { rebuildInThread } from "../src/readstore/rebuild-thread"
import { memorySkips } from "../src/readstore/skips"
import { openVault } from "../src/vault/sqlite"
import { writeHistory } from "./history"
import { type Benchmark, figure, grouped, interleaved, shown, timed } from "./measure"
import { withPostgres } from "./stores"
import { inTemporaryFolder } from "./temporary-folder"

const EVENTS = 100_000
const ROUNDS = 3
/** Takes as long as three of the others. */
const FOLLOWING_ROUNDS = 1
/** More of them in one statement are no faster. */
const ROWS_AT_ONCE = 100
const ROWS_OF_TRANSACTION = 5_000

export const projectPostgres: Benchmark = {
  rows: ["project-postgres", "follow-postgres"],
  run: (say) =>
    inTemporaryFolder(async (folder) => {
      const places = placesOf(folder)
      const store = openSqliteEventStore(places.log)
      const vault = openVault(places.vault)
      say(`writing ${grouped(EVENTS)} events`)
      await writeHistory(store, vault, EVENTS)
      try {
        return await withPostgres((url) => measured(url, places, store, projectionGroups(vault)))
      } finally {
        vault.close()
        await store.close()
      }
    }),
}

async function measured(
  url: string,
  { log, vault, skips }: ReturnType<typeof placesOf>,
  eventStore: EventStore & { head(): number },
  groups: readonly ProjectionGroup[],
) {
  const readModels = { kind: "postgres", url } as const
  const generations = await PostgresGenerations.open(readModels)
  const plain = new Client(url)
  await plain.connect()
  try {
    await generations.pointer()
    let generation = 0
    const build = async () => {
      // On a thread, as the program does it.
      await rebuildInThread({ log, vault, skips, readModels })
      generation = (await generations.pointer()).written
      await generations.show(generation)
      await generations.dropUnused() // that of the round before
    }
    await build()
    const tables = await tablesOf(plain, generations.nameOf(generation))
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
    const rate = async (work: () => Promise<void>) => (eventStore.head() * 1000) / (await timed(work))
    const plainRate = async () => {
      await makeEmpty(plain, tables)
      return rate(() => insert(plain, tables))
    }
    const built = await interleaved(ROUNDS, () => rate(build), plainRate)
    const follow = async () => {
      const next = await generations.next()
      await generations.startBuilding(next)
      await generations.finish(next)
      const writing = await generations.readModels(next)
      const projector = await Projector.open({ eventStore, readModels: writing, groups, skips: memorySkips(), onShown() {} })
      const followed = await rate(() => projector.catchUp())
      await writing.close()
      await generations.drop(next)
      return followed
    }
    const followed = await interleaved(FOLLOWING_ROUNDS, follow, plainRate, { warmUp: 0 })
    const limit = `limit: pg, the ${grouped(rows)} rows they come to, ${ROWS_AT_ONCE} to a statement, without the indexes for queries`
    return [
      figure(
        "project-postgres",
        "events/s",
        { value: built.value, limit: built.limit },
        { atLeast: 20_000 },
        `rebuild of ${grouped(eventStore.head())} events, indexes included; ${limit}; ratio ${built.ratio.toFixed(2)}`,
      ),
      shown("follow-postgres", "events/s", followed, `the same events in batches as they are followed, all indexes there; ${limit}`),
    ]
  } finally {
    await plain.end()
    await generations.control.close()
  }
}

interface Table {
  readonly name: string
  /** `create table` of an empty one with the same columns and key. */
  readonly like: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

async function tablesOf(client: Client, schema: string): Promise<Table[]> {
  const { rows: names } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r' order by relname",
    [schema],
  )
  const tables: Table[] = []
  await client.query("create schema plain")
  for (const { name } of names) {
    const { fields, rows } = await client.query<unknown[]>({ text: `select * from ${schema}.${name}`, rowMode: "array" })
    // The generation is dropped later on, so that the copies are made of this one.
    await client.query(`create table plain.of_${name} (like ${schema}.${name} including all excluding indexes)`)
    const { rows: keys } = await client.query<{ key: string }>(
      "select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = to_regclass($1) and contype = 'p'",
      [`${schema}.${name}`],
    )
    if (keys[0]) await client.query(`alter table plain.of_${name} add ${keys[0].key}`)
    tables.push({ name: `plain.${name}`, like: `plain.of_${name}`, columns: fields.map((field) => field.name), rows })
  }
  return tables
}

async function makeEmpty(client: Client, tables: readonly Table[]): Promise<void> {
  for (const { name, like } of tables) {
    await client.query(`drop table if exists ${name}`)
    await client.query(`create table ${name} (like ${like} including all)`)
  }
}

async function insert(client: Client, tables: readonly Table[]): Promise<void> {
  let open = 0
  await client.query("begin")
  for (const { name, columns, rows } of tables) {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      const some = rows.slice(from, from + ROWS_AT_ONCE)
      const places = some.map((_, row) => `(${columns.map((__, column) => `$${row * columns.length + column + 1}`).join(", ")})`)
      const text = `insert into ${name} values ${places.join(", ")}`
      await client.query({ text, values: some.flat(), ...(some.length === ROWS_AT_ONCE ? { name: `insert ${name}` } : {}) })
      open += some.length
      if (open < ROWS_OF_TRANSACTION) continue
      await client.query("commit")
      await client.query("begin")
      open = 0
    }
  }
  await client.query("commit")
}
