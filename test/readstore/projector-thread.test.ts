import { join } from "node:path"
import { openSqliteEventStore, type SqliteEventStore } from "../../src/eventstore/sqlite"
import type { Projecting } from "../../src/readstore/projecting"
import { startProjectorThread } from "../../src/readstore/projector-thread"
import { rebuildInThread } from "../../src/readstore/rebuild-thread"
import { openSqliteReadStore, type SqliteReadStore } from "../../src/readstore/sqlite"
import { activeGeneration, pointedTo } from "../../src/readstore/sqlite-generations"
import { openVault, type SqliteVault } from "../../src/vault/sqlite"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS } from "../support/until"
import { sealNow } from "../support/vault"
import { eventId, metadata } from "./histories"

const STREAM = "organization-org_t"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let eventStore: SqliteEventStore
let openedVault: SqliteVault
let readStore: SqliteReadStore
let projecting: Projecting
const faults: Error[] = []
let generations: (() => void)[] = []

beforeEach(async () => {
  folder = await temporaryFolder()
  eventStore = openSqliteEventStore(join(folder.path, "events.sqlite"))
  openedVault = openVault(join(folder.path, "vault.sqlite"))
  faults.length = 0
})
afterEach(async () => {
  await projecting.close()
  await readStore.close()
  openedVault.close()
  await eventStore.close()
  await folder.remove()
})

const places = () => ({
  log: join(folder.path, "events.sqlite"),
  vault: join(folder.path, "vault.sqlite"),
  folder: folder.path,
  skips: join(folder.path, "skips.sqlite"),
})

function start(): void {
  readStore = openSqliteReadStore(folder.path)
  projecting = startProjectorThread({
    ...places(),
    onGeneration: async () => {
      await readStore.reopen()
      for (const heard of generations) heard()
      generations = []
    },
    onFault: (fault) => faults.push(fault),
  })
}

const created = { type: "OrganizationCreated", data: { organizationId: "org_t", name: "T" } }
const group = (n: number) => ({ type: "GroupProvisioned", data: { groupId: `grp_${n}`, displayName: `Group ${n}` } })

async function append(expected: number, ...events: { type: string; data: object }[]): Promise<number> {
  const { revision } = await eventStore.append(
    STREAM,
    expected,
    events.map((event, n) => ({ ...event, id: eventId("t", expected + n), metadata: metadata() })),
  )
  projecting?.wake()
  return revision
}

test("the thread shows what was recorded before and after it started", async () => {
  await eventStore.append(STREAM, 0, [{ ...created, id: eventId("t", 0), metadata: metadata() }])
  start()
  expect(await projecting.waitFor(STREAM, 1, PATIENCE_MS)).toBe("visible")
  const userId = "usr_a" as never
  const profile = sealNow(openedVault, "org_t", (sealer) => sealer.sealProfile(userId, { userName: "ada", displayName: "Ada" }))
  const revision = await append(1, { type: "UserProvisioned", data: { userId, profile, active: true } })
  expect(await projecting.waitFor(STREAM, revision, PATIENCE_MS)).toBe("visible")
  expect(await readStore.rows("select display_name from principal_name")).toEqual([{ display_name: "Ada" }])
  expect(await readStore.slowRows("select revision from organization")).toEqual([{ revision: 2 }])
  expect(projecting.status()).toEqual([
    { name: "ledger", position: 2, lag: 0 },
    { name: "history", position: 2, lag: 0 },
    { name: "proofs", position: 2, lag: 0 },
  ])

  for (let n = 2; n < 102; n++) {
    await append(n, group(n))
    expect(await projecting.waitFor(STREAM, n + 1, PATIENCE_MS)).toBe("visible")
  }
})

test("a slow query that is wrong fails alone", async () => {
  start()
  await expect(readStore.slowRows("select nonsense")).rejects.toThrow(/no such column: nonsense/)
  expect(await readStore.slowRows("select ? as n", [1])).toEqual([{ n: 1 }])
})

test("a long log is built in one go at the first start, and readers turn to it", async () => {
  await eventStore.append(STREAM, 0, [{ ...created, id: eventId("t", 0), metadata: metadata() }])
  for (let n = 1; n < 6_001; n += 1_000) {
    const page = Array.from({ length: 1_000 }, (_, i) => ({ ...group(n + i), id: eventId("t", n + i), metadata: metadata() }))
    await eventStore.append(STREAM, n, page)
  }
  start()
  const turned = new Promise<void>((resolve) => generations.push(resolve))
  await turned
  expect(await projecting.waitFor(STREAM, 6_001, PATIENCE_MS)).toBe("visible")
  expect(pointedTo(folder.path)).toMatch(/read-models\.2\.sqlite$/)
  expect(await readStore.rows("select count(*) as n from group_state")).toEqual([{ n: 6_000 }])
})

test("a rebuild by another process is turned to without losing anything", async () => {
  start()
  await append(0, created, group(1))
  expect(await projecting.waitFor(STREAM, 2, PATIENCE_MS)).toBe("visible")
  const before = pointedTo(folder.path)
  const turned = new Promise<void>((resolve) => generations.push(resolve))
  const steps: number[] = []
  expect(await rebuildInThread({ ...places(), readModels: folder.path }, ({ done }) => steps.push(done))).toBe(2)
  expect(steps.at(-1)).toBe(2)
  await append(2, group(2))
  await turned
  expect(await projecting.waitFor(STREAM, 3, PATIENCE_MS)).toBe("visible")
  expect(pointedTo(folder.path)).not.toBe(before)
  expect(await readStore.rows("select count(*) as n from group_state")).toEqual([{ n: 2 }])
  expect(faults).toEqual([])
})

test("a thread that dies is a visible fault and starts again", async () => {
  start()
  await append(0, created)
  expect(await projecting.waitFor(STREAM, 1, PATIENCE_MS)).toBe("visible")
  // The tables vanish under it: no event is to blame, so the thread ends.
  const Database = (await import("better-sqlite3")).default
  const db = new Database(activeGeneration(folder.path))
  const [position] = db.prepare("select * from projection_checkpoint where name = 'history'").raw().all() as [string, number][]
  db.exec("delete from projection_checkpoint where name = 'history'")
  const died = new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (faults.length === 0) return
      clearInterval(look)
      resolve()
    }, 5)
  })
  await append(1, group(1))
  await died
  expect(projecting.status().every(({ failure }) => failure !== undefined)).toBe(true)
  db.prepare("insert into projection_checkpoint values (?, ?)").run(...(position as [string, number]))
  db.close()
  expect(await projecting.waitFor(STREAM, 2, PATIENCE_MS)).toBe("visible")
  for (const status of projecting.status()) expect(status).not.toHaveProperty("failure")
})
