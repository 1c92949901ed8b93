/**
 * Random commands against three nodes while nodes are killed and connections cut, and then what must be true of the log and
 * of every node.
 */
import { randomBytes } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { isKeyed } from "../../src/commands/command-id"
import { type OrganizationState, organizationDecider } from "../../src/commands/decider"
import type { OrganizationEvent } from "../../src/domain/events"
import type { EventStore } from "../../src/eventstore/event-store"
import { type Client, clientFor, type NodeProcess } from "./three-nodes"

export interface Trouble {
  /** What goes wrong next; the answer names it. */
  next(): Promise<string>
}

interface Place {
  readonly organizationId: string
  readonly admin: Client
  readonly vendor: Client
  readonly licenses: readonly string[]
  readonly groups: readonly string[]
  readonly users: readonly string[]
}

/** A command that was answered. */
interface Done {
  readonly place: Place
  readonly traceId: string
  readonly what: Command["what"]
  readonly variables: Readonly<Record<string, unknown>>
  readonly revision: number
  readonly refusal: string | undefined
  readonly inVain: number
}

interface Command {
  readonly what: "assign" | "unassign" | "join" | "leave" | "seats" | "create"
  readonly by: "admin" | "vendor"
  readonly mutation: string
  readonly input: Readonly<Record<string, unknown>>
}

export interface Report {
  readonly commands: number
  /** Attempts that came to nothing, and were made again on whichever node. */
  readonly inVain: number
  readonly refused: number
  readonly events: number
  readonly trouble: readonly string[]
}

const WORKERS = 6
const USERS = 10

export interface ChaosOptions {
  readonly nodes: readonly NodeProcess[]
  readonly folder: string
  readonly trouble: Trouble
  /** True when enough was done, by the number of answered commands and of things that went wrong. */
  readonly enough: (commands: number, troubles: number) => boolean
  /** At least so long between two things that go wrong. */
  readonly pauseMs: number
}

/** Two organizations; ends with all nodes up. @throws when a command is never answered */
export async function chaos({
  nodes,
  folder,
  trouble,
  enough,
  pauseMs,
}: ChaosOptions): Promise<{ readonly done: readonly Done[]; readonly places: readonly Place[]; readonly report: () => Report }> {
  const places = [await found(nodes, folder, 1), await found(nodes, folder, 2)]
  const done: Done[] = []
  const troubles: string[] = []
  let sequence = 0
  const isEnough = () => enough(done.length, troubles.length)
  const work = async (n: number) => {
    while (!isEnough()) {
      const place = places[n % places.length] as Place
      done.push(
        await carryOut(
          place,
          randomCommand(place, () => ++sequence),
        ),
      )
    }
  }
  const makeTrouble = async () => {
    while (!isEnough()) {
      await pause(pauseMs)
      if (!isEnough()) troubles.push(await trouble.next())
    }
  }
  await Promise.all([makeTrouble(), ...Array.from({ length: WORKERS }, (_, n) => work(n))])
  return {
    done,
    places,
    report: () => ({
      commands: done.length,
      inVain: done.reduce((sum, { inVain }) => sum + inVain, 0),
      refused: done.filter(({ refusal }) => refusal !== undefined).length,
      events: 0,
      trouble: troubles,
    }),
  }
}

async function found(nodes: readonly NodeProcess[], folder: string, n: number): Promise<Place> {
  const operator = await clientFor(nodes, folder, "OPERATOR")
  const { data } = await operator.send(
    `mutation ($name: String!, $key: String!) {
      createOrganization(input: { name: $name, idempotencyKey: $key }) { organization { id } }
      registerVendor(input: { name: $name, idempotencyKey: $key }) { vendor { id } }
    }`,
    { name: `Company ${n}`, key: `found-${n}` },
  )
  const [organizationId, vendorId] = [data.createOrganization.organization.id, data.registerVendor.vendor.id]
  const vendor = await clientFor(nodes, folder, "VENDOR", { vendorId })
  const admin = await clientFor(nodes, folder, "GLOBAL_ADMIN", { organizationId })
  const listed = await vendor.send(`mutation { listProduct(input: { name: "App", idempotencyKey: "app" }) { product { id } } }`, {})
  const licenses: string[] = []
  for (const [i, seats] of [3, 6].entries()) {
    const input = { productId: listed.data.listProduct.product.id, organizationId, seats, vendorEventId: `register-${i}` }
    const registered = await vendor.send("mutation ($input: RegisterLicenseInput!) { registerLicense(input: $input) { license { id } } }", {
      input,
    })
    licenses.push(registered.data.registerLicense.license.id)
  }
  const users: string[] = []
  for (let i = 0; i < USERS; i++) {
    const input = { userName: `u${i}@example.com`, displayName: `U${i}`, idempotencyKey: `user-${i}` }
    const created = await admin.send("mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }", { input })
    users.push(created.data.createUser.user.id)
  }
  const groups: string[] = []
  for (const [i, licenseId] of licenses.entries()) {
    const input = { displayName: `G${i}`, memberIds: users.slice(i, i + 3), idempotencyKey: `group-${i}` }
    const created = await admin.send("mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } } }", { input })
    const groupId: string = created.data.createGroup.group.id
    groups.push(groupId)
    const assigned = { licenseId, principalIds: [groupId], onShortage: "WAITLIST", idempotencyKey: `assign-${i}` }
    await admin.send("mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { revision } }", { input: assigned })
  }
  return { organizationId, admin, vendor, licenses, groups, users }
}

