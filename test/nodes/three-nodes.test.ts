/**
 * Three nodes, two organizations, random commands; nodes are killed and connections cut meanwhile. In the normal suite so
 * many commands and troubles as take some seconds, with the log in PostgreSQL; in the long one also on the protocol-true
 * server of KurrentDB. `CHAOS_SECONDS` says for how long otherwise, and `CHAOS_EVENT_STORE` where the log is
 * (`npm run test:chaos`).
 */
import { setTimeout as pause } from "node:timers/promises"
import { organizationDecider } from "../../src/commands/decider"
import { type LogPlace, openEventLog } from "../../src/eventstore/event-log"
import { leaderOf } from "../../src/postgres/advisory-lock"
import { type Database, openDatabase } from "../../src/postgres/database"
import { projectorLock } from "../../src/readstore/postgres-projector"
import { readModelSchema } from "../../src/readstore/projections"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { seatledger } from "../support/program"
import { rounds } from "../support/rounds"
import { temporaryFolder } from "../support/temporary-folder"
import { until } from "../support/until"
import { chaos } from "./chaos"
import { checkLog, checkNode, eventsOf, stateAfter } from "./checks"
import { found } from "./places"
import { clientFor, NodeProcess } from "./three-nodes"
import { Watcher } from "./watcher"

const SECONDS = process.env.CHAOS_SECONDS ? Number(process.env.CHAOS_SECONDS) : undefined
const EVENT_STORES = process.env.CHAOS_EVENT_STORE ? [process.env.CHAOS_EVENT_STORE] : ["postgres", "kurrentdb"].slice(0, rounds(1, 2))
/** Without `CHAOS_SECONDS`; beside so many commands there is trouble of each kind. */
const COMMANDS = 150
/** How long KurrentDB takes no connections. */
const REFUSED_MS = 500
const PROJECTOR = projectorLock(readModelSchema("postgres").signature)

