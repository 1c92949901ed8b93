/** What must be true of the log and of every node in the end. */
import { isKeyed } from "../../src/commands/command-id"
import { type OrganizationState, organizationDecider } from "../../src/commands/decider"
import type { OrganizationEvent } from "../../src/domain/events"
import type { EventStore } from "../../src/eventstore/event-store"
import type { Done } from "./chaos"
import type { Place } from "./places"
import type { Client, NodeProcess } from "./three-nodes"

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

export async function eventsOf(store: EventStore, { organizationId }: Place): Promise<readonly OrganizationEvent[]> {
  const events: OrganizationEvent[] = []
  // Only the command layer writes to the log.
  for await (const page of store.read(`organization-${organizationId}`, 0)) events.push(...(page as unknown as OrganizationEvent[]))
  return events
}

export function stateAfter(events: readonly OrganizationEvent[]): OrganizationState {
  const state = organizationDecider.start()
  for (const event of events) organizationDecider.evolve(state, event)
  return state
}

/** @throws (by expectations) unless every answer is true of the log, and no seat was ever granted that was not there */
export function checkLog(events: readonly OrganizationEvent[], done: readonly Done[]): void {
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
}

/** What a node shows is what the log says. */
export async function checkNode(node: NodeProcess, { admin }: Place, state: OrganizationState): Promise<void> {
  for (const license of state.licenses.values()) {
    const claims = [...license.claims.values()].sort((a, b) => a.revision - b.revision || a.ordinal - b.ordinal)
    let waiting = 0
    const users = claims.map(({ user, state }) => {
      const isSeated = state === "SEATED"
      return { user: { id: user.id }, state: isSeated ? "SEATED" : "WAITLISTED", waitlistPosition: isSeated ? null : ++waiting }
    })
    const seats = { purchased: license.capacity, seated: license.seated, waitlisted: license.waiting }
    const shown = await licenseOn(node, admin, license.id)
    expect({ node: node.name, ...shown }).toEqual({ node: node.name, seats, users: users.sort(byId) })
  }
}

interface Holder {
  readonly user: { readonly id: string }
}

async function licenseOn({ name, url }: NodeProcess, admin: Client, id: string) {
  if (url === undefined) throw new Error(`${name} is down`)
  const query = `query ($id: ID!, $after: String) { license(id: $id) {
    seats { purchased seated waitlisted }
    users(first: 100, after: $after) { nodes { user { id } state waitlistPosition } pageInfo { hasNextPage endCursor } }
  } }`
  const users: Holder[] = []
  for (let after: string | undefined; ; ) {
    const { data, errors } = await admin.ask(url, query, { id, after })
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`)
    const { nodes, pageInfo } = data.license.users
    users.push(...nodes)
    if (!pageInfo.hasNextPage) return { seats: data.license.seats, users: users.sort(byId) }
    after = pageInfo.endCursor
  }
}

function byId(a: Holder, b: Holder): number {
  return a.user.id < b.user.id ? -1 : 1
}
