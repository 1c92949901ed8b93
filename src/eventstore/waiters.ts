/** Readers who reached the head wait here until something is appended. */
export class Waiters {
  readonly #wakes = new Set<() => void>()

  get size(): number {
    return this.#wakes.size
  }

  /** Resolves at the next `wake`, or when the signal is aborted. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#wakes.delete(wake)
        signal.removeEventListener("abort", wake)
        resolve()
      }
      this.#wakes.add(wake)
      signal.addEventListener("abort", wake)
    })
  }

  wake(): void {
    for (const wake of [...this.#wakes]) wake()
  }
}
