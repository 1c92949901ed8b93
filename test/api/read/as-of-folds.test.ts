import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from "graphql"
import { createContext } from "../../../src/api/graphql/context"
import { buildSchema } from "../../../src/api/graphql/schema"
import type { Services } from "../../../src/api/services"
import type { Viewer } from "../../../src/auth/viewer"
import { EVENT_TYPES } from "../../../src/domain/event-versions"
import type { OrganizationEvent, Profile, Sealed } from "../../../src/domain/events"
import type { OrganizationId, UserId } from "../../../src/domain/ids"
import type { EventStore, NewEvent } from "../../../src/eventstore/event-store"
import { MemoryEventStore } from "../../../src/eventstore/memory"
import { logTrees } from "../../../src/log-trees"
import type { ReadStore } from "../../../src/readstore/read-store"
import { textIdOf } from "../../../src/vault/sealing"
import { eventId, metadata, ofItsOwn, randomHistory, randomNumbers, vault } from "../../readstore/histories"
import { projected } from "../../readstore/read-models"
import { onEither } from "../../support/read-stores"
import { rounds } from "../../support/rounds"
import { sealNow } from "../../support/vault"
import type { Json } from "./ledger"
import { type OfVendor, type Opened, sorted, type View, ViewFold } from "./view-fold"

/**
 * Every view as of any revision equals a plain fold of the log up to there: over random histories of two organizations
 * whose events lie between each other and between those of the vendor that sells to both.
 */

const PERSON = "id displayName userName mail active"
const GROUP = "id displayName memberCount"
const SEAT = `state entitledSince seatedSince waitlistPosition sources { type group { ${GROUP} } since }`
const EVERYTHING = `query ($asOf: AsOf) {
  viewer { organization(asOf: $asOf) { name revision createdAt closedAt } }
  licenses(asOf: $asOf) { totalCount nodes {
    id product { name description vendor { id name } } status plan graceDays onGraceEnd graceExpired registeredAt
    seats { purchased seated waitlisted available overassignedBy graceEndsAt }
    users(first: 100) { totalCount nodes { user { ${PERSON} } ${SEAT} } }
    assignments(first: 100) { totalCount nodes {
      principal { ... on User { ${PERSON} } ... on Group { ${GROUP} } } assignedAt assignedBy reason status waiting } }
  } }
  users(asOf: $asOf) { totalCount nodes { ${PERSON} externalId
    groups { totalCount nodes { id } } licenses { totalCount nodes { license { id } ${SEAT} } } } }
  groups(asOf: $asOf) { totalCount nodes { ${GROUP}
    members { totalCount nodes { ${PERSON} } } assignments { totalCount nodes { license { id } status waiting } } } }
  history(asOf: $asOf, first: 3) { totalCount nodes { revision type } }
  accessReviews(asOf: $asOf, first: 100) { totalCount nodes {
    id revision reviewedRevision root digest seated waitlisted statement signedAt reviewer { id type displayName }
    license { id users { totalCount } } drift(first: 100) { totalCount nodes { user { id displayName } kind before now entry { revision } } } } }
  vendorEvents(asOf: $asOf, first: 100) { totalCount nodes {
    vendorEventId attribute outcome value sequence missingBefore revision recordedAt license { seats { purchased } } } }
}`

interface Organization {
  readonly id: string
  readonly log: readonly Opened[]
  readonly erased: ReadonlySet<string>
  ask(query: string, variables?: Json): Promise<Json>
  /** Of the log up to a revision. */
  fold(revision: number): ViewFold
}
interface World {
  readonly organizations: readonly [Organization, Organization]
  readonly ofVendor: readonly OfVendor[]
  close(): Promise<void>
}

/** In these happens all that can happen, see the last test. */
const SEEDS = onEither({ sqlite: [4, 9, 11, 12], postgres: [4] })
const LOOKED_AT_THROUGHOUT = onEither<number | undefined>({ sqlite: 4, postgres: undefined })
const seen = new Set<string>()

