/**
 * What if: commands decided, evolved and settled to the end by the very rules, on a fork of the state, and compared with
 * how things would stand without them. Nothing is written, and the state stays as it is.
 */
import type { Circumstances, OrganizationCommand } from "../commands"
import type { Decision } from "../decision"
import type { OrganizationEvent, OrganizationEventDraft } from "../events"
import type { GroupId, LicenseId, UserId } from "../ids"
import type { Refusal } from "../refusals"
import { evolve } from "./evolve"
import { type Fork, fork } from "./fork"
import { decide } from "./organization"
import { settle } from "./settle"
import { availableSeats, type Claim, groupsEntitling, type License, type OrganizationState, type User } from "./state"
import { isBefore, waits } from "./waitlist"

/** A command, or a word of the vendor that it may never say: how many seats there might be. */
export type Hypothesis = OrganizationCommand | { readonly type: "SupposeSeats"; readonly licenseId: string; readonly seats: number }

export interface Simulated {
  /** The revision of the state that it was tried on. */
  readonly revision: number
  /** Why one of the commands would be refused; the effects are then those of the commands before it. */
  readonly refusal?: Refusal
  /** Ids that would be passed over with a warning (rule 30). */
  readonly skipped: readonly string[]
  /** What would be recorded of the commands themselves, without consequences. */
  readonly drafts: readonly OrganizationEventDraft[]
  /** Every license that the commands are about, or on which somebody's standing would change, in the order of registration. */
  readonly licenses: readonly SimulatedLicense[]
}

export interface SimulatedLicense {
  readonly licenseId: LicenseId
  readonly before: SeatNumbers
  readonly after: SeatNumbers
  /** By change, in the order of `CHANGES`. */
  readonly people: readonly SimulatedPerson[]
}

export interface SeatNumbers {
  readonly purchased: number
  readonly seated: number
  readonly available: number
  readonly waitlisted: number
  readonly overassignedBy: number
}

export const CHANGES = ["LOSES_SEAT", "GAINS_SEAT", "MOVES_UP", "WAITS", "LEAVES_WAITLIST", "KEEPS_SEAT", "KEEPS_PLACE"] as const
/** KEEPS_…: the person gains or loses a reason, and has another (rules 8 and 9). */
export type Change = (typeof CHANGES)[number]

export interface SimulatedPerson {
  readonly userId: UserId
  readonly change: Change
  /** MOVES_UP: the place in the waitlist that the person leaves. WAITS: the one that the person gets. */
  readonly waitlistPosition?: number
  /** What entitles the person afterwards. */
  readonly direct: boolean
  readonly groups: readonly GroupId[]
}

/** Users that are seen to between two pauses. */
const STEP = 1_000

/**
 * Yields where a caller may pause. The state must stay as it is until the end.
 * @param what carried out one after the other
 */
export function* simulate(org: OrganizationState, what: readonly Hypothesis[], circumstances: Circumstances): Generator<void, Simulated> {
  const trial = new Trial(org, circumstances.now)
  // What earlier commands left to be settled (rule 39) is none of this on licenses of which nobody is touched.
  const unfinished = new Set(trial.state.unsettled)
  trial.state.unsettled.clear()
  const drafts: OrganizationEventDraft[] = []
  const skipped: string[] = []
  const about = new Set<License>()
  const settled = new Set<LicenseId>()
  let refusal: Refusal | undefined
  for (const hypothesis of what) {
    yield* reach(trial.state, hypothesis)
    const decision = decided(trial.state, hypothesis, circumstances)
    yield
    if ("reject" in decision) {
      refusal = decision.reject
      break
    }
    drafts.push(...decision.accept)
    skipped.push(...(decision.skipped ?? []))
    for (const draft of decision.accept) trial.record(draft)
    const named = "licenseId" in hypothesis ? trial.state.licenses.get(hypothesis.licenseId) : undefined
    if (named) about.add(named)
    for (const license of unfinished) if (license === named || !isEmpty(trial.reached(license))) trial.state.unsettled.add(license)
    for (const license of trial.state.unsettled) {
      about.add(license)
      settled.add(license.id)
    }
    yield
    yield* trial.settled()
  }

  const touched = [...trial.fork.licenses()].sort((a, b) => a.index - b.index)
  const without = yield* withoutIt(org, settled, circumstances.now)
  const licenses: SimulatedLicense[] = []
  for (const license of touched) {
    const effects = yield* compared(org.revision, license, trial, without)
    if (effects.people.length > 0 || about.has(license)) licenses.push(effects)
  }
  return { revision: org.revision, skipped, drafts, licenses, ...(refusal === undefined ? {} : { refusal }) }
}

