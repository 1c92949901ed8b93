/**
 * The state as lines of text, for a snapshot, and back. What matters for any later decision is in it: also the orders
 * that Maps and Sets keep, because consequences are recorded in them. Working memory is not (entries of the waitlist and
 * of the grants that are to be skipped anyway). A line is about as much as a thread may do in one go.
 */
import type { ReleaseReason } from "../events"
import type { GroupId, UserId } from "../ids"
import type { Webhook } from "../webhooks"
import {
  type Cause,
  type Claim,
  type ClaimState,
  type Collection,
  type Group,
  type License,
  newGroup,
  newLicense,
  newOrganization,
  newUser,
  type OrganizationState,
  type User,
} from "./state"
import { isBefore } from "./waitlist"

/**
 * Raise it whenever the same events lead to another state, or the state is written in another way: snapshots of other
 * versions are not read. `test/domain/written-state.test.ts` notices when that was forgotten.
 */
export const EVOLVE_VERSION = 1

/** Items of a line: measured, 2,000 users with their sources are read back in about 2 ms. */
const ITEMS = 2_000

type Place = number
/** By kind: what stands in a line of it. Things are named by their place in the lines before. */
interface Lines {
  organization: Pick<OrganizationState, "revision" | "recordedAt" | "created" | "closed" | "deletedAt">
  webhooks: readonly Webhook[]
  license: WrittenLicense
  group: WrittenGroup
  users: {
    readonly ids: readonly UserId[]
    /** As 0 and 1. */
    readonly active: string
    readonly direct: Lists
    readonly groups: Lists
    readonly changedAt: readonly number[]
    readonly sourcesChangedAt: readonly number[]
  }
  deleted: readonly string[]
  erased: readonly string[]
  /** Members of a group, users and groups to whom a license is assigned. */
  members: OfPlace<Place>
  assignedUsers: OfPlace<Place>
  assignedGroups: OfPlace<Place>
  claims: {
    readonly of: Place
    readonly users: readonly Place[]
    /** A letter each: N, W or S. */
    readonly states: string
    readonly sources: readonly number[]
    readonly revisions: readonly number[]
    readonly ordinals: readonly number[]
  }
  /** Claims that hold a seat, in the order of their grants. */
  seats: OfPlace<Place>
  transfers: OfPlace<Place>
  opening: { readonly of: Place; readonly cause: Cause }
  /** NEW claims of the opening that was named last. */
  opened: OfPlace<Place>
  endings: OfPlace<WrittenEnding>
  unsettled: readonly Place[]
  end: number
}

/** A list for each user. Many have the same: each is written once, and once read back kept once. */
interface Lists {
  readonly distinct: readonly (readonly Place[])[]
  readonly chosen: readonly number[]
}
interface OfPlace<Item> {
  readonly of: Place
  readonly items: readonly Item[]
}
type WrittenGroup = Pick<Group, "id" | "displayName" | "changedAt" | "membersChangedAt" | "licensesChangedAt"> & {
  readonly nested: readonly GroupId[]
  readonly licenses: readonly Place[]
}
type Fixed = Parameters<typeof newLicense>[0]
type Counted = Pick<
  License,
  | "status"
  | "seated"
  | "waiting"
  | "endingSeats"
  | "overassigned"
  | "graceExpired"
  | "deferred"
  | "deferredClaims"
  | "changedAt"
  | "peopleChangedAt"
  | "reviewedRevision"
>
interface WrittenLicense {
  readonly fixed: Omit<Fixed, "plan"> & { readonly plan?: string }
  readonly capacity: number
  readonly counted: Counted
  readonly graceEndsAt?: number
  /** Of seats, status and plan: a bigint each. */
  readonly sequences: readonly [string, string, string]
  readonly cause: Cause
}
type WrittenEnding = readonly [user: string, revision: number, ordinal: number, wasSeated: 0 | 1, why: ReleaseReason, cause: Cause]

