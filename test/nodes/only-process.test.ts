/** A log elsewhere with all else in a data folder is for one process: two would have a vault each, and read only half of the names. */
import { type Database, openDatabase } from "../../src/postgres/database"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { RunningLedger } from "../support/running-ledger"
import { until } from "../support/until"

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

test("a second process on the log in PostgreSQL is refused until the first has ended, and told which setting is for several", async () => {
  const settings = { EVENT_STORE: "postgres", POSTGRES_URL: postgres.url }
  const first = await RunningLedger.start(settings)
  await expect(RunningLedger.start(settings)).rejects.toThrow(
    /another process is at work on the event log in PostgreSQL.*READ_STORE=postgres/,
  )
  // The lock comes back with its connection. The one that is ended may hold it for a moment longer.
  const database = await openDatabase({ url: postgres.url })
  const former = await holders(database)
  await database.rows("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [former])
  await until(async () => (await holders(database)).some((pid) => !former.includes(pid)))
  await database.close()
  await expect(RunningLedger.start(settings)).rejects.toThrow(/another process is at work/)
  await first.stop()
  const second = await RunningLedger.start(settings)
  await second.stop()
})

async function holders(database: Database): Promise<number[]> {
  const rows = await database.rows<{ pid: number }>("select pid from pg_locks where locktype = 'advisory' and granted")
  return rows.map(({ pid }) => pid)
}
