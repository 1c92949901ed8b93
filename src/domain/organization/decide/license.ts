/** Assigning, unassigning and transferring seats, and the vendor's word on quantity and status. The checks run in the order of rule 15. */
import { type Circumstances, MAX_PRINCIPALS, MAX_SEATS, type OrganizationCommands } from "../../commands"
import { accept, type Decision, refuse } from "../../decision"
import type { OrderedBy, OrganizationEventDraft, OrganizationEvents, Principal } from "../../events"
import { checkInstallUrl, checkInstant, checkName, checkSequence, checkWhole, firstProblem, invalid, refuseInvalid } from "../../input"
import type { Refusal } from "../../refusals"
import { availableSeats, type Claim, type Group, groupsEntitling, type License, type OrganizationState, type User } from "../state"

type OrganizationDecision = Decision<OrganizationEventDraft>

/** Rules 2–6: users first, then groups, in input order; all or nothing. */
export function assign(
  org: OrganizationState,
  command: OrganizationCommands["AssignLicenses"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const license = usableLicense(org, command.licenseId, expectedRevision)
  if ("reject" in license) return license
  const principals = knownPrincipals(org, command.principalIds)
  if ("reject" in principals) return principals

  const users = principals.users.filter((user) => !user.direct.includes(license))
  const groups = principals.groups.filter((group) => !license.groups.has(group))
  const inactive = users.filter((user) => !user.active)
  if (inactive.length > 0) return refuse({ code: "USER_INACTIVE", userIds: inactive.map((user) => user.id) })

  if (command.onShortage === "REJECT" && users.length > 0) {
    if (license.status === "SUSPENDED") return refuse({ code: "LICENSE_SUSPENDED", licenseId: license.id })
    const required = users.filter((user) => !license.claims.has(user)).length // rule 3: groups never count
    const available = availableSeats(license)
    if (required > available) return refuse({ code: "NOT_ENOUGH_SEATS", available, required })
  }
  const reason = command.reason === undefined ? {} : { reason: command.reason }
  return accept([
    ...users.map((user) => assigned(license, { type: "USER", id: user.id }, [user], reason)),
    ...groups.map((group) => assigned(license, { type: "GROUP", id: group.id }, group.members, reason)),
  ])
}

/** @param people whom the principal stands for */
export function assigned(license: License, principal: Principal, people: Iterable<User>, more: More): OrganizationEventDraft {
  return { type: "LicenseAssigned", data: { licenseId: license.id, principal, already: claimsOf(license, people), ...more } }
}

/** What an assignment or its end says beside whom it is about. */
type More = Pick<OrganizationEvents["LicenseAssigned"] & OrganizationEvents["LicenseUnassigned"], "reason" | "restores">

/** Rules 9, 10, 13, 14. */
export function unassign(
  org: OrganizationState,
  command: OrganizationCommands["UnassignLicenses"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const license = usableLicense(org, command.licenseId, expectedRevision)
  if ("reject" in license) return license
  const principals = knownPrincipals(org, command.principalIds)
  if ("reject" in principals) return principals

  for (const user of principals.users) {
    const groups = groupsEntitling(user, license)
    if (!user.direct.includes(license) && groups.length > 0) return refuse(inherited(user, groups))
  }
  const reason = command.reason === undefined ? {} : { reason: command.reason }
  return accept([
    ...principals.users
      .filter((user) => user.direct.includes(license))
      .map((user) => unassigned(license, { type: "USER", id: user.id }, groupsEntitling(user, license), reason)),
    ...principals.groups
      .filter((group) => license.groups.has(group))
      .map((group) => unassigned(license, { type: "GROUP", id: group.id }, [], reason)),
  ])
}

/** @param still the groups through which a user keeps the license */
export function unassigned(license: License, principal: Principal, still: readonly Group[], more: More): OrganizationEventDraft {
  const stillLicensedVia = still.map((group) => group.id)
  return { type: "LicenseUnassigned", data: { licenseId: license.id, principal, stillLicensedVia, ...more } }
}

/** Rule 12: `to` gets the seat of `from`, ahead of the waitlist. */
export function transfer(
  org: OrganizationState,
  command: OrganizationCommands["TransferSeat"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const license = usableLicense(org, command.licenseId, expectedRevision)
  if ("reject" in license) return license
  const from = org.users.get(command.fromUserId)
  const to = org.users.get(command.toUserId)
  if (!from || !to) {
    const unknown = [command.fromUserId, command.toUserId].filter((id) => !org.users.has(id))
    return refuse({ code: "PRINCIPAL_NOT_FOUND", principalIds: unknown })
  }
  if (!to.active) return refuse({ code: "USER_INACTIVE", userIds: [to.id] })
  const groups = groupsEntitling(from, license)
  if (groups.length > 0) return refuse(inherited(from, groups))
  if (license.claims.get(from)?.state !== "SEATED") return refuse({ code: "NOT_SEATED", userId: from.id })
  const claim = license.claims.get(to)
  if (claim?.state === "SEATED") return refuse({ code: "ALREADY_SEATED", userId: to.id })
  if (license.status === "SUSPENDED") return refuse({ code: "LICENSE_SUSPENDED", licenseId: license.id })
  if (license.seated > license.capacity) return refuse({ code: "NOT_ENOUGH_SEATS", available: 0, required: 1 })

  const reason = command.reason === undefined ? {} : { reason: command.reason }
  const assigned: OrganizationEventDraft = {
    type: "LicenseAssigned",
    data: {
      licenseId: license.id,
      principal: { type: "USER", id: to.id },
      already: claimsOf(license, [to]),
      transferFrom: from.id,
      ...reason,
    },
  }
  const unassigned: OrganizationEventDraft = {
    type: "LicenseUnassigned",
    data: { licenseId: license.id, principal: { type: "USER", id: from.id }, stillLicensedVia: [], transferTo: to.id, ...reason },
  }
  return accept(to.direct.includes(license) ? [unassigned] : [assigned, unassigned])
}

/** The admin followed "Install this product". */
export function recordInstallVisit(
  org: OrganizationState,
  command: OrganizationCommands["RecordInstallVisit"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const license = usableLicense(org, command.licenseId, expectedRevision)
  if ("reject" in license) return license
  if (command.installUrl === "") return refuse({ code: "NOT_FOUND", field: "installUrl", id: license.productId })
  const problem = refuseInvalid(checkInstallUrl("installUrl", command.installUrl))
  if (problem) return problem
  return accept([
    { type: "InstallLinkVisited", data: { licenseId: license.id, productId: license.productId, installUrl: command.installUrl } },
  ])
}

export function register(org: OrganizationState, command: OrganizationCommands["RegisterLicense"]): OrganizationDecision {
  const { licenseId, vendorId, productId, productName, seats, graceDays, onGraceEnd, vendorEventId } = command
  const { subscriptionId, plan, orderedBy } = command
  const problem = refuseInvalid(
    firstProblem(
      checkWhole("seats", seats, 0, MAX_SEATS),
      checkWhole("graceDays", graceDays, 0, 3650),
      checkName("vendorEventId", vendorEventId),
      subscriptionId === undefined ? undefined : checkName("subscriptionId", subscriptionId),
      plan === undefined ? undefined : checkName("plan", plan),
    ),
  )
  if (problem) return problem
  if (org.licenses.has(licenseId)) return refuse({ code: "ALREADY_EXISTS", field: "licenseId" })
  return accept([
    {
      type: "LicenseRegistered",
      data: {
        licenseId,
        vendorId,
        productId,
        productName,
        seats,
        graceDays,
        onGraceEnd,
        vendorEventId,
        ...(subscriptionId === undefined ? {} : { subscriptionId }),
        ...(plan === undefined ? {} : { plan }),
        ...(orderedBy === undefined ? {} : { orderedBy }),
      },
    },
  ])
}

/** Rules 16–19: the quantity is absolute; an event that is not newer is recorded and not applied. */
export function changeSeats(
  org: OrganizationState,
  command: OrganizationCommands["ChangeVendorSeats"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const { seats, vendorEventId, sequence, effectiveAt } = command
  const problem = refuseInvalid(
    firstProblem(
      checkWhole("seats", seats, 0, MAX_SEATS),
      checkName("vendorEventId", vendorEventId),
      checkSequence("sequence", sequence),
      checkInstant("effectiveAt", effectiveAt),
    ),
  )
  if (problem) return problem
  const license = vendorsLicense(org, command, expectedRevision)
  if ("reject" in license) return license

  const message = {
    licenseId: license.id,
    seats,
    vendorEventId,
    sequence,
    ...(effectiveAt === undefined ? {} : { effectiveAt: new Date(effectiveAt).toISOString() }),
  }
  const isNewer = BigInt(sequence) > license.seatsSequence
  const overassigned = license.seated - (isNewer ? seats : license.capacity) // rule 19: a reduction takes no seat away
  const overassignedBy = overassigned > 0 ? { overassignedBy: overassigned } : {}
  if (!isNewer || seats === license.capacity) {
    const outcome = isNewer ? "NO_CHANGE" : "STALE"
    return accept([{ type: "VendorEventIgnored", data: { attribute: "SEATS", outcome, ...message, ...overassignedBy } }])
  }
  return accept([{ type: "VendorSeatsChanged", data: { ...message, previousSeats: license.capacity, ...overassignedBy } }])
}

/** Rules 17, 22–24. */
export function changeStatus(
  org: OrganizationState,
  command: OrganizationCommands["ChangeLicenseStatus"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const { status, vendorEventId, sequence } = command
  const problem = refuseInvalid(firstProblem(checkName("vendorEventId", vendorEventId), checkSequence("sequence", sequence)))
  if (problem) return problem
  const license = vendorsLicense(org, command, expectedRevision)
  if ("reject" in license) return license

  const message = { licenseId: license.id, status, vendorEventId, sequence }
  const isCancelled = license.status === "CANCELLED"
  if (isCancelled && status !== "CANCELLED") return refuse({ code: "LICENSE_CANCELLED", licenseId: license.id })
  const isNewer = BigInt(sequence) > license.statusSequence
  const applies = isNewer || (status === "CANCELLED" && !isCancelled) // a cancellation applies whatever its sequence
  if (!applies || status === license.status) {
    return accept([{ type: "VendorEventIgnored", data: { attribute: "STATUS", outcome: isNewer ? "NO_CHANGE" : "STALE", ...message } }])
  }
  return accept([{ type: "LicenseStatusChanged", data: { ...message, previousStatus: license.status } }])
}

/** Rule 17, for what was bought: it has an order of its own, and no effect on seats. */
export function changePlan(
  org: OrganizationState,
  command: OrganizationCommands["ChangeLicensePlan"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const { plan, vendorEventId, sequence } = command
  const problem = refuseInvalid(
    firstProblem(checkName("plan", plan), checkName("vendorEventId", vendorEventId), checkSequence("sequence", sequence)),
  )
  if (problem) return problem
  const license = vendorsLicense(org, command, expectedRevision)
  if ("reject" in license) return license

  const message = { licenseId: license.id, plan, vendorEventId, sequence }
  const isNewer = BigInt(sequence) > license.planSequence
  if (!isNewer || plan === license.plan) {
    return accept([{ type: "VendorEventIgnored", data: { attribute: "PLAN", outcome: isNewer ? "NO_CHANGE" : "STALE", ...message } }])
  }
  const previous = license.plan === undefined ? {} : { previousPlan: license.plan }
  return accept([{ type: "LicensePlanChanged", data: { ...message, ...previous } }])
}

/**
 * Rule 20. Issued by a scheduler, perhaps twice or late: what is no longer due changes nothing. Nobody asked for it now: it
 * goes back to what made the license over-assigned.
 */
export function expireGrace(
  org: OrganizationState,
  command: OrganizationCommands["ExpireGrace"],
  { now }: Circumstances,
): OrganizationDecision {
  const license = org.licenses.get(command.licenseId)
  const deadline = Date.parse(command.deadline)
  if (!license?.overassigned || license.graceExpired || license.graceEndsAt !== deadline || now < deadline) return accept([])
  // A seat whose claim has ended holds nothing any more: with its release still to be recorded, the license fits already.
  const overassignedBy = license.seated - license.endingSeats - license.capacity
  if (overassignedBy <= 0) return accept([])
  const { id: licenseId, onGraceEnd, overassignment: cause } = license
  return { accept: [{ type: "GraceExpired", data: { licenseId, overassignedBy, onGraceEnd } }], ...(cause === undefined ? {} : { cause }) }
}

export function usableLicense(org: OrganizationState, id: string, expectedRevision: number | undefined): License | { reject: Refusal } {
  const license = org.licenses.get(id)
  if (!license) return refuse({ code: "LICENSE_NOT_FOUND", licenseId: id })
  if (license.status === "CANCELLED") return refuse({ code: "LICENSE_CANCELLED", licenseId: license.id })
  return staleView(license.changedAt, expectedRevision) ?? license
}

type VendorChange = OrganizationCommands["ChangeVendorSeats" | "ChangeLicenseStatus" | "ChangeLicensePlan"]

/**
 * Another vendor's license is as unknown as one that does not exist. Counters and times cannot be compared: one message
 * of the other kind would make every later one stale.
 */
function vendorsLicense(
  org: OrganizationState,
  { licenseId, vendorId, orderedBy = "SEQUENCE" }: VendorChange,
  expectedRevision: number | undefined,
): License | { reject: Refusal } {
  const license = org.licenses.get(licenseId)
  if (license?.vendorId !== vendorId) return refuse({ code: "LICENSE_NOT_FOUND", licenseId })
  if (license.orderedBy !== orderedBy) return refuse(invalid("sequence", OTHER_ORDER[license.orderedBy]))
  return staleView(license.changedAt, expectedRevision) ?? license
}

const OTHER_ORDER: Readonly<Record<OrderedBy, string>> = {
  SEQUENCE: "must be the vendor's counter: this license was registered as ordered by SEQUENCE and takes no marketplace time stamps",
  TIMESTAMP: "must be a marketplace time stamp: this license was registered as ordered by TIMESTAMP and takes no counter",
}

/**
 * A review is of one revision, and nobody is asked to look at it in no time: it is refused when people got or lost a
 * seat since, unless the reviewer says that the list of that revision is what is meant; and always when a later revision
 * has been reviewed already.
 */
export function signAccessReview(
  org: OrganizationState,
  { licenseId, allowDrift, ...review }: OrganizationCommands["SignAccessReview"],
  { expectedRevision }: Circumstances,
): OrganizationDecision {
  const { reviewedRevision } = review
  const license = org.licenses.get(licenseId)
  if (!license) return refuse({ code: "LICENSE_NOT_FOUND", licenseId })
  if (reviewedRevision > org.revision) {
    return refuse(invalid("revision", `must be at most ${org.revision}, the newest there is; ${reviewedRevision} has not happened yet`))
  }
  const changedAt = Math.max(allowDrift ? 0 : license.peopleChangedAt, license.reviewedRevision)
  const stale = staleView(changedAt, reviewedRevision) ?? staleView(license.changedAt, expectedRevision)
  return stale ?? accept([{ type: "AccessReviewSigned", data: { ...reviewOf(review), licenseId: license.id } }])
}

function reviewOf({
  reviewId,
  reviewedRevision,
  root,
  people,
  statement,
}: Omit<OrganizationCommands["SignAccessReview"], "licenseId" | "allowDrift">) {
  return { reviewId, reviewedRevision, root, people, ...(statement === undefined ? {} : { statement }) }
}

/** Rule 35. */
export function staleView(changedAtRevision: number, expectedRevision: number | undefined): { readonly reject: Refusal } | undefined {
  if (expectedRevision === undefined || changedAtRevision <= expectedRevision) return undefined
  return refuse({ code: "STALE_VIEW", expectedRevision, changedAtRevision })
}

/** Rule 15: 1–100 principals, duplicates collapse, all known. */
function knownPrincipals(org: OrganizationState, ids: readonly string[]): { users: User[]; groups: Group[] } | { reject: Refusal } {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0)
    return refuse({ code: "INVALID_INPUT", field: "principalIds", problem: `name at least one user or group, at most ${MAX_PRINCIPALS}` })
  if (distinct.length > MAX_PRINCIPALS) return refuse({ code: "TOO_MANY_PRINCIPALS", given: distinct.length, limit: MAX_PRINCIPALS })
  const unknown = distinct.filter((id) => !org.users.has(id) && !org.groups.has(id))
  if (unknown.length > 0) return refuse({ code: "PRINCIPAL_NOT_FOUND", principalIds: unknown })
  return {
    users: distinct.flatMap((id) => org.users.get(id) ?? []),
    groups: distinct.flatMap((id) => org.groups.get(id) ?? []),
  }
}

function inherited(user: User, groups: readonly Group[]): Refusal {
  return { code: "INHERITED_FROM_GROUP", userId: user.id, groupIds: groups.map((group) => group.id) }
}

function claimsOf(license: License, people: Iterable<User>): { seated: number; waitlisted: number } {
  const already = { seated: 0, waitlisted: 0 }
  for (const user of people) {
    const claim: Claim | undefined = license.claims.get(user)
    if (claim?.state === "SEATED") already.seated++
    else if (claim) already.waitlisted++
  }
  return already
}
