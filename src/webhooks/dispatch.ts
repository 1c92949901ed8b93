/** Follows the log and notes for each endpoint which events it is to be told of; `delivery.ts` tells them. */
import { setTimeout as pause } from "node:timers/promises"
import { isEventType, upcast } from "../domain/event-versions"
import type { LedgerEvent } from "../domain/events"
import { type Batch, type EventStore, type Position, type RecordedEvent, START } from "../eventstore/event-store"
import type { DeliveryChange, DeliveryState } from "./delivery-state"
import { isTold, messageType } from "./message"

export interface DispatchDeps {
  readonly state: DeliveryState
  readonly eventStore: EventStore
  /** There is something new to deliver, or endpoints changed. */
  readonly wake: () => void
  readonly failed: (error: unknown) => void
}

/** Where it stands is noted at the latest after so many events that concern nobody: noting costs a write, reading again little. */
const NOTE_EVERY = 1_000
const PAUSE_MS = 1_000

export class Dispatch {
  readonly #deps: DispatchDeps
  readonly #closed = new AbortController()
  #position: Position = START
  #noted: Position = START
  /** As long as nobody is there, nobody has to be looked for. */
  #isAnybodyThere = true
  readonly #waiting = new Set<{ readonly position: Position; readonly resolve: () => void }>()
  #following: Promise<void> | undefined

  constructor(deps: DispatchDeps) {
    this.#deps = deps
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
    if (this.#position <= this.#noted) return
    // Saves reading it again. It fails when the database is gone, which may be why another has the lead now.
    await this.#deps.state.take(this.#noted, this.#position, []).catch(this.#deps.failed)
  }

  async #follow(): Promise<void> {
    const { eventStore, failed } = this.#deps
    const { signal } = this.#closed
    while (!signal.aborted) {
      try {
        await this.#begin()
        for await (const batch of eventStore.follow(this.#position, signal, "never")) {
          if (signal.aborted) return
          if (!(await this.#take(batch))) break // another node has read on: begin where it is
        }
        if (signal.aborted) return
      } catch (error) {
        if (signal.aborted) return
        failed(error)
      }
      await pause(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  async #begin(): Promise<void> {
    const { state } = this.#deps
    const [position, endpoints] = await Promise.all([state.position(), state.countEndpoints(undefined)])
    this.#noted = position
    this.#isAnybodyThere = endpoints > 0
    this.#reach(position)
  }

  /** False when the state is elsewhere. */
  async #take({ events, position }: Batch): Promise<boolean> {
    const { state, wake } = this.#deps
    const changes = events.flatMap((event) => this.#changeOf(event))
    if (changes.length > 0 || position - this.#noted >= NOTE_EVERY) {
      const told = await state.take(this.#noted, position, changes)
      if (told === undefined) return false
      this.#noted = position
      if (told > 0 || changes.some(({ kind }) => kind !== "sold" && kind !== "tell")) wake()
    }
    this.#reach(position)
    return true
  }

  #reach(position: Position): void {
    this.#position = position
    for (const waiting of this.#waiting) {
      if (waiting.position > position) continue
      this.#waiting.delete(waiting)
      waiting.resolve()
    }
  }

  #changeOf(event: RecordedEvent): DeliveryChange[] {
    const concerning = eventOf(event)
    const change = concerning && changeOf(concerning)
    if (!change) return []
    if (change.kind === "add") this.#isAnybodyThere = true
    return change.kind === "tell" && !this.#isAnybodyThere ? [] : [change]
  }
}

function changeOf({ recorded, event }: Concerning): DeliveryChange | undefined {
  const ownerId = recorded.stream.slice(recorded.stream.indexOf("-") + 1)
  const at = Date.parse(recorded.metadata.recordedAt)
  switch (event.type) {
    case "LicenseRegistered":
      return { kind: "sold", licenseId: event.data.licenseId, vendorId: event.data.vendorId }
    case "WebhookAdded":
      return { kind: "add", endpoint: event.data, ownerId, at }
    case "WebhookChanged":
      return { kind: "change", change: event.data }
    case "WebhookRemoved":
      return { kind: "remove", webhookId: event.data.webhookId }
    case "WebhookDisabled":
      return { kind: "disable", ...event.data }
    case "WebhookEnabled":
      return { kind: "enable", webhookId: event.data.webhookId }
    case "WebhookSecretRotated": {
      const { webhookId, secret, previousUntil } = event.data
      return { kind: "rotate", webhookId, secret, previousUntil: Date.parse(previousUntil) }
    }
    case "WebhookMessageSkipped":
      return { kind: "skip", webhookId: event.data.webhookId, eventId: event.data.eventId, at }
    case "WebhookDeadLettersReplayed":
      return { kind: "replay", webhookId: event.data.webhookId, eventIds: event.data.eventIds }
    default: {
      if (!isTold(event)) return undefined
      const { stream, revision, position, id: eventId } = recorded
      const message = { stream, revision, position, eventId, type: messageType(event) }
      return { kind: "tell", ownerId, licenseId: event.data.licenseId, message }
    }
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
