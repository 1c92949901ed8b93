/**
 * Hands messages to their receivers: one at a time to each endpoint, in the order of the log, and to all endpoints side by
 * side. Whatever is not known to have arrived is sent again, so a receiver may get a message twice and never misses one.
 */
import { randomBytes } from "node:crypto"
import { upcast } from "../domain/event-versions"
import type { OrganizationEvent } from "../domain/events"
import type { EventStore } from "../eventstore/event-store"
import { type Opener, unlessLost } from "../vault/vault"
import type { Attempt, AttemptOutcome, DeliveryState, Endpoint, Message } from "./delivery-state"
import { CONTENT_TYPE, isTold, messageBody, TEST_TYPE, testBody } from "./message"
import { delayAfter } from "./schedule"
import type { Sender, Sent } from "./send"
import { signedHeaders } from "./signature"

export interface DeliveryDeps {
  readonly state: DeliveryState
  readonly eventStore: EventStore
  readonly vault: Opener
  readonly sender: Sender
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** From 0 to 1, for jitter. */
  readonly random: () => number
  /** The receiver is gone for good: records that the endpoint is disabled. */
  readonly disable: (ownerId: string, webhookId: string) => Promise<void>
  readonly attempted: (outcome: AttemptOutcome) => void
  /** Something failed that is no receiver's fault. */
  readonly failed: (webhookId: string | undefined, error: unknown) => void
}

/** Requests on the way at once. A slow receiver takes up one of them, for 20 seconds at most. */
const MOST_AT_ONCE = 256
/** Timers of Node hold 24 days at most, and the computer's clock may be set meanwhile. */
const LOOK_AT_LEAST_EVERY_MS = 60_000
/** After a fault of our own, for example a full disk. */
const PAUSE_AFTER_FAULT_MS = 5_000
/** At shutdown, requests on the way may end; what is cut off is sent again after the start. */
const GRACE_MS = 1_000

export class Delivery {
  readonly #deps: DeliveryDeps
  /** Endpoints that are being sent to: one message at a time, so that the order is kept. */
  readonly #running = new Set<string>()
  /** Of these something became due while they were being looked at. */
  readonly #due = new Set<string>()
  readonly #ends = new Set<Promise<void>>()
  readonly #slots: (() => void)[] = []
  #free = MOST_AT_ONCE
  #timer: NodeJS.Timeout | undefined
  #pause: NodeJS.Timeout | undefined
  #closed = false

  constructor(deps: DeliveryDeps) {
    this.#deps = deps
  }

  /** Sends whatever is due, and sets the timer for the rest. */
  wake(): void {
    this.#keep(this.#wake())
  }

