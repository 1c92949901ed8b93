/** What delivery knows beside the log, in durable storage: which endpoints there are, what waits for each, and how it went. */
import type { DisabledBecause, MessageType, Sealed, WebhookEvents } from "../domain/events"
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
  /** How often it was changed or enabled. What was tried before that says nothing of the receiver it has now. */
  readonly resets: number
}

/** Of an endpoint, as it was when an attempt began. */
export type Tried = Pick<Endpoint, "webhookId" | "number" | "resets">

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

/** The endpoint was changed or enabled while the attempt was on the way: it decides nothing, and the message is tried again at once. */
export function overtaken(attempt: Attempt): Attempt {
  return { ...attempt, outcome: "FAILED", retryAt: attempt.at + attempt.milliseconds }
}

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

/** Attempts that are kept for each endpoint, for whoever looks for the reason why something does not arrive. */
export const ATTEMPTS_KEPT = 1_000

/** As they stand in the tables, in the order of delivery. */
export const STATES: readonly MessageState[] = ["REPLAYED", "WAITING", "DEAD"]
export const [REPLAYED, WAITING, DEAD] = [0, 1, 2]

/** What an event of the log means for delivery. */
export type DeliveryChange =
  /** Vendors are told of the licenses that they sold. */
  | { readonly kind: "sold"; readonly licenseId: string; readonly vendorId: string }
  /** Endpoints of the owner, and of the vendor of the license, that want messages of the type are to be told. */
  | { readonly kind: "tell"; readonly ownerId: string; readonly licenseId: string; readonly message: Omit<Message, "state"> }
  | { readonly kind: "add"; readonly endpoint: WebhookEvents["WebhookAdded"]; readonly ownerId: string; readonly at: number }
  /** The receiver may be another one now, so what waits is tried at once. */
  | { readonly kind: "change"; readonly change: WebhookEvents["WebhookChanged"] }
  | { readonly kind: "enable"; readonly webhookId: string }
  | { readonly kind: "disable"; readonly webhookId: string; readonly because: DisabledBecause }
  /** `previousUntil`: milliseconds since 1970, UTC. */
  | { readonly kind: "rotate"; readonly webhookId: string; readonly secret: Sealed; readonly previousUntil: number }
  | { readonly kind: "remove"; readonly webhookId: string }
  /** Given up before the last attempt, because somebody asked for it. Nothing happens when it has arrived meanwhile. */
  | { readonly kind: "skip"; readonly webhookId: string; readonly eventId: string; readonly at: number }
  /** Dead letters take their turn again, before all that waits; all, or those of these events. */
  | { readonly kind: "replay"; readonly webhookId: string; readonly eventIds: readonly string[] | undefined }

/** Pages are in a stable order; `after` and `before` are left out for the first. */
export interface DeliveryState {
  /** How far the log has been read: everything up to here that anybody wants is among the messages. */
  position(): Promise<Position>
  /**
   * Takes in what the log says between two positions, all or nothing, and answers how many messages are to be sent.
   * Undefined: the position is another one, because another node has read on; nothing was written.
   */
  take(from: Position, to: Position, changes: readonly DeliveryChange[]): Promise<number | undefined>

  endpoint(webhookId: string): Promise<Endpoint | undefined>
  /** All, or those of one owner; by id. */
  endpoints(page: {
    readonly ownerId?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  }): Promise<readonly Endpoint[]>
  countEndpoints(ownerId: string | undefined): Promise<number>
  /** Endpoints that have something to send and need not wait for it. */
  due(now: number): Promise<readonly string[]>
  /** When the next of those that have to wait is to be tried. */
  nextAttemptAfter(now: number): Promise<number | undefined>

  /** What is to be sent next. */
  next(endpoint: number): Promise<Message | undefined>
  /** Taken by the receiver. */
  delivered(endpoint: number, message: Message, attempt: Attempt): Promise<void>
  /**
   * To be tried again, unless an operator put others before it meanwhile: then it starts anew when it has its turn. This and
   * the next two answer the outcome that was noted, which is another one when the attempt was overtaken.
   */
  failed(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome>
  /** Given up: the next message has its turn. */
  died(tried: Tried, message: Message, attempt: Attempt): Promise<AttemptOutcome>
  /** The receiver said that it is gone for good: disabled. */
  gone(tried: Tried, attempt: Attempt): Promise<AttemptOutcome>
  /** Of these events, those that are dead letters. */
  deadAmong(endpoint: number, eventIds: readonly string[]): Promise<readonly string[]>
  /** In the order of the log. */
  deadLetters(page: {
    readonly webhookId: string
    readonly after?: Position | undefined
    readonly limit: number
  }): Promise<readonly DeadLetter[]>

  /** An attempt that changes nothing else. */
  note(endpoint: number, attempt: Attempt): Promise<void>
  /** Newest first. */
  attempts(page: {
    readonly webhookId: string
    readonly before?: number | undefined
    readonly limit: number
  }): Promise<readonly NumberedAttempt[]>
  countAttempts(webhookId: string): Promise<number>

  backlog(): Promise<Backlog>
  close(): Promise<void>
}
