/**
 * What can happen. These names and shapes are the storage format: a field may be added as optional, anything else
 * needs a new version with an upcaster (`event-versions.ts`) or a new type. `schema/events/` says the same as JSON Schema.
 */
import type {
  ActorId,
  GroupId,
  LicenseId,
  OrganizationId,
  PrincipalId,
  ProductId,
  ReviewId,
  SecretId,
  UserId,
  VendorId,
  WebhookId,
} from "./ids"

/** AES-256-GCM ciphertext made by the vault, as text. The domain stores and passes it on, and never looks inside. */
export type Sealed = string

export type PrincipalType = "USER" | "GROUP"
export type LicenseStatus = "ACTIVE" | "WARNING" | "SUSPENDED" | "CANCELLED"
export type OnShortage = "REJECT" | "WAITLIST"
/** What happens to the surplus when the grace period of an over-assigned license ends (rule 20). */
export type GraceEnd = "HOLD" | "REVOKE"
/**
 * What says which of a vendor's events is the newer one: a counter, or for marketplaces that have none the time they
 * stamp on it, then counted in 100 ns since 1970. Both are a `sequence`; a license takes one kind for life.
 */
export type OrderedBy = "SEQUENCE" | "TIMESTAMP"
/** What a vendor sets of a license, each with an order of its own (rule 17). */
export type VendorAttribute = "SEATS" | "STATUS" | "PLAN"
/** Why a claim ended. */
export type ReleaseReason =
  | "UNASSIGNED"
  | "LEFT_GROUP"
  | "GROUP_UNASSIGNED"
  | "GROUP_DELETED"
  | "USER_DEACTIVATED"
  | "USER_DELETED"
  | "LICENSE_CANCELLED"
  | "TRANSFER"
/** How a seat was come by: at once, from the waitlist, or ahead of it by a transfer (rule 12). */
export type GrantReason = "NEW_CLAIM" | "WAITLIST" | "TRANSFER"

export interface Principal {
  readonly type: PrincipalType
  readonly id: PrincipalId
}

/** The claim key: the revision of the event that opened the claim and the place inside that event. It orders the waitlist. */
export interface ClaimKey {
  readonly revision: number
  readonly ordinal: number
}
export interface ClaimRef {
  readonly userId: UserId
  readonly opened: ClaimKey
}

/** Who was reviewed: counted, and as a fingerprint. */
export interface ReviewedPeople {
  readonly seated: number
  readonly waitlisted: number
  /** SHA-256, base64, of the canonical JSON (RFC 8785) of `[["usr_…","SEATED"],…]`, sorted by id. */
  readonly digest: string
}

/** What a receiver can be told, as the `type` of a CloudEvent. */
export const MESSAGE_TYPES = [
  "seatledger.seats.granted",
  "seatledger.seats.released",
  "seatledger.seats.revoked",
  "seatledger.seats.waitlisted",
  "seatledger.overassignment.started",
  "seatledger.overassignment.ended",
  "seatledger.grace.expired",
  "seatledger.seats.changed",
  "seatledger.license.status.changed",
] as const
export type MessageType = (typeof MESSAGE_TYPES)[number]
/** GONE: the receiver answered 410, which in Standard Webhooks means "never again". */
export type DisabledBecause = "ASKED" | "GONE"

export interface WebhookDescription {
  readonly webhookId: WebhookId
  readonly url: string
  readonly description?: string
  /** Left out: all types, those of later versions too. */
  readonly types?: readonly MessageType[]
}
/** Addresses that want to hear what happens: an organization's in its stream, a vendor's in the vendor's. */
export interface WebhookEvents {
  /** `secret` seals the `whsec_…` that signs what is sent (Standard Webhooks 1.0, v1). */
  WebhookAdded: WebhookDescription & { readonly secret: Sealed }
  /** The whole description again. */
  WebhookChanged: WebhookDescription
  WebhookRemoved: { readonly webhookId: WebhookId }
  WebhookDisabled: { readonly webhookId: WebhookId; readonly because: DisabledBecause }
  WebhookEnabled: { readonly webhookId: WebhookId }
  /** Until `previousUntil` (ISO 8601, UTC) both secrets sign, so that a receiver changes over without losing a message. */
  WebhookSecretRotated: { readonly webhookId: WebhookId; readonly secret: Sealed; readonly previousUntil: string }
  /** Somebody gave up the message of this event before its last attempt: it is a dead letter, and the next one has its turn. */
  WebhookMessageSkipped: { readonly webhookId: WebhookId; readonly eventId: string }
  /** `eventIds`: only these; left out: all that there were. */
  WebhookDeadLettersReplayed: { readonly webhookId: WebhookId; readonly count: number; readonly eventIds?: readonly string[] }
}