/**
 * Copies the people of large groups step by step, with their claims: deciding and evolving take one step each, however
 * many people they reach, and would otherwise copy them all in it.
 */
function* reach(org: OrganizationState, what: Hypothesis): Generator<void> {
  const ids = "principalIds" in what ? what.principalIds : "groupId" in what ? [what.groupId] : []
  const named = "licenseId" in what ? org.licenses.get(what.licenseId) : undefined
  let seen = 0
  for (const id of ids) {
    const group = org.groups.get(id)
    if (!group || group.members.size < STEP) continue
    const licenses = named ? [named] : group.licenses
    for (const user of group.members) {
      for (const license of licenses) license.claims.get(user)
      if (++seen % STEP === 0) yield
    }
  }
}

function decided(org: OrganizationState, what: Hypothesis, circumstances: Circumstances): Decision<OrganizationEventDraft> {
  if (what.type !== "SupposeSeats") return decide(org, what, circumstances)
  const { licenseId, seats } = what
  const license = org.licenses.get(licenseId)
  if (!license) return { reject: { code: "LICENSE_NOT_FOUND", licenseId } }
  // As if the vendor said it next, in the order that it keeps.
  const { vendorId, orderedBy, seatsSequence } = license
  const message = { vendorEventId: "simulated", sequence: String(seatsSequence + 1n) }
  return decide(org, { type: "ChangeVendorSeats", licenseId, vendorId, orderedBy, seats, ...message }, circumstances)
}

/** One of the two sides of the comparison. */
interface Side {
  license(id: LicenseId): License
  /** Users of the original state who may stand otherwise here. */
  reached(license: License): Iterable<User>
  /** Their claims here. */
  claim(license: License, user: User): Claim | undefined
}

/** A fork on which things are carried out. */
class Trial implements Side {
  readonly fork: Fork
  readonly state: OrganizationState

  constructor(
    org: OrganizationState,
    private readonly now: number,
  ) {
    this.fork = fork(org)
    this.state = this.fork.state
  }

  license(id: LicenseId): License {
    return theLicense(this.state, id)
  }
  reached(license: License): Iterable<User> {
    return this.fork.reached(license)
  }
  claim(license: License, user: User): Claim | undefined {
    return license.claims.get(this.fork.user(user))
  }

  record(draft: OrganizationEventDraft): void {
    const revision = this.state.revision + 1
    const metadata: OrganizationEvent["metadata"] = {
      v: 1,
      commandId: "simulated",
      commandHash: "",
      correlationId: "simulated",
      actor: { type: "SYSTEM", id: "system" },
      recordedAt: new Date(this.now).toISOString(),
    }
    evolve(this.state, { ...draft, id: `simulated-${revision}`, revision, metadata })
  }

  /** To the end, however many appends that would take (rule 39). */
  *settled(): Generator<void> {
    for (let next = settle(this.state, STEP, this.now); next; next = settle(this.state, STEP, this.now)) {
      this.record(next.draft)
      yield
    }
  }
}

/** How things stand without the commands: what was on its way on these licenses has its effect with them or without. */
function* withoutIt(org: OrganizationState, settled: ReadonlySet<LicenseId>, now: number): Generator<void, Side> {
  if (![...org.unsettled].some(({ id }) => settled.has(id))) return asItIs(org)
  const trial = new Trial(org, now)
  for (const license of [...trial.state.unsettled]) if (!settled.has(license.id)) trial.state.unsettled.delete(license)
  yield* trial.settled()
  return trial
}

function asItIs(org: OrganizationState): Side {
  return { license: (id) => theLicense(org, id), reached: () => [], claim: (license, user) => license.claims.get(user) }
}

