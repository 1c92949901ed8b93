/** Enums of the API: the words of the domain, each described. A client treats a value that it does not know as "other". */
import { registerEnumType } from "type-graphql"
import type * as events from "../../../domain/events"

/** An enum of the API with exactly the values of a union of the domain. */
type EnumOf<Value extends string> = { readonly [V in Value]: V }

export const PrincipalType: EnumOf<events.PrincipalType> = { USER: "USER", GROUP: "GROUP" }
registerEnumType(PrincipalType, {
  name: "PrincipalType",
  description: "What a license can be assigned to.",
  valuesConfig: {
    USER: { description: "One person." },
    GROUP: { description: "A group: every immediate member who is active." },
  },
})

export const LicenseStatus: EnumOf<events.LicenseStatus> = {
  ACTIVE: "ACTIVE",
  WARNING: "WARNING",
  SUSPENDED: "SUSPENDED",
  CANCELLED: "CANCELLED",
}
registerEnumType(LicenseStatus, {
  name: "LicenseStatus",
  description: "The state of a subscription, as the vendor says.",
  valuesConfig: {
    ACTIVE: { description: "Paid and usable." },
    WARNING: { description: "Expired, in its grace period: usable and assignable (rule 22)." },
    SUSPENDED: { description: "Nobody is granted a seat and nobody may use the app; seats are kept (rule 23)." },
    CANCELLED: { description: "Ended for good: seats are released, the history stays (rule 24)." },
  },
})

export type SeatState = "SEATED" | "WAITLISTED"
export const SeatState: EnumOf<SeatState> = { SEATED: "SEATED", WAITLISTED: "WAITLISTED" }
registerEnumType(SeatState, {
  name: "SeatState",
  description: "Whether an entitled person holds a seat.",
  valuesConfig: {
    SEATED: { description: "Holds a seat." },
    WAITLISTED: { description: "Waits for a seat, first come, first served (rule 7)." },
  },
})

export type SourceType = "DIRECT" | "GROUP"
export const SourceType: EnumOf<SourceType> = { DIRECT: "DIRECT", GROUP: "GROUP" }
registerEnumType(SourceType, {
  name: "SourceType",
  description: "Why a person is entitled to a license.",
  valuesConfig: {
    DIRECT: { description: "The license is assigned to the person." },
    GROUP: { description: "The license is assigned to a group of which the person is an immediate member." },
  },
})

export const OnShortage: EnumOf<events.OnShortage> = { REJECT: "REJECT", WAITLIST: "WAITLIST" }
registerEnumType(OnShortage, {
  name: "OnShortage",
  description: "What happens to a direct assignment when seats are short (rule 3).",
  valuesConfig: {
    REJECT: { description: "The whole command is refused and writes nothing." },
    WAITLIST: { description: "The assignment is recorded, and whoever finds no seat waits." },
  },
})

export type AssignmentStatus = "ALL_SEATED" | "IN_PROGRESS" | "SEATS_SHORT"
export const AssignmentStatus: EnumOf<AssignmentStatus> = {
  ALL_SEATED: "ALL_SEATED",
  IN_PROGRESS: "IN_PROGRESS",
  SEATS_SHORT: "SEATS_SHORT",
}
registerEnumType(AssignmentStatus, {
  name: "AssignmentStatus",
  description: "How far an assignment is carried out (rule 4).",
  valuesConfig: {
    ALL_SEATED: { description: "Everybody whom it entitles holds a seat." },
    IN_PROGRESS: { description: "A large group is still being seated (rule 39)." },
    SEATS_SHORT: { description: "Some of the people it entitles wait for a seat: see `waiting`." },
  },
})

export type UsageRight = "ACTIVE" | "WARNING" | "SUSPENDED" | "INACTIVE"
export const UsageRight: EnumOf<UsageRight> = { ACTIVE: "ACTIVE", WARNING: "WARNING", SUSPENDED: "SUSPENDED", INACTIVE: "INACTIVE" }
registerEnumType(UsageRight, {
  name: "UsageRight",
  description: "The right of one person to use an app (rule 25). Only ACTIVE and WARNING may use it.",
  valuesConfig: {
    ACTIVE: { description: "Seated on an active license: may use the app." },
    WARNING: { description: "Seated on a license in its grace period: may use the app." },
    SUSPENDED: { description: "Seated, but the license is suspended: may not use the app." },
    INACTIVE: { description: "No seat: may not use the app. Waiting counts as no seat." },
  },
})

