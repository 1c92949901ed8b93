/** A cold start from a snapshot: as right as one from the whole log, and quicker. */
import { join } from "node:path"
import Database from "better-sqlite3"
import { EVOLVE_VERSION } from "../../src/domain/organization/written-state"
import type { EventStore } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { openFileSnapshots } from "../../src/snapshots/file-snapshots"
import { takeSnapshot } from "../../src/snapshots/fold"
import { checksumOf, packed, type Snapshot, unpacked } from "../../src/snapshots/snapshot"
import { Snapshots, takeInThread } from "../../src/snapshots/snapshots"
import { openVault } from "../../src/vault/sqlite"
import { IndexUpTo } from "../commands/index-up-to"
import { accepted, DAY, dataOf, Ledger, refusalOf } from "../commands/ledger"
import { temporaryFolder } from "../support/temporary-folder"
import { openProfile } from "../support/vault"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let ledger: Ledger
/** The revisions that were read of the organization's stream. */
let read: number[]
let faults: string[]
beforeEach(async () => {
  folder = await temporaryFolder()
  read = []
  faults = []
  ledger = await new Ledger({ wrap: watched, vault: openVault(join(folder.path, "vault.sqlite")) }).founded()
})
afterEach(async () => {
  await ledger.close()
  await folder.remove()
})

function watched(store: EventStore): EventStore {
  return {
    append: (...args) => store.append(...args),
    follow: (...args) => store.follow(...args),
    close: () => store.close(),
    async *read(stream, after) {
      for await (const page of store.read(stream, after)) {
        if (stream === ledger.stream) read.push(...page.map(({ revision }) => revision))
        yield page
      }
    },
  }
}

const files = () => openFileSnapshots(join(folder.path, "snapshots"))

function snapshots(every = 5): Snapshots {
  const store = files()
  return new Snapshots({
    store: ledger.store,
    snapshots: store,
    take: (stream, least) => takeSnapshot({ store: ledger.store, snapshots: store }, stream, least),
    every,
    onFault: (_, fault) => faults.push((fault as Error).message),
  })
}

/** As after a restart of the program, with an index that knows so many of the events. */
async function restart({ indexed = Number.POSITIVE_INFINITY } = {}): Promise<Snapshots> {
  const baselines = snapshots()
  const index = new IndexUpTo(ledger.store)
  index.revision = Math.min(indexed, (await ledger.events()).length)
  read = []
  await ledger.restart({ index, baselines })
  return baselines
}

async function taken(): Promise<number> {
  return takeSnapshot({ store: ledger.store, snapshots: files() }, ledger.stream, 0)
}

test("it reads the event of the snapshot and those after it, and goes on as if it had read them all", async () => {
  const [users, licenseId] = [await ledger.users(4), await ledger.license(3)]
  accepted(await ledger.assign(licenseId, users.slice(0, 2)))
  const revision = await taken()
  accepted(await ledger.assign(licenseId, users.slice(2, 3)))
  await restart()
  expect(refusalOf(await ledger.assign(licenseId, users.slice(3)))).toBe("NOT_ENOUGH_SEATS")
  accepted(await ledger.ask("unassignLicenses", { licenseId, principalIds: users.slice(0, 1) }))
  accepted(await ledger.assign(licenseId, users.slice(3)))
  expect(Math.min(...read)).toBe(revision)
  expect(await ledger.seated(licenseId)).toEqual(new Set(users.slice(1)))
  expect(faults).toEqual([])
})

