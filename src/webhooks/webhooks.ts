/** Outgoing webhooks: who is told what happens, and how that goes (docs/webhooks.md). */
import { setTimeout as pause } from "node:timers/promises"
import type { DeadLettersFound } from "../domain/commands"
import type { DisabledBecause } from "../domain/events"
import type { EventStore, Position } from "../eventstore/event-store"
import type { Opener } from "../vault/vault"
import { addressProblem, type Resolve } from "./addresses"
import { Delivery } from "./delivery"
import type { Attempt, AttemptOutcome, DeliveryState } from "./delivery-state"
import { Dispatch } from "./dispatch"
import { openSender } from "./send"

export interface WebhooksDeps {
  readonly eventStore: EventStore
  readonly vault: Opener
  /** Closed by whoever opened it. */
  readonly state: DeliveryState
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** Plain http, and addresses that are not public: for tests and intranets. */
  readonly privateNetworks: boolean
  /** Given what one node at a time does, until the signal says that it is another's turn. Left out: this one does it, from now on. */
  readonly standFor?: (lead: (lost: AbortSignal) => Promise<void>) => void
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

type Lists = Pick<DeliveryState, "endpoint" | "endpoints" | "countEndpoints" | "attempts" | "countAttempts" | "deadLetters" | "backlog">

export interface Webhooks extends Lists {
  /** What speaks against an address that can be seen without asking anybody. */
  addressProblem(url: string): string | undefined
  /** True once the endpoints are as this revision of their owner's stream says. */
  waitFor(stream: string, revision: number, withinMs: number): Promise<boolean>

  /** Sends a message that is no event and waits for what becomes of it; undefined when there is no such endpoint. */
  sendTest(webhookId: string): Promise<Attempt | undefined>
  /** The event whose message has its turn; undefined when nothing waits. */
  nextEventId(webhookId: string): Promise<string | undefined>
  /** How many dead letters there are; or which, of these events. */
  deadAmong(webhookId: string, eventIds?: readonly string[]): Promise<DeadLettersFound>

  /** Sends what is due by now; a timer does so too. */
  wake(): void
  close(): Promise<void>
}

/** How often a node that does not follow the log itself looks how far the one is that does. */
const LOOK_EVERY_MS = 50

/** Everybody answers questions; one node at a time follows the log and sends messages. */
export function openWebhooks(deps: WebhooksDeps): Webhooks {
  const { eventStore, vault, state, now, privateNetworks, disable, observe = {}, resolve, timeoutMs, random = Math.random } = deps
  const openDelivery = () =>
    new Delivery({
      state,
      eventStore,
      vault,
      sender: openSender({
        privateNetworks,
        now,
        ...(resolve === undefined ? {} : { resolve }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }),
      now,
      random,
      disable: (ownerId, webhookId) => disable(ownerId, webhookId, "GONE"),
      attempted: (outcome) => observe.attempted?.(outcome),
      failed: (webhookId, error) => observe.failed?.(error, webhookId),
    })
  const tester = openDelivery() // never woken: it sends tests, whoever delivers the rest
  const closed = new AbortController()
  let work: { readonly dispatch: Dispatch; readonly delivery: Delivery } | undefined
  let leading: Promise<void> = Promise.resolve()

  async function deliver(lost: AbortSignal): Promise<void> {
    const delivery = openDelivery()
    const dispatch = new Dispatch({ state, eventStore, wake: () => delivery.wake(), failed: (error) => observe.failed?.(error) })
    work = { dispatch, delivery }
    dispatch.start()
    delivery.wake()
    await untilAborted(AbortSignal.any([lost, closed.signal]))
    work = undefined
    // At once: another has the lead, and whatever fails while reading on ends must not keep this one sending.
    await Promise.all([delivery.close(), dispatch.close()])
  }
  const lead = (lost: AbortSignal): Promise<void> => {
    leading = deliver(lost)
    return leading
  }
  if (deps.standFor) deps.standFor(lead)
  else void lead(closed.signal)

  async function isTaken(position: Position, withinMs: number): Promise<boolean> {
    if (work) return work.dispatch.reached(position, withinMs)
    for (const until = Date.now() + withinMs; ; ) {
      if ((await state.position()) >= position) return true
      if (Date.now() >= until || closed.signal.aborted) return false
      await pause(LOOK_EVERY_MS)
    }
  }

  return {
    addressProblem: (url) => (URL.canParse(url) ? addressProblem(new URL(url), privateNetworks) : undefined),
    async waitFor(stream, revision, withinMs) {
      for await (const [event] of eventStore.read(stream, revision - 1)) return event !== undefined && isTaken(event.position, withinMs)
      return false
    },
    endpoint: (webhookId) => state.endpoint(webhookId),
    endpoints: (page) => state.endpoints(page),
    countEndpoints: (ownerId) => state.countEndpoints(ownerId),
    attempts: (page) => state.attempts(page),
    countAttempts: (webhookId) => state.countAttempts(webhookId),
    deadLetters: (page) => state.deadLetters(page),
    async sendTest(webhookId) {
      const endpoint = await state.endpoint(webhookId)
      return endpoint && tester.sendTest(endpoint)
    },
    async nextEventId(webhookId) {
      const endpoint = await state.endpoint(webhookId)
      return endpoint && (await state.next(endpoint.number))?.eventId
    },
    async deadAmong(webhookId, eventIds) {
      const endpoint = await state.endpoint(webhookId)
      if (eventIds === undefined || !endpoint) return { count: endpoint?.dead ?? 0 }
      const dead = await state.deadAmong(endpoint.number, eventIds)
      return { count: dead.length, eventIds: dead }
    },
    backlog: () => state.backlog(),
    wake: () => work?.delivery.wake(),
    async close() {
      closed.abort()
      await leading
      await tester.close()
    },
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
