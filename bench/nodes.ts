/** Several nodes of Seatledger on one PostgreSQL, each in a process of its own, as behind a proxy. */
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { signDevelopmentToken } from "../src/auth/development-key"
import { firstMessage, start } from "./child"
import type { Target } from "./load"
import type { WrittenOrganization } from "./log-writer"
import { filledFolder } from "./server"
import { withPostgres } from "./stores"
import { inTemporaryFolder } from "./temporary-folder"

export interface Node extends Target {
  /** What a counter of its /metrics stands at: the sum over the labels that the text matches. */
  count(metric: RegExp): Promise<number>
  /** SIGKILL: it has no time to say good-bye. */
  kill(): Promise<void>
}

export interface Nodes {
  start(): Promise<Node>
}

/** Fills a PostgreSQL by moving a folder there, lets work start nodes on it, and takes everything away again. */
export function withNodes<Filled, T>(
  fill: (written: WrittenOrganization) => Promise<Filled>,
  work: (nodes: Nodes, filled: Filled) => Promise<T>,
): Promise<T> {
  return withPostgres((url) =>
    inTemporaryFolder((folder) =>
      inTemporaryFolder(async (filling) => {
        const [filled, organizationId] = await filledFolder(filling, fill)
        await moved(filling, url)
        const token = await signDevelopmentToken(folder, { subject: "bench-admin", organizationId, roles: ["GLOBAL_ADMIN"] })
        const kills: (() => Promise<void>)[] = []
        const startOne = async () => {
          const node = await started(folder, url, token)
          kills.push(() => node.kill())
          return node
        }
        try {
          return await work({ start: startOne }, filled)
        } finally {
          for (const kill of kills) await kill()
        }
      }),
    ),
  )
}

async function moved(folder: string, url: string): Promise<void> {
  const program = join(__dirname, "../../bin/seatledger.js")
  await promisify(execFile)(process.execPath, [program, "migrate", "--from", folder, "--to", "POSTGRES_URL"], {
    env: { ...process.env, POSTGRES_URL: url },
  })
}

async function started(folder: string, url: string, token: string): Promise<Node> {
  const settings = { EVENT_STORE: "postgres", READ_STORE: "postgres", POSTGRES_URL: url }
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
