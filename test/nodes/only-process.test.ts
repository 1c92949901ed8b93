/** A log elsewhere with all else in a data folder is for one process: two would have a vault each, and read only half of the names. */
import { isLed } from "../../src/postgres/advisory-lock"
import { openDatabase } from "../../src/postgres/database"
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
  // The lock comes back with its connection.
  const database = await openDatabase({ url: postgres.url })
  await database.rows("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'")
  await until(() => isLed(database))
  await database.close()
  await expect(RunningLedger.start(settings)).rejects.toThrow(/another process is at work/)
  await first.stop()
  const second = await RunningLedger.start(settings)
  await second.stop()
})
