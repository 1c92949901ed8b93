/**
 * A private copy of the state to try things out on: what is decided and evolved there leaves the original as it is.
 * It costs what is touched and not what there is: objects are copied when they are first reached, and collections are
 * laid over those of the original. A fork is good for as long as the original does not change.
 */
import { type Grants, holds } from "./grants"
import {
  type Claim,
  type Collection,
  type Group,
  type License,
  type Like,
  type List,
  type OrganizationState,
  Queue,
  type Table,
  type User,
} from "./state"
import { isBefore, Waitlist, waits } from "./waitlist"

export interface Fork {
  readonly state: OrganizationState
  /** The licenses that were reached, in no particular order. */
  licenses(): Iterable<License>
  /** Whose claim on this license of the fork was reached, or came since: users of the original. Most of them may be as they were. */
  reached(license: License): Iterable<User>
  /** The one that stands for a user of the original. */
  user(original: User): User
}

/**
 * @param tidy the waitlists of the original may forget who has left them: nobody else sees to that where everything is
 * decided in forks
 */
export function fork(original: OrganizationState, { tidy = false } = {}): Fork {
  const reached = new Map<License, () => Iterable<User>>()
  const users: Copies<User> = new Copies<User>((user) => ({
    ...user,
    direct: mapped(user.direct, licenseOf),
    groups: mapped(user.groups, groupOf),
    original: user,
  }))
  const groups: Copies<Group> = new Copies<Group>((group) => ({
    ...group,
    members: new ForkedSet(group.members, users),
    nested: new ForkedSet(group.nested, unchanging()),
    licenses: mapped(group.licenses, licenseOf),
    original: group,
  }))
  const licenses: Copies<License> = new Copies<License>((license) => {
    if (tidy) license.waitlist.first()
    const claims: Copies<Claim> = new Copies<Claim>((claim) => ({ ...claim, user: users.of(claim.user), original: claim }))
    const held = new ForkedTable(license.claims, users, claims)
    const forked: Copy<License> = {
      ...license,
      users: new ForkedSet(license.users, users),
      groups: new ForkedSet(license.groups, groups),
      claims: held,
      waitlist: new ForkedWaitlist(license.waitlist, claims),
      openings: license.openings.map((opening) => ({ ...opening, claims: new ForkedList(opening.claims, claims) })),
      endings: new ForkedQueue(license.endings),
      transfers: new ForkedSet(license.transfers, claims),
      grants: new ForkedGrants(license.grants, claims),
      original: license,
    }
    reached.set(forked, function* () {
      for (const { user } of claims.originals()) yield user
      for (const user of held.added()) yield users.before(user) ?? user
    })
    return forked
  })
  const licenseOf = (license: License) => licenses.of(license)
  const groupOf = (group: Group) => groups.of(group)

  const state: OrganizationState = {
    ...original,
    licenses: new ForkedTable(original.licenses, unchanging(), licenses),
    users: new ForkedTable(original.users, unchanging(), users),
    groups: new ForkedTable(original.groups, unchanging(), groups),
    deletedUsers: new ForkedSet(original.deletedUsers, unchanging()),
    erasedUsers: new ForkedSet(original.erasedUsers, unchanging()),
    webhooks: new Map(original.webhooks), // few, and replaced instead of changed
    unsettled: new Set([...original.unsettled].map(licenseOf)),
  }
  return {
    state,
    licenses: () => licenses.copies(),
    reached: (license) => reached.get(license)?.() ?? [],
    user: (user) => users.of(user),
  }
}

interface Copying<T> {
  of(original: T): T
}
/** How the keys of a fork and of the original correspond. */
interface Keys<K> extends Copying<K> {
  /** Undefined for what is new in the fork. */
  before(copy: K): K | undefined
}

/** For ids, which are the same in both. */
function unchanging<Id extends string>(): Keys<Id> {
  return { of: (id) => id, before: (id) => id }
}

/** On the copy itself: a Map of a hundred thousand objects and back would cost as much as the copies. */
type Copy<T> = T & { readonly original?: T }

