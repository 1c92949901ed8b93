/** What can be asked of an organization or a vendor. Ids of new objects come in with the command; so does the time. */
import type {
  DisabledBecause,
  GraceEnd,
  LicenseStatus,
  OnShortage,
  OrderedBy,
  ReviewedPeople,
  Sealed,
  SecretAlgorithm,
  VendorMessage,
} from "./events"
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

/** Limits of one command; larger requests are refused with the limit named. */
export const MAX_PRINCIPALS = 100
export const MAX_MEMBERS = 1000
/** Assignments that one restoration adds and removes. */
export const MAX_RESTORED = 500
export const MAX_SEATS = 10_000_000

export interface DeadLettersFound {
  readonly count: number
  readonly eventIds?: readonly string[]
}
interface DescribedWebhook {
  readonly url: string
  readonly description?: string
  readonly types?: readonly string[]
}
/** Of an organization or a vendor alike. */
export interface WebhookCommands {
  AddWebhook: DescribedWebhook & { readonly webhookId: WebhookId; readonly secret: Sealed }
  ChangeWebhook: DescribedWebhook & { readonly webhookId: string }
  RemoveWebhook: { readonly webhookId: string }
  DisableWebhook: { readonly webhookId: string; readonly because: DisabledBecause }
  EnableWebhook: { readonly webhookId: string }
  RotateWebhookSecret: { readonly webhookId: string; readonly secret: Sealed; readonly overlapHours: number }
  /** `found`: it is the message whose turn it is. What waits for a receiver is no part of the log, so the asker looks it up. */
  SkipWebhookMessage: { readonly webhookId: string; readonly eventId: string; readonly found: boolean }
  /** `found`: the dead letters there are; with their ids when only some were asked for. */
  ReplayDeadLetters: { readonly webhookId: string; readonly found: DeadLettersFound }
}

export interface OrganizationCommands extends WebhookCommands {
  CreateOrganization: { readonly organizationId: OrganizationId; readonly name: string }
  CloseOrganization: { readonly organizationId: OrganizationId; readonly reason?: Sealed }

  RegisterLicense: {
    readonly licenseId: LicenseId
    readonly vendorId: VendorId
    readonly productId: ProductId
    readonly productName: string
    readonly seats: number
    readonly graceDays: number
    readonly onGraceEnd: GraceEnd
    readonly vendorEventId: string
    readonly subscriptionId?: string
    readonly plan?: string
    readonly orderedBy?: OrderedBy
  }
  ChangeVendorSeats: {
    readonly licenseId: string
    readonly vendorId: VendorId
    readonly seats: number
    readonly vendorEventId: string
    readonly sequence: string
    /** What `sequence` counts; SEQUENCE when left out. */
    readonly orderedBy?: OrderedBy
    readonly effectiveAt?: string
  }
  ChangeLicenseStatus: {
    readonly licenseId: string
    readonly vendorId: VendorId
    readonly status: LicenseStatus
    readonly vendorEventId: string
    readonly sequence: string
    readonly orderedBy?: OrderedBy
  }
  ChangeLicensePlan: {
    readonly licenseId: string
    readonly vendorId: VendorId
    readonly plan: string
    readonly vendorEventId: string
    readonly sequence: string
    readonly orderedBy?: OrderedBy
  }

  AssignLicenses: {
    readonly licenseId: string
    readonly principalIds: readonly string[]
    readonly onShortage: OnShortage
    readonly reason?: Sealed
  }
  UnassignLicenses: { readonly licenseId: string; readonly principalIds: readonly string[]; readonly reason?: Sealed }
  TransferSeat: { readonly licenseId: string; readonly fromUserId: string; readonly toUserId: string; readonly reason?: Sealed }
  /** `allowDrift`: sign what was seen, although people got or lost a seat since. */
  SignAccessReview: {
    readonly reviewId: ReviewId
    readonly licenseId: string
    readonly reviewedRevision: number
    readonly root: string
    readonly people: ReviewedPeople
    readonly allowDrift: boolean
    readonly statement?: Sealed
  }
  RestoreAssignments: {
    readonly licenseId: string
    readonly asOfRevision: number
    /** To whom it was assigned at that revision, in the order in which it was. */
    readonly principalIds: readonly PrincipalId[]
    /** Left out: of everybody. Otherwise only these are assigned or unassigned, as they were. */
    readonly only?: readonly string[]
    readonly reason?: Sealed
  }
  RecordInstallVisit: { readonly licenseId: string; readonly installUrl: string }

