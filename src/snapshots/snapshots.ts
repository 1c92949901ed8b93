/** Keeps the snapshots of one node: reads them when an organization is loaded, and has new ones taken as it grows. */
import type { EventStore } from "../eventstore/event-store"
import { startThread } from "../readstore/threads"
import { restore } from "./fold"
import type { Folded, SnapshotStore } from "./snapshot"
import type { FromSnapshotWorker, SnapshotWork } from "./snapshot-worker"

/**
 * Events after which a new snapshot is taken: these are read besides it at a cold start, in about 100 ms. Of a large
 * organization a fiftieth of its events, because a snapshot of it costs more.
 */
export const SNAPSHOT_EVERY = 10_000
const SHARE = 1 / 50
/** What was not taken, because it failed or another node was at it, is tried again after this part of those events. */
const AGAIN = 1 / 10

export interface SnapshotsDeps {
  readonly store: Pick<EventStore, "read">
  readonly snapshots: SnapshotStore
  readonly take: Take
  /** For tests: events after which a new one is taken, where it is not the usual number. */
  readonly every?: number
  /** A snapshot could not be used, or not be taken: nothing is lost but time. */
  readonly onFault: (stream: string, fault: unknown) => void
}

/** Takes a snapshot when at least so many events came since the newest; answers the revision of the newest there is then. */
export type Take = (stream: string, least: number, closed: AbortSignal) => Promise<number>

export class Snapshots {
  readonly #deps: SnapshotsDeps
  /** Revision of the newest snapshot of each stream, as far as it is known. */
  readonly #newest = new Map<string, number>()
  /** When none was taken: the revision from which it is tried again. */
  readonly #nextTry = new Map<string, number>()
  readonly #due = new Map<string, number>()
  readonly #closed = new AbortController()
  #taking: Promise<void> | undefined

  constructor(deps: SnapshotsDeps) {
    this.#deps = deps
  }

  /** The newest state that can be trusted, or undefined: the log is read from its beginning then. Never throws. */
  async restore(stream: string): Promise<Folded | undefined> {
    const { onFault } = this.#deps
    try {
      const folded = await restore({ ...this.#deps, onUnfit: onFault }, stream)
      this.#newest.set(stream, folded?.state.revision ?? 0)
      return folded
    } catch (fault) {
      onFault(stream, fault)
      return undefined
    }
  }

  /** The stream has this revision now. */
  grown(stream: string, revision: number): void {
    const every = Math.max(this.#deps.every ?? SNAPSHOT_EVERY, Math.floor(revision * SHARE))
    if (revision - (this.#newest.get(stream) ?? 0) < every || revision < (this.#nextTry.get(stream) ?? 0)) return
    if (this.#closed.signal.aborted) return
    this.#nextTry.set(stream, revision + Math.ceil(every * AGAIN))
    this.#due.set(stream, every)
    this.#taking ??= this.#takeAll()
  }

  /** When all that is due has been taken. */
  async idle(): Promise<void> {
    await this.#taking
  }

  /** One that is being taken is given up. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#taking
    await this.#deps.snapshots.close()
  }

  /** One after the other: each takes as much memory as an organization. */
  async #takeAll(): Promise<void> {
    const { snapshots, take, onFault } = this.#deps
    const { signal } = this.#closed
    for (const [stream, every] of this.#due) {
      try {
        if (await snapshots.begin(stream)) {
          // Another node may have taken one meanwhile: then half of the events is not enough for another.
          await take(stream, every / 2, signal)
            .then((newest) => this.#newest.set(stream, newest))
            .finally(() => snapshots.end(stream))
        }
      } catch (fault) {
        if (!signal.aborted) onFault(stream, fault)
      }
      this.#due.delete(stream) // only now: what became due meanwhile was this one
      if (signal.aborted) break
    }
    this.#taking = undefined
  }
}

/** Takes snapshots in a thread, from the log, so that nobody's commands wait: 400,000 claims take a second to write. */
export function takeInThread(places: Pick<SnapshotWork, "log" | "snapshots">): Take {
  return (stream, least, closed) =>
    new Promise((resolve, reject) => {
      const work: SnapshotWork = { ...places, stream, least }
      const worker = startThread(require.resolve("./snapshot-worker"), work)
      const end = () => void worker.terminate()
      closed.addEventListener("abort", end, { once: true })
      worker.on("message", (revision: FromSnapshotWorker) => resolve(revision))
      worker.on("error", reject)
      worker.on("exit", (code) => {
        closed.removeEventListener("abort", end)
        reject(new Error(`the thread that takes snapshots ended with code ${code}`))
      })
    })
}
