/**
 * The open claims without a seat, first come first (rule 7): a binary heap by claim key. Keys nearly always grow, so
 * joining costs O(1); only a revoked seat comes back at an old key. Claims that leave are skipped when they surface.
 */

/** What the waitlist needs to know of a claim. */
export interface Waiting {
  readonly state: "NEW" | "WAITLISTED" | "SEATED" | "ENDED"
  /** The claim key. */
  readonly revision: number
  readonly ordinal: number
  /** Has an entry here, perhaps one that is to be skipped. */
  queued: boolean
}

export class Waitlist<Claim extends Waiting> {
  private heap: Claim[] = []

  /** A claim whose entry has not surfaced yet is in already: its key never changes, so its place holds. */
  join(claim: Claim): void {
    if (claim.queued) return
    claim.queued = true
    let at = this.heap.length
    this.heap.push(claim)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(claim, this.at(parent))) break
      this.heap[at] = this.at(parent)
      at = parent
    }
    this.heap[at] = claim
  }

  /** Who is first, without taking. */
  first(): Claim | undefined {
    while (this.heap.length > 0 && !waits(this.at(0))) this.drop()
    return this.heap[0]
  }

  /** Takes the first out. Whoever takes must grant, or throw the state away. */
  take(): Claim | undefined {
    const claim = this.first()
    if (claim) this.drop()
    return claim
  }

  /** Forgets claims that left, once they outnumber those `waiting`: O(1) a claim over time, and memory follows the waitlist. */
  prune(waiting: number): void {
    if (this.heap.length <= 2 * waiting + 64) return
    const kept: Claim[] = []
    for (const claim of this.heap) {
      if (waits(claim)) kept.push(claim)
      else claim.queued = false
    }
    kept.sort((a, b) => (isBefore(a, b) ? -1 : 1)) // sorted, an array is a heap
    this.heap = kept
  }

  private drop(): void {
    this.at(0).queued = false
    const last = this.heap.pop()
    const size = this.heap.length
    if (last === undefined || size === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && isBefore(this.at(child + 1), this.at(child))) child++
      if (!isBefore(this.at(child), last)) break
      this.heap[at] = this.at(child)
      at = child
    }
    this.heap[at] = last
  }

  private at(index: number): Claim {
    return this.heap[index] as Claim // the callers stay inside the heap
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.revision < b.revision || (a.revision === b.revision && a.ordinal < b.ordinal)
}

function waits(claim: Waiting): boolean {
  return claim.state === "NEW" || claim.state === "WAITLISTED"
}
