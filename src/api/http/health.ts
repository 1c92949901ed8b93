/** May this process be sent requests? Each check says what is wrong, in words for whoever is on duty. */
import type { EventStore } from "../../eventstore/event-store"
import type { Projecting } from "../../readstore/projecting"
import type { ReadStore } from "../../readstore/read-store"

export interface Check {
  readonly name: string
  /** What is wrong; undefined when all is well. Throwing counts as wrong. */
  readonly problem: () => Promise<string | undefined>
}

export interface Readiness {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, string>>
}

/** A probe that hangs is worse than one that says no. */
const CHECK_MS = 2_000

export async function readiness(checks: readonly Check[]): Promise<Readiness> {
  const results = await Promise.all(checks.map(async (check) => [check.name, await outcomeOf(check)] as const))
  return { ready: results.every(([, outcome]) => outcome === "ok"), checks: Object.fromEntries(results) }
}

async function outcomeOf({ problem }: Check): Promise<string> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_MS} ms`), CHECK_MS)
  })
  try {
    return (await Promise.race([problem(), late])) ?? "ok"
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    clearTimeout(timer)
  }
}

/** What a server on these stores has to say for itself. `readyLag` is in events (SEATLEDGER_READY_LAG). */
export function storeChecks(stores: { eventStore: EventStore; readStore: ReadStore; projecting: Projecting }, readyLag: number): Check[] {
  return [
    {
      name: "eventStore",
      async problem() {
        // A stream nobody writes: one look into the index, however long the log is.
        for await (const _page of stores.eventStore.read("readiness", 0)) break
        return undefined
      },
    },
    {
      name: "readStore",
      async problem() {
        await stores.readStore.rows("select 1 as one")
        return undefined
      },
    },
    {
      name: "projections",
      async problem() {
        const projections = stores.projecting.status()
        if (projections.length === 0) return "the projector is starting"
        const wrong = projections.flatMap(({ name, lag, failure }) => {
          if (failure)
            return [`${name} was stopped by event ${failure.eventId} (${failure.type}, ${failure.stream} revision ${failure.revision})`]
          if (lag <= readyLag) return []
          return [Number.isFinite(lag) ? `${name} is ${lag} events behind` : `how far ${name} is behind the event log is not known`]
        })
        return wrong.length > 0 ? wrong.join("; ") : undefined
      },
    },
  ]
}
