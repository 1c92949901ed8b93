/** Who waits for which revision to be shown, and who wants to hear of every step. */
import type { Revision } from "../eventstore/event-store"

interface Waiter {
  readonly revision: Revision
  readonly resolve: (answer: "visible" | "timeout") => void
  done: boolean
}

/** Streams of which the last shown revision is remembered; the others are asked for. About 10 MB. */
const STREAMS_REMEMBERED = 100_000

export class Visibility {
  readonly #shown = new Map<string, Revision>()
  /** Per stream, in the order of revisions: a step resolves from the front and looks at no other. */
  readonly #waiters = new Map<string, Waiter[]>()
  readonly #listeners = new Map<string, Set<(revision: Revision) => void>>()
  readonly #ask: (stream: string, revision: Revision) => Promise<boolean>

  /** `ask` looks a revision up that was perhaps shown before this process heard of any progress. */
  constructor(ask: (stream: string, revision: Revision) => Promise<boolean>) {
    this.#ask = ask
  }

  /** `complete` is false while a projection stands still: what it lacks will not become visible by waiting. */
  noteShown(stream: string, revision: Revision, complete: boolean): void {
    if (complete) this.#remember(stream, revision)
    this.#answer(stream, revision, complete ? "visible" : "timeout")
    const listeners = this.#listeners.get(stream)
    if (listeners) for (const listener of [...listeners]) listener(revision)
  }

  #answer(stream: string, revision: Revision, answer: "visible" | "timeout"): void {
    const waiters = this.#waiters.get(stream)
    if (!waiters) return
    let next = 0
    for (; next < waiters.length && (waiters[next] as Waiter).revision <= revision; next++) {
      const waiter = waiters[next] as Waiter // within bounds
      waiter.done = true
      waiter.resolve(answer)
    }
    if (next === waiters.length) this.#waiters.delete(stream)
    else waiters.splice(0, next)
  }

  waitFor(stream: string, revision: Revision, timeoutMs: number): Promise<"visible" | "timeout"> {
    if ((this.#shown.get(stream) ?? 0) >= revision) return Promise.resolve("visible")
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#giveUp(stream, waiter), timeoutMs)
      const waiter: Waiter = {
        revision,
        done: false,
        resolve: (answer) => {
          clearTimeout(timer)
          resolve(answer)
        },
      }
      this.#enqueue(stream, waiter)
      if (!this.#shown.has(stream)) void this.#lookUp(stream, revision)
    })
  }

  onProgress(stream: string, listener: (revision: Revision) => void): () => void {
    const listeners = this.#listeners.get(stream) ?? new Set()
    this.#listeners.set(stream, listeners)
    // The same function may be given twice, and each has its own end.
    const own = (revision: Revision) => listener(revision)
    listeners.add(own)
    return () => {
      listeners.delete(own)
      if (listeners.size === 0 && this.#listeners.get(stream) === listeners) this.#listeners.delete(stream)
    }
  }

  /** Something may have been shown that nobody told of: asks again for whoever waits, and lets the listeners look. */
  lookAgain(): void {
    for (const stream of this.#waiters.keys()) void this.#lookUpAll(stream)
    for (const [stream, listeners] of this.#listeners) {
      const revision = this.#shown.get(stream) ?? 0
      for (const listener of [...listeners]) listener(revision)
    }
  }

  /** Nothing will be shown any more. */
  close(): void {
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.resolve("timeout")
    this.#waiters.clear()
    this.#listeners.clear()
  }

  #remember(stream: string, revision: Revision): void {
    if (!this.#shown.has(stream) && this.#shown.size >= STREAMS_REMEMBERED) {
      const [oldest] = this.#shown.keys()
      if (oldest !== undefined) this.#shown.delete(oldest)
    }
    if ((this.#shown.get(stream) ?? 0) < revision) this.#shown.set(stream, revision)
  }

  /** One after the other from the front, up to the first that is not shown: those behind it are not shown either. */
  async #lookUpAll(stream: string): Promise<void> {
    for (;;) {
      const [first] = this.#waiters.get(stream) ?? []
      if (!first || !(await this.#lookUp(stream, first.revision))) return
    }
  }

  async #lookUp(stream: string, revision: Revision): Promise<boolean> {
    // When that cannot be told, only progress tells.
    const isShown = await this.#ask(stream, revision).catch(() => false)
    // Not remembered: only progress tells how far the stream is shown, and the next one may ask for a later revision.
    if (isShown) this.#answer(stream, revision, "visible")
    return isShown
  }

  #enqueue(stream: string, waiter: Waiter): void {
    const waiters = this.#waiters.get(stream)
    if (!waiters) {
      this.#waiters.set(stream, [waiter])
      return
    }
    let place = waiters.length
    while (place > 0 && (waiters[place - 1] as Waiter).revision > waiter.revision) place--
    waiters.splice(place, 0, waiter)
  }

  #giveUp(stream: string, waiter: Waiter): void {
    if (waiter.done) return
    waiter.done = true
    const waiters = this.#waiters.get(stream)
    const place = waiters?.indexOf(waiter) ?? -1
    if (waiters && place >= 0) waiters.splice(place, 1)
    if (waiters?.length === 0) this.#waiters.delete(stream)
    waiter.resolve("timeout")
  }
}
