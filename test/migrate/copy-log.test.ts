/** A log goes from store to store, and stays the same log. */
import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { leafHash } from "../../src/audit/leaf"
import { rootOf } from "../../src/audit/merkle"
import { type EventLog, openEventLog } from "../../src/eventstore/event-log"
import { type NewEvent, OutcomeUnknown, type RecordedEvent, START } from "../../src/eventstore/event-store"
import { compareLogs, copyEvents, verifyLogs } from "../../src/migrate/copy-log"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { temporaryFolder } from "../support/temporary-folder"

let server: TestPostgres
let node: TestNode
let folder: Awaited<ReturnType<typeof temporaryFolder>>
const open: EventLog[] = []
beforeAll(async () => {
  ;[server, node, folder] = await Promise.all([startPostgres(), startNode(), temporaryFolder()])
})
afterEach(async () => {
  for (const log of open.splice(0)) await log.close()
})
afterAll(async () => {
  await node.stop()
  await server.stop()
  await folder.remove()
})

async function opened(place: Parameters<typeof openEventLog>[0]): Promise<EventLog> {
  const log = await openEventLog(place)
  open.push(log)
  return log
}
const sqlite = (name: string = randomUUID()) => opened(join(folder.path, `${name}.sqlite`))
const postgres = async () => opened({ kind: "postgres", url: await server.database() })

function newEvents(count: number, text = ""): NewEvent[] {
  return Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    type: "SeatsGranted",
    data: { n, text, zo: "Zoë 𝄞 \u2028", b: [1e-7, null], a: true },
    metadata: {
      v: 1,
      commandId: `c${n}`,
      commandHash: "h",
      correlationId: "x",
      actor: { type: "SYSTEM", id: "system" },
      recordedAt: new Date(Date.UTC(2021, 1, n % 27)).toISOString(),
    },
  }))
}

/** Three streams in turns, with a long run and an event that is larger than an append should be. */
async function filled(): Promise<EventLog> {
  const log = await sqlite()
  const heads = new Map<string, number>()
  const append = async (stream: string, events: NewEvent[]) => {
    heads.set(stream, (await log.append(stream, heads.get(stream) ?? 0, events)).revision)
  }
  for (let n = 0; n < 30; n++) await append(`organization-org_${n % 3}`, newEvents(1 + (n % 4)))
  await append("organization-org_1", newEvents(700))
  await append("vendor-vnd_a", newEvents(2, "x".repeat(500_000)))
  await append("organization-org_0", newEvents(1))
  return log
}

async function all(log: EventLog): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const batch of log.follow(START, new AbortController().signal, "head")) events.push(...batch.events)
  return events
}
/** All of a log but where the store put it, as text: byte for byte, in the order of all streams. */
async function textOf(log: EventLog): Promise<string> {
  return (await all(log))
    .map(({ stream, revision, id, type, data, metadata }) => JSON.stringify([stream, revision, id, type, data, metadata]))
    .join("\n")
}

/** A store whose appends go otherwise. */
function withAppend(log: EventLog, append: EventLog["append"]): EventLog {
  return {
    append,
    read: (...args) => log.read(...args),
    follow: (...args) => log.follow(...args),
    head: () => log.head(),
    newest: () => log.newest(),
    behind: (position) => log.behind(position),
    wake: () => log.wake(),
    close: () => log.close(),
  }
}

const quiet = () => {}
async function migrated(from: EventLog, to: EventLog) {
  const common = await compareLogs(from, to, quiet)
  const copied = await copyEvents(from, to, common, quiet)
  return { copied, ...(await verifyLogs(from, to, { positions: [], signed: new Map() }, quiet)) }
}

