/** Subscriptions as clients keep them up: after every end of the connection they come back with the last revision they were told. */
import { setTimeout as pause } from "node:timers/promises"
import { createClient } from "graphql-sse"
import { AGAIN, type NodeProcess } from "./three-nodes"

const QUERY = "subscription ($after: Int) { historyAppended(afterRevision: $after) { revision } }"
const COME_BACK_AFTER_MS = 50

/** Follows the audit trail of an organization, from its beginning, on one node. */
export class Watcher {
  /** As they came. */
  readonly revisions: number[] = []
  readonly #closed = new AbortController()
  readonly #watching: Promise<void>

  /** @param token of somebody who may read the organization's audit trail */
  constructor(
    readonly node: NodeProcess,
    readonly organizationId: string,
    private readonly token: string,
  ) {
    this.#watching = this.#watch()
    this.#watching.catch(() => {}) // told by `close`
  }

  /** @throws when a subscription was refused, or ended with a fault */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#watching
  }

  async #watch(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      const { url } = this.node
      if (url !== undefined) await this.#follow(url)
      await pause(COME_BACK_AFTER_MS)
    }
  }

  /** Until the connection ends. */
  async #follow(url: string): Promise<void> {
    const client = createClient({
      url: `${url}/graphql/stream`,
      headers: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0, // by itself it would come back for the same as at first
    })
    const end = () => client.dispose()
    this.#closed.signal.addEventListener("abort", end, { once: true })
    const results = client.iterate<{ historyAppended: { revision: number } }>({
      query: QUERY,
      variables: { after: this.revisions.at(-1) ?? 0 },
    })
    try {
      for (;;) {
        const next = await results.next().catch(() => undefined) // the node was killed
        if (next === undefined || next.done) return
        const { data, errors } = next.value
        if (data) this.revisions.push(data.historyAppended.revision)
        else if (AGAIN.has(errors?.[0]?.extensions?.code)) return
        else throw new Error(`the subscription on ${this.node.name} ended with ${JSON.stringify(errors)}`)
      }
    } finally {
      this.#closed.signal.removeEventListener("abort", end)
      end()
    }
  }
}
