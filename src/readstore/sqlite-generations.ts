/**
 * The files of the read models. Each generation is a file of its own, `read-models.<n>.sqlite`; a small pointer file
 * names the one in use and is replaced by an atomic rename. So a rebuild happens beside the tables that are being read.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { isSqliteError } from "../eventstore/sqlite-error"
import { type ReadModelSchema, readModelSchema } from "./projections"
import { createTables, SqliteReadModels, signatureOf } from "./sqlite-read-models"

const POINTER = "read-models.current"
/** Twice the usual: a rebuild is a tenth faster, and a small commit still writes little. */
const PAGE_BYTES = 8_192
const GENERATION = /^read-models\.(\d+)\.sqlite$/
/** Made by `verify.ts`. */
const COMPARISON = /^verify\.(\d+)\.\d+\.sqlite$/

/** The file of the generation in use, made empty when there is none or when other versions of the projections filled it. */
export function activeGeneration(folder: string, schema: ReadModelSchema = readModelSchema("sqlite")): string {
  const file = inUse(folder, schema)
  if (file !== undefined) return file
  mkdirSync(folder, { recursive: true })
  const next = nextGeneration(folder)
  const db = new Database(next)
  try {
    db.pragma(`page_size = ${PAGE_BYTES}`)
    db.pragma("journal_mode = WAL")
    createTables(db, schema, "all")
  } finally {
    db.close()
  }
  activate(folder, next)
  return next
}

/** The file that the pointer names; undefined when there is none. For those who only read. */
export function pointedTo(folder: string): string | undefined {
  const pointer = join(folder, POINTER)
  for (let missing: string | undefined; ; ) {
    if (!existsSync(pointer)) return undefined
    const name = readFileSync(pointer, "utf8").trim()
    const file = join(folder, name)
    if (!GENERATION.test(name)) return undefined
    if (existsSync(file)) return file
    // Another was activated and this one removed while we looked. Named twice, it is lost.
    if (name === missing) return undefined
    missing = name
  }
}

/** A name that no generation had as long as its file is there. */
export function nextGeneration(folder: string): string {
  const numbers = generations(folder).map((name) => Number(GENERATION.exec(name)?.[1]))
  return join(folder, `read-models.${Math.max(0, ...numbers) + 1}.sqlite`)
}

/** Switches over to this generation, durably, and removes the others. Who still has one open goes on reading it. */
export function activate(folder: string, file: string): void {
  // The rows were written without waiting for the disk: they must be there before the pointer says so.
  sync(file)
  const pointer = join(folder, POINTER)
  writeFileSync(`${pointer}.next`, `${file.slice(folder.length).replace(/^[\\/]+/, "")}\n`)
  sync(`${pointer}.next`)
  renameSync(`${pointer}.next`, pointer)
  sync(folder)
  for (const name of generations(folder)) if (join(folder, name) !== file) removeGeneration(join(folder, name))
  for (const name of abandonedComparisons(folder)) removeGeneration(join(folder, name))
}

/**
 * Copies the generation in use into a new file and switches over to it, because somebody was erased. Overwriting what is
 * deleted (`secure_delete`) would not do: where pages were split before, SQLite leaves a copy of about one row in 3,000 in
 * the gaps between those that stayed, and a search index keeps the words of removed names until its parts are merged.
 */
export function leaveErasedBehind(folder: string, file: string): void {
  const next = nextGeneration(folder)
  const db = new Database(file, { fileMustExist: true, timeout: 5_000 })
  try {
    for (const index of searchIndexes(db)) db.prepare(`insert into "${index}"("${index}") values ('optimize')`).run()
    db.prepare("vacuum into ?").run(next)
  } catch (error) {
    removeGeneration(next)
    throw error
  } finally {
    db.close()
  }
  const copy = new Database(next, { fileMustExist: true })
  try {
    copy.pragma("journal_mode = WAL")
    copy.exec("update generation set erased = 0")
  } finally {
    copy.close()
  }
  activate(folder, next)
}

function searchIndexes(db: Database.Database): string[] {
  const sql = "select name from sqlite_schema where type = 'table' and sql like 'create virtual table%using fts5%'"
  return db.prepare<[], string>(sql).pluck().all()
}

export function removeGeneration(file: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(file + suffix, { force: true })
}

/** The write side of the generation in use. */
export function openReadModels(file: string): SqliteReadModels {
  const db = new Database(file, { fileMustExist: true, timeout: 5_000 })
  db.pragma("journal_mode = WAL")
  // A commit that a power cut takes away is projected again; the file itself stays whole.
  db.pragma("synchronous = NORMAL")
  // Names that changed are written over, as far as that goes (`leaveErasedBehind`).
  db.pragma("secure_delete = ON")
  db.pragma("cache_size = -65536")
  db.pragma("wal_autocheckpoint = 4000")
  db.pragma("journal_size_limit = 67108864")
  db.pragma("temp_store = MEMORY")
  return new SqliteReadModels(db)
}

/** The write side of a generation that is being built and that nobody reads. */
export interface Building {
  readonly readModels: SqliteReadModels
  /** Makes the remaining indexes and closes the file. */
  finish(): Promise<void>
  /** Closes and removes the file. */
  abandon(): Promise<void>
}

/**
 * Without a journal and without waiting for the disk: after a crash the file is thrown away. Indexes that only queries
 * need come last, sorted at once, which costs a third of keeping them up row by row.
 */
export function startBuilding(file: string, schema: ReadModelSchema = readModelSchema("sqlite")): Building {
  removeGeneration(file)
  const db = new Database(file)
  db.pragma(`page_size = ${PAGE_BYTES}`)
  db.pragma("journal_mode = OFF")
  db.pragma("synchronous = OFF")
  db.pragma("locking_mode = EXCLUSIVE")
  db.pragma("cache_size = -262144")
  db.pragma("temp_store = MEMORY")
  db.pragma("threads = 4")
  createTables(db, schema, "for writing")
  return {
    readModels: new SqliteReadModels(db),
    async finish() {
      for (const statement of schema.otherIndexes) db.exec(statement)
      db.pragma("locking_mode = NORMAL")
      db.pragma("journal_mode = WAL")
      db.close()
    },
    async abandon() {
      db.close()
      removeGeneration(file)
    },
  }
}

/** Of a `verify` that was killed. */
function abandonedComparisons(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const pid = COMPARISON.exec(name)?.[1]
    return pid !== undefined && !isAlive(Number(pid))
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" // somebody else's
  }
}

function generations(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => GENERATION.test(name)) : []
}

/** Undefined when there is none that these projections filled. @throws when that cannot be told now */
function inUse(folder: string, { signature }: ReadModelSchema): string | undefined {
  for (;;) {
    const file = pointedTo(folder)
    try {
      return file !== undefined && hasSignature(file, signature) ? file : undefined
    } catch (error) {
      if (pointedTo(folder) === file) throw error // otherwise it was replaced while we looked
    }
  }
}

function hasSignature(file: string, signature: string): boolean {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return signatureOf(db) === signature
  } catch (error) {
    // Damaged: it can be built again. A good one is not thrown away because it cannot be read at this moment.
    if (isSqliteError(error, "SQLITE_CORRUPT") || isSqliteError(error, "SQLITE_NOTADB")) return false
    throw error
  } finally {
    db.close()
  }
}

function sync(path: string): void {
  const handle = openSync(path, "r")
  try {
    fsyncSync(handle)
  } catch (error) {
    // Windows syncs no folders.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") throw error
  } finally {
    closeSync(handle)
  }
}
