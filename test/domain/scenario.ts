/**
 * Given / when / then for the organization decider: real decisions, real consequences, no storage.
 * Names are short: user `a` is `usr_a`, group `G` is `grp_G`, license `crm` is `lic_crm` (the default).
 */
import type { OrganizationCommand } from "../../src/domain/commands"
import type {
  EventMetadata,
  GraceEnd,
  LicenseStatus,
  OnShortage,
  OrderedBy,
  OrganizationEvent,
  OrganizationEventDraft,
  OrganizationEvents,
} from "../../src/domain/events"
import { type GroupId, isId, type LicenseId, type OrganizationId, type ProductId, type UserId, type VendorId } from "../../src/domain/ids"
import { fork } from "../../src/domain/organization/fork"
import { decide, evolve, newOrganization, type OrganizationState, settle, touchedUsers } from "../../src/domain/organization/organization"
import { type Hypothesis, type Simulated, simulate } from "../../src/domain/organization/simulate"
import type { Claim, License } from "../../src/domain/organization/state"
import type { Refusal } from "../../src/domain/refusals"

export const DAY = 24 * 60 * 60 * 1000
const NOON = Date.parse("2026-01-01T12:00:00.000Z")

interface Given {
  readonly seats?: number
  readonly users?: string
  readonly groups?: Readonly<Record<string, string>>
  readonly graceDays?: number
  readonly onGraceEnd?: GraceEnd
}

/** An organization with the license `crm`, and with these people and groups. */
export function given({ seats = 0, users = "", groups = {}, ...grace }: Given = {}): Scenario {
  const scenario = new Scenario()
  scenario.license("crm", seats, grace)
  for (const user of names(users)) scenario.user(user)
  for (const [group, members] of Object.entries(groups)) scenario.group(group, members)
  return scenario
}

interface VendorSays {
  readonly sequence?: number | string
  readonly license?: string
  readonly vendor?: string
  readonly orderedBy?: OrderedBy
}
interface LicenseTerms {
  readonly graceDays?: number
  readonly onGraceEnd?: GraceEnd
  readonly orderedBy?: OrderedBy
  readonly plan?: string
}

export class Scenario {
  state: OrganizationState = newOrganization()
  readonly log: OrganizationEvent[] = []
  /** The events of the last command, and its refusal. */
  written: OrganizationEvent[] = []
  refusal: Refusal | undefined
  skipped: readonly string[] = []
  now = NOON
  /** Revisions at which appends ended: the invariants hold there. */
  readonly appendEnds: number[] = []
  private sequence = 0
  private commands = 0

  /** `budget`: user ids an append may name; consequences beyond it follow when `finish` is called, as in the command layer. */
  constructor(
    readonly budget = 1000,
    /** Everything is decided on a copy of the state, as where several nodes write. */
    readonly apart = false,
  ) {
    this.send({ type: "CreateOrganization", organizationId: "org_test" as OrganizationId, name: "Test" })
  }

  /** A second scenario that knows only this one's log, as after a restart; both number their next commands alike. */
  restarted(): Scenario {
    const again = new Scenario(this.budget, this.apart)
    again.state = replayed(this.log)
    again.now = this.now
    again.sequence = this.sequence
    again.commands = this.commands
    return again
  }

  send(command: OrganizationCommand, expectedRevision?: number, simulated = false): this {
    this.commands++
    const expected = expectedRevision === undefined ? {} : { expectedRevision }
    const ground = this.apart ? fork(this.state, { tidy: true }).state : this.state
    const decision = decide(ground, command, { now: this.now, ...expected, simulated })
    this.written = []
    this.refusal = "reject" in decision ? decision.reject : undefined
    this.skipped = "accept" in decision ? (decision.skipped ?? []) : []
    if ("reject" in decision) return this
    let budget = this.budget
    const record = (draft: OrganizationEventDraft, cause?: { eventId: string; revision: number }) => {
      budget -= touchedUsers(draft)
      const event = this.placed(ground.revision + 1, draft, cause)
      evolve(ground, event)
      this.log.push(event)
      this.written.push(event)
    }
    for (const draft of decision.accept) record(draft, decision.cause)
    for (let next = settle(ground, budget, this.now); next; next = settle(ground, budget, this.now)) record(next.draft, next.cause)
    if (this.apart) for (const event of this.written) evolve(this.state, event)
    this.appendEnds.push(this.state.revision)
    return this
  }

