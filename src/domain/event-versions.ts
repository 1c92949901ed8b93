/**
 * How events written by older versions of this code are read. An optional field needs nothing; a new shape raises the
 * version of its type and adds one pure function here; a new meaning is a new type. What is recorded is never rewritten.
 */
import type { EventType } from "./events"

/** Turns the data of one version into the data of the next. Pure and total: it met every event ever written. */
export type Upcaster = (data: object) => object
/** Per type: the first function leads from version 1 to 2, the next from 2 to 3, … so the current version is one more than their number. */
export type Upcasters = Readonly<Record<string, readonly Upcaster[]>>

const UPCASTERS = {
  OrganizationCreated: [],
  OrganizationClosed: [],
  LicenseRegistered: [],
  VendorSeatsChanged: [],
  LicenseStatusChanged: [],
  LicensePlanChanged: [],
  VendorEventIgnored: [],
  LicenseAssigned: [],
  LicenseUnassigned: [],
  AssignmentsRestored: [],
  SeatsGranted: [],
  SeatsWaitlisted: [],
  SeatsReleased: [],
  SeatsRevoked: [],
  SettlementProgressed: [],
  OverassignmentStarted: [],
  OverassignmentEnded: [],
  GraceExpired: [],
  AccessReviewSigned: [],
  InstallLinkVisited: [],
  UserProvisioned: [],
  UserProfileChanged: [],
  UserDeactivated: [],
  UserReactivated: [],
  UserDeleted: [],
  UserErased: [],
  GroupProvisioned: [],
  GroupRenamed: [],
  GroupMembersChanged: [],
  GroupDeleted: [],
  VendorRegistered: [],
  ProductListed: [],
  ProductChanged: [],
  ProductUnchanged: [],
  VendorEventRepeated: [],
  VendorEventRefused: [],
  VendorSecretCreated: [],
  VendorSecretExpires: [],
  VendorSecretRevoked: [],
  WebhookAdded: [],
  WebhookChanged: [],
  WebhookRemoved: [],
  WebhookDisabled: [],
  WebhookEnabled: [],
  WebhookSecretRotated: [],
  WebhookMessageSkipped: [],
  WebhookDeadLettersReplayed: [],
} satisfies Record<EventType, readonly Upcaster[]>

/** Every type there is; the compiler keeps it complete. */
export const EVENT_TYPES = Object.keys(UPCASTERS) as readonly EventType[] // the keys of a literal that `satisfies` checked

/** False for a type that only a newer version of the program knows: projections skip it, the decider refuses the stream. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(UPCASTERS, type)
}

/** The version in which this program writes events of a type. */
export function currentVersion(type: EventType): number {
  return UPCASTERS[type].length + 1
}

/** The program is older than what it reads: nothing sensible can be done with the event here. */
export class UnknownEvent extends Error {
  override readonly name = "UnknownEvent"
  constructor(
    readonly type: string,
    readonly version: number,
    readonly newest: number,
  ) {
    super(
      newest === 0
        ? `an event of the type ${type} was recorded, which this version of Seatledger does not know; start the version that wrote it, or a newer one`
        : `${type} was recorded in version ${version}, and this Seatledger knows versions 1 to ${newest}; start the version that wrote it, or a newer one`,
    )
  }
}

/** The data in the current shape. @throws UnknownEvent for a type or version of the future. */
export function upcast(type: string, version: number, data: object, upcasters: Upcasters = UPCASTERS): object {
  const chain = Object.hasOwn(upcasters, type) ? upcasters[type] : undefined
  const newest = chain ? chain.length + 1 : 0
  if (!chain || !Number.isSafeInteger(version) || version < 1 || version > newest) throw new UnknownEvent(type, version, newest)
  if (version === newest) return data // nearly always, and once per event of every read
  return chain.slice(version - 1).reduce((shape, next) => next(shape), data)
}
