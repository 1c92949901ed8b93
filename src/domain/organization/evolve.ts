/**
 * What an event changes. Claims open and end here, at their cause; who gets a seat is never worked out here but read
 * from the recorded `Seats…` events, so no later version of the code can rewrite the past (I6).
 */
import type { Cause } from "../decision"
import type { OrganizationEvent, Principal, ReleaseReason } from "../events"
import { evolveWebhooks } from "../webhooks"
import { type Claim, type Group, type License, newGroup, newLicense, newUser, type OrganizationState, sourcesOf, type User } from "./state"

export function evolve(org: OrganizationState, event: OrganizationEvent): void {
  org.revision = event.revision
  org.recordedAt = Date.parse(event.metadata.recordedAt)
  const cause: Cause = { eventId: event.id, revision: event.revision, correlationId: event.metadata.correlationId }

  switch (event.type) {
    case "OrganizationCreated":
      org.created = true
      return
    case "OrganizationClosed":
      org.closed = true
      return

    case "LicenseRegistered": {
      const { licenseId: id, vendorId, productId, graceDays, onGraceEnd, seats, plan, orderedBy = "SEQUENCE" } = event.data
      const fixed = { id, vendorId, productId, graceDays, onGraceEnd, orderedBy, index: org.licenses.size }
      org.licenses.set(id, newLicense({ ...fixed, plan }, seats, cause))
      return
    }
    case "VendorSeatsChanged": {
      const license = theLicense(org, event.data.licenseId)
      license.capacity = event.data.seats
      license.seatsSequence = BigInt(event.data.sequence)
      causedOn(org, license, cause)
      return
    }
    case "LicenseStatusChanged": {
      const license = theLicense(org, event.data.licenseId)
      const sequence = BigInt(event.data.sequence)
      if (sequence > license.statusSequence) license.statusSequence = sequence // a cancellation applies whatever its sequence (rule 24)
      license.status = event.data.status
      causedOn(org, license, cause)
      if (event.data.status === "CANCELLED") cancel(org, license, cause)
      return
    }
    case "LicensePlanChanged": {
      const license = theLicense(org, event.data.licenseId)
      license.plan = event.data.plan
      license.planSequence = BigInt(event.data.sequence)
      return
    }
    case "VendorEventIgnored": {
      const { licenseId, attribute, outcome, sequence } = event.data
      if (outcome === "STALE") return
      const license = theLicense(org, licenseId)
      if (attribute === "SEATS") license.seatsSequence = BigInt(sequence)
      else if (attribute === "PLAN") license.planSequence = BigInt(sequence)
      else if (BigInt(sequence) > license.statusSequence) license.statusSequence = BigInt(sequence)
      return
    }

    case "LicenseAssigned": {
      const license = theLicense(org, event.data.licenseId)
      license.changedAt = event.revision
      org.unsettled.add(license)
      assign(org, license, event.data.principal, cause)
      return
    }
    case "LicenseUnassigned": {
      const license = theLicense(org, event.data.licenseId)
      causedOn(org, license, cause)
      const { principal, transferTo } = event.data
      unassign(org, license, principal, transferTo === undefined ? "UNASSIGNED" : "TRANSFER", cause)
      const target = transferTo === undefined ? undefined : license.claims.get(theUser(org, transferTo))
      if (target) license.transfers.add(target)
      return
    }

    case "SeatsGranted": {
      const license = theLicense(org, event.data.licenseId)
      peopleChangedOn(org, license, event.revision)
      for (const { userId } of event.data.claims) grant(license, theClaim(org, license, userId))
      license.waitlist.prune(license.waiting)
      return
    }
    case "SeatsWaitlisted": {
      const license = theLicense(org, event.data.licenseId)
      peopleChangedOn(org, license, event.revision)
      for (const { userId } of event.data.claims) {
        const claim = theClaim(org, license, userId)
        recorded(license, claim)
        claim.state = "WAITLISTED"
      }
      return
    }
    case "SeatsReleased": {
      const license = theLicense(org, event.data.licenseId)
      peopleChangedOn(org, license, event.revision)
      for (const ending of license.endings.take(event.data.claims.length)) {
        if (!ending.wasSeated) continue
        license.seated--
        license.endingSeats--
      }
      return
    }
    case "SeatsRevoked": {
      const license = theLicense(org, event.data.licenseId)
      peopleChangedOn(org, license, event.revision)
      for (const { userId } of event.data.claims) {
        const claim = theClaim(org, license, userId)
        claim.state = "WAITLISTED"
        license.seated--
        license.waiting++
        license.waitlist.join(claim)
      }
      return
    }
    case "SettlementProgressed": {
      const license = theLicense(org, event.data.licenseId)
      license.deferred = event.data.remaining
      license.deferredClaims = event.data.newClaims
      return
    }
    case "OverassignmentStarted": {
      const license = theLicense(org, event.data.licenseId)
      license.overassigned = true
      license.overassignment = cause
      license.graceEndsAt = Date.parse(event.data.graceEndsAt)
      license.graceExpired = false
      return
    }
    case "OverassignmentEnded": {
      const license = theLicense(org, event.data.licenseId)
      license.overassigned = false
      license.overassignment = undefined
      license.graceEndsAt = undefined
      license.graceExpired = false
      return
    }
    case "GraceExpired": {
      const license = theLicense(org, event.data.licenseId)
      license.graceExpired = true
      causedOn(org, license, cause)
      return
    }
    case "AccessReviewSigned": {
      theLicense(org, event.data.licenseId).reviewedRevision = event.data.reviewedRevision
      return
    }
    case "InstallLinkVisited":
    case "AssignmentsRestored": // what it changed is said by the events after it
      return

    case "UserProvisioned":
      org.users.set(event.data.userId, newUser(event.data.userId, event.data.active, event.revision))
      return
    case "UserProfileChanged":
      theUser(org, event.data.userId).changedAt = event.revision
      return
    case "UserDeactivated": {
      const user = theUser(org, event.data.userId)
      user.changedAt = user.sourcesChangedAt = event.revision
      endAll(org, user, "USER_DEACTIVATED", cause)
      user.active = false
      return
    }
    case "UserReactivated": {
      const user = theUser(org, event.data.userId)
      user.changedAt = user.sourcesChangedAt = event.revision
      user.active = true
      for (const { license, sources } of sourcesOf(user)) open(org, license, user, sources, 0, cause)
      return
    }
    case "UserDeleted": {
      const user = theUser(org, event.data.userId)
      org.deletedAt = event.revision
      endAll(org, user, "USER_DELETED", cause)
      for (const license of user.direct) {
        license.users.delete(user)
        changedOn(org, license, event.revision)
      }
      for (const group of user.groups) {
        group.members.delete(user)
        group.changedAt = group.membersChangedAt = event.revision
      }
      org.users.delete(user.id)
      org.deletedUsers.add(user.id)
      return
    }
    case "UserErased":
      org.erasedUsers.add(event.data.userId)
      return

    case "GroupProvisioned":
      org.groups.set(event.data.groupId, newGroup(event.data.groupId, event.data.displayName, event.revision))
      return
    case "GroupRenamed": {
      const group = theGroup(org, event.data.groupId)
      group.displayName = event.data.displayName
      group.changedAt = event.revision
      return
    }
    case "GroupMembersChanged": {
      const group = theGroup(org, event.data.groupId)
      group.changedAt = group.membersChangedAt = event.revision
      const removed = event.data.removed.map((id) => theUser(org, id))
      const added = event.data.added.map((id) => theUser(org, id))
      for (const user of removed) {
        group.members.delete(user)
        user.groups = without(user.groups, group)
        user.sourcesChangedAt = event.revision
      }
      for (const user of added) {
        group.members.add(user)
        user.groups = [...user.groups, group]
        user.sourcesChangedAt = event.revision
      }
      for (const license of group.licenses) {
        for (const user of removed) loseSource(org, license, user, "LEFT_GROUP", cause)
        added.forEach((user, ordinal) => {
          gainSource(org, license, user, ordinal, cause)
        })
      }
      for (const id of event.data.nestedRemoved ?? []) group.nested.delete(id)
      for (const id of event.data.nestedAdded ?? []) group.nested.add(id)
      return
    }
    case "GroupDeleted": {
      const group = theGroup(org, event.data.groupId)
      org.deletedAt = event.revision
      for (const license of group.licenses) {
        license.groups.delete(group)
        causedOn(org, license, cause)
        for (const user of group.members) loseSource(org, license, user, "GROUP_DELETED", cause)
      }
      for (const user of group.members) {
        user.groups = without(user.groups, group)
        user.sourcesChangedAt = event.revision
      }
      org.groups.delete(group.id)
      return
    }

    case "WebhookAdded":
    case "WebhookChanged":
    case "WebhookRemoved":
    case "WebhookDisabled":
    case "WebhookEnabled":
    case "WebhookSecretRotated":
    case "WebhookMessageSkipped":
    case "WebhookDeadLettersReplayed":
      evolveWebhooks(org.webhooks, event)
      return
    default:
      // An event of a later version: deciding without understanding it could give a seat away twice (DESIGN §4).
      throw new Error(
        `revision ${org.revision}: unknown event type ${(event satisfies never as OrganizationEvent).type}; run a version that knows it`,
      )
  }
}

