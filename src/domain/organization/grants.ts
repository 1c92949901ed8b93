/** Seats in the order they were granted, for taking back the newest first (rule 20). Entries go stale and are skipped. */

/** What this list needs to know of a claim. */
export interface Granted {
  readonly state: "NEW" | "WAITLISTED" | "SEATED" | "ENDED"
  /** The place of the present grant in this list. */
  grant: number
}

export class Grants<Claim extends Granted> {
  private claims: Claim[] = []

  get length(): number {
    return this.claims.length
  }

  push(claim: Claim): void {
    claim.grant = this.claims.length
    this.claims.push(claim)
  }

  /** Who holds a seat, the newest grant first. */
  *newest(): Generator<Claim> {
    for (let index = this.claims.length - 1; index >= 0; index--) {
      const claim = this.claims[index] as Claim // index is inside
      if (holds(claim, index)) yield claim
    }
  }

  /** Every entry, the newest first, with its place: those to be skipped too. */
  *entries(): Generator<readonly [Claim, number]> {
    for (let index = this.claims.length - 1; index >= 0; index--) yield [this.claims[index] as Claim, index] // index is inside
  }

  /** Forgets grants of seats given up since, once they outnumber those `seated`: O(1) a grant over time. */
  prune(seated: number): void {
    if (this.claims.length <= 2 * seated + 64) return
    this.claims = this.claims.filter(holds)
    this.claims.forEach((claim, index) => {
      claim.grant = index
    })
  }
}

export function holds(claim: Granted, index: number): boolean {
  return claim.state === "SEATED" && claim.grant === index
}
