/** Reads whole tables of a generation in PostgreSQL in the order of their keys, as of one moment: for comparing them. */
import type { Client } from "pg"
import type { Position } from "../eventstore/event-store"
import type { Database } from "../postgres/database"
import { faultOf } from "../postgres/faults"
import type { ComparedRows, ComparedTable } from "./compare-rows"

const PAGE_ROWS = 2_000
/** Tables that say how far the others are, not what is in them. */
const OF_THE_PROJECTOR = ["projection_checkpoint", "generation"]

export class PostgresRows implements ComparedRows {
  readonly #database: Database
  readonly #client: Client
  readonly #positions: ReadonlyMap<string, Position>

  private constructor(database: Database, client: Client, positions: ReadonlyMap<string, Position>) {
    this.#database = database
    this.#client = client
    this.#positions = positions
  }

  /** Everything is read as it is now, until closed; the database closes with it. */
  static async open(database: Database): Promise<PostgresRows> {
    const client = database.connection()
    client.on("error", () => {}) // the statement that is under way fails with it
    try {
      await client.connect()
      await client.query("begin isolation level repeatable read, read only")
      // The other side is built meanwhile.
      await client.query("set local idle_in_transaction_session_timeout = 0")
      // The snapshot begins with the first read.
      const { rows } = await client.query<{ name: string; position: Position }>("select name, position from projection_checkpoint")
      return new PostgresRows(database, client, new Map(rows.map(({ name, position }) => [name, position])))
    } catch (error) {
      await client.end().catch(() => {})
      throw faultOf(error, database.url)
    }
  }

  position(group: string): Position {
    return this.#positions.get(group) ?? 0
  }

  async tables(): Promise<readonly ComparedTable[]> {
    // Where the primary key has a column, from 1.
    const { rows } = await this.#client.query<{ table: string; column: string; place: number | null }>(
      `select c.relname as "table", a.attname as "column", array_position(i.indkey::int2[], a.attnum) as place
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         left join pg_index i on i.indrelid = c.oid and i.indisprimary
       where c.relnamespace = to_regnamespace($1) and c.relkind = 'r' and c.relname <> all($2)
       order by c.relname, place nulls last, a.attnum`,
      [this.#database.schema, OF_THE_PROJECTOR],
    )
    const tables = new Map<string, { columns: string[]; keyLength: number }>()
    for (const { table, column, place } of rows) {
      const known = tables.get(table) ?? { columns: [], keyLength: 0 }
      known.columns.push(column)
      if (place !== null) known.keyLength += 1
      tables.set(table, known)
    }
    return [...tables].map(([name, { columns, keyLength }]) => ({ name, columns, keyLength }))
  }

  async *sorted({ name, columns, keyLength }: ComparedTable): AsyncGenerator<readonly (readonly unknown[])[]> {
    const cursor = `rows_of_${name}`
    const key = columns.slice(0, keyLength).join(", ")
    await this.#client.query(`declare ${cursor} no scroll cursor for select ${columns.join(", ")} from ${name} order by ${key}`)
    for (let size = PAGE_ROWS; size === PAGE_ROWS; ) {
      const { rows } = await this.#client.query<unknown[]>({ text: `fetch ${PAGE_ROWS} from ${cursor}`, rowMode: "array" })
      size = rows.length
      if (size > 0) yield rows
    }
    await this.#client.query(`close ${cursor}`)
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => {}) // It may be broken already.
    await this.#database.close()
  }
}