function randomCommand({ licenses, groups, users }: Place, nextSequence: () => number): Command {
  const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T // none is empty
  const what = one(["assign", "assign", "assign", "unassign", "unassign", "join", "leave", "seats", "create"] as const)
  const idempotencyKey = randomBytes(8).toString("hex")
  const license = { licenseId: one(licenses), principalIds: [one(users)], idempotencyKey }
  const group = { groupId: one(groups), idempotencyKey }
  switch (what) {
    case "assign":
      return { what, by: "admin", mutation: "assignLicenses", input: { ...license, onShortage: one(["REJECT", "WAITLIST"]) } }
    case "unassign":
      return { what, by: "admin", mutation: "unassignLicenses", input: license }
    case "join":
      return { what, by: "admin", mutation: "changeGroupMembers", input: { ...group, add: [one(users)] } }
    case "leave":
      return { what, by: "admin", mutation: "changeGroupMembers", input: { ...group, remove: [one(users)] } }
    case "seats": {
      const sequence = nextSequence()
      const input = { licenseId: one(licenses), seats: Math.floor(Math.random() * 9), sequence, vendorEventId: `seats-${sequence}` }
      return { what, by: "vendor", mutation: "changeVendorSeats", input }
    }
    case "create":
      return {
        what,
        by: "admin",
        mutation: "createUser",
        input: { userName: `${idempotencyKey}@example.com`, displayName: "New", idempotencyKey },
      }
    default:
      return what satisfies never
  }
}

