/** What every adapter for PostgreSQL builds on. */
import { once } from "node:events"
import { createServer } from "node:net"
import { Leadership } from "../../src/postgres/advisory-lock"
import { type Database, openDatabase } from "../../src/postgres/database"
import { DatabaseFault } from "../../src/postgres/faults"
import { Listening, notify } from "../../src/postgres/listening"
import { migrate, mustBeMigrated } from "../../src/postgres/migrations"
import { startPostgres, type TestPostgres } from "../support/postgres"

let server: TestPostgres
let database: Database
const faults: string[] = []
beforeAll(async () => {
  server = await startPostgres()
  database = await openDatabase({ url: server.url, onFault: ({ message }) => faults.push(message) })
  await migrate(database, "test", ["create table thing (id bigint primary key, name text)"])
})
afterAll(async () => {
  await database.close()
  await server.stop()
})

const cutConnections = () =>
  database.rows("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()")

test("numbers are numbers, and a transaction writes all or nothing", async () => {
  const thrown = database.transaction(async (queries) => {
    await queries.run("insert into thing values ($1, $2)", [1, "one"])
    throw new Error("no")
  })
  await expect(thrown).rejects.toThrow("no")
  expect(await database.rows("select count(*) as things, sum(id) as total, 9007199254740991::bigint as most from thing")).toEqual([
    { things: 0, total: null, most: Number.MAX_SAFE_INTEGER },
  ])
})

test("a constraint refuses for good, and shows no values of the row", async () => {
  await database.run("insert into thing values (7, 'Ada Lovelace')")
  const error = await database.run("insert into thing values (7, 'Ada Lovelace')").catch((thrown) => thrown)
  expect(error).toBeInstanceOf(DatabaseFault)
  expect(error).toMatchObject({ kind: "refused", code: "23505" })
  expect(JSON.stringify(error) + error.stack).not.toContain("Ada")
})

test("a database that accepts and never answers is given up on, without showing the password", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1")
  await once(silent, "listening")
  const address = silent.address()
  if (address === null || typeof address === "string") throw new Error("it listens on a port")
  const lost = await openDatabase({ url: `postgres://me:s3cret%21@127.0.0.1:${address.port}/x` })
  const error = await lost.rows("select 1").catch((thrown) => thrown)
  expect(error).toMatchObject({ kind: "unavailable" })
  expect(`${error.message} ${error.stack}`).not.toMatch(/s3cret/)
  silent.close()
  await lost.close()
})

test("a connection that is lost while committing leaves the outcome unknown", async () => {
  const error = await database
    .transaction(async (queries) => {
      const [mine] = await queries.rows<{ pid: number }>("select pg_backend_pid() as pid")
      await database.rows("select pg_terminate_backend($1)", [mine?.pid ?? 0])
    })
    .catch((thrown) => thrown)
  expect(error).toMatchObject({ kind: "outcome unknown" })
})

test("steps are applied once, by whoever comes first, and a later version's tables are refused", async () => {
  const steps = ["create table a (n integer); insert into a values (1);", "insert into a values (2)"]
  await expect(mustBeMigrated(database, "part", steps)).rejects.toThrow("are not there yet")
  await Promise.all([1, 2, 3].map(() => migrate(database, "part", steps)))
  expect(await database.rows("select n from a order by n")).toEqual([{ n: 1 }, { n: 2 }])
  await expect(migrate(database, "part", steps.slice(0, 1))).rejects.toThrow("by a later version of Seatledger")
})

test("a listener hears again after its connection was cut, and is told that it may have missed something", async () => {
  const listening = new Listening(database)
  const heard = new Heard()
  listening.to("news", (payload) => heard.add(payload ?? "look"))
  await heard.until("look")
  await notify(database, "news", "one")
  await heard.until("one")
  await cutConnections()
  await heard.until("look")
  await notify(database, "news", "two")
  await heard.until("two")
  expect(faults.length).toBeGreaterThan(0)
  await listening.close()
})

test("one leads at a time; when its connection is cut another takes over, and giving up hands over", async () => {
  const heard = new Heard()
  let leading = 0
  const lead = (name: string) => async (lost: AbortSignal) => {
    expect(++leading).toBe(1)
    heard.add(name)
    if (!lost.aborted) await once(lost, "abort")
    leading--
  }
  const [first, second] = [new Leadership(database), new Leadership(database)]
  first.standFor("work", lead("first"))
  await heard.until("first")
  second.standFor("work", lead("second"))
  await first.close()
  await heard.until("second")
  expect(second.leads("work")).toBe(true)
  await cutConnections()
  await heard.until("second") // nobody else stands by, so it leads again
  await second.close()
  expect(second.leads("work")).toBe(false)
})

/** What was heard so far; each is waited for once. */
class Heard {
  readonly #said: string[] = []
  #wake = () => {}

  add(word: string): void {
    this.#said.push(word)
    this.#wake()
  }

  async until(word: string): Promise<void> {
    while (!this.#said.includes(word)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    this.#said.splice(0, this.#said.indexOf(word) + 1)
  }
}
