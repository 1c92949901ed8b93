/** The read models in SQLite, read side. Short queries run on this thread, long ones on a worker thread. */
import type { Worker } from "node:worker_threads"
import Database from "better-sqlite3"
import { readModelSchema } from "./projections"
import { Unavailable } from "./read-models"
import type { ReadStore, SqlValue } from "./read-store"
import { activeGeneration, pointedTo } from "./sqlite-generations"
import { createTables, SqliteReadModels, signatureOf } from "./sqlite-read-models"
import { openReading, StatementCache } from "./sqlite-reading"
import type { SlowAnswer, SlowQuery } from "./sqlite-slow-rows"
import { startThread } from "./threads"

export const IN_MEMORY = ":memory:"

/**
 * Opens the read models of a data folder, making empty ones where there are none of this version. `":memory:"` is for
 * tests: everything then happens on this thread, and `readModels()` gives a projector the same connection.
 */
export function openSqliteReadStore(folder: string): SqliteReadStore {
  if (folder !== IN_MEMORY) {
    activeGeneration(folder)
    return new SqliteReadStore(folder, openGeneration(folder))
  }
  const db = new Database(IN_MEMORY)
  createTables(db, readModelSchema("sqlite"), "all")
  return new SqliteReadStore(folder, { file: IN_MEMORY, db })
}

/** The same for whoever only reads, and makes nothing. @throws Unavailable when there are none of this version now */
export function openSqliteReader(folder: string): SqliteReadStore {
  return new SqliteReadStore(folder, openGeneration(folder))
}

interface Generation {
  readonly file: string
  readonly db: Database.Database
}

/** @throws Unavailable when there is none of this version now */
function openGeneration(folder: string): Generation {
  for (;;) {
    const file = pointedTo(folder)
    if (file === undefined) throw new Unavailable(`there are no read models in ${folder} at this moment`)
    try {
      const db = openFile(file)
      if (pointedTo(folder) === file) return { file, db }
      db.close() // It was left while it was being opened, and perhaps removed in part.
    } catch (error) {
      if (pointedTo(folder) === file) throw error
    }
  }
}

function openFile(file: string): Database.Database {
  const db = openReading(file)
  try {
    // The first read: whoever removes the file from here on takes nothing away from this connection.
    if (signatureOf(db) === readModelSchema("sqlite").signature) return db
    throw new Unavailable(`another version of the program has made ${file}`)
  } catch (error) {
    db.close()
    throw error
  }
}

export class SqliteReadStore implements ReadStore {
  readonly dialect = "sqlite"
  readonly #folder: string
  #file: string
  #db: Database.Database
  #statements: StatementCache
  #slow: SlowRows | undefined

  constructor(folder: string, { file, db }: Generation) {
    this.#folder = folder
    this.#file = file
    this.#db = db
    this.#statements = new StatementCache(db)
  }

  /** The file that is read. */
  get generation(): string {
    return this.#file
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

  /**
   * Turns to the generation that the pointer names now, after a rebuild. Running queries end on the old one.
   * @throws Unavailable when there is none of this version now; the old one is read on
   */
  async reopen(): Promise<void> {
    if (this.#folder === IN_MEMORY) return
    if (pointedTo(this.#folder) === this.#file) return
    const [db, slow] = [this.#db, this.#slow]
    const turned = openGeneration(this.#folder)
    this.#file = turned.file
    this.#db = turned.db
    this.#statements = new StatementCache(turned.db)
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
