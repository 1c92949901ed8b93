/**
 * What the API, the CLI and the vendor endpoints ask for, in plain words. The command layer mints ids, reserves names,
 * seals personal data and turns a request into a command of the domain.
 */
import type { DeadLettersFound } from "../domain/commands"
import type {
  Actor,
  DisabledBecause,
  GraceEnd,
  LicenseStatus,
  OnShortage,
  OrderedBy,
  OrganizationEvent,
  ReviewedPeople,
  SecretAlgorithm,
  VendorEvent,
  VendorMessageAttribute,
} from "../domain/events"
import type { OrganizationId, SecretId, VendorId } from "../domain/ids"
import type { Simulated } from "../domain/organization/simulate"
import type { Refusal } from "../domain/refusals"

/** Of an organization or a vendor alike. The secret is made and sealed by the command layer. */
export interface WebhookRequests {
  addWebhook: { readonly url: string; readonly description?: string; readonly types?: readonly string[] }
  /** The whole description again. */
  changeWebhook: { readonly webhookId: string; readonly url: string; readonly description?: string; readonly types?: readonly string[] }
  removeWebhook: { readonly webhookId: string }
  disableWebhook: { readonly webhookId: string; readonly because?: DisabledBecause }
  enableWebhook: { readonly webhookId: string }
  rotateWebhookSecret: { readonly webhookId: string; readonly overlapHours: number }
  /** `found`, here and below: what the asker saw in the state of deliveries. It passes, and a repeat is told without it. */
  skipWebhookMessage: { readonly webhookId: string; readonly eventId: string; readonly found: boolean }
  /** Without `eventIds`: all. */
  replayDeadLetters: { readonly webhookId: string; readonly eventIds?: readonly string[]; readonly found: DeadLettersFound }
}
export type WebhookOperation = keyof WebhookRequests

export interface OrganizationRequests extends WebhookRequests {
  createOrganization: { readonly name: string /** Only for demonstration data: a fixed id. */; readonly organizationId?: OrganizationId }
  closeOrganization: { readonly reason?: string }
  registerLicense: {
    readonly productId: string
    readonly seats: number
    readonly vendorEventId: string
    readonly graceDays: number
    readonly onGraceEnd: GraceEnd
    readonly subscriptionId?: string
    readonly plan?: string
    /** What orders the events to come; SEQUENCE when left out, here and below. */
    readonly orderedBy?: OrderedBy
  }
  changeVendorSeats: {
    readonly licenseId: string
    readonly seats: number
    readonly vendorEventId: string
    readonly sequence: string
    readonly orderedBy?: OrderedBy
    readonly effectiveAt?: string
  }
  changeLicenseStatus: {
    readonly licenseId: string
    readonly status: LicenseStatus
    readonly vendorEventId: string
    readonly sequence: string
    readonly orderedBy?: OrderedBy
  }
  changeLicensePlan: {
    readonly licenseId: string
    readonly plan: string
    readonly vendorEventId: string
    readonly sequence: string
    readonly orderedBy?: OrderedBy
  }
  assignLicenses: {
    readonly licenseId: string
    readonly principalIds: readonly string[]
    readonly onShortage: OnShortage
    readonly reason?: string
  }
  unassignLicenses: { readonly licenseId: string; readonly principalIds: readonly string[]; readonly reason?: string }
  transferSeat: { readonly licenseId: string; readonly fromUserId: string; readonly toUserId: string; readonly reason?: string }
  restoreAssignments: {
    readonly licenseId: string
    readonly asOfRevision: number
    /** To whom it was assigned at that revision, in the order in which it was: as the read models remember it. */
    readonly principalIds: readonly string[]
    /** Left out: everybody. */
    readonly only?: readonly string[]
    readonly reason?: string
  }
  recordInstallVisit: { readonly licenseId: string }
  /** Root and people are those of the reviewed revision, as the read models know them. */
  signAccessReview: {
    readonly licenseId: string
    readonly reviewedRevision: number
    readonly root: string
    readonly people: ReviewedPeople
    readonly allowDrift: boolean
    readonly statement?: string
  }
  createUser: {
    readonly userName: string
    readonly displayName: string
    readonly mail?: string | null
    readonly externalId?: string | null
    readonly active: boolean
  }
  updateUser: { readonly userId: string; readonly userName?: string; readonly displayName?: string; readonly mail?: string | null }
  setUserActive: { readonly userId: string; readonly active: boolean }
  deleteUser: { readonly userId: string }
  /** `otherNames`: what else the person is called in reasons, such as a nickname. */
  eraseUser: { readonly userId: string; readonly reason: string; readonly otherNames: readonly string[] }
  createGroup: { readonly displayName: string; readonly externalId?: string; readonly memberIds: readonly string[] }
  renameGroup: { readonly groupId: string; readonly displayName: string }
  changeGroupMembers: { readonly groupId: string; readonly add: readonly string[]; readonly remove: readonly string[] }
  replaceGroupMembers: { readonly groupId: string; readonly memberIds: readonly string[] }
  deleteGroup: { readonly groupId: string; readonly confirm: boolean }
}
export type OrganizationOperation = keyof OrganizationRequests

/** What can be tried out: these operations, and how many seats a vendor might sell. */
export type Supposed =
  | {
      [O in SimulatedOperation]: { readonly operation: O; readonly request: OrganizationRequests[O] }
    }[SimulatedOperation]
  | { readonly operation: "supposeSeats"; readonly request: { readonly licenseId: string; readonly seats: number } }
