/** Simulations of random commands on random histories, against really carrying them out on a copy of the log. */
import fc from "fast-check"
import type { OnShortage } from "../../src/domain/events"
import type { LicenseId, PrincipalId, VendorId } from "../../src/domain/ids"
import type { Change, Hypothesis, SeatNumbers, Simulated } from "../../src/domain/organization/simulate"
import { availableSeats, groupsEntitling, type License } from "../../src/domain/organization/state"
import { rounds } from "../support/rounds"
import { cancelling, group, history, LICENSES, license, people, principals, start, USERS, user } from "./histories"
import { claimsInOrder, names, principal, type Scenario } from "./scenario"

const ids = (list: string) => names(list).map(principal)

const hypothesis: fc.Arbitrary<Hypothesis> = fc.oneof(
  fc
    .record({ license, principals, onShortage: fc.constantFrom<OnShortage>("REJECT", "WAITLIST") })
    .map(({ license, principals, onShortage }): Hypothesis => {
      return { type: "AssignLicenses", licenseId: `lic_${license}`, principalIds: ids(principals), onShortage }
    }),
  fc.record({ license, principals }).map(({ license, principals }): Hypothesis => {
    return { type: "UnassignLicenses", licenseId: `lic_${license}`, principalIds: ids(principals) }
  }),
  fc.tuple(license, user, user).map(([name, from, to]): Hypothesis => {
    return { type: "TransferSeat", licenseId: `lic_${name}`, fromUserId: principal(from), toUserId: principal(to) }
  }),
  fc.tuple(user, fc.boolean()).map(([name, active]): Hypothesis => ({ type: "SetUserActive", userId: principal(name), active })),
  user.map((name): Hypothesis => ({ type: "DeleteUser", userId: principal(name) })),
  fc.record({ group, add: people, remove: people }).map(({ group, add, remove }): Hypothesis => {
    return { type: "ChangeGroupMembers", groupId: principal(group), add: ids(add), remove: ids(remove) }
  }),
  fc.record({ group, people }).map(({ group, people }): Hypothesis => {
    return { type: "ReplaceGroupMembers", groupId: principal(group), memberIds: ids(people) }
  }),
  group.map((name): Hypothesis => ({ type: "DeleteGroup", groupId: principal(name), confirm: true })),
  fc.tuple(license, fc.nat(6)).map(([name, seats]): Hypothesis => ({ type: "SupposeSeats", licenseId: `lic_${name}`, seats })),
  fc.record({ license, principals }).map(({ license, principals }): Hypothesis => {
    return { type: "RestoreAssignments", licenseId: `lic_${license}`, asOfRevision: 1, principalIds: ids(principals) as PrincipalId[] }
  }),
)

const RUNS = rounds(150, 2_000)

test("a simulation says what really happens, and leaves every bit of the state as it was", () => {
  fc.assert(
    fc.property(history, fc.array(hypothesis, { minLength: 1, maxLength: 3 }), ({ budget, steps }, what) => {
      const scenario = start(budget)
      for (const take of steps) take(scenario)
      // Between several commands what is on its way goes on by chance; a simulation says what they do by themselves.
      if (what.length > 1) scenario.finish()

      const before = everyBit(scenario.state)
      const simulated = scenario.simulate(...what)
      expect(everyBit(scenario.state)).toBe(before)

      const without = scenario.restarted().finish()
      const carriedOut = scenario.restarted()
      const refusal = carryOut(carriedOut, what)
      expect(simulated.revision).toBe(scenario.state.revision)
      expect(simulated.refusal).toEqual(refusal)
      for (const name of LICENSES) {
        const told = simulated.licenses.find((candidate) => candidate.licenseId === `lic_${name}`)
        const really = effects(without, carriedOut, name)
        if (told) expect(asComparable(told)).toEqual(really)
        else expect(really.people).toEqual([])
        if (!told) expect(really.after).toEqual(really.before)
      }
    }),
    { numRuns: RUNS },
  )
})

test("rule 35: what was simulated has the simulated effect, or is refused because something it read moved on", () => {
  const seen = { stale: 0, carriedOutLater: 0 }
  fc.assert(
    fc.property(history, hypothesis, fc.array(cancelling, { maxLength: 3 }), ({ budget, steps }, what, since) => {
      if (what.type === "SupposeSeats") return
      const scenario = start(budget)
      for (const take of steps) take(scenario)
      const { revision, ...simulated } = scenario.simulate(what)
      for (const take of since) take(scenario)
      const { revision: head, ...effect } = scenario.simulate(what)
      scenario.send(what, revision, true)
      if (scenario.refusal?.code === "STALE_VIEW") seen.stale++
      if (scenario.refusal) return
      if (head > revision && scenario.written.length > 0) seen.carriedOutLater++
      expect(effectsOf(effect)).toEqual(effectsOf(simulated))
    }),
    { numRuns: 4 * RUNS },
  )
  expect(seen.stale).toBeGreaterThan(0)
  expect(seen.carriedOutLater).toBeGreaterThan(0)
})

