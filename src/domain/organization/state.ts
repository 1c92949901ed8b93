/**
 * What deciding about seats needs to know of an organization. One owner changes it in place, one event at a time, in
 * O(1) per user touched: a group of 100,000 must not be copied because one member joined.
 */
import type { Cause } from "../decision"
import type { GraceEnd, LicenseStatus, OrderedBy, ReleaseReason } from "../events"
import type { GroupId, LicenseId, ProductId, UserId, VendorId } from "../ids"
import type { Webhooks } from "../webhooks"
import { type Granted, Grants } from "./grants"
import { type Waiting, Waitlist } from "./waitlist"

/** What the state keeps things in: a Map, or in a fork what is laid over one. A key is set once, or deleted before. */
export interface Table<K, V> {
  readonly size: number
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): unknown
  delete(key: K): boolean
  entries(): Iterator<readonly [K, V]> & Iterable<readonly [K, V]>
  values(): Iterator<V> & Iterable<V>
}

/** A Set, or in a fork what is laid over one. */
export interface Collection<T> extends Iterable<T> {
  readonly size: number
  has(item: T): boolean
  add(item: T): unknown
  delete(item: T): boolean
}

/** An array, or in a fork what is laid over one. */
export interface List<T> {
  readonly length: number
  at(index: number): T | undefined
  push(item: T): unknown
}

/** What a class offers, so that a fork can stand in for it. */
export type Like<Class> = Pick<Class, keyof Class>

export interface OrganizationState {
  revision: number
  /** Milliseconds since 1970, UTC, of the newest event. */
  recordedAt: number
  created: boolean
  closed: boolean
  readonly licenses: Table<string, License>
  readonly users: Table<string, User>
  readonly groups: Table<string, Group>
  /** Who was in the directory once: their ids are never used again, and they can still be erased. */
  readonly deletedUsers: Collection<string>
  readonly erasedUsers: Collection<string>
  readonly webhooks: Webhooks
  /** The last event that deleted a user or group. */
  deletedAt: number
  /** Licenses that may have consequences to record. */
  readonly unsettled: Set<License>
}

export interface User {
  readonly id: UserId
  active: boolean
  /** Licenses assigned directly. */
  direct: readonly License[]
  groups: readonly Group[]
  /** Rule 35. */
  changedAt: number
  /** Rule 35, for simulations: the last event that changed what entitles the user: active, assigned directly, member of what. */
  sourcesChangedAt: number
}

export interface Group {
  readonly id: GroupId
  displayName: string
  /** In the order of their last joining (rule 6): a Set keeps the order of insertion, and leaving deletes. */
  readonly members: Collection<User>
  readonly nested: Collection<GroupId>
  /** Licenses assigned to the group, in the order of registration (rule 30). */
  licenses: readonly License[]
  changedAt: number
  /** Rule 35, for simulations. */
  membersChangedAt: number
  licensesChangedAt: number
}

export interface License {
  readonly id: LicenseId
  readonly vendorId: VendorId
  readonly productId: ProductId
  readonly graceDays: number
  readonly onGraceEnd: GraceEnd
  /** What the sequences of this license count. */
  readonly orderedBy: OrderedBy
  /** Place in the order of registration. */
  readonly index: number
  status: LicenseStatus
  capacity: number
  seatsSequence: bigint
  statusSequence: bigint
  plan: string | undefined
  planSequence: bigint
  /** To whom it is assigned: users directly, and groups. */
  readonly users: Collection<User>
  readonly groups: Collection<Group>

  readonly claims: Table<User, Claim>
  /** Seats as recorded: a seat counts until its release is recorded. */
  seated: number
  /** Open claims without a seat, NEW ones included. */
  waiting: number
  readonly waitlist: Like<Waitlist<Claim>>
  /** Claims opened and not recorded yet, one entry per event that opened some, oldest first. */
  readonly openings: Opening[]
  /** Claims ended and not recorded yet, oldest first. */
  readonly endings: Like<Queue<Ending>>
  endingSeats: number
  /** Claims to be seated ahead of the waitlist (rule 12). */
  readonly transfers: Collection<Claim>
  /** Seats in the order they were granted (rule 20). */
  readonly grants: Like<Grants<Claim>>

  overassigned: boolean
  /** The event by which it became so, and the grace period began. */
  overassignment: Cause | undefined
  /** Milliseconds since 1970, UTC. */
  graceEndsAt: number | undefined
  graceExpired: boolean
  /** Rule 39: what the last SettlementProgressed said. */
  deferred: number
  deferredClaims: number
  /** What last freed or added seats, or took some away. */
  cause: Cause
  /** Rule 35: the last event that changed status, quantity, assignments or claims. */
  changedAt: number
  /** The last event by which somebody got a seat or a place in the waitlist, or lost it. */
  peopleChangedAt: number
  /** What an access review was last signed for. */
  reviewedRevision: number
}

