/** Keys that were read from a database elsewhere, for a while: where a key was destroyed, that is heard, or else the time ends it. */

/** How long a key is used without having been looked up again. */
export const KEPT_FOR_MS = 60_000
/** About 200 bytes each. */
const MOST = 50_000

interface Kept {
  readonly key: Buffer
  readonly until: number
}

export class KeyCache {
  /** A Map keeps the order of insertion, so the first one is the one that was read the longest ago. */
  readonly #keys = new Map<string, Kept>()
  #erasures = 0

  /** @param now in milliseconds, never running backwards */
  constructor(private readonly now: () => number) {}

  get(place: string): Buffer | undefined {
    const kept = this.#keys.get(place)
    if (kept === undefined) return undefined
    if (this.now() < kept.until) return kept.key
    this.#keys.delete(place)
    return undefined
  }

  /** To be asked before keys are read, and given with them: what was destroyed while they were on the way is not kept. */
  get erasures(): number {
    return this.#erasures
  }

  keep(keys: Iterable<readonly [place: string, key: Buffer]>, erasures: number): void {
    if (erasures !== this.#erasures) return
    const until = this.now() + KEPT_FOR_MS
    for (const [place, key] of keys) {
      this.#keys.delete(place)
      this.#keys.set(place, { key, until })
    }
    for (const place of this.#keys.keys()) {
      if (this.#keys.size <= MOST) return
      this.#keys.delete(place)
    }
  }

  /** Something was destroyed, or may have been. */
  forget(): void {
    this.#erasures++
    this.#keys.clear()
  }
}
