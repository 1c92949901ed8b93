/** The state as lines of text, in the form of `written-state.ts`. */
import type { Claim, License, OrganizationState } from "./state"
import type { Lines, Lists, Place, WrittenEnding, WrittenLicense } from "./written-state"

/** Items of a line: measured, 2,000 users with their sources are read back in about 2 ms. */
const ITEMS = 2_000

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
  const { id, vendorId, productId, graceDays, onGraceEnd, orderedBy, index, plan, capacity, graceEndsAt, overassignment, cause } = license
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
    ...(overassignment === undefined ? {} : { overassignment }),
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
