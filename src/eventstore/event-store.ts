/**
 * The port to the event log: types and errors, nothing else. Every adapter is held to `test/eventstore/contract.ts`.
 */
import type { EventMetadata } from "../domain/events"

/** Counts the events of a stream: 0 is the empty stream, R the stream after R events. */
export type Revision = number
/** Place in the commit order of the whole store, below 2^53. Opaque: gaps are allowed, 0 is before everything. */
export type Position = number
export const START: Position = 0

export interface NewEvent {
  /**
   * A UUID that no other event has. The command layer looks a command up, in an index that reaches exactly to the revision
   * it appends at, before it decides: that is what keeps a command from being carried out twice. Where one process writes,
   * the same command also makes the same ids; where several do, each attempt makes its own, so that whoever loses a race
   * against the same command learns of it. Memory, SQLite and PostgreSQL check it once more, and refuse an id that the store
   * holds (`EventRejected`). KurrentDB has no index over ids: it compares them only where a repeat would stand, and
   * would record the id again elsewhere.
   */
  readonly id: string
  readonly type: string
  /** A plain JSON object. */
  readonly data: object
  readonly metadata: EventMetadata
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string
  /** The revision of the stream after this event: the first event has 1. */
  readonly revision: Revision
  readonly position: Position
}

export interface Appended {
  /** The stream's revision after the last event of this append. */
  readonly revision: Revision
  /** The position of the last event of this append. */
  readonly position: Position
}

export interface Batch {
  readonly events: readonly RecordedEvent[]
  /** Resume after this. Travels in band, so it never overtakes the events; may lie past the last of them. */
  readonly position: Position
  /** True when this batch reached the head of the store. */
  readonly live: boolean
}

export interface EventStore {
  /**
   * Appends all events or none, and resolves once they are durable. `expected` is the exact revision the stream must
   * have; 0 creates it. Repeating a call that succeeded gives the same answer, also after the stream has grown.
   * Appends that are sent without waiting for each other may be taken in any order.
   * @throws WrongRevision | OutcomeUnknown | EventRejected
   */
  append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended>
  /** Pages of one stream, in order, after a revision, up to the head. */
  read(stream: string, after: Revision): AsyncIterable<readonly RecordedEvent[]>
  /** Batches of the whole store in commit order, after a position; ends at the head, or follows it until aborted. */
  follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncIterable<Batch>
  close(): Promise<void>
}

/** A definite no: the stream is at another revision, or the revision is taken by other events. Nothing was written. */
export class WrongRevision extends Error {
  override readonly name = "WrongRevision"
  constructor(
    readonly stream: string,
    readonly expected: Revision,
    readonly actual: Revision,
  ) {
    super(`append to ${stream} at revision ${expected}: the stream is at ${actual}`)
  }
}

/** It may or may not have been written. Send the identical append again; never decide anew before it is settled. */
export class OutcomeUnknown extends Error {
  override readonly name = "OutcomeUnknown"
  constructor(
    readonly stream: string,
    options?: ErrorOptions,
  ) {
    super(`append to ${stream}: no answer, it may have been written; send the same append again`, options)
  }
}

/** Permanent: the store will never take these events. Nothing was written. */
export class EventRejected extends Error {
  override readonly name = "EventRejected"
  constructor(
    readonly stream: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`append to ${stream}: ${problem}`, options)
  }
}
