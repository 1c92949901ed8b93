/** A growing list, read page by page at the reader's pace. */

/** How many entries one read brings: all that a slow reader ever makes us keep. */
const PAGE = 100

export interface Source<Entry extends { readonly revision: number }> {
  /** Entries after a revision, in order; fewer than the limit when there are no more for now. */
  readonly page: (after: number, limit: number) => Promise<readonly Entry[]>
  /** Calls back whenever there may be more; answers the way to stop. */
  readonly onProgress: (listener: () => void) => () => void
}

/**
 * Every entry after a revision, once each, in order, and then those to come, until `return` is called. It is pulled:
 * nothing is read before the reader asks, so a slow reader costs one page and no more. It is an object of its own
 * instead of an async generator, because a generator that awaits cannot be ended from outside before something happens.
 */
export class Feed<Entry extends { readonly revision: number }> implements AsyncIterableIterator<Entry, undefined> {
  #page: Entry[] = []
  #after: number
  /** Something may have come since the page was asked for: look again instead of sleeping. */
  #isNews = false
  #isEnded = false
  #wake: () => void = () => {}
  /** Calls of `next` before the last one was answered wait for their turn. */
  #turn: Promise<unknown> = Promise.resolve()
  readonly #source: Source<Entry>
  readonly #stop: () => void

  constructor(source: Source<Entry>, after: number) {
    this.#source = source
    this.#after = after
    // Listening begins before the first read, so nothing can fall between the two.
    this.#stop = source.onProgress(() => {
      this.#isNews = true
      this.#wake()
    })
  }

  next(): Promise<IteratorResult<Entry, undefined>> {
    const turn = this.#turn.then(() => this.#next())
    this.#turn = turn.catch(() => {}) // the caller of that turn has the error
    return turn
  }

  async return(): Promise<IteratorResult<Entry, undefined>> {
    this.#end()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<Entry, undefined>> {
    this.#end()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #next(): Promise<IteratorResult<Entry, undefined>> {
    try {
      while (!this.#isEnded) {
        const entry = this.#page.shift()
        if (entry) {
          this.#after = entry.revision
          return { done: false, value: entry }
        }
        this.#isNews = false
        this.#page = [...(await this.#source.page(this.#after, PAGE))]
        if (this.#page.length === 0 && !this.#isNews) await this.#news()
      }
    } catch (error) {
      this.#end()
      throw error
    }
    return { done: true, value: undefined }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      if (this.#isEnded) resolve()
    })
  }

  #end(): void {
    this.#isEnded = true
    this.#page = []
    this.#stop()
    this.#wake()
  }
}
