/**
 * What a command's events mean for the one who asked. Computed from the events it wrote and from its input, never from
 * the present state, so that a repeat of the same idempotency key answers the same for ever (rule 37).
 */
import type { EventData, OrganizationEvent, OrganizationEventDraft, Principal } from "../../../domain/events"
import type { GroupId } from "../../../domain/ids"
import { clip } from "../clip"

export type AssignOutcome = "ASSIGNED" | "WAITLISTED" | "ALREADY_ASSIGNED"
export type UnassignOutcome = "UNASSIGNED" | "NOT_ASSIGNED"
export type VendorOutcome = "APPLIED" | "STALE" | "NO_CHANGE"

export interface Assigned {
  readonly principalId: string
  readonly outcome: AssignOutcome
  readonly seated: number
  readonly waitlisted: number
}

export interface Unassigned {
  readonly principalId: string
  readonly outcome: UnassignOutcome
  readonly stillLicensedVia: readonly GroupId[]
}

type EventOf<T extends OrganizationEvent["type"]> = Extract<OrganizationEvent, { readonly type: T }>

/** One result per principal, in the order they were asked for; an id given twice counts once (rule 15). */
export function assignResults(principalIds: readonly string[], events: readonly OrganizationEvent[]): Assigned[] {
  const assignments = new Map<string, EventOf<"LicenseAssigned">>()
  for (const event of events) if (event.type === "LicenseAssigned") assignments.set(event.data.principal.id, event)
  const claims = claimsByCause(events)

  return [...new Set(principalIds)].map((principalId) => {
    const event = assignments.get(principalId)
    if (!event) return { principalId, outcome: "ALREADY_ASSIGNED", seated: 0, waitlisted: 0 }
    const { principal, already } = event.data
    const opened = claims.get(event.revision)
    const seated = already.seated + (opened?.seated.size ?? 0)
    const waitlisted = already.waitlisted + (opened?.waiting.size ?? 0)
    return { principalId, outcome: assignOutcome(principal, seated), seated, waitlisted }
  })
}

/** A person without a seat waits, also while the claim is still in progress (rule 39). A group is always assigned (rule 4). */
function assignOutcome(principal: Principal, seated: number): AssignOutcome {
  return principal.type === "USER" && seated === 0 ? "WAITLISTED" : "ASSIGNED"
}

interface Opened {
  readonly seated: Set<string>
  readonly waiting: Set<string>
}

/** Whom these events seated or left waiting, by the revision of the event that opened the claim: the last word counts. */
function claimsByCause(events: readonly OrganizationEvent[]): Map<number, Opened> {
  const byCause = new Map<number, Opened>()
  const openedAt = (revision: number): Opened => {
    const found = byCause.get(revision) ?? { seated: new Set<string>(), waiting: new Set<string>() }
    byCause.set(revision, found)
    return found
  }
  for (const event of events) {
    if (event.type !== "SeatsGranted" && event.type !== "SeatsWaitlisted") continue
    const granted = event.type === "SeatsGranted"
    for (const { userId, opened } of event.data.claims) {
      const { seated, waiting } = openedAt(opened.revision)
      ;(granted ? seated : waiting).add(userId)
      ;(granted ? waiting : seated).delete(userId)
    }
  }
  return byCause
}

export function unassignResults(principalIds: readonly string[], events: readonly OrganizationEvent[]): Unassigned[] {
  const ended = new Map<string, EventData<"LicenseUnassigned">>()
  for (const event of events) if (event.type === "LicenseUnassigned") ended.set(event.data.principal.id, event.data)

  return [...new Set(principalIds)].map((principalId) => {
    const data = ended.get(principalId)
    return data
      ? { principalId, outcome: "UNASSIGNED", stillLicensedVia: data.stillLicensedVia }
      : { principalId, outcome: "NOT_ASSIGNED", stillLicensedVia: [] }
  })
}

/** A vendor's event is always recorded, applied or not (rule 17), so there is one to read the outcome from. */
export function vendorOutcome(events: readonly OrganizationEvent[]): VendorOutcome {
  for (const event of events) {
    if (event.type === "VendorSeatsChanged" || event.type === "LicenseStatusChanged" || event.type === "LicensePlanChanged")
      return "APPLIED"
    if (event.type === "VendorEventIgnored") return event.data.outcome
  }
  throw new Error("a vendor event was accepted without a record of what became of it (rule 17)")
}

/** Rule 30: the net difference that a command made to a group; nobody when it made none. */
export function memberChanges(events: readonly OrganizationEventDraft[]): { readonly added: string[]; readonly removed: string[] } {
  const changes = events.flatMap((event) => (event.type === "GroupMembersChanged" ? [event.data] : []))
  return { added: changes.flatMap(({ added }) => added), removed: changes.flatMap(({ removed }) => removed) }
}

/** Rules 30 and 31: ids that were passed over, and groups inside groups. `skipped` is the outcome's, for a command that wrote nothing. */
export function memberWarnings(events: readonly OrganizationEventDraft[], skipped: readonly string[]): string[] {
  const unknown = new Set<string>(skipped)
  const nested = new Set<string>()
  for (const event of events) {
    if (event.type === "GroupProvisioned" || event.type === "GroupMembersChanged")
      for (const id of event.data.skipped ?? []) unknown.add(id)
    if (event.type === "GroupMembersChanged") for (const id of event.data.nestedAdded ?? []) nested.add(id)
  }
  return [
    ...[...unknown].map((id) => `UNKNOWN_MEMBER_SKIPPED: ${clip(id)} is no user or group of this organization and was left out.`),
    ...[...nested].map((id) => `NESTED_GROUP_IGNORED: ${id} is a group: it is kept as a member, but its people do not count as members.`),
  ]
}
