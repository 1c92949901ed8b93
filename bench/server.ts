/** A Seatledger server in a process of its own, on a data folder that was filled for it. */
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { signDevelopmentToken } from "../src/auth/development-key"
import type { Viewer } from "../src/auth/viewer"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { openVault } from "../src/vault/sqlite"
import { firstMessage, start } from "./child"
import type { Target } from "./load"
import { WrittenOrganization } from "./log-writer"
import { inTemporaryFolder } from "./temporary-folder"

/**
 * Fills a new data folder, starts the server on it, works with it and takes everything away again.
 * @param viewer who asks; otherwise an admin of the organization
 * @param fill writes what there is from the start; what it answers is handed on to the work
 * @param prepare what else is done with the folder before the server starts
 */
export async function withServer<Filled, T>(
  fill: (written: WrittenOrganization) => Promise<Filled>,
  work: (server: Target, filled: Filled, folder: string) => Promise<T>,
  viewer?: Viewer,
  prepare?: (folder: string) => Promise<void>,
): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const [filled, organizationId] = await filledFolder(folder, fill)
    const token = await signDevelopmentToken(folder, viewer ?? { subject: "bench-admin", organizationId, roles: ["GLOBAL_ADMIN"] })
    await prepare?.(folder)
    const server = start("server-child.js", [folder])
    try {
      const url = await firstMessage<string>(server, "the server")
      await untilIdle(url)
      return await work({ url: `${url}/graphql`, token }, filled, folder)
    } finally {
      await stopped(server)
    }
  })
}

export async function filledFolder<Filled>(
  folder: string,
  fill: (written: WrittenOrganization) => Promise<Filled>,
): Promise<[Filled, string]> {
  const store = openSqliteEventStore(join(folder, "events.sqlite"))
  const vault = openVault(join(folder, "vault.sqlite"))
  const written = new WrittenOrganization(store, vault)
  const filled = await fill(written)
  await written.flush()
  await store.close()
  vault.close()
  return [filled, written.organization.id]
}

const IDLE_SHARE = 0.1
const IDLE_FOR_MS = 1_000

/** A server that never saw this log goes through it once, for its snapshot and its webhooks, and answers more slowly meanwhile. */
async function untilIdle(url: string): Promise<void> {
  for (let [before, used] = [await processorTime(url), Number.POSITIVE_INFINITY]; used > (IDLE_SHARE * IDLE_FOR_MS) / 1_000; ) {
    await pause(IDLE_FOR_MS)
    const now = await processorTime(url)
    used = now - before
    before = now
  }
}

/** What its process has used of the processor so far, in seconds. */
async function processorTime(url: string): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text()
  const seconds = /^process_cpu_seconds_total (\S+)$/m.exec(page)?.[1]
  if (seconds === undefined) throw new Error("the server's metrics do not say how much of the processor it has used")
  return Number(seconds)
}

/** Another server beside it: the same JSON for every request, from memory, by plain Fastify. */
export async function withPlainServer<T>(json: string, work: (server: Target) => Promise<T>): Promise<T> {
  const server = start("plain-child.js", [json])
  try {
    return await work({ url: `${await firstMessage<string>(server, "the plain server")}/` })
  } finally {
    await stopped(server)
  }
}

async function stopped(server: ReturnType<typeof start>): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((resolve) => server.once("exit", resolve))
  server.kill()
  await gone
}
