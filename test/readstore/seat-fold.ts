/** What the read models show of seats, once more and as plainly as can be: one event after the other, from the log alone. */
import type { OrganizationEvent } from "../../src/domain/events"

export interface FoldedLicense {
  purchased: number
  /** By user. */
  readonly seats: Map<string, { readonly state: "SEATED" | "WAITLISTED"; readonly since: number }>
  /** Users and groups it is assigned to. */
  readonly assigned: Set<string>
}

export class SeatFold {
  readonly licenses = new Map<string, FoldedLicense>()
  /** By group. */
  readonly members = new Map<string, Set<string>>()
  revision = 0

  apply(event: OrganizationEvent): this {
    this.revision = event.revision
    switch (event.type) {
      case "LicenseRegistered":
        this.licenses.set(event.data.licenseId, { purchased: event.data.seats, seats: new Map(), assigned: new Set() })
        break
      case "VendorSeatsChanged":
        this.license(event.data.licenseId).purchased = event.data.seats
        break
      case "LicenseStatusChanged":
        if (event.data.status === "CANCELLED") this.license(event.data.licenseId).assigned.clear()
        break
      case "LicenseAssigned":
        this.license(event.data.licenseId).assigned.add(event.data.principal.id)
        break
      case "LicenseUnassigned":
        this.license(event.data.licenseId).assigned.delete(event.data.principal.id)
        break
      case "SeatsGranted":
      case "SeatsWaitlisted":
      case "SeatsRevoked":
        for (const { userId } of event.data.claims) {
          const state = event.type === "SeatsGranted" ? "SEATED" : "WAITLISTED"
          this.license(event.data.licenseId).seats.set(userId, { state, since: event.revision })
        }
        break
      case "SeatsReleased":
        for (const { userId } of event.data.claims) this.license(event.data.licenseId).seats.delete(userId)
        break
      case "GroupProvisioned":
        this.members.set(event.data.groupId, new Set())
        break
      case "GroupMembersChanged": {
        const members = this.members.get(event.data.groupId) ?? new Set()
        for (const id of event.data.removed) members.delete(id)
        for (const id of event.data.added) members.add(id)
        break
      }
      case "GroupDeleted":
        this.forget(event.data.groupId)
        this.members.delete(event.data.groupId)
        break
      case "UserDeleted":
        this.forget(event.data.userId)
        for (const members of this.members.values()) members.delete(event.data.userId)
        break
    }
    return this
  }

  /** `DIRECT` and the groups that entitle the user, by id. */
  sources(licenseId: string, userId: string): string[] {
    const { assigned } = this.license(licenseId)
    const groups = [...assigned].filter((id) => this.members.get(id)?.has(userId))
    return [...(assigned.has(userId) ? ["DIRECT"] : []), ...groups].sort()
  }

  seated(licenseId: string): string[] {
    return [...this.license(licenseId).seats].filter(([, { state }]) => state === "SEATED").map(([userId]) => userId)
  }
  waiting(licenseId: string): string[] {
    return [...this.license(licenseId).seats].filter(([, { state }]) => state === "WAITLISTED").map(([userId]) => userId)
  }

  /** Also of a license that is not registered yet: then nobody's. */
  license(licenseId: string): FoldedLicense {
    return this.licenses.get(licenseId) ?? { purchased: 0, seats: new Map(), assigned: new Set() }
  }

  private forget(principalId: string): void {
    for (const { assigned } of this.licenses.values()) assigned.delete(principalId)
  }
}

export function foldedTo(log: readonly OrganizationEvent[], revision: number): SeatFold {
  const fold = new SeatFold()
  for (const event of log) if (event.revision <= revision) fold.apply(event)
  return fold
}
