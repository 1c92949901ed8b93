/** Rule 39: appends stay small, others run in between, and what is unfinished is found and resumed. */
import type { OrganizationEvent } from "../../src/domain/events"
import { type EventStore, OutcomeUnknown } from "../../src/eventstore/event-store"
import { accepted, Ledger, refusalOf, until } from "./ledger"

interface Append {
  readonly stream: string
  readonly events: readonly OrganizationEvent[]
}

/** Notes every append; `limit` makes it fail after so many. */
class Appends {
  readonly all: Append[] = []
  limit = Number.POSITIVE_INFINITY
  readonly wrap = (store: EventStore): EventStore => ({
    append: async (stream, expected, events) => {
      if (this.all.length >= this.limit) throw new Error("the machine is gone")
      const appended = await store.append(stream, expected, events)
      this.all.push({ stream, events: events as unknown as OrganizationEvent[] })
      return appended
    },
    read: store.read.bind(store),
    follow: store.follow.bind(store),
    close: () => store.close(),
  })
}

const peopleIn = ({ events }: Append) => events.reduce((sum, event) => sum + ("claims" in event.data ? event.data.claims.length : 0), 0)
const licenseOf = ({ events: [event] }: Append) => (event && "licenseId" in event.data ? event.data.licenseId : undefined)
const people = Array.from({ length: 5_000 }, (_, n) => n)

let appends: Appends
let ledger: Ledger
beforeEach(async () => {
  appends = new Appends()
  ledger = await new Ledger({ wrap: appends.wrap }).founded()
})
afterEach(() => ledger.close())

async function bigGroup(): Promise<string> {
  const users = await Promise.all(people.map((n) => ledger.user(`u${n}`)))
  return ledger.group("Everybody", users)
}
const seated = async (licenseId: string) => (await ledger.seated(licenseId)).size

test("a group of 5,000 is seated in consecutive appends of at most 1,000 people, and others are answered in between", async () => {
  const [group, licenseId, otherId] = [await bigGroup(), await ledger.license(6_000), await ledger.license(500)]
  const bystanders = await ledger.users(40, "bystander")
  appends.all.length = 0

  const assigned = accepted(await ledger.assign(licenseId, [group]))
  expect(assigned.events.map(({ type }) => type).slice(0, 2)).toEqual(["LicenseAssigned", "SeatsGranted"])
  expect(appends.all[0]?.events.at(-1)).toMatchObject({ type: "SettlementProgressed", data: { licenseId, remaining: 4_000 } })
  const recorded = (id: string) => appends.all.reduce((sum, append) => sum + (licenseOf(append) === id ? peopleIn(append) : 0), 0)
  const answered: number[] = []
  for (const user of bystanders.slice(0, 3)) {
    const outcome = accepted(await ledger.assign(otherId, [user]))
    // Seated in the very append of its own command, although thousands of others still wait for theirs.
    expect(outcome.events.map(({ type }) => type)).toEqual(["LicenseAssigned", "SeatsGranted"])
    answered.push(recorded(licenseId))
  }
  expect(answered[0]).toBeLessThan(5_000)
  // A promised seat is not free: 1,000 are left for others (rule 39).
  expect(
    refusalOf(await ledger.ask("assignLicenses", { licenseId, principalIds: bystanders.slice(0, 1), onShortage: "REJECT" })),
  ).toBeUndefined()
  await until(async () => (await seated(licenseId)) === 5_001)

  expect(Math.max(...appends.all.map(peopleIn))).toBeLessThanOrEqual(1_000)
  const granted = appends.all
    .flatMap(({ events }) => events)
    .filter((event) => event.type === "SeatsGranted" && event.data.licenseId === licenseId)
  const later = granted.slice(1).filter(({ metadata }) => metadata.commandId !== assigned.events[0]?.metadata.commandId)
  // The cause stays the assignment, the actor is the system.
  expect(later.filter(({ metadata }) => metadata.causationId === assigned.events[0]?.id).length).toBeGreaterThan(2)
  for (const { metadata } of later) expect(metadata.correlationId).toBe("correlation")
  expect(later.some(({ metadata }) => metadata.actor.type === "SYSTEM")).toBe(true)
})

test("seats that are promised to a group in progress are refused to others", async () => {
  const [group, licenseId] = [await bigGroup(), await ledger.license(5_000)]
  const [late = ""] = await ledger.users(1, "late")
  const [, outcome] = await Promise.all([ledger.assign(licenseId, [group]), ledger.assign(licenseId, [late])])
  expect(outcome).toMatchObject({ refusal: { code: "NOT_ENOUGH_SEATS", available: 0, required: 1 } })
})