function assign(org: OrganizationState, license: License, principal: Principal, cause: Cause): void {
  if (principal.type === "USER") {
    const user = theUser(org, principal.id)
    user.direct = [...user.direct, license]
    user.sourcesChangedAt = cause.revision
    license.users.add(user)
    gainSource(org, license, user, 0, cause)
    return
  }
  const group = theGroup(org, principal.id)
  license.groups.add(group)
  group.licenses = [...group.licenses, license].sort((a, b) => a.index - b.index)
  group.licensesChangedAt = cause.revision
  let ordinal = 0
  for (const user of group.members) if (gainSource(org, license, user, ordinal, cause)) ordinal++
}

function unassign(org: OrganizationState, license: License, principal: Principal, why: "UNASSIGNED" | "TRANSFER", cause: Cause): void {
  if (principal.type === "USER") {
    const user = theUser(org, principal.id)
    user.direct = without(user.direct, license)
    user.sourcesChangedAt = cause.revision
    license.users.delete(user)
    loseSource(org, license, user, why, cause)
    return
  }
  const group = theGroup(org, principal.id)
  detach(license, group, cause)
  for (const user of group.members) loseSource(org, license, user, "GROUP_UNASSIGNED", cause)
}

function cancel(org: OrganizationState, license: License, cause: Cause): void {
  for (const group of license.groups) detach(license, group, cause)
  for (const claim of license.claims.values()) end(org, license, claim, "LICENSE_CANCELLED", cause)
}