  /** What these would do one after the other, if they were carried out now. */
  simulate(...what: Hypothesis[]): Simulated {
    const steps = simulate(this.state, what, { now: this.now })
    for (;;) {
      const { done, value } = steps.next()
      if (done) return value
    }
  }

  /** What the command layer does until nothing is left (rule 39). */
  finish(): this {
    do this.send({ type: "ContinueSettlement" })
    while (this.written.length > 0)
    return this
  }

  license(name: string, seats: number, { graceDays = 90, onGraceEnd = "HOLD" as GraceEnd, ...more }: LicenseTerms = {}): this {
    return this.send({
      type: "RegisterLicense",
      licenseId: `lic_${name}` as LicenseId,
      vendorId: "vnd_v" as VendorId,
      productId: "prd_p" as ProductId,
      productName: name,
      seats,
      graceDays,
      onGraceEnd,
      vendorEventId: `register-${name}`,
      ...more,
    })
  }
  user(name: string, active = true): this {
    return this.send({
      type: "ProvisionUser",
      userId: `usr_${name}` as UserId,
      profile: "v1.c2VhbGVkLW9uY2Ux.c2VhbGVkLXByb2ZpbGUtb2YtYS11c2Vy",
      active,
    })
  }
  group(name: string, members = ""): this {
    return this.send({
      type: "ProvisionGroup",
      groupId: `grp_${name}` as GroupId,
      displayName: name,
      memberIds: names(members).map(principal),
    })
  }
  assign(
    who: string,
    { license = "crm", onShortage = "REJECT" as OnShortage, expectedRevision = undefined as number | undefined } = {},
  ): this {
    return this.send(
      { type: "AssignLicenses", licenseId: `lic_${license}`, principalIds: names(who).map(principal), onShortage },
      expectedRevision,
    )
  }
  unassign(who: string, { license = "crm", expectedRevision = undefined as number | undefined } = {}): this {
    return this.send({ type: "UnassignLicenses", licenseId: `lic_${license}`, principalIds: names(who).map(principal) }, expectedRevision)
  }
  transfer(from: string, to: string): this {
    return this.send({ type: "TransferSeat", licenseId: "lic_crm", fromUserId: principal(from), toUserId: principal(to) })
  }
  seats(seats: number, { sequence = ++this.sequence as number | string, license = "crm", vendor = "v", ...order }: VendorSays = {}): this {
    return this.send({
      type: "ChangeVendorSeats",
      licenseId: `lic_${license}`,
      vendorId: `vnd_${vendor}` as VendorId,
      seats,
      vendorEventId: `seats-${this.commands}`,
      sequence: String(sequence),
      ...order,
    })
  }
  status(
    status: LicenseStatus,
    { sequence = ++this.sequence as number | string, license = "crm", vendor = "v", ...order }: VendorSays = {},
  ): this {
    return this.send({
      type: "ChangeLicenseStatus",
      licenseId: `lic_${license}`,
      vendorId: `vnd_${vendor}` as VendorId,
      status,
      vendorEventId: `status-${this.commands}`,
      sequence: String(sequence),
      ...order,
    })
  }
  plan(plan: string, { sequence = ++this.sequence as number | string, license = "crm", vendor = "v", ...order }: VendorSays = {}): this {
    return this.send({
      type: "ChangeLicensePlan",
      licenseId: `lic_${license}`,
      vendorId: `vnd_${vendor}` as VendorId,
      plan,
      vendorEventId: `plan-${this.commands}`,
      sequence: String(sequence),
      ...order,
    })
  }
  members(group: string, change: { add?: string; remove?: string }): this {
    return this.send({
      type: "ChangeGroupMembers",
      groupId: principal(group),
      add: names(change.add ?? "").map(principal),
      remove: names(change.remove ?? "").map(principal),
    })
  }
  replaceMembers(group: string, members: string): this {
    return this.send({ type: "ReplaceGroupMembers", groupId: principal(group), memberIds: names(members).map(principal) })
  }
  active(user: string, active: boolean): this {
    return this.send({ type: "SetUserActive", userId: principal(user), active })
  }
  deleteUser(user: string): this {
    return this.send({ type: "DeleteUser", userId: principal(user) })
  }
  deleteGroup(group: string, confirm = true): this {
    return this.send({ type: "DeleteGroup", groupId: principal(group), confirm })
  }
  /** What the scheduler does when the time has come. */
  expireGrace(license = "crm"): this {
    const endsAt = this.the(license).graceEndsAt
    if (endsAt === undefined) throw new Error(`${license} has no grace period`)
    this.now = Math.max(this.now, endsAt)
    return this.send({ type: "ExpireGrace", licenseId: `lic_${license}` as LicenseId, deadline: new Date(endsAt).toISOString() })
  }
  later(milliseconds: number): this {
    this.now += milliseconds
    return this
  }

