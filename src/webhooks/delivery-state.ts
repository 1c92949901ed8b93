/** What delivery knows beside the log, in durable storage: which endpoints there are, what waits for each, and how it went. */
import type { DisabledBecause, MessageType, Sealed } from "../domain/events"
import type { Position } from "../eventstore/event-store"
import type { Problem } from "./send"

export interface Endpoint {
  /** A short name for the tables. */
  readonly number: number
  readonly webhookId: string
  /** The organization or vendor. */
  readonly ownerId: string
  readonly url: string
  readonly description: string | null
  /** Null: all. */
  readonly types: readonly MessageType[] | null
  readonly enabled: boolean
  readonly disabledBecause: DisabledBecause | null
  readonly secret: Sealed
  readonly previousSecret: Sealed | null
  /** Instants are milliseconds since 1970, UTC. */
  readonly previousUntil: number
  readonly createdAt: number
  /** Attempts of the message whose turn it is that failed. */
  readonly failures: number
  /** 0: at once. */
  readonly nextAttemptAt: number
  /** Messages on the way, replayed ones too. */
  readonly waiting: number
  readonly dead: number
}

/** Replayed letters come before what waits, and both in the order of the log. */
export type MessageState = "REPLAYED" | "WAITING" | "DEAD"

/** Where an event stands that an endpoint is to be told of. What it says is read from there. */
export interface Message {
  readonly state: MessageState
  readonly position: Position
  readonly stream: string
  readonly revision: number
  readonly eventId: string
  readonly type: string
}

/** FAILED will be tried again, DEAD not; GONE disabled the endpoint; TESTED is an attempt of a test, however it went. */
export type AttemptOutcome = "DELIVERED" | "FAILED" | "DEAD" | "GONE" | "TESTED"

export interface Attempt {
  readonly eventId: string
  readonly type: string
  /** Counts the attempts of this message from 1. */
  readonly attempt: number
  readonly at: number
  readonly outcome: AttemptOutcome
  readonly status: number | null
  readonly problem: Problem | null
  readonly milliseconds: number
  /** When it is tried again; null when it is not. */
  readonly retryAt: number | null
}
export type NumberedAttempt = Attempt & { readonly number: number }

export interface DeadLetter {
  readonly webhookId: string
  readonly ownerId: string
  readonly position: Position
  readonly eventId: string
  readonly type: string
  readonly attempts: number
  readonly status: number | null
  readonly problem: Problem | null
  readonly diedAt: number
}

/** Messages by what they wait for. */
export interface Backlog {
  readonly waiting: number
  readonly retrying: number
  readonly disabled: number
  readonly dead: number
}
