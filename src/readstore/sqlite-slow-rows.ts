/** The worker thread behind `ReadStore.slowRows`: one read-only connection, one query after the other. */
import { parentPort, workerData } from "node:worker_threads"
import type { SqlValue } from "./read-store"
import { openReading, StatementCache } from "./sqlite-reading"

export interface SlowQuery {
  readonly id: number
  readonly sql: string
  readonly params: readonly SqlValue[]
}
export type SlowAnswer = { readonly id: number } & ({ readonly rows: unknown[] } | { readonly error: string })

const { file } = workerData as { readonly file: string }
const statements = new StatementCache(openReading(file))

parentPort?.on("message", ({ id, sql, params }: SlowQuery) => {
  let answer: SlowAnswer
  try {
    answer = { id, rows: statements.rows(sql, params) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(answer)
})
