/**
 * Three nodes, two organizations, random commands; nodes are killed and connections cut meanwhile. In the normal suite so
 * many commands and troubles as take some seconds; `CHAOS_SECONDS` says for how long otherwise (`npm run test:chaos`), and
 * `CHAOS_EVENT_STORE=kurrentdb` puts the log on the protocol-true server instead of PostgreSQL.
 */
import { type LogPlace, openEventLog } from "../../src/eventstore/event-log"
import { type Database, openDatabase } from "../../src/postgres/database"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { seatledger } from "../support/program"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"
import { chaos, checkLog, checkNode } from "./chaos"
import { clientFor, NodeProcess } from "./three-nodes"

const SECONDS = process.env.CHAOS_SECONDS ? Number(process.env.CHAOS_SECONDS) : undefined
/** Without `CHAOS_SECONDS`. */
const [COMMANDS, TROUBLES] = [150, 4]

let postgres: TestPostgres
let database: Database
let kurrentdb: TestNode | undefined
let logPlace: LogPlace
let folder: Awaited<ReturnType<typeof temporaryFolder>>
const nodes: NodeProcess[] = []

beforeAll(async () => {
  // No power is cut here, only processes and connections.
  postgres = await startPostgres(["fsync=off", "full_page_writes=off", "max_connections=200"])
  database = await openDatabase({ url: postgres.url })
  folder = await temporaryFolder()
  if (process.env.CHAOS_EVENT_STORE === "kurrentdb") kurrentdb = await startNode()
  logPlace = kurrentdb ? { kind: "kurrentdb", url: kurrentdb.url() } : { kind: "postgres", url: postgres.url }
  const settings: Record<string, string> = kurrentdb
    ? { EVENT_STORE: "kurrentdb", KURRENTDB_URL: kurrentdb.url() }
    : { EVENT_STORE: "postgres" }
  for (const name of ["one", "two", "three"]) {
    const POSTGRES_URL = `${postgres.url}&application_name=${name}`
    nodes.push(new NodeProcess(name, { folder: folder.path, settings: { ...settings, READ_STORE: "postgres", POSTGRES_URL } }))
  }
  await Promise.all(nodes.map((node) => node.start()))
}, 240_000)
afterAll(async () => {
  for (const node of nodes) await node.kill()
  await database.close()
  await kurrentdb?.stop()
  await postgres.stop()
  await folder.remove()
})

/** Every lock that one node at a time holds has a name; the projector's is the one that is none of these. */
async function projecting(): Promise<NodeProcess | undefined> {
  const holders = await database.rows<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.mode = 'ExclusiveLock' and l.granted and l.objid::bigint not in (
       select case when h < 0 then h + 4294967296 else h end
       from (select hashtext($1 || ' ' || n)::bigint as h from unnest($2::text[]) n) hashes)`,
    [database.schema, ["webhooks", "checkpoints", "care"]],
  )
  return nodes.find(({ name }) => holders.some((holder) => holder.name === name))
}

/** Of those that are up; one is always left. */
function anyNode(): NodeProcess {
  const up = nodes.filter(({ url }) => url !== undefined)
  return up[Math.floor(Math.random() * up.length)] as NodeProcess
}

/** It comes back by itself; meanwhile the others go on, and more may go wrong. */
async function killed(node: NodeProcess, why: string): Promise<string> {
  await until(() => nodes.filter(({ url }) => url !== undefined).length > 1)
  await node.kill()
  node.start().catch(() => {}) // it is started again in the end, and tells then
  return `killed ${node.name}${why}`
}

/** In turn, so that every run has each of them. */
function troubles() {
  let n = 0
  return {
    async next(): Promise<string> {
      switch (n++ % 3) {
        case 0:
          return killed((await projecting()) ?? anyNode(), ", which projected")
        case 1: {
          const { name } = anyNode()
          await database.rows("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [name])
          return `cut the connections of ${name}`
        }
        default:
          return killed(anyNode(), "")
      }
    },
  }
}

test(
  "no acknowledged command is lost, none applied twice, no seat granted that is not there, and all nodes and a rebuild agree",
  async () => {
    const end = SECONDS === undefined ? undefined : Date.now() + SECONDS * 1_000
    const { done, places, report } = await chaos({
      nodes,
      folder: folder.path,
      trouble: troubles(),
      enough: (commands, made) => (end === undefined ? commands >= COMMANDS && made >= TROUBLES : Date.now() >= end),
      pauseMs: SECONDS === undefined ? 300 : 2_000,
    })
    await Promise.all(nodes.map(async (node) => node.url ?? node.start()))
    const log = await openEventLog(logPlace, { readOnly: true })
    try {
      let events = 0
      for (const place of places) {
        await until(isAtRest)
        const checked = await checkLog(
          log,
          place,
          done.filter((command) => command.place === place),
        )
        events += checked.events
        for (const node of nodes) {
          await shown(node, place.organizationId, checked.events)
          await checkNode(node, place, checked.state)
        }
      }
      // Builds all read models anew, aside, and compares them row by row with those that the nodes made in turns.
      const settings = { EVENT_STORE: "postgres", READ_STORE: "postgres", POSTGRES_URL: postgres.url }
      expect(await seatledger(["verify"], settings)).toMatchObject({ code: 0, out: expect.stringMatching(/^equal: /) })
      if (SECONDS !== undefined) process.stderr.write(`chaos: ${JSON.stringify({ ...report(), events })}\n`)
    } finally {
      await log.close()
    }
  },
  SECONDS === undefined ? 240_000 : (SECONDS + 240) * 1_000,
)

/** Whoever was killed has nothing on its way any more. */
async function isAtRest(): Promise<boolean> {
  const [row] = await database.rows<{ busy: number }>(
    "select count(*)::int as busy from pg_stat_activity where application_name in ('one', 'two', 'three') and state = 'active' and query ilike '%insert into event%'",
  )
  return row?.busy === 0
}

async function shown(node: NodeProcess, organizationId: string, revision: number): Promise<void> {
  const auditor = await clientFor(nodes, folder.path, "AUDITOR", { organizationId })
  await until(async () => {
    const { url } = node
    if (url === undefined) return false
    const { data } = await auditor.ask(url, "{ history(first: 1) { totalCount } }", {})
    return data?.history?.totalCount === revision
  })
}
