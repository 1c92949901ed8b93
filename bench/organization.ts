/**
 * An organization driven by commands through the real domain, event for event as the command layer writes them, but
 * without its queue: a million events in seconds. What is written goes to a sink, one append at a time.
 */
import { EventIds, freshCommandId, newObjectId } from "../src/commands/command-id"
import type { OrganizationCommand, VendorCommand } from "../src/domain/commands"
import { currentVersion } from "../src/domain/event-versions"
import type { Actor, EventMetadata, EventType, OrganizationEvent, OrganizationEventDraft, VendorEvent } from "../src/domain/events"
import type { GroupId, LicenseId, OrganizationId, ProductId, UserId, VendorId } from "../src/domain/ids"
import { decide, evolve, isUnsettled, newOrganization, settle, touchedUsers } from "../src/domain/organization/organization"
import { decideVendor, evolveVendor, newVendor } from "../src/domain/vendor/vendor"

/** Rule 39. */
const MAX_USERS = 1_000

/** Any sealed text of the usual length, where nobody is going to open it. */
export const SEALED_ELSEWHERE = "v1.c2VhbGVkLW9uY2Ux.c2VhbGVkLXByb2ZpbGUtb2YtYS11c2Vyc2VhbGVkLXByb2ZpbGUtb2YtYS11c2Vy"

export class BenchOrganization {
  readonly id: OrganizationId
  readonly state = newOrganization()
  now = Date.parse("2025-01-01T08:00:00.000Z")
  #sequence = 0

  /** @param sink takes the events of one append */
  constructor(readonly sink: (events: readonly OrganizationEvent[]) => void) {
    this.id = id("org")
    this.must({ type: "CreateOrganization", organizationId: this.id, name: "Bench" })
  }

  /** Decides and records, with every consequence that fits into the same append. False: refused, or nothing to do. */
  send(command: OrganizationCommand): boolean {
    const decision = decide(this.state, command, { now: this.now })
    if ("reject" in decision) return false
    const written = this.#record(decision.accept)
    if (written.length > 0) this.sink(written)
    return written.length > 0
  }

  /** For what cannot be refused; a refusal is a fault of the benchmark. */
  must(command: OrganizationCommand): void {
    const decision = decide(this.state, command, { now: this.now })
    if ("reject" in decision) throw new Error(`${command.type} was refused: ${JSON.stringify(decision.reject)}`)
    this.sink(this.#record(decision.accept))
  }

  /** Later appends, until nothing is left to be recorded (rule 39). */
  finish(): void {
    while (isUnsettled(this.state)) this.must({ type: "ContinueSettlement" })
  }

  license(seats: number): LicenseId {
    const licenseId = id("lic")
    const fixed = { vendorId: VENDOR, productId: PRODUCT, productName: "Bench", graceDays: 90, onGraceEnd: "HOLD" } as const
    this.must({ type: "RegisterLicense", licenseId, seats, vendorEventId: `purchase-${licenseId}`, ...fixed })
    return licenseId
  }
  user(profile: (userId: UserId) => string = () => SEALED_ELSEWHERE): UserId {
    const userId = id("usr")
    this.must({ type: "ProvisionUser", userId, profile: profile(userId), active: true })
    return userId
  }
  group(members: readonly UserId[]): GroupId {
    const groupId = id("grp")
    this.must({
      type: "ProvisionGroup",
      groupId,
      displayName: `Group ${this.state.groups.size + 1}`,
      memberIds: members.slice(0, MAX_USERS),
    })
    for (let from = MAX_USERS; from < members.length; from += MAX_USERS) {
      this.must({ type: "ChangeGroupMembers", groupId, add: members.slice(from, from + MAX_USERS), remove: [] })
    }
    return groupId
  }
  assign(licenseId: string, ...principalIds: readonly string[]): boolean {
    return this.send({ type: "AssignLicenses", licenseId, principalIds, onShortage: "WAITLIST" })
  }
  seats(licenseId: string, seats: number): boolean {
    const sequence = String(++this.#sequence)
    return this.send({ type: "ChangeVendorSeats", licenseId, vendorId: VENDOR, seats, vendorEventId: `seats-${sequence}`, sequence })
  }

  #record(drafts: readonly OrganizationEventDraft[]): OrganizationEvent[] {
    const commandId = freshCommandId()
    const ids = new EventIds(commandId)
    const recordedAt = new Date(this.now).toISOString()
    const written: OrganizationEvent[] = []
    let users = 0
    const place = (draft: OrganizationEventDraft, cause?: { readonly eventId: string; readonly revision: number }) => {
      const metadata = {
        ...metadataOf(draft.type, commandId, recordedAt),
        ...(cause && { causationId: cause.eventId, causationRevision: cause.revision }),
      }
      const event = { ...draft, id: ids.of(written.length), revision: this.state.revision + 1, metadata }
      evolve(this.state, event)
      users += touchedUsers(draft)
      written.push(event)
    }
    for (const draft of drafts) place(draft)
    for (;;) {
      const next = settle(this.state, Math.max(0, MAX_USERS - users), this.now)
      if (!next) return written
      place(next.draft, next.cause)
    }
  }
}

/** The vendor whose product the licenses are of. */
export function vendorEvents(): readonly VendorEvent[] {
  const vendor = newVendor()
  const commands: readonly VendorCommand[] = [
    { type: "RegisterVendor", vendorId: VENDOR, name: "Bench vendor" },
    { type: "ListProduct", productId: PRODUCT, name: "Bench", installUrl: "https://bench.example/install" },
  ]
  const events: VendorEvent[] = []
  for (const command of commands) {
    const decision = decideVendor(vendor, command, { now: Date.parse("2025-01-01T08:00:00.000Z") })
    if ("reject" in decision) throw new Error(`${command.type} was refused: ${JSON.stringify(decision.reject)}`)
    const commandId = freshCommandId()
    for (const draft of decision.accept) {
      const metadata = metadataOf(draft.type, commandId, "2025-01-01T08:00:00.000Z")
      const event = { ...draft, id: new EventIds(commandId).of(0), revision: vendor.revision + 1, metadata }
      evolveVendor(vendor, event)
      events.push(event)
    }
  }
  return events
}

function metadataOf(type: EventType, commandId: string, recordedAt: string): EventMetadata {
  return { v: currentVersion(type), commandId, commandHash: COMMAND_HASH, correlationId: commandId.slice(4), actor: ADMIN, recordedAt }
}

/** An id as the command layer mints them. */
export function id<P extends keyof IdOf>(prefix: P): IdOf[P] {
  return newObjectId(prefix, freshCommandId()) as IdOf[P] // it starts with this prefix
}
interface IdOf {
  org: OrganizationId
  lic: LicenseId
  usr: UserId
  grp: GroupId
  vnd: VendorId
  prd: ProductId
}

export const VENDOR = id("vnd")
export const PRODUCT = id("prd")
const ADMIN: Actor = { type: "USER", id: id("usr"), role: "LICENSE_ADMIN" }
const COMMAND_HASH = "m3kq9x0T1c5Jx8m2yq7wq0w2b1z6c4r8p5n3s9d7f1g"
