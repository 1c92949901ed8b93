/** The projector in a worker thread, as the main thread sees it. */
import { LastingThread } from "./lasting-thread"
import type { Projecting, ProjectionStatus } from "./projecting"
import type { FromProjector, ProjectorPlaces, ToProjector } from "./projector-worker"
import { Visibility } from "./visibility"

export interface ProjectorThreadOptions extends ProjectorPlaces {
  /** The read models were rebuilt: readers turn to the new generation, for example by `SqliteReadStore.reopen`. */
  readonly onGeneration: () => void
  /** The thread ended although nobody asked it to; it is started again. For the log. */
  readonly onFault: (error: Error) => void
}

export function startProjectorThread(options: ProjectorThreadOptions): Projecting {
  return new ProjectorThread(options)
}

class ProjectorThread implements Projecting {
  readonly #options: ProjectorThreadOptions
  readonly #visibility: Visibility
  readonly #questions = new Map<number, (isShown: boolean) => void>()
  readonly #thread: LastingThread<ToProjector, FromProjector>
  #status: readonly ProjectionStatus[] = []
  #fault: Error | undefined
  #lastQuestion = 0
  #closing: Promise<void> | undefined

  constructor(options: ProjectorThreadOptions) {
    this.#options = options
    this.#visibility = new Visibility((stream, revision) => this.#isShown(stream, revision))
    const { log, vault, folder, skips } = options
    const workerData: ProjectorPlaces = { log, vault, folder, skips }
    this.#thread = new LastingThread({
      whose: "the projector",
      entry: require.resolve("./projector-worker"),
      workerData,
      onMessage: (message) => this.#receive(message),
      onEnd: (fault) => this.#ended(fault),
    })
  }

  waitFor(stream: string, revision: number, timeoutMs: number): Promise<"visible" | "timeout"> {
    return this.#closing ? Promise.resolve("timeout") : this.#visibility.waitFor(stream, revision, timeoutMs)
  }

  onProgress(stream: string, listener: (revision: number) => void): () => void {
    return this.#visibility.onProgress(stream, listener)
  }

  status(): readonly ProjectionStatus[] {
    const error = this.#fault ? `${this.#fault.message}; the projector starts again` : this.#closing && "the projector is closed"
    if (!error) return this.#status
    // What was told last says nothing any more of what has been recorded since.
    const failure = { eventId: "", type: "", stream: "", revision: 0, error }
    return this.#status.length > 0
      ? this.#status.map((status) => ({ ...status, failure: status.failure ?? failure }))
      : [{ name: "projector", position: 0, lag: 0, failure }]
  }

  wake(): void {
    this.#thread.wake({ kind: "wake" })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#thread.close({ kind: "close" })
    this.#visibility.close()
  }

  #ended(fault: Error): void {
    this.#fault = fault
    this.#options.onFault(fault)
    for (const answer of this.#questions.values()) answer(false)
    this.#questions.clear()
  }

  #receive(message: FromProjector): void {
    switch (message.kind) {
      case "status":
        this.#status = message.status
        this.#fault = undefined
        break
      case "shown": {
        this.#status = message.status
        this.#thread.works()
        const complete = message.status.every(({ failure }) => failure === undefined)
        for (const [stream, revision] of message.shown) this.#visibility.noteShown(stream, revision, complete)
        break
      }
      case "answer":
        this.#questions.get(message.id)?.(message.isShown)
        this.#questions.delete(message.id)
        break
      case "fault":
        this.#options.onFault(new Error(message.error))
        break
      case "generation":
        this.#options.onGeneration()
        // It may show what the one before did not.
        this.#visibility.lookAgain()
        break
      default:
        message satisfies never
    }
  }

  #isShown(stream: string, revision: number): Promise<boolean> {
    const id = ++this.#lastQuestion
    return new Promise((resolve) => {
      this.#questions.set(id, resolve)
      this.#thread.send({ kind: "isShown", id, stream, revision })
    })
  }
}
