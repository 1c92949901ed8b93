/**
 * Everything that the API shows of an organization, once more and as plainly as can be: one event after the other, from
 * the log alone, in the shape of the query `EVERYTHING` beside it. Shares nothing with the read models.
 */
import type { ActorType, ClaimRef, OrganizationEvent, PrincipalType, Profile, VendorEvent } from "../../../src/domain/events"

/** An event of the organization, with what was sealed in it as it can be read when the test looks. */
export type Opened = OrganizationEvent & {
  readonly position: number
  /** Undefined: the key is gone. */
  readonly profile?: Partial<Profile> | undefined
  readonly text?: string | undefined
}
export type OfVendor = VendorEvent & { readonly position: number }

/** What is seen of one organization at one moment. */
export interface View {
  // biome-ignore lint/suspicious/noExplicitAny: it is compared as a whole with an answer of the API.
  readonly [field: string]: any
}

type State = "SEATED" | "WAITLISTED"
interface Seat {
  readonly userId: string
  readonly state: State
  readonly key: readonly [revision: number, ordinal: number]
  readonly since: number
}
interface Actor {
  readonly type: ActorType
  readonly id: string
  readonly revision: number
}
interface Assignment {
  readonly principalId: string
  readonly revision: number
  readonly at: number
  readonly actor: Actor
  readonly reason: string | null
}
interface License {
  readonly id: string
  readonly productName: string
  readonly registeredAt: number
  readonly graceDays: number
  readonly onGraceEnd: string
  plan: string | null
  status: string
  purchased: number
  graceEndsAt: number | null
  graceExpired: boolean
  remaining: number
  newClaims: number
  readonly seats: Map<string, Seat>
  readonly assignments: Map<string, Assignment>
  /** By user: the revision of the last change of the seat. */
  readonly changed: Map<string, number>
}
interface User {
  readonly id: string
  active: boolean
  profile: Profile
}
interface Group {
  readonly id: string
  displayName: string
  /** People in the order in which they joined. */
  readonly members: Map<string, { readonly revision: number; readonly ordinal: number; readonly at: number }>
}
interface Review {
  readonly id: string
  readonly licenseId: string
  readonly revision: number
  readonly at: number
  readonly reviewedRevision: number
  readonly root: string
  readonly digest: string
  readonly seated: number
  readonly waitlisted: number
  readonly actor: Actor
  readonly statement: string | null
}
interface Message {
  readonly position: number
  readonly at: number
  readonly revision: number | null
  readonly licenseId: string
  readonly vendorEventId: string
  readonly attribute: string
  readonly outcome: string
  readonly value: string | null
  readonly sequence: string | null
  readonly isPlaced: boolean
}

const ERASED = { displayName: "Erased user", userName: "", mail: null, externalId: null }

export class ViewFold {
  revision = 0
  at = 0
  #closedAt: number | null = null
  #createdAt = 0
  #name = ""
  readonly licenses = new Map<string, License>()
  readonly users = new Map<string, User>()
  readonly groups = new Map<string, Group>()
  readonly #reviews: Review[] = []
  readonly #messages: Message[] = []
  readonly #types: string[] = []
  readonly #recordedAt = new Map<number, number>()
  /** Every name that anybody ever had, oldest first. */
  readonly #names = new Map<string, { readonly revision: number; readonly name: string }[]>()
  /** By revision and license: who was in which state. */
  readonly #seatsAt = new Map<number, ReadonlyMap<string, ReadonlyMap<string, State>>>()
  readonly #peopleAt = new Map<number, ReadonlyMap<string, string>>()

  /** @param erased whoever was erased by the end of the log: gone as of every revision */
  constructor(
    readonly organizationId: string,
    private readonly ofVendor: readonly OfVendor[],
    private readonly erased: ReadonlySet<string>,
  ) {
    this.#keep()
  }

  apply(event: Opened): this {
    this.revision = event.revision
    this.at = Date.parse(event.metadata.recordedAt)
    this.#recordedAt.set(this.revision, this.at)
    this.#types.unshift(event.type)
    this.#take(event)
    this.#keep()
    return this
  }

