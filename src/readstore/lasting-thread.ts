/** A worker thread that is started again when it ends although nobody asked it to. */
import type { Worker } from "node:worker_threads"
import { startThread } from "./threads"

const RESTART_MS = [100, 500, 2_000, 10_000]

export interface LastingThreadOptions<From> {
  /** Of whom a fault speaks: "<the projector>'s thread ended". */
  readonly whose: string
  /** The resolved path of the module that the thread runs. */
  readonly entry: string
  readonly workerData: unknown
  readonly onMessage: (message: From) => void
  /** It ended, and is started again a little later each time. */
  readonly onEnd: (fault: Error) => void
}

export class LastingThread<To extends { readonly kind: string }, From> {
  readonly #options: LastingThreadOptions<From>
  /** Undefined while it waits to be started again. */
  #worker: Worker | undefined
  #restart: NodeJS.Timeout | undefined
  #faults = 0
  #isClosing = false
  #wakes = false

  constructor(options: LastingThreadOptions<From>) {
    this.#options = options
    this.#start()
  }

  get isRunning(): boolean {
    return this.#worker !== undefined
  }

  /** What is sent while no thread runs is lost. */
  send(message: To): void {
    this.#worker?.postMessage(message)
  }

  /** The appends of one turn (a group commit answers many at once) wake the thread once. */
  wake(message: To): void {
    if (this.#wakes) return
    this.#wakes = true
    queueMicrotask(() => {
      this.#wakes = false
      this.send(message)
    })
  }

  /** It does its work again: the next time it ends, it is started again soon. */
  works(): void {
    this.#faults = 0
  }

  /** Resolves when the thread has ended, which the message asks it to. */
  async close(message: To): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#restart)
    const worker = this.#worker
    if (!worker) return
    const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()))
    this.send(message)
    await ended
  }

  #start(): void {
    const { whose, entry, workerData, onMessage } = this.#options
    const worker = startThread(entry, workerData)
    let error: Error | undefined
    worker.on("message", onMessage)
    worker.on("error", (cause) => {
      error = cause instanceof Error ? cause : new Error(String(cause))
    })
    worker.on("exit", (code) => {
      this.#worker = undefined
      if (!this.#isClosing) this.#startAgain(new Error(`${whose}'s thread ended: ${error?.message ?? `code ${code}`}`, { cause: error }))
    })
    this.#worker = worker
  }

  #startAgain(fault: Error): void {
    const delay = RESTART_MS[Math.min(this.#faults, RESTART_MS.length - 1)]
    this.#faults += 1
    this.#restart = setTimeout(() => this.#start(), delay)
    this.#options.onEnd(fault)
  }
}