function theLicense(org: OrganizationState, id: LicenseId): License {
  return org.licenses.get(id) as License // licenses are never deleted
}

interface Standing {
  readonly userId: UserId
  readonly before: Claim | undefined
  readonly after: Claim | undefined
}

function* compared(revision: number, license: License, trial: Side, without: Side): Generator<void, SimulatedLicense> {
  const before = without.license(license.id)
  const reached = new Set<User>()
  for (const side of [trial.reached(license), without.reached(before)]) for (const user of side) reached.add(user)

  const standings = new Map<Change, Standing[]>(CHANGES.map((change) => [change, []]))
  const opened: Claim[] = []
  let seen = 0
  for (const user of reached) {
    if (++seen % STEP === 0) yield
    const standing = { userId: user.id, before: without.claim(before, user), after: trial.claim(license, user) }
    const change = changeOf(standing.before, standing.after)
    if (change) standings.get(change)?.push(standing)
    if (standing.after && waits(standing.after) && standing.after.revision > revision) opened.push(standing.after)
  }

  const left = places(before, standings.get("MOVES_UP")?.map((standing) => standing.before) ?? [], [])
  const taken = places(license, standings.get("WAITS")?.map((standing) => standing.after) ?? [], opened)
  const people: SimulatedPerson[] = []
  for (const [change, those] of standings) {
    for (const standing of those) {
      if (people.length % STEP === STEP - 1) yield
      const place = change === "MOVES_UP" ? left.get(standing.before) : change === "WAITS" ? taken.get(standing.after) : undefined
      const sources = sourcesOn(license, standing.after?.user)
      people.push({ userId: standing.userId, change, ...(place === undefined ? {} : { waitlistPosition: place }), ...sources })
    }
  }
  return { licenseId: license.id, before: numbersOf(before), after: numbersOf(license), people }
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false
  return true
}

function changeOf(before: Claim | undefined, after: Claim | undefined): Change | undefined {
  const had = before && (waits(before) ? "PLACE" : "SEAT")
  const has = after && (waits(after) ? "PLACE" : "SEAT")
  if (had === "SEAT" && has !== "SEAT") return "LOSES_SEAT"
  if (has === "SEAT" && had !== "SEAT") return had === "PLACE" ? "MOVES_UP" : "GAINS_SEAT"
  if (had === "PLACE" && !has) return "LEAVES_WAITLIST"
  if (has === "PLACE" && (!had || isNewClaim(before, after))) return "WAITS"
  if (!before || !after || (before.sources === after.sources && !isNewClaim(before, after))) return undefined
  return has === "SEAT" ? "KEEPS_SEAT" : "KEEPS_PLACE"
}

function isNewClaim(before: Claim | undefined, after: Claim | undefined): boolean {
  return before?.revision !== after?.revision || before?.ordinal !== after?.ordinal
}

/**
 * The places of these claims in the waitlist, from 1, without counting through all of it: who moves up is at its head,
 * and who was `opened` by the simulation is at its end.
 */
function places(license: License, wanted: readonly (Claim | undefined)[], opened: Claim[]): Map<Claim | undefined, number> {
  const found = new Map<Claim | undefined, number>()
  const first = license.waiting - opened.length + 1
  opened.sort((a, b) => (isBefore(a, b) ? -1 : 1))
  opened.forEach((claim, index) => {
    found.set(claim, first + index)
  })
  const missing = new Set(wanted.filter((claim) => !found.has(claim)))
  const entries = license.waitlist.entries()
  for (let place = 1, next = entries.next(); missing.size > 0 && !next.done; next = entries.next()) {
    if (!waits(next.value)) continue
    if (missing.delete(next.value)) found.set(next.value, place)
    place++
  }
  return found
}

function sourcesOn(license: License, user: User | undefined): Pick<SimulatedPerson, "direct" | "groups"> {
  if (!user) return { direct: false, groups: [] }
  return { direct: user.direct.includes(license), groups: groupsEntitling(user, license).map((group) => group.id) }
}

function numbersOf(license: License): SeatNumbers {
  return {
    purchased: license.capacity,
    seated: license.seated,
    available: availableSeats(license),
    waitlisted: license.waiting,
    overassignedBy: Math.max(0, license.seated - license.capacity),
  }
}
