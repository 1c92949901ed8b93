/**
 * How much a vendor's repeats and refusals may take up in the log. A message that has an effect, or could have had one, is
 * always recorded; without a bound on the others a program gone wrong would fill the disk with them.
 */

/** A bad day of somebody who sells to thousands of customers. */
const ROOM = 1_000
/** One more each time: 8,640 a day of a vendor that never stops. */
export const ROOM_EVERY_MS = 10_000

export class LedgerRoom {
  readonly #taken = new Map<string, { used: number; at: number }>()

  /** @param now milliseconds since 1970, UTC */
  constructor(private readonly now: () => number) {}

  /** False when there is none left: the message is then not recorded. */
  take(vendorId: string): boolean {
    const now = this.now()
    const { used, at } = this.#taken.get(vendorId) ?? { used: 0, at: now }
    const left = Math.max(0, used - Math.max(0, now - at) / ROOM_EVERY_MS)
    if (left + 1 > ROOM) return false
    this.#taken.set(vendorId, { used: left + 1, at: Math.max(at, now) })
    return true
  }
}
