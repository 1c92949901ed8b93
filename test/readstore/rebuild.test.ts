import { once } from "node:events"
import { mkdir, readdir, rename, rmdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite"
import { projectionGroups, readModelSchema } from "../../src/readstore/projections"
import { Projector } from "../../src/readstore/projector"
import { Unavailable } from "../../src/readstore/read-models"
import { rebuild } from "../../src/readstore/rebuild"
import { memorySkips } from "../../src/readstore/skips"
import { openSqliteReader, openSqliteReadStore } from "../../src/readstore/sqlite"
import {
  activate,
  activeGeneration,
  nextGeneration,
  openReadModels,
  pointedTo,
  startBuilding,
} from "../../src/readstore/sqlite-generations"
import { openSqliteSkips } from "../../src/readstore/sqlite-skips"
import { verify } from "../../src/readstore/verify"
import { temporaryFolder } from "../support/temporary-folder"
import { eventId, metadata, provisioned, record, vault } from "./histories"
import { everything } from "./read-models"

const groups = projectionGroups(vault)
const skips = memorySkips()

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let eventStore: SqliteEventStore
beforeEach(async () => {
  folder = await temporaryFolder()
  eventStore = openSqliteEventStore(join(folder.path, "events.sqlite"))
})
afterEach(async () => {
  await eventStore.close()
  await folder.remove()
})

async function follow(): Promise<void> {
  const readModels = openReadModels(activeGeneration(folder.path))
  await (await Projector.open({ eventStore, readModels, groups, skips, onShown: () => {} })).catchUp()
  await readModels.close()
}

async function allRows(): Promise<Record<string, unknown[]>> {
  const readStore = openSqliteReadStore(folder.path)
  try {
    return await everything(readStore)
  } finally {
    await readStore.close()
  }
}

test("a rebuild has the same rows, is switched to at once, and leaves no old files", async () => {
  await record(eventStore, [51, 52])
  await follow()
  const before = await allRows()
  const old = activeGeneration(folder.path)
  const readStore = openSqliteReadStore(folder.path)

  const steps: number[] = []
  const { events, file } = await rebuild({
    folder: folder.path,
    eventStore,
    groups,
    skips,
    onProgress: (done) => steps.push(done),
  })
  expect(events).toBe(eventStore.head())
  expect(steps.at(-1)).toBe(events)
  expect(pointedTo(folder.path)).toBe(file)
  expect(file).not.toBe(old)

  // Who reads goes on with the old rows until it turns to the new ones.
  expect(await readStore.rows("select count(*) as n from seat")).toEqual([{ n: before.seat?.length }])
  await readStore.reopen()
  expect(await everything(readStore)).toEqual(before)
  await readStore.close()
  const files = (await readdir(folder.path)).filter((name) => name.startsWith("read-models."))
  expect(files.filter((name) => !/-(wal|shm)$/.test(name)).sort()).toEqual(["read-models.2.sqlite", "read-models.current"])
})

test("a rebuilt generation has the same tables and indexes as one that was followed", async () => {
  const schemaOf = (file: string) => {
    const db = new Database(file, { readonly: true })
    const schema = db.prepare("select type, name, sql from sqlite_schema order by name").all()
    db.close()
    return schema
  }
  const followed = schemaOf(activeGeneration(folder.path))
  const { file } = await rebuild({ folder: folder.path, eventStore, groups, skips })
  expect(schemaOf(file)).toEqual(followed)
})

test("a rebuild that meets an event it cannot take leaves everything as it was", async () => {
  await eventStore.append("organization-org_r", 0, [
    { id: eventId("r", 1), ...provisioned("org_r", "a", { displayName: "Ada" }), metadata: metadata() },
  ])
  const before = activeGeneration(folder.path)
  await expect(rebuild({ folder: folder.path, eventStore, groups, skips })).rejects.toThrow(
    /UserProvisioned at revision 1 .* was never created/,
  )
  expect(pointedTo(folder.path)).toBe(before)
  expect((await readdir(folder.path)).filter((name) => name.startsWith("read-models.")).sort()).toEqual([
    "read-models.1.sqlite",
    "read-models.current",
  ])
})

test("an operator's skip is kept apart from the read models and honoured by a rebuild", async () => {
  await eventStore.append("organization-org_r", 0, [
    { id: eventId("r", 1), ...provisioned("org_r", "a", { displayName: "Ada" }), metadata: metadata() },
  ])
  const file = join(folder.path, "skips.sqlite")
  const written = openSqliteSkips(file)
  const skip = { name: "ledger", position: 1, reason: "no organization", skippedBy: "operator", skippedAt: 1 }
  await written.add(skip)
  await written.close()
  const read = openSqliteSkips(file)
  expect(await read.all()).toEqual([skip])
  expect((await rebuild({ folder: folder.path, eventStore, groups, skips: read })).events).toBe(1)
  await read.close()
})

test("read models of another version of the projections are replaced by empty ones", async () => {
  await record(eventStore, [53])
  await follow()
  const db = new Database(activeGeneration(folder.path))
  db.prepare("update generation set signature = 'catalog 0'").run()
  db.close()
  const file = activeGeneration(folder.path)
  expect(file).toMatch(/read-models\.2\.sqlite$/)
  const readModels = openReadModels(file)
  expect(await readModels.position("ledger")).toBe(0)
  await readModels.close()
})

test("who only reads makes no read models: not where there are none, and not of another version", async () => {
  expect(() => openSqliteReader(folder.path)).toThrow(Unavailable)
  expect((await readdir(folder.path)).filter((name) => name.startsWith("read-models."))).toEqual([])

  await record(eventStore, [57])
  await follow()
  const reader = openSqliteReader(folder.path)
  const rows = await reader.rows("select count(*) as n from seat")
  const file = nextGeneration(folder.path)
  const building = startBuilding(file, { ...readModelSchema("sqlite"), signature: "catalog 0" })
  await building.finish()
  activate(folder.path, file)
  expect(() => openSqliteReader(folder.path)).toThrow(Unavailable)
  await expect(reader.reopen()).rejects.toThrow(Unavailable)
  expect(await reader.rows("select count(*) as n from seat")).toEqual(rows)
  expect(pointedTo(folder.path)).toBe(file)
  await reader.close()
})

test("read models that cannot be read at this moment are not thrown away, damaged ones are", async () => {
  const file = activeGeneration(folder.path)
  await rename(file, `${file}.away`)
  await mkdir(file)
  expect(() => activeGeneration(folder.path)).toThrow(/unable to open|I\/O error/)
  expect(pointedTo(folder.path)).toBe(file)
  await rmdir(file)
  await writeFile(file, "no database at all".repeat(100))
  expect(activeGeneration(folder.path)).not.toBe(file)
})

test("the pointer always leads to a file, also while generations are switched", async () => {
  activeGeneration(folder.path)
  // What `activate` does, without waiting for the disk.
  const switching = new Worker(
    `const { renameSync, rmSync, writeFileSync } = require("node:fs")
     const { workerData: folder } = require("node:worker_threads")
     for (let n = 2; n < 3_000; n++) {
       writeFileSync(folder + "/read-models." + n + ".sqlite", "")
       writeFileSync(folder + "/next", "read-models." + n + ".sqlite")
       renameSync(folder + "/next", folder + "/read-models.current")
       rmSync(folder + "/read-models." + (n - 1) + ".sqlite")
     }`,
    { eval: true, workerData: folder.path },
  )
  let isDone = false
  const done = once(switching, "exit").then(() => {
    isDone = true
  })
  while (!isDone) {
    for (let n = 0; n < 100; n++) expect(pointedTo(folder.path)).toBeDefined()
    await setImmediate()
  }
  await done
})

describe("verify", () => {
  test("finds followed and rebuilt read models equal to the log", async () => {
    await record(eventStore, [54, 55])
    await follow()
    const verified = await verify({ folder: folder.path, eventStore, groups, skips })
    expect(verified).toMatchObject({ events: eventStore.head(), different: 0, differences: [] })
    const rows = await allRows()
    for (const table of ["seat", "history", "principal_name"]) expect(verified.rows[table]).toBe(rows[table]?.length)
    await rebuild({ folder: folder.path, eventStore, groups, skips })
    expect(await verify({ folder: folder.path, eventStore, groups, skips })).toMatchObject({ different: 0 })
  })

  test("compares at the position that is shown, whatever was recorded since", async () => {
    await record(eventStore, [56])
    await follow()
    await eventStore.append("vendor-vnd_late", 0, [
      { id: eventId("late", 1), type: "VendorRegistered", data: { vendorId: "vnd_late", name: "Late" }, metadata: metadata() },
    ])
    expect(await verify({ folder: folder.path, eventStore, groups, skips })).toMatchObject({ different: 0 })
  })

  test("finds a changed, a missing and an additional row in every table, and nothing else", async () => {
    await record(eventStore, [57, 58])
    await eventStore.append("vendor-vnd_signing", 0, [
      { id: eventId("signing", 1), type: "VendorRegistered", data: { vendorId: "vnd_signing", name: "Signing" }, metadata: metadata() },
      {
        id: eventId("signing", 2),
        type: "VendorSecretCreated",
        data: { vendorId: "vnd_signing", secretId: "sec_1", algorithm: "ED25519", key: "whpk_MCowBQYDK2VwAyEA" },
        metadata: metadata(),
      },
    ])
    await follow()
    const file = activeGeneration(folder.path)
    const names = Object.keys((await verify({ folder: folder.path, eventStore, groups, skips })).rows)
    expect(names.length).toBeGreaterThan(15)
    const tamper = (sql: string) => {
      const db = new Database(file)
      const changes = db.prepare(sql).run().changes
      db.close()
      return changes
    }
    for (const table of names) {
      const db = new Database(file)
      const columns = db.pragma(`table_info(${table})`) as { name: string; pk: number }[]
      const count = db.prepare(`select count(*) from ${table}`).pluck().get()
      db.close()
      if (table.startsWith("principal_words")) {
        expect(tamper(`insert into ${table} (rowid, words) values (7, 'u0001tampered')`)).toBe(1)
        const found = await verify({ folder: folder.path, eventStore, groups, skips })
        expect(found.differences).toEqual([{ table, key: { term: "u0001tampered", doc: 7 }, problem: "unexpected", columns: [] }])
        tamper(`delete from ${table} where rowid = 7`)
        continue
      }
      expect({ table, rows: Number(count) > 0 }).toEqual({ table, rows: true })
      const key = columns.filter(({ pk }) => pk > 0)
      const changed = columns.filter(({ pk }) => pk === 0).at(-1) ?? columns.at(-1)
      const where = columns.map(({ name }) => `${name} is (select ${name} from saved)`).join(" and ")
      tamper("drop table if exists saved")
      tamper(`create table saved as select * from ${table} limit 1`)

      expect(tamper(`update ${table} set ${changed?.name} = 'tampered' where ${where}`)).toBe(1)
      const different = await verify({ folder: folder.path, eventStore, groups, skips })
      if (key.length > 0) {
        expect(different.differences).toEqual([{ table, key: expect.anything(), problem: "different", columns: [changed?.name] }])
      } else expect(different.differences.map(({ problem }) => problem).sort()).toEqual(["missing", "unexpected"])

      tamper(`delete from ${table} where ${changed?.name} is 'tampered'`)
      const missing = await verify({ folder: folder.path, eventStore, groups, skips })
      expect(missing.differences).toEqual([{ table, key: expect.anything(), problem: "missing", columns: [] }])

      tamper(`insert into ${table} select * from saved`)
      tamper("drop table saved")
    }
    expect(await verify({ folder: folder.path, eventStore, groups, skips })).toMatchObject({ different: 0 })
  })
})
