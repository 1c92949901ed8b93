/** Random histories of a small organization, step by step. */
import fc from "fast-check"
import type { LicenseStatus, OnShortage } from "../../src/domain/events"
import type { OrganizationState } from "../../src/domain/organization/state"
import { claimsInOrder, Scenario } from "./scenario"

export const USERS = ["a", "b", "c", "d", "e", "f", "g", "h"]
export const GROUPS = ["G", "H"]
export const LICENSES = ["crm", "erp"]

export type Step = (scenario: Scenario) => void

export const user = fc.constantFrom(...USERS)
export const group = fc.constantFrom(...GROUPS)
export const license = fc.constantFrom(...LICENSES)
export const people = fc.uniqueArray(user, { maxLength: 4 }).map((list) => list.join(" "))
export const principals = fc.uniqueArray(fc.constantFrom(...USERS, ...GROUPS), { minLength: 1, maxLength: 4 }).map((list) => list.join(" "))

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ principals, license, onShortage: fc.constantFrom<OnShortage>("REJECT", "WAITLIST") }).map(
      ({ principals, ...options }): Step =>
        (s) =>
          s.assign(principals, options),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ principals, license }).map(
      ({ principals, ...options }): Step =>
        (s) =>
          s.unassign(principals, options),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ license, seats: fc.nat(6) }).map(
      ({ license, seats }): Step =>
        (s) =>
          s.seats(seats, { license }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ group, add: people, remove: people }).map(
      ({ group, ...change }): Step =>
        (s) =>
          s.members(group, change),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ group, members: people }).map(
      ({ group, members }): Step =>
        (s) =>
          s.replaceMembers(group, members),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ user, active: fc.boolean() }).map(
      ({ user, active }): Step =>
        (s) =>
          s.active(user, active),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(user, user).map(
      ([from, to]): Step =>
        (s) =>
          s.transfer(from, to),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ license, status: fc.constantFrom<LicenseStatus>("ACTIVE", "ACTIVE", "WARNING", "SUSPENDED") }).map(
      ({ license, status }): Step =>
        (s) =>
          s.status(status, { license }),
    ),
  },
  {
    weight: 2,
    arbitrary: license.map(
      (name): Step =>
        (s) =>
          s.the(name).graceEndsAt === undefined ? s : s.expireGrace(name),
    ),
  },
  {
    weight: 1,
    arbitrary: user.map(
      (name): Step =>
        (s) =>
          s.deleteUser(name),
    ),
  },
  {
    weight: 1,
    arbitrary: group.map(
      (name): Step =>
        (s) =>
          s.deleteGroup(name),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>((s) => s.send({ type: "ContinueSettlement" })) },
)
export const cancelling = fc.oneof(
  { weight: 40, arbitrary: step },
  {
    weight: 1,
    arbitrary: license.map(
      (name): Step =>
        (s) =>
          s.status("CANCELLED", { license: name }),
    ),
  },
)

export const history = fc.record({ budget: fc.constantFrom(1, 3, 1000), steps: fc.array(cancelling, { minLength: 20, maxLength: 120 }) })

export function start(budget: number, apart = false): Scenario {
  const scenario = new Scenario(budget, apart).license("crm", 3, { graceDays: 2, onGraceEnd: "REVOKE" }).license("erp", 2, { graceDays: 1 })
  for (const name of USERS) scenario.user(name)
  for (const name of GROUPS) scenario.group(name)
  return scenario
}

/** The state without its working memory (what the waitlist's heap still holds, which grants are stale). */
export function plain(org: OrganizationState): unknown {
  const licenses = [...org.licenses.values()].map((license) => ({
    id: license.id,
    status: license.status,
    capacity: license.capacity,
    sequences: [license.seatsSequence, license.statusSequence],
    groups: [...license.groups].map((group) => group.id).sort(),
    users: [...license.users].map((user) => user.id),
    claims: claimsInOrder(license).map(({ user, state, sources, revision, ordinal }) => ({
      user: user.id,
      state,
      sources,
      revision,
      ordinal,
    })),
    grantOrder: [...license.claims.values()]
      .filter((claim) => claim.state === "SEATED")
      .sort((a, b) => a.grant - b.grant)
      .map((claim) => claim.user.id),
    counters: [license.seated, license.waiting, license.endingSeats, license.deferred],
    overassigned: [license.overassigned, license.graceEndsAt, license.graceExpired],
    changedAt: license.changedAt,
  }))
  const users = [...org.users.values()].map(({ id, active, direct, groups, ...changed }) => ({
    id,
    active,
    direct: direct.map((license) => license.id).sort(),
    groups: groups.map((group) => group.id).sort(),
    ...changed,
  }))
  const groups = [...org.groups.values()].map(({ id, members, nested, licenses, changedAt, membersChangedAt, licensesChangedAt }) => ({
    id,
    members: [...members].map((member) => member.id),
    nested: [...nested],
    licenses: licenses.map((license) => license.id),
    changedAt,
    membersChangedAt,
    licensesChangedAt,
  }))
  return { licenses, users, groups, revision: org.revision, closed: org.closed }
}
