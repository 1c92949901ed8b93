import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql"
import type * as events from "../../../domain/events"
import type * as state from "../../../webhooks/delivery-state"
import type * as send from "../../../webhooks/send"
import type { Context } from "../context"
import { DateTime } from "../scalars"

/** The values inside are the `type` of the CloudEvents, outside they read as all enums do. */
export const WebhookEventType = {
  SEATS_GRANTED: "seatledger.seats.granted",
  SEATS_RELEASED: "seatledger.seats.released",
  SEATS_REVOKED: "seatledger.seats.revoked",
  SEATS_WAITLISTED: "seatledger.seats.waitlisted",
  OVERASSIGNMENT_STARTED: "seatledger.overassignment.started",
  OVERASSIGNMENT_ENDED: "seatledger.overassignment.ended",
  GRACE_EXPIRED: "seatledger.grace.expired",
  SEATS_CHANGED: "seatledger.seats.changed",
  LICENSE_STATUS_CHANGED: "seatledger.license.status.changed",
} as const satisfies Record<string, events.MessageType>
registerEnumType(WebhookEventType, {
  name: "WebhookEventType",
  description: "What a webhook can be told; each is one `type` of CloudEvents.",
  valuesConfig: {
    SEATS_GRANTED: { description: "`seatledger.seats.granted`: people got seats." },
    SEATS_RELEASED: { description: "`seatledger.seats.released`: people gave up seats, or their place on the waitlist." },
    SEATS_REVOKED: { description: "`seatledger.seats.revoked`: seats were taken back when a grace period ended (rule 20)." },
    SEATS_WAITLISTED: { description: "`seatledger.seats.waitlisted`: people wait for a seat." },
    OVERASSIGNMENT_STARTED: { description: "`seatledger.overassignment.started`: more people are seated than there are seats (rule 19)." },
    OVERASSIGNMENT_ENDED: { description: "`seatledger.overassignment.ended`: they fit again." },
    GRACE_EXPIRED: { description: "`seatledger.grace.expired`: the grace period of an over-assigned license ended." },
    SEATS_CHANGED: { description: "`seatledger.seats.changed`: the vendor changed the number of seats." },
    LICENSE_STATUS_CHANGED: { description: "`seatledger.license.status.changed`: the vendor changed the status." },
  },
})

export const WebhookDisabledBecause: { readonly [V in events.DisabledBecause]: V } = { ASKED: "ASKED", GONE: "GONE" }
registerEnumType(WebhookDisabledBecause, {
  name: "WebhookDisabledBecause",
  description: "Why nothing is sent to a webhook.",
  valuesConfig: {
    ASKED: { description: "Somebody disabled it." },
    GONE: { description: "The receiver answered 410: never again." },
  },
})

export const WebhookAttemptOutcome: { readonly [V in state.AttemptOutcome]: V } = {
  DELIVERED: "DELIVERED",
  FAILED: "FAILED",
  DEAD: "DEAD",
  GONE: "GONE",
  TESTED: "TESTED",
}
registerEnumType(WebhookAttemptOutcome, {
  name: "WebhookAttemptOutcome",
  description: "What became of one attempt to deliver.",
  valuesConfig: {
    DELIVERED: { description: "The receiver took it." },
    FAILED: { description: "It is tried again: see `retryAt`." },
    DEAD: { description: "That was the last attempt: it is a dead letter now." },
    GONE: { description: "The receiver answered 410, and the webhook was disabled; the message waits." },
    TESTED: { description: "A test, which is never tried again: `problem` says whether it arrived." },
  },
})

export const WebhookProblem: { readonly [V in send.Problem]: V } = {
  REDIRECT: "REDIRECT",
  GONE: "GONE",
  STATUS: "STATUS",
  TIMEOUT: "TIMEOUT",
  ADDRESS_REFUSED: "ADDRESS_REFUSED",
  UNKNOWN_HOST: "UNKNOWN_HOST",
  TLS: "TLS",
  NO_CONNECTION: "NO_CONNECTION",
  SECRET_LOST: "SECRET_LOST",
}
registerEnumType(WebhookProblem, {
  name: "WebhookProblem",
  description: "Why an attempt failed.",
  valuesConfig: {
    REDIRECT: { description: "The receiver answered a redirect, which is never followed. Change the webhook's address." },
    GONE: { description: "The receiver answered 410." },
    STATUS: { description: "The receiver answered another status than 2xx." },
    TIMEOUT: { description: "No answer within 20 seconds." },
    ADDRESS_REFUSED: { description: "The address is not https, or leads into a private network; this installation allows neither." },
    UNKNOWN_HOST: { description: "The host name has no address." },
    TLS: { description: "No secure connection: the certificate is not valid for the host, or not trusted." },
    NO_CONNECTION: { description: "The receiver cannot be reached, or cut the connection." },
    SECRET_LOST: { description: "The signing secret can no longer be opened. Give the webhook a new one." },
  },
})

