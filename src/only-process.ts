/**
 * Who is at work on a log in PostgreSQL: one process, whose vault lies in its data folder, or nodes that share all they have
 * in the database. Never both and never two of the first kind, because each vault has keys of its own, and nobody could read
 * the names that others sealed. Nodes share a lock, and the only process has it alone.
 */
import { setTimeout as pause } from "node:timers/promises"
import { untilLost } from "./leading"
import { holdersOf, Leadership } from "./postgres/advisory-lock"
import { openDatabase } from "./postgres/database"

const LOCK = "only process"
/** How long the connection of a process that was stopped just now may still be there. */
const FORMER_IS_GONE_WITHIN_MS = 5_000
/** How soon it is noticed that somebody else has the lock, after the connection that held it broke. */
const LOOK_EVERY_MS = 500

const OTHERS =
  "another process is at work on the event log in PostgreSQL, and with READ_STORE=sqlite there may be only one: stop it, or set READ_STORE=postgres for several nodes"
const ALONE =
  "a process with READ_STORE=sqlite is at work on the event log in PostgreSQL, with a vault of its own, so that no other may be: stop it first"
const WHILE_AWAY = "the connection that held the lock of the event log broke, and meanwhile somebody else took it"

export interface AtWork {
  readonly url: string
  /** Whether the vault is in the database, for all nodes. */
  readonly shared: boolean
  /** A connection broke; it is made anew, and the lock is taken with it. */
  readonly onFault: (error: Error) => void
  /** Somebody else has taken the lock in that moment: this process must not go on. */
  readonly onExcluded: (error: Error) => void
}

/** @throws when others are at work, and cannot be there at the same time as this process */
export async function beAtWork({ url, shared, onFault, onExcluded }: AtWork): Promise<{ close(): Promise<void> }> {
  const database = await openDatabase({ url, connections: 1, purpose: "the lock of those at work on the event log", onFault })
  const leadership = new Leadership(database)
  const closed = new AbortController()
  let watching: Promise<void> | undefined
  const close = async () => {
    closed.abort()
    await watching
    await leadership.close()
    await database.close()
  }
  /** Connections that held it for this process. The server may not have noticed yet that one of them is gone. */
  const own = new Set<number>()
  const isExcluded = async () => {
    const holders = await holdersOf(database, LOCK)
    const excluded = holders.some(({ pid, isAlone }) => (shared ? isAlone : !own.has(pid)))
    return excluded && !leadership.leads(LOCK)
  }
  const watch = async () => {
    while (!closed.signal.aborted) {
      await pause(LOOK_EVERY_MS, undefined, { signal: closed.signal, ref: false }).catch(() => {})
      if (closed.signal.aborted || leadership.leads(LOCK)) continue
      // Who cannot ask cannot write to the log either.
      if (await isExcluded().catch(() => false)) return onExcluded(new Error(`${WHILE_AWAY}; ${shared ? ALONE : OTHERS}`))
    }
  }
  try {
    if (shared) void leadership.share(LOCK)
    else {
      leadership.standFor(LOCK, (lost, pid) => {
        own.add(pid)
        return untilLost(lost)
      })
    }
    for (const refusedAfter = performance.now() + FORMER_IS_GONE_WITHIN_MS; !leadership.leads(LOCK); await pause(50)) {
      // Slowness alone refuses nobody.
      if (performance.now() >= refusedAfter && (await isExcluded())) throw new Error(shared ? ALONE : OTHERS)
    }
    watching = watch()
    return { close }
  } catch (error) {
    await close()
    throw error
  }
}