  // then
  seated(expected: string, license = "crm"): this {
    expect({ refusal: this.refusal, seated: this.whoIs("SEATED", license).sort() }).toEqual({
      refusal: undefined,
      seated: names(expected).sort(),
    })
    expect(this.the(license).seated).toBe(names(expected).length)
    return this
  }
  /** In the order of the waitlist. */
  waiting(expected: string, license = "crm"): this {
    expect(this.whoIs("WAITLISTED", license)).toEqual(names(expected))
    return this
  }
  refused(code: Refusal["code"], details: object = {}): this {
    expect(this.refusal).toEqual(expect.objectContaining({ code, ...details }))
    expect(this.written).toEqual([])
    return this
  }
  /** The types of the events of the last command, in order. */
  wrote(...types: OrganizationEvent["type"][]): this {
    expect({ refusal: this.refusal, types: this.written.map((event) => event.type) }).toEqual({ refusal: undefined, types })
    return this
  }
  /** The data of the only event of this type that the last command wrote. */
  writtenData<T extends OrganizationEvent["type"]>(type: T): OrganizationEvents[T] {
    const found = this.written.filter((event) => event.type === type)
    expect(found).toHaveLength(1)
    return found[0]?.data as OrganizationEvents[T] // the type was compared
  }
  overassignedBy(expected: number, license = "crm"): this {
    const { seated, capacity, overassigned } = this.the(license)
    expect({ by: Math.max(0, seated - capacity), overassigned }).toEqual({ by: expected, overassigned: expected > 0 })
    return this
  }

  the(license = "crm"): License {
    return this.state.licenses.get(`lic_${license}`) as License
  }
  claim(user: string, license = "crm"): Claim | undefined {
    return [...this.the(license).claims.values()].find((claim) => claim.user.id === principal(user))
  }
  private whoIs(state: Claim["state"], license: string): string[] {
    return claimsInOrder(this.the(license))
      .filter((claim) => claim.state === state)
      .map((claim) => claim.user.id.slice(4))
  }

  private placed(revision: number, draft: OrganizationEventDraft, cause?: { eventId: string; revision: number }): OrganizationEvent {
    const metadata: EventMetadata = {
      v: 1,
      commandId: `cmd_${this.commands}`,
      commandHash: "hash",
      correlationId: `correlation-${this.commands}`,
      actor: { type: "SYSTEM", id: "system" },
      recordedAt: new Date(this.now).toISOString(),
      ...(cause ? { causationId: cause.eventId, causationRevision: cause.revision } : {}),
    }
    return { ...draft, id: `00000000-0000-4000-8000-${String(revision).padStart(12, "0")}`, revision, metadata }
  }
}

/** `a` → `usr_a`, `G` → `grp_G`; whole ids stay. */
export function principal(name: string): string {
  if (isId("usr", name) || isId("grp", name)) return name
  return /^[A-Z]/.test(name) ? `grp_${name}` : `usr_${name}`
}

export function names(list: string): string[] {
  return list.split(" ").filter((name) => name !== "")
}

export function claimsInOrder(license: License): Claim[] {
  return [...license.claims.values()].sort((a, b) => a.revision - b.revision || a.ordinal - b.ordinal)
}

export function replayed(log: readonly OrganizationEvent[]): OrganizationState {
  const state = newOrganization()
  for (const event of log) evolve(state, event)
  return state
}
