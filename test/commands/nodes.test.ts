/** Several nodes on one log: any of them takes any command, and the exact revision decides their races. */
import { setImmediate as nextTurn } from "node:timers/promises"
import fc from "fast-check"
import type { LedgerCommands, Unfinished } from "../../src/commands/commands"
import { organizationDecider } from "../../src/commands/decider"
import type { OrganizationOperation, OrganizationRequests, Outcome, RequestContext } from "../../src/commands/requests"
import type { OrganizationEvent } from "../../src/domain/events"
import type { EventStore, RecordedEvent } from "../../src/eventstore/event-store"
import { MemoryEventStore, MemoryLog } from "../../src/eventstore/memory"
import { accepted, DAY, Ledger, refusalOf, until } from "./ledger"

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

/** A log that is slow in different ways, so that nodes get in each other's way. */
class SlowStore implements EventStore {
  reads = 0
  /** Events that were read, of all reads together. */
  events = 0
  appends = 0
  readonly #store: EventStore
  #turns = 0

  constructor(
    log: MemoryLog,
    /** How many turns of the event loop each call takes, one after the other and again from the beginning. */
    private readonly turns: readonly number[],
  ) {
    this.#store = new MemoryEventStore(log)
  }

  async append(...args: Parameters<EventStore["append"]>): ReturnType<EventStore["append"]> {
    this.appends++
    await this.#wait()
    const appended = await this.#store.append(...args)
    await this.#wait()
    return appended
  }
  async *read(...args: Parameters<EventStore["read"]>): AsyncGenerator<readonly RecordedEvent[]> {
    this.reads++
    await this.#wait()
    for await (const page of this.#store.read(...args)) {
      this.events += page.length
      yield page
    }
  }
  follow(...args: Parameters<EventStore["follow"]>): ReturnType<EventStore["follow"]> {
    return this.#store.follow(...args)
  }
  close(): Promise<void> {
    return this.#store.close()
  }

  async #wait(): Promise<void> {
    const turns = this.turns[this.#turns++ % this.turns.length] ?? 0
    for (let n = 0; n < turns; n++) await nextTurn()
  }
}

interface Nodes {
  readonly ledger: Ledger
  readonly nodes: readonly LedgerCommands[]
  readonly stores: readonly SlowStore[]
  /** Races that were lost, by node. */
  readonly raced: number[]
  /** Every append, in order: by which node, how many events, and when (ms). */
  readonly appended: readonly { readonly node: number; readonly events: number; readonly at: number }[]
  ask<O extends OrganizationOperation>(
    node: number,
    operation: O,
    request: OrganizationRequests[O],
    extra?: Partial<RequestContext>,
  ): Promise<Outcome>
}

async function nodes(count: number, turns: readonly number[] = [1, 3, 2]): Promise<Nodes> {
  const ledger = await new Ledger({ shared: true }).founded()
  open.push(ledger)
  const stores = Array.from({ length: count }, (_, n) => new SlowStore(ledger.log, [...turns.slice(n), ...turns.slice(0, n)]))
  const raced = new Array<number>(count).fill(0)
  const appended: Nodes["appended"][number][] = []
  const opened = stores.map((store, n) =>
    ledger.open({
      store,
      unfinished: () => unfinishedOf(ledger),
      observe: {
        raced: () => {
          raced[n] = (raced[n] ?? 0) + 1
        },
        appended: (_stream, events) => appended.push({ node: n, events, at: performance.now() }),
      },
    }),
  )
  open.push(...opened)
  return {
    ledger,
    nodes: opened,
    stores,
    raced,
    appended,
    ask: (node, operation, request, extra) => ledger.ask(operation, request, extra, opened[node]),
  }
}

/** How many people ever had a seat at once more than there were, as the log tells, event by event (I1). */
function worstExcess(events: readonly OrganizationEvent[]): number {
  const capacity = new Map<string, number>()
  const seated = new Map<string, number>()
  let worst = 0
  for (const { type, data } of events) {
    if (type === "LicenseRegistered" || type === "VendorSeatsChanged") capacity.set(data.licenseId, data.seats)
    else if (type === "SeatsGranted") {
      const now = (seated.get(data.licenseId) ?? 0) + data.claims.length
      seated.set(data.licenseId, now)
      worst = Math.max(worst, now - (capacity.get(data.licenseId) ?? 0))
    } else if (type === "SeatsReleased" || type === "SeatsRevoked") {
      const released = data.claims.filter((claim) => !("wasSeated" in claim) || claim.wasSeated).length
      seated.set(data.licenseId, (seated.get(data.licenseId) ?? 0) - released)
    }
  }
  return worst
}

/** What the read models would say is to be looked after. */
async function unfinishedOf(ledger: Ledger): Promise<readonly Unfinished[]> {
  const state = organizationDecider.start()
  for (const event of await eventsOf(ledger)) organizationDecider.evolve(state, event)
  return [...state.licenses.values()].map((license) => ({
    organizationId: ledger.organizationId,
    licenseId: license.id,
    remaining: license.deferred,
    graceEndsAt: license.overassigned && !license.graceExpired ? (license.graceEndsAt ?? null) : null,
  }))
}

