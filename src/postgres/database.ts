/**
 * A PostgreSQL database as all adapters use it: one schema, a pool of connections, a time limit on every call, numbers as
 * numbers, and errors that say whether trying again can help (faults.ts). Nobody else imports the driver.
 */
import type { Client, ClientConfig, Pool, PoolClient, QueryConfig, QueryResult } from "pg"
import { DatabaseFault, faultOf, isLostConnection, nameOfDatabase, withoutCredentials } from "./faults"

/** A database that does not answer is given up on. */
export const ANSWER_WITHIN_MS = 15_000
const CONNECT_WITHIN_MS = 5_000
/** When nothing was said for so long, the network is asked whether the other end is still there; its own default is two hours. */
const KEEP_ALIVE_AFTER_MS = 10_000
/** The server is told to give up a little earlier, so that it says why. */
const SERVER_GIVES_UP_EARLIER_MS = 1_000

export type Param = string | number | boolean | null | Buffer | Date | readonly (string | number | boolean | null)[]

export interface Query {
  readonly text: string
  readonly params?: readonly Param[]
  /** Prepared under this name, once per connection: for a statement that is put often. Always the same text. */
  readonly name?: string
}

export interface TimeLimit {
  /** Of every statement of the transaction, where it is not the database's own. */
  readonly withinMs?: number
}

/** Where statements can be put: the pool, or one transaction. */
export interface Queries {
  /** bigint and numeric are numbers (our own stay below 2^53), json is text, everything else as the driver has it. */
  rows<Row extends object>(query: string | Query, params?: readonly Param[]): Promise<Row[]>
  /** Answers how many rows were written. */
  run(query: string | Query, params?: readonly Param[]): Promise<number>
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  /** Holds all tables, and is where names are looked up. Made by the first migration. */
  readonly schema?: string
  /** The most connections of the pool; more callers wait for one. */
  readonly connections?: number
  /** The time limit of every call, the wait for a connection left out. */
  readonly answerWithinMs?: number
  /** Settings of every connection, such as `synchronous_commit`. */
  readonly settings?: Readonly<Record<string, string | number>>
  /** What is lost when a connection breaks, for the report: "a connection to <this> broke: …". */
  readonly purpose?: string
  /** A connection broke, and is made anew when it is needed. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
}

/** A connection of one's own. */
export type Connection = Client

/** Puts a short query to a connection of one's own; the caller names the columns of Row. @throws when there is no answer in time */
export async function ask<Row>(connection: Connection, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  // The driver's types leave its time limit per query out.
  const query = { text, values: [...values], query_timeout: ASKED_WITHIN_MS } as { text: string; values: unknown[] }
  return (await connection.query(query)).rows as Row[]
}
const ASKED_WITHIN_MS = 5_000

/** Says goodbye on a connection of one's own. One that is broken is none any more, and one that hears nothing is cut. */
export async function end(connection: Connection): Promise<void> {
  const cut = setTimeout(() => connection.connection.stream.destroy(), ENDED_WITHIN_MS)
  await connection.end().catch(() => {})
  clearTimeout(cut)
}
const ENDED_WITHIN_MS = 1_000

/** Connects to nothing yet. @throws when the schema's name is none */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { schema = "seatledger" } = options
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) throw new Error(`"${schema}" is no name for a schema: small letters, digits and _`)
  // Loaded only where PostgreSQL is used.
  const pg = await import("pg")
  return new Database(pg, { ...options, schema })
}

export class Database implements Queries {
  readonly schema: string
  readonly url: string
  readonly #pool: Pool
  readonly #newClient: () => Client
  readonly #purpose: string
  readonly #onFault: (error: Error) => void
  /** Calls that have not ended, those among them that still wait for a connection. */
  #calls = 0
  #lastCallEnded = () => {}
  #ended: Promise<void> | undefined