export interface OrganizationEvents extends WebhookEvents {
  OrganizationCreated: { readonly organizationId: OrganizationId; readonly name: string }
  OrganizationClosed: { readonly organizationId: OrganizationId; readonly reason?: Sealed }

  LicenseRegistered: {
    readonly licenseId: LicenseId
    readonly vendorId: VendorId
    readonly productId: ProductId
    /** As it was called when the license was bought; what must hold in this history is in this stream. */
    readonly productName: string
    readonly seats: number
    readonly graceDays: number
    readonly onGraceEnd: GraceEnd
    readonly vendorEventId: string
    readonly subscriptionId?: string
    readonly plan?: string
    /** Left out: SEQUENCE. */
    readonly orderedBy?: OrderedBy
  }
  VendorSeatsChanged: {
    readonly licenseId: LicenseId
    readonly seats: number
    readonly previousSeats: number
    readonly vendorEventId: string
    /** Decimal, up to 2^63−1: too large for a JSON number. */
    readonly sequence: string
    /** When the vendor says it took effect; data, never an order (ISO 8601, UTC). */
    readonly effectiveAt?: string
    /** How many more people are seated than there are seats from here on; left out: none. */
    readonly overassignedBy?: number
  }
  LicenseStatusChanged: {
    readonly licenseId: LicenseId
    readonly status: LicenseStatus
    readonly previousStatus: LicenseStatus
    readonly vendorEventId: string
    readonly sequence: string
  }
  /** What was bought is called otherwise now; it changes no seat. */
  LicensePlanChanged: {
    readonly licenseId: LicenseId
    readonly plan: string
    readonly previousPlan?: string
    readonly vendorEventId: string
    readonly sequence: string
  }
  /** Acknowledged and recorded, but not applied (rule 17). */
  VendorEventIgnored: {
    readonly licenseId: LicenseId
    readonly attribute: VendorAttribute
    readonly outcome: "STALE" | "NO_CHANGE"
    readonly seats?: number
    readonly status?: LicenseStatus
    readonly plan?: string
    readonly vendorEventId: string
    readonly sequence: string
    readonly effectiveAt?: string
    /** Of SEATS, as of VendorSeatsChanged: the vendor is told at every message. */
    readonly overassignedBy?: number
  }

  LicenseAssigned: {
    readonly licenseId: LicenseId
    readonly principal: Principal
    readonly reason?: Sealed
    /** People of this principal who had a claim on the license before: a second source changes neither claim, place nor seat (rule 8). */
    readonly already: { readonly seated: number; readonly waitlisted: number }
    readonly transferFrom?: UserId
    /** Assigned again, as it was at this revision. */
    readonly restores?: number
  }
  LicenseUnassigned: {
    readonly licenseId: LicenseId
    readonly principal: Principal
    readonly reason?: Sealed
    /** The groups that still entitle the user (rule 9); empty for a group. */
    readonly stillLicensedVia: readonly GroupId[]
    /** The seat that this frees goes to this user, ahead of the waitlist (rule 12). */
    readonly transferTo?: UserId
    /** Unassigned again, as it was at this revision. */
    readonly restores?: number
  }
  /**
   * The assignments of a license were put back to what they were at a revision: the events after it, which name the same
   * revision, say how. What had happened since stays in the history.
   */
  AssignmentsRestored: {
    readonly licenseId: LicenseId
    readonly asOfRevision: number
    readonly assigned: number
    readonly unassigned: number
    /** Who was assigned then and cannot be now: deleted since, or inactive. */
    readonly skipped?: readonly PrincipalId[]
    /** How many those are, when there are more than `skipped` names. */
    readonly skippedCount?: number
    readonly reason?: Sealed
  }
  SeatsGranted: { readonly licenseId: LicenseId; readonly via: GrantReason; readonly claims: readonly ClaimRef[] }
  SeatsWaitlisted: { readonly licenseId: LicenseId; readonly claims: readonly ClaimRef[] }
  SeatsReleased: {
    readonly licenseId: LicenseId
    readonly why: ReleaseReason
    readonly claims: readonly (ClaimRef & { readonly wasSeated: boolean })[]
  }
  /** The grace period ended under REVOKE (rule 20): each of these waits again, at its old key. */
  SeatsRevoked: { readonly licenseId: LicenseId; readonly claims: readonly ClaimRef[] }
  /** Rule 39: what is still to be recorded in later appends. */
  SettlementProgressed: {
    readonly licenseId: LicenseId
    /** Effects on people; 0 when done. */
    readonly remaining: number
    /** Claims among them that are opened and neither granted nor recorded as waiting yet: free seats are promised to them. */
    readonly newClaims: number
  }
  OverassignmentStarted: {
    readonly licenseId: LicenseId
    readonly overassignedBy: number
    /** ISO 8601, UTC. */
    readonly graceEndsAt: string
    readonly onGraceEnd: GraceEnd
  }
  OverassignmentEnded: { readonly licenseId: LicenseId }
  GraceExpired: { readonly licenseId: LicenseId; readonly overassignedBy: number; readonly onGraceEnd: GraceEnd }
  /**
   * A reviewer has signed off who held or awaited a seat at `reviewedRevision`. Root and digest bind the signature to that
   * history and to those people, whatever is shown later.
   */
  AccessReviewSigned: {
    readonly reviewId: ReviewId
    readonly licenseId: LicenseId
    readonly reviewedRevision: number
    /** Root of the Merkle tree of that revision (RFC 6962), base64. */
    readonly root: string
    readonly people: ReviewedPeople
    readonly statement?: Sealed
  }
  InstallLinkVisited: { readonly licenseId: LicenseId; readonly productId: ProductId; readonly installUrl: string }

