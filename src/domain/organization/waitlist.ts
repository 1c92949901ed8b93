/**
 * The open claims without a seat, first come first (rule 7): a binary heap by claim key. Keys nearly always grow, so
 * joining costs O(1); only a revoked seat comes back at an old key. Claims that leave are skipped when they surface.
 */
import { Heap } from "./heap"

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
  private heap = new Heap<Claim>(isBefore)

  /** A claim whose entry has not surfaced yet is in already: its key never changes, so its place holds. */
  join(claim: Claim): void {
    if (claim.queued) return
    claim.queued = true
    this.heap.push(claim)
  }

  /** Who is first, without taking. */
  first(): Claim | undefined {
    while (this.heap.top !== undefined && !waits(this.heap.top)) this.drop()
    return this.heap.top
  }

  /** Takes the first out. Whoever takes must grant, or throw the state away. */
  take(): Claim | undefined {
    const claim = this.first()
    if (claim) this.drop()
    return claim
  }

  /** Forgets claims that left, once they outnumber those `waiting`: O(1) a claim over time, and memory follows the waitlist. */
  prune(waiting: number): void {
    if (this.heap.size <= 2 * waiting + 64) return
    const kept: Claim[] = []
    for (const claim of this.heap) {
      if (waits(claim)) kept.push(claim)
      else claim.queued = false
    }
    kept.sort((a, b) => (isBefore(a, b) ? -1 : 1))
    this.heap = new Heap(isBefore, kept)
  }

  /** Every entry in order, those to be skipped too, without taking any. */
  entries(): Iterator<Claim> {
    return this.heap.inOrder()
  }

  private drop(): void {
    const claim = this.heap.pop()
    if (claim) claim.queued = false
  }
}

export function isBefore(a: Waiting, b: Waiting): boolean {
  return a.revision < b.revision || (a.revision === b.revision && a.ordinal < b.ordinal)
}

export function waits(claim: Waiting): boolean {
  return claim.state === "NEW" || claim.state === "WAITLISTED"
}
