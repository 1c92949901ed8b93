/** The read models in PostgreSQL, read side: the same queries, with PostgreSQL's placeholders and a time limit. */
import { Leadership } from "../postgres/advisory-lock"
import { type Database, openDatabase } from "../postgres/database"
import { DatabaseFault } from "../postgres/faults"
import { Listening } from "../postgres/listening"
import { GENERATIONS_CHANNEL, PostgresGenerations, type PostgresPlace } from "./postgres-generations"
import type { ReadStore, SqlValue } from "./read-store"

const CONNECTIONS = 8
const ANSWER_WITHIN_MS = 15_000
/** Long queries have a pool of their own, so that the short ones never wait for a connection behind them. */
const SLOW_CONNECTIONS = 3
const SLOW_ANSWER_WITHIN_MS = 300_000

/** What runs on one generation. */
interface Reading {
  readonly generation: number
  readonly fast: Database
  readonly slow: Database
  readonly letGo: () => void
}

/** Opens the generation that is shown, with empty tables where there is none of this version. @throws when the database cannot be reached */
export async function openPostgresReadStore(place: PostgresPlace, onFault: (error: Error) => void = () => {}): Promise<PostgresReadStore> {
  const generations = await PostgresGenerations.open(place, onFault)
  try {
    const leadership = new Leadership(generations.control)
    const open = () => startReading(generations, leadership, onFault)
    return new PostgresReadStore({ generations, leadership, open, onFault }, await open())
  } catch (error) {
    await generations.control.close()
    throw error
  }
}

async function startReading(generations: PostgresGenerations, leadership: Leadership, onFault: (error: Error) => void): Promise<Reading> {
  const { shown: generation } = await generations.pointer()
  const letGo = await leadership.share(generations.lockOf(generation))
  if ((await generations.pointer()).shown !== generation) {
    // It was left, and perhaps dropped, before it was held.
    letGo()
    return startReading(generations, leadership, onFault)
  }
  const open = (connections: number, answerWithinMs: number) =>
    openDatabase({
      url: generations.control.url,
      schema: generations.nameOf(generation),
      connections,
      answerWithinMs,
      purpose: "the read models in PostgreSQL",
      onFault,
    })
  const [fast, slow] = await Promise.all([open(CONNECTIONS, ANSWER_WITHIN_MS), open(SLOW_CONNECTIONS, SLOW_ANSWER_WITHIN_MS)])
  return { generation, fast, slow, letGo }
}

interface Parts {
  readonly generations: PostgresGenerations
  readonly leadership: Leadership
  /** The generation that is shown now. */
  readonly open: () => Promise<Reading>
  readonly onFault: (error: Error) => void
}

export class PostgresReadStore implements ReadStore {
  readonly dialect = "postgres"
  readonly generations: PostgresGenerations
  /** Over one connection, for whoever else on this thread wants to hear something. */
  readonly listening: Listening
  readonly #parts: Parts
  #reading: Reading
  #turning: Promise<void> | undefined
  /** Generations that are still being read, though no more queries begin there. */
  readonly #leaving = new Set<Promise<void>>()
  #isClosed = false

  constructor(parts: Parts, reading: Reading) {
    this.#parts = parts
    this.#reading = reading
    this.generations = parts.generations
    this.listening = new Listening(parts.generations.control)
    this.listening.to(GENERATIONS_CHANNEL, () => void this.reopen().catch(parts.onFault))
  }

  /** The generation that is read. */
  get generation(): number {
    return this.#reading.generation
  }

  rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#read((reading) => reading.fast, sql, params)
  }

  slowRows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#read((reading) => reading.slow, sql, params)
  }

  /** Turns to the generation that is shown now, after a rebuild. Running queries end on the old one. */
  reopen(): Promise<void> {
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined
    })
    return this.#turning
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.listening.close()
    await this.#turning?.catch(() => {})
    await this.#leave(this.#reading)
    await Promise.all(this.#leaving)
    await this.#parts.leadership.close()
    await this.generations.control.close()
  }

  async #read<Row>(of: (reading: Reading) => Database, sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    const reading = this.#reading
    const put = (on: Reading) => of(on).rows<Row & object>({ text: withNumbers(sql), params })
    try {
      return await put(reading)
    } catch (error) {
      // This node slept through a rebuild, and its tables were dropped.
      const isGone = error instanceof DatabaseFault && /^(42P01|3F000)$/.test(error.code ?? "")
      if (isGone) await this.reopen()
      if (!isGone || this.#reading === reading) throw error
      return put(this.#reading)
    }
  }

  async #turn(): Promise<void> {
    const { shown } = await this.generations.pointer()
    const before = this.#reading
    if (shown === before.generation || this.#isClosed) return
    this.#reading = await this.#parts.open()
    const left = this.#leave(before).finally(() => this.#leaving.delete(left))
    this.#leaving.add(left)
  }

  /** Queries that run there, or wait to, end first. */
  async #leave({ fast, slow, letGo }: Reading): Promise<void> {
    await Promise.all([fast.close(), slow.close()])
    letGo()
  }
}

const MOST_KEPT = 1_000
const LONGEST_KEPT = 20_000
const kept = new Map<string, string>()

/** `?` becomes `$1`, `$2`, …; not inside quotes. */
export function withNumbers(sql: string): string {
  const known = kept.get(sql)
  if (known !== undefined) return known
  let place = 0
  const text = sql.replace(/'[^']*'|"[^"]*"|\?/g, (found) => (found === "?" ? `$${++place}` : found))
  if (sql.length <= LONGEST_KEPT) {
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(sql, text)
  }
  return text
}
