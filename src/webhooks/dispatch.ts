/** Follows the log and notes for each endpoint which events it is to be told of; `delivery.ts` tells them. */
import { setTimeout as pause } from "node:timers/promises"
import { isEventType, upcast } from "../domain/event-versions"
import type { LedgerEvent, MessageType } from "../domain/events"
import type { Batch, EventStore, Position, RecordedEvent } from "../eventstore/event-store"
import { isTold, messageType } from "./message"
import type { DeliveryState } from "./sqlite-delivery-state"

export interface DispatchDeps {
  readonly state: DeliveryState
  readonly eventStore: EventStore
  /** There is something new to deliver, or endpoints changed. */
  readonly wake: () => void
  readonly failed: (error: unknown) => void
}

interface Listener {
  readonly number: number
  readonly types: readonly MessageType[] | null
}

/** Where it stands is noted at the latest after so many events that concern nobody: noting costs a write, reading again little. */
const NOTE_EVERY = 1_000
const PAUSE_AFTER_FAULT_MS = 1_000

export class Dispatch {
  readonly #deps: DispatchDeps
  readonly #closed = new AbortController()
  /** Endpoints by owner: as the table has them, once the transaction has ended well. */
  #listeners: Map<string, Listener[]>
  #position: Position
  #noted: Position
  /** Events since then. */
  #unnoted = 0
  readonly #waiting = new Set<{ readonly position: Position; readonly resolve: () => void }>()
  #following: Promise<void> | undefined

  constructor(deps: DispatchDeps) {
    this.#deps = deps
    this.#position = deps.state.position()
    this.#noted = this.#position
    this.#listeners = this.#allListeners()
  }

  start(): void {
    this.#following ??= this.#follow()
  }

  /** True once everything up to this position is taken in; false when that takes longer. */
  reached(position: Position, withinMs: number): Promise<boolean> {
    if (this.#position >= position) return Promise.resolve(true)
    return new Promise((resolve) => {
      const waiting = {
        position,
        resolve: () => {
          clearTimeout(timer)
          resolve(true)
        },
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting)
        resolve(false)
      }, withinMs)
      this.#waiting.add(waiting)
    })
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.#following
    if (this.#position > this.#noted) this.#deps.state.moveTo(this.#position)
  }

  async #follow(): Promise<void> {
    const { eventStore, failed } = this.#deps
    const { signal } = this.#closed
    while (!signal.aborted) {
      try {
        for await (const batch of eventStore.follow(this.#position, signal, "never")) {
          if (signal.aborted) return
          this.#take(batch)
        }
        return // the store was closed
      } catch (error) {
        if (signal.aborted) return
        failed(error)
        await pause(PAUSE_AFTER_FAULT_MS, undefined, { signal, ref: false }).catch(() => {})
      }
    }
  }

  #take({ events, position }: Batch): void {
    const { state, wake } = this.#deps
    const concerning = events.map(eventOf).filter((event) => event !== undefined)
    let isNews = false
    this.#unnoted += events.length
    if (concerning.length > 0 || this.#unnoted >= NOTE_EVERY) {
      try {
        state.transaction(() => {
          for (const event of concerning) isNews = this.#takeEvent(event) || isNews
          state.moveTo(position)
        })
      } catch (error) {
        this.#listeners = this.#allListeners()
        throw error
      }
      this.#noted = position
      this.#unnoted = 0
    }
    this.#position = position
    for (const waiting of this.#waiting) {
      if (waiting.position > position) continue
      this.#waiting.delete(waiting)
      waiting.resolve()
    }
    if (isNews) wake()
  }

  /** True when there is something to do about it. */
  #takeEvent({ recorded, event }: Concerning): boolean {
    const { state } = this.#deps
    const ownerId = recorded.stream.slice(recorded.stream.indexOf("-") + 1)
    switch (event.type) {
      case "LicenseRegistered":
        state.sold(event.data.licenseId, event.data.vendorId)
        return false
      case "WebhookAdded":
        state.add(event.data, ownerId, Date.parse(recorded.metadata.recordedAt))
        break
      case "WebhookChanged":
        state.change(event.data)
        break
      case "WebhookRemoved":
        state.remove(event.data.webhookId)
        break
      case "WebhookDisabled":
        state.disable(event.data.webhookId, event.data.because)
        break
      case "WebhookEnabled":
        state.enable(event.data.webhookId)
        break
      case "WebhookSecretRotated":
        state.rotate(event.data.webhookId, event.data.secret, Date.parse(event.data.previousUntil))
        break
      case "WebhookMessageSkipped":
        state.skip(event.data.webhookId, event.data.eventId, Date.parse(recorded.metadata.recordedAt))
        return true
      case "WebhookDeadLettersReplayed":
        state.replay(event.data.webhookId, event.data.eventIds)
        return true
      default:
        return isTold(event) && this.#enqueue(recorded, ownerId, messageType(event), event.data.licenseId)
    }
    this.#listeners.set(ownerId, this.#deps.state.endpoints({ ownerId }))
    return true
  }

  /** For the organization whose license it is, and the vendor that sold it. */
  #enqueue({ stream, revision, position, id: eventId }: RecordedEvent, ownerId: string, type: MessageType, licenseId: string): boolean {
    if (this.#listeners.size === 0) return false
    const { state } = this.#deps
    const vendorId = state.vendorOf(licenseId)
    const listeners = [...(this.#listeners.get(ownerId) ?? []), ...(this.#listeners.get(vendorId ?? "") ?? [])].filter(
      ({ types }) => types === null || types.includes(type),
    )
    for (const { number } of listeners) state.enqueue(number, { stream, revision, position, eventId, type })
    return listeners.length > 0
  }

  #allListeners(): Map<string, Listener[]> {
    const listeners = new Map<string, Listener[]>()
    for (const endpoint of this.#deps.state.endpoints({})) {
      const others = listeners.get(endpoint.ownerId)
      if (others) others.push(endpoint)
      else listeners.set(endpoint.ownerId, [endpoint])
    }
    return listeners
  }
}

interface Concerning {
  readonly recorded: RecordedEvent
  readonly event: LedgerEvent
}

/** Undefined for what concerns no endpoint, types of later versions of the program among them. */
function eventOf(recorded: RecordedEvent): Concerning | undefined {
  const { type, metadata } = recorded
  if (!isEventType(type)) return undefined
  // Looked at before its data is brought into shape: nearly every event of a directory concerns nobody.
  const event = recorded as unknown as LedgerEvent // of a known type; its data is not looked at yet
  if (type !== "LicenseRegistered" && !type.startsWith("Webhook") && !isTold(event)) return undefined
  const data = upcast(type, metadata.v, recorded.data)
  return { recorded, event: (data === recorded.data ? recorded : { ...recorded, data }) as unknown as LedgerEvent } // as in the command layer
}
