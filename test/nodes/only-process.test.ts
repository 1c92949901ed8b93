/** A log elsewhere with all else in a data folder is for one process: two would have a vault each, and read only half of the names. */
import { holdersOf } from "../../src/postgres/advisory-lock"
import { type Database, openDatabase } from "../../src/postgres/database"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { startSeatledger } from "../support/program"
import { RunningLedger } from "../support/running-ledger"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

test("beside the only process on the log in PostgreSQL nobody starts until it has ended, and when another takes its place it ends", async () => {
  const settings = { EVENT_STORE: "postgres", POSTGRES_URL: postgres.url }
  const folder = await temporaryFolder()
  const first = startSeatledger(["serve"], { ...settings, PORT: "0", SEATLEDGER_DATA: folder.path })
  await first.says(/listens on/)
  const database = await openDatabase({ url: postgres.url })
  // The lock comes back with its connection. The one that is ended may hold it for a moment longer.
  const former = await holders(database)
  await cut(database, former)
  await until(async () => (await holders(database)).some((pid) => !former.includes(pid)))
  await Promise.all([
    expect(RunningLedger.start(settings)).rejects.toThrow(/another process is at work on the event log in PostgreSQL.*READ_STORE=postgres/),
    expect(RunningLedger.start({ ...settings, READ_STORE: "postgres" })).rejects.toThrow(
      /a process with READ_STORE=sqlite is at work on the event log in PostgreSQL.*stop it/,
    ),
  ])
  // Whoever waits for the lock inside the database has it as soon as it is free.
  await database.transaction(async (queries) => {
    const taken = queries.rows("select pg_advisory_xact_lock(7345010, hashtext('seatledger only process'))")
    await until(async () => (await database.rows("select from pg_locks where locktype = 'advisory' and not granted")).length > 0)
    await cut(database, await holders(database))
    await taken
    expect(await first.ended).toMatchObject({ code: 1, out: expect.stringContaining("meanwhile somebody else took it") })
  })
  await database.close()
  const second = await RunningLedger.start(settings)
  await second.stop()
  await folder.remove()
})

test("beside nodes that share all they have nobody starts with a vault of its own", async () => {
  const settings = { EVENT_STORE: "postgres", POSTGRES_URL: await postgres.database() }
  const node = await RunningLedger.start({ ...settings, READ_STORE: "postgres" })
  await expect(RunningLedger.start(settings)).rejects.toThrow(/another process is at work on the event log in PostgreSQL/)
  await node.stop()
})

async function holders(database: Database): Promise<number[]> {
  return (await holdersOf(database, "only process")).map(({ pid }) => pid)
}

function cut(database: Database, pids: readonly number[]): Promise<unknown> {
  return database.rows("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [pids])
}
