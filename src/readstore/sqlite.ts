/** The read models in SQLite, read side. Short queries run on this thread, long ones on a worker thread. */
import type { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import { readModelSchema } from "./projections"
import type { ReadStore, SqlValue } from "./read-store"
import { activeGeneration } from "./sqlite-generations"
import { createTables, SqliteReadModels } from "./sqlite-read-models"
import { openReading, StatementCache } from "./sqlite-reading"
import type { SlowAnswer, SlowQuery } from "./sqlite-slow-rows"
import { startThread } from "./threads"

export const IN_MEMORY = ":memory:"

/**
 * Opens the read models of a data folder, making empty ones where there are none of this version. `":memory:"` is for
 * tests: everything then happens on this thread, and `readModels()` gives a projector the same connection.
 */
export function openSqliteReadStore(folder: string): SqliteReadStore {
  return new SqliteReadStore(folder)
}

export class SqliteReadStore implements ReadStore {
  readonly dialect = "sqlite"
  readonly #folder: string
  #file: string
  #db: Database.Database
  #statements: StatementCache
  #slow: SlowRows | undefined

  constructor(folder: string) {
    this.#folder = folder
    if (folder === IN_MEMORY) {
      this.#file = IN_MEMORY
      this.#db = new Database(IN_MEMORY)
      createTables(this.#db, readModelSchema("sqlite"), "all")
    } else {
      this.#file = activeGeneration(folder)
      this.#db = openReading(this.#file)
    }
    this.#statements = new StatementCache(this.#db)
  }

  /** The write side on the same connection; only in memory. */
  readModels(): SqliteReadModels {
    if (this.#folder !== IN_MEMORY) throw new Error("only read models in memory are written through the connection that reads them")
    return new SqliteReadModels(this.#db)
  }

  async rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#statements.rows<Row>(sql, params)
  }

  async slowRows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    if (this.#folder === IN_MEMORY) return this.#statements.rows<Row>(sql, params)
    this.#slow ??= new SlowRows(this.#file)
    return (await this.#slow.rows(sql, params)) as Row[] // As in StatementCache.
  }

  /** Turns to the generation that the pointer names now, after a rebuild. Running queries end on the old one. */
  async reopen(): Promise<void> {
    if (this.#folder === IN_MEMORY) return
    const file = activeGeneration(this.#folder)
    if (file === this.#file) return
    const [db, slow] = [this.#db, this.#slow]
    this.#file = file
    this.#db = openReading(file)
    this.#statements = new StatementCache(this.#db)
    this.#slow = undefined
    db.close()
    await slow?.close()
  }

  async close(): Promise<void> {
    await this.#slow?.close()
    this.#db.close()
  }
}

interface Pending {
  readonly resolve: (rows: unknown[]) => void
  readonly reject: (error: Error) => void
}

/** One worker thread, started with the first slow query and again after a fault. */
class SlowRows {
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #lastId = 0

  constructor(readonly file: string) {}

  rows(sql: string, params: readonly SqlValue[]): Promise<unknown[]> {
    this.#worker ??= this.#listenTo(startThread(require.resolve("./sqlite-slow-rows"), { file: this.file }))
    const query: SlowQuery = { id: ++this.#lastId, sql, params }
    return new Promise((resolve, reject) => {
      this.#pending.set(query.id, { resolve, reject })
      if (this.#pending.size === 1) this.#worker?.ref()
      this.#worker?.postMessage(query)
    })
  }

  async close(): Promise<void> {
    while (this.#pending.size > 0) await new Promise((resolve) => this.#worker?.once("message", resolve).once("exit", resolve))
    await this.#worker?.terminate()
  }

  #listenTo(worker: Worker): Worker {
    worker.on("message", (answer: SlowAnswer) => {
      const pending = this.#pending.get(answer.id)
      this.#pending.delete(answer.id)
      // An idle worker must not keep a process alive that has nothing else to do.
      if (this.#pending.size === 0) worker.unref()
      if ("rows" in answer) pending?.resolve(answer.rows)
      else pending?.reject(new Error(`a query of the read models failed: ${answer.error}`))
    })
    worker.on("error", (cause) => this.#failAll(worker, new Error("the thread for long queries failed", { cause })))
    worker.on("exit", () => this.#failAll(worker, new Error("the thread for long queries ended")))
    worker.unref()
    return worker
  }

  #failAll(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }
}
