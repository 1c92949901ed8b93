/** The port in its plainest form: the oracle of the model-based tests, and a store for tests that need no file. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { type EncodedEvent, encode } from "./encoding"
import {
  type Appended,
  type Batch,
  EventRejected,
  type EventStore,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  WrongRevision,
} from "./event-store"
import { Waiters } from "./waiters"

const PAGE = 500

/** What outlives a store: several stores may share one log, as several processes share a database. */
export class MemoryLog {
  /** The event at index i has position i + 1. */
  readonly events: (EncodedEvent & { readonly stream: string; readonly revision: Revision; readonly position: Position })[] = []
  readonly streams = new Map<string, Position[]>()
  readonly ids = new Set<string>()
  readonly waiters = new Waiters()
}

export class MemoryEventStore implements EventStore {
  #closed = false

  constructor(private readonly log = new MemoryLog()) {}

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#mustBeOpen()
    const encoded = encode(stream, expected, events)
    const { log } = this
    const positions = log.streams.get(stream) ?? []
    if (expected !== positions.length) {
      const there = positions.slice(expected, expected + encoded.length)
      const last = there.at(-1)
      const repeat = there.length === encoded.length && there.every((position, n) => log.events[position - 1]?.id === encoded[n]?.id)
      if (!repeat || last === undefined) throw new WrongRevision(stream, expected, positions.length)
      return { revision: expected + encoded.length, position: last }
    }
    const taken = encoded.find(({ id }) => log.ids.has(id))
    if (taken) throw new EventRejected(stream, `the id ${taken.id} belongs to another event`)

    log.streams.set(stream, positions)
    for (const event of encoded) {
      const position = log.events.length + 1
      log.ids.add(event.id)
      positions.push(position)
      log.events.push({ ...event, stream, revision: positions.length, position })
    }
    log.waiters.wake()
    return { revision: positions.length, position: log.events.length }
  }

  async *read(stream: string, after: Revision): AsyncGenerator<readonly RecordedEvent[]> {
    for (let revision = after; ; ) {
      this.#mustBeOpen()
      const page = (this.log.streams.get(stream) ?? []).slice(revision, revision + PAGE).map((position) => this.#event(position))
      if (page.length > 0) yield page
      if (page.length < PAGE) return
      revision += PAGE
      await nextTurn()
    }
  }

  /** The position of the newest event. */
  head(): Position {
    return this.log.events.length
  }

  async *follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
    this.#mustBeOpen()
    let position = after
    let live = false
    while (!signal.aborted && !this.#closed) {
      const head = this.log.events.length
      if (live && position >= head) {
        await this.log.waiters.wait(signal)
        continue
      }
      const until = Math.min(position + PAGE, head)
      const events: RecordedEvent[] = []
      while (position < until) events.push(this.#event(++position))
      live = position >= head
      yield { events, position, live }
      if (live && end === "head") return
      await nextTurn()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.log.waiters.wake()
  }

  #event(position: Position): RecordedEvent {
    const event = this.log.events[position - 1]
    if (event === undefined) throw new Error(`there is no event at position ${position}`)
    return { ...event, data: JSON.parse(event.data), metadata: JSON.parse(event.metadata) }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new Error("the event store is closed")
  }
}
