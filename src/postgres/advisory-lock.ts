/**
 * Leadership: of all nodes on one database, one at a time does a piece of work. Whoever holds the session lock of that
 * name leads; a connection that breaks loses it, and another node leads within about a second. So does a leader that
 * hangs, from which nothing is heard for some seconds. For a moment two may believe that they lead (one has not heard yet),
 * so the lock only saves work, and what is done must be right without it.
 */
import { setTimeout as pause } from "node:timers/promises"
import { ask, type Connection, type Database, end, type Queries } from "./database"

/** The first number of these locks, which nobody else in the database takes; the second is a hash of schema and name. */
const NAMED_LOCK = 7_345_010
const KEY = `${NAMED_LOCK}, hashtext($1::text || ' ' || name)`
/** Asking again and again, instead of waiting inside the database, holds up no vacuum and notices a dead connection. */
const ASK_EVERY_MS = 500
const TRY_AGAIN_MS = 1_000
/** Of a process that is stopped or turns in circles the system still answers for the connection: the server ends it then. */
const HANGS_AFTER_MS = 10_000

/** Whether somebody holds a named lock in this database: nodes are at work on it. */
export async function isLed(database: Database): Promise<boolean> {
  const found = await database.rows<{ pid: number }>(
    `select pid from pg_locks join pg_database on pg_database.oid = pg_locks.database
     where locktype = 'advisory' and classid = $1 and datname = current_database() limit 1`,
    [NAMED_LOCK],
  )
  return found.length > 0
}

/** Which connection leads in something: what it calls itself (`application_name`). */
export async function leaderOf(database: Database, name: string): Promise<string | undefined> {
  const [leader] = await database.rows<{ connection: string }>(
    `select application_name as connection from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1 and objid = hashtext($2::text || ' ' || $3)::oid and datname = current_database()
       and mode = 'ExclusiveLock' and granted`,
    [NAMED_LOCK, database.schema, name],
  )
  return leader?.connection
}

/** Who holds the lock of that name: the process ids of their connections in the server, and whether one has it alone. */
export function holdersOf(database: Database, name: string): Promise<{ readonly pid: number; readonly isAlone: boolean }[]> {
  return database.rows(
    `select pid, mode = 'ExclusiveLock' as "isAlone" from pg_locks join pg_database on pg_database.oid = pg_locks.database
     where locktype = 'advisory' and classid = $1 and objid = hashtext($2::text || ' ' || $3)::oid and datname = current_database() and granted`,
    [NAMED_LOCK, database.schema, name],
  )
}

/**
 * Does the work until the signal says that leadership is lost or given up. When it returns before, it is asked again later.
 * The number is the process id, in the server, of the connection that holds the lock.
 */
export type Lead = (lost: AbortSignal, pid: number) => Promise<void>

/** For this transaction, if nobody holds the lock of that name, alone or with others. */
export async function tryLock(queries: Queries, schema: string, name: string): Promise<boolean> {
  const [lock] = await queries.rows<{ had: boolean }>(`select pg_try_advisory_xact_lock(${KEY}) as had from (select $2::text as name) n`, [
    schema,
    name,
  ])
  return lock?.had ?? false
}

/** Stands by for any number of locks over one connection. */
export class Leadership {
  readonly #database: Database
  readonly #posts = new Map<string, Post>()
  readonly #closed = new AbortController()
  /** Ends the wait until it is asked again. */
  #changed = new AbortController()
  #running: Promise<void> | undefined

  constructor(
    database: Database,
    /** For tests: when the server takes it for hanging, where that is not the usual time. */
    private readonly hangsAfterMs = HANGS_AFTER_MS,
  ) {
    this.#database = database
  }

  /** Leads whenever nobody else does, until `close`. Errors of the work are reported, and it is led again. */
  standFor(name: string, lead: Lead): void {
    this.#stand(new Post(name, lead, (error) => this.#database.report(error)))
  }

