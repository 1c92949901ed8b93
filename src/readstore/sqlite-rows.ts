/** Reads whole tables of the read models in the order of their keys, as of one moment: for comparing them. */
import Database from "better-sqlite3"
import type { Position } from "../eventstore/event-store"
import type { ComparedRows, ComparedTable } from "./compare-rows"

interface Column {
  readonly name: string
  /** Place in the primary key, from 1; 0: not in it. */
  readonly pk: number
}

/** Tables that say how far the others are, not what is in them. */
const OF_THE_PROJECTOR = new Set(["projection_checkpoint", "generation"])

const PAGE_ROWS = 2_000

export class SqliteRows implements ComparedRows {
  readonly #db: Database.Database

  private constructor(db: Database.Database) {
    this.#db = db
  }

  /** Everything is read as it is now, until closed. */
  static open(file: string): SqliteRows {
    const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    db.pragma("temp_store = MEMORY")
    const rows = new SqliteRows(db)
    for (const { name } of rows.#schema().filter(isSearchIndex)) {
      // The words of a search index by themselves, because it keeps no rows.
      db.exec(`create virtual table temp."${name}_instances" using fts5vocab(main, "${name}", instance)`)
    }
    db.exec("begin")
    db.prepare("select count(*) from projection_checkpoint").get() // The snapshot begins with the first read.
    return rows
  }

  position(group: string): Position {
    return this.#db.prepare<[string], Position>("select position from projection_checkpoint where name = ?").pluck().get(group) ?? 0
  }

  async tables(): Promise<readonly ComparedTable[]> {
    const schema = this.#schema()
    const indexes = schema.filter(isSearchIndex).map(({ name }) => name)
    const plain = schema.filter(
      ({ name, sql }) =>
        !isSearchIndex({ sql }) &&
        !OF_THE_PROJECTOR.has(name) &&
        !indexes.some((index) => name.startsWith(`${index}_`) && isShadow(name, index)),
    )
    return [...plain.map(({ name }) => this.#tableOf(name)), ...indexes.map((name) => ({ name, columns: ["term", "doc"], keyLength: 2 }))]
  }

  async *sorted({ name, columns, keyLength }: ComparedTable): AsyncGenerator<readonly (readonly unknown[])[]> {
    const isIndex = columns[0] === "term"
    const key = columns.slice(0, keyLength).map((column) => `"${column}"`)
    // The vocabulary of a search index comes sorted by itself, and sorting it again would hold all of it.
    const sql = isIndex
      ? `select term, doc from temp."${name}_instances"`
      : `select ${columns.map((column) => `"${column}"`).join(", ")} from "${name}" order by ${key.join(", ")}`
    let page: (readonly unknown[])[] = []
    for (const row of this.#db.prepare<[], readonly unknown[]>(sql).raw().iterate()) {
      page.push(row)
      if (page.length < PAGE_ROWS) continue
      yield page
      page = []
    }
    if (page.length > 0) yield page
  }

  close(): void {
    this.#db.close()
  }

  #tableOf(name: string): ComparedTable {
    const columns = this.#db.pragma(`table_info("${name}")`) as Column[] // the shape that SQLite documents
    const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
    const others = columns.filter(({ pk }) => pk === 0)
    // A table without a key is one of keys only: all its columns together.
    const keyLength = key.length > 0 ? key.length : columns.length
    return { name, columns: [...key, ...others].map((column) => column.name), keyLength }
  }

  #schema(): readonly { readonly name: string; readonly sql: string }[] {
    return this.#db
      .prepare<[], { name: string; sql: string }>(
        "select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite!_%' escape '!' order by name",
      )
      .all()
  }
}

function isSearchIndex({ sql }: { readonly sql: string }): boolean {
  return /^create virtual table/i.test(sql)
}

/** The tables in which FTS5 keeps an index. */
function isShadow(name: string, index: string): boolean {
  return ["data", "idx", "content", "docsize", "config"].includes(name.slice(index.length + 1))
}
