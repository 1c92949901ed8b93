/**
 * Calls to KurrentDB end. The client waits for ever on a server that takes the connection and never answers (measured:
 * 45 s and more), so every call has a time limit of ours, and a client that exceeded one is thrown away.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { KurrentDBClient } from "@kurrent/kurrentdb-client"
import type { Half } from "./kurrentdb-connection"
import { type Meaning, meaningOf } from "./kurrentdb-errors"

export interface Limits {
  /** How long the server may be silent: before it answers, and between two parts of an answer. */
  readonly callMs: number
  /** All attempts of one append, the wait for its turn included, or of one page. */
  readonly retryMs: number
}

/** The server was silent for too long. */
export class Late extends Error {
  override readonly name = "Late"
  constructor(ms: number) {
    super(`no answer within ${ms} ms`)
  }
}

/** The server has answered, and trying again would bring the same. */
export class Told extends Error {
  override readonly name = "Told"
  constructor(
    readonly meaning: Exclude<Meaning, { kind: "unavailable" | "not leader" }>,
    /** True when an attempt before this one may have done its work. */
    readonly afterSilence: boolean,
    options: ErrorOptions,
  ) {
    super(meaning.kind, options)
  }
}

/** No attempt was answered. */
export class Unanswered extends Error {
  override readonly name = "Unanswered"
  constructor(shown: string, options: ErrorOptions) {
    const { cause } = options
    super(`KurrentDB at ${shown} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, options)
  }
}

/**
 * Tries again, with growing pauses, until it is answered or out of time. The work ends by itself when the server is silent.
 * @throws Told | Unanswered
 */
export async function persistently<T>(
  half: Half,
  retryMs: number,
  signal: AbortSignal,
  work: (client: KurrentDBClient) => Promise<T>,
): Promise<T> {
  const end = performance.now() + retryMs
  for (let tries = 0; ; tries++) {
    const { client } = half
    try {
      return await work(client)
    } catch (cause) {
      const meaning = meaningOf(cause)
      if (meaning.kind !== "unavailable" && meaning.kind !== "not leader") throw new Told(meaning, tries > 0, { cause })
      // The client follows the leader by itself, once; whoever leads now is found by a new client.
      if (meaning.kind === "unavailable" || tries > 0) half.discard(client)
      const wait = meaning.kind === "not leader" && tries === 0 ? 0 : backoff(tries)
      if (signal.aborted || performance.now() + wait > end) throw new Unanswered(half.shown, { cause })
      await pause(wait, undefined, { signal }).catch(() => {}) // Aborted: one more look at the signal.
    }
  }
}

/** Half of it is chance, so that the nodes do not come back all at once. */
export function backoff(tries: number): number {
  return Math.min(2_000, 50 * 2 ** tries) * (0.5 + Math.random() / 2)
}

/** Whatever the work does later is nobody's concern any more. @throws Late */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(ms)), ms)
  })
  work.catch(() => {})
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Lets so much through at once. The client writes appends to one stream of messages that holds back from 16 on, and a
 * message that was held back when the connection breaks becomes an unhandled rejection, which ends the process.
 */
export class Turnstile {
  #free: number
  readonly #waiting: { readonly weight: number; readonly enter: () => void }[] = []

  constructor(private readonly capacity: number) {
    this.#free = capacity
  }

  /** @throws Late when its turn does not come within the time; the work was not begun then */
  async pass<T>(weight: number, withinMs: number, work: () => Promise<T>): Promise<T> {
    const counted = Math.min(weight, this.capacity)
    if (this.#waiting.length > 0 || counted > this.#free) await this.#turn(counted, withinMs)
    else this.#free -= counted
    try {
      return await work()
    } finally {
      this.#free += counted
      this.#admit()
    }
  }

  #turn(weight: number, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer)
        resolve()
      }
      const waiting = { weight, enter }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(new Late(withinMs))
        this.#admit() // There may be room for what stood behind it.
      }, withinMs)
      this.#waiting.push(waiting)
    })
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && next.weight <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#free -= next.weight
      next.enter()
    }
  }
}