/** NEW: opened, and neither granted nor recorded as waiting yet. */
export type ClaimState = "NEW" | "WAITLISTED" | "SEATED" | "ENDED"

export interface Claim extends Waiting, Granted {
  readonly user: User
  state: ClaimState
  /** Direct assignment and assigned groups that entitle the user; the claim ends when it falls to 0. */
  sources: number
}

export interface Opening {
  readonly cause: Cause
  readonly claims: List<Claim>
  /** Claims before this index are recorded or gone. */
  next: number
  /** How many of the claims are still NEW. */
  fresh: number
}

export interface Ending {
  readonly claim: Claim
  readonly wasSeated: boolean
  readonly why: ReleaseReason
  readonly cause: Cause
}

/** First in, first out, in O(1): an array whose head moves. */
export class Queue<T> {
  private items: T[] = []
  private head = 0

  get length(): number {
    return this.items.length - this.head
  }
  push(item: T): void {
    this.items.push(item)
  }
  peek(index = 0): T | undefined {
    return this.items[this.head + index]
  }
  take(count: number): T[] {
    const taken = this.items.slice(this.head, this.head + count)
    this.head += taken.length
    if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head)
      this.head = 0
    } else if (this.head === this.items.length) {
      this.items.length = 0
      this.head = 0
    }
    return taken
  }
}

/** Shared by everything that has none, so that 100,000 users without licenses or groups cost no arrays. */
const NONE: readonly never[] = []

export function newOrganization(): OrganizationState {
  return {
    revision: 0,
    recordedAt: 0,
    created: false,
    closed: false,
    licenses: new Map(),
    users: new Map(),
    groups: new Map(),
    deletedUsers: new Set(),
    erasedUsers: new Set(),
    webhooks: new Map(),
    deletedAt: 0,
    unsettled: new Set(),
  }
}

export function newUser(id: UserId, active: boolean, revision: number): User {
  return { id, active, direct: NONE, groups: NONE, changedAt: revision, sourcesChangedAt: revision }
}

export function newGroup(id: GroupId, displayName: string, revision: number): Group {
  const changed = { changedAt: revision, membersChangedAt: revision, licensesChangedAt: revision }
  return { id, displayName, members: new Set(), nested: new Set(), licenses: NONE, ...changed }
}

export function newLicense(
  fixed: Pick<License, "id" | "vendorId" | "productId" | "graceDays" | "onGraceEnd" | "orderedBy" | "index" | "plan">,
  seats: number,
  cause: Cause,
): License {
  return {
    ...fixed,
    status: "ACTIVE",
    capacity: seats,
    seatsSequence: 0n,
    statusSequence: 0n,
    planSequence: 0n,
    users: new Set(),
    groups: new Set(),
    claims: new Map(),
    seated: 0,
    waiting: 0,
    waitlist: new Waitlist(),
    openings: [],
    endings: new Queue(),
    endingSeats: 0,
    transfers: new Set(),
    grants: new Grants(),
    overassigned: false,
    overassignment: undefined,
    graceEndsAt: undefined,
    graceExpired: false,
    deferred: 0,
    deferredClaims: 0,
    cause,
    changedAt: cause.revision,
    peopleChangedAt: cause.revision,
    reviewedRevision: 0,
  }
}

/** Seats may be granted (rules 22–24). */
export function isGrantable(license: License): boolean {
  return license.status === "ACTIVE" || license.status === "WARNING"
}

/** Free seats that are promised to nobody: whoever waits on a usable license comes first (rule 39). */
export function availableSeats(license: License): number {
  return Math.max(0, license.capacity - license.seated - (isGrantable(license) ? license.waiting : 0))
}

/** All licenses that entitle or would entitle a user, in the order of registration, with the number of sources each. */
export function sourcesOf(user: User): readonly { readonly license: License; readonly sources: number }[] {
  if (user.groups.length === 0 && user.direct.length === 0) return NONE
  const counts = new Map<License, number>()
  const count = (license: License) => {
    if (license.status !== "CANCELLED") counts.set(license, (counts.get(license) ?? 0) + 1)
  }
  for (const license of user.direct) count(license)
  for (const group of user.groups) for (const license of group.licenses) count(license)
  return [...counts].map(([license, sources]) => ({ license, sources })).sort((a, b) => a.license.index - b.license.index)
}

/** The groups through which a user is entitled to a license. */
export function groupsEntitling(user: User, license: License): readonly Group[] {
  return user.groups.filter((group) => group.licenses.includes(license))
}