  /** `profile` seals a `Profile` as JSON under the person's own key. */
  UserProvisioned: { readonly userId: UserId; readonly profile: Sealed; readonly active: boolean }
  /** `profile` seals only the fields that changed. */
  UserProfileChanged: { readonly userId: UserId; readonly profile: Sealed }
  UserDeactivated: { readonly userId: UserId }
  UserReactivated: { readonly userId: UserId }
  /** Ends the user's direct assignments and memberships too (rule 27). */
  UserDeleted: { readonly userId: UserId }
  /**
   * Whoever reads this destroys the keys (rule 28), after the append or at any time later: everything it takes is here.
   * Recorded again for the same person when more texts are found.
   */
  UserErased: {
    readonly userId: UserId
    readonly reason?: Sealed
    /** Ids under which the person acted without being in the directory. */
    readonly actors?: readonly ActorId[]
    /** Ids of the sealed reasons that name the person: they are unreadable from here on. At most 1,000 per event. */
    readonly texts?: readonly string[]
  }

  /** `skipped`: requested members whose ids are unknown (rule 30). */
  GroupProvisioned: {
    readonly groupId: GroupId
    readonly displayName: string
    readonly externalId?: string
    readonly skipped?: readonly string[]
  }
  GroupRenamed: { readonly groupId: GroupId; readonly displayName: string }
  /** The net difference (rule 30). Nested groups are stored and not expanded (rule 31). */
  GroupMembersChanged: {
    readonly groupId: GroupId
    readonly added: readonly UserId[]
    readonly removed: readonly UserId[]
    readonly nestedAdded?: readonly GroupId[]
    readonly nestedRemoved?: readonly GroupId[]
    readonly skipped?: readonly string[]
  }
  /** Ends the group's assignments and memberships too (rule 32). */
  GroupDeleted: { readonly groupId: GroupId }
}

