/**
 * What is done by one node at a time: delivering webhooks, publishing checkpoints, and looking after what nobody asks for. A
 * node that is alone does all of it; of several, whoever holds the lock of that name (src/postgres/advisory-lock.ts). For a
 * moment two may believe that it is their turn, so what is done must be right without the lock, too: it only saves work.
 */
import { setTimeout as pause } from "node:timers/promises"
import { Leadership } from "./postgres/advisory-lock"
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

export function untilLost(lost: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (lost.aborted) resolve()
    else lost.addEventListener("abort", () => resolve(), { once: true })
  })
}