test("a command on a license in progress answers for its own people only; the others are seated by the system", async () => {
  const [group, licenseId] = [await bigGroup(), await ledger.license(6_000)]
  const [late = ""] = await ledger.users(1, "late")
  const [, outcome] = await Promise.all([ledger.assign(licenseId, [group]), ledger.assign(licenseId, [late])])
  const { events } = accepted(outcome)
  expect(events[0]?.type).toBe("LicenseAssigned")
  expect(events.some(({ type }) => type === "SeatsGranted")).toBe(false)
  await until(async () => (await seated(licenseId)) === 5_001)
  const log = (await ledger.events()) as unknown as OrganizationEvent[]
  const beside = log.filter(({ revision, type }) => revision > (events[0]?.revision ?? 0) && type === "SeatsGranted")
  expect(beside[0]?.metadata).toMatchObject({ actor: { type: "SYSTEM", id: "system" }, correlationId: "correlation" })
  expect(beside[0]?.metadata.commandId).not.toBe(events[0]?.metadata.commandId)
})

test("a restart in the middle: what is unfinished is found and finished, with the same outcome", async () => {
  const [group, licenseId] = [await bigGroup(), await ledger.license(4_000)]
  appends.all.length = 0
  appends.limit = 2
  accepted(await ledger.assign(licenseId, [group]))
  await until(() => appends.all.length === 2)
  await ledger.restart()
  const half = await seated(licenseId)
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(4_000)

  appends.limit = Number.POSITIVE_INFINITY
  await ledger.commands.resume()
  await until(() => {
    const last = appends.all.at(-1)?.events.at(-1)
    return last?.type === "SettlementProgressed" && last.data.remaining === 0
  })
  expect(await seated(licenseId)).toBe(4_000)
  const waiting = ((await ledger.events()) as unknown as OrganizationEvent[])
    .filter((event) => event.type === "SeatsWaitlisted")
    .flatMap((event) => event.data.claims)
  expect(waiting.map(({ opened }) => opened.ordinal)).toEqual(people.slice(4_000))
})

test("the next command resumes it too, when nobody called for it", async () => {
  const [group, licenseId] = [await bigGroup(), await ledger.license(5_000)]
  appends.all.length = 0
  appends.limit = 1
  accepted(await ledger.assign(licenseId, [group]))
  await ledger.restart()
  appends.limit = Number.POSITIVE_INFINITY
  await ledger.user("whoever")
  await until(async () => (await seated(licenseId)) === 5_000)
})

test("two nodes that both go on with it seat everybody once", async () => {
  const [group, licenseId] = [await bigGroup(), await ledger.license(5_000)]
  appends.all.length = 0
  appends.limit = 1
  accepted(await ledger.assign(licenseId, [group]))
  await ledger.restart()
  appends.limit = Number.POSITIVE_INFINITY
  const other = ledger.open()
  await Promise.all([ledger.commands.resume(), other.resume()])
  await until(async () => (await seated(licenseId)) === 5_000)
  await Promise.all([ledger.commands.close(), other.close()])
  const claims = ((await ledger.events()) as unknown as OrganizationEvent[])
    .filter((event) => event.type === "SeatsGranted")
    .flatMap((event) => event.data.claims)
  expect(claims).toHaveLength(5_000)
})

test("a settlement that met a broken store goes on by itself when the store is well again", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask", "performance"] })
  try {
    const [group, licenseId] = [await bigGroup(), await ledger.license(5_000)]
    appends.all.length = 0
    appends.limit = 2
    accepted(await ledger.assign(licenseId, [group]))
    await until(() => jest.getTimerCount() > 0)
    appends.limit = Number.POSITIVE_INFINITY
    await until(async () => {
      jest.advanceTimersByTime(1_000)
      return (await seated(licenseId)) === 5_000
    })
  } finally {
    jest.useRealTimers()
  }
})

test("lost answers in the middle seat nobody twice", async () => {
  let count = 0
  const lossy = await new Ledger({
    wrap: (store) => ({
      append: async (...args) => {
        const appended = await store.append(...args)
        if (count++ % 2 === 0) throw new OutcomeUnknown(args[0])
        return appended
      },
      read: store.read.bind(store),
      follow: store.follow.bind(store),
      close: () => store.close(),
    }),
  }).founded()
  const users = await lossy.users(2_500)
  const [group, licenseId] = [await lossy.group("G", users), await lossy.license(2_500)]
  accepted(await lossy.assign(licenseId, [group]))
  await until(async () => (await lossy.seated(licenseId)).size === 2_500)
  await lossy.close()
})
