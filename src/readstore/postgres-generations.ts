/**
 * The generations of the read models in PostgreSQL. Each has a schema of its own, `<schema>_read_<n>`, and says which
 * versions of the projections fill it (its signature). A row per signature points to the generation that is written and to
 * the one that is shown: so a rebuild happens beside the tables that are being read, and during an upgrade the nodes of
 * both versions go on with tables of their own. Whoever uses a generation holds a shared lock on it, and what nobody uses
 * and nothing points to any more is dropped.
 */
import { tryLock } from "../postgres/advisory-lock"
import { type Database, openDatabase, type Queries } from "../postgres/database"
import { migrate } from "../postgres/migrations"
import { ERASED_FROM, PostgresReadModels } from "./postgres-read-models"
import { PostgresRows } from "./postgres-rows"
import { type ReadModelSchema, readModelSchema } from "./projections"

/** A database for the read models. Can be handed to a worker thread. */
export interface PostgresPlace {
  readonly kind: "postgres"
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** Of the tables that stay; `seatledger` unless told otherwise. */
  readonly schema?: string
}

const PART = "read models"
const STEPS = [
  `create sequence read_generation;
  create table read_pointer (
    signature text primary key,
    written integer not null,
    shown integer not null
  )`,
]

/** Heard when another generation is written or shown. */
export const GENERATIONS_CHANNEL = "generations"

const TABLES = `
  create table projection_checkpoint (
    name text primary key,
    position bigint not null,
    failure text                        -- JSON: why the group stands still
  );
  create table generation (
    signature text not null,
    erased bigint not null,             -- counts batches after which copies of what was erased may still lie in the tables
    wiped bigint not null               -- up to which of them there are none
  );`

/** Rows are found by indexes that are there; a plan made while the tables were small would walk through all of them. */
const BY_INDEX = {
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  enable_material: "off",
  enable_bitmapscan: "off",
}

export interface Pointer {
  readonly written: number
  readonly shown: number
}

/** What stays: pointers, and the names of generations. */
export class PostgresGenerations {
  readonly control: Database
  readonly schema: ReadModelSchema

  private constructor(control: Database, schema: ReadModelSchema) {
    this.control = control
    this.schema = schema
  }