test("SQLite → PostgreSQL → KurrentDB → SQLite: the same events in the same order, the same roots, and positions that can be translated", async () => {
  const first = await filled()
  const chain = [first, await postgres(), await opened({ kind: "kurrentdb", url: node.url() }), await sqlite()]
  const events = await all(first)
  for (const [n, to] of chain.slice(1).entries()) {
    const from = chain[n] as EventLog
    const places = await all(from)
    const common = await compareLogs(from, to, quiet)
    expect(await copyEvents(from, to, common, quiet)).toBe(events.length)
    const positions = [START, ...places.map(({ position }) => position), (places.at(-1)?.position ?? 0) + 1_000_000]
    const { roots, translate } = await verifyLogs(from, to, { positions, signed: new Map() }, quiet)
    expect(roots.get("organization-org_1")).toEqual({
      size: events.filter(({ stream }) => stream === "organization-org_1").length,
      root: rootOf(events.filter(({ stream }) => stream === "organization-org_1").map(leafHash)),
    })
    const there = await all(to)
    expect(places.map(({ position }) => translate(position))).toEqual(there.map(({ position }) => position))
    expect([positions[0], positions.at(-1)].map((position) => translate(position as number))).toEqual([START, there.at(-1)?.position])
    expect(await textOf(to)).toBe(await textOf(first))
  }
})

test("what was cut off is gone on with: nothing twice, nothing left out", async () => {
  const [from, to] = [await filled(), await postgres()]
  let left = 20
  const failing = withAppend(to, async (...args) => {
    if (left-- === 0) throw new Error("the plug was pulled")
    return to.append(...args)
  })
  await expect(migrated(from, failing)).rejects.toThrow("the plug was pulled")
  const there = (await all(to)).length
  expect(there).toBeGreaterThan(10)
  const { copied, events } = await migrated(from, to)
  expect(copied).toBe(events - there)
  expect(await textOf(to)).toBe(await textOf(from))
  expect((await migrated(from, to)).copied).toBe(0)
})

test("an append without an answer is sent again as it was", async () => {
  const [from, to] = [await filled(), await sqlite()]
  let calls = 0
  const unsure = withAppend(to, async (...args) => {
    const answer = await to.append(...args)
    if (calls++ % 5 === 0) throw new OutcomeUnknown(args[0])
    return answer
  })
  await migrated(from, unsure)
  expect(await textOf(to)).toBe(await textOf(from))
})

test.each<[string, (events: RecordedEvent[]) => { stream: string; events: NewEvent[] }, RegExp]>([
  ["other events", () => ({ stream: "organization-org_0", events: newEvents(1) }), /event 1 \(1@organization-org_0\) has another id/],
  ["other data", ([first]) => ({ stream: "organization-org_0", events: [{ ...(first as RecordedEvent), data: {} }] }), /has other data/],
  ["another stream", () => ({ stream: "organization-org_9", events: newEvents(1) }), /stands where the other log has 1@organization-org_0/],
])("a target with %s is refused, and left alone", async (_, spoil, problem) => {
  const [from, to] = [await filled(), await sqlite()]
  const { stream, events } = spoil(await all(from))
  await to.append(stream, 0, events)
  const before = await textOf(to)
  await expect(migrated(from, to)).rejects.toMatchObject({ name: "MigrationRefused", message: expect.stringMatching(problem) })
  expect(await textOf(to)).toBe(before)
})

test("a target with more than the log is refused", async () => {
  const [from, to] = [await filled(), await sqlite()]
  await migrated(from, to)
  await to.append("organization-org_9", 0, newEvents(1))
  await expect(migrated(from, to)).rejects.toThrow(/1@organization-org_9\) is not in the other log/)
})

test("a log that is not the one that was signed is noticed", async () => {
  const [from, to] = [await filled(), await sqlite()]
  await migrated(from, to)
  const signed = new Map([["organization-org_0", { size: 3, root: Buffer.alloc(32) }]])
  await expect(verifyLogs(from, to, { positions: [], signed }, quiet)).rejects.toThrow("somebody changed the past")
  const beyond = new Map([["organization-org_0", { size: 3_000, root: Buffer.alloc(32) }]])
  await expect(verifyLogs(from, to, { positions: [], signed: beyond }, quiet)).rejects.toThrow("which the log does not have")
})
