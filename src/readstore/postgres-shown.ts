/** How the node that projects tells all nodes what is shown: notifications, short and in order. */
import { createHash } from "node:crypto"
import type { Position, Revision } from "../eventstore/event-store"
import type { Database } from "../postgres/database"
import { notify } from "../postgres/listening"

/** One notification. The streams of one batch may take several, of which the last carries the position. */
export interface Announcement {
  readonly generation: number
  /** Everything up to here is shown; left out when more of the same batch follows. */
  readonly position?: Position
  /** False while a projection stands still: what it lacks will not become visible by waiting. */
  readonly complete: boolean
  readonly shown: readonly (readonly [stream: string, revision: Revision])[]
}

/** A stream's name has 250 characters at most, so that as many always fit into one notification. */
const STREAMS_AT_ONCE = 25

/** Nodes whose projections differ have tables of their own, and nothing to tell each other. */
export function shownChannel(signature: string): string {
  return `shown_${createHash("sha256").update(signature).digest("hex").slice(0, 12)}`
}

/** Sends what is shown; while a notification is on its way, the next ones are gathered. */
export class Announcer {
  readonly #control: Database
  readonly #channel: string
  readonly #generation: number
  readonly #onFault: (error: unknown) => void
  #shown = new Map<string, Revision>()
  #position: Position = 0
  #complete = true
  /** Something may be shown that nobody was told of, by the leader before this one too: every node is to look. */
  #wasLost = true
  #sending: Promise<void> | undefined

  constructor(control: Database, channel: string, generation: number, onFault: (error: unknown) => void) {
    this.#control = control
    this.#channel = channel
    this.#generation = generation
    this.#onFault = onFault
  }

  tell(shown: ReadonlyMap<string, Revision>, position: Position, complete: boolean): void {
    for (const [stream, revision] of shown) this.#shown.set(stream, revision)
    this.#position = position
    this.#complete = complete
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined
    })
  }

  async #send(): Promise<void> {
    await undefined // what is told in the same turn goes together
    while (this.#shown.size > 0) {
      const all = [...this.#shown]
      const [position, complete] = [this.#position, this.#complete]
      this.#shown = new Map()
      try {
        // The position of what is told next would say that nothing is lacking.
        if (this.#wasLost) await notify(this.#control, this.#channel, "")
        this.#wasLost = false
        for (let from = 0; from < all.length; from += STREAMS_AT_ONCE) {
          const shown = all.slice(from, from + STREAMS_AT_ONCE)
          const isLast = from + STREAMS_AT_ONCE >= all.length
          const announcement: Announcement = { generation: this.#generation, complete, shown, ...(isLast ? { position } : {}) }
          await notify(this.#control, this.#channel, JSON.stringify(announcement))
        }
      } catch (error) {
        this.#wasLost = true
        this.#onFault(error) // Every node also looks by itself, a little later.
      }
    }
  }
}
