/** What can happen, by themes: each type has a name for people in the catalogues (`event.…`). A test compares them with the ledger's own list. */
export const THEMES = {
  assignments: ["LicenseAssigned", "LicenseUnassigned", "AssignmentsRestored", "AccessReviewSigned", "InstallLinkVisited"],
  seats: ["SeatsGranted", "SeatsWaitlisted", "SeatsReleased", "SeatsRevoked", "SettlementProgressed"],
  vendor: [
    "LicenseRegistered",
    "VendorSeatsChanged",
    "LicenseStatusChanged",
    "LicensePlanChanged",
    "VendorEventIgnored",
    "OverassignmentStarted",
    "OverassignmentEnded",
    "GraceExpired",
  ],
  people: ["UserProvisioned", "UserProfileChanged", "UserDeactivated", "UserReactivated", "UserDeleted", "UserErased"],
  groups: ["GroupProvisioned", "GroupRenamed", "GroupMembersChanged", "GroupDeleted"],
  organization: [
    "OrganizationCreated",
    "OrganizationClosed",
    "WebhookAdded",
    "WebhookChanged",
    "WebhookRemoved",
    "WebhookDisabled",
    "WebhookEnabled",
    "WebhookSecretRotated",
    "WebhookMessageSkipped",
    "WebhookDeadLettersReplayed",
  ],
} as const

export type Theme = keyof typeof THEMES
export type KnownEventType = (typeof THEMES)[Theme][number]
export const EVENT_TYPES: readonly KnownEventType[] = Object.values(THEMES).flat()

/** A type of a newer version of the ledger has no name here. */
export function isKnown(type: string): type is KnownEventType {
  return EVENT_TYPES.some((known) => known === type)
}
