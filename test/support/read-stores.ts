/**
 * Read models for tests, in SQLite or PostgreSQL. A test file runs on SQLite; a second file that calls `onPostgres` and then
 * requires the first runs the same tests on PostgreSQL, with one server for all of them.
 */
import { openPostgresReadStore } from "../../src/readstore/postgres-read-store"
import type { ReadModels } from "../../src/readstore/read-models"
import type { ReadStore } from "../../src/readstore/read-store"
import { IN_MEMORY, openSqliteReadStore } from "../../src/readstore/sqlite"
import { startPostgres, type TestPostgres } from "./postgres"

export interface TestReadStore extends ReadStore {
  /** The write side of the same tables. */
  readModels(): ReadModels
}

let server: TestPostgres | undefined
let isOnPostgres = false
const opened: TestReadStore[] = []

export function onPostgres(): void {
  isOnPostgres = true
  beforeAll(async () => {
    server = await startPostgres(["fsync=off", "full_page_writes=off", "max_connections=500"])
  })
  // In one hook, because the last registered runs first.
  afterAll(async () => {
    for (const store of opened) await store.close()
    await server?.stop()
  })
}

/** Of random histories and the like fewer, where each costs more: how they are projected is tried out on SQLite. */
export function fewer<T>(all: readonly T[]): readonly T[] {
  return isOnPostgres ? all.slice(0, 2) : all
}

/** Empty, of its own, and closed by whoever opened it, or with the test file. */
export async function openTestReadStore(): Promise<TestReadStore> {
  if (!isOnPostgres) return openSqliteReadStore(IN_MEMORY)
  if (!server) throw new Error("the server starts before all tests")
  const store = await openPostgresReadStore({ kind: "postgres", url: server.url, schema: `test_${opened.length + 1}` })
  const readModels = await store.generations.readModels(store.generation)
  let closing: Promise<void> | undefined
  const close = async () => {
    await readModels.close()
    await store.close()
  }
  const own: TestReadStore = {
    dialect: store.dialect,
    rows: (sql, params) => store.rows(sql, params),
    slowRows: (sql, params) => store.slowRows(sql, params),
    readModels: () => readModels,
    close: () => {
      closing ??= close()
      return closing
    },
  }
  opened.push(own)
  return own
}
