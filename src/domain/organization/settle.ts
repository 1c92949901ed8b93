/**
 * Seats, waitlist and promotion, in one place, after every accepted event: no command has to remember them.
 * Order on each license: releases, revocations, transfers, grants in the order of the waitlist, then who waits.
 */
import type { Cause } from "../decision"
import type { ClaimRef, OrganizationEventDraft, ReleaseReason } from "../events"
import { type Claim, isGrantable, type License, type OrganizationState } from "./state"

export interface Consequence {
  readonly draft: OrganizationEventDraft
  /** The event that brought it about (rule 36). */
  readonly cause: Cause
}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The next consequence to record, naming at most `budget` users (rule 39). Evolve it and call again, until nothing is
 * left. Proposing takes from the waitlist: a state whose proposal is not evolved must be thrown away.
 * @param now milliseconds since 1970, UTC; grace periods run from it
 */
export function settle(org: OrganizationState, budget: number, now: number): Consequence | undefined {
  for (const license of inOrderOfRegistration(org.unsettled)) {
    const consequence = settleLicense(license, budget, now)
    if (consequence) return consequence
    if (isSettled(license)) org.unsettled.delete(license)
  }
  return undefined
}

/** True while effects are still to be recorded (rule 39). */
export function isUnsettled(org: OrganizationState): boolean {
  for (const license of org.unsettled) if (!isSettled(license)) return true
  return false
}

function settleLicense(license: License, budget: number, now: number): Consequence | undefined {
  return (
    (budget > 0
      ? (release(license, budget) ?? takeBack(license, budget) ?? transfer(license) ?? grant(license, budget) ?? waitlist(license, budget))
      : undefined) ??
    overassignment(license, now) ??
    progress(license)
  )
}

function release(license: License, budget: number): Consequence | undefined {
  const first = license.endings.peek()
  if (!first) return undefined
  const claims: (ClaimRef & { wasSeated: boolean })[] = []
  let next: typeof first | undefined = first
  while (next && claims.length < budget && next.why === first.why && next.cause === first.cause) {
    claims.push({ ...reference(next.claim), wasSeated: next.wasSeated })
    next = license.endings.peek(claims.length)
  }
  const why: ReleaseReason = first.why
  return { draft: { type: "SeatsReleased", data: { licenseId: license.id, why, claims } }, cause: first.cause }
}

/** Rule 20 under REVOKE: the newest grants first, until it fits. */
function takeBack(license: License, budget: number): Consequence | undefined {
  const surplus = toRevoke(license)
  if (surplus === 0) return undefined
  const claims: ClaimRef[] = []
  for (const claim of license.grants.newest()) {
    claims.push(reference(claim))
    if (claims.length === Math.min(surplus, budget)) break
  }
  return { draft: { type: "SeatsRevoked", data: { licenseId: license.id, claims } }, cause: license.cause }
}

/** Rule 12: ahead of the waitlist. */
function transfer(license: License): Consequence | undefined {
  const [claim] = license.transfers
  if (!claim || !mayGrant(license)) return undefined
  return {
    draft: { type: "SeatsGranted", data: { licenseId: license.id, via: "TRANSFER", claims: [reference(claim)] } },
    cause: license.cause,
  }
}

/** Rules 2, 7, 11, 18: free seats go to the heads of the waitlist. One event holds claims of one cause. */
function grant(license: License, budget: number): Consequence | undefined {
  const first = mayGrant(license) ? license.waitlist.first() : undefined
  if (!first) return undefined
  const most = Math.min(budget, license.capacity - license.seated)
  const claims: ClaimRef[] = []
  for (let next: Claim | undefined = first; next && claims.length < most && isAlike(next, first); next = license.waitlist.first()) {
    license.waitlist.take()
    claims.push(reference(next))
  }
  const via = first.state === "NEW" ? "NEW_CLAIM" : "WAITLIST"
  const cause = via === "NEW_CLAIM" ? causeOf(license, first) : license.cause
  return { draft: { type: "SeatsGranted", data: { licenseId: license.id, via, claims } }, cause }
}

function isAlike(a: Claim, b: Claim): boolean {
  return a.state === b.state && (a.state === "WAITLISTED" || a.revision === b.revision)
}

/** Who was opened and gets no seat now: recorded as waiting, so that everybody sees the same queue. */
function waitlist(license: License, budget: number): Consequence | undefined {
  const opening = license.openings[0]
  if (!opening) return undefined
  const claims: ClaimRef[] = []
  while (opening.next < opening.claims.length && claims.length < budget) {
    const claim = opening.claims.at(opening.next++) as Claim // next is inside
    if (claim.state === "NEW") claims.push(reference(claim))
  }
  return { draft: { type: "SeatsWaitlisted", data: { licenseId: license.id, claims } }, cause: opening.cause }
}

/** Rule 19: the grace period runs from the first moment; a further reduction does not restart it, fitting again ends it. */
function overassignment(license: License, now: number): Consequence | undefined {
  const { id: licenseId, cause } = license
  if (!overassignmentChanged(license)) return undefined
  if (license.overassigned) return { draft: { type: "OverassignmentEnded", data: { licenseId } }, cause }
  const overassignedBy = license.seated - license.capacity
  const graceEndsAt = new Date(now + license.graceDays * DAY_MS).toISOString()
  return {
    draft: { type: "OverassignmentStarted", data: { licenseId, overassignedBy, graceEndsAt, onGraceEnd: license.onGraceEnd } },
    cause,
  }
}

/** Only when the budget is used up, and once more when the rest is done: readers show the license as in progress between. */
function progress(license: License): Consequence | undefined {
  const remaining = remainingEffects(license)
  const newClaims = remaining > 0 ? newClaimsOf(license) : 0
  if (remaining === license.deferred && newClaims === license.deferredClaims) return undefined
  const opened = license.openings.at(-1)?.cause
  const cause = opened && opened.revision > license.cause.revision ? opened : license.cause
  return { draft: { type: "SettlementProgressed", data: { licenseId: license.id, remaining, newClaims } }, cause }
}

function isSettled(license: License): boolean {
  return remainingEffects(license) === 0 && license.deferred === 0 && !overassignmentChanged(license)
}

/** How many effects on people are still to be recorded. */
export function remainingEffects(license: License): number {
  const promotions = mayGrant(license) ? Math.min(license.capacity - license.seated, license.waiting) : 0
  return license.endings.length + toRevoke(license) + Math.max(newClaimsOf(license), promotions)
}

function newClaimsOf(license: License): number {
  return license.openings.reduce((sum, opening) => sum + opening.fresh, 0)
}

function toRevoke(license: License): number {
  if (!license.graceExpired || license.onGraceEnd === "HOLD" || license.endings.length > 0) return 0
  return Math.max(0, license.seated - license.capacity)
}

/** Releases come first: only then is the recorded count the true one. */
function mayGrant(license: License): boolean {
  return isGrantable(license) && license.endings.length === 0 && license.seated < license.capacity
}

function overassignmentChanged(license: License): boolean {
  return license.endings.length === 0 && license.overassigned !== license.seated > license.capacity
}

function reference(claim: Claim): ClaimRef {
  return { userId: claim.user.id, opened: { revision: claim.revision, ordinal: claim.ordinal } }
}

function causeOf(license: License, claim: Claim): Cause {
  return license.openings.find((opening) => opening.cause.revision === claim.revision)?.cause ?? license.cause
}

function inOrderOfRegistration(licenses: ReadonlySet<License>): readonly License[] {
  return licenses.size < 2 ? [...licenses] : [...licenses].sort((a, b) => a.index - b.index)
}
