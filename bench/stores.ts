/** Servers to measure against, each in a process of its own: the tests' own PostgreSQL and KurrentDB protocol server. */
import { fork } from "node:child_process"
import { join } from "node:path"
import { firstMessage } from "./child"

const TESTS = join(__dirname, "../../test")

/** A PostgreSQL on an empty database, durable as it comes from the package; the folder goes with it. */
export function withPostgres<T>(work: (url: string) => Promise<T>): Promise<T> {
  return withServerOf("support/serve-postgres.ts", work)
}

/** Not the real server: one log in memory, behind the protocol of KurrentDB. What it shows is what our side costs. */
export function withProtocolServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  return withServerOf("kurrentdb-server/serve.ts", work)
}

async function withServerOf<T>(file: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = fork(join(TESTS, file), [], {
    execArgv: ["-r", join(TESTS, "support/typescript.js")],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  try {
    return await work(await firstMessage<string>(server, file))
  } finally {
    const gone = new Promise((resolve) => server.once("exit", resolve))
    if (server.connected) server.disconnect()
    if (server.exitCode === null) await gone
  }
}
