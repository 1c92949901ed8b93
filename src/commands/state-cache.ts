/** What was folded of streams that rest, the longest unused thrown away first. A state in use is not in here. */
export class StateCache<Loaded> {
  /** A Map keeps the order of insertion: the first is the one that rests the longest. */
  readonly #resting = new Map<string, { readonly loaded: Loaded; readonly weight: number }>()
  #weight = 0

  constructor(
    private readonly capacity: number,
    private readonly weigh: (loaded: Loaded) => number,
  ) {}

  take(id: string): Loaded | undefined {
    const found = this.#resting.get(id)
    if (!found) return undefined
    this.#resting.delete(id)
    this.#weight -= found.weight
    return found.loaded
  }

  put(id: string, loaded: Loaded): void {
    this.take(id)
    const weight = this.weigh(loaded)
    this.#resting.set(id, { loaded, weight })
    this.#weight += weight
    for (const oldest of this.#resting.keys()) {
      if (this.#weight <= this.capacity || oldest === id) return
      this.take(oldest)
    }
  }
}