export interface VendorEvents extends WebhookEvents {
  VendorRegistered: { readonly vendorId: VendorId; readonly name: string; readonly contact?: string }
  ProductListed: ProductDescription
  /** The whole description again. */
  ProductChanged: ProductDescription
  /** A message that changed nothing: recorded because it carried an id (rule 17). */
  ProductUnchanged: {
    readonly vendorId: VendorId
    readonly productId: ProductId
    readonly name: string
    readonly vendorEventId: string
    readonly sequence?: string
    /** Left out: it describes the product as it is listed already. */
    readonly outcome?: "STALE"
  }
  /** The same message came again and was given the recorded answer (rule 37). Its effect stands where it was first recorded. */
  VendorEventRepeated: VendorMessage
  /** A message that was refused, and so left no trace where it was meant to have an effect. */
  VendorEventRefused: VendorMessage & {
    /** That of the refusal, such as LICENSE_CANCELLED. */
    readonly code: string
    /** The field that was wrong. */
    readonly field?: string
  }
  /**
   * `key` verifies what is signed with the secret: for HMAC_SHA256 the `whsec_…` itself, sealed; for ED25519 the public
   * key `whpk_…`, whose private half is nowhere here.
   */
  VendorSecretCreated: {
    readonly vendorId: VendorId
    readonly secretId: SecretId
    readonly algorithm: SecretAlgorithm
    readonly key: string
  }
  /** Another took its place: it is good until then (ISO 8601, UTC), so that the vendor changes over without a gap. */
  VendorSecretExpires: { readonly vendorId: VendorId; readonly secretId: SecretId; readonly expiresAt: string }
  VendorSecretRevoked: { readonly vendorId: VendorId; readonly secretId: SecretId }
}
/** Standard Webhooks 1.0: HMAC_SHA256 signs as `v1`, ED25519 as `v1a`. */
export type SecretAlgorithm = "HMAC_SHA256" | "ED25519"
interface ProductDescription {
  readonly vendorId: VendorId
  readonly productId: ProductId
  readonly name: string
  readonly description?: string
  readonly installUrl?: string
  readonly vendorEventId?: string
  /** Decimal, up to 2^63−1: of a message that carries one. Without, the order of arrival counts. */
  readonly sequence?: string
}
/** What a vendor's message is about. UNKNOWN: it is signed, but of a type that there is not. */
export type VendorMessageAttribute = VendorAttribute | "REGISTRATION" | "PRODUCT" | "UNKNOWN"
/** What a vendor sent, as far as it could be made out: of a refused message nothing can be relied on. */
export interface VendorMessage {
  readonly vendorId: VendorId
  /** Left out for a product, and when the license that it names is not known to be the vendor's. */
  readonly organizationId?: OrganizationId
  /** As the vendor said. */
  readonly licenseId?: LicenseId
  /** At most 256 characters. */
  readonly vendorEventId: string
  readonly attribute: VendorMessageAttribute
  /** The number of seats, the status, the plan or the product's name, as text. */
  readonly value?: string
  readonly sequence?: string
}

/** What a person's sealed profile holds. */
export interface Profile {
  readonly userName: string
  readonly displayName: string
  readonly mail?: string | null
  readonly externalId?: string | null
}

export type OrganizationEventType = keyof OrganizationEvents
export type VendorEventType = keyof VendorEvents
export type EventType = OrganizationEventType | VendorEventType
export type EventData<T extends EventType> = (OrganizationEvents & VendorEvents)[T]

/** What a decision produces: the command layer adds ids, time and actor. */
export type OrganizationEventDraft = {
  [T in OrganizationEventType]: { readonly type: T; readonly data: OrganizationEvents[T] }
}[OrganizationEventType]
export type VendorEventDraft = { [T in VendorEventType]: { readonly type: T; readonly data: VendorEvents[T] } }[VendorEventType]

export type ActorType = "USER" | "VENDOR" | "IDENTITY_PROVIDER" | "SYSTEM"
export type Role = "OPERATOR" | "GLOBAL_ADMIN" | "LICENSE_ADMIN" | "USER_ADMIN" | "BILLING_ADMIN" | "AUDITOR" | "MEMBER" | "VENDOR"
/** Who did it. `role` is the role that allowed it (rule 36). */
export interface Actor {
  readonly type: ActorType
  readonly id: UserId | ActorId | VendorId | "system"
  readonly role?: Role
}

export interface EventMetadata {
  /** Version of the event's shape. */
  readonly v: number
  /** Starts with `key_` when it was made from an idempotency key or a vendor's event id, otherwise with `cmd_`. */
  readonly commandId: string
  /** Keyed hash of the command's body: tells a repeat from another command under the same key (rule 37). */
  readonly commandHash: string
  readonly correlationId: string
  /** The id of the event that brought this one about; absent on what a person, vendor or identity provider asked for. */
  readonly causationId?: string
  /** The revision of that event in the same stream, so that a chain of causes is walked without an index over ids. */
  readonly causationRevision?: number
  readonly actor: Actor
  /** ISO 8601 with milliseconds, UTC; never before its predecessor's in the stream. */
  readonly recordedAt: string
}

interface Placed {
  readonly id: string
  /** Counts events of the stream: the first event is 1. */
  readonly revision: number
  readonly metadata: EventMetadata
}
/** An event in its place in an organization's stream: what `evolve` and the projections take. */
export type OrganizationEvent = OrganizationEventDraft & Placed
export type VendorEvent = VendorEventDraft & Placed
export type LedgerEvent = OrganizationEvent | VendorEvent
