/** A binary heap: whoever comes before all others is on top. Putting in what comes last costs O(1), taking out O(log n). */
export class Heap<T> {
  constructor(
    private readonly isBefore: (a: T, b: T) => boolean,
    /** Taken over, not copied. In order, as a sorted array is. */
    private readonly items: T[] = [],
  ) {}

  get size(): number {
    return this.items.length
  }

  get top(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    let at = this.items.length
    this.items.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isBefore(item, this.at(parent))) break
      this.items[at] = this.at(parent)
      at = parent
    }
    this.items[at] = item
  }

  pop(): T | undefined {
    const top = this.items[0]
    const last = this.items.pop()
    const size = this.items.length
    if (last === undefined || size === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && this.isBefore(this.at(child + 1), this.at(child))) child++
      if (!this.isBefore(this.at(child), last)) break
      this.items[at] = this.at(child)
      at = child
    }
    this.items[at] = last
    return top
  }

  /** All of them, in no particular order. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.items.values()
  }

  /** All of them in order, without taking any out: O(log k) for the k-th, however many there are. */
  *inOrder(): Generator<T> {
    const { items } = this
    // A child comes after its parent, so the next one is always among the children of those that were told.
    const next = new Heap<number>((a, b) => this.isBefore(this.at(a), this.at(b)), items.length > 0 ? [0] : [])
    for (let index = next.pop(); index !== undefined; index = next.pop()) {
      yield this.at(index)
      if (2 * index + 1 < items.length) next.push(2 * index + 1)
      if (2 * index + 2 < items.length) next.push(2 * index + 2)
    }
  }

  private at(index: number): T {
    return this.items[index] as T // the callers stay inside
  }
}
