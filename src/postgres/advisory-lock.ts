/**
 * Leadership: of all nodes on one database, one at a time does a piece of work. Whoever holds the session lock of that
 * name leads; a connection that breaks loses it, and another node leads within about a second. For a moment two may
 * believe that they lead (one has not heard yet), so the lock only saves work, and what is done must be right without it.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { Client } from "pg"
import type { Database } from "./database"

/** The first number of our advisory locks, which nobody else in the database takes; the second is a hash. */
const LEADERSHIP = 7_345_010
/** Asking again and again, instead of waiting inside the database, holds up no vacuum and notices a dead connection. */
const ASK_EVERY_MS = 500
const ANSWER_WITHIN_MS = 5_000
const TRY_AGAIN_MS = 1_000

/** Does the work until the signal says that leadership is lost or given up. When it returns before, it is asked again later. */
export type Lead = (lost: AbortSignal) => Promise<void>

/** Stands by for any number of locks over one connection. */
export class Leadership {
  readonly #database: Database
  readonly #posts = new Map<string, Post>()
  readonly #closed = new AbortController()
  #running: Promise<void> | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** Leads whenever nobody else does, until `close`. Errors of the work are reported, and it is led again. */
  standFor(name: string, lead: Lead): void {
    this.#posts.set(name, new Post(name, lead, (error) => this.#database.report(error)))
    this.#running ??= this.#standBy()
  }

  leads(name: string): boolean {
    return this.#posts.get(name)?.held ?? false
  }

  /** Gives everything up and waits until the work has ended. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#running
  }

  async #standBy(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      const client = this.#database.connection()
      const broken = new AbortController()
      client.on("error", (error) => {
        if (!signal.aborted && !broken.signal.aborted) this.#database.report(error)
        broken.abort()
      })
      client.on("end", () => broken.abort())
      // Heard at once, not only when the connection is asked next.
      broken.signal.addEventListener("abort", () => this.#loseAll(), { once: true })
      try {
        await client.connect()
        while (!signal.aborted && !broken.signal.aborted) {
          await this.#ask(client)
          await pause(ASK_EVERY_MS, undefined, { signal: AbortSignal.any([signal, broken.signal]) }).catch(() => {})
        }
      } catch (error) {
        if (!signal.aborted && !broken.signal.aborted) this.#database.report(error)
      }
      await this.#giveAllUp()
      await client.end().catch(() => {}) // It may be broken already.
      if (!signal.aborted) await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => {})
    }
  }

  /** Takes what is free; also tells whether the connection still lives. */
  async #ask(client: Client): Promise<void> {
    for (const post of this.#posts.values()) if (post.isOver) await this.#unlock(client, post)
    const free = [...this.#posts.values()].filter((post) => post.isFree).map(({ name }) => name)
    const { rows } = await client.query<{ name: string; had: boolean }>({
      text: "select name, pg_try_advisory_lock($1, hashtext($2::text || ' ' || name)) as had from unnest($3::text[]) as name",
      values: [LEADERSHIP, this.#database.schema, free],
      query_timeout: ANSWER_WITHIN_MS,
    } as { text: string; values: unknown[] }) // The driver's types leave its time limit per query out.
    for (const { name, had } of rows) if (had) this.#posts.get(name)?.begin()
  }

  async #unlock(client: Client, post: Post): Promise<void> {
    await client.query("select pg_advisory_unlock($1, hashtext($2::text || ' ' || $3::text))", [
      LEADERSHIP,
      this.#database.schema,
      post.name,
    ])
    post.left()
  }

  #loseAll(): void {
    for (const post of this.#posts.values()) post.lose()
  }

  /** Nobody begins twice: the work of a lost lock has ended before the lock is asked for again. */
  async #giveAllUp(): Promise<void> {
    this.#loseAll()
    await Promise.all([...this.#posts.values()].map((post) => post.ended()))
  }
}

/** One lock, and the work that is done while it is held. */
class Post {
  #losing: AbortController | undefined
  #working: Promise<void> | undefined
  #isOver = false
  #restUntil = 0

  constructor(
    readonly name: string,
    readonly lead: Lead,
    readonly report: (error: unknown) => void,
  ) {}

  get held(): boolean {
    return this.#losing !== undefined && !this.#losing.signal.aborted && !this.#isOver
  }

  get isFree(): boolean {
    return this.#working === undefined && Date.now() >= this.#restUntil
  }

  /** The work ended by itself, and the lock is still ours. */
  get isOver(): boolean {
    return this.#isOver
  }

  begin(): void {
    const losing = new AbortController()
    this.#losing = losing
    this.#working = this.lead(losing.signal)
      .catch((error) => {
        if (!losing.signal.aborted) this.report(error)
      })
      .finally(() => {
        this.#isOver = true
      })
  }

  lose(): void {
    this.#losing?.abort()
  }

  async ended(): Promise<void> {
    await this.#working
    this.left()
  }

  left(): void {
    if (this.#isOver) this.#restUntil = Date.now() + TRY_AGAIN_MS
    this.#isOver = false
    this.#working = undefined
    this.#losing = undefined
  }
}
