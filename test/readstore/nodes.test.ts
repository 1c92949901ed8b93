/** Several nodes on one database: whichever of them projects, each shows what was recorded. */

import { join } from "node:path"
import { type EventLog, openEventLog } from "../../src/eventstore/event-log"
import { type NewEvent, OutcomeUnknown } from "../../src/eventstore/event-store"
import { Database, openDatabase } from "../../src/postgres/database"
import { isUnavailable } from "../../src/postgres/faults"
import { PostgresReadStore } from "../../src/readstore/postgres-read-store"
import { shownChannel } from "../../src/readstore/postgres-shown"
import { openReadSide, type ReadSide } from "../../src/readstore/read-side"
import { openVault } from "../../src/vault/sqlite"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { temporaryFolder } from "../support/temporary-folder"
import { PATIENCE_MS, until } from "../support/until"
import { eventId, metadata } from "./histories"

const STREAM = "organization-org_n"

interface Node extends ReadSide {
  readonly eventStore: EventLog
  readonly faults: string[]
}

let server: TestPostgres
let outside: Database
let folder: Awaited<ReturnType<typeof temporaryFolder>>
const nodes: Node[] = []
let revision = 0

async function openNode(): Promise<Node> {
  const log = { kind: "postgres", url: server.url } as const
  const faults: string[] = []
  const onFault = ({ message }: Error) => void faults.push(message)
  const eventStore = await openEventLog(log, { onFault })
  const places = { vault: join(folder.path, "vault.sqlite"), skips: join(folder.path, "skips.sqlite"), log, eventStore, onFault }
  const side = await openReadSide({ ...places, readModels: { kind: "postgres", url: server.url } })
  const node = { ...side, eventStore, faults }
  nodes.push(node)
  return node
}

async function closeNode({ close, eventStore }: Node): Promise<void> {
  await close()
  await eventStore.close()
}

/** Appends an event by one node; every node shows it. */
async function recordOn(node: Node): Promise<void> {
  const { eventStore, projecting } = node
  const event: NewEvent =
    revision === 0
      ? { id: eventId("n", 1), type: "OrganizationCreated", data: { organizationId: "org_n", name: "N" }, metadata: metadata() }
      : {
          id: eventId("n", revision + 1),
          type: "GroupProvisioned",
          data: { groupId: `grp_${revision}`, displayName: `Group ${revision}` },
          metadata: metadata(),
        }
  await eventStore.append(STREAM, revision, [event])
  revision += 1
  projecting.wake()
}

async function allShow(among: readonly Node[]): Promise<void> {
  for (const { projecting, readStore } of among) {
    expect(await projecting.waitFor(STREAM, revision, PATIENCE_MS)).toBe("visible")
    expect(await readStore.rows("select revision from organization")).toEqual([{ revision }])
  }
}

beforeAll(async () => {
  server = await startPostgres(["fsync=off", "full_page_writes=off"])
  outside = await openDatabase({ url: server.url })
  folder = await temporaryFolder()
  openVault(join(folder.path, "vault.sqlite")).close()
  for (let n = 0; n < 2; n++) await openNode()
}, 120_000)
afterAll(async () => {
  for (const node of nodes) await closeNode(node)
  await outside.close()
  await server.stop()
  await folder.remove()
})

test("read-your-writes holds on every node, and each hears of every step", async () => {
  const [one, other] = nodes as [Node, Node]
  const steps: number[][] = [[], []]
  const stops = nodes.map(({ projecting }, n) => projecting.onProgress(STREAM, (step) => void steps[n]?.push(step)))
  for (let n = 0; n < 4; n++) {
    await recordOn(n % 2 === 0 ? one : other)
    await allShow(nodes)
    await until(() => steps.every((heard) => heard.includes(revision)))
  }
  // Who looks by itself in between tells once more what was heard last; before the first step, nothing.
  for (const heard of steps) expect([...new Set(heard)].filter((step) => step > 0)).toEqual([1, 2, 3, 4])
  for (const stop of stops) stop()
  for (const { projecting } of nodes) {
    expect(projecting.status().map(({ name, failure }) => [name, failure])).toEqual([
      ["history", undefined],
      ["ledger", undefined],
      ["proofs", undefined],
    ])
  }
})

test("when the connection of the node that projects is cut, the one that stands by takes over", async () => {
  const [{ readStore }] = nodes as [Node]
  if (!(readStore instanceof PostgresReadStore)) throw new Error("the read models lie in PostgreSQL")
  const { control, schema } = readStore.generations
  const projecting = () =>
    outside.rows<{ pid: number; since: Date }>(
      `select pid, backend_start as since from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and mode = 'ExclusiveLock' and granted and objid::bigint = hashtext($1)::bigint & 4294967295`,
      [`${control.schema} projector ${shownChannel(schema.signature)}`],
    )
  // Each node asks over two: for reading, and for projecting.
  const standingBy = () =>
    outside.rows("select pid from pg_stat_activity where pid <> pg_backend_pid() and query like '%pg_try_advisory_lock_shared%'")
  const otherTakesOver = async () => {
    await until(async () => (await standingBy()).length >= 4)
    const [leader] = await projecting()
    const [cut] = await outside.rows<{ at: Date }>("select clock_timestamp() as at, pg_terminate_backend($1)", [leader?.pid ?? 0])
    let next: { readonly pid: number; readonly since: Date } | undefined
    await until(async () => {
      ;[next] = await projecting()
      return next !== undefined && next.pid !== leader?.pid
    })
    // It was there before the cut, so it is the other one's: the first has to connect anew.
    return next !== undefined && cut !== undefined && next.since < cut.at
  }
  // The first has to wait before it does, and a machine may all the same be slower to the other one's next look.
  await until(otherTakesOver)
  await recordOn(nodes[0] as Node)
  await allShow(nodes)
})

test("when all connections are cut, somebody takes over, and nothing is missed", async () => {
  for (let n = 0; n < 2; n++) {
    await outside.rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
    )
    await recordAgain(nodes[n] as Node)
    await allShow(nodes)
  }
  expect(nodes.flatMap(({ faults }) => faults).join()).not.toContain("seatledger@")
})

/** What was cut off under an append is sent again, as the command layer does. */
async function recordAgain(node: Node): Promise<void> {
  await until(() =>
    recordOn(node).then(
      () => true,
      (error) => {
        if (error instanceof OutcomeUnknown && isUnavailable(error.cause)) return false
        throw error
      },
    ),
  )
}

test("the leader leaves, and another node goes on; one that comes later shows everything", async () => {
  const [first, second] = nodes.splice(0, 2) as [Node, Node]
  await closeNode(first)
  await recordOn(second)
  await allShow([second])
  const third = await openNode()
  await allShow([third])
  await closeNode(second)
  await recordOn(third)
  await allShow([third])
})