@ObjectType({ simpleResolvers: true, description: "An address that is told what happens to the licenses of its owner." })
export class Webhook {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string

  @Field(() => ID, { description: "The organization or vendor it belongs to." })
  ownerId!: string

  @Field(() => String, { description: "Where messages are sent." })
  url!: string

  @Field(() => String, { nullable: true, description: "What it is for, in its owner's words." })
  description!: string | null

  @Field(() => [WebhookEventType], { nullable: true, description: "What it is told; null: everything, new types too." })
  types!: readonly events.MessageType[] | null

  @Field(() => Boolean, { description: "False: nothing is sent, and what happens meanwhile waits until it is enabled." })
  enabled!: boolean

  @Field(() => WebhookDisabledBecause, { nullable: true, description: "Why it is disabled." })
  disabledBecause!: events.DisabledBecause | null

  @Field(() => DateTime, { description: "When it was added: it is told what happened since." })
  createdAt!: number

  @Field(() => Int, { description: "Messages that have not arrived yet." })
  waiting!: number

  @Field(() => ID, {
    nullable: true,
    description: "The event whose message has its turn, and which `skipWebhookMessage` would give up; null when nothing waits.",
  })
  nextEventId(@Ctx() { webhooks }: Context): Promise<string | undefined> {
    return webhooks.nextEventId(this.id)
  }

  @Field(() => Int, { description: "How many attempts of the next message failed so far." })
  failures!: number

  @Field(() => DateTime, { nullable: true, description: "When the next message is tried again; null when it need not wait." })
  nextAttemptAt!: number | null

  @Field(() => Int, { description: "Messages that were given up: see `deadLetters`." })
  deadLetterCount!: number
}

@ObjectType({ simpleResolvers: true, description: "One attempt to deliver a message. The last 1,000 of a webhook are kept." })
export class WebhookDelivery {
  /** Counts the attempts of its webhook. */
  number!: number

  @Field(() => ID, { description: "The event, as in the `id` of the CloudEvent and in the history." })
  eventId!: string

  @Field(() => String, { description: "The `type` of the CloudEvent." })
  type!: string

  @Field(() => Int, { description: "Which attempt of this message it was, from 1." })
  attempt!: number

  @Field(() => DateTime, { description: "When it was made." })
  at!: number

  @Field(() => WebhookAttemptOutcome, { description: "What became of it." })
  outcome!: state.AttemptOutcome

  @Field(() => Int, { nullable: true, description: "The HTTP status; null when there was no answer." })
  status!: number | null

  @Field(() => WebhookProblem, { nullable: true, description: "Why it failed; null when the receiver took it." })
  problem!: send.Problem | null

  @Field(() => Int, { description: "How long it took." })
  milliseconds!: number

  @Field(() => DateTime, { nullable: true, description: "When it is tried again; null when it is not." })
  retryAt!: number | null
}

@ObjectType({ simpleResolvers: true, description: "A message that was given up after the last attempt of the schedule." })
export class DeadLetter {
  /** Its place in the log. */
  position!: number

  @Field(() => ID, { description: "The webhook." })
  webhookId!: string

  @Field(() => ID, { description: "The event, as in the `id` of the CloudEvent and in the history." })
  eventId!: string

  @Field(() => String, { description: "The `type` of the CloudEvent." })
  type!: string

  @Field(() => Int, { description: "How often it was tried." })
  attempts!: number

  @Field(() => Int, { nullable: true, description: "The HTTP status of the last attempt; null when there was no answer." })
  status!: number | null

  @Field(() => WebhookProblem, { nullable: true, description: "Why the last attempt failed." })
  problem!: send.Problem | null

  @Field(() => DateTime, { description: "When it was given up." })
  diedAt!: number
}

export function webhookOf(endpoint: state.Endpoint): Webhook {
  const { webhookId, ownerId, url, description, types, enabled, disabledBecause, createdAt, waiting, failures, nextAttemptAt, dead } =
    endpoint
  return Object.assign(new Webhook(), {
    id: webhookId,
    ownerId,
    url,
    description,
    types,
    enabled,
    disabledBecause,
    createdAt,
    waiting,
    failures,
    nextAttemptAt: nextAttemptAt > 0 && waiting > 0 ? nextAttemptAt : null,
    deadLetterCount: dead,
  })
}

export function deliveryOf(attempt: state.Attempt & { readonly number?: number }): WebhookDelivery {
  return Object.assign(new WebhookDelivery(), attempt)
}

export function deadLetterOf(letter: state.DeadLetter): DeadLetter {
  return Object.assign(new DeadLetter(), letter)
}