const OTHER_ID = "00000000-0000-4000-8000-000000000000"
test.each<[string, (good: Snapshot) => Omit<Snapshot, "checksum"> | Promise<Snapshot>, string]>([
  ["damaged in its body", (good) => ({ ...good, body: changed(good.body) }), "its checksum is wrong: it is damaged"],
  ["cut off", (good) => ({ ...good, body: good.body.subarray(0, -9) }), "its checksum is wrong: it is damaged"],
  ["damaged in its heading", (good) => ({ ...good, revision: good.revision - 1 }), "its checksum is wrong: it is damaged"],
  ["of another log", (good) => sealed({ ...good, eventId: OTHER_ID }), "the log holds another event at its revision"],
  ["newer than the log", (good) => later(good, 100), "the log has not come to its revision"],
  ["whole, and yet no state", (good) => sealed({ ...good, body: Buffer.from("?") }), "unexpected end of file"],
])("a snapshot that is %s is passed over, and a good one takes its place", async (_, spoil, why) => {
  const [users, licenseId] = [await ledger.users(3), await ledger.license(2)]
  await taken()
  const store = files()
  const good = (await store.newest(ledger.stream, EVOLVE_VERSION)) as Snapshot
  await store.put({ checksum: good.checksum, ...(await spoil(good)) })

  const baselines = await restart()
  expect(accepted(await ledger.assign(licenseId, users.slice(0, 2))).revision).toBe(good.revision + 4)
  expect(faults).toEqual([expect.stringContaining(why)])
  expect(Math.min(...read)).toBe(1)
  await baselines.idle()
  expect((await store.newest(ledger.stream, EVOLVE_VERSION))?.revision).toBeGreaterThanOrEqual(good.revision)
  await restart()
  expect(refusalOf(await ledger.assign(licenseId, users.slice(2)))).toBe("NOT_ENOUGH_SEATS")
  expect(faults).toHaveLength(1)
})

test("a log that cannot be read for a moment says nothing against a snapshot: it stays", async () => {
  await ledger.users(3)
  await taken()
  const store = files()
  const outOfReach = () => {
    throw new Error("the log is out of reach")
  }
  const baselines = new Snapshots({
    store: { read: outOfReach },
    snapshots: store,
    take: async () => 0,
    onFault: (_, fault) => faults.push((fault as Error).message),
  })
  expect(await baselines.restore(ledger.stream)).toBeUndefined()
  expect(faults).toEqual(["the log is out of reach"])
  expect(await store.newest(ledger.stream, EVOLVE_VERSION)).toBeDefined()
})

test("a snapshot of another version is not looked at", async () => {
  const users = await ledger.users(2)
  await taken()
  const store = files()
  const good = (await store.newest(ledger.stream, EVOLVE_VERSION)) as Snapshot
  await store.drop(ledger.stream, EVOLVE_VERSION)
  await store.put({ ...good, version: EVOLVE_VERSION - 1 })
  await restart()
  accepted(await ledger.ask("setUserActive", { userId: users[0] ?? "", active: false }))
  expect(Math.min(...read)).toBe(1)
  expect(faults).toEqual([])
})

test("a snapshot is taken when enough events have come, and again after as many", async () => {
  const baselines = await restart()
  await ledger.users(6)
  await baselines.idle()
  const first = (await files().newest(ledger.stream, EVOLVE_VERSION))?.revision ?? 0
  expect(first).toBeGreaterThanOrEqual(5)
  await ledger.users(6, "v")
  await baselines.idle()
  expect((await files().newest(ledger.stream, EVOLVE_VERSION))?.revision).toBeGreaterThanOrEqual(first + 5)
})

test("one that could not be taken, or that another node was taking, is tried again soon, not after as many events more", async () => {
  const store = files()
  const tried: number[] = []
  let revision = 0
  const isBusy = [true]
  const baselines = new Snapshots({
    store: ledger.store,
    snapshots: { ...store, begin: async () => !isBusy.pop() },
    take: async () => {
      tried.push(revision)
      if (tried.length === 1) throw new Error("the disk is full")
      return revision
    },
    every: 1_000,
    onFault: (_, fault) => faults.push((fault as Error).message),
  })
  for (revision = 0; revision <= 2_500; revision += 50) {
    baselines.grown(ledger.stream, revision)
    await baselines.idle()
  }
  expect(tried).toEqual([1_100, 1_200, 2_200])
  expect(faults).toEqual(["the disk is full"])
})

