/**
 * What a node sees of the projector when the read models lie in PostgreSQL, whichever node projects: it hears what is shown,
 * and looks by itself now and then, because what is notified while a connection is broken is lost.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { EventLog } from "../eventstore/event-log"
import type { Position, Revision } from "../eventstore/event-store"
import { LastingThread } from "./lasting-thread"
import type { FromPostgresProjector, PostgresProjectorPlaces, ToPostgresProjector } from "./postgres-projector-worker"
import type { PostgresReadStore } from "./postgres-read-store"
import { type Announcement, shownChannel } from "./postgres-shown"
import type { Projecting, ProjectionStatus } from "./projecting"
import { Visibility } from "./visibility"

export interface PostgresProjectingOptions extends PostgresProjectorPlaces {
  /** This node's own, to tell where a revision stands in the log. */
  readonly eventStore: EventLog
  readonly readStore: PostgresReadStore
  /** Something failed and is tried again. For the log. */
  readonly onFault: (error: Error) => void
}

/** The net below the notifications, and how fresh the status is. */
const LOOK_EVERY_MS = 500

/** Stands by for projecting, in a thread of its own, and answers what is shown. @throws when the database cannot be asked */
export async function startPostgresProjecting(options: PostgresProjectingOptions): Promise<Projecting> {
  const projecting = new PostgresProjecting(options)
  await projecting.look()
  return projecting
}

interface Checkpoint {
  readonly name: string
  readonly position: Position
  readonly failure: ProjectionStatus["failure"]
}

class PostgresProjecting implements Projecting {
  readonly #options: PostgresProjectingOptions
  readonly #visibility: Visibility
  readonly #closed = new AbortController()
  readonly #stopListening: () => void
  readonly #looking: Promise<void>
  #checkpoints: readonly Checkpoint[] = []
  /** Up to here this node has heard of everything that is shown, in this generation and unless it missed something. */
  #heard: Position = 0
  #heardOf: number
  #hasMissed = false
  /** Announcements are taken in order. */
  #taking: Promise<void> = Promise.resolve()
  readonly #projector: LastingThread<ToPostgresProjector, FromPostgresProjector>
  #fault: string | undefined

  constructor(options: PostgresProjectingOptions) {
    const { readStore, log, vault, skips, readModels } = options
    this.#options = options
    this.#heardOf = readStore.generation
    this.#visibility = new Visibility((stream, revision) => this.#isShown(stream, revision))
    this.#stopListening = readStore.listening.to(shownChannel(readStore.generations.schema.signature), (payload) => this.#hear(payload))
    const workerData: PostgresProjectorPlaces = { log, vault, skips, readModels }
    this.#projector = new LastingThread({
      whose: "the projector",
      entry: require.resolve("./postgres-projector-worker"),
      workerData,
      onMessage: (message) => (message.kind === "started" ? this.#projector.works() : options.onFault(new Error(message.error))),
      onEnd: options.onFault, // meanwhile another node projects
    })
    this.#looking = this.#keepLooking()
  }

  waitFor(stream: string, revision: number, timeoutMs: number): Promise<"visible" | "timeout"> {
    return this.#closed.signal.aborted ? Promise.resolve("timeout") : this.#visibility.waitFor(stream, revision, timeoutMs)
  }

  onProgress(stream: string, listener: (revision: number) => void): () => void {
    return this.#visibility.onProgress(stream, listener)
  }

  status(): readonly ProjectionStatus[] {
    const error = this.#closed.signal.aborted ? "the projector is closed" : this.#fault
    const unknown = error && { eventId: "", type: "", stream: "", revision: 0, error }
    return this.#checkpoints.map(({ name, position, failure = unknown || undefined }) => ({
      name,
      position,
      lag: this.#options.eventStore.behind(position),
      ...(failure ? { failure } : {}),
    }))
  }

  wake(): void {
    this.#projector.wake({ kind: "wake" })
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    this.#stopListening()
    await this.#projector.close({ kind: "close" })
    await this.#looking
    await this.#taking
    this.#visibility.close()
  }

  /** Reads how far the projections are, and what stopped them. */
  async look(): Promise<void> {
    const { readStore } = this.#options
    // Heard of, too, unless that was missed.
    await readStore.reopen()
    // Before reading: what is missed from here on is looked for the next time.
    const mustAsk = this.#hasMissed || this.#heardOf !== readStore.generation
    this.#hasMissed = false
    this.#heardOf = readStore.generation
    try {
      await this.#look(mustAsk)
    } catch (error) {
      this.#hasMissed ||= mustAsk
      throw error
    }
  }

  async #look(mustAsk: boolean): Promise<void> {
    const rows = await this.#options.readStore.rows<{ name: string; position: Position; failure: string | null }>(
      "select name, position, failure from projection_checkpoint order by name",
    )
    // What stands there was written by `noteFailures`.
    this.#checkpoints = rows.map(({ name, position, failure }) => ({ name, position, failure: failure ? JSON.parse(failure) : undefined }))
    const working = this.#checkpoints.filter(({ failure }) => failure === undefined)
    const position = Math.min(...working.map((checkpoint) => checkpoint.position))
    // Most of the time it was heard of already.
    if (working.length === 0 || (position <= this.#heard && !mustAsk)) return
    this.#heard = Math.max(this.#heard, position)
    this.#visibility.lookAgain()
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#closed
    while (!signal.aborted) {
      await pause(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      await this.look().then(
        () => {
          if (this.#projector.isRunning) this.#fault = undefined
        },
        (error) => {
          this.#fault = `the read models cannot be reached: ${error instanceof Error ? error.message : String(error)}`
        },
      )
    }
  }

  #hear(payload: string | undefined): void {
    // Nothing: something may have been missed, and what is heard next says nothing of that.
    if (payload === undefined) {
      this.#hasMissed = true
      return
    }
    this.#taking = this.#taking
      .then(() => this.#take(JSON.parse(payload) as Announcement)) // sent by `Announcer`
      .catch((error) => {
        this.#hasMissed = true
        this.#options.onFault(error)
      })
  }

  async #take({ generation, position, complete, shown }: Announcement): Promise<void> {
    const { readStore } = this.#options
    // What is shown in tables that this node does not read yet is not shown here.
    if (generation !== readStore.generation) await readStore.reopen()
    if (generation !== readStore.generation) return
    for (const [stream, revision] of shown) this.#visibility.noteShown(stream, revision, complete)
    if (position !== undefined) this.#heard = Math.max(this.#heard, position)
  }

  /** True when every group has written the event of this revision: its place in the log tells. */
  async #isShown(stream: string, revision: Revision): Promise<boolean> {
    if (revision <= 0) return true
    const { eventStore, readStore } = this.#options
    const [row] = await readStore.rows<{ position: Position }>("select min(position) as position from projection_checkpoint")
    for await (const [event] of eventStore.read(stream, revision - 1)) return event !== undefined && event.position <= (row?.position ?? 0)
    return false
  }
}