  constructor(
    { Client, Pool, types }: Pick<typeof import("pg"), "Client" | "Pool" | "types">,
    {
      url,
      schema,
      connections = 5,
      answerWithinMs = ANSWER_WITHIN_MS,
      settings = {},
      purpose = "PostgreSQL",
      onFault = () => {},
    }: DatabaseOptions & { readonly schema: string },
  ) {
    this.url = url
    this.schema = schema
    this.#purpose = purpose
    this.#onFault = onFault
    const config = configOf(url, { search_path: schema, ...settings }, types)
    const limits = { query_timeout: answerWithinMs, statement_timeout: serverLimit(answerWithinMs) }
    this.#pool = new Pool({ ...config, ...limits, max: connections })
    this.#pool.on("error", (error) => this.report(error))
    // One that breaks while it is in use tells its caller. It may say so once more, and nobody else listens then: the
    // process would end.
    this.#pool.on("connect", (client) => void client.on("error", () => {}))
    this.#newClient = () => new Client(config)
  }

  /** For reading: put again when the connection turns out to be gone. */
  async rows<Row extends object>(query: string | Query, params?: readonly Param[]): Promise<Row[]> {
    return this.#withClient((put) => queriesOf((one) => put(sayable(one))).rows<Row>(query, params), { mayRepeat: true })
  }

  run(query: string | Query, params?: readonly Param[]): Promise<number> {
    return this.#withClient((put) => queriesOf((one) => put(one, undefined, "committing")).run(query, params))
  }

  /** All or nothing. @throws DatabaseFault; whatever the work throws itself is passed on, and nothing was written */
  transaction<T>(work: (queries: Queries) => Promise<T>, { withinMs }: TimeLimit = {}): Promise<T> {
    // What is read after a lock was had must be what its last holder wrote: not as of the beginning, whatever the
    // database's own default is.
    const begin = "begin isolation level read committed"
    // Both in one message, which takes no parameters.
    const limited = withinMs === undefined ? begin : `${begin}; set local statement_timeout = ${serverLimit(withinMs)}`
    return this.#withClient(
      async (put) => {
        const result = await work(queriesOf((query) => put(query, withinMs)))
        await put({ text: "commit" }, withinMs, "committing")
        return result
      },
      { begin: limited },
    )
  }

  /**
   * A connection of one's own that is not connected yet, without time limits: for what lasts, such as listening. The
   * caller handles its `error` event and ends it.
   */
  connection(): Client {
    return this.#newClient()
  }

  /** Tells of a broken connection. */
  report(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error)
    this.#onFault(new Error(`a connection to ${this.#purpose} broke: ${withoutCredentials(why, this.url)}`))
  }

  /** Ends the pool, when all calls have ended; connections of one's own are ended by whoever made them. */
  close(): Promise<void> {
    this.#ended ??= this.#end()
    return this.#ended
  }

  async #end(): Promise<void> {
    // The pool itself forgets whoever still waits for a connection.
    if (this.#calls > 0) {
      await new Promise<void>((resolve) => {
        this.#lastCallEnded = resolve
      })
    }
    await this.#pool.end()
  }

  async #withClient<T>(work: (put: Put) => Promise<T>, using: Using = {}): Promise<T> {
    if (this.#ended) throw new DatabaseFault("unavailable", `${nameOfDatabase(this.url)} is closed here`)
    this.#calls++
    try {
      return await this.#onClient(work, using)
    } finally {
      this.#calls--
      if (this.#calls === 0) this.#lastCallEnded()
    }
  }

  async #onClient<T>(work: (put: Put) => Promise<T>, { begin, mayRepeat = false }: Using): Promise<T> {
    for (let tries = 0; ; tries++) {
      const client = await this.#connected(begin)
      let isBroken = true
      try {
        const result = await work(this.#putOn(client))
        isBroken = false
        return result
      } catch (error) {
        if (!mayRepeat || !isLostConnection(error) || tries === DEAD_CONNECTIONS) throw error
      } finally {
        // Thrown away when anything failed: whatever state it is in, the server then rolls back.
        client.release(isBroken)
      }
    }
  }

  /** A connection from the pool, with a transaction begun on it if that is wanted. */
  async #connected(begin: string | undefined): Promise<PoolClient> {
    for (let tries = 0; ; tries++) {
      const client = await this.#pool.connect().catch((error) => {
        throw faultOf(error, this.url)
      })
      if (begin === undefined) return client
      try {
        await this.#putOn(client)({ text: begin })
        return client
      } catch (error) {
        client.release(true)
        if (!isLostConnection(error) || tries === DEAD_CONNECTIONS) throw error
      }
    }
  }

  #putOn(client: PoolClient): Put {
    return (query, withinMs, during) =>
      client.query(asTheDriverWants(query, withinMs)).catch((error) => {
        throw faultOf(error, this.url, during)
      })
  }
}