describe.each(EVENT_STORES)("with the log in %s", (eventStore) => {
  let postgres: TestPostgres
  let database: Database
  let kurrentdb: TestNode | undefined
  /** Of every node, and of `seatledger` beside them. */
  let settings: Record<string, string>
  let logPlace: LogPlace
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  const nodes: NodeProcess[] = []
  const watchers: Watcher[] = []

  beforeAll(async () => {
    // No power is cut here, only processes and connections.
    postgres = await startPostgres(["fsync=off", "full_page_writes=off", "max_connections=200"])
    database = await openDatabase({ url: postgres.url })
    folder = await temporaryFolder()
    settings = { EVENT_STORE: eventStore, READ_STORE: "postgres", POSTGRES_URL: postgres.url }
    logPlace = { kind: "postgres", url: postgres.url }
    if (eventStore === "kurrentdb") {
      kurrentdb = await startNode()
      logPlace = { kind: "kurrentdb", url: kurrentdb.url() }
      settings.KURRENTDB_URL = kurrentdb.url()
    }
    for (const name of ["one", "two", "three"]) {
      const POSTGRES_URL = `${postgres.url}&application_name=${name}`
      nodes.push(new NodeProcess(name, { folder: folder.path, settings: { ...settings, POSTGRES_URL } }))
    }
    await Promise.all(nodes.map((node) => node.start()))
  }, 240_000)
  afterAll(async () => {
    await Promise.allSettled(watchers.map((watcher) => watcher.close()))
    for (const node of nodes) await node.kill()
    await database.close()
    await kurrentdb?.stop()
    await postgres.stop()
    await folder.remove()
  })

  /** Waits until one of those that are up has taken the lead. */
  async function projector(): Promise<NodeProcess> {
    let leader: NodeProcess | undefined
    await until(async () => {
      const name = await leaderOf(database, PROJECTOR)
      leader = nodes.find((node) => node.name === name && node.url !== undefined)
      return leader !== undefined
    })
    return leader as NodeProcess // it was just found
  }

  /** Of those that are up; one is always left. */
  function anyNode(): NodeProcess {
    const up = nodes.filter(({ url }) => url !== undefined)
    return up[Math.floor(Math.random() * up.length)] as NodeProcess
  }

  /** It comes back by itself; meanwhile the others go on, and more may go wrong. */
  async function killed(choose: () => NodeProcess | Promise<NodeProcess>, why: string): Promise<string> {
    await until(() => nodes.filter(({ url }) => url !== undefined).length > 1)
    const node = await choose()
    await node.kill()
    node.start().catch(() => {}) // it is started again in the end, and tells then
    return `killed ${node.name}${why}`
  }

  async function cutFromPostgres(): Promise<string> {
    const { name } = anyNode()
    await database.rows("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [name])
    return `cut the connections of ${name}`
  }

  /** Made in turn, so that every run has each of them. */
  function kindsOfTrouble(): (() => Promise<string>)[] {
    const kinds = [() => killed(projector, ", which projected"), cutFromPostgres, () => killed(anyNode, "")]
    const gate = kurrentdb?.gate
    if (gate) {
      const cut = async () => {
        gate.cut()
        return "cut all connections to KurrentDB"
      }
      const refuse = async () => {
        await gate.refuse()
        await pause(REFUSED_MS)
        await gate.open()
        return "refused connections to KurrentDB"
      }
      kinds.push(cut, refuse)
    }
    return kinds
  }

  test(
    "no acknowledged command is lost, none applied twice, no seat granted that is not there; all nodes, a rebuild and whoever watched agree",
    async () => {
      const places = [await found(nodes, folder.path, 1, true), await found(nodes, folder.path, 2, false)]
      for (const { organizationId } of places) {
        const { token } = await clientFor(nodes, folder.path, "AUDITOR", { organizationId })
        for (const node of nodes) watchers.push(new Watcher(node, organizationId, token))
      }
      const end = SECONDS === undefined ? undefined : Date.now() + SECONDS * 1_000
      const kinds = kindsOfTrouble()
      const { done, troubles: made } = await chaos({
        places,
        kinds,
        enough: (commands, troubles) => (end === undefined ? commands >= COMMANDS && troubles > kinds.length : Date.now() >= end),
        pauseMs: SECONDS === undefined ? 300 : 2_000,
      })
      await Promise.all(nodes.map(async (node) => node.url ?? node.start()))
      const log = await openEventLog(logPlace, { readOnly: true })
      let events = 0
      try {
        let newest = await log.newest()
        await until(async () => {
          const before = newest
          newest = await log.newest()
          return newest === before && (await isAtRest())
        }, 250)
        for (const place of places) {
          let all = await eventsOf(log, place)
          // Rule 39: whoever is left goes on with what a node that was killed had begun.
          await until(async () => {
            all = await eventsOf(log, place)
            return !organizationDecider.isUnsettled(stateAfter(all))
          }, 250)
          checkLog(
            all,
            done.filter((command) => command.place === place),
          )
          for (const node of nodes) {
            await shown(node, place.organizationId, all.length)
            await checkNode(node, place, stateAfter(all))
          }
          for (const { node, organizationId, revisions } of watchers) {
            if (organizationId !== place.organizationId) continue
            await until(() => revisions.length >= all.length)
            expect({ node: node.name, revisions }).toEqual({ node: node.name, revisions: all.map(({ revision }) => revision) })
          }
          events += all.length
        }
      } finally {
        await log.close()
      }
      await Promise.all(watchers.map((watcher) => watcher.close()))
      // Builds all read models anew, aside, and compares them row by row with those that the nodes made in turns.
      expect(await seatledger(["verify"], settings)).toMatchObject({ code: 0, out: expect.stringMatching(/^equal: /) })

      const refused = done.filter(({ refusal }) => refusal !== undefined).length
      const inVain = done.reduce((sum, command) => sum + command.inVain, 0)
      if (SECONDS !== undefined) {
        const report = { commands: done.length, inVain, refused, events, troubles: made }
        process.stderr.write(`chaos: ${JSON.stringify(report)}\n`)
      }
      // It was put to the test: commands were carried out, and the node that projected was among those killed.
      expect(refused).toBeLessThan(done.length)
      expect(made).toContainEqual(expect.stringMatching(/, which projected$/))
    },
    ((SECONDS ?? 0) + 600) * 1_000,
  )

  /** Whoever was killed has nothing on its way to PostgreSQL any more. */
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
})