  #take(event: Opened): void {
    const { revision, at } = this
    switch (event.type) {
      case "OrganizationCreated":
        this.#name = event.data.name
        this.#createdAt = at
        return
      case "OrganizationClosed":
        this.#closedAt = at
        return
      case "LicenseRegistered":
        this.licenses.set(event.data.licenseId, {
          id: event.data.licenseId,
          productName: event.data.productName,
          registeredAt: at,
          graceDays: event.data.graceDays,
          onGraceEnd: event.data.onGraceEnd,
          plan: event.data.plan ?? null,
          status: "ACTIVE",
          purchased: event.data.seats,
          graceEndsAt: null,
          graceExpired: false,
          remaining: 0,
          newClaims: 0,
          seats: new Map(),
          assignments: new Map(),
          changed: new Map(),
        })
        this.#message(event, "REGISTRATION", "APPLIED", String(event.data.seats), "0", false)
        return
      case "VendorSeatsChanged":
        this.#license(event.data.licenseId).purchased = event.data.seats
        this.#message(event, "SEATS", "APPLIED", String(event.data.seats), event.data.sequence)
        return
      case "LicenseStatusChanged":
        this.#license(event.data.licenseId).status = event.data.status
        if (event.data.status === "CANCELLED") this.#license(event.data.licenseId).assignments.clear()
        this.#message(event, "STATUS", "APPLIED", event.data.status, event.data.sequence)
        return
      case "LicensePlanChanged":
        this.#license(event.data.licenseId).plan = event.data.plan
        this.#message(event, "PLAN", "APPLIED", event.data.plan, event.data.sequence)
        return
      case "VendorEventIgnored": {
        const { attribute, outcome, seats, status, plan, sequence } = event.data
        this.#message(event, attribute, outcome, seats === undefined ? (status ?? plan ?? null) : String(seats), sequence)
        return
      }
      case "LicenseAssigned":
        this.#license(event.data.licenseId).assignments.set(event.data.principal.id, {
          principalId: event.data.principal.id,
          revision,
          at,
          actor: { ...event.metadata.actor, revision },
          reason: event.text ?? null,
        })
        return
      case "LicenseUnassigned":
        this.#license(event.data.licenseId).assignments.delete(event.data.principal.id)
        return
      case "SeatsGranted":
        this.#claims(event.data.licenseId, event.data.claims, "SEATED")
        return
      case "SeatsWaitlisted":
      case "SeatsRevoked":
        this.#claims(event.data.licenseId, event.data.claims, "WAITLISTED")
        return
      case "SeatsReleased":
        for (const { userId } of event.data.claims) {
          this.#license(event.data.licenseId).seats.delete(userId)
          this.#license(event.data.licenseId).changed.set(userId, revision)
        }
        return
      case "SettlementProgressed":
        this.#license(event.data.licenseId).remaining = event.data.remaining
        this.#license(event.data.licenseId).newClaims = event.data.newClaims
        return
      case "OverassignmentStarted":
        this.#license(event.data.licenseId).graceEndsAt = Date.parse(event.data.graceEndsAt)
        this.#license(event.data.licenseId).graceExpired = false
        return
      case "OverassignmentEnded":
        this.#license(event.data.licenseId).graceEndsAt = null
        this.#license(event.data.licenseId).graceExpired = false
        return
      case "GraceExpired":
        this.#license(event.data.licenseId).graceExpired = true
        return
      case "AccessReviewSigned": {
        const { reviewId, licenseId, reviewedRevision, root, people } = event.data
        const actor = { ...event.metadata.actor, revision }
        this.#reviews.unshift({
          ...{ id: reviewId, licenseId, revision, at, reviewedRevision, root, actor },
          ...{ digest: people.digest, seated: people.seated, waitlisted: people.waitlisted, statement: event.text ?? null },
        })
        return
      }
      case "UserProvisioned": {
        const profile = { mail: null, externalId: null, userName: "", displayName: "", ...event.profile }
        this.users.set(event.data.userId, { id: event.data.userId, active: event.data.active, profile: this.#readable(event, profile) })
        this.#called(event.data.userId)
        return
      }
      case "UserProfileChanged": {
        const user = this.users.get(event.data.userId) as User
        user.profile = this.#readable(event, { ...user.profile, ...event.profile })
        this.#called(event.data.userId)
        return
      }
      case "UserDeactivated":
      case "UserReactivated":
        ;(this.users.get(event.data.userId) as User).active = event.type === "UserReactivated"
        return
      case "UserDeleted":
        this.users.delete(event.data.userId)
        for (const group of this.groups.values()) group.members.delete(event.data.userId)
        for (const license of this.licenses.values()) license.assignments.delete(event.data.userId)
        return
      case "GroupProvisioned":
        this.groups.set(event.data.groupId, { id: event.data.groupId, displayName: event.data.displayName, members: new Map() })
        this.#called(event.data.groupId)
        return
      case "GroupRenamed":
        ;(this.groups.get(event.data.groupId) as Group).displayName = event.data.displayName
        this.#called(event.data.groupId)
        return
      case "GroupMembersChanged": {
        const { members } = this.groups.get(event.data.groupId) as Group
        for (const id of event.data.removed) members.delete(id)
        for (const [ordinal, id] of event.data.added.entries()) members.set(id, { revision, ordinal, at })
        return
      }
      case "GroupDeleted":
        this.groups.delete(event.data.groupId)
        for (const license of this.licenses.values()) license.assignments.delete(event.data.groupId)
        return
      default: // nothing of it is shown but the event itself
    }
  }

  /** The answer to `EVERYTHING` at this moment. */
  view(): View {
    const licenses = sorted([...this.licenses.values()], ({ productName, id }) => [productName, id])
    const users = this.byName([...this.users.keys()])
    const groups = this.byName([...this.groups.keys()])
    return {
      viewer: {
        organization:
          this.revision === 0
            ? null
            : { name: this.#name, revision: this.revision, createdAt: iso(this.#createdAt), closedAt: iso(this.#closedAt) },
      },
      licenses: listed(licenses.map((license) => this.#licenseView(license))),
      users: listed(
        users.map((id) => ({
          ...this.#person(id),
          externalId: this.users.get(id)?.profile.externalId ?? null,
          groups: listed(
            this.byName([...this.groups.values()].filter(({ members }) => members.has(id)).map((group) => group.id)).map(idOf),
          ),
          licenses: listed(
            sorted(
              licenses.filter(({ seats }) => seats.has(id)),
              (license) => [license.id],
            ).map((license) => ({ license: { id: license.id }, ...this.#seatView(license, license.seats.get(id) as Seat) })),
          ),
        })),
      ),
      groups: listed(
        groups.map((id) => ({
          ...this.#group(id),
          members: listed([...(this.groups.get(id) as Group).members.keys()].map((userId) => this.#person(userId))),
          assignments: listed(
            sorted(
              licenses.filter(({ assignments }) => assignments.has(id)),
              (license) => [license.assignments.get(id)?.revision ?? 0],
            ).map((license) => ({ license: { id: license.id }, ...this.#progress(license, id) })),
          ),
        })),
      ),
      history: {
        totalCount: this.revision,
        nodes: this.#types.slice(0, 3).map((type, n) => ({ revision: this.revision - n, type })),
      },
      accessReviews: listed(this.#reviews.map((review) => this.#reviewView(review))),
      vendorEvents: listed(this.#messageViews()),
    }
  }

  /** Rule 25. */
  right(licenseId: string, userId: string): string | null {
    const license = this.licenses.get(licenseId)
    if (!license) return null
    return license.seats.get(userId)?.state === "SEATED" && license.status !== "CANCELLED" ? license.status : "INACTIVE"
  }

  /** The people of a license in an order, narrowed down. */
  people(
    licenseId: string,
    { order, descending, state, groupId, search }: { order: string; descending: boolean; state?: State; groupId?: string; search?: string },
  ): string[] {
    const license = this.#license(licenseId)
    const entitled = (id: string) => license.assignments.has(groupId ?? "") && this.groups.get(groupId ?? "")?.members.has(id)
    const seats = [...license.seats.values()].filter(
      (seat) =>
        (!state || seat.state === state) &&
        (!groupId || entitled(seat.userId)) &&
        (!search || (this.users.has(seat.userId) && this.isFound(seat.userId, search))),
    )
    const place = ({ userId, state: s, key }: Seat): readonly (string | number)[] => {
      if (order === "DISPLAY_NAME") return [this.users.has(userId) ? folded(this.#person(userId).displayName) : "", userId]
      if (order === "ENTITLED_SINCE") return [...key, userId]
      return s === "SEATED" ? [0, userId] : [1, ...key]
    }
    const inOrder = sorted(seats, place).map(({ userId }) => userId)
    return descending ? inOrder.reverse() : inOrder
  }

  /** People and groups by name, then by id. */
  byName(ids: readonly string[]): string[] {
    return sorted(ids, (id) => [folded(this.#nameNow(id)), id])
  }

  isFound(id: string, search: string): boolean {
    const user = this.users.get(id)
    if (this.erased.has(id)) return false
    const texts = user
      ? [user.profile.displayName, user.profile.userName, user.profile.mail ?? ""]
      : [this.groups.get(id)?.displayName ?? ""]
    const own = texts.flatMap((text) => folded(text).split(/[^a-z0-9]+/))
    return folded(search)
      .split(" ")
      .every((beginning) => own.some((word) => word.startsWith(beginning)))
  }

  /** As the vendor described it last, by then. */
  product(): { readonly name: string; readonly description: string | null } | undefined {
    const described = this.ofVendor.filter(({ type }) => type === "ProductListed" || type === "ProductChanged")
    const last = described.filter(({ metadata }) => Date.parse(metadata.recordedAt) <= this.at).at(-1)
    const data = last?.data as { readonly name: string; readonly description?: string } | undefined // of one of these two types
    return data && { name: data.name, description: data.description ?? null }
  }

  #licenseView(license: License): View {
    const { id, status, plan, purchased, registeredAt, graceDays, onGraceEnd, graceExpired, graceEndsAt, newClaims } = license
    const seats = [...license.seats.values()]
    const [seated, waitlisted] = [count(seats, "SEATED"), count(seats, "WAITLISTED")]
    const promised = status === "ACTIVE" || status === "WARNING" ? waitlisted + newClaims : 0
    const product = this.product() ?? { name: license.productName, description: null }
    return {
      id,
      product: { ...product, vendor: { id: "vnd_v", name: "Lumen" } },
      ...{ status, plan, graceDays, onGraceEnd, graceExpired, registeredAt: iso(registeredAt) },
      seats: {
        ...{ purchased, seated, waitlisted },
        available: Math.max(0, purchased - seated - promised),
        overassignedBy: Math.max(0, seated - purchased),
        graceEndsAt: iso(graceEndsAt),
      },
      users: listed(
        this.people(id, { order: "STATE_THEN_PLACE", descending: false }).map((userId) => ({
          user: this.#person(userId),
          ...this.#seatView(license, license.seats.get(userId) as Seat),
        })),
      ),
      assignments: listed(
        sorted([...license.assignments.values()], ({ revision, principalId }) => [revision, principalId]).map((assignment) => ({
          principal: typeOf(assignment.principalId) === "USER" ? this.#person(assignment.principalId) : this.#group(assignment.principalId),
          assignedAt: iso(assignment.at),
          assignedBy: this.#actorName(assignment.actor) ?? assignment.actor.id,
          reason: assignment.reason,
          ...this.#progress(license, assignment.principalId),
        })),
      ),
    }
  }

  #seatView(license: License, { userId, state, key, since }: Seat): View {
    const before = [...license.seats.values()].filter((other) => other.state === "WAITLISTED" && !isLess(key, other.key))
    const direct = license.assignments.get(userId)
    const groups = [...this.groups.values()].flatMap(({ id, members }) => {
      const [assigned, joined] = [license.assignments.get(id), members.get(userId)]
      if (!assigned || !joined) return []
      const later = joined.revision > assigned.revision ? joined : assigned
      return [{ revision: later.revision, shown: { type: "GROUP", group: this.#group(id), since: iso(later.at) } }]
    })
    const own = direct ? [{ revision: direct.revision, shown: { type: "DIRECT", group: null, since: iso(direct.at) } }] : []
    return {
      state,
      entitledSince: iso(this.#recordedAt.get(key[0]) ?? 0),
      seatedSince: state === "SEATED" ? iso(since) : null,
      waitlistPosition: state === "WAITLISTED" ? before.length : null,
      sources: sorted([...own, ...groups], ({ revision }) => [revision]).map(({ shown }) => shown),
    }
  }

  /** Rule 4; and rule 39 while somebody of it is neither seated nor waiting. */
  #progress(license: License, principalId: string): View {
    const people = typeOf(principalId) === "USER" ? [principalId] : [...(this.groups.get(principalId)?.members.keys() ?? [])]
    const waiting = people.filter((id) => license.seats.get(id)?.state === "WAITLISTED").length
    const unfinished = license.remaining > 0 && people.some((id) => this.users.get(id)?.active && !license.seats.has(id))
    return { status: unfinished ? "IN_PROGRESS" : waiting > 0 ? "SEATS_SHORT" : "ALL_SEATED", waiting }
  }

  #reviewView({ id, licenseId, revision, at, reviewedRevision, root, digest, seated, waitlisted, actor, statement }: Review): View {
    const reviewed = this.#seatsAt.get(reviewedRevision)?.get(licenseId)
    const now = this.#seatsAt.get(this.revision)?.get(licenseId)
    const people = sorted([...new Set([...(reviewed?.keys() ?? []), ...(now?.keys() ?? [])])], (userId) => [userId])
    const drift = people.flatMap((userId) => {
      const [before, since] = [reviewed?.get(userId) ?? null, now?.get(userId) ?? null]
      if (before === since) return []
      const kind = before === null ? "GAINED" : since === null ? "LOST" : "CHANGED"
      const displayName = this.#peopleAt.get(this.revision)?.get(userId) ?? this.#peopleAt.get(reviewedRevision)?.get(userId) ?? userId
      const entry = { revision: this.#license(licenseId).changed.get(userId) }
      return [{ user: { id: userId, displayName }, kind, before, now: since, entry }]
    })
    const reviewer = { id: actor.id, type: actor.type, displayName: this.#actorName(actor) ?? null }
    return {
      ...{ id, revision, reviewedRevision, root, digest, seated, waitlisted, statement, reviewer, signedAt: iso(at) },
      license: { id: licenseId, users: { totalCount: reviewed?.size ?? 0 } },
      drift: listed(drift),
    }
  }

  #messageViews(): View[] {
    const known = [...this.#messages, ...this.#unwritten()].sort((a, b) => b.position - a.position)
    return known.map(({ licenseId, vendorEventId, attribute, outcome, value, sequence, isPlaced, revision, at }) => {
      const earlier = known
        .filter((other) => other.isPlaced && other.licenseId === licenseId && other.attribute === attribute)
        .map((other) => BigInt(other.sequence ?? 0))
        .filter((other) => other < BigInt(sequence ?? 0))
      const before = earlier.reduce((most, other) => (other > most ? other : most), 0n)
      const missing = BigInt(sequence ?? 0) - before - 1n
      const missingBefore = !isPlaced ? null : missing > 0n ? String(missing) : "0"
      const license = { seats: { purchased: this.licenses.get(licenseId)?.purchased } }
      return {
        ...{ vendorEventId, attribute, outcome, value, sequence, missingBefore, revision, recordedAt: iso(at) },
        license: this.licenses.has(licenseId) ? license : null,
      }
    })
  }

  /** What the vendor's own stream says of this organization, recorded by now. */
  #unwritten(): Message[] {
    return this.ofVendor.flatMap((event) => {
      if (event.type !== "VendorEventRepeated" && event.type !== "VendorEventRefused") return []
      const { organizationId, licenseId, vendorEventId, attribute, value = null, sequence = null } = event.data
      const at = Date.parse(event.metadata.recordedAt)
      if (organizationId !== this.organizationId || licenseId === undefined || at > this.at || this.revision === 0) return []
      const isPlaced = sequence !== null && attribute !== "REGISTRATION" && !("field" in event.data && event.data.field === "sequence")
      const outcome = event.type === "VendorEventRepeated" ? "REPEATED" : "REFUSED"
      return [{ position: event.position, at, revision: null, licenseId, vendorEventId, attribute, outcome, value, sequence, isPlaced }]
    })
  }

  #message(
    event: Opened & { readonly data: { readonly licenseId: string; readonly vendorEventId: string } },
    attribute: string,
    outcome: string,
    value: string | null,
    sequence: string,
    isPlaced = true,
  ): void {
    const { licenseId, vendorEventId } = event.data
    const { position, revision } = event
    this.#messages.push({ position, at: this.at, revision, licenseId, vendorEventId, attribute, outcome, value, sequence, isPlaced })
  }

  #claims(licenseId: string, claims: readonly ClaimRef[], state: State): void {
    for (const { userId, opened } of claims) {
      this.#license(licenseId).seats.set(userId, { userId, state, key: [opened.revision, opened.ordinal], since: this.at })
      this.#license(licenseId).changed.set(userId, this.revision)
    }
  }

  #license(id: string): License {
    const license = this.licenses.get(id)
    if (!license) throw new Error(`no license ${id} at revision ${this.revision}`)
    return license
  }

  /** Whoever is not in the directory has no name: for the moment between the end of a person and that of the seat. */
  #person(id: string): { id: string; displayName: string; userName: string; mail: string | null; active: boolean } {
    const user = this.users.get(id)
    if (!user) return { id, displayName: id, userName: id, mail: null, active: false }
    const { displayName, userName, mail = null } = user.profile
    return { id, displayName, userName: userName || id, mail, active: user.active }
  }

  #group(id: string): { id: string; displayName: string; memberCount: number } {
    const group = this.groups.get(id) as Group
    return { id, displayName: group.displayName, memberCount: group.members.size }
  }

  #readable(event: Opened, profile: Profile): Profile {
    const { userId } = event.data as { readonly userId: string } // of an event about a person
    return this.erased.has(userId) ? ERASED : profile
  }

  #called(id: string): void {
    this.#names.set(id, [...(this.#names.get(id) ?? []), { revision: this.revision, name: this.#nameNow(id) }])
  }

  #nameNow(id: string): string {
    return this.users.get(id)?.profile.displayName ?? this.groups.get(id)?.displayName ?? id
  }

  #actorName({ type, id, revision }: Actor): string | undefined {
    if (type === "SYSTEM") return "System"
    if (type === "VENDOR") return "Lumen"
    return this.#names
      .get(id)
      ?.filter((named) => named.revision <= revision)
      .at(-1)?.name
  }

  #keep(): void {
    const seats = new Map(
      [...this.licenses].map(([id, license]) => [id, new Map([...license.seats].map(([user, { state }]) => [user, state]))]),
    )
    this.#seatsAt.set(this.revision, seats)
    this.#peopleAt.set(this.revision, new Map([...this.users.keys()].map((id) => [id, this.#person(id).displayName])))
  }
}

function listed(nodes: readonly View[]): View {
  return { totalCount: nodes.length, nodes }
}

function idOf(id: string): View {
  return { id }
}

function count(seats: readonly Seat[], state: State): number {
  return seats.filter((seat) => seat.state === state).length
}

function iso(instant: number): string
function iso(instant: number | null): string | null
function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

function typeOf(principalId: string): PrincipalType {
  return principalId.startsWith("usr_") ? "USER" : "GROUP"
}

/** As people are sorted and searched: without case and accents. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
}

export function sorted<T>(list: readonly T[], keyOf: (item: T) => readonly (string | number)[]): T[] {
  return [...list].sort((a, b) => (isLess(keyOf(a), keyOf(b)) ? -1 : isLess(keyOf(b), keyOf(a)) ? 1 : 0))
}

function isLess(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  const at = a.findIndex((value, n) => value !== b[n])
  return at >= 0 && (a[at] as string | number) < (b[at] ?? 0)
}
