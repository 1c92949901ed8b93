/** What both places of snapshots promise. */
import { readdirSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { EVOLVE_VERSION } from "../../src/domain/organization/written-state"
import { openPostgresEventStore } from "../../src/eventstore/postgres"
import { openFileSnapshots } from "../../src/snapshots/file-snapshots"
import { openPostgresSnapshots } from "../../src/snapshots/postgres-snapshots"
import { checksumOf, type Snapshot, type SnapshotStore } from "../../src/snapshots/snapshot"
import { takeInThread } from "../../src/snapshots/snapshots"
import { Ledger } from "../commands/ledger"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { temporaryFolder } from "../support/temporary-folder"

let server: TestPostgres
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  server = await startPostgres()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await server.stop()
  await folder.remove()
})

function snapshot(revision: number, version = 1, stream = "organization-org_a"): Snapshot {
  const eventId = `00000000-0000-4000-8000-${String(revision).padStart(12, "0")}`
  const content = { stream, revision, version, eventId, body: Buffer.from([0, 10, 255, revision % 256]) }
  return { ...content, checksum: checksumOf(content) }
}

describe.each<[string, () => Promise<SnapshotStore>]>([
  ["files", async () => openFileSnapshots(folder.path)],
  ["PostgreSQL", () => openPostgresSnapshots({ url: server.url })],
])("snapshots in %s", (_, open) => {
  let store: SnapshotStore
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  test("the newest of a stream and version comes back as it was put, and takes the place of the one before", async () => {
    expect(await store.newest("organization-org_a", 1)).toBeUndefined()
    await store.put(snapshot(7))
    await store.put(snapshot(8, 1, "organization-org_b"))
    expect(await store.newest("organization-org_a", 1)).toEqual(snapshot(7))
    await store.put(snapshot(9))
    expect(await store.newest("organization-org_a", 1)).toEqual(snapshot(9))
    expect(await store.newest("organization-org_b", 1)).toEqual(snapshot(8, 1, "organization-org_b"))
  })

  test("versions stand side by side while both are in use; those before the one that is put are dropped", async () => {
    await store.put(snapshot(10, 2))
    expect(await store.newest("organization-org_a", 1)).toBeUndefined()
    await store.put(snapshot(11, 1))
    expect(await store.newest("organization-org_a", 1)).toEqual(snapshot(11, 1))
    expect(await store.newest("organization-org_a", 2)).toEqual(snapshot(10, 2))
    expect(await store.newest("organization-org_b", 1)).toBeDefined()
  })

  test("what is dropped is gone", async () => {
    await store.drop("organization-org_a", 2)
    await store.drop("organization-org_a", 2)
    expect(await store.newest("organization-org_a", 2)).toBeUndefined()
    expect(await store.newest("organization-org_a", 1)).toBeDefined()
  })
})

test("one node at a time takes a snapshot of a stream", async () => {
  const nodes = await Promise.all([1, 2].map(() => openPostgresSnapshots({ url: server.url })))
  const begun = await Promise.all(nodes.map((node) => node.begin("organization-org_c")))
  expect(begun.sort()).toEqual([false, true])
  await nodes[0]?.end("organization-org_c")
  expect(await nodes[1]?.begin("organization-org_c")).toBe(true)
  await Promise.all(nodes.map((node) => node.close()))
})

test("the thread takes a snapshot from a log in PostgreSQL into PostgreSQL", async () => {
  const place = { kind: "postgres", url: server.url } as const
  const ledger = await new Ledger({ store: await openPostgresEventStore(place) }).founded()
  await ledger.users(3)
  const head = (await ledger.events()).length
  const take = takeInThread({ log: place, snapshots: place })
  expect(await take(ledger.stream, 1, new AbortController().signal)).toBe(head)
  const store = await openPostgresSnapshots(place)
  expect((await store.newest(ledger.stream, EVOLVE_VERSION))?.revision).toBe(head)
  await store.close()
  await ledger.close()
})

test("files: nothing is left lying about, and a folder that is not there holds none", async () => {
  expect(readdirSync(folder.path).sort()).toEqual(["organization-org_a.v1", "organization-org_b.v1"])
  expect(await openFileSnapshots(`${folder.path}/none`).newest("organization-org_a", 1)).toBeUndefined()
})

test("files: what a crash left unfinished is removed by the next snapshot, and what is being written now is not", async () => {
  const [left, now, other] = ["organization-org_a.v1.left", "organization-org_a.v1.now", "organization-org_b.v1.left"]
  for (const name of [left, now, other]) writeFileSync(join(folder.path, name), "half")
  const anHourAgo = Date.now() / 1_000 - 3_600
  for (const name of [left, other]) utimesSync(join(folder.path, name), anHourAgo, anHourAgo)
  await openFileSnapshots(folder.path).put(snapshot(12))
  expect(readdirSync(folder.path).filter((name) => /left|now/.test(name))).toEqual([now, other])
})