const eventsOf = async (ledger: Ledger) => (await ledger.events()) as unknown as OrganizationEvent[]

test("three nodes give away exactly the seats there are, whoever is quicker", async () => {
  const { ledger, ask, raced } = await nodes(3)
  const [users, licenseId] = [await ledger.users(90), await ledger.license(40)]
  const outcomes = await Promise.all(
    users.map(async (user, n) => {
      for (let turns = n; turns > 0; turns--) await nextTurn()
      return ask(n % 3, "assignLicenses", { licenseId, principalIds: [user], onShortage: "REJECT" })
    }),
  )
  expect(outcomes.map(refusalOf).filter((code) => code === "NOT_ENOUGH_SEATS")).toHaveLength(50)
  expect((await ledger.seated(licenseId)).size).toBe(40)
  expect(raced.reduce((sum, lost) => sum + lost, 0)).toBeGreaterThan(0)
})

test("a lost race costs the tail of the stream, not all of it", async () => {
  const { ledger, nodes: opened, ask, stores, raced } = await nodes(2)
  const [store] = stores as [SlowStore, SlowStore]
  await ledger.users(300)
  await ask(0, "createGroup", { displayName: "first", memberIds: [] })
  const read = store.events
  for (let n = 0; n < 40; n++) {
    await Promise.all([0, 1].map((node) => ask(node, "createGroup", { displayName: `of ${node}`, memberIds: [] })))
  }
  expect(raced[0]).toBeGreaterThan(0)
  // Everything once at first, then what the other node wrote.
  expect(store.events - read).toBeLessThan(100)
  expect(opened).toHaveLength(2)
})

test("random commands on three nodes, each repeated under its key on another one: carried out once, and never a seat too many (rules 2, 37, I1, I6)", async () => {
  const command = fc.record({
    node: fc.nat(2),
    again: fc.option(fc.nat(2)),
    what: fc.constantFrom("assign", "assign", "assign", "unassign", "seats", "members", "leave"),
    who: fc.nat(11),
    license: fc.nat(1),
    seats: fc.nat(6),
    pause: fc.nat(3),
  })
  const property = fc.asyncProperty(
    fc.array(fc.nat(5), { minLength: 2, maxLength: 7 }),
    fc.array(command, { maxLength: 60 }),
    async (turns, commands) => {
      const { ledger, nodes: opened, ask } = await nodes(3, turns)
      const users = await ledger.users(12)
      const licenses = [await ledger.license(3), await ledger.license(5)]
      const groupId = await ledger.group("G", users.slice(0, 4))
      await ledger.assign(licenses[0] ?? "", [groupId])
      const done: Promise<[Outcome, Outcome | undefined]>[] = []
      commands.forEach(({ node, again, what, who, license, seats }, n) => {
        const idempotencyKey = `key-${n}`
        const [licenseId, userId] = [licenses[license] ?? "", users[who] ?? ""]
        const send = (to: number): Promise<Outcome> => {
          if (what === "assign")
            return ask(to, "assignLicenses", { licenseId, principalIds: [userId], onShortage: "WAITLIST" }, { idempotencyKey })
          if (what === "unassign") return ask(to, "unassignLicenses", { licenseId, principalIds: [userId] }, { idempotencyKey })
          if (what === "members") return ask(to, "changeGroupMembers", { groupId, add: [userId], remove: [] }, { idempotencyKey })
          if (what === "leave") return ask(to, "changeGroupMembers", { groupId, add: [], remove: [userId] }, { idempotencyKey })
          const request = { licenseId, seats, sequence: String(n + 1), vendorEventId: idempotencyKey }
          return (opened[to] as LedgerCommands).organization(ledger.organizationId, "changeVendorSeats", request, ledger.asVendor())
        }
        done.push(Promise.all([send(node), again === null ? undefined : send(again)]))
      })
      const outcomes = await Promise.all(done)
      const events = await eventsOf(ledger)
      expect(worstExcess(events)).toBeLessThanOrEqual(0)
      for (const both of outcomes) {
        // Who carries it out is chance; the other answers what was recorded.
        const wrote = both.flatMap((outcome) => (outcome?.kind === "accepted" && outcome.events.length > 0 ? [outcome] : []))
        expect(wrote.filter(({ repeated }) => !repeated).length).toBeLessThanOrEqual(1)
        expect(new Set(wrote.map((outcome) => outcome.events.map(({ id }) => id).join())).size).toBeLessThanOrEqual(1)
      }
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
      const replayed = organizationDecider.start()
      for (const event of events) organizationDecider.evolve(replayed, event)
      expect(organizationDecider.isUnsettled(replayed)).toBe(false)
      for (const one of open.splice(0).reverse()) await one.close()
    },
  )
  await fc.assert(property, { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) })
})

