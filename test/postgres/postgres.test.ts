/** What every adapter for PostgreSQL builds on. */
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import { Leadership, leaderOf } from "../../src/postgres/advisory-lock"
import { type Database, openDatabase } from "../../src/postgres/database"
import { DatabaseFault } from "../../src/postgres/faults"
import { Listening, notify } from "../../src/postgres/listening"
import { migrate, mustBeMigrated } from "../../src/postgres/migrations"
import { runChild } from "../support/child"
import { heldUp } from "../support/held-up"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { until } from "../support/until"

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

test("a listener hears again although the other end vanished without a word, and one that is closed meanwhile does not wait for it", async () => {
  const { url, gate } = await server.gated()
  const said: string[] = []
  const vanishing = await openDatabase({ url, onFault: ({ message }) => said.push(message) })
  const [listening, closed] = [new Listening(vanishing), new Listening(vanishing)]
  const heard = new Heard()
  for (const each of [listening, closed]) each.to("news", (payload) => heard.add(payload ?? "look"))
  await heard.until("look")
  await heard.until("look")
  gate.freeze()
  await closed.close()
  await notify(database, "news", "lost")
  await until(() => said.length > 0)
  gate.thaw()
  await heard.until("look")
  await notify(database, "news", "heard")
  await heard.until("heard")
  await listening.close()
  await vanishing.close()
  await gate.refuse()
})

test("calls that wait for a connection are answered before the database is closed; later ones are refused at once", async () => {
  const narrow = await openDatabase({ url: server.url, connections: 1 })
  const { waits, release } = await heldUp(database)
  const calls = Array.from({ length: 4 }, (_, n) => narrow.rows(`select ${n} as n from ${waits}`))
  const closing = narrow.close()
  await expect(narrow.rows("select 1")).rejects.toThrow("is closed here")
  await release()
  expect(await Promise.all(calls)).toEqual([[{ n: 0 }], [{ n: 1 }], [{ n: 2 }], [{ n: 3 }]])
  await closing
})

test("a text that no row can have is found nowhere, and asking for it costs no connection", async () => {
  const narrow = await openDatabase({ url: server.url, connections: 1 })
  const connection = () => narrow.rows("select pg_backend_pid() as pid")
  const before = await connection()
  expect(await narrow.rows("select 1 as found where $1::text <> 'a\ufffd'", ["a\u0000"])).toEqual([])
  expect(await narrow.rows("select name from unnest($1::text[]) as given(name)", [["a\u0000", "b"]])).toEqual([
    { name: "a\ufffd" },
    { name: "b" },
  ])
  expect(await connection()).toEqual(before)
  await narrow.close()
})

test("one leads at a time; when its connection is cut whoever stands by takes over, and giving up hands over", async () => {
  const heard = new Heard()
  const standFor = (name: string) => {
    const leadership = new Leadership(database)
    leadership.standFor("work", async (lost) => {
      heard.add(name)
      if (!lost.aborted) await once(lost, "abort")
    })
    return leadership
  }
  // The lock lies with a connection that was there before the cut: nobody had to come back for that.
  const holders = () =>
    database.rows<{ pid: number; since: Date }>(
      `select pid, backend_start as since from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and classid = 7345010 and mode = 'ExclusiveLock' and granted`,
    )
  const first = standFor("first")
  await heard.until("first")
  const second = standFor("second")
  await until(async () => (await connectionsAsking()) === 2)
  const [leader] = await holders()
  const [cut] = await database.rows<{ at: Date }>("select clock_timestamp() as at, pg_terminate_backend($1)", [leader?.pid ?? 0])
  await heard.until("second")
  expect(second.leads("work")).toBe(true)
  expect(first.leads("work")).toBe(false)
  const [next, ...others] = await holders()
  expect(others).toEqual([])
  expect(next?.since.getTime()).toBeLessThan(cut?.at.getTime() ?? 0)

  await second.close()
  expect(second.leads("work")).toBe(false)
  await heard.until("first")
  await first.close()
})

test("a leader that hangs loses the lead although its connection stands, and knows it when it goes on", async () => {
  const leader = runChild(join(__dirname, "leader.ts"), [server.url, "2000"])
  const says = async () => (await leader.lines.next()).value
  expect(await says()).toBe("leads")
  process.kill(leader.pid, "SIGSTOP")
  const standby = new Leadership(database)
  const heard = new Heard()
  standby.standFor("work", async (lost) => {
    heard.add("leads")
    if (!lost.aborted) await once(lost, "abort")
  })
  await heard.until("leads")
  process.kill(leader.pid, "SIGCONT")
  expect(await says()).toBe("lost")
  await leader.kill()
  await standby.close()
})

/** Those who hold the lock ask, too, whether the connection still lives. */
async function connectionsAsking(): Promise<number> {
  const [row] = await database.rows<{ count: number }>(
    "select count(*) from pg_stat_activity where query like '%pg_try_advisory_lock_shared%' and pid <> pg_backend_pid()",
  )
  return row?.count ?? 0
}

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

test("whoever leads in something is found by what its connection calls itself; who leads in something else, or shares a lock, is not", async () => {
  const nodes = await Promise.all(["alpha", "beta"].map((name) => openDatabase({ url: `${server.url}&application_name=${name}` })))
  const [alpha, beta] = nodes.map((node) => new Leadership(node)) as [Leadership, Leadership] // of two
  const untilAborted = (lost: AbortSignal) => once(lost, "abort").then(() => {})
  alpha.standFor("projecting", untilAborted)
  beta.standFor("watching", untilAborted)
  await until(() => alpha.leads("projecting") && beta.leads("watching"))
  const letGo = await beta.share("reading")
  const found = await Promise.all(["projecting", "watching", "reading"].map((name) => leaderOf(database, name)))
  expect(found).toEqual(["alpha", "beta", undefined])
  letGo()
  await Promise.all([alpha.close(), beta.close()])
  await until(async () => (await leaderOf(database, "projecting")) === undefined) // the server may notice later
  await Promise.all(nodes.map((node) => node.close()))
})
