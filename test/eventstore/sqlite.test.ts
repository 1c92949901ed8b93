import { once } from "node:events"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import { OutcomeUnknown, START } from "../../src/eventstore/event-store"
import { openSqliteEventStore, SqliteEventStore } from "../../src/eventstore/sqlite"
import { TYPESCRIPT } from "../support/child"
import { rounds } from "../support/rounds"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS } from "../support/until"
import { allOf, batchesOf, eventStoreContract, idsOf, newEvent, newEvents, readAll } from "./contract"
import { eventStoreModel } from "./model"

async function openSubject() {
  const folder = await temporaryFolder()
  const file = join(folder.path, "events.sqlite")
  let store = openSqliteEventStore(file)
  return {
    store,
    async reopen() {
      await store.close()
      store = openSqliteEventStore(file)
      return store
    },
    async dispose() {
      await store.close()
      await folder.remove()
    },
    patienceMs: PATIENCE_MS,
  }
}

eventStoreContract("sqlite", openSubject)
eventStoreModel("sqlite", openSubject, rounds(25, 120))

describe("the SQLite event store", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let file: string
  const opened: SqliteEventStore[] = []
  beforeEach(async () => {
    folder = await temporaryFolder()
    file = join(folder.path, "data/events.sqlite")
  })
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
    await folder.remove()
  })
  const open = (options?: { readOnly?: boolean }) => {
    const store = openSqliteEventStore(file, options)
    opened.push(store)
    return store
  }
  /** On a connection of the test's own making. */
  const openOn = async (options: Database.Options, prepare?: (db: Database.Database) => void) => {
    await open().close()
    const db = new Database(file, options)
    prepare?.(db)
    const store = new SqliteEventStore(db)
    opened.push(store)
    return { store, db }
  }

  test("what is acknowledged is on disk: WAL, synchronous FULL, STRICT tables", async () => {
    const { db } = await openOn({})
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal")
    expect(db.pragma("synchronous", { simple: true })).toBe(2)
    const tables = db.prepare("select name, strict from pragma_table_list where schema = 'main' and name in ('event', 'stream')").all()
    expect(tables).toHaveLength(2)
    for (const table of tables) expect(table).toMatchObject({ strict: 1 })
  })

  test("group commit: appends of one turn share a transaction, at most 256 of them", async () => {
    const statements: string[] = []
    const { store } = await openOn({ verbose: (sql) => statements.push(String(sql)) })
    const commits = async (appends: number, eventsEach: number) => {
      statements.length = 0
      await Promise.all(Array.from({ length: appends }, (_, n) => store.append(`s${appends}-${eventsEach}-${n}`, 0, newEvents(eventsEach))))
      return statements.filter((sql) => sql === "commit").length
    }
    expect(await commits(1, 1)).toBe(1)
    expect(await commits(64, 2)).toBe(1)
    expect(await commits(256, 1)).toBe(1)
    expect(await commits(600, 1)).toBe(3)
    // Large ones do not pile up behind one commit.
    expect(await commits(4, 1_500)).toBe(4)
  })

  test("a full disk leaves the outcome unknown; the same append sent again is taken when there is room", async () => {
    const { store, db } = await openOn({}, (db) => db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true })) + 20}`))
    const small = newEvents(1)
    const first = await store.append("organization-a", 0, small)
    const large = [newEvent({ text: "x".repeat(1_000_000) })]
    const outcomes = await Promise.allSettled([store.append("organization-b", 0, newEvents(1)), store.append("organization-c", 0, large)])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(OutcomeUnknown) })
    expect(idsOf(await allOf(store))).toEqual(idsOf(small))
    db.pragma("max_page_count = 1000000")
    expect(await store.append("organization-c", 0, large)).toEqual({ revision: 1, position: first.position + 1 })
  })

  test("an error nobody foresaw leaves no transaction open", async () => {
    const store = open()
    await store.append("organization-a", 0, newEvents(1))
    const other = new Database(file)
    other.exec("alter table event rename to elsewhere")
    const events = newEvents(2)
    await expect(store.append("organization-b", 0, events)).rejects.toBeInstanceOf(OutcomeUnknown)
    other.exec("alter table elsewhere rename to event")
    other.close()
    expect(await store.append("organization-b", 0, events)).toMatchObject({ revision: 2 })
  })

  test("what was sent before closing is committed", async () => {
    const store = open()
    const appends = Array.from({ length: 600 }, (_, n) => store.append(`organization-${n}`, 0, newEvents(1)))
    await store.close()
    await Promise.all(appends)
    expect(await allOf(open())).toHaveLength(600)
  })

  test("an append that finds another writer's lock waits, and then does not know its outcome", async () => {
    const { store } = await openOn({ timeout: 20 })
    const other = new Database(file)
    other.exec("begin immediate")
    const events = newEvents(1)
    await expect(store.append("organization-a", 0, events)).rejects.toBeInstanceOf(OutcomeUnknown)
    other.exec("rollback")
    other.close()
    expect(await store.append("organization-a", 0, events)).toMatchObject({ revision: 1 })
  })

  test("two openings of one file race for a revision: one wins", async () => {
    const stores = [open(), open()]
    for (let revision = 0; revision < 20; revision++) {
      const outcomes = await Promise.allSettled(stores.map((store) => store.append("organization-a", revision, newEvents(1))))
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
    }
    expect((await readAll(open(), "organization-a")).map(({ revision }) => revision)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  })

  test("a follower sees what another thread appends, and misses nothing", async () => {
    open()
    const reader = open({ readOnly: true })
    const worker = new Worker(join(__dirname, "appending-worker.ts"), { workerData: { file, appends: 200 }, execArgv: TYPESCRIPT })
    const finished = once(worker, "exit")
    const seen: string[] = []
    for await (const { events } of reader.follow(START, new AbortController().signal, "never")) {
      seen.push(...idsOf(events))
      if (seen.length === 400) break
    }
    expect(await finished).toEqual([0])
    expect(seen).toEqual(idsOf(await allOf(reader)))
  })

  test("wake makes followers look now", async () => {
    const [writer, reader] = [open(), open({ readOnly: true })]
    const follower = reader.follow(START, new AbortController().signal, "never")[Symbol.asyncIterator]()
    expect((await follower.next()).value).toMatchObject({ live: true, events: [] })
    const next = follower.next()
    await writer.append("organization-a", 0, newEvents(1))
    reader.wake()
    expect((await next).value).toMatchObject({ live: true, events: [{ stream: "organization-a" }] })
  })

  test("reading only: beside a writer, after it has gone, and never appending", async () => {
    const writer = open()
    const reader = open({ readOnly: true })
    await writer.append("organization-a", 0, newEvents(2))
    expect(await readAll(reader, "organization-a")).toEqual(await readAll(writer, "organization-a"))
    await expect(reader.append("organization-a", 2, newEvents(1))).rejects.toThrow(/opened for reading only/)
    await reader.close()
    await writer.close()
    expect(await allOf(open({ readOnly: true }))).toHaveLength(2)
  })

  test("a reader in the middle of the log does not hold up the writer", async () => {
    const [writer, reader] = [open(), open({ readOnly: true })]
    await writer.append("organization-a", 0, newEvents(1_000))
    const pages = reader.read("organization-a", 0)[Symbol.asyncIterator]()
    await pages.next()
    expect(await writer.append("organization-a", 1_000, newEvents(1))).toMatchObject({ revision: 1_001 })
    await pages.return(undefined)
  })

  test("a page ends early where events are large", async () => {
    const store = open()
    for (let n = 0; n < 10; n++) await store.append("organization-a", n, [newEvent({ text: "x".repeat(1_000_000) })])
    const batches = await batchesOf(store)
    expect(batches.map(({ events, live }) => [events.length, live])).toEqual([
      [4, false],
      [4, false],
      [2, true],
    ])
    const pages: number[] = []
    for await (const page of store.read("organization-a", 1)) pages.push(page.length)
    expect(pages).toEqual([4, 4, 1])
  })

  test("a missing file and an unknown format are refused by name", async () => {
    expect(() => open({ readOnly: true })).toThrow(`cannot open the event log ${file}; is this the right data folder`)
    await openOn({}, (db) => db.pragma("user_version = 99"))
    expect(() => open()).toThrow(`the event log ${file} has format 99`)
    expect(() => open({ readOnly: true })).toThrow("has format 99")
  })
})