  /** @throws when the database cannot be reached */
  static async open(
    { url, schema }: PostgresPlace,
    onFault: (error: Error) => void = () => {},
    models = readModelSchema("postgres"),
  ): Promise<PostgresGenerations> {
    const control = await openDatabase({
      url,
      ...(schema === undefined ? {} : { schema }),
      connections: 2,
      settings: { synchronous_commit: "off" },
      purpose: "the read models in PostgreSQL",
      onFault,
    })
    try {
      await migrate(control, PART, STEPS)
    } catch (cause) {
      await control.close()
      throw new Error(`the read models in PostgreSQL cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
    return new PostgresGenerations(control, models)
  }

  /** The pointer of this version of the projections; with empty tables where there are none yet. */
  async pointer(): Promise<Pointer> {
    const known = await this.known()
    if (known) return known
    const generation = await this.next()
    return this.control.transaction(async (queries) => {
      // Of several nodes that start at once, one makes them.
      await queries.rows("select pg_advisory_xact_lock($1, hashtext(current_schema()))", [MAKING_LOCK])
      const made = await pointerOf(queries, this.schema.signature)
      if (made) return made
      // One that leads nowhere came with a backup, which has no read models.
      await queries.run("delete from read_pointer where signature = $1", [this.schema.signature])
      await this.#make(queries, generation, "all")
      await queries.run("insert into read_pointer values ($1, $2, $2)", [this.schema.signature, generation])
      return { written: generation, shown: generation }
    })
  }

  /** The same; undefined where there are none. */
  known(): Promise<Pointer | undefined> {
    return pointerOf(this.control, this.schema.signature)
  }

  /** The number of a generation that is still to be made: its lock is to be shared before there is anything to drop. */
  async next(): Promise<number> {
    const [row] = await this.control.rows<{ generation: number }>("select nextval('read_generation') as generation")
    return row?.generation ?? 0
  }

  /** Empty tables beside those in use, without the indexes that only queries need. */
  startBuilding(generation: number): Promise<void> {
    return this.control.transaction((queries) => this.#make(queries, generation, "for writing"))
  }

  /** The indexes that were left out, several at a time: one keeps one core of the server busy. */
  async finish(generation: number): Promise<void> {
    const name = this.nameOf(generation)
    const database = await openDatabase({
      url: this.control.url,
      schema: name,
      connections: INDEXES_AT_ONCE,
      settings: { synchronous_commit: "off", maintenance_work_mem: "128MB" },
      answerWithinMs: FINISHED_WITHIN_MS,
      purpose: "the read models in PostgreSQL",
    })
    try {
      const made = await Promise.allSettled(this.schema.otherIndexes.map((statement) => database.run(statement)))
      for (const one of made) if (one.status === "rejected") throw one.reason
    } finally {
      await database.close()
    }
    await this.#analyze(name)
  }

  /** From now on this generation is written. The one who writes shows it when it has caught up. */
  async write(generation: number): Promise<void> {
    await this.control.transaction(async (queries) => {
      await queries.run(`insert into read_pointer values ($1, $2, $2) on conflict (signature) do update set written = excluded.written`, [
        this.schema.signature,
        generation,
      ])
      await queries.rows("select pg_notify(current_schema() || '_' || $1::text, '')", [GENERATIONS_CHANNEL])
    })
  }

  /** From now on this generation is read. */
  async show(generation: number): Promise<void> {
    await this.control.transaction(async (queries) => {
      await queries.run("update read_pointer set shown = $2 where signature = $1 and written = $2", [this.schema.signature, generation])
      await queries.rows("select pg_notify(current_schema() || '_' || $1::text, '')", [GENERATIONS_CHANNEL])
    })
  }

  nameOf(generation: number): string {
    return `${this.control.schema}_read_${generation}` // as in `pointerOf`
  }

  /** What `Leadership` calls the lock that whoever uses a generation shares. */
  lockOf(generation: number): string {
    return `generation ${generation}`
  }

  /** The write side of a generation. Nobody else may write it at the same time, or one of both writes in vain. */
  async readModels(generation: number, onFault: (error: Error) => void = () => {}): Promise<PostgresReadModels> {
    const database = await openDatabase({
      url: this.control.url,
      schema: this.nameOf(generation),
      connections: 4,
      // A commit that a crash takes away is projected again.
      settings: { synchronous_commit: "off", ...BY_INDEX },
      answerWithinMs: WRITTEN_WITHIN_MS,
      purpose: "the read models in PostgreSQL",
      onFault,
    })
    return PostgresReadModels.open(database)
  }

  /** All rows of a generation, as they are now. */
  async rows(generation: number): Promise<PostgresRows> {
    const { url } = this.control
    return PostgresRows.open(await openDatabase({ url, schema: this.nameOf(generation), connections: 1 }))
  }

  /** Drops the generations that nobody uses and nothing needs; answers which. */
  async dropUnused(): Promise<readonly number[]> {
    const dropped: number[] = []
    for (const generation of await this.#all()) {
      if (await this.drop(generation)) dropped.push(generation)
    }
    return dropped
  }

  /** False: somebody uses it, or this version's pointer names it. Another version's goes when no node of that version is left. */
  async drop(generation: number): Promise<boolean> {
    return this.control.transaction(
      async (queries) => {
        if (!(await tryLock(queries, this.control.schema, this.lockOf(generation)))) return false
        const own = await pointerOf(queries, this.schema.signature)
        if (own?.written === generation || own?.shown === generation) return false
        await queries.run("delete from read_pointer where written = $1 or shown = $1", [generation])
        await queries.run(`drop schema if exists ${this.nameOf(generation)} cascade`)
        return true
      },
      { withinMs: FINISHED_WITHIN_MS },
    )
  }

  async #make(queries: Queries, generation: number, indexes: "all" | "for writing"): Promise<void> {
    const { tables, indexesForWriting, otherIndexes, groups, signature } = this.schema
    const name = this.nameOf(generation)
    await queries.run(`create schema ${name}`)
    await queries.run(`set local search_path = ${name}`)
    await queries.run(TABLES)
    for (const statement of tables) await queries.run(asPostgresHasIt(statement))
    // The planner's statistics are samples of what lies in a column: a name in them would outlive its erasure.
    for (const [table, columns] of Object.entries(ERASED_FROM)) {
      await queries.run(`alter table ${table} ${columns.map((column) => `alter column ${column} set statistics 0`).join(", ")}`)
    }
    for (const statement of indexesForWriting) await queries.run(statement)
    if (indexes === "all") for (const statement of otherIndexes) await queries.run(statement)
    for (const group of groups) await queries.run("insert into projection_checkpoint values ($1, 0)", [group])
    await queries.run("insert into generation values ($1, 0, 0)", [signature])
    await queries.run(`set local search_path = ${this.control.schema}`)
  }

  /** The planner knows nothing of tables that were filled a moment ago, and asks for the number of rows only later. */
  async #analyze(name: string): Promise<void> {
    const tables = await this.control.rows<{ table: string }>(
      `select c.relname as "table" from pg_class c where c.relnamespace = to_regnamespace($1) and c.relkind = 'r'`,
      [name],
    )
    for (const { table } of tables) await this.control.run(`analyze ${name}.${table}`)
  }

  async #all(): Promise<readonly number[]> {
    const prefix = this.nameOf(0).slice(0, -1)
    const rows = await this.control.rows<{ name: string }>(
      "select nspname as name from pg_namespace where nspname ~ ('^' || $1 || '[0-9]+$') order by nspname",
      [prefix],
    )
    return rows.map(({ name }) => Number(name.slice(prefix.length)))
  }
}

const MAKING_LOCK = 7_345_003
const INDEXES_AT_ONCE = 3
const FINISHED_WITHIN_MS = 4 * 3_600_000
/** A batch while building has up to 100,000 rows, on a disk that others use as well. */
const WRITTEN_WITHIN_MS = 120_000

async function pointerOf(queries: Queries, signature: string): Promise<Pointer | undefined> {
  const [row] = await queries.rows<Pointer>(
    `select written, shown from read_pointer where signature = $1
       and to_regnamespace(current_schema() || '_read_' || written) is not null
       and to_regnamespace(current_schema() || '_read_' || shown) is not null`,
    [signature],
  )
  return row
}

/**
 * The collation "C" sorts text as SQLite does, and as JavaScript compares it; numbers are as large as SQLite's.
 */
function asPostgresHasIt(statement: string): string {
  return statement.replace(/\b(text|integer)\b(?= not null| primary key|,|\s*\)|$)/gm, (type) =>
    type === "text" ? 'text collate "C"' : "bigint",
  )
}
