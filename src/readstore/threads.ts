/** How worker threads are started: from JavaScript as it is, from the TypeScript sources (under jest) with the tests' loader. */
import { join } from "node:path"
import { Worker } from "node:worker_threads"

const TYPESCRIPT_LOADER = join(__dirname, "../../test/support/typescript.js")

/**
 * Projecting makes many short-lived objects that live as long as their batch. With room for them in the young
 * generation they are not copied about: measured, a rebuild takes a sixth less time.
 */
const YOUNG_GENERATION_MB = 192

/** `entry`: the resolved path of the module that the thread runs. */
export function startThread(entry: string, workerData: unknown, youngGenerationMb = YOUNG_GENERATION_MB): Worker {
  return new Worker(entry, {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    ...(entry.endsWith(".ts") ? { execArgv: ["--require", TYPESCRIPT_LOADER] } : {}),
  })
}
