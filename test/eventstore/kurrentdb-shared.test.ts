/** A KurrentDB that others use as well: what they write, however much, neither stops Seatledger nor hides what it has not seen. */
import { setTimeout as pause } from "node:timers/promises"
import { type Batch, type NewEvent, type Position, START } from "../../src/eventstore/event-store"
import { type KurrentEventStore, openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { PATIENCE_MS, until } from "../support/until"
import { allOf, idsOf, newEvent, newEvents, readAll } from "./contract"

const LIMITS = { callMs: 1_000, retryMs: PATIENCE_MS, lookEveryMs: 150, graceMs: PATIENCE_MS, trustMs: PATIENCE_MS }
const A = "organization-a"

let server: TestNode
let stores: KurrentEventStore[] = []
let faults: string[] = []
beforeEach(async () => {
  server = await startNode()
})
afterEach(async () => {
  server.gate.thaw()
  await Promise.all(stores.map((store) => store.close()))
  await server.stop()
  stores = []
  faults = []
})

async function open(limits: Partial<typeof LIMITS> = {}): Promise<KurrentEventStore> {
  const onFault = ({ message }: Error) => faults.push(message)
  const store = await openKurrentEventStore({ url: server.url(), limits: { ...LIMITS, ...limits }, onFault })
  stores.push(store)
  return store
}

function othersWrite(count: number, stream = "another-application"): void {
  for (let n = 0; n < count; n++) server.log.system(stream, "Noise")
}

/** So many that the server looks through them in four seconds, while it may be silent for one. */
function othersWriteALot(): void {
  othersWrite(10_000)
  server.lookMs = 0.4
}

/** Follows in the background; what came is in `batches`. */
function followed(store: KurrentEventStore, after: Position) {
  const stop = new AbortController()
  const batches: Batch[] = []
  const ended = (async () => {
    for await (const batch of store.follow(after, stop.signal, "never")) batches.push(batch)
  })()
  return {
    batches,
    ids: () => idsOf(batches.flatMap(({ events }) => events)),
    async stop() {
      stop.abort()
      await ended
    },
  }
}

describe("more events of others than the server looks through in time", () => {
  let events: readonly NewEvent[]
  let position: Position
  beforeEach(async () => {
    events = newEvents(3)
    position = (await (await open()).append(A, 0, events.slice(0, 1))).position
    othersWriteALot()
  })

  test("a follower that begins before them gets past them, and is at the head when it has", async () => {
    const store = await open()
    await store.append(A, 1, events.slice(1, 2))
    const follower = followed(store, position)
    await until(() => follower.batches.at(-1)?.live === true)
    expect(follower.batches.map(({ live }) => live)).toEqual([false, true])
    server.lookMs = 0
    await store.append(A, 2, events.slice(2))
    await until(() => follower.ids().length === 2)
    expect(follower.ids()).toEqual(idsOf(events.slice(1)))
    await follower.stop()
  })

  test("reading to the head only gets past them, too, also where nothing of ours follows", async () => {
    const store = await open()
    expect(idsOf(await allOf(store))).toEqual(idsOf(events.slice(0, 1)))
  })

  test("a connection that breaks meanwhile costs what was looked through since the last checkpoint, not all of it", async () => {
    const store = await open()
    const follower = followed(store, position)
    await until(() => server.subscribedFrom.length > 0)
    const [first = 0] = server.subscribedFrom
    // What a connection had not brought when it broke, the next one brings.
    while ((server.subscribedFrom.at(-1) ?? 0) <= first) {
      const [told, begun] = [server.checkpoints, server.subscribedFrom.length]
      await until(() => server.checkpoints > told + 2)
      server.gate.cut()
      await until(() => server.subscribedFrom.length > begun)
    }
    await until(() => follower.batches.at(-1)?.live === true)
    await follower.stop()
  })

  test("how far a reader is behind is not known before the head was measured; nothing is concluded from silence", async () => {
    const store = await open()
    expect([store.behind(START), store.behind(position)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])
    await until(() => Number.isFinite(store.behind(START)))
    expect(store.behind(START)).toBeGreaterThan(0)
    expect(store.behind(position)).toBe(0)
    // From now on only what is new is looked through.
    server.lookMs = 0
    const { position: newest } = await (await open()).append(A, 1, events.slice(1, 2))
    await until(() => store.head() === newest)
  })
})

test("the newest position is asked for, also by who follows nothing, and by who asks while it is being measured", async () => {
  const [store, other] = [await open({ lookEveryMs: PATIENCE_MS }), await open()]
  const first = await other.append(A, 0, newEvents(1))
  expect(store.head()).toBe(START)
  expect(await store.newest()).toBe(first.position)
  server.delayMs = 100
  const early = store.newest()
  const second = await other.append(A, 1, newEvents(1))
  expect(await store.newest()).toBe(second.position)
  await early
})

test("a head that was measured, and cannot be any more, is not trusted for long", async () => {
  const store = await open({ trustMs: 1_000 })
  const { position } = await store.append(A, 0, newEvents(1))
  expect(store.behind(position)).toBe(0)
  server.gate.freeze()
  await until(() => store.behind(position) === Number.POSITIVE_INFINITY)
  server.gate.thaw()
  await until(() => store.behind(position) === 0)
})

test.each([
  ["whose parts keep coming in time", 500, 5],
  ["of which a part alone would take too long", 40, 45],
])("a page %s is read to its end, however long that takes", async (_, count, delayMs) => {
  const events = newEvents(count)
  await (await open()).append(A, 0, events)
  const store = await open()
  server.delayMs = delayMs
  expect(idsOf(await allOf(store))).toEqual(idsOf(events))
  expect(idsOf(await readAll(store, A))).toEqual(idsOf(events))
})

test("a checkpoint that a new leader does not have is given up for the last event", async () => {
  const store = await open({ lookEveryMs: PATIENCE_MS })
  const events = newEvents(2)
  const { position } = await store.append(A, 0, events.slice(0, 1))
  const follower = followed(store, position)
  await until(() => server.calls.subscribe > 0)
  othersWrite(2_000)
  // What a connection had not brought when it broke, the next one brings.
  while ((server.subscribedFrom.at(-1) ?? 0) < 1_000) {
    server.gate.cut()
    await pause(20)
  }
  server.log.lose(1_990)
  othersWrite(3_000, "an-application-with-longer-records")
  server.gate.cut()
  await store.append(A, 1, events.slice(1))
  await until(() => follower.ids().length === 1)
  expect(follower.ids()).toEqual(idsOf(events.slice(1)))
  expect(faults.join()).toContain("is it another database than before?")
  await follower.stop()
})

test("an event that Seatledger did not write is refused by name, also by a subscription", async () => {
  const store = await open()
  const follower = followed(store, START)
  await until(() => server.calls.subscribe > 0 && follower.batches.length > 0)
  const foreign = { id: newEvent().id, type: "Foreign", isJson: true, data: Buffer.from('{"torn'), metadata: Buffer.from("{}") }
  server.log.append(`seatledger.${A}`, "no stream", [foreign])
  const refused = `the event 0@seatledger.${A} in KurrentDB was not written by Seatledger`
  await until(() => faults.some((fault) => fault.includes("lost a subscription") && fault.includes(refused)))
  await until(() => faults.some((fault) => fault.includes("cannot be followed") && fault.includes(refused)))
  expect(follower.ids()).toEqual([])
  await follower.stop()
})