function detach(license: License, group: Group, { revision }: Cause): void {
  license.groups.delete(group)
  group.licenses = without(group.licenses, license)
  group.licensesChangedAt = revision
}

/** Rule 8: a second source changes neither claim, place nor seat. True when a claim was opened. */
function gainSource(org: OrganizationState, license: License, user: User, ordinal: number, cause: Cause): boolean {
  if (!user.active) return false
  const claim = license.claims.get(user)
  if (claim) {
    claim.sources++
    return false
  }
  open(org, license, user, 1, ordinal, cause)
  return true
}

/** Rules 9 and 10: losing one of several sources changes nothing, losing the last ends the claim. */
function loseSource(org: OrganizationState, license: License, user: User, why: ReleaseReason, cause: Cause): void {
  const claim = license.claims.get(user)
  if (!claim) return
  claim.sources--
  if (claim.sources === 0) end(org, license, claim, why, cause)
}

function open(org: OrganizationState, license: License, user: User, sources: number, ordinal: number, cause: Cause): void {
  const claim: Claim = { user, state: "NEW", sources, revision: cause.revision, ordinal, queued: false, grant: -1 }
  license.claims.set(user, claim)
  license.waiting++
  license.waitlist.join(claim)
  const newest = license.openings.at(-1)
  if (newest?.cause.revision === cause.revision) {
    newest.claims.push(claim)
    newest.fresh++
  } else {
    license.openings.push({ cause, claims: [claim], next: 0, fresh: 1 })
  }
  changedOn(org, license, cause.revision)
}

function end(org: OrganizationState, license: License, claim: Claim, why: ReleaseReason, cause: Cause): void {
  license.claims.delete(claim.user)
  const wasSeated = claim.state === "SEATED"
  if (wasSeated) {
    license.endingSeats++
  } else {
    license.waiting--
    license.transfers.delete(claim)
    recorded(license, claim)
  }
  // A claim that nobody was ever told of ends without a word.
  if (claim.state !== "NEW") license.endings.push({ claim, wasSeated, why, cause })
  claim.state = "ENDED"
  license.waitlist.prune(license.waiting)
  causedOn(org, license, cause)
}

function endAll(org: OrganizationState, user: User, why: ReleaseReason, cause: Cause): void {
  for (const { license } of sourcesOf(user)) {
    const claim = license.claims.get(user)
    if (claim) end(org, license, claim, why, cause)
  }
}

function grant(license: License, claim: Claim): void {
  recorded(license, claim)
  claim.state = "SEATED"
  license.seated++
  license.waiting--
  license.transfers.delete(claim)
  license.grants.push(claim)
  license.grants.prune(license.seated)
}

/** A NEW claim is NEW no longer: its opening has one fewer to record. */
function recorded(license: License, claim: Claim): void {
  if (claim.state !== "NEW") return
  const opening = license.openings.find((candidate) => candidate.cause.revision === claim.revision)
  if (!opening) return
  opening.fresh--
  while (license.openings[0]?.fresh === 0) license.openings.shift()
}

function changedOn(org: OrganizationState, license: License, revision: number): void {
  license.changedAt = revision
  org.unsettled.add(license)
}

function peopleChangedOn(org: OrganizationState, license: License, revision: number): void {
  license.peopleChangedAt = revision
  changedOn(org, license, revision)
}

function causedOn(org: OrganizationState, license: License, cause: Cause): void {
  license.cause = cause
  changedOn(org, license, cause.revision)
}

function without<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return list
  return list.filter((other) => other !== item)
}

// The log was decided by this very code: a name that is not there means a damaged log or a wrong stream, and going on would guess.
function theLicense(org: OrganizationState, id: string): License {
  return org.licenses.get(id) ?? missing(org, id)
}
function theUser(org: OrganizationState, id: string): User {
  return org.users.get(id) ?? missing(org, id)
}
function theGroup(org: OrganizationState, id: string): Group {
  return org.groups.get(id) ?? missing(org, id)
}
function theClaim(org: OrganizationState, license: License, userId: string): Claim {
  return license.claims.get(theUser(org, userId)) ?? missing(org, userId)
}
function missing(org: OrganizationState, id: string): never {
  throw new Error(`revision ${org.revision} names ${id}, which does not exist there: the log is damaged or belongs to another organization`)
}