let schema: GraphQLSchema
beforeAll(async () => {
  schema = await buildSchema()
})

describe.each(SEEDS)("random history %i", (seed) => {
  let world: World
  let organization: Organization
  let head: number
  beforeAll(async () => {
    world = await recorded(seed)
    organization = world.organizations[0]
    for (const { log } of world.organizations) for (const event of log) for (const what of happenings(event)) seen.add(what)
    head = organization.log.length
  })
  afterAll(() => world.close())

  test("every view at every revision is the fold of the log up to there", async () => {
    const fold = organization.fold(0)
    // Rows stay for several revisions, so most mistakes show at every third; one history, and the long run, pass none over.
    const every = seed === LOOKED_AT_THROUGHOUT ? 1 : rounds(3, 1)
    const from = seed % every
    for (let revision = 0; revision <= head; revision++) {
      if (revision > 0) fold.apply(organization.log[revision - 1] as Opened)
      if (revision % every !== from && revision !== head) continue
      const view = await organization.ask(EVERYTHING, { asOf: { revision } })
      if (!same(view, fold.view())) expect({ revision, view }).toEqual({ revision, view: fold.view() })
    }
  })

  test("now is the fold of all, with products as they are today", async () => {
    const fold = organization.fold(head)
    fold.at = Number.MAX_SAFE_INTEGER
    expect(await organization.ask(EVERYTHING)).toEqual(fold.view())
  })

  test("the organization beside it is not touched by any of this", async () => {
    const other = world.organizations[1]
    for (let revision = other.log.length; revision >= 0; revision -= 23) {
      expect(await other.ask(EVERYTHING, { asOf: { revision } })).toEqual(other.fold(revision).view())
    }
  })

  test("rule 34: at an instant it is the last revision recorded at or before it, of several that share it the last", async () => {
    const instants = [...new Set(organization.log.map(recordedAt))]
    expect(instants.length).toBeLessThan(organization.log.length)
    const at = instants.flatMap((instant) => [instant - 1, instant, instant + 1])
    expect(await revisionsAt(at.map((instant) => ({ at: iso(instant) })))).toEqual(
      at.map((instant) => organization.log.filter((event) => recordedAt(event) <= instant).length),
    )
    for (const instant of some(instants, 12)) {
      const { revision } = organization.log.findLast((event) => recordedAt(event) === instant) as Opened
      expect(await organization.ask(EVERYTHING, { asOf: { at: iso(instant) } })).toEqual(organization.fold(revision).view())
    }
  })

  test("rule 34: on a date it is the last revision recorded by the end of that day in that time zone", async () => {
    const zones = ["UTC", "Europe/Amsterdam", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"]
    for (const timeZone of zones) {
      const dates = organization.log.map((event) => dayOf(recordedAt(event), timeZone))
      const days = [...new Set(["2025-12-01", ...dates, "2099-12-31", "9999-12-31"])]
      expect(await revisionsAt(days.map((date) => ({ date: { date, timeZone } })))).toEqual(
        days.map((day) => dates.filter((date) => date <= day).length),
      )
      const date = some(dates, 1)[0]
      const revision = dates.filter((other) => other <= (date ?? "")).length
      const [{ vendorEvents: _, ...then }, { vendorEvents: __, ...expected }] = [
        await organization.ask(EVERYTHING, { asOf: { date: { date, timeZone } } }),
        // What the vendor repeats later that day has no revision; and of a day that is not over everything is as it is now.
        revision === head ? await organization.ask(EVERYTHING) : organization.fold(revision).view(),
      ]
      expect(then).toEqual(expected)
    }
  })

  test("what vendors sent by an instant is also what left no trace in the organization", async () => {
    const messages = (await organization.ask("{ vendorEvents(first: 100) { nodes { recordedAt revision } } }")).vendorEvents.nodes as Json[]
    expect(messages.some(({ revision }) => revision === null)).toBe(true)
    for (const { recordedAt: at } of messages) {
      const { vendorEvents } = await organization.ask("query ($asOf: AsOf) { vendorEvents(asOf: $asOf) { totalCount } }", { asOf: { at } })
      expect(vendorEvents.totalCount).toBe(messages.filter((other) => other.recordedAt <= at).length)
    }
  })

  test("the people of a license, in every order and narrowed down in any way, page by page", async () => {
    const random = randomNumbers(seed)
    const groups = organization.log.flatMap((event) => (event.type === "GroupProvisioned" ? [event.data.groupId as string] : []))
    for (const revision of some([...Array(head).keys()], 10)) {
      const fold = organization.fold(revision)
      for (const licenseId of fold.licenses.keys()) {
        for (const filter of some(combinations(groups), 12)) {
          const asked = { revision, licenseId, first: 1 + random(3), ...filter }
          expect({ ...asked, ...(await peopleOf(asked)) }).toEqual({ ...asked, ...counted(fold.people(licenseId, filter)) })
        }
      }
    }
  })

  test("all other lists, page by page", async () => {
    const random = randomNumbers(seed)
    for (const revision of some([...Array(head).keys()], 10)) {
      const fold = organization.fold(revision)
      const [users, groups] = [fold.byName([...fold.users.keys()]), fold.byName([...fold.groups.keys()])]
      const found = (ids: readonly string[], search: string) => ids.filter((id) => fold.isFound(id, search))
      const list = (field: string, ...path: string[]) => pages(field, { revision, first: 1 + random(3) }, path)
      expect(await list("licenses(ARGS)", "licenses")).toEqual(counted(fold.view().licenses.nodes.map(({ id }: View) => id)))
      expect(await list("users(ARGS)", "users")).toEqual(counted(users))
      expect(await list('users(search: "ang", ARGS)', "users")).toEqual(counted(found(users, "ang")))
      expect(await list("groups(ARGS)", "groups")).toEqual(counted(groups))
      expect(await list('groups(search: "group 1", ARGS)', "groups")).toEqual(counted(found(groups, "group 1")))
      for (const [id, { members }] of fold.groups) {
        expect(await list(`group(id: "${id}", asOf: $asOf) { members(PAGE) }`, "group", "members")).toEqual(counted([...members.keys()]))
        const searched = `group(id: "${id}", asOf: $asOf) { members(search: "ang", PAGE) }`
        expect(await list(searched, "group", "members")).toEqual(counted(found([...members.keys()], "ang")))
      }
    }
  })

  test("what is asked for by id or by name", async () => {
    const named = organization.log.flatMap(({ data }) => Object.values(data).filter((value) => typeof value === "string"))
    const ids = [...new Set(named.filter((value) => /^(usr|grp|lic)_/.test(value)))]
    const names = organization.log.flatMap(({ profile }) => (profile ? [profile.userName, profile.externalId] : [])).filter((name) => name)
    const nodes = ids.map((id, n) => `n${n}: node(id: "${id}", asOf: $asOf) { id }`)
    const query = `query ($asOf: AsOf, $names: [String!]) { ${nodes.join(" ")}
      product: node(id: "prd_p", asOf: $asOf) { ... on Product { name } } vendor: node(id: "vnd_v", asOf: $asOf) { id }
      principals(search: "zo", first: 100, asOf: $asOf) { totalCount nodes { ... on Node { id } } }
      usersByIdentity(userNames: $names, externalIds: $names, asOf: $asOf) { id userName externalId } }`
    for (const revision of [0, ...some([...Array(head).keys()], 15), head]) {
      const fold = organization.fold(revision)
      const { principals, usersByIdentity, product, vendor, ...found } = await organization.ask(query, { asOf: { revision }, names })
      const isThere = (id: string) => fold.users.has(id) || fold.groups.has(id) || fold.licenses.has(id)
      expect({ revision, found: Object.values(found) }).toEqual({ revision, found: ids.map((id) => (isThere(id) ? { id } : null)) })
      const isBought = fold.licenses.size > 0
      expect({ revision, product, vendor }).toEqual({
        revision,
        product: isBought && fold.product() ? { name: fold.product()?.name } : null,
        vendor: isBought ? { id: "vnd_v" } : null,
      })
      const searched = [...fold.users.keys()].filter((id) => fold.isFound(id, "zo")).sort()
      expect([principals.totalCount, principals.nodes.map(({ id }: Json) => id).sort()]).toEqual([searched.length, searched])
      const known = [...fold.users.values()].filter(({ id }) => !organization.erased.has(id))
      expect({ revision, known: sorted(usersByIdentity as Json[], ({ id }) => [id]) }).toEqual({
        revision,
        known: sorted(known, ({ id }) => [id]).map(({ id, profile: { userName, externalId = null } }) => ({ id, userName, externalId })),
      })
    }
  })

  test("rule 25: who might use an app then", async () => {
    const people = [...organization.fold(head).licenses.keys()].flatMap((license) =>
      organization.log.flatMap((event) => (event.type === "UserProvisioned" ? [[license, event.data.userId] as const] : [])),
    )
    const rights = people.map(([license, user], n) => `r${n}: usageRight(licenseId: "${license}", userId: "${user}", asOf: $asOf)`)
    const last = organization.log.findLast(({ type }) => type === "LicenseRegistered")?.revision ?? 0
    for (const revision of [last, ...some([...Array(head - last).keys()], 15).map((n) => n + last), head]) {
      const fold = organization.fold(revision)
      const told = await organization.ask(`query ($asOf: AsOf) { ${rights.join(" ")} }`, { asOf: { revision } })
      expect({ revision, told: Object.values(told) }).toEqual({
        revision,
        told: people.map(([license, user]) => fold.right(license, user)),
      })
    }
  })

  async function revisionsAt(moments: readonly Json[]): Promise<number[]> {
    const found: number[] = []
    for (const asOf of moments) {
      const { viewer } = await organization.ask("query ($asOf: AsOf) { viewer { organization(asOf: $asOf) { revision } } }", { asOf })
      found.push(viewer.organization?.revision ?? 0)
    }
    return found
  }

  function peopleOf({ licenseId, order, descending, state, groupId, search, ...page }: Json) {
    const filter = [
      `orderBy: { field: ${order}, descending: ${descending} }`,
      ...(state ? [`state: ${state}`] : []),
      ...(groupId ? [`groupId: "${groupId}"`] : []),
      ...(search ? [`search: "${search}"`] : []),
    ]
    const field = `license(id: "${licenseId}", asOf: $asOf) { users(${filter.join(", ")}, PAGE) }`
    return pages(field, page, ["license", "users"], "user { id }")
  }

  /** All of a list, page by page: who is on it, and how many it says there are. */
  async function pages(field: string, { revision, first }: { revision: number; first: number }, path: readonly string[], node = "id") {
    const list = field.replace("ARGS", "PAGE, asOf: $asOf").replace(/PAGE(.*?)\)/, `first: $first, after: $after$1) { SHAPE }`)
    const shape = `totalCount nodes { ${node} } pageInfo { hasNextPage endCursor }`
    const query = `query ($asOf: AsOf, $first: Int, $after: String) { ${list.replace("SHAPE", shape)} }`
    const ids: string[] = []
    for (let after: string | null = null; ; ) {
      const answer: Json = await organization.ask(query, { asOf: { revision }, first, after })
      const { totalCount, nodes, pageInfo } = path.reduce((value, name) => value[name], answer)
      expect(nodes.length).toBeLessThanOrEqual(first)
      ids.push(...nodes.map((found: Json) => found.id ?? found.user.id))
      if (!pageInfo.hasNextPage) return { totalCount, ids }
      after = pageInfo.endCursor
    }
  }
})

