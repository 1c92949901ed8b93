/**
 * What receivers are told: CloudEvents 1.0 in the structured JSON format. Made anew from the log for every attempt, so
 * that nothing about people is kept anywhere else.
 */
import type { EventData, LedgerEvent, MessageType, OrganizationEvent } from "../domain/events"
import type { LicenseId } from "../domain/ids"

export const TEST_TYPE = "seatledger.webhook.test"
/** CloudEvents JSON format 1.0.2 §3: the media type of one event in structured mode. */
export const CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"

const TYPES = {
  SeatsGranted: "seatledger.seats.granted",
  SeatsReleased: "seatledger.seats.released",
  SeatsRevoked: "seatledger.seats.revoked",
  SeatsWaitlisted: "seatledger.seats.waitlisted",
  OverassignmentStarted: "seatledger.overassignment.started",
  OverassignmentEnded: "seatledger.overassignment.ended",
  GraceExpired: "seatledger.grace.expired",
  VendorSeatsChanged: "seatledger.seats.changed",
  LicenseStatusChanged: "seatledger.license.status.changed",
} as const satisfies Partial<Record<OrganizationEvent["type"], MessageType>>

/** Events that receivers are told of; each is about one license. */
export type ToldEvent = Extract<OrganizationEvent, { readonly type: keyof typeof TYPES }>

export function isTold(event: LedgerEvent): event is ToldEvent {
  return Object.hasOwn(TYPES, event.type)
}

export function messageType(event: ToldEvent): MessageType {
  return TYPES[event.type]
}

/** Whom an endpoint belongs to. */
export type Audience = "ORGANIZATION" | "VENDOR"

export function audienceOf(ownerId: string): Audience {
  return ownerId.startsWith("vnd_") ? "VENDOR" : "ORGANIZATION"
}

/**
 * The event as JSON for the owner of an endpoint. An organization reads user ids; a vendor sees nothing of people
 * (rule 38), so it reads how many. At most 1,000 ids, about 35 kB (rule 39).
 */
export function messageBody(event: ToldEvent, ownerId: string): string {
  const audience = audienceOf(ownerId)
  const { licenseId } = event.data
  return JSON.stringify({
    specversion: "1.0",
    id: event.id,
    // An event is a duplicate when source and id are those of another (CloudEvents §3.1.1), and both audiences read different data.
    source: audience === "VENDOR" ? `/vendors/${ownerId}/licenses/${licenseId}` : `/organizations/${ownerId}`,
    type: messageType(event),
    subject: licenseId,
    time: event.metadata.recordedAt,
    datacontenttype: "application/json",
    // The extension `sequence` is compared as text, so it is filled up with zeros. It grows per source, with gaps.
    sequence: String(event.revision).padStart(16, "0"),
    data: { licenseId, revision: event.revision, ...dataFor(event, audience) },
  })
}

export function testBody(id: string, ownerId: string, now: number): string {
  return JSON.stringify({
    specversion: "1.0",
    id,
    source: audienceOf(ownerId) === "VENDOR" ? `/vendors/${ownerId}` : `/organizations/${ownerId}`,
    type: TEST_TYPE,
    time: new Date(now).toISOString(),
    datacontenttype: "application/json",
    data: { message: "A test of this webhook: nothing has happened." },
  })
}

function dataFor(event: ToldEvent, audience: Audience): object {
  const people = audience === "ORGANIZATION"
  switch (event.type) {
    case "SeatsGranted": {
      const { via, claims } = event.data
      return { count: claims.length, ...(people ? { via, userIds: claims.map(({ userId }) => userId) } : {}) }
    }
    case "SeatsWaitlisted":
    case "SeatsRevoked": {
      const { claims } = event.data
      return { count: claims.length, ...(people ? { userIds: claims.map(({ userId }) => userId) } : {}) }
    }
    case "SeatsReleased":
      return released(event.data, people)
    case "OverassignmentStarted":
    case "OverassignmentEnded":
    case "GraceExpired":
    case "VendorSeatsChanged":
    case "LicenseStatusChanged":
      return without(event.data)
    default:
      return event satisfies never
  }
}

/** Seats given up, and people who stopped waiting. Why somebody left is the organization's own affair. */
function released({ why, claims }: EventData<"SeatsReleased">, people: boolean): object {
  const seated = claims.filter(({ wasSeated }) => wasSeated)
  const waiting = claims.filter(({ wasSeated }) => !wasSeated)
  const counts = { count: seated.length, waitlistedCount: waiting.length }
  if (!people) return counts
  return { ...counts, why, userIds: seated.map(({ userId }) => userId), waitlistedUserIds: waiting.map(({ userId }) => userId) }
}

function without<Data extends { readonly licenseId: LicenseId }>({ licenseId: _, ...facts }: Data): object {
  return facts
}
