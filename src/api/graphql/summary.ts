/** What happened, in plain words, for people who read the history. One sentence per event, naming people and products. */
import type { ClaimRef, LicenseStatus, OrganizationEventDraft, PrincipalType, ReleaseReason, VendorAttribute } from "../../domain/events"

/** What the sentence needs to know of names. */
export interface Wording {
  readonly actor: string
  /** The product of the event's license. */
  readonly product: string
  readonly nameOf: (principalId: string) => string
  /** The name that it had until then. */
  readonly nameBefore: (principalId: string) => string
}

export function summaryOf(event: OrganizationEventDraft, { actor, product, nameOf, nameBefore }: Wording): string {
  const named = (ids: readonly string[]) => people(ids, nameOf)
  switch (event.type) {
    case "OrganizationCreated":
      return `${actor} created the organization ${event.data.name}`
    case "OrganizationClosed":
      return `${actor} closed the organization`

    case "LicenseRegistered":
      return `${actor} registered a license of ${product} with ${counted(event.data.seats, "seat")}`
    case "VendorSeatsChanged":
      return `${actor} changed the seats of ${product} from ${event.data.previousSeats} to ${event.data.seats}`
    case "LicenseStatusChanged":
      return `${actor} ${STATUS[event.data.status](product)}`
    case "LicensePlanChanged":
      return `${actor} changed the plan of ${product} to ${event.data.plan}`
    case "VendorEventIgnored": {
      const what = ATTRIBUTE[event.data.attribute]
      const why = event.data.outcome === "STALE" ? "a newer one was known already" : "it was the same as before"
      return `${actor} reported a ${what} of ${product} that changed nothing: ${why}`
    }

    case "LicenseAssigned": {
      const { principal, transferFrom, restores } = event.data
      const to = `${actor} assigned ${product} to ${called(principal.type, nameOf(principal.id))}`
      if (restores !== undefined) return `${to} again, as it was at revision ${restores}`
      return transferFrom ? `${to}, with the seat of ${nameOf(transferFrom)}` : to
    }
    case "LicenseUnassigned": {
      const { principal, stillLicensedVia, transferTo, restores } = event.data
      const from = `${actor} unassigned ${product} from ${called(principal.type, nameOf(principal.id))}`
      if (transferTo) return `${from} to give the seat to ${nameOf(transferTo)}`
      const kept = stillLicensedVia.length > 0 ? `, who keeps it through ${named(stillLicensedVia)}` : ""
      return `${from}${restores === undefined ? "" : ` again, as it was at revision ${restores}`}${kept}`
    }
    case "AssignmentsRestored": {
      const { asOfRevision, assigned, unassigned, skipped = [], skippedCount = skipped.length } = event.data
      const passedOver = skippedCount > 0 ? `, ${skippedCount} passed over` : ""
      return `${actor} restored the assignments of ${product} as of revision ${asOfRevision}: ${assigned} added, ${unassigned} removed${passedOver}`
    }
    case "SeatsGranted": {
      const got = `${claimants(event.data.claims, named)} got ${seats(event.data.claims)} of ${product}`
      if (event.data.via === "WAITLIST") return `${got} from the waitlist`
      return event.data.via === "TRANSFER" ? `${got} by transfer` : got
    }
    case "SeatsWaitlisted":
      return `${claimants(event.data.claims, named)} joined the waitlist of ${product}`
    case "SeatsReleased": {
      const { claims, why } = event.data
      const waited = claims.every((claim) => !claim.wasSeated)
      const left = waited ? `left the waitlist of ${product}` : `gave up ${seats(claims)} of ${product}`
      return `${claimants(claims, named)} ${left}: ${RELEASED[why]}`
    }
    case "SeatsRevoked":
      return `${claimants(event.data.claims, named)} lost ${seats(event.data.claims)} of ${product} when the grace period ended, and wait${event.data.claims.length === 1 ? "s" : ""} again`
    case "SettlementProgressed":
      return event.data.remaining > 0
        ? `The seats of ${product} are being settled: ${counted(event.data.remaining, "change")} to go`
        : `The seats of ${product} are settled`
    case "OverassignmentStarted":
      return `${product} is over-assigned by ${event.data.overassignedBy}; its grace period ends on ${event.data.graceEndsAt.slice(0, 10)}`
    case "OverassignmentEnded":
      return `${product} is no longer over-assigned`
    case "GraceExpired":
      return `The grace period of ${product} ended while it was over-assigned by ${event.data.overassignedBy}`
    case "AccessReviewSigned": {
      const { reviewedRevision, people } = event.data
      const who = people.waitlisted > 0 ? `${people.seated} seated, ${people.waitlisted} waiting` : `${people.seated} seated`
      return `${actor} reviewed who has ${product} as of revision ${reviewedRevision}: ${who}`
    }
    case "InstallLinkVisited":
      return `${actor} followed the installation link of ${product}`

    case "UserProvisioned":
      return `${actor} added ${nameOf(event.data.userId)}${event.data.active ? "" : ", inactive"}`
    case "UserProfileChanged":
      return `${actor} changed the profile of ${nameOf(event.data.userId)}`
    case "UserDeactivated":
      return `${actor} deactivated ${nameOf(event.data.userId)}`
    case "UserReactivated":
      return `${actor} reactivated ${nameOf(event.data.userId)}`
    case "UserDeleted":
      return `${actor} deleted ${nameOf(event.data.userId)}`
    case "UserErased":
      return `${actor} erased the personal data of ${nameOf(event.data.userId)}`

    case "GroupProvisioned":
      return `${actor} added the group ${event.data.displayName}`
    case "GroupRenamed":
      return `${actor} renamed the group ${nameBefore(event.data.groupId)} to ${event.data.displayName}`
    case "GroupMembersChanged": {
      const { groupId, added, removed, nestedAdded = [], nestedRemoved = [] } = event.data
      const joined = [...added, ...nestedAdded]
      const left = [...removed, ...nestedRemoved]
      const changes = [
        ...(joined.length > 0 ? [`added ${named(joined)} to`] : []),
        ...(left.length > 0 ? [`removed ${named(left)} from`] : []),
      ]
      return `${actor} ${changes.join(" and ") || "changed nothing in"} the group ${nameOf(groupId)}`
    }
    case "GroupDeleted":
      return `${actor} deleted the group ${nameOf(event.data.groupId)}`

    case "WebhookAdded":
      return `${actor} added the webhook ${hostOf(event.data.url)}`
    case "WebhookChanged":
      return `${actor} changed the webhook ${hostOf(event.data.url)}`
    case "WebhookRemoved":
      return `${actor} removed a webhook`
    case "WebhookDisabled":
      return event.data.because === "GONE" ? "A webhook was disabled: its receiver is gone for good" : `${actor} disabled a webhook`
    case "WebhookEnabled":
      return `${actor} enabled a webhook`
    case "WebhookSecretRotated":
      return `${actor} gave a webhook a new signing secret`
    case "WebhookMessageSkipped":
      return `${actor} gave up a message to a webhook, so that the next one has its turn`
    case "WebhookDeadLettersReplayed":
      return `${actor} had ${counted(event.data.count, "dead letter")} of a webhook sent again`
    default:
      return event satisfies never
  }
}