test("everything that changes a view has happened in these histories", () => {
  // Of the one history that is enough elsewhere, less is asked.
  if (SEEDS.length === 1) return expect(seen.size).toBeGreaterThan(10)
  const types = EVENT_TYPES.filter((type) => !/^(Webhook|Product|Vendor(Registered|Event(Repeated|Refused)|Secret))/.test(type))
  expect(types.filter((type) => type !== "InstallLinkVisited" && !seen.has(type))).toEqual([])
  const more = ["TRANSFER", "SUSPENDED", "WARNING", "CANCELLED", "restored", "nested", "STALE", "NO_CHANGE"]
  expect(more.filter((what) => !seen.has(what))).toEqual([])
})
function happenings({ type, data }: Opened): string[] {
  if (type === "SeatsGranted") return [type, data.via]
  if (type === "LicenseStatusChanged") return [type, data.status]
  if (type === "VendorEventIgnored") return [type, data.outcome]
  if (type === "LicenseAssigned" && data.restores !== undefined) return [type, "restored"]
  if (type === "GroupMembersChanged" && data.nestedAdded?.length) return [type, "nested"]
  return [type]
}

function counted(ids: readonly string[]) {
  return { totalCount: ids.length, ids }
}

function combinations(groups: readonly string[]) {
  return ["STATE_THEN_PLACE", "DISPLAY_NAME", "ENTITLED_SINCE"].flatMap((order) =>
    [false, true].flatMap((descending) =>
      [{}, { state: "SEATED" as const }, { state: "WAITLISTED" as const }].flatMap((state) =>
        [{}, ...groups.map((groupId) => ({ groupId }))].flatMap((group) =>
          [{}, { search: "zo" }, { search: "ang" }].map((search) => ({ order, descending, ...state, ...group, ...search })),
        ),
      ),
    ),
  )
}

