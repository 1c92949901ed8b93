/** The stored tree against the recursion of RFC 6962 over what the log gives back. */
import { nodeHashes, treeSize } from "../../projections/proofs/queries"
import { leafText } from "../../src/audit/leaf"
import { consistencyRanges, pathRanges } from "../../src/audit/merkle"
import type { EventStore } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import type { ReadStore } from "../../src/readstore/read-store"
import { memorySkips } from "../../src/readstore/skips"
import { MTH, PATH, PROOF } from "../audit/naive-merkle"
import { eventId, metadata, record } from "../readstore/histories"
import { projected, projectorOf } from "../readstore/read-models"
import { openTestReadStore } from "../support/read-stores"

const ORGANIZATION = "org_o81"

async function leavesOf(store: EventStore, organizationId = ORGANIZATION): Promise<Buffer[]> {
  const leaves: Buffer[] = []
  for await (const page of store.read(`organization-${organizationId}`, 0))
    for (const event of page) leaves.push(Buffer.from(leafText(event)))
  return leaves
}

function tilesOf(readStore: ReadStore): Promise<unknown[]> {
  return readStore.rows("select * from proof_tile order by organization_id, level, place")
}

test("every root, inclusion proof and consistency proof of a random history is that of the log", async () => {
  const log = new MemoryEventStore()
  await record(log, [81, 82], 300)
  const readStore = await projected(log)
  const leaves = await leavesOf(log)
  expect(await treeSize(readStore, ORGANIZATION)).toBe(leaves.length)
  expect(leaves.length).toBeGreaterThan(16 * 16) // so that three levels of tiles are in use

  // All sizes around a boundary of tiles, and some others.
  for (const size of [1, 2, 15, 16, 17, 31, 32, 33, 255, 256, 257, leaves.length - 1, leaves.length]) {
    const tree = leaves.slice(0, size)
    expect(await nodeHashes(readStore, ORGANIZATION, [{ from: 0, to: size }])).toEqual([MTH(tree)])
    for (const leaf of new Set([0, size >> 1, size - 1]))
      expect(await nodeHashes(readStore, ORGANIZATION, pathRanges(leaf, leaf + 1, size))).toEqual(PATH(leaf, tree))
    for (const from of new Set([1, (size >> 1) + 1, size]))
      expect(await nodeHashes(readStore, ORGANIZATION, consistencyRanges(from, size))).toEqual(PROOF(from, tree))
  }
})

test("the tree is the same however the events were cut into batches, and in every store of events", async () => {
  const log = new MemoryEventStore()
  await record(log, [81, 82])
  const atOnce = await tilesOf(await projected(log))
  expect(await tilesOf(await projected(log, { events: 1, rows: 1 }))).toEqual(atOnce)
  expect(await tilesOf(await projected(log, { events: 7, rows: 10_000 }))).toEqual(atOnce)

  const sqlite = openSqliteEventStore(":memory:")
  for (const stream of ["organization-org_o81", "organization-org_o82"])
    for await (const page of log.read(stream, 0)) await sqlite.append(stream, (page[0]?.revision ?? 1) - 1, page)
  expect(await tilesOf(await projected(sqlite))).toEqual(atOnce)
  await sqlite.close()
})

test("events of a type unknown here, and events that an operator skipped, are leaves as all others", async () => {
  const log = new MemoryEventStore()
  const stream = "organization-org_new"
  await log.append(stream, 0, [
    { id: eventId(stream, 1), type: "FromTheFuture", data: { b: [1, 0.1], a: "ü" }, metadata: metadata() },
    { id: eventId(stream, 2), type: "UserDeleted", data: { userId: "usr_nobody" }, metadata: metadata() },
  ])
  const skips = memorySkips()
  const decided = { reason: "not known", skippedBy: "operator", skippedAt: 0 }
  for (const name of ["ledger", "history", "proofs"]) for (const position of [1, 2]) await skips.add({ name, position, ...decided })
  const readStore = await openTestReadStore()
  const projector = await projectorOf(log, readStore, { skips })
  await projector.catchUp()
  expect(await nodeHashes(readStore, "org_new", [{ from: 0, to: 2 }])).toEqual([MTH(await leavesOf(log, "org_new"))])
})

test("nodes of leaves that are not there yet are not answered", async () => {
  const log = new MemoryEventStore()
  await record(log, [81], 20)
  const readStore = await projected(log)
  const size = await treeSize(readStore, ORGANIZATION)
  expect(await nodeHashes(readStore, ORGANIZATION, [{ from: 0, to: size + 1 }])).toBeUndefined()
  expect(await nodeHashes(readStore, "org_unknown", [{ from: 0, to: 1 }])).toBeUndefined()
  expect(await treeSize(readStore, "org_unknown")).toBe(0)
})

test("vendors' streams have no tree", async () => {
  const log = new MemoryEventStore()
  await record(log, [81], 20)
  const organizations = await (await projected(log)).rows("select distinct organization_id from proof_tile")
  expect(organizations).toEqual([{ organization_id: ORGANIZATION }])
})