test("rule 37: a repeat is known, although its command lies behind the snapshot and the index has not come to it", async () => {
  const keyed = { idempotencyKey: "once" }
  const first = accepted(await ledger.ask("createGroup", { displayName: "Staff", memberIds: [] }, keyed))
  await taken()
  await restart({ indexed: 0 })
  const again = accepted(await ledger.ask("createGroup", { displayName: "Staff", memberIds: [] }, keyed))
  expect(again).toMatchObject({ repeated: true, revision: first.revision })
})

test("rule 34: a grace period that began before the snapshot ends in time, although nothing came after it", async () => {
  const [users, licenseId] = [await ledger.users(2), await ledger.license(2)]
  accepted(await ledger.assign(licenseId, users))
  accepted(await ledger.sell(licenseId, 1))
  await taken()
  await restart()
  await ledger.commands.resume()
  ledger.now += 91 * DAY
  await ledger.commands.endGracePeriods()
  expect((await ledger.events()).at(-1)?.type).toBe("GraceExpired")
})

test("a vault from a backup takes note of names, and erases, as the events behind the snapshot say", async () => {
  const file = join(folder.path, "vault.sqlite")
  const backup = join(folder.path, "backup.sqlite")
  const ask = (userName: string) => ledger.ask("createUser", { userName, displayName: userName, active: true })
  const { userId, profile } = dataOf(accepted(await ask("ada")), "UserProvisioned")
  accepted(await ask("bo"))
  const [db, copy] = [new Database(file), new Database(backup)]
  db.exec(`vacuum into '${backup}'`)
  copy.exec("delete from name; delete from names_reached")
  for (const one of [db, copy]) one.close()
  accepted(await ledger.ask("eraseUser", { userId, reason: "asked", otherNames: [] }))
  accepted(await ledger.ask("createGroup", { displayName: "Staff", memberIds: [] }))
  await taken()
  await ledger.commands.close()
  await ledger.vault.close()

  const old = openVault(backup)
  const restored = new Ledger({ store: new MemoryEventStore(ledger.log), vault: old })
  restored.organizationId = ledger.organizationId
  expect(await openProfile(old, ledger.organizationId, userId, profile)).toBeDefined()
  const index = new IndexUpTo(ledger.store)
  index.revision = Number.MAX_SAFE_INTEGER
  await restored.restart({ index, baselines: snapshots() })
  const again = await restored.ask("createUser", { userName: "BO", displayName: "x", active: true })
  expect(refusalOf(again)).toBe("ALREADY_EXISTS")
  expect(await openProfile(old, ledger.organizationId, userId, profile)).toBeUndefined()
  accepted(await restored.ask("createUser", { userName: "ada", displayName: "x", active: true }))
  await restored.close()
  ledger = await new Ledger().founded()
})

test("the thread takes a snapshot from the log, and is given up when the node stops", async () => {
  const log = join(folder.path, "events.sqlite")
  const own = await new Ledger({ store: openSqliteEventStore(log) }).founded()
  await own.users(3)
  const place = join(folder.path, "snapshots")
  const take = takeInThread({ log, snapshots: place })
  const head = (await own.events()).length
  expect(await take(own.stream, 1, new AbortController().signal)).toBe(head)
  expect((await openFileSnapshots(place).newest(own.stream, EVOLVE_VERSION))?.revision).toBe(head)
  expect(await take(own.stream, 1, new AbortController().signal)).toBe(head)
  const stopped = new AbortController()
  const given = take(own.stream, 0, stopped.signal)
  stopped.abort()
  await expect(given).rejects.toThrow("the thread that takes snapshots ended")
  await own.close()
})

function changed(body: Buffer): Buffer {
  const copy = Buffer.from(body)
  const middle = copy.length >> 1
  copy[middle] = (copy[middle] ?? 0) ^ 1
  return copy
}

/** As after so many events more, which the log has lost. */
async function later(good: Snapshot, events: number): Promise<Snapshot> {
  const { state, ...folded } = await unpacked(good)
  state.revision += events
  return packed(good.stream, { ...folded, state })
}

function sealed(content: Omit<Snapshot, "checksum">): Snapshot {
  return { ...content, checksum: checksumOf(content) }
}
