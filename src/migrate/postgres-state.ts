/** What cannot be rebuilt, in PostgreSQL: the vault in a schema of its own, all else beside the log. */
import { type Database, openDatabase, type Param, type Queries } from "../postgres/database"
import { vaultSchema } from "../vault/postgres-vault"
import { type Row, STATE, type StatePart, type StatePlace, type StateTable, type Value } from "./state-tables"

/** Rows; a statement takes 65,535 parameters, and the widest table has 17 columns. */
const PAGE = 1_000
/** Large tables take a while to come over. */
const REPLACED_WITHIN_MS = 3_600_000

/** Looks only: what has no tables yet holds nothing. */
export async function openPostgresState(url: string, schema = "seatledger"): Promise<StatePlace> {
  const purpose = "PostgreSQL"
  const [vault, rest] = await Promise.all([
    openDatabase({ url, schema: vaultSchema(schema), connections: 2, purpose }),
    openDatabase({ url, schema, connections: 2, purpose }),
  ])
  return new PostgresState(vault, rest)
}

class PostgresState implements StatePlace {
  constructor(
    private readonly vault: Database,
    private readonly rest: Database,
  ) {}

  async *rows(table: StateTable): AsyncGenerator<readonly Row[]> {
    const database = this.#databaseOf(partOf(table))
    if ((await typesOf(database, table)).size === 0) return
    const key = table.key.join(", ")
    let after: readonly Param[] = []
    for (;;) {
      const beyond = after.length === 0 ? "" : `where (${key}) > (${after.map((_, n) => `$${n + 1}`).join(", ")})`
      const found = await database.rows<Record<string, unknown>>(
        `select ${table.columns.join(", ")} from ${table.name} ${beyond} order by ${key} limit ${PAGE}`,
        after,
      )
      if (found.length > 0) yield found.map((row) => table.columns.map((column) => fromDatabase(row[column])))
      const last = found.at(-1)
      if (!last || found.length < PAGE) return
      after = table.key.map((column) => last[column] as Param) // as the driver gave it
    }
  }

  async replace(part: StatePart, rowsOf: (table: StateTable) => AsyncIterable<readonly Row[]>): Promise<void> {
    const database = this.#databaseOf(part)
    const types = new Map<StateTable, ReadonlyMap<string, string>>()
    for (const table of part.tables) types.set(table, await typesOf(database, table))
    await database.transaction(
      async (queries) => {
        for (const table of part.tables) {
          const deleted = await queries.run(`delete from ${table.name}`)
          // Of a key that was destroyed since an earlier copy no byte may be left: the vault sees to it when it is opened.
          if (part.name === "vault" && deleted > 0) await queries.run("update erased set count = count + 1, wiped = false")
          for await (const page of rowsOf(table)) await insert(queries, table, types.get(table) ?? new Map(), page)
          if (table.counted === undefined) continue
          // What is made next must not have a number that was given away.
          const { name, counted } = table
          await queries.rows(
            `select setval(sequence, greatest((select max(${counted}) from ${name}), 1), exists (select from ${name}))
             from (select pg_get_serial_sequence($1, $2) as sequence) counter where sequence is not null`,
            [name, counted],
          )
        }
      },
      { withinMs: REPLACED_WITHIN_MS },
    )
  }

  async close(): Promise<void> {
    await Promise.all([this.vault.close(), this.rest.close()])
  }

  #databaseOf({ name }: StatePart): Database {
    return name === "vault" ? this.vault : this.rest
  }
}

function partOf(table: StateTable): StatePart {
  const part = STATE.find(({ tables }) => tables.includes(table))
  if (!part) throw new Error(`${table.name} is part of nothing`)
  return part
}

/** By column; none for a table that is not there. */
async function typesOf(database: Database, { name }: StateTable): Promise<ReadonlyMap<string, string>> {
  const rows = await database.rows<{ column: string; type: string }>(
    `select column_name as "column", data_type as type from information_schema.columns where table_schema = $1 and table_name = $2`,
    [database.schema, name],
  )
  return new Map(rows.map(({ column, type }) => [column, type]))
}

async function insert(queries: Queries, table: StateTable, types: ReadonlyMap<string, string>, rows: readonly Row[]): Promise<void> {
  const params: Param[] = []
  const values = rows.map(
    (row) => `(${row.map((value, n) => `$${params.push(toDatabase(value, types.get(table.columns[n] ?? "")))}`).join(", ")})`,
  )
  if (values.length === 0) return
  // Whatever counts numbers up, these are given.
  const overriding = table.counted === undefined ? "" : "overriding system value"
  await queries.run(`insert into ${table.name} (${table.columns.join(", ")}) ${overriding} values ${values.join(", ")}`, params)
}

function fromDatabase(value: unknown): Value {
  if (typeof value === "boolean") return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  return value as Value // the driver knows nothing else of our columns
}

function toDatabase(value: Value, type: string | undefined): Param {
  if (value === null) return null
  if (type === "boolean") return value !== 0
  return type === "timestamp with time zone" ? new Date(Number(value)) : value
}
