/** The state from lines of text, in the form of `written-state.ts`. */
import type { Cause } from "../decision"
import type { UserId } from "../ids"
import {
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
import type { Lines, Place, WrittenEnding, WrittenGroup, WrittenLicense } from "./written-state"

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

  #license({ fixed, capacity, counted, graceEndsAt, overassignment, sequences, cause }: WrittenLicense): void {
    const license = newLicense({ ...fixed, plan: fixed.plan }, capacity, this.#cause(cause))
    Object.assign(license, counted)
    license.graceEndsAt = graceEndsAt
    license.overassignment = overassignment
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