/** A few of them, the same ones every time. */
function some<T>(list: readonly T[], most: number): T[] {
  const random = randomNumbers(list.length)
  return list.length === 0 ? [] : Array.from({ length: most }, () => list[random(list.length)] as T) // not empty
}

/** Far quicker than `toEqual`, which then tells what differs. Both are put together in the order of the query. */
function same(a: Json, b: Json): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]))
}

function recordedAt({ metadata }: { readonly metadata: { readonly recordedAt: string } }): number {
  return Date.parse(metadata.recordedAt)
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}

function dayOf(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant)
}

async function recorded(seed: number): Promise<World> {
  const store = new MemoryEventStore()
  const random = randomNumbers(seed)
  const logs = [seed, seed + 100].map((n) => dressed(`org_o${n}`, ofItsOwn(closed(n), n), random))
  const [own] = logs
  if (own === undefined) throw new Error("no organization")
  const vendor = vendorLog(own.organizationId, own.events.map(recordedAt), random)
  const streams = [...logs.map(({ organizationId, events }) => ({ stream: `organization-${organizationId}`, events })), vendor]
  const inOrder = sorted(
    streams.flatMap(({ stream, events }) => events.map((event, n) => ({ stream, event, n, at: recordedAt(event as Opened) }))),
    ({ at, n }) => [at, n],
  )
  const positions = new Map<string, number>()
  for (const { stream, event, n } of inOrder) {
    await store.append(stream, n, [event as NewEvent])
    positions.set(`${stream} ${n}`, positions.size + 1)
  }
  const erasing = logs.map(({ organizationId, events }) => async () => {
    for (const { type, data, revision } of events) {
      if (type !== "UserErased") continue
      const { userId, actors = [], texts = [] } = data
      await vault.erase(organizationId, [{ userId, actors, texts }], revision)
    }
  })
  // Whoever is projected before the keys are gone is rewritten, whoever after is never opened: it must look the same.
  if (seed % 2 === 0) for (const erase of erasing) await erase()
  const readStore = await projected(store)
  for (const erase of erasing) await erase()

  const ofVendor = vendor.events.map((event, n) => ({
    ...event,
    revision: n + 1,
    position: positions.get(`${vendor.stream} ${n}`),
  })) as unknown
  const organizations = logs.map(({ organizationId, events, profiles, texts }) => {
    const erasures = events.flatMap((event) => (event.type === "UserErased" ? [event.data] : []))
    const goneTexts = new Set(erasures.flatMap((data) => data.texts ?? []))
    const log = events.map((event, n) => {
      const text = texts.get(event)
      return {
        ...event,
        position: positions.get(`organization-${organizationId} ${n}`) ?? 0,
        profile: profiles.get(event),
        text: text && !goneTexts.has(text.id) ? text.words : undefined,
      }
    })
    const erased = new Set(erasures.map(({ userId }) => userId as string))
    const viewer: Viewer = { subject: "auditor", organizationId, roles: ["AUDITOR"] }
    return {
      ...{ id: organizationId, log, erased },
      ask: asking(store, readStore, viewer),
      fold: (revision: number) =>
        log.slice(0, revision).reduce((fold, event) => fold.apply(event), new ViewFold(organizationId, ofVendor as OfVendor[], erased)),
    }
  })
  return {
    organizations: organizations as unknown as readonly [Organization, Organization],
    ofVendor: ofVendor as OfVendor[],
    close: () => readStore.close(),
  }
}