/** The state must not change meanwhile. */
export function* writeState(org: OrganizationState): Generator<string> {
  let lines = 0
  const line = <Kind extends keyof Lines>(kind: Kind, content: Lines[Kind]) => {
    lines++
    return JSON.stringify([kind, content])
  }
  const licenses = placesOf(org.licenses.values())
  const groups = placesOf(org.groups.values())
  const users = placesOf(org.users.values())
  const { revision, recordedAt, created, closed, deletedAt } = org
  yield line("organization", { revision, recordedAt, created, closed, deletedAt })
  yield line("webhooks", [...org.webhooks.values()])
  for (const license of licenses.keys()) yield line("license", writtenLicense(license))
  for (const group of groups.keys()) {
    const { id, displayName, changedAt, membersChangedAt, licensesChangedAt } = group
    const nested = [...group.nested]
    yield line("group", {
      ...{ id, displayName, changedAt, membersChangedAt, licensesChangedAt, nested },
      licenses: places(licenses, group.licenses),
    })
  }
  for (const some of portions(org.users.values())) {
    yield line("users", {
      ids: some.map(({ id }) => id),
      active: some.map(({ active }) => (active ? "1" : "0")).join(""),
      direct: listsOf(some.map(({ direct }) => places(licenses, direct))),
      groups: listsOf(some.map((user) => places(groups, user.groups))),
      changedAt: some.map(({ changedAt }) => changedAt),
      sourcesChangedAt: some.map(({ sourcesChangedAt }) => sourcesChangedAt),
    })
  }
  for (const some of portions(org.deletedUsers)) yield line("deleted", some)
  for (const some of portions(org.erasedUsers)) yield line("erased", some)
  for (const [group, of] of groups) for (const some of portions(group.members)) yield line("members", { of, items: places(users, some) })

  for (const [license, of] of licenses) {
    for (const some of portions(license.users)) yield line("assignedUsers", { of, items: places(users, some) })
    for (const some of portions(license.groups)) yield line("assignedGroups", { of, items: places(groups, some) })
    const claims = placesOf(license.claims.values())
    for (const some of portions(license.claims.values())) {
      yield line("claims", {
        of,
        users: some.map(({ user }) => place(users, user)),
        states: some.map(({ state }) => state[0]).join(""),
        sources: some.map(({ sources }) => sources),
        revisions: some.map((claim) => claim.revision),
        ordinals: some.map(({ ordinal }) => ordinal),
      })
    }
    const seats = [...license.grants.newest()].reverse()
    for (const some of portions(seats)) yield line("seats", { of, items: places(claims, some) })
    for (const some of portions(license.transfers)) yield line("transfers", { of, items: places(claims, some) })
    for (const { cause, claims: opened } of license.openings) {
      yield line("opening", { of, cause })
      for (const some of portions(newOf(opened))) yield line("opened", { of, items: places(claims, some) })
    }
    for (const some of portions(endingsOf(license))) yield line("endings", { of, items: some })
  }
  yield line("unsettled", places(licenses, [...org.unsettled]))
  yield line("end", lines)
}

function writtenLicense(license: License): WrittenLicense {
  const { id, vendorId, productId, graceDays, onGraceEnd, orderedBy, index, plan, capacity, graceEndsAt, cause } = license
  const { status, seated, waiting, endingSeats, overassigned, graceExpired, deferred, deferredClaims } = license
  const { changedAt, peopleChangedAt, reviewedRevision } = license
  const fixed = { id, vendorId, productId, graceDays, onGraceEnd, orderedBy, index }
  return {
    fixed: plan === undefined ? fixed : { ...fixed, plan },
    capacity,
    counted: {
      ...{ status, seated, waiting, endingSeats, overassigned, graceExpired, deferred, deferredClaims },
      ...{ changedAt, peopleChangedAt, reviewedRevision },
    },
    ...(graceEndsAt === undefined ? {} : { graceEndsAt }),
    sequences: [String(license.seatsSequence), String(license.statusSequence), String(license.planSequence)],
    cause,
  }
}

function* newOf(claims: License["openings"][number]["claims"]): Generator<Claim> {
  for (let index = 0; index < claims.length; index++) {
    const claim = claims.at(index) as Claim // index is inside
    if (claim.state === "NEW") yield claim
  }
}

