/** Assigning over HTTP with one, two and three nodes on the same stores, and how soon another node projects when one is killed. */
import { setTimeout as pause } from "node:timers/promises"
import { assignments } from "./assign-http"
import { loadFor, type Target } from "./load"
import { type Benchmark, figure, grouped, median, type Row, shown } from "./measure"
import { type LogStore, type Node, type Nodes, withNodes } from "./nodes"

const NODES = [1, 2, 3] as const
const CONNECTIONS = 48
const ROUNDS = 4
const ROUND_MS = 1_500
const USERS = 5_000
const LICENSES = 20
const KILLS = 5

export const severalNodes: Benchmark = {
  rows: [...NODES.map((count) => rowOf("postgres", count)), "takeover", ...NODES.map((count) => rowOf("kurrentdb", count))],
  run: async (say) => [...(await measured("postgres", say)), ...(await measured("kurrentdb", say))],
}

function rowOf(log: LogStore, count: number): string {
  return log === "postgres" ? `nodes-${count}` : `nodes-kurrentdb-${count}`
}

function measured(log: LogStore, say: (words: string) => void): Promise<readonly Row[]> {
  say(`filling an organization of ${grouped(USERS)}, the log in ${log}`)
  return withNodes(
    log,
    async (written) => ({
      licenses: Array.from({ length: LICENSES }, () => written.organization.license(USERS)),
      users: await written.people(USERS),
    }),
    async (nodes, { licenses, users }) => {
      const assigning = assignments(licenses, users)
      const started: Node[] = []
      const rows: Row[] = []
      let alone: number | undefined
      for (const count of NODES) {
        started.push(await nodes.start())
        say(`${count} of ${NODES.length} nodes, ${ROUNDS} rounds`)
        const { cost, perSecond, retried } = await loaded(started, assigning)
        const compared = alone === undefined ? { value: cost } : { value: cost, limit: alone, ratio: cost / alone }
        alone ??= cost
        const without = log === "postgres" ? "PostgreSQL's" : "PostgreSQL's and the protocol server's"
        const note = `${CONNECTIONS} connections on one organization; ${grouped(perSecond)} assignments/s, ${(retried * 100).toFixed(1)} % of the appends decided again; processor time of the nodes, without ${without}${count > 1 ? "; limit: one node" : ""}`
        rows.push(shown(rowOf(log, count), "ms/command", compared, note))
      }
      // The log has no part in it.
      if (log === "postgres") rows.push(await takeover(nodes, started, () => assigning.body(0), say))
      return rows
    },
  )
}

/** A warm-up, then rounds; the connections are spread over the nodes. */
async function loaded(nodes: readonly Node[], load: ReturnType<typeof assignments>) {
  const toNodes = (connection: number): Target => nodes[connection % nodes.length] as Node // the index is inside
  const withConnections = { ...load, connections: CONNECTIONS }
  await loadFor(ROUND_MS, toNodes, withConnections)
  const costs: number[] = []
  const rates: number[] = []
  const before = await appendsOf(nodes)
  for (let round = 0; round < ROUNDS; round++) {
    const began = await sum(nodes, /^process_cpu_(user|system)_seconds_total /)
    const { latencies, perSecond } = await loadFor(ROUND_MS, toNodes, withConnections)
    const seconds = (await sum(nodes, /^process_cpu_(user|system)_seconds_total /)) - began
    costs.push((seconds * 1_000) / latencies.length)
    rates.push(perSecond)
  }
  const after = await appendsOf(nodes)
  const raced = after.raced - before.raced
  return { cost: median(costs), perSecond: median(rates), retried: raced / Math.max(1, raced + after.recorded - before.recorded) }
}

async function appendsOf(nodes: readonly Node[]) {
  const recorded = await sum(nodes, /^seatledger_appends_total\{outcome="recorded"/)
  return { recorded, raced: await sum(nodes, /^seatledger_appends_total\{outcome="raced"/) }
}

async function sum(nodes: readonly Node[], metric: RegExp): Promise<number> {
  const counts = await Promise.all(nodes.map((node) => node.count(metric)))
  return counts.reduce((total, count) => total + count, 0)
}

/** From the SIGKILL of the node that projects until what is then assigned on another node can be read there. */
async function takeover(nodes: Nodes, started: Node[], body: () => string | undefined, say: (words: string) => void): Promise<Row> {
  const seconds: number[] = []
  for (let n = 0; n < KILLS; n++) {
    say(`kill ${n + 1} of ${KILLS}`)
    const projecting = await nodes.projecting()
    const [next, ...others] = started.splice(0).filter((node) => node !== projecting)
    if (next === undefined) throw new Error("two nodes are needed")
    const began = performance.now()
    await projecting.kill()
    await readBack(next, body())
    seconds.push((performance.now() - began) / 1_000)
    started.push(next, ...others, await nodes.start())
  }
  const worst = Math.max(...seconds)
  const note = `from SIGKILL of the node that projects until a command given then to another node is shown; ${KILLS} kills, the longest took ${worst.toFixed(2)} s`
  return figure("takeover", "s", { value: median(seconds) }, { atMost: 5 }, note)
}

/** Resolves when the node shows the revision that its mutation was recorded at. */
async function readBack({ url, token }: Node, mutation: string | undefined): Promise<void> {
  const ask = async (text: string | undefined) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: text ?? "",
    })
    return response.text()
  }
  const answer = await ask(mutation)
  const revision = Number(/"revision":(\d+)/.exec(answer)?.[1])
  if (!(revision > 0)) throw new Error(`an assignment was answered with ${answer}`)
  const query = JSON.stringify({ query: "{ history(first: 1) { nodes { revision } } }" })
  while (!(Number(/"revision":(\d+)/.exec(await ask(query))?.[1]) >= revision)) await pause(10)
}