export const GraceEnd: EnumOf<events.GraceEnd> = { HOLD: "HOLD", REVOKE: "REVOKE" }
registerEnumType(GraceEnd, {
  name: "GraceEnd",
  description: "What happens to the surplus when the grace period of an over-assigned license ends (rule 20).",
  valuesConfig: {
    HOLD: { description: "The license is flagged; no seat is taken away." },
    REVOKE: { description: "The newest grants are taken back until the seats fit; those people wait again at their old place." },
  },
})

export const OrderedBy: EnumOf<events.OrderedBy> = { SEQUENCE: "SEQUENCE", TIMESTAMP: "TIMESTAMP" }
registerEnumType(OrderedBy, {
  name: "OrderedBy",
  description: "What tells which of a vendor's events on a license is newer. Fixed when the license is registered.",
  valuesConfig: {
    SEQUENCE: { description: "The vendor's own counter." },
    TIMESTAMP: { description: "The time that a marketplace stamps on its messages." },
  },
})

export type LicensedUserOrderField = "STATE_THEN_PLACE" | "DISPLAY_NAME" | "ENTITLED_SINCE"
export const LicensedUserOrderField: EnumOf<LicensedUserOrderField> = {
  STATE_THEN_PLACE: "STATE_THEN_PLACE",
  DISPLAY_NAME: "DISPLAY_NAME",
  ENTITLED_SINCE: "ENTITLED_SINCE",
}
registerEnumType(LicensedUserOrderField, {
  name: "LicensedUserOrderField",
  description: "What the people of a license are ordered by.",
  valuesConfig: {
    STATE_THEN_PLACE: { description: "Who holds a seat first, in a stable order, then the waitlist by place." },
    DISPLAY_NAME: { description: "The name, without regard to case and accents." },
    ENTITLED_SINCE: { description: "When the person became entitled, which is also the order of the waitlist." },
  },
})

export const Role: EnumOf<events.Role> = {
  OPERATOR: "OPERATOR",
  GLOBAL_ADMIN: "GLOBAL_ADMIN",
  LICENSE_ADMIN: "LICENSE_ADMIN",
  USER_ADMIN: "USER_ADMIN",
  BILLING_ADMIN: "BILLING_ADMIN",
  AUDITOR: "AUDITOR",
  MEMBER: "MEMBER",
  VENDOR: "VENDOR",
}
registerEnumType(Role, {
  name: "Role",
  description: "What a token allows (rule 38).",
  valuesConfig: {
    OPERATOR: { description: "Runs the installation: creates and closes organizations and vendors, sees no people and no licenses." },
    GLOBAL_ADMIN: { description: "May do everything in the organization." },
    LICENSE_ADMIN: { description: "Assigns, unassigns and transfers licenses." },
    USER_ADMIN: { description: "Assigns and unassigns licenses, and keeps people and groups." },
    BILLING_ADMIN: { description: "Sees everything about licenses, and assigns none." },
    AUDITOR: { description: "Reads everything, including the history, and changes nothing." },
    MEMBER: { description: "Sees the own account and the own licenses." },
    VENDOR: { description: "Lists products, registers licenses of them, changes their seats and status, and asks for rights." },
  },
})

export const ActorType: EnumOf<events.ActorType> = {
  USER: "USER",
  VENDOR: "VENDOR",
  IDENTITY_PROVIDER: "IDENTITY_PROVIDER",
  SYSTEM: "SYSTEM",
}
registerEnumType(ActorType, {
  name: "ActorType",
  description: "Who acts (rule 36).",
  valuesConfig: {
    USER: { description: "A person, through the console or the API." },
    VENDOR: { description: "The vendor of the app." },
    IDENTITY_PROVIDER: { description: "The service that provisions people and groups." },
    SYSTEM: { description: "Seatledger itself: promotions, deadlines." },
  },
})

export type DriftKind = "GAINED" | "LOST" | "CHANGED"
export const DriftKind: EnumOf<DriftKind> = { GAINED: "GAINED", LOST: "LOST", CHANGED: "CHANGED" }
registerEnumType(DriftKind, {
  name: "DriftKind",
  description: "How somebody's access differs from the one that was reviewed.",
  valuesConfig: {
    GAINED: { description: "Was not on the license, and is now." },
    LOST: { description: "Was on the license, and is not any more." },
    CHANGED: { description: "Had a seat and waits now, or the other way round." },
  },
})
