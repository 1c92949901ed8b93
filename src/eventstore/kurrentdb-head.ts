/**
 * Where our newest event lies: measured every few seconds, by asking the server. When that did not succeed for a while, or
 * not yet at all, it is not known, and nobody may conclude from silence that there is nothing new.
 */
import { type Position, START } from "./event-store"
import type { Place } from "./kurrentdb-events"
import { type Pages, Refused } from "./kurrentdb-pages"

export interface HeadLimits {
  readonly lookEveryMs: number
  /** How long what was measured still counts when it cannot be measured again. */
  readonly trustMs: number
}

export class Head {
  #position: Position = START
  /** Where the whole log ended when it was measured: our newest event was looked for up to here. */
  #lookedTo: Place | undefined
  #isMeasured = false
  #trustedUntil = Number.POSITIVE_INFINITY
  #measuring: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly pages: Pages,
    private readonly limits: HeadLimits,
    private readonly closed: AbortSignal,
  ) {}

  /** Of the newest event that this process has heard of. */
  get position(): Position {
    return this.#position
  }

  get isKnown(): boolean {
    return this.#isMeasured && performance.now() < this.#trustedUntil
  }

  /** An event lies here. Answers the newest position that is known. */
  heard(position: Position): Position {
    this.#position = Math.max(this.#position, position)
    return this.#position
  }

  /** Every few seconds from now on. */
  keepMeasuring(): void {
    if (this.#timer !== undefined) return
    this.#measureAfter(this.limits.lookEveryMs)
    this.#trustUntilAfter(this.limits.lookEveryMs)
  }

  /** @throws when there is no answer */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined
    })
    return this.#measuring
  }

  /** Measured after this call, not before it. @throws when there is no answer */
  async newest(): Promise<Position> {
    await this.#measuring?.catch(() => {})
    await this.measure()
    return this.#position
  }

  async #measure(): Promise<void> {
    const end = await this.pages.end("once")
    // What was looked through before is not looked through again: others may have written millions of events to it.
    if (this.#lookedTo === undefined || (await this.#hasGrown(this.#lookedTo))) this.heard((await this.pages.newest()) ?? START)
    this.#lookedTo = end
    this.#isMeasured = true
  }

  async #hasGrown(lookedTo: Place): Promise<boolean> {
    try {
      const page = await this.pages.ofStore(lookedTo, this.#position, 1, this.closed, "once")
      return page === "nothing yet" || page.events.length > 0
    } catch (error) {
      if (error instanceof Refused) this.#lookedTo = undefined // A new leader cut off what was the end.
      throw error
    }
  }

  async #look(): Promise<void> {
    if (this.closed.aborted) return
    const { lookEveryMs } = this.limits
    try {
      await this.measure()
      this.#trustUntilAfter(lookEveryMs)
    } catch {
      // Whoever reads or follows meets the same trouble, and reports it.
    }
    this.#measureAfter(lookEveryMs)
  }

  #measureAfter(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), ms).unref()
  }

  #trustUntilAfter(ms: number): void {
    this.#trustedUntil = performance.now() + ms + this.limits.trustMs
  }
}