const ATTRIBUTE: Readonly<Record<VendorAttribute, string>> = { SEATS: "number of seats", STATUS: "status", PLAN: "plan" }

const STATUS: Readonly<Record<LicenseStatus, (product: string) => string>> = {
  ACTIVE: (product) => `made ${product} active`,
  WARNING: (product) => `put a warning on ${product}`,
  SUSPENDED: (product) => `suspended ${product}`,
  CANCELLED: (product) => `cancelled ${product}`,
}

const RELEASED: Readonly<Record<ReleaseReason, string>> = {
  UNASSIGNED: "unassigned",
  LEFT_GROUP: "no longer in the group",
  GROUP_UNASSIGNED: "the group was unassigned",
  GROUP_DELETED: "the group was deleted",
  USER_DEACTIVATED: "deactivated",
  USER_DELETED: "deleted",
  LICENSE_CANCELLED: "the license was cancelled",
  TRANSFER: "transferred",
}

/** Up to two by name, then how many more: an event may touch a thousand. */
function people(ids: readonly string[], nameOf: (id: string) => string): string {
  const [first, second] = ids
  if (first === undefined) return "nobody"
  if (second === undefined) return nameOf(first)
  if (ids.length === 2) return `${nameOf(first)} and ${nameOf(second)}`
  return `${nameOf(first)}, ${nameOf(second)} and ${counted(ids.length - 2, "other")}`
}

function claimants(claims: readonly ClaimRef[], named: (ids: readonly string[]) => string): string {
  return named(claims.map((claim) => claim.userId))
}

function called(type: PrincipalType, name: string): string {
  return type === "GROUP" ? `the group ${name}` : name
}

function seats(claims: readonly unknown[]): string {
  return claims.length === 1 ? "a seat" : "seats"
}

/** Paths and queries may hold somebody's keys, and sentences are passed around. */
function hostOf(url: string): string {
  return new URL(url).host
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`
}
