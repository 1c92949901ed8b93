/** What cannot be rebuilt, in the files of a data folder. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { SKIP_TABLE } from "../readstore/sqlite-skips"
import type { StateFiles as StateFilesOf } from "../state"
import { type Row, STATE, type StatePart, type StatePlace, type StateTable, type Value } from "./state-tables"

const FILES: Readonly<Record<StatePart["name"], string>> = {
  vault: "vault.sqlite",
  checkpoints: "audit.sqlite",
  operations: "operations.sqlite",
  skips: "projection-skips.sqlite",
}
const PAGE = 1_000

/** The files as they are; what is not there holds nothing. */
export function openStateFiles(folder: string): StatePlace {
  return new StateFiles(folder)
}

export function filesOf(folder: string): StateFilesOf {
  const file = (name: StatePart["name"]) => join(folder, FILES[name])
  return { kind: "files", vault: file("vault"), audit: file("checkpoints"), operations: file("operations"), skips: file("skips") }
}

class StateFiles implements StatePlace {
  readonly #open = new Map<string, Database.Database>()

  constructor(private readonly folder: string) {}

  async *rows(table: StateTable): AsyncGenerator<readonly Row[]> {
    const db = this.#fileOf(table)
    if (!db || !hasTable(db, table)) return
    let page: Row[] = []
    const statement = db.prepare<[], Value[]>(`select ${table.columns.join(", ")} from ${table.name}`).raw()
    for (const row of statement.iterate()) {
      page.push(row)
      if (page.length < PAGE) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  }

  async replace(part: StatePart, rowsOf: (table: StateTable) => AsyncIterable<readonly Row[]>): Promise<void> {
    // Their file is made with the first of them.
    if (part.name === "skips") new Database(join(this.folder, FILES.skips)).exec(SKIP_TABLE).close()
    const db = this.#file(part.name)
    if (!db) throw new Error(`${join(this.folder, FILES[part.name])} is not there any more`)
    db.exec("begin immediate")
    try {
      for (const table of part.tables) {
        const { changes } = db.prepare(`delete from ${table.name}`).run()
        // Of a key that was destroyed since an earlier copy no byte may be left: the vault sees to it when it is opened.
        if (part.name === "vault" && changes > 0) db.exec("update erased set count = count + 1, wiped = 0")
        const insert = db.prepare(
          `insert into ${table.name} (${table.columns.join(", ")}) values (${table.columns.map(() => "?").join(", ")})`,
        )
        for await (const page of rowsOf(table)) for (const row of page) insert.run(...row)
      }
      db.exec("commit")
    } catch (error) {
      if (db.inTransaction) db.exec("rollback")
      throw error
    }
  }

  async close(): Promise<void> {
    for (const db of this.#open.values()) db.close()
    this.#open.clear()
  }

  #fileOf(table: StateTable): Database.Database | undefined {
    const part = STATE.find(({ tables }) => tables.includes(table))
    return part && this.#file(part.name)
  }

  #file(name: StatePart["name"]): Database.Database | undefined {
    const file = join(this.folder, FILES[name])
    const known = this.#open.get(file)
    if (known || !existsSync(file)) return known
    const db = new Database(file, { fileMustExist: true, timeout: 10_000 })
    db.pragma("synchronous = FULL")
    // What was made on opening and is replaced must not lie in a free page, and neither must anything else of a vault.
    db.pragma("secure_delete = ON")
    this.#open.set(file, db)
    return db
  }
}

function hasTable(db: Database.Database, { name }: StateTable): boolean {
  return db.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined
}
