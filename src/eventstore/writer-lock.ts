/**
 * One writer for a data folder. The lock is the operating system's, held through a small SQLite file, so it ends with
 * the process however that ends: there is no stale lock after `kill -9`, and nobody ever has to delete a file.
 * Readers do not need it. Local disks only: network file systems keep such locks unreliably.
 */
import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import Database from "better-sqlite3"
import { isSqliteError } from "./sqlite-error"

export interface WriterLock {
  release(): void
}

/** Somebody else writes to this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = "DataFolderInUse"
  constructor(
    readonly folder: string,
    /** Undefined when it could not be read. */
    readonly pid: number | undefined,
  ) {
    const holder = pid === process.pid ? "this process itself" : pid === undefined ? "another process" : `process ${pid}`
    super(
      `the data folder ${folder} is in use: ${holder} writes to it, and only one may. ` +
        "Stop that process, or name another folder with SEATLEDGER_DATA or --data.",
    )
  }
}

/** Nothing else refers to a lock that its owner only keeps; collected as garbage, it would be open again. */
const held = new Set<Database.Database>()

/** Takes the lock, at once or not at all. @throws DataFolderInUse */
export function takeWriterLock(dataFolder: string): WriterLock {
  const folder = resolve(dataFolder)
  mkdirSync(folder, { recursive: true })
  const db = new Database(join(folder, "writer.lock"), { timeout: 0 })
  try {
    // The lock is a write transaction that stays open. It keeps out writers and lets readers read who holds it, which
    // has to be committed before. (Another may slip in between; then that one has the lock, and we are refused.)
    db.exec("begin immediate")
    // From here on only somebody who reads the holder, for a moment, can be in the way.
    db.pragma("busy_timeout = 1000")
    db.exec("create table if not exists holder (pid integer); delete from holder")
    db.prepare("insert into holder values (?)").run(process.pid)
    db.exec("commit; begin immediate")
  } catch (error) {
    const inUse = isSqliteError(error, "SQLITE_BUSY") ? new DataFolderInUse(folder, holderOf(db)) : undefined
    db.close()
    throw inUse ?? new Error(`cannot lock the data folder ${folder}`, { cause: error })
  }
  held.add(db)
  return {
    release() {
      held.delete(db)
      db.close()
    },
  }
}

function holderOf(db: Database.Database): number | undefined {
  try {
    if (db.inTransaction) db.exec("rollback")
    db.pragma("busy_timeout = 1000")
    return db.prepare<[], number>("select pid from holder").pluck().get()
  } catch {
    return undefined // Just being written.
  }
}