async function carryOut(place: Place, { what, by, mutation, input }: Command): Promise<Done> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const traceId = randomBytes(16).toString("hex")
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { revision refusal { code } } }`
  const { data, inVain } = await place[by].send(query, { input }, traceId)
  const { revision, refusal } = data[mutation]
  return { place, traceId, what, variables: input, revision, refusal: refusal?.code, inVain }
}

/** What assignments and memberships there are, event by event. */
class Plain {
  readonly #pairs = new Set<string>()
  has(one: unknown, other: unknown): boolean {
    return this.#pairs.has(`${one} ${other}`)
  }
  take({ type, data }: OrganizationEvent): void {
    if (type === "LicenseAssigned") this.#pairs.add(`${data.licenseId} ${data.principal.id}`)
    if (type === "LicenseUnassigned") this.#pairs.delete(`${data.licenseId} ${data.principal.id}`)
    if (type !== "GroupMembersChanged") return
    for (const id of data.added) this.#pairs.add(`${data.groupId} ${id}`)
    for (const id of data.removed) this.#pairs.delete(`${data.groupId} ${id}`)
  }
}

/** The events that a command writes first, one of them each. */
const FIRST: Readonly<Record<Done["what"], readonly OrganizationEvent["type"][]>> = {
  assign: ["LicenseAssigned"],
  unassign: ["LicenseUnassigned"],
  join: ["GroupMembersChanged"],
  leave: ["GroupMembersChanged"],
  seats: ["VendorSeatsChanged", "VendorEventIgnored"],
  create: ["UserProvisioned"],
}

/** @throws (by expectations) unless every answer is true of the log, and no seat was ever granted that was not there; answers the state at the end */
export async function checkLog(
  store: EventStore,
  { organizationId }: Place,
  done: readonly Done[],
): Promise<{ readonly state: OrganizationState; readonly events: number }> {
  const events: OrganizationEvent[] = []
  // Only the command layer writes to the log.
  for await (const page of store.read(`organization-${organizationId}`, 0)) events.push(...(page as unknown as OrganizationEvent[]))
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, n) => n + 1))
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)

  const byTrace = new Map<string, OrganizationEvent[]>()
  for (const event of events) {
    const { correlationId, commandId } = event.metadata
    if (isKeyed(commandId)) byTrace.set(correlationId, [...(byTrace.get(correlationId) ?? []), event])
  }
  const unwritten: Done[] = []
  for (const command of done) {
    const written = byTrace.get(command.traceId) ?? []
    const first = written.filter(({ type }) => FIRST[command.what].includes(type))
    const told = { command, written: written.map(({ type, revision }) => `${revision} ${type}`) }
    // None applied twice, under one command only, and what was answered is what is recorded.
    expect({ ...told, first: first.length }).toEqual({ ...told, first: written.length > 0 ? 1 : 0 })
    expect(new Set(written.map(({ metadata }) => metadata.commandId)).size).toBeLessThanOrEqual(1)
    if (written.length === 0) unwritten.push(command)
    else if (command.refusal === undefined && command.revision !== written.at(-1)?.revision) {
      // Answered as a no-op by one node, while the append of another that had died was still on its way.
      expect({ ...told, inVain: command.inVain > 0 }).toEqual({ ...told, inVain: true })
    } else if (command.refusal !== undefined) expect({ ...told, inVain: command.inVain > 0 }).toEqual({ ...told, inVain: true })
  }

  // None lost: what wrote nothing was refused, or had nothing to do at the revision that it was decided on.
  const plain = new Plain()
  const waiting = unwritten.filter(({ refusal }) => refusal === undefined).sort((a, b) => a.revision - b.revision)
  for (const event of [undefined, ...events]) {
    if (event) plain.take(event)
    for (; (waiting[0]?.revision ?? Number.POSITIVE_INFINITY) <= (event?.revision ?? 0); waiting.shift()) {
      const { what, variables } = waiting[0] as Done
      const { licenseId, groupId, principalIds = [], add = [], remove = [] } = variables as Record<string, string[]>
      const had = plain.has(licenseId ?? groupId, [...principalIds, ...add, ...remove][0])
      expect({ what, variables, had }).toEqual({ what, variables, had: what === "assign" || what === "join" })
      expect(["assign", "unassign", "join", "leave"]).toContain(what)
    }
  }
  expect(waiting).toEqual([])

  // I1: a seat is granted only while fewer are taken than there are.
  const [capacity, seated] = [new Map<string, number>(), new Map<string, number>()]
  for (const { type, data, revision } of events) {
    if (type === "LicenseRegistered" || type === "VendorSeatsChanged") capacity.set(data.licenseId, data.seats)
    if (type === "SeatsGranted") {
      const now = (seated.get(data.licenseId) ?? 0) + data.claims.length
      seated.set(data.licenseId, now)
      expect({ revision, isTooMany: now > (capacity.get(data.licenseId) ?? 0) }).toEqual({ revision, isTooMany: false })
    }
    if (type === "SeatsReleased" || type === "SeatsRevoked") {
      const released = data.claims.filter((claim) => !("wasSeated" in claim) || claim.wasSeated).length
      seated.set(data.licenseId, (seated.get(data.licenseId) ?? 0) - released)
    }
  }

  const state = organizationDecider.start()
  for (const event of events) organizationDecider.evolve(state, event)
  expect(organizationDecider.isUnsettled(state)).toBe(false)
  return { state, events: events.length }
}

/** What a node shows is what the log says. */
export async function checkNode(node: NodeProcess, place: Place, state: OrganizationState): Promise<void> {
  const { url } = node
  if (url === undefined) throw new Error(`${node.name} is down`)
  const query = `query ($id: ID!) { license(id: $id) {
    seats { purchased seated waitlisted }
    users(first: 100) { nodes { user { id } state waitlistPosition } }
  } }`
  for (const license of state.licenses.values()) {
    const claims = [...license.claims.values()].sort((a, b) => a.revision - b.revision || a.ordinal - b.ordinal)
    const waiting = claims.filter((claim) => claim.state !== "SEATED")
    const expected = {
      seats: { purchased: license.capacity, seated: license.seated, waitlisted: license.waiting },
      users: claims
        .map((claim) => ({
          user: { id: claim.user.id },
          state: claim.state === "SEATED" ? "SEATED" : "WAITLISTED",
          waitlistPosition: claim.state === "SEATED" ? null : waiting.indexOf(claim) + 1,
        }))
        .sort((a, b) => (a.user.id < b.user.id ? -1 : 1)),
    }
    const { data } = await place.admin.ask(url, query, { id: license.id })
    const shown = data.license && {
      seats: data.license.seats,
      users: [...data.license.users.nodes].sort((a: { user: { id: string } }, b: { user: { id: string } }) =>
        a.user.id < b.user.id ? -1 : 1,
      ),
    }
    expect({ node: node.name, shown }).toEqual({ node: node.name, shown: expected })
  }
}
