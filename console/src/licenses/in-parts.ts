/**
 * One thing done to many: commands of a hundred, one after the other, each on what the one before left behind. It can be
 * stopped between two, and gone on with where it ended; what has been done by then is known at any time.
 */
import type { Client } from "urql"
import type { Sent } from "../api/command"
import type { RefusalTextFragment } from "../api/operations"
import { newestConsequence } from "./consequences"

/** The most principals that one command takes (rule 15). */
export const AT_ONCE = 100

export interface PartPayload {
  readonly revision: number | null
  readonly visible: boolean
  readonly refusal: RefusalTextFragment | null
}

export type Ended<P extends PartPayload> = { readonly kind: "all" } | { readonly kind: "stopped" } | Exclude<Sent<P>, { kind: "done" }>

interface Plan<Item, P extends PartPayload> {
  readonly client: Client
  readonly licenseId: string
  readonly items: readonly Item[]
  /** The first part is decided on this revision, or refused (rule 35). */
  readonly expectedRevision: number
  readonly atOnce?: number
  /** The same part under the same number, however often. */
  readonly send: (part: readonly Item[], expectedRevision: number, from: number) => Promise<Sent<P>>
  readonly onDone?: (done: number) => void
}

export class Parts<Item, P extends PartPayload> {
  /** So many of the items, from the first on, have been seen to. */
  done = 0
  readonly payloads: P[] = []
  /** After the last part that was carried out. */
  revision: number
  #isStopped = false

  constructor(private readonly plan: Plan<Item, P>) {
    this.revision = plan.expectedRevision
  }

  /** After the part that is on its way. */
  stop(): void {
    this.#isStopped = true
  }

  /** Begins, or goes on behind the last part that was carried out. */
  async carryOn(): Promise<Ended<P>> {
    const { items, atOnce = AT_ONCE, onDone } = this.plan
    this.#isStopped = false
    while (this.done < items.length) {
      if (this.#isStopped) return { kind: "stopped" }
      const part = items.slice(this.done, this.done + atOnce)
      const sent = await this.#send(part)
      if (sent.kind !== "done") return sent
      this.payloads.push(sent.payload)
      // What we did ourselves is no surprise to the next part.
      this.revision = sent.payload.revision ?? this.revision
      this.done += part.length
      onDone?.(this.done)
    }
    return { kind: "all" }
  }

  async #send(part: readonly Item[]): Promise<Sent<P>> {
    const { client, licenseId, send } = this.plan
    for (;;) {
      const sent = await send(part, this.revision, this.done)
      if (sent.kind !== "refused" || sent.refusal.__typename !== "StaleView" || this.#isStopped) return sent
      // The seats of large groups follow in appends of their own (rule 39): that, too, is what we did.
      const settled = await newestConsequence(client, licenseId, this.revision, sent.refusal.changedAtRevision)
      if (settled === undefined) return sent
      this.revision = settled
    }
  }
}