/** Every other one is closed in the end. */
function closed(seed: number) {
  const scenario = randomHistory(seed, 130, true)
  return seed % 2 === 0 ? scenario.send({ type: "CloseOrganization", organizationId: "org_test" as OrganizationId }) : scenario
}

function asking(eventStore: EventStore, readStore: ReadStore, viewer: Viewer) {
  const documents = new Map<string, DocumentNode>()
  const projecting = { waitFor: async () => "visible" as const }
  const trees = logTrees({ readStore, eventStore, projecting, visibleWithinMs: 0 })
  // What is asked for here takes the log, the read models, the vault and the clock.
  const services = { readStore, vault, trees, now: () => Date.parse("2030-01-01T00:00:00Z"), visibleWithinMs: 0 } as unknown as Services
  return async (query: string, variableValues: Json = {}): Promise<Json> => {
    const document = documents.get(query) ?? parse(query)
    if (!documents.has(query)) expect(validate(schema, document)).toEqual([])
    documents.set(query, document)
    const contextValue = createContext(services, viewer, "trace")
    const { data, errors } = await execute({ schema, document, variableValues, contextValue })
    if (errors) throw new AggregateError(errors, errors.map(({ message, path }) => `${message} (${path?.join(".")})`).join("; "))
    return data
  }
}