test("rule 37: a key that one node has just used is known to the others, although the index lags far behind", async () => {
  const index = { find: async () => undefined, reached: async () => 0 }
  const { ledger } = await nodes(1)
  const others = [ledger.open({ index }), ledger.open({ index })]
  open.push(...others)
  const request = { displayName: "Sales", memberIds: [] }
  const first = accepted(await ledger.ask("createGroup", request, { idempotencyKey: "once" }, others[0]))
  const second = accepted(await ledger.ask("createGroup", request, { idempotencyKey: "once" }, others[1]))
  expect(second).toMatchObject({ repeated: true, revision: first.revision })
  expect(refusalOf(await ledger.ask("createGroup", { ...request, displayName: "Other" }, { idempotencyKey: "once" }, others[1]))).toBe(
    "IDEMPOTENCY_CONFLICT",
  )
})

test("a refusal is decided on what other nodes have written until then, however old the state that rests", async () => {
  const { ledger, ask } = await nodes(2)
  const [[ada = "", bo = ""], licenseId] = [await ledger.users(2), await ledger.license(1)]
  for (let round = 0; round < 5; round++) {
    const [here, there] = [round % 2, (round + 1) % 2]
    accepted(await ask(here, "assignLicenses", { licenseId, principalIds: [ada], onShortage: "REJECT" }))
    expect(refusalOf(await ask(there, "assignLicenses", { licenseId, principalIds: [bo], onShortage: "REJECT" }))).toBe("NOT_ENOUGH_SEATS")
    accepted(await ask(there, "unassignLicenses", { licenseId, principalIds: [ada] }))
  }
})

describe("rule 39: a large group", () => {
  async function bigGroup({ ledger, ask }: Nodes): Promise<{ readonly licenseId: string; readonly groupId: string }> {
    const users = await ledger.users(2_500)
    const licenseId = await ledger.license(4_000)
    const groupId = await ledger.group("Everybody", users)
    expect(accepted(await ask(0, "assignLicenses", { licenseId, principalIds: [groupId], onShortage: "REJECT" })).events.at(-1)?.type).toBe(
      "SettlementProgressed",
    )
    return { licenseId, groupId }
  }

  test("is continued by the node that began, while others look on and carry out their own commands", async () => {
    const three = await nodes(3)
    const { ledger, ask, appended } = three
    const { licenseId } = await bigGroup(three)
    for (let n = 0; n < 12; n++) accepted(await ask(1 + (n % 2), "createGroup", { displayName: `G${n}`, memberIds: [] }))
    await until(async () => (await ledger.seated(licenseId)).size === 2_500)
    expect(worstExcess(await eventsOf(ledger))).toBeLessThanOrEqual(0)
    // Their own commands have one event each. Another goes on only when nothing was recorded for a while, which here means
    // that the machine stood still.
    const settling = appended.filter(({ events }) => events !== 1)
    const [began] = settling
    expect(began?.node).toBe(0)
    const taken = settling.findIndex(({ node }) => node !== 0)
    if (taken > 0) expect((settling[taken]?.at ?? 0) - (settling[taken - 1]?.at ?? 0)).toBeGreaterThan(1_000)
  })

  test("is taken over by another node when the one that began is gone", async () => {
    const two = await nodes(2)
    const { ledger, nodes: opened } = two
    const { licenseId } = await bigGroup(two)
    await opened[0]?.close()
    expect((await ledger.seated(licenseId)).size).toBeLessThan(2_500)
    const lost = new AbortController()
    const lookingAfter = opened[1]?.lookAfter(lost.signal)
    await until(async () => (await ledger.seated(licenseId)).size === 2_500)
    lost.abort()
    await lookingAfter
    const granted = (await eventsOf(ledger)).flatMap((event) =>
      event.type === "SeatsGranted" ? event.data.claims.map(({ userId }) => userId) : [],
    )
    expect(new Set(granted).size).toBe(granted.length)
  })
})

test("rules 20 and 34: a grace period ends once, whichever node looks after it, and also when two do for a moment", async () => {
  const { ledger, nodes: opened } = await nodes(3)
  const [users, licenseId] = [await ledger.users(3), await ledger.license(3)]
  accepted(await ledger.assign(licenseId, users))
  accepted(await ledger.sell(licenseId, 1))
  ledger.now += 91 * DAY
  // Whoever does not look after it lets it pass, although it knows the organization.
  await Promise.all(opened.map((node) => node.endGracePeriods()))
  const expired = async () => (await ledger.events()).filter(({ type }) => type === "GraceExpired").length
  expect(await expired()).toBe(0)

  const lost = new AbortController()
  const lookingAfter = opened.slice(1).map((node) => node.lookAfter(lost.signal))
  await until(async () => (await expired()) > 0)
  lost.abort()
  await Promise.all(lookingAfter)
  expect(await expired()).toBe(1)
})
