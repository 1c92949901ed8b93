/** What a node sees of what others project, when notifications are lost: here the test is the one that projects. */
import { join } from "node:path"
import { type EventLog, openEventLog } from "../../src/eventstore/event-log"
import type { NewEvent } from "../../src/eventstore/event-store"
import { Leadership } from "../../src/postgres/advisory-lock"
import { type Database, openDatabase } from "../../src/postgres/database"
import { notify } from "../../src/postgres/listening"
import { startPostgresProjecting } from "../../src/readstore/postgres-projecting"
import { openPostgresReadStore, type PostgresReadStore } from "../../src/readstore/postgres-read-store"
import { type Announcement, shownChannel } from "../../src/readstore/postgres-shown"
import type { Projecting } from "../../src/readstore/projecting"
import { openVault } from "../../src/vault/sqlite"
import { heldUp } from "../support/held-up"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS, until } from "../support/until"
import { eventId, metadata } from "./histories"

const [X, Y] = ["organization-org_x", "organization-org_y"]

let server: TestPostgres
let outside: Database
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let leadership: Leadership
let eventStore: EventLog
let readStore: PostgresReadStore
let projecting: Projecting
let channel: string
const faults: string[] = []

beforeAll(async () => {
  server = await startPostgres(["fsync=off", "full_page_writes=off"])
  folder = await temporaryFolder()
  const [vault, skips] = [join(folder.path, "vault.sqlite"), join(folder.path, "skips.sqlite")]
  openVault(vault).close()
  const place = { kind: "postgres", url: server.url } as const
  const onFault = ({ message }: Error) => void faults.push(message)
  outside = await openDatabase({ url: server.url })
  eventStore = await openEventLog(place, { onFault })
  readStore = await openPostgresReadStore(place, onFault)
  channel = shownChannel(readStore.generations.schema.signature)
  leadership = new Leadership(outside)
  leadership.standFor(`projector ${channel}`, (lost) => new Promise((resolve) => lost.addEventListener("abort", () => resolve())))
  await until(() => leadership.leads(`projector ${channel}`))
  projecting = await startPostgresProjecting({ log: place, vault, skips, readModels: place, eventStore, readStore, onFault })
}, 120_000)
afterAll(async () => {
  await projecting.close()
  await readStore.close()
  await eventStore.close()
  await leadership.close()
  await outside.close()
  await server.stop()
  await folder.remove()
})

async function append(stream: string, count: number): Promise<number> {
  const event = (n: number): NewEvent => ({
    id: eventId(stream.slice(-1), n),
    type: "GroupProvisioned",
    data: { groupId: `grp_${n}`, displayName: `Group ${n}` },
    metadata: metadata(),
  })
  return (
    await eventStore.append(
      stream,
      0,
      Array.from({ length: count }, (_, n) => event(n + 1)),
    )
  ).position
}
async function announce(position: number, ...shown: Announcement["shown"]): Promise<void> {
  const announcement: Announcement = { generation: readStore.generation, position, complete: true, shown }
  await notify(outside, channel, JSON.stringify(announcement))
}
/** Connections that only listen say so, or ask whether the other end is there. */
const listeners = async (to = "%") =>
  (
    await outside.rows<{ pid: number }>(
      "select pid from pg_stat_activity where query like $1 or ($1 = 'listen %' and query = 'select 1')",
      [`listen ${to}`],
    )
  ).map(({ pid }) => pid)

test("what was told while the connection was cut is found, whatever is told of another stream afterwards", async () => {
  await append(X, 12)
  const position = await append(Y, 2)
  await announce(1, [X, 1], [Y, 1])
  for (const stream of [X, Y]) expect(await projecting.waitFor(stream, 1, PATIENCE_MS)).toBe("visible")
  const waiting = [10, 12].map((revision) => projecting.waitFor(X, revision, PATIENCE_MS / 2))

  const before = await listeners()
  // All is shown to others when this ends; the node cannot look before that.
  await outside.transaction(async (queries) => {
    await queries.run(`lock table ${readStore.generations.nameOf(readStore.generation)}.projection_checkpoint in access exclusive mode`)
    await queries.run(`update ${readStore.generations.nameOf(readStore.generation)}.projection_checkpoint set position = $1`, [position])
    await outside.rows("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [before])
    await until(async () => (await listeners("%shown%")).some((pid) => !before.includes(pid)))
    await announce(position, [Y, 2])
    expect(await projecting.waitFor(Y, 2, PATIENCE_MS)).toBe("visible")
  })
  expect(await Promise.all(waiting)).toEqual(["visible", "visible"])
})

test("another generation that is shown is turned to, also when nobody told of it", async () => {
  const old = readStore.generation
  const next = await anotherBuilt()
  await show(next)
  await until(() => readStore.generation === next)
  expect(old).not.toBe(next)
  expect(faults.filter((fault) => !fault.includes("terminating connection"))).toEqual([])
})

test("queries that run, and more that wait for a connection, end on the generation that they began with", async () => {
  const next = await anotherBuilt() // beforehand: who waits for a connection gives up after some seconds
  const { waits, release } = await heldUp(outside)
  const slow = Promise.all(Array.from({ length: 24 }, () => readStore.rows(`select 1 as done from ${waits}`)))
  await show(next)
  await readStore.reopen()
  expect(readStore.generation).toBe(next)
  await release()
  expect(await slow).toHaveLength(24)
})

async function anotherBuilt(): Promise<number> {
  const { generations } = readStore
  const next = await generations.next()
  await generations.startBuilding(next)
  return next
}
/** The pointer is moved without a word. */
async function show(generation: number): Promise<void> {
  await outside.run("update read_pointer set written = $1, shown = $1", [generation])
}
