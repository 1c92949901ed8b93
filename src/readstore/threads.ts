/** How worker threads are started: from JavaScript as it is, from the TypeScript sources (under jest) with the tests' loader. */
import { join } from "node:path"
import { Worker } from "node:worker_threads"

const TYPESCRIPT_LOADER = join(__dirname, "../../test/support/typescript.js")

/** `entry`: the resolved path of the module that the thread runs. */
export function startThread(entry: string, workerData: unknown): Worker {
  return new Worker(entry, { workerData, ...(entry.endsWith(".ts") ? { execArgv: ["--require", TYPESCRIPT_LOADER] } : {}) })
}
