/** The write side of the read models in PostgreSQL: few statements over many rows, one transaction per batch. */
import { setTimeout as pause } from "node:timers/promises"
import type { Position } from "../eventstore/event-store"
import type { Connection, Database, Queries } from "../postgres/database"
import { DatabaseFault } from "../postgres/faults"
import { arrayText, type ColumnTypes, changesOf, deletion, INSTANTS, insertion, lookupOf } from "./postgres-statements"
import type { ProjectionStatus } from "./projecting"
import { Broken, type ReadModels, Unavailable } from "./read-models"
import type { Fetched, UnitOfWork, Wanted, WantedInstant } from "./work"

/** Where names of people and words of reasons lie: tables, and the columns that hold them. */
export const ERASED_FROM: Readonly<Record<string, readonly string[]>> = {
  principal_name: ["display_name", "sort_name", "user_name", "user_name_key", "mail", "external_id"],
  principal_words: ["words"],
  principal_words_ended: ["words"],
  history_list: ["list"],
}
/**
 * Whoever keeps PostgreSQL from forgetting rows of before a transaction: connections, also those of replicas; replicas that
 * are known by a slot (hot_standby_feedback); transactions that were prepared and left.
 */
const OLDER_READERS = `
  with holder (id) as (
    select unnest(array[backend_xid, backend_xmin]) from pg_stat_activity
      where pid <> pg_backend_pid() and (datname = current_database() or datname is null)
    union all select xmin from pg_replication_slots
    union all select transaction from pg_prepared_xacts where database = current_database()
  )
  select count(*) as readers from holder where age(id) > age($1::xid)`
/** For what others are just writing. */
const LOOK_EVERY_MS = 50
/** Rather tried again than everybody made to wait behind a backup that reads the table. */
const LOCK_WITHIN_MS = 3_000
const WIPED_WITHIN_MS = 600_000

export class PostgresReadModels implements ReadModels {
  readonly #database: Database
  readonly #types: ColumnTypes
  /** A transaction after the last that erased something. */
  #erasedBefore: { readonly erased: number; readonly transaction: string } | undefined

  private constructor(database: Database, types: ColumnTypes) {
    this.#database = database
    this.#types = types
  }

