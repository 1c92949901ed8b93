/** A read-only connection to the read models, and its prepared statements. */
import Database from "better-sqlite3"
import type { SqlValue } from "./read-store"

export function openReading(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  db.pragma("cache_size = -32768")
  db.pragma("mmap_size = 268435456")
  db.pragma("temp_store = MEMORY")
  return db
}

/**
 * A list of lists is one statement with a part per parent, hundreds of kilobytes when compiled, and seldom the same
 * again: kept, a few hundred of those would fill the memory.
 */
const LONGEST_KEPT = 20_000

/** Our queries are few and fixed texts; lists of ids make some of them vary in length. */
const MOST_STATEMENTS = 500

export class StatementCache {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement<SqlValue[]>>()

  constructor(db: Database.Database) {
    this.#db = db
  }

  rows<Row>(sql: string, params: readonly SqlValue[]): Row[] {
    if (sql.length > LONGEST_KEPT) return this.#db.prepare<SqlValue[]>(sql).all(...params) as Row[]
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare<SqlValue[]>(sql)
      if (this.#statements.size >= MOST_STATEMENTS) this.#forgetOldest()
      this.#statements.set(sql, statement)
    }
    return statement.all(...params) as Row[] // The caller's SQL names the columns of Row.
  }

  #forgetOldest(): void {
    for (const sql of this.#statements.keys()) {
      this.#statements.delete(sql)
      return
    }
  }
}