/** A connection that was idle may be gone without anybody having noticed. Nothing was done on it, so another one will do. */
const DEAD_CONNECTIONS = 20

interface Using {
  /** Begins a transaction. */
  readonly begin?: string
  /** Doing it again does no harm. */
  readonly mayRepeat?: boolean
}

type Put = (query: Query, withinMs?: number, during?: "committing") => Promise<QueryResult>

function queriesOf(put: Put): Queries {
  const asQuery = (query: string | Query, params: readonly Param[] = []) => (typeof query === "string" ? { text: query, params } : query)
  return {
    // The caller names the columns of Row.
    rows: async <Row extends object>(query: string | Query, params?: readonly Param[]) => (await put(asQuery(query, params))).rows as Row[],
    run: async (query, params) => (await put(asQuery(query, params))).rowCount ?? 0,
  }
}

/**
 * A text of PostgreSQL has no NUL, and looking for one would fail and cost the connection. Whoever asks for a text with one
 * is told what is true: it is not there.
 */
function sayable(query: Query): Query {
  return query.params === undefined ? query : { ...query, params: query.params.map(withoutNul) }
}

function withoutNul(param: Param): Param {
  if (typeof param === "string") return param.replaceAll("\u0000", "\ufffd")
  return Array.isArray(param) ? param.map((one) => (typeof one === "string" ? one.replaceAll("\u0000", "\ufffd") : one)) : param
}

/** The driver's types leave its time limit per query out. */
function asTheDriverWants({ text, params, name }: Query, withinMs: number | undefined): QueryConfig & { query_timeout?: number } {
  return {
    text,
    ...(params === undefined ? {} : { values: [...params] }),
    ...(name === undefined ? {} : { name }),
    ...(withinMs === undefined ? {} : { query_timeout: withinMs }),
  }
}

function serverLimit(withinMs: number): number {
  return Math.max(1, withinMs - SERVER_GIVES_UP_EARLIER_MS)
}

const INT8 = 20
const NUMERIC = 1700
const JSON_TYPES = [114, 3802]

function configOf(url: string, own: Readonly<Record<string, string | number>>, types: typeof import("pg").types): ClientConfig {
  const { connectionString, given } = withoutOptions(url)
  const settings = {
    // What was answered is on the disk, whatever the role or the database say.
    synchronous_commit: "on",
    ...own,
    client_min_messages: "warning",
    // Compiling a long list of small queries takes longer than running them.
    jit: "off",
    // A machine that vanished, or a program that hangs, must not keep a lock for hours.
    idle_in_transaction_session_timeout: 60_000,
    tcp_keepalives_idle: 5,
    tcp_keepalives_interval: 3,
    tcp_keepalives_count: 3,
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  return {
    connectionString,
    options: [given, ...options].filter((option) => option !== "").join(" "),
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: "seatledger",
    types: {
      getTypeParser(oid: number, format?: "text" | "binary") {
        if (oid === INT8 || oid === NUMERIC) return Number
        if (JSON_TYPES.includes(oid)) return String
        return format === "binary" ? types.getTypeParser(oid, "binary") : types.getTypeParser(oid, "text")
      },
    },
  }
}

/** What an address says of itself would replace our own options. */
function withoutOptions(url: string): { readonly connectionString: string; readonly given: string } {
  if (!URL.canParse(url))
    throw new DatabaseFault("refused", "the address of the database is none: postgres://user:password@host:5432/database")
  const parsed = new URL(url)
  const given = parsed.searchParams.get("options")
  if (given === null) return { connectionString: url, given: "" }
  parsed.searchParams.delete("options")
  return { connectionString: parsed.href, given }
}