export type SimulatedOperation =
  | "assignLicenses"
  | "unassignLicenses"
  | "transferSeat"
  | "restoreAssignments"
  | "setUserActive"
  | "deleteUser"
  | "changeGroupMembers"
  | "replaceGroupMembers"
  | "deleteGroup"

export interface VendorRequests extends WebhookRequests {
  registerVendor: {
    readonly name: string
    readonly contact?: string /** Only for demonstration data: a fixed id. */
    readonly vendorId?: VendorId
  }
  /** Without `productId` a new product is listed, with it the vendor's product is changed. */
  listProduct: {
    readonly productId?: string
    readonly name: string
    readonly description?: string
    readonly installUrl?: string
    /** Of a message that carries one: it keys the command, and the ledger of the vendor's messages shows it. */
    readonly vendorEventId?: string
    readonly sequence?: string
  }
  /**
   * For messages that are answered before they get here, such as one naming a license that the vendor never sold, or with
   * a field that cannot be read: the vendor sees them in its ledger. What gets here is recorded without being asked.
   * Never for messages whose sender is not certain. A no-op when too many were recorded lately.
   */
  recordVendorEvent: {
    readonly message: {
      readonly vendorEventId: string
      readonly attribute: VendorMessageAttribute
      readonly organizationId?: string
      readonly licenseId?: string
      readonly value?: string
      readonly sequence?: string
    }
    /** Left out for a repeat. */
    readonly refused?: { readonly code: string; readonly field?: string }
  }
  /** The secret itself is in the outcome, once. */
  createVendorSecret: { readonly algorithm: SecretAlgorithm }
  /** Another of the same algorithm takes its place; both are good for these hours. */
  rotateVendorSecret: { readonly secretId: string; readonly overlapHours: number }
  revokeVendorSecret: { readonly secretId: string }
}
export type VendorOperation = keyof VendorRequests

/** Who asks, already authenticated and permitted. */
export interface Requester {
  readonly type: Actor["type"]
  /** The token's subject. The command layer turns it into an opaque actor id; it never enters the log. */
  readonly subject: string
  readonly role?: NonNullable<Actor["role"]>
  /** Set for vendors: the actor is then the vendor itself. */
  readonly vendorId?: VendorId
}

export interface RequestContext {
  readonly requester: Requester
  /** Rule 37. Vendor operations that carry a vendor event id are keyed by that instead. */
  readonly idempotencyKey?: string
  /** Rule 35. */
  readonly expectedRevision?: number
  /** How a vendor's message calls the field that a refusal is about, for its ledger; as the request does when left out. */
  readonly fieldOf?: (refusal: Refusal) => string | undefined
  /** `expectedRevision` is that of a simulation: nothing may have moved on that it read. */
  readonly simulated?: boolean
  readonly correlationId: string
}

export type Outcome<Event = OrganizationEvent> =
  | {
      readonly kind: "accepted"
      /** The stream's revision after this command (for a no-op: the revision it was decided on). */
      readonly revision: number
      /** Every event that this command wrote, in order; empty for a no-op. The answer is computed from these, so a repeat answers the same. */
      readonly events: readonly Event[]
      /** Unknown ids that were passed over (rule 30). */
      readonly skipped: readonly string[]
      /** The command had been carried out before; this is the recorded answer (rule 37). */
      readonly repeated: boolean
      /** A vendor's new secret, told this one time: a repeat has none. */
      readonly secret?: string
    }
  | {
      readonly kind: "refused"
      readonly revision: number
      readonly refusal: Refusal
      /** A vendor's message that its ledger does not show: too many were refused lately. */
      readonly unrecorded?: true
    }

/** A secret in force. `key`: for HMAC_SHA256 the secret itself, `whsec_…`; for ED25519 the public key, `whpk_…`. */
export interface VerifyingSecret {
  readonly secretId: SecretId
  readonly algorithm: SecretAlgorithm
  readonly key: string
}

/** Not carried out, for now: nothing is wrong with the request, and the same may succeed in a moment, or on another node. */
export class TryAgain extends Error {
  override readonly name = "TryAgain"
}

/** The write side. One object per process; everything that changes the ledger goes through it. */
export interface Commands {
  /**
   * `organizationId` is left out for `createOrganization`, whose events say the new id, and for what concerns a license
   * that nobody is known to have bought: that is refused, and if a vendor said it, its ledger shows it.
   */
  organization<O extends OrganizationOperation>(
    organizationId: string | undefined,
    operation: O,
    request: OrganizationRequests[O],
    context: RequestContext,
  ): Promise<Outcome<OrganizationEvent>>
  vendor<O extends VendorOperation>(
    vendorId: string | undefined,
    operation: O,
    request: VendorRequests[O],
    context: RequestContext,
  ): Promise<Outcome<VendorEvent>>
  /**
   * What these would do, carried out one after the other, on the state read to the head: by the same rules, to the end of
   * all consequences, and without writing anything anywhere. Other commands of the organization wait meanwhile.
   */
  simulate(organizationId: string, what: readonly Supposed[], requester: Requester): Promise<Simulated>
  /** What verifies the signatures of a vendor now, read to the head of its stream: a revoked secret is good for nothing at once. */
  verifyingSecrets(vendorId: VendorId): Promise<readonly VerifyingSecret[]>
  /** Waits for what is on the way, then refuses further commands. */
  close(): Promise<void>
}
