/** The projector in a worker thread, as the main thread sees it. */
import type { Worker } from "node:worker_threads"
import type { Projecting, ProjectionStatus } from "./projecting"
import type { FromProjector, ProjectorPlaces, ToProjector } from "./projector-worker"
import { startThread } from "./threads"
import { Visibility } from "./visibility"

export interface ProjectorThreadOptions extends ProjectorPlaces {
  /** The read models were rebuilt: readers turn to the new generation, for example by `SqliteReadStore.reopen`. */
  readonly onGeneration: () => void
  /** The thread ended although nobody asked it to; it is started again. For the log. */
  readonly onFault: (error: Error) => void
}

const RESTART_MS = [100, 500, 2_000, 10_000]

export function startProjectorThread(options: ProjectorThreadOptions): Projecting {
  return new ProjectorThread(options)
}

class ProjectorThread implements Projecting {
  readonly #options: ProjectorThreadOptions
  readonly #visibility: Visibility
  readonly #questions = new Map<number, (isShown: boolean) => void>()
  #worker: Worker
  #status: readonly ProjectionStatus[] = []
  #fault: Error | undefined
  #faults = 0
  #restart: NodeJS.Timeout | undefined
  #lastQuestion = 0
  #wakes = false
  #closing: Promise<void> | undefined

  constructor(options: ProjectorThreadOptions) {
    this.#options = options
    this.#visibility = new Visibility((stream, revision) => this.#isShown(stream, revision))
    this.#worker = this.#start()
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

  /** The appends of one turn (a group commit answers many at once) wake the thread once. */
  wake(): void {
    if (this.#wakes) return
    this.#wakes = true
    queueMicrotask(() => {
      this.#wakes = false
      this.#send({ kind: "wake" })
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    clearTimeout(this.#restart)
    const ended = this.#fault ? Promise.resolve() : new Promise<void>((resolve) => this.#worker.once("exit", () => resolve()))
    this.#send({ kind: "close" })
    await ended
    this.#visibility.close()
  }

  #send(message: ToProjector): void {
    this.#worker.postMessage(message)
  }

  #start(): Worker {
    const { log, vault, folder, skips } = this.#options
    const places: ProjectorPlaces = { log, vault, folder, skips }
    const worker = startThread(require.resolve("./projector-worker"), places)
    let error: Error | undefined
    worker.on("message", (message: FromProjector) => this.#receive(message))
    worker.on("error", (cause) => {
      error = cause instanceof Error ? cause : new Error(String(cause))
    })
    worker.on("exit", (code) => {
      if (!this.#closing)
        this.#restartAfter(new Error(`the projector's thread ended: ${error?.message ?? `code ${code}`}`, { cause: error }))
    })
    return worker
  }

  #restartAfter(fault: Error): void {
    this.#fault = fault
    this.#options.onFault(fault)
    for (const answer of this.#questions.values()) answer(false)
    this.#questions.clear()
    const delay = RESTART_MS[Math.min(this.#faults, RESTART_MS.length - 1)]
    this.#faults += 1
    this.#restart = setTimeout(() => {
      this.#worker = this.#start()
    }, delay)
  }

  #receive(message: FromProjector): void {
    switch (message.kind) {
      case "status":
        this.#status = message.status
        this.#fault = undefined
        break
      case "shown": {
        this.#status = message.status
        this.#faults = 0
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
        break
      default:
        message satisfies never
    }
  }

  #isShown(stream: string, revision: number): Promise<boolean> {
    const id = ++this.#lastQuestion
    return new Promise((resolve) => {
      this.#questions.set(id, resolve)
      this.#send({ kind: "isShown", id, stream, revision })
    })
  }
}
