/**
 * What is done by one node at a time: delivering webhooks, publishing checkpoints, and looking after what nobody asks for. A
 * node that is alone does all of it; of several, whoever holds the lock of that name (src/postgres/advisory-lock.ts). For a
 * moment two may believe that it is their turn, so what is done must be right without the lock, too: it only saves work.
 */
import { setTimeout as pause } from "node:timers/promises"
import { isLed, Leadership } from "./postgres/advisory-lock"
import { openDatabase } from "./postgres/database"

/** Works until the signal says that it is another's turn. When it ends or fails before, it is begun again. */
export type Lead = (lost: AbortSignal) => Promise<void>

export interface Leading {
  standFor(name: string, lead: Lead): void
  /** It is this node's turn. */
  leads(name: string): boolean
  /** Everything is given up, and has ended. */
  close(): Promise<void>
}

const BEGIN_AGAIN_MS = 1_000

/** @param onFault something ended in a fault; it is begun again */
export function alone(onFault: (name: string, error: unknown) => void): Leading {
  const closed = new AbortController()
  const { signal } = closed
  const running: Promise<void>[] = []
  const keepOn = async (name: string, lead: Lead) => {
    while (!signal.aborted) {
      await lead(signal).catch((error) => onFault(name, error))
      if (!signal.aborted) await pause(BEGIN_AGAIN_MS, undefined, { signal }).catch(() => {})
    }
  }
  return {
    standFor: (name, lead) => void running.push(keepOn(name, lead)),
    leads: () => true,
    async close() {
      closed.abort()
      await Promise.all(running)
    },
  }
}

/** Of the nodes on one database. @param onFault a connection broke, or the work failed; it is begun again */
export async function together(url: string, onFault: (error: Error) => void): Promise<Leading> {
  const database = await openDatabase({ url, connections: 1, purpose: "the locks of what one node does at a time", onFault })
  const leadership = new Leadership(database)
  return {
    standFor: (name, lead) => leadership.standFor(name, lead),
    leads: (name) => leadership.leads(name),
    async close() {
      await leadership.close()
      await database.close()
    },
  }
}

/** How long the connection of a process that was stopped just now may still be there. */
const FORMER_IS_GONE_WITHIN_MS = 5_000

/**
 * For the one process on a log in PostgreSQL whose vault lies in its data folder: another would have names of its own, and
 * neither could read the other's. A connection that breaks is made anew, and the lock is taken with it; only who starts in
 * that very second is not refused.
 * @throws when another process has it
 */
export async function onlyProcess(url: string, onFault: (error: Error) => void): Promise<{ close(): Promise<void> }> {
  const database = await openDatabase({ url, connections: 1, purpose: "the lock of the only process on the event log", onFault })
  const leadership = new Leadership(database)
  const close = async () => {
    await leadership.close()
    await database.close()
  }
  try {
    leadership.standFor("only process", untilLost)
    for (const refusedAfter = performance.now() + FORMER_IS_GONE_WITHIN_MS; !leadership.leads("only process"); await pause(50)) {
      // Slowness alone refuses nobody.
      if (performance.now() < refusedAfter || !(await isLed(database)) || leadership.leads("only process")) continue
      throw new Error(
        "another process is at work on the event log in PostgreSQL, and with READ_STORE=sqlite there may be only one: stop it, or set READ_STORE=postgres for several nodes",
      )
    }
    return { close }
  } catch (error) {
    await close()
    throw error
  }
}

export function untilLost(lost: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (lost.aborted) resolve()
    else lost.addEventListener("abort", () => resolve(), { once: true })
  })
}