/** Always the same copy of an object, so that `===` means in the fork what it means in the original. */
class Copies<T extends object> implements Keys<T> {
  readonly #copies = new Map<T, T>()

  constructor(private readonly copied: (original: T) => Copy<T>) {}

  of(original: T): T {
    const known = this.#copies.get(original)
    if (known !== undefined) return known
    const copy = this.copied(original)
    this.#copies.set(original, copy)
    return copy
  }

  before(copy: Copy<T>): T | undefined {
    return copy.original
  }

  originals(): Iterable<T> {
    return this.#copies.keys()
  }

  copies(): Iterable<T> {
    return this.#copies.values()
  }
}

function mapped<T>(items: readonly T[], copied: (item: T) => T): readonly T[] {
  return items.length === 0 ? items : items.map(copied)
}

/** In the order of the original, then what was put in since: what was deleted and came back is last, as in a Map. */
class ForkedTable<K, V> implements Table<K, V> {
  readonly #added = new Map<K, V>()
  readonly #gone = new Set<K>()

  constructor(
    private readonly original: Table<K, V>,
    private readonly keys: Keys<K>,
    private readonly items: Copying<V>,
  ) {}

  get size(): number {
    return this.original.size - this.#gone.size + this.#added.size
  }

  get(key: K): V | undefined {
    const added = this.#added.get(key)
    if (added !== undefined || this.original.size === 0 || (this.#gone.size > 0 && this.#gone.has(key))) return added
    const before = this.keys.before(key)
    const found = before === undefined ? undefined : this.original.get(before)
    return found === undefined ? undefined : this.items.of(found)
  }

  has(key: K): boolean {
    return this.#added.has(key) || this.#remains(key)
  }

  set(key: K, value: V): void {
    if (this.#remains(key)) throw new Error("a key of a fork's table is set once, or deleted before")
    this.#added.set(key, value)
  }

  delete(key: K): boolean {
    if (this.#added.delete(key)) return true
    if (!this.#remains(key)) return false
    this.#gone.add(key)
    return true
  }

  added(): Iterable<K> {
    return this.#added.keys()
  }

  *entries(): Generator<readonly [K, V]> {
    for (const [before, value] of this.original.entries()) {
      const key = this.keys.of(before)
      if (!this.#gone.has(key)) yield [key, this.items.of(value)]
    }
    yield* this.#added.entries()
  }

  *values(): Generator<V> {
    for (const [, value] of this.entries()) yield value
  }

  #remains(key: K): boolean {
    if (this.original.size === 0) return false
    const before = this.keys.before(key)
    return before !== undefined && !this.#gone.has(key) && this.original.has(before)
  }
}

class ForkedSet<T> implements Collection<T> {
  readonly #added = new Set<T>()
  readonly #gone = new Set<T>()

  constructor(
    private readonly original: Collection<T>,
    private readonly items: Keys<T>,
  ) {}

  get size(): number {
    return this.original.size - this.#gone.size + this.#added.size
  }

  has(item: T): boolean {
    return this.#added.has(item) || this.#remains(item)
  }

  add(item: T): void {
    if (!this.#remains(item)) this.#added.add(item)
  }

  delete(item: T): boolean {
    if (this.#added.delete(item)) return true
    if (!this.#remains(item)) return false
    this.#gone.add(item)
    return true
  }

  *[Symbol.iterator](): Generator<T> {
    for (const before of this.original) {
      const item = this.items.of(before)
      if (!this.#gone.has(item)) yield item
    }
    yield* this.#added
  }

  #remains(item: T): boolean {
    if (this.original.size === 0) return false
    const before = this.items.before(item)
    return before !== undefined && !this.#gone.has(item) && this.original.has(before)
  }
}

class ForkedList<T> implements List<T> {
  readonly #added: T[] = []

  constructor(
    private readonly original: List<T>,
    private readonly items: Copying<T>,
  ) {}

  get length(): number {
    return this.original.length + this.#added.length
  }

  at(index: number): T | undefined {
    const { length } = this.original
    if (index >= length) return this.#added[index - length]
    const found = this.original.at(index)
    return found === undefined ? undefined : this.items.of(found)
  }

  push(item: T): void {
    this.#added.push(item)
  }
}

/** Its entries never change, so both sides may hold the same. */
class ForkedQueue<T> implements Like<Queue<T>> {
  #taken = 0
  readonly #added = new Queue<T>()

  constructor(private readonly original: Like<Queue<T>>) {}

  get length(): number {
    return this.#rest + this.#added.length
  }

  push(item: T): void {
    this.#added.push(item)
  }

  peek(index = 0): T | undefined {
    return index < this.#rest ? this.original.peek(this.#taken + index) : this.#added.peek(index - this.#rest)
  }

  take(count: number): T[] {
    const taken: T[] = []
    for (; taken.length < count && this.#rest > 0; this.#taken++) taken.push(this.original.peek(this.#taken) as T) // inside the rest
    return [...taken, ...this.#added.take(count - taken.length)]
  }

  get #rest(): number {
    return this.original.length - this.#taken
  }
}

/** Goes through the entries of the original in order, as far as they are taken, and has a waitlist of its own for who joins. */
class ForkedWaitlist implements Like<Waitlist<Claim>> {
  readonly #entries: Iterator<Claim>
  readonly #added = new Waitlist<Claim>()
  /** The first entry of the original that is still in: undefined before the first look, null when there are no more. */
  #head: Claim | null | undefined

  constructor(
    private readonly original: Like<Waitlist<Claim>>,
    private readonly claims: Copies<Claim>,
  ) {
    this.#entries = original.entries()
  }

  join(claim: Claim): void {
    this.#added.join(claim)
  }

  first(): Claim | undefined {
    const head = this.#first()
    const added = this.#added.first()
    return head && added ? (isBefore(head, added) ? head : added) : (head ?? added)
  }

  take(): Claim | undefined {
    const first = this.first()
    if (first !== undefined && first === this.#head) this.#drop(first)
    else this.#added.take()
    return first
  }

  /** A fork does not live long enough. */
  prune(): void {}

  *entries(): Generator<Claim> {
    const original = this.original.entries()
    const added = this.#added.entries()
    let before = original.next()
    let since = added.next()
    for (;;) {
      if (!before.done && (since.done || !isBefore(since.value, before.value))) {
        const claim = this.claims.of(before.value)
        // Revoked after it was taken here: then it has an entry among the added ones.
        if (since.done || since.value !== claim) yield claim
        before = original.next()
      } else if (!since.done) {
        yield since.value
        since = added.next()
      } else return
    }
  }

  #first(): Claim | undefined {
    for (;;) {
      if (this.#head === undefined) {
        const next = this.#entries.next()
        this.#head = next.done ? null : this.claims.of(next.value)
      }
      if (this.#head === null) return undefined
      if (waits(this.#head)) return this.#head
      this.#drop(this.#head)
    }
  }

  #drop(head: Claim): void {
    head.queued = false
    this.#head = undefined
  }
}

class ForkedGrants implements Like<Grants<Claim>> {
  readonly #added: Claim[] = []

  constructor(
    private readonly original: Like<Grants<Claim>>,
    private readonly claims: Copies<Claim>,
  ) {}

  get length(): number {
    return this.original.length + this.#added.length
  }

  push(claim: Claim): void {
    claim.grant = this.length
    this.#added.push(claim)
  }

  *newest(): Generator<Claim> {
    for (const [claim, index] of this.entries()) if (holds(claim, index)) yield claim
  }

  *entries(): Generator<readonly [Claim, number]> {
    const { length } = this.original
    for (let at = this.#added.length - 1; at >= 0; at--) yield [this.#added[at] as Claim, length + at] // at is inside
    for (const [claim, index] of this.original.entries()) if (holds(claim, index)) yield [this.claims.of(claim), index]
  }

  /** A fork does not live long enough. */
  prune(): void {}
}