/** With names, reasons and people who did it, which the decider has no use for. */
function dressed(organizationId: string, log: readonly OrganizationEvent[], random: (below: number) => number) {
  const profiles = new Map<OrganizationEvent, Partial<Profile>>()
  const texts = new Map<OrganizationEvent, { readonly id: string; readonly words: string }>()
  const people: UserId[] = []
  const events: OrganizationEvent[] = []
  const someone = () => people[random(people.length)]
  for (const [n, event] of log.entries()) {
    const base = {
      ...event,
      id: eventId(organizationId, n),
      metadata: { ...event.metadata, actor: actorOf(event, random(2) ? someone() : undefined) },
    }
    const whom = someone()
    if (event.type === "UserProvisioned" || event.type === "UserProfileChanged") {
      const { userId } = event.data
      const profile = event.type === "UserProvisioned" ? firstProfile(userId) : changedProfile(userId, random)
      const sealed = sealNow(vault, organizationId, (sealer) => sealer.sealProfile(userId, profile))
      const made = { ...base, data: { ...event.data, profile: sealed } } as OrganizationEvent
      profiles.set(made, profile)
      events.push(made)
      if (event.type === "UserProvisioned") people.push(userId)
    } else if (whom && (event.type === "LicenseAssigned" || event.type === "AccessReviewSigned") && random(2)) {
      const words = `Because of ${whom}`
      const text: Sealed = sealNow(vault, organizationId, (sealer) => sealer.sealReason(words))
      const made = {
        ...base,
        data: { ...event.data, [event.type === "LicenseAssigned" ? "reason" : "statement"]: text },
      } as OrganizationEvent
      texts.set(made, { id: textIdOf(text), words })
      events.push(made)
    } else if (event.type === "UserErased") {
      const named = [...texts.values()].filter(({ words }) => words.endsWith(event.data.userId)).map(({ id }) => id)
      events.push({ ...base, data: { ...event.data, texts: named } } as OrganizationEvent)
    } else events.push(base as OrganizationEvent)
  }
  return { organizationId, events, profiles, texts }
}

