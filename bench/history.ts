/**
 * Some years of a large organization: what people, an identity provider and vendors do, in a likely mix, decided by the
 * real domain and written to the real log. The organization grows with its history: one person per 20 events.
 */

import { seeded } from "../src/cli/demo/company"
import type { GroupId, LicenseId, UserId } from "../src/domain/ids"
import type { User } from "../src/domain/organization/state"
import type { EventStore } from "../src/eventstore/event-store"
import type { SqliteVault } from "../src/vault/sqlite"
import { WrittenOrganization } from "./log-writer"
import type { BenchOrganization } from "./organization"

const LICENSES = 20
/** Members of a group when it is made; they come and go. */
const GROUP_SIZE = 25

interface People {
  readonly written: WrittenOrganization
  readonly organization: BenchOrganization
  readonly users: UserId[]
  readonly groups: GroupId[]
  readonly licenses: LicenseId[]
  /** From 0 to 1, the same in every run. */
  readonly random: () => number
}

/** Writes at least so many events to one stream and answers how many they are. */
export async function writeHistory(
  store: EventStore,
  vault: SqliteVault,
  events: number,
  written = new WrittenOrganization(store, vault),
): Promise<number> {
  const { organization } = written
  const people: People = { written, organization, users: [], groups: [], licenses: [], random: seeded(1) }
  const users = Math.floor(events / 20)
  for (let n = 1; n <= LICENSES; n++) people.licenses.push(organization.license(Math.floor((users * n) / (2 * LICENSES))))
  while (people.users.length < users) {
    const members = written.people(GROUP_SIZE)
    const group = organization.group(members)
    people.users.push(...members)
    people.groups.push(group)
    if (people.random() < 0.3) organization.assign(one(people, people.licenses), group)
    if (written.waiting > 10_000) await written.flush()
  }
  while (organization.state.revision < events) {
    written.sealing(() => {
      for (let n = 0; n < 2_000; n++) somethingHappens(people)
    })
    await written.flush()
  }
  organization.finish()
  await written.flush()
  return organization.state.revision
}

/** Parts of a hundred of all commands. Refused ones (not seated, gone, no seat left) write nothing, as in life. */
const HAPPENINGS: readonly (readonly [parts: number, happening: (people: People) => void])[] = [
  [34, assigned],
  [24, givesBack],
  [16, changesTeam],
  [5, changesProfile],
  [5, comesOrGoes],
  [5, hired],
  [4, vendorSellsMoreOrLess],
  [4, transferred],
  [2, deleted],
  [1, teamRenamed],
]

function somethingHappens(people: People): void {
  people.organization.now += 2_000
  let at = people.random() * 100
  for (const [parts, happening] of HAPPENINGS) {
    at -= parts
    if (at >= 0) continue
    happening(people)
    return
  }
}

function assigned(people: People): void {
  people.organization.assign(one(people, people.licenses), one(people, people.users))
}

function givesBack(people: People): void {
  const user = someone(people)
  const license = user?.direct[0]
  if (license) people.organization.send({ type: "UnassignLicenses", licenseId: license.id, principalIds: [user.id] })
}

/** Leaves one team and joins another. */
function changesTeam(people: People): void {
  const user = someone(people)
  const from = user?.groups[0]
  if (!user) return
  if (from) people.organization.send({ type: "ChangeGroupMembers", groupId: from.id, add: [], remove: [user.id] })
  people.organization.send({ type: "ChangeGroupMembers", groupId: one(people, people.groups), add: [user.id], remove: [] })
}

function changesProfile({ written, organization, ...people }: People): void {
  const userId = one(people, people.users)
  const profile = written.seal(userId, { displayName: `Renamed ${organization.state.revision}` })
  organization.send({ type: "ChangeUserProfile", userId, profile })
}

/** Leave of absence, or the end of it. */
function comesOrGoes(people: People): void {
  const user = someone(people)
  if (user) people.organization.send({ type: "SetUserActive", userId: user.id, active: !user.active })
}

function hired({ written, users }: People): void {
  users.push(...written.people(1))
}

function vendorSellsMoreOrLess(people: People): void {
  const license = people.organization.state.licenses.get(one(people, people.licenses))
  if (license) people.organization.seats(license.id, Math.max(1, license.capacity + Math.floor(people.random() * 21) - 10))
}

function transferred(people: People): void {
  const from = someone(people)
  const license = from?.direct[0]
  const toUserId = one(people, people.users)
  if (license) people.organization.send({ type: "TransferSeat", licenseId: license.id, fromUserId: from.id, toUserId })
}

function deleted(people: People): void {
  people.organization.send({ type: "DeleteUser", userId: one(people, people.users) })
}

function teamRenamed(people: People): void {
  const displayName = `Team ${people.organization.state.revision}`
  people.organization.send({ type: "RenameGroup", groupId: one(people, people.groups), displayName })
}

/** Undefined: that one was deleted. */
function someone(people: People): User | undefined {
  return people.organization.state.users.get(one(people, people.users))
}

function one<T>({ random }: Pick<People, "random">, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T // the index is inside, and nothing here is empty
}