  /**
   * Holds the lock together with whoever else shares it, so that nobody has it alone: resolves when it is held. A
   * connection that breaks loses it until the next one is there.
   * @returns the way to let it go; at once, and without the lock, when all this is closed or the signal says that nobody
   * waits for it any more
   */
  share(name: string, given?: AbortSignal): Promise<() => void> {
    const unwanted = given ? [given, this.#closed.signal] : [this.#closed.signal]
    return new Promise((resolve) => {
      const letGo = () => {
        for (const signal of unwanted) signal.removeEventListener("abort", giveUp)
        post.leave()
      }
      const giveUp = () => {
        letGo()
        resolve(() => {})
      }
      const post: Post = new Post(
        name,
        (lost) => {
          resolve(letGo)
          return untilAborted(lost)
        },
        (error) => this.#database.report(error),
        true,
      )
      if (unwanted.some(({ aborted }) => aborted)) return giveUp()
      for (const signal of unwanted) signal.addEventListener("abort", giveUp)
      this.#stand(post)
    })
  }

  leads(name: string): boolean {
    return this.#posts.get(name)?.held ?? false
  }

  /** Gives everything up and waits until the work has ended. */
  async close(): Promise<void> {
    this.#closed.abort()
    this.#changed.abort()
    await this.#running
  }

  #stand(post: Post): void {
    this.#posts.set(post.name, post)
    this.#running ??= this.#standBy()
    this.#changed.abort() // now, not only at the next look
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
      broken.signal.addEventListener("abort", () => {
        this.#loseAll()
        this.#changed.abort()
      })
      try {
        await client.connect()
        await ask(client, `set idle_session_timeout = ${this.hangsAfterMs}`)
        while (!signal.aborted && !broken.signal.aborted) {
          this.#changed = new AbortController()
          await this.#ask(client)
          // Whatever ends it aborts this one. Made of several each time, signals that last would remember them all.
          await pause(ASK_EVERY_MS, undefined, { signal: this.#changed.signal }).catch(() => {})
        }
      } catch (error) {
        if (!signal.aborted && !broken.signal.aborted) this.#database.report(error)
      }
      await this.#giveAllUp()
      await end(client)
      if (!signal.aborted) await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => {})
    }
  }

  /** Takes what is free; also tells whether the connection still lives. */
  async #ask(client: Connection): Promise<void> {
    for (const post of this.#posts.values()) if (post.isOver) await this.#unlock(client, post)
    const free = [...this.#posts.values()].filter((post) => post.isFree)
    const rows = await ask<{ name: string; pid: number; had: boolean }>(
      client,
      `select name, pg_backend_pid() as pid, case when shared then pg_try_advisory_lock_shared(${KEY}) else pg_try_advisory_lock(${KEY}) end as had
       from unnest($2::text[], $3::boolean[]) as n(name, shared)`,
      [this.#database.schema, free.map(({ name }) => name), free.map(({ isShared }) => isShared)],
    )
    for (const { name, pid, had } of rows) if (had) this.#posts.get(name)?.begin(pid)
  }

  async #unlock(client: Connection, post: Post): Promise<void> {
    const unlock = post.isShared ? "pg_advisory_unlock_shared" : "pg_advisory_unlock"
    await ask(client, `select ${unlock}(${KEY}) from (select $2::text as name) n`, [this.#database.schema, post.name])
    post.left()
    if (post.isGone && this.#posts.get(post.name) === post) this.#posts.delete(post.name)
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
  isGone = false

  constructor(
    readonly name: string,
    readonly lead: Lead,
    readonly report: (error: unknown) => void,
    readonly isShared = false,
  ) {}

  get held(): boolean {
    return this.#losing !== undefined && !this.#losing.signal.aborted && !this.#isOver
  }

  get isFree(): boolean {
    return this.#working === undefined && !this.isGone && Date.now() >= this.#restUntil
  }

  /** It is not wanted any more. */
  leave(): void {
    this.isGone = true
    this.lose()
  }

  /** The work ended by itself, and the lock is still ours. */
  get isOver(): boolean {
    return this.#isOver
  }

  begin(pid: number): void {
    const losing = new AbortController()
    this.#losing = losing
    this.#working = this.lead(losing.signal, pid)
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

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