  /** Over the tables of one generation, whose schema the database names; closes it with itself. */
  static async open(database: Database): Promise<PostgresReadModels> {
    const columns = await database.rows<{ table: string; column: string; type: string }>(
      `select c.relname as "table", a.attname as "column", t.typname as type
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
       where c.relnamespace = to_regnamespace($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
      [database.schema],
    )
    const types = new Map<string, Map<string, string>>()
    for (const { table, column, type } of columns) {
      const known = types.get(table) ?? new Map<string, string>()
      types.set(table, known.set(column, type))
    }
    return new PostgresReadModels(database, types)
  }

  async position(group: string): Promise<Position> {
    const query = { name: "position", text: "select position from projection_checkpoint where name = $1", params: [group] }
    const [row] = await this.#named(() => this.#database.rows<{ position: Position }>(query))
    if (!row) throw new Broken(`the read models know no projection group ${group}`)
    return row.position
  }

  fetch({ rows, instants }: Wanted): Promise<Fetched> {
    return this.#named(async () => {
      const queries = rows.map(({ lookup, looks }) => lookupOf(lookup, looks))
      const [times, ...found] = await Promise.all([this.#instants(instants), ...queries.map((query) => this.#database.rows(query))])
      return { rows: found, instants: times }
    })
  }

  commit(group: string, from: Position, to: Position, work: UnitOfWork): Promise<boolean> {
    return this.#named(() =>
      this.#database.transaction(async (queries) => {
        // First, so that a projector that lost the race does no work.
        const moved = await queries.run({
          name: "move",
          text: "update projection_checkpoint set position = $1, failure = null where name = $2 and position = $3",
          params: [to, group, from],
        })
        if (moved !== 1) return false
        await this.#write(queries, work)
        return true
      }),
    )
  }

  /** Keeps why groups stand still, for the nodes that do not project. A group that goes on loses it with its next batch. */
  async noteFailures(status: readonly ProjectionStatus[]): Promise<void> {
    for (const { name, failure } of status) {
      await this.#database.run("update projection_checkpoint set failure = $2 where name = $1", [
        name,
        failure ? JSON.stringify(failure) : null,
      ])
    }
  }

  /** Counts the batches that erased something, and those after which nothing of it was left. */
  async erasures(): Promise<{ readonly erased: number; readonly wiped: number }> {
    const [state] = await this.#database.rows<{ erased: number; wiped: number }>("select erased, wiped from generation")
    return state ?? { erased: 0, wiped: 0 }
  }

  /**
   * Writes the tables anew that held what was erased. PostgreSQL leaves a row that was overwritten or deleted in its page
   * until the table is vacuumed, and its bytes even then, until something else lies there. Meanwhile (seconds, for a million
   * people) those tables are neither read nor written.
   * @throws when somebody keeps one of the tables, or rows of before: to be tried again
   */
  async wipeErased(): Promise<void> {
    const { erased, wiped } = await this.erasures()
    if (erased === wiped) return
    // A connection of its own: `vacuum` stands in no transaction, and its limits are others.
    const client = this.#database.connection()
    client.on("error", () => {}) // the statement that is under way fails with it
    await client.connect()
    try {
      await client.query(`set lock_timeout = ${LOCK_WITHIN_MS}; set statement_timeout = ${WIPED_WITHIN_MS}`)
      // The same at every try, because a replica says only now and then how far it is.
      if (this.#erasedBefore?.erased !== erased) this.#erasedBefore = { erased, transaction: await newTransaction(client) }
      await noReaderOfBefore(client, this.#erasedBefore.transaction)
      for (const table of Object.keys(ERASED_FROM)) await client.query(`vacuum (full, analyze) ${table}`)
    } finally {
      await client.end().catch(() => {}) // It may be broken already.
    }
    // Somebody else may have been erased meanwhile.
    await this.#database.run("update generation set wiped = $1", [erased])
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  async #write(queries: Queries, work: UnitOfWork): Promise<void> {
    for (const { table, changes, added } of work.spanTables) {
      for (const change of changesOf(table.name, this.#types, changes)) await queries.run(change)
      if (added.length > 0) await queries.run(insertion(table, this.#types, added))
    }
    for (const rows of work.rowTables) {
      if (rows.removed.length > 0) await queries.run(deletion(rows.table, this.#types, rows.removed))
      const written = rows.written()
      if (written.length > 0) await queries.run(insertion(rows.table, this.#types, written))
    }
    if (work.erases) await queries.run("update generation set erased = erased + 1")
  }

  async #instants(wanted: readonly WantedInstant[]): Promise<(number | undefined)[]> {
    if (wanted.length === 0) return []
    const rows = await this.#database.rows<{ instant: number | null }>({
      name: "instants",
      text: INSTANTS,
      params: [arrayText(wanted, ({ organizationId }) => organizationId), arrayText(wanted, ({ revision }) => revision)],
    })
    return rows.map(({ instant }) => instant ?? undefined)
  }

  /** Tells what passes by itself and what will not pass from a row that was refused. */
  async #named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof DatabaseFault)) throw error
      // Whether a commit arrived is seen from the checkpoint, which decides the next try.
      if (error.kind !== "refused") throw new Unavailable(`the read models cannot be reached for the moment: ${error.message}`)
      // The generation was dropped, or its tables are damaged.
      if (/^(42P01|3F000|XX00)/.test(error.code ?? "")) throw new Broken(`the read models cannot be used: ${error.message}`)
      throw error
    }
  }
}

async function newTransaction(client: Connection): Promise<string> {
  const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::xid::text as id")
  return rows[0]?.id ?? ""
}

/** What a transaction of before may still see would be written again. @throws when there still is one after a while */
async function noReaderOfBefore(client: Connection, transaction: string): Promise<void> {
  for (const deadline = performance.now() + LOCK_WITHIN_MS; ; await pause(LOOK_EVERY_MS)) {
    const found = await client.query<{ readers: number }>(OLDER_READERS, [transaction])
    if (found.rows[0]?.readers === 0) return
    if (performance.now() > deadline) {
      throw new Error(
        "what was erased is still being read: by a backup or a long query that began before, a replica that lags, or a transaction that was left open",
      )
    }
  }
}