function* endingsOf({ endings }: License): Generator<WrittenEnding> {
  for (let index = 0; index < endings.length; index++) {
    const ending = endings.peek(index)
    if (!ending) return
    const { claim, wasSeated, why, cause } = ending
    yield [claim.user.id, claim.revision, claim.ordinal, wasSeated ? 1 : 0, why, cause]
  }
}

/** Takes lines as `writeState` gave them, in their order. @throws when they are not */
export class StateReader {
  readonly #org = newOrganization()
  readonly #licenses: License[] = []
  readonly #groups: Group[] = []
  readonly #users: User[] = []
  /** Of the license that is being read: its lines stand together. */
  #claims: Claim[] = []
  #claimsOf: Place = -1
  /** Endings and openings of one event share one cause: `settle` compares them by identity. */
  readonly #causes = new Map<number, Cause>()
  /** Who was deleted while the end of a claim was still to be recorded. */
  readonly #gone = new Map<string, User>()
  #lines = 0
  #isWhole = false

  line(text: string): void {
    const [kind, content] = JSON.parse(text) as { [Kind in keyof Lines]: [Kind, Lines[Kind]] }[keyof Lines] // as it was written: its checksum was compared
    const org = this.#org
    switch (kind) {
      case "organization":
        Object.assign(org, content)
        break
      case "webhooks":
        for (const webhook of content) org.webhooks.set(webhook.webhookId, webhook)
        break
      case "license":
        this.#license(content)
        break
      case "group":
        this.#group(content)
        break
      case "users":
        this.#readUsers(content)
        break
      case "deleted":
        for (const id of content) org.deletedUsers.add(id)
        break
      case "erased":
        for (const id of content) org.erasedUsers.add(id)
        break
      case "members":
        fill(at(this.#groups, content.of).members, this.#users, content.items)
        break
      case "assignedUsers":
        fill(at(this.#licenses, content.of).users, this.#users, content.items)
        break
      case "assignedGroups":
        fill(at(this.#licenses, content.of).groups, this.#groups, content.items)
        break
      case "claims":
        this.#readClaims(content)
        break
      case "seats": {
        const claims = this.#claimsOn(content.of)
        for (const place of content.items) at(this.#licenses, content.of).grants.push(at(claims, place))
        break
      }
      case "transfers":
        fill(at(this.#licenses, content.of).transfers, this.#claimsOn(content.of), content.items)
        break
      case "opening":
        at(this.#licenses, content.of).openings.push({ cause: this.#cause(content.cause), claims: [], next: 0, fresh: 0 })
        break
      case "opened": {
        const opening = at(this.#licenses, content.of).openings.at(-1)
        if (!opening) throw new Error("claims were opened by nothing")
        for (const place of content.items) opening.claims.push(at(this.#claimsOn(content.of), place))
        opening.fresh += content.items.length
        break
      }
      case "endings":
        for (const ending of content.items) this.#ending(at(this.#licenses, content.of), ending)
        break
      case "unsettled":
        for (const place of content) org.unsettled.add(at(this.#licenses, place))
        break
      case "end":
        this.#isWhole = content === this.#lines
        break
      default:
        throw new Error(`there are no lines of ${kind satisfies never}`)
    }
    this.#lines++
  }

  /** @throws when lines are missing */
  done(): OrganizationState {
    if (!this.#isWhole) throw new Error("lines are missing")
    return this.#org
  }

  #license({ fixed, capacity, counted, graceEndsAt, sequences, cause }: WrittenLicense): void {
    const license = newLicense({ ...fixed, plan: fixed.plan }, capacity, this.#cause(cause))
    Object.assign(license, counted)
    license.graceEndsAt = graceEndsAt
    license.seatsSequence = BigInt(sequences[0])
    license.statusSequence = BigInt(sequences[1])
    license.planSequence = BigInt(sequences[2])
    this.#licenses.push(license)
    this.#org.licenses.set(license.id, license)
  }

  #group({ id, displayName, nested, licenses, ...changed }: WrittenGroup): void {
    const group = newGroup(id, displayName, changed.changedAt)
    Object.assign(group, changed)
    for (const one of nested) group.nested.add(one)
    group.licenses = licenses.map((place) => at(this.#licenses, place))
    this.#groups.push(group)
    this.#org.groups.set(id, group)
  }

  #readUsers({ ids, active, direct, groups, changedAt, sourcesChangedAt }: Lines["users"]): void {
    const directs = direct.distinct.map((list) => list.map((place) => at(this.#licenses, place)))
    const memberships = groups.distinct.map((list) => list.map((place) => at(this.#groups, place)))
    ids.forEach((id, n) => {
      const user = newUser(id, active[n] === "1", at(changedAt, n))
      user.sourcesChangedAt = at(sourcesChangedAt, n)
      user.direct = at(directs, at(direct.chosen, n))
      user.groups = at(memberships, at(groups.chosen, n))
      this.#users.push(user)
      this.#org.users.set(id, user)
    })
  }

  #readClaims({ of, users, states, sources, revisions, ordinals }: Lines["claims"]): void {
    const license = at(this.#licenses, of)
    const claims = this.#claimsOn(of)
    const waiting: Claim[] = []
    users.forEach((place, n) => {
      const user = at(this.#users, place)
      const state = stateOf(states[n])
      const [revision, ordinal] = [at(revisions, n), at(ordinals, n)]
      const claim: Claim = { user, state, sources: at(sources, n), revision, ordinal, queued: false, grant: -1 }
      claims.push(claim)
      license.claims.set(user, claim)
      if (state !== "SEATED") waiting.push(claim)
    })
    // In order, joining costs O(1) each.
    for (const claim of waiting.sort((a, b) => (isBefore(a, b) ? -1 : 1))) license.waitlist.join(claim)
  }

  #claimsOn(of: Place): Claim[] {
    if (of !== this.#claimsOf) this.#claims = []
    this.#claimsOf = of
    return this.#claims
  }

  #ending(license: License, [id, revision, ordinal, wasSeated, why, cause]: WrittenEnding): void {
    let user = this.#org.users.get(id) ?? this.#gone.get(id)
    if (!user) {
      user = newUser(id as UserId, false, revision) // the id of a user, as it was written
      this.#gone.set(id, user)
    }
    const claim: Claim = { user, state: "ENDED", sources: 0, revision, ordinal, queued: false, grant: -1 }
    license.endings.push({ claim, wasSeated: wasSeated === 1, why, cause: this.#cause(cause) })
  }

  #cause(cause: Cause): Cause {
    const known = this.#causes.get(cause.revision)
    if (known) return known
    this.#causes.set(cause.revision, cause)
    return cause
  }
}

function stateOf(letter: string | undefined): ClaimState {
  switch (letter) {
    case "N":
      return "NEW"
    case "W":
      return "WAITLISTED"
    case "S":
      return "SEATED"
    default:
      throw new Error(`there are no claims in the state ${letter}`)
  }
}

function fill<T>(collection: Collection<T>, all: readonly T[], places: readonly Place[]): void {
  for (const place of places) collection.add(at(all, place))
}

function at<T>(items: readonly T[], place: Place): T {
  const item = items[place]
  if (item === undefined) throw new Error(`there is no place ${place} among ${items.length}`)
  return item
}

function placesOf<T>(items: Iterable<T>): ReadonlyMap<T, Place> {
  const places = new Map<T, Place>()
  for (const item of items) places.set(item, places.size)
  return places
}

function place<T>(known: ReadonlyMap<T, Place>, item: T): Place {
  const found = known.get(item)
  if (found === undefined) throw new Error("the state refers to something that is not in it")
  return found
}

function places<T>(known: ReadonlyMap<T, Place>, items: readonly T[]): readonly Place[] {
  return items.length === 0 ? NOWHERE : items.map((item) => place(known, item))
}

const NOWHERE: readonly never[] = []

function listsOf(lists: readonly (readonly Place[])[]): Lists {
  const known = new Map<string, number>()
  const distinct: (readonly Place[])[] = []
  const chosen = lists.map((list) => {
    const key = list.join()
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, distinct.length)
    return distinct.push(list) - 1
  })
  return { distinct, chosen }
}

function* portions<T>(items: Iterable<T>): Generator<readonly T[]> {
  let portion: T[] = []
  for (const item of items) {
    portion.push(item)
    if (portion.length < ITEMS) continue
    yield portion
    portion = []
  }
  if (portion.length > 0) yield portion
}