  async #wake(): Promise<void> {
    if (this.#closed) return
    try {
      for (const webhookId of await this.#deps.state.due(this.#deps.now())) this.#run(webhookId)
    } catch (error) {
      this.#fail(undefined, error)
    }
    await this.#arm()
  }

  /** Until it has ended, the state is needed. */
  #keep(work: Promise<void>): void {
    const end = work.finally(() => this.#ends.delete(end))
    this.#ends.add(end)
  }

  #fail(webhookId: string | undefined, error: unknown): void {
    this.#deps.failed(webhookId, error)
    // One for all: with one for each, two endpoints that go on failing would wake twice as often after every pause.
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined
      this.wake()
    }, PAUSE_AFTER_FAULT_MS).unref()
  }

  /** One message that is no event, at once and once, also to a disabled endpoint. */
  async sendTest(endpoint: Endpoint): Promise<Attempt> {
    const { state, now } = this.#deps
    const at = now()
    const eventId = `test_${randomBytes(15).toString("hex")}`
    const sent = await this.#send(endpoint, eventId, testBody(eventId, endpoint.ownerId, at), at)
    const attempt = { ...attemptOf({ eventId, type: TEST_TYPE }, 1, at, sent), outcome: "TESTED", retryAt: null } as const
    await state.note(endpoint.number, attempt)
    this.#deps.attempted("TESTED")
    return attempt
  }

  /** Nothing is sent any more, and everything on the way has ended. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    const cutOff = setTimeout(() => this.#deps.sender.close(), GRACE_MS)
    while (this.#ends.size > 0) await Promise.all(this.#ends)
    clearTimeout(this.#timer)
    clearTimeout(cutOff)
    this.#deps.sender.close()
  }

  #run(webhookId: string): void {
    if (this.#running.has(webhookId)) {
      this.#due.add(webhookId)
      return
    }
    this.#running.add(webhookId)
    this.#keep(
      this.#deliverAll(webhookId)
        .catch((error) => this.#fail(webhookId, error))
        .then(() => this.#arm()),
    )
  }

  /** Until nothing is left, or what is left has to wait. */
  async #deliverAll(webhookId: string): Promise<void> {
    try {
      while (!this.#closed) {
        const hadSomething = await this.#inSlot(() => this.#deliverNext(webhookId))
        // What became due since the look found this one at work, and relies on it.
        if (!hadSomething && !this.#due.has(webhookId)) return
      }
    } finally {
      this.#running.delete(webhookId)
    }
  }

  /** Looks only now that it may send: while it waited for a slot, the endpoint may have been changed or removed. */
  async #deliverNext(webhookId: string): Promise<boolean> {
    const { state, now } = this.#deps
    if (this.#closed) return false
    this.#due.delete(webhookId)
    const endpoint = await state.endpoint(webhookId)
    if (!endpoint?.enabled || endpoint.nextAttemptAt > now()) return false
    const message = await state.next(endpoint.number)
    if (!message) return false
    await this.#deliver(endpoint, message)
    return true
  }

  async #deliver(endpoint: Endpoint, message: Message): Promise<void> {
    const { state, now, attempted } = this.#deps
    const body = await this.#body(endpoint, message)
    if (this.#closed) return
    const at = now()
    const sent = await this.#send(endpoint, message.eventId, body, at)
    // Cut off by our own shutdown: that says nothing of the receiver.
    if (this.#closed && sent.status === undefined) return

    const attempt = attemptOf(message, endpoint.failures + 1, at, sent)
    if (sent.problem !== undefined) return attempted(await this.#failed(endpoint, message, attempt, sent))
    await state.delivered(endpoint.number, message, attempt)
    attempted("DELIVERED")
  }

  /** Answers what became of it. */
  async #failed(endpoint: Endpoint, message: Message, attempt: Attempt, { problem, retryAfter }: Sent): Promise<AttemptOutcome> {
    const { state, now, random, disable } = this.#deps
    if (problem === "GONE") {
      // An address that it has no more is gone: that concerns nobody.
      const isSame = (await state.endpoint(endpoint.webhookId))?.resets === endpoint.resets
      if (isSame) await disable(endpoint.ownerId, endpoint.webhookId)
      return state.gone(endpoint, { ...attempt, outcome: "GONE" })
    }
    const delay = delayAfter(attempt.attempt, { replayed: message.state === "REPLAYED", random: random(), retryAfter })
    return delay === undefined
      ? state.died(endpoint, message, { ...attempt, outcome: "DEAD" })
      : state.failed(endpoint, message, { ...attempt, retryAt: now() + delay })
  }

  /** Read from the log each time: what is about people stays where it can be erased. */
  async #body({ ownerId }: Endpoint, { stream, revision }: Message): Promise<string> {
    for await (const [recorded] of this.#deps.eventStore.read(stream, revision - 1)) {
      if (recorded?.revision !== revision) break
      const data = upcast(recorded.type, recorded.metadata.v, recorded.data)
      // Only the command layer writes to the log, so an event of a known type and version has that type's shape.
      const event = { ...recorded, data } as unknown as OrganizationEvent
      if (isTold(event)) return messageBody(event, ownerId)
    }
    throw new Error(`revision ${revision} of ${stream} is to be told to a webhook, and is not in the log`)
  }

  async #send(endpoint: Endpoint, eventId: string, body: string, at: number): Promise<Sent> {
    const secrets = await this.#secrets(endpoint, at)
    if (secrets === undefined) return { problem: "SECRET_LOST", milliseconds: 0 }
    // Two endpoints may lead to one receiver, and must not be taken for repeats of each other.
    const headers = signedHeaders(`${eventId}_${endpoint.webhookId}`, at, body, secrets)
    return this.#deps.sender.send(endpoint.url, { ...headers, "content-type": CONTENT_TYPE, "user-agent": "Seatledger-Webhooks/1" }, body)
  }

  /** A receiver relies on the newest; what cannot be opened any more of the one before is left out. */
  async #secrets(endpoint: Endpoint, at: number): Promise<readonly string[] | undefined> {
    const { ownerId, secret, previousSecret, previousUntil } = endpoint
    const sealed = [secret, ...(previousSecret !== null && at < previousUntil ? [previousSecret] : [])]
    const keys = await this.#deps.vault.load(sealed.map((text) => ({ organizationId: ownerId, text })))
    const [newest, ...before] = sealed.map((text) => unlessLost(() => keys.openText(ownerId, text)))
    return newest === undefined ? undefined : [newest, ...before.filter((text) => text !== undefined)]
  }

  async #inSlot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#slots.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#slots.shift()
      if (next) next()
      else this.#free++
    }
  }

  /** What is due now is on its way already, or is woken by what makes it due. */
  async #arm(): Promise<void> {
    if (this.#closed) return
    const now = this.#deps.now()
    // When that cannot be told it is looked at anyway, before long.
    const next = (await this.#deps.state.nextAttemptAfter(now).catch(() => now + PAUSE_AFTER_FAULT_MS)) ?? Number.POSITIVE_INFINITY
    clearTimeout(this.#timer)
    if (this.#closed) return
    this.#timer = setTimeout(() => this.wake(), Math.min(LOOK_AT_LEAST_EVERY_MS, next - now)).unref()
  }
}

function attemptOf({ eventId, type }: Pick<Message, "eventId" | "type">, attempt: number, at: number, sent: Sent): Attempt {
  const { status = null, problem = null, milliseconds } = sent
  const outcome = problem === null ? "DELIVERED" : "FAILED"
  return { eventId, type, attempt, at, outcome, status, problem, milliseconds, retryAt: null }
}