function carryOut(scenario: Scenario, what: readonly Hypothesis[]): Scenario["refusal"] {
  for (const hypothesis of what) {
    scenario.send(hypothesis.type === "SupposeSeats" ? asVendor(scenario, hypothesis) : hypothesis)
    const { refusal } = scenario
    scenario.finish()
    if (refusal) return refusal
  }
  return undefined
}

function asVendor(scenario: Scenario, { licenseId, seats }: Extract<Hypothesis, { type: "SupposeSeats" }>) {
  const { seatsSequence } = scenario.the(licenseId.slice(4))
  const message = { vendorEventId: "supposed", sequence: String(seatsSequence + 1n) }
  return { type: "ChangeVendorSeats", licenseId: licenseId as LicenseId, vendorId: "vnd_v" as VendorId, seats, ...message } as const
}

interface Effects {
  readonly before: SeatNumbers
  readonly after: SeatNumbers
  readonly people: readonly unknown[]
}

/** The plain way: everybody's standing on both sides, one by one. */
function effects(without: Scenario, carriedOut: Scenario, license: string): Effects {
  const people = USERS.flatMap((name) => {
    const before = standing(without, name, license)
    const after = standing(carriedOut, name, license)
    const change = changeOf(before, after)
    if (!change) return []
    const place = change === "MOVES_UP" ? before?.place : change === "WAITS" ? after?.place : undefined
    return [{ userId: principal(name), change, place, direct: after?.direct ?? false, groups: after?.groups ?? [] }]
  })
  return { before: numbers(without.the(license)), after: numbers(carriedOut.the(license)), people }
}

interface Standing {
  readonly seated: boolean
  readonly key: string
  readonly sources: number
  readonly place: number
  readonly direct: boolean
  readonly groups: readonly string[]
}

function standing(scenario: Scenario, name: string, license: string): Standing | undefined {
  const claim = scenario.claim(name, license)
  if (!claim) return undefined
  const the = scenario.the(license)
  const queue = claimsInOrder(the).filter(({ state }) => state !== "SEATED")
  return {
    seated: claim.state === "SEATED",
    key: `${claim.revision}/${claim.ordinal}`,
    sources: claim.sources,
    place: queue.indexOf(claim) + 1,
    direct: claim.user.direct.includes(the),
    groups: groupsEntitling(claim.user, the)
      .map(({ id }) => id)
      .sort(),
  }
}

function changeOf(before: Standing | undefined, after: Standing | undefined): Change | undefined {
  if (!before && !after) return undefined
  if (!before) return after?.seated ? "GAINS_SEAT" : "WAITS"
  if (!after) return before.seated ? "LOSES_SEAT" : "LEAVES_WAITLIST"
  if (before.seated && !after.seated) return "LOSES_SEAT"
  if (!before.seated && after.seated) return "MOVES_UP"
  if (before.key !== after.key && !after.seated) return "WAITS"
  if (before.key === after.key && before.sources === after.sources) return undefined
  return after.seated ? "KEEPS_SEAT" : "KEEPS_PLACE"
}

function numbers(license: License): SeatNumbers {
  const { capacity: purchased, seated, waiting: waitlisted } = license
  return { purchased, seated, available: availableSeats(license), waitlisted, overassignedBy: Math.max(0, seated - purchased) }
}

function asComparable({ before, after, people }: Simulated["licenses"][number]): Effects {
  const told = people.map(({ userId, change, waitlistPosition: place, direct, groups }) => {
    return { userId, change, place, direct, groups: [...groups].sort() }
  })
  return { before, after, people: told.sort((a, b) => (a.userId < b.userId ? -1 : 1)) }
}

/** Without the reasons of those who only move up: another reason for one of them changes no seat and no place (rule 8). */
function effectsOf({ licenses }: Pick<Simulated, "licenses">): unknown {
  return licenses.flatMap(({ licenseId, ...told }) => {
    const people = told.people.map((person) => (person.change === "MOVES_UP" ? { ...person, direct: false, groups: [] } : person))
    return people.length > 0 ? [{ licenseId, ...asComparable({ licenseId, ...told, people }) }] : []
  })
}

/** The whole graph of objects as text, working memory and order included. */
function everyBit(state: unknown): string {
  const known = new Map<object, number>()
  const told: string[] = []
  const tell = (value: unknown): string => {
    if (typeof value === "function") return "function"
    if (typeof value === "bigint") return `${value}n`
    if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined"
    const number = known.get(value)
    if (number !== undefined) return `#${number}`
    const name = known.size
    known.set(value, name)
    const parts =
      value instanceof Map || value instanceof Set
        ? [...value].map(tell)
        : Object.entries(value).map(([key, part]) => `${key}: ${tell(part)}`)
    told.push(`#${name} = ${value.constructor.name} {${parts.join(", ")}}`)
    return `#${name}`
  }
  tell(state)
  return told.join("\n")
}