const OF_VENDORS = ["LicenseRegistered", "VendorSeatsChanged", "LicenseStatusChanged", "LicensePlanChanged", "VendorEventIgnored"]

function actorOf({ type, metadata: { actor } }: OrganizationEvent, person: UserId | undefined) {
  if (OF_VENDORS.includes(type)) return { type: "VENDOR", id: "vnd_v" }
  return person ? { type: "USER", id: person, role: "LICENSE_ADMIN" } : actor
}

function firstProfile(userId: string): Profile {
  const name = userId.slice(4)
  return { userName: `${name}@acme.example`, displayName: `Zoë ${name}`, ...(name < "d" ? { externalId: `ext-${name}` } : {}) }
}

function changedProfile(userId: string, random: (below: number) => number): Partial<Profile> {
  const n = random(100)
  const changes = [
    { displayName: `Ångström ${n}` },
    { mail: `mail${n}@acme.example` },
    { userName: `${userId}.${n}@acme.example`, externalId: null },
  ]
  return changes[random(changes.length)] ?? {}
}

/** Products that are listed late and renamed now and then, often in the very millisecond of something else; repeats and refusals. */
function vendorLog(organizationId: string, instants: readonly number[], random: (below: number) => number) {
  const seed = organizationId.slice("org_".length)
  const product = (name: string) => ({ vendorId: "vnd_v", productId: "prd_p", name, description: `${name} for everybody` })
  const message = (n: number) => ({
    ...{ vendorId: "vnd_v", organizationId, licenseId: `lic_crm${seed}`, vendorEventId: `unwritten-${n}` },
    ...{ attribute: "SEATS", value: "7", sequence: String(random(60)) },
  })
  const then = () => instants[random(instants.length)] ?? 0
  const renamed = [1, 2, 3, 4].map((n) => ({ at: then() + random(2), type: "ProductChanged", data: product(`Lumen ${n}`) }))
  const twice = { ...renamed[0], at: renamed[0]?.at ?? 0, type: "ProductChanged", data: product("Lumen 5") }
  const events = sorted(
    [
      { at: (instants[0] ?? 0) - 86_400_000, type: "VendorRegistered", data: { vendorId: "vnd_v", name: "Lumen" } },
      { at: instants[9] ?? 0, type: "ProductListed", data: product("Lumen Draw") },
      ...renamed.filter(({ at }) => at > (instants[9] ?? 0)),
      ...(twice.at > (instants[9] ?? 0) ? [twice] : []),
      ...[1, 2, 3, 4, 5].map((n) => ({ at: then() + random(2), type: "VendorEventRepeated", data: message(n) })),
      { at: then(), type: "VendorEventRefused", data: { ...message(6), code: "INVALID_INPUT", field: "sequence" } },
      { at: then(), type: "VendorEventRefused", data: { ...message(7), code: "LICENSE_CANCELLED" } },
    ],
    ({ at }) => [at],
  )
  const told = events.map(({ at, type, data }, n) => ({
    type,
    data,
    id: eventId("vendor-vnd_v", n),
    metadata: metadata({ recordedAt: iso(at) }),
  }))
  return { stream: "vendor-vnd_v", events: told }
}
