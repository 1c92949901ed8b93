/**
 * One catch-up subscription to everything under a prefix, as long as it lasts: any error ends it, and so does a server
 * that does not confirm it in time. Events and checkpoints come in one order, at the pace of whoever takes them: the
 * client tells checkpoints, and that it has caught up, ahead of the events that still wait in its buffer, so both are put
 * into that buffer behind them.
 */
import type { AllStreamSubscription } from "@kurrent/kurrentdb-client"
import type { RecordedEvent } from "./event-store"
import { Late } from "./kurrentdb-calls"
import type { KurrentConnection } from "./kurrentdb-connection"
import { fromClient, type Place } from "./kurrentdb-events"

/** Events that wait in memory for a slow follower. */
const BUFFERED = 128
/** In 32 events that were looked at: foreign events are many in a cluster that others use too. */
const CHECKPOINT_INTERVAL = 16
/** Bytes of log after which a batch ends; one event is up to 4 MB. */
const BATCH_BYTES = 4_000_000

export interface News {
  readonly events: readonly RecordedEvent[]
  /** Up to here, everything has been seen; undefined: as before. */
  readonly place: Place | undefined
  /** What was in the log when the subscription began has been seen. */
  readonly isCaughtUp: boolean
}

export class Subscription {
  readonly #readable: AllStreamSubscription
  readonly #prefix: string
  readonly #confirmation: NodeJS.Timeout
  #over: Error | undefined
  #wake: (() => void) | undefined

  constructor({ writing, driver }: KurrentConnection, prefix: string, from: Place | "start", confirmedWithinMs: number) {
    this.#prefix = prefix
    this.#readable = writing.client.subscribeToAll(
      {
        fromPosition: from,
        requiresLeader: true,
        filter: driver.streamNameFilter({
          prefixes: [prefix],
          checkpointInterval: CHECKPOINT_INTERVAL,
          checkpointReached: (subscription, { commit, prepare }) => {
            subscription.push({ place: { commit, prepare } } satisfies Checkpoint)
          },
        }),
      },
      { highWaterMark: BUFFERED },
    )
    this.#readable.on("caughtUp", () => this.#readable.push({ isCaughtUp: true } satisfies CaughtUp))
    this.#readable.on("readable", () => this.#wake?.())
    this.#readable.on("confirmation", () => clearTimeout(this.#confirmation))
    this.#readable.on("error", (error) => this.#end(error))
    this.#readable.on("end", () => this.#end(new Error("the server ended it")))
    this.#readable.on("close", () => this.#end(new Error("the connection was closed")))
    this.#confirmation = setTimeout(() => this.#end(new Late(confirmedWithinMs)), confirmedWithinMs)
  }

  /** Why it is over. What came before the end can still be taken. */
  get over(): Error | undefined {
    return this.#over
  }

  /** What came, at once or within the time; undefined when nothing did, or when it is over or aborted. */
  async next(ms: number, signal: AbortSignal): Promise<News | undefined> {
    const there = this.#take()
    if (there || this.#over || signal.aborted) return there
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener("abort", done)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener("abort", done)
      this.#wake = done
    })
    return this.#take()
  }

  close(): void {
    this.#end(new Error("it was closed"))
    this.#readable.unsubscribe().catch(() => {}) // It may never have begun.
    this.#readable.destroy()
  }

  #take(): News | undefined {
    const events: RecordedEvent[] = []
    let place: Place | undefined
    let first: bigint | undefined
    let isCaughtUp = false
    // What `read` gives was put in by the client or by us.
    for (let item: Item | null = this.#readable.read(); item !== null; item = this.#readable.read()) {
      if ("isCaughtUp" in item) isCaughtUp = true
      else if ("place" in item) place = item.place
      else if (item.event) {
        events.push(fromClient(item.event, this.#prefix))
        place = item.event.position ?? place
        first ??= place?.commit
        if (place && first !== undefined && place.commit - first > BATCH_BYTES) break
      }
    }
    return place || isCaughtUp ? { events, place, isCaughtUp } : undefined
  }

  #end(reason: Error): void {
    clearTimeout(this.#confirmation)
    this.#over ??= reason
    this.#wake?.()
  }
}

interface Checkpoint {
  readonly place: Place
}
interface CaughtUp {
  readonly isCaughtUp: true
}
type Item = Checkpoint | CaughtUp | { readonly event?: Parameters<typeof fromClient>[0] & { readonly position?: Place } }