  ProvisionUser: { readonly userId: UserId; readonly profile: Sealed; readonly active: boolean }
  ChangeUserProfile: { readonly userId: string; readonly profile: Sealed }
  SetUserActive: { readonly userId: string; readonly active: boolean }
  DeleteUser: { readonly userId: string }
  /** Deletes the person first where that has not been done. `actors`, `texts`: what was found beside the profile. */
  EraseUser: {
    readonly userId: string
    readonly reason?: Sealed
    readonly actors: readonly ActorId[]
    readonly texts: readonly string[]
  }
  ProvisionGroup: {
    readonly groupId: GroupId
    readonly displayName: string
    readonly externalId?: string
    readonly memberIds: readonly string[]
  }
  RenameGroup: { readonly groupId: string; readonly displayName: string }
  ChangeGroupMembers: { readonly groupId: string; readonly add: readonly string[]; readonly remove: readonly string[] }
  /** A full replacement, diffed first: members who stay keep seat and place (rule 30). */
  ReplaceGroupMembers: { readonly groupId: string; readonly memberIds: readonly string[] }
  /** `confirm`: delete although the group has assignments; an identity provider always confirms (rule 32). */
  DeleteGroup: { readonly groupId: string; readonly confirm: boolean }

  /** By the scheduler, when the deadline has passed (rule 34: a deadline that passes is an event). ISO 8601, UTC. */
  ExpireGrace: { readonly licenseId: LicenseId; readonly deadline: string }
  /** By the command layer, while effects are still to be recorded (rule 39). */
  ContinueSettlement: object
}
export type OrganizationCommandType = keyof OrganizationCommands
export type OrganizationCommand = {
  [T in OrganizationCommandType]: { readonly type: T } & OrganizationCommands[T]
}[OrganizationCommandType]

export interface VendorCommands extends WebhookCommands {
  RegisterVendor: { readonly vendorId: VendorId; readonly name: string; readonly contact?: string }
  /** Lists a new product, or changes one that the vendor already lists. */
  ListProduct: {
    readonly productId: ProductId
    readonly name: string
    readonly description?: string
    readonly installUrl?: string
    readonly vendorEventId?: string
    readonly sequence?: string
  }
  /** A message that was answered without writing anything: a repeat, or with `refused` a refusal. */
  RecordVendorEvent: {
    readonly message: Omit<VendorMessage, "vendorId">
    readonly refused?: { readonly code: string; readonly field?: string }
  }
  CreateVendorSecret: { readonly secretId: SecretId; readonly algorithm: SecretAlgorithm; readonly key: string }
  /** The new secret is of the same algorithm. */
  RotateVendorSecret: { readonly secretId: string; readonly newSecretId: SecretId; readonly key: string; readonly overlapHours: number }
  RevokeVendorSecret: { readonly secretId: string }
}
export type VendorCommandType = keyof VendorCommands
export type VendorCommand = { [T in VendorCommandType]: { readonly type: T } & VendorCommands[T] }[VendorCommandType]

/** What a decision may know beside command and state. */
export interface Circumstances {
  /** Milliseconds since 1970, UTC: the `recordedAt` of the events to come. */
  readonly now: number
  /** Rule 35. */
  readonly expectedRevision?: number
  /** Rule 35: `expectedRevision` is that of a simulation, so that nothing may have moved on that it read. */
  readonly simulated?: boolean
}
