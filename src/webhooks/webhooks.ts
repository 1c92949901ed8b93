/** Outgoing webhooks: who is told what happens, and how that goes (docs/webhooks.md). */
import type { DeadLettersFound } from "../domain/commands"
import type { DisabledBecause } from "../domain/events"
import type { EventStore } from "../eventstore/event-store"
import type { Opener } from "../vault/vault"
import { addressProblem, type Resolve } from "./addresses"
import { Delivery } from "./delivery"
import type { Attempt, AttemptOutcome, Backlog, DeadLetter, Endpoint, NumberedAttempt } from "./delivery-state"
import { Dispatch } from "./dispatch"
import { openSender } from "./send"
import { openDeliveryState } from "./sqlite-delivery-state"

export interface WebhooksDeps {
  readonly eventStore: EventStore
  readonly vault: Opener
  /** Where the state lies; `:memory:` for tests. */
  readonly file: string
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Plain http, and addresses that are not public: for tests and intranets. */
  readonly privateNetworks: boolean
  /** Records that an endpoint is disabled. */
  readonly disable: (ownerId: string, webhookId: string, because: DisabledBecause) => Promise<void>
  readonly observe?: {
    readonly attempted?: (outcome: AttemptOutcome) => void
    /** A fault of ours; `webhookId` is absent when it is not about one endpoint. */
    readonly failed?: (error: unknown, webhookId?: string) => void
  }
  readonly resolve?: Resolve
  readonly timeoutMs?: number
  /** From 0 to 1, for the jitter of retries. */
  readonly random?: () => number
}

/** Pages are in a stable order; `after` and `before` are left out for the first. */
export interface Webhooks {
  /** What speaks against an address that can be seen without asking anybody. */
  addressProblem(url: string): string | undefined
  /** True once the endpoints are as this revision of their owner's stream says. */
  waitFor(stream: string, revision: number, withinMs: number): Promise<boolean>

  endpoint(webhookId: string): Endpoint | undefined
  endpoints(page: {
    readonly ownerId?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  }): readonly Endpoint[]
  countEndpoints(ownerId: string | undefined): number
  /** Newest first. */
  attempts(page: { readonly webhookId: string; readonly before?: number | undefined; readonly limit: number }): readonly NumberedAttempt[]
  countAttempts(webhookId: string): number
  /** In the order of the log. */
  deadLetters(page: { readonly webhookId: string; readonly after?: number | undefined; readonly limit: number }): readonly DeadLetter[]

  /** Sends a message that is no event and waits for what becomes of it; undefined when there is no such endpoint. */
  sendTest(webhookId: string): Promise<Attempt | undefined>
  /** The event whose message has its turn; undefined when nothing waits. */
  nextEventId(webhookId: string): string | undefined
  /** How many dead letters there are; or which, of these events. */
  deadAmong(webhookId: string, eventIds?: readonly string[]): DeadLettersFound
  backlog(): Backlog

  /** Sends what is due by now; a timer does so too. */
  wake(): void
  close(): Promise<void>
}

/** From now on the log is followed and messages are sent. One process does that: the one that may write to the data folder. */
export function openWebhooks(deps: WebhooksDeps): Webhooks {
  const { eventStore, vault, file, now, privateNetworks, disable, observe = {}, resolve, timeoutMs, random = Math.random } = deps
  const state = openDeliveryState(file)
  const sender = openSender({
    privateNetworks,
    now,
    ...(resolve === undefined ? {} : { resolve }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  const delivery = new Delivery({
    state,
    eventStore,
    vault,
    sender,
    now,
    random,
    disable: (ownerId, webhookId) => disable(ownerId, webhookId, "GONE"),
    attempted: (outcome) => observe.attempted?.(outcome),
    failed: (webhookId, error) => observe.failed?.(error, webhookId),
  })
  const dispatch = new Dispatch({ state, eventStore, wake: () => delivery.wake(), failed: (error) => observe.failed?.(error) })
  dispatch.start()
  delivery.wake()

  return {
    addressProblem: (url) => (URL.canParse(url) ? addressProblem(new URL(url), privateNetworks) : undefined),
    async waitFor(stream, revision, withinMs) {
      for await (const [event] of eventStore.read(stream, revision - 1))
        return event !== undefined && dispatch.reached(event.position, withinMs)
      return false
    },
    endpoint: (webhookId) => state.endpoint(webhookId),
    endpoints: (page) => state.endpoints(page),
    countEndpoints: (ownerId) => state.countEndpoints(ownerId),
    attempts: (page) => state.attempts(page),
    countAttempts: (webhookId) => state.countAttempts(webhookId),
    deadLetters: (page) => state.deadLetters(page),
    async sendTest(webhookId) {
      const endpoint = state.endpoint(webhookId)
      return endpoint && delivery.sendTest(endpoint)
    },
    nextEventId(webhookId) {
      const endpoint = state.endpoint(webhookId)
      return endpoint && state.next(endpoint.number)?.eventId
    },
    deadAmong(webhookId, eventIds) {
      const endpoint = state.endpoint(webhookId)
      if (eventIds === undefined || !endpoint) return { count: endpoint?.dead ?? 0 }
      const dead = state.deadAmong(endpoint.number, eventIds)
      return { count: dead.length, eventIds: dead }
    },
    backlog: () => state.backlog(),
    wake: () => delivery.wake(),
    async close() {
      await dispatch.close()
      await delivery.close()
      state.close()
    },
  }
}
