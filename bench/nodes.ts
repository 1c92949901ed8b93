/** Several nodes of Seatledger on the same stores, each in a process of its own, as behind a proxy. */
import { execFile } from "node:child_process"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { promisify } from "node:util"
import { signDevelopmentToken } from "../src/auth/development-key"
import { leaderOf } from "../src/postgres/advisory-lock"
import { openDatabase } from "../src/postgres/database"
import { projectorLock } from "../src/readstore/postgres-projector"
import { readModelSchema } from "../src/readstore/projections"
import { firstMessage, start } from "./child"
import type { Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { filledFolder } from "./server"
import { withPostgres, withProtocolServer } from "./stores"
import { inTemporaryFolder } from "./temporary-folder"

export interface Node extends Target {
  /** What a counter of its /metrics stands at: the sum over the labels that the text matches. */
  count(metric: RegExp): Promise<number>
  /** SIGKILL: it has no time to say good-bye. */
  kill(): Promise<void>
}

export interface Nodes {
  start(): Promise<Node>
  /** The one that projects, as soon as there is one. */
  projecting(): Promise<Node>
}

/** Where the log is; all else is in PostgreSQL. */
export type LogStore = "postgres" | "kurrentdb"

const PROJECTOR = projectorLock(readModelSchema("postgres").signature)

/** Fills the stores by moving a folder there, lets work start nodes on them, and takes everything away again. */
export function withNodes<Filled, T>(
  log: LogStore,
  fill: (written: WrittenOrganization) => Promise<Filled>,
  work: (nodes: Nodes, filled: Filled) => Promise<T>,
): Promise<T> {
  return withStores(log, (urls) =>
    inTemporaryFolder((folder) =>
      inTemporaryFolder(async (filling) => {
        const [filled, organizationId] = await filledFolder(filling, fill)
        await moved(filling, urls)
        const token = await signDevelopmentToken(folder, { subject: "bench-admin", organizationId, roles: ["GLOBAL_ADMIN"] })
        const database = await openDatabase({ url: urls.POSTGRES_URL })
        const byName = new Map<string, Node>()
        const nodes: Nodes = {
          async start() {
            const name = `bench ${byName.size + 1}`
            const POSTGRES_URL = `${urls.POSTGRES_URL}&application_name=${encodeURIComponent(name)}`
            const node = await started(folder, { ...urls, EVENT_STORE: log, READ_STORE: "postgres", POSTGRES_URL }, token)
            byName.set(name, node)
            return node
          },
          async projecting() {
            for (;;) {
              const node = byName.get((await leaderOf(database, PROJECTOR)) ?? "")
              if (node) return node
              await pause(10)
            }
          },
        }
        try {
          return await work(nodes, filled)
        } finally {
          for (const node of byName.values()) await node.kill()
          await database.close()
        }
      }),
    ),
  )
}

interface Urls {
  readonly POSTGRES_URL: string
  readonly KURRENTDB_URL?: string
}

function withStores<T>(log: LogStore, work: (urls: Urls) => Promise<T>): Promise<T> {
  return withPostgres((POSTGRES_URL) =>
    log === "postgres" ? work({ POSTGRES_URL }) : withProtocolServer((KURRENTDB_URL) => work({ POSTGRES_URL, KURRENTDB_URL })),
  )
}

/** Copies the ledger of a data folder. */
export async function moved(folder: string, urls: Urls): Promise<void> {
  const program = join(__dirname, "../../bin/seatledger.js")
  const to = urls.KURRENTDB_URL === undefined ? ["POSTGRES_URL"] : ["KURRENTDB_URL", "--to-state", "POSTGRES_URL"]
  await promisify(execFile)(process.execPath, [program, "migrate", "--from", folder, "--to", ...to], { env: { ...process.env, ...urls } })
}

async function started(folder: string, settings: Readonly<Record<string, string>>, token: string): Promise<Node> {
  const child = start("server-child.js", [folder, JSON.stringify(settings)])
  const address = await firstMessage<string>(child, "a node")
  return {
    url: `${address}/graphql`,
    token,
    async count(metric) {
      const page = await (await fetch(`${address}/metrics`)).text()
      const lines = page.split("\n").filter((line) => metric.test(line) && !line.startsWith("#"))
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0)
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once("exit", resolve))
      child.kill("SIGKILL")
      await gone
    },
  }
}
