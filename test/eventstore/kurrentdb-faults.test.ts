/** What goes wrong between Seatledger and KurrentDB: nothing is lost, nothing is written twice, and nothing waits for ever. */
import { randomInt } from "node:crypto"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { EventRejected, type NewEvent, OutcomeUnknown, START, WrongRevision } from "../../src/eventstore/event-store"
import { type KurrentEventStore, openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { accessDenied, type CallError, type Fault, noLeader, notLeader, notReady, timedOut, tooBusy } from "../kurrentdb-server/faults"
import { Log } from "../kurrentdb-server/log"
import { startCluster, startNode, type TestNode } from "../kurrentdb-server/node"
import { runChild } from "../support/child"
import { PATIENCE_MS } from "../support/until"
import { allOf, idsOf, newEvent, newEvents, readAll } from "./contract"

/** Short, so that a test waits for a silent server no longer than it must; and tried again for as long as it takes. */
const LIMITS = { callMs: 600, retryMs: PATIENCE_MS, lookEveryMs: 150, graceMs: 150 }
/** Where calls are counted, or their failing would be: nothing is sent twice, however slow the machine. */
const UNHURRIED = { callMs: PATIENCE_MS, lookEveryMs: PATIENCE_MS, graceMs: PATIENCE_MS }
const A = "organization-a"

let nodes: TestNode[] = []
let stores: KurrentEventStore[] = []
let faults: string[] = []

async function node(...options: Parameters<typeof startNode>): Promise<TestNode> {
  const started = await startNode(...options)
  nodes.push(started)
  return started
}

async function open(url: string, limits: Partial<typeof LIMITS> = {}, prefix = "seatledger."): Promise<KurrentEventStore> {
  const onFault = ({ message }: Error) => faults.push(message)
  const store = await openKurrentEventStore({ url, prefix, limits: { ...LIMITS, ...limits }, onFault })
  stores.push(store)
  return store
}

afterEach(async () => {
  for (const { gate } of nodes) gate.thaw()
  await Promise.all(stores.map((store) => store.close()))
  await Promise.all(nodes.map((one) => one.stop()))
  nodes = []
  stores = []
  faults = []
})

/** Ours, in the order of the log. */
const written = ({ log }: TestNode) => log.events.filter(({ stream }) => stream.startsWith("seatledger.")).map(({ id }) => id)

/** As the command layer does: the identical append, as long as its outcome is unknown. */
async function appendForSure(store: KurrentEventStore, stream: string, expected: number, events: readonly NewEvent[]) {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await store.append(stream, expected, events)
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) || Date.now() > deadline) throw error
      await pause(20)
    }
  }
}

/** Follows until so many events have come. */
async function follow(store: KurrentEventStore, count: number, onBatch?: (seen: number) => unknown): Promise<string[]> {
  const seen: string[] = []
  for await (const { events } of store.follow(START, new AbortController().signal, "never")) {
    seen.push(...idsOf(events))
    void onBatch?.(seen.length)
    if (seen.length >= count) break
  }
  return seen
}

describe("an append", () => {
  const error = (when: "before" | "after", problem: CallError): Fault => ({ kind: "error", when, error: problem })
  const TROUBLE: readonly (readonly [string, Fault])[] = [
    ["the node takes it and never answers", { kind: "hang", when: "before" }],
    ["the node writes it and never answers", { kind: "hang", when: "after" }],
    ["the connection breaks before it is written", { kind: "cut", when: "before" }],
    ["the connection breaks after it was written", { kind: "cut", when: "after" }],
    ["the node is not ready", error("before", notReady())],
    ["the node is too busy", error("before", tooBusy())],
    ["the write times out in the server, and was not done", error("before", timedOut())],
    ["the write times out in the server, and was done", error("after", timedOut())],
    ["there is no leader just now", error("before", noLeader())],
  ]

  test.each(TROUBLE)("%s: it is sent again, is there once, and is answered as if nothing had been", async (_, fault) => {
    const server = await node()
    const store = await open(server.url())
    const first = newEvents(2)
    await store.append(A, 0, first)
    server.faults.plan("append", fault)
    const events = newEvents(3)
    const answer = await store.append(A, 2, events)
    expect(answer).toEqual({ revision: 5, position: (await allOf(store)).at(-1)?.position })
    expect(written(server)).toEqual(idsOf([...first, ...events]))
    expect(await store.append(A, 2, events)).toEqual(answer)
    // Whatever was wrong with the client, what comes next is well again.
    expect(await store.append(A, 5, newEvents(1))).toMatchObject({ revision: 6 })
  })

  test("in trouble several times in a row, it gets there within its time", async () => {
    const server = await node()
    const store = await open(server.url())
    for (const [, fault] of TROUBLE) server.faults.plan("append", fault)
    const events = newEvents(2)
    expect(await appendForSure(store, A, 0, events)).toMatchObject({ revision: 2 })
    expect(written(server)).toEqual(idsOf(events))
  })

  test("nobody listens: it waits for a while; the outcome is then unknown, and the same append is taken later", async () => {
    const server = await node()
    const store = await open(server.url(), { retryMs: 1_000 })
    await server.gate.refuse()
    const events = newEvents(2)
    await expect(store.append(A, 0, events)).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(written(server)).toEqual([])
    const waiting = appendForSure(store, A, 0, events)
    await server.gate.open()
    expect(await waiting).toMatchObject({ revision: 2 })
    expect(written(server)).toEqual(idsOf(events))
  })

  test("a black hole, which takes connections and says nothing, is left in time; what it held back is not written twice", async () => {
    const server = await node()
    const store = await open(server.url(), { retryMs: 1_000 })
    await store.append(A, 0, newEvents(1))
    server.gate.freeze()
    const events = newEvents(2)
    const unknown = await store.append(A, 1, events).then(
      () => undefined,
      (error) => error,
    )
    expect(unknown).toBeInstanceOf(OutcomeUnknown)
    expect(unknown.message).toContain("send the same append again")
    server.gate.thaw() // Now the attempts that were given up arrive as well.
    expect(await appendForSure(store, A, 1, events)).toMatchObject({ revision: 3 })
    expect(await store.append(A, 3, newEvents(1))).toMatchObject({ revision: 4 })
    expect(written(server)).toHaveLength(4)
  })

  test("an append whose turn does not come in time was not written, and that is certain; the wait counts", async () => {
    const server = await node()
    const store = await open(server.url(), { retryMs: 1_000 })
    await store.append(A, 0, newEvents(1))
    server.gate.freeze()
    const batches = Array.from({ length: 40 }, () => newEvents(1))
    const outcomes = await Promise.allSettled(batches.map((events, n) => store.append(`organization-${n}`, 0, events)))
    const refused = batches.filter((_, n) => !((outcomes[n] as PromiseRejectedResult).reason instanceof OutcomeUnknown))
    for (const outcome of outcomes) {
      const { reason } = outcome as PromiseRejectedResult // Nobody answered.
      if (!(reason instanceof OutcomeUnknown)) expect(reason.message).toMatch(/takes in nothing just now; nothing was written$/)
    }
    expect(refused.length).toBeGreaterThanOrEqual(batches.length - 2 * 15)
    server.gate.thaw()
    await appendForSure(store, A, 1, newEvents(1))
    const there = new Set(written(server))
    expect(refused.flat().filter(({ id }) => there.has(id))).toEqual([])
  })

  test("a server that never says what it can do is no reason to wait: the client asks that before its first append", async () => {
    const server = await node()
    const store = await open(server.url())
    server.faults.plan("features", { kind: "hang", when: "before" }, 2)
    expect(await store.append(A, 0, newEvents(1))).toMatchObject({ revision: 1 })
  })

  test("several at once: those on a connection that breaks are all sent again, each is there once", async () => {
    const server = await node()
    const store = await open(server.url())
    server.faults.plan("append", { kind: "cut", when: "before" })
    server.faults.plan("append", { kind: "hang", when: "after" })
    server.faults.plan("append", { kind: "cut", when: "after" })
    const batches = Array.from({ length: 60 }, () => newEvents(2))
    const answers = await Promise.all(batches.map((events, n) => appendForSure(store, `organization-${n}`, 0, events)))
    expect(answers.every(({ revision }) => revision === 2)).toBe(true)
    expect(written(server).sort()).toEqual(idsOf(batches.flat()).sort())
  })

  test("a conflict is a definite no, also after an attempt without an answer", async () => {
    const server = await node()
    const store = await open(server.url())
    await store.append(A, 0, newEvents(2))
    server.faults.plan("append", { kind: "cut", when: "before" })
    const refused = store.append(A, 0, newEvents(1))
    await expect(refused).rejects.toBeInstanceOf(WrongRevision)
    await expect(refused).rejects.toMatchObject({ expected: 0, actual: 2 })
    await expect(store.append("organization-new", 3, newEvents(1))).rejects.toMatchObject({ name: "WrongRevision", actual: 0 })
    expect(written(server)).toHaveLength(2)
  })

  test("no right to write is said at once; after an attempt without an answer, the outcome is unknown", async () => {
    const server = await node()
    const store = await open(server.url())
    server.faults.plan("append", error("before", accessDenied()))
    const denied = (await open(server.url(), UNHURRIED)).append(A, 0, newEvents(1))
    await expect(denied).rejects.toThrow(`append to ${A}: KurrentDB denies access; nothing was written`)
    await expect(denied).rejects.not.toBeInstanceOf(OutcomeUnknown)
    server.faults.plan("append", { kind: "hang", when: "after" })
    server.faults.plan("append", error("before", accessDenied()))
    const events = newEvents(1)
    await expect(store.append(A, 0, events)).rejects.toBeInstanceOf(OutcomeUnknown)
    expect(written(server)).toEqual(idsOf(events))
  })

  test("a stream that was deleted in KurrentDB takes nothing any more", async () => {
    const server = await node()
    const store = await open(server.url())
    await store.append(A, 0, newEvents(1))
    server.log.tombstone(`seatledger.${A}`)
    await expect(store.append(A, 1, newEvents(1))).rejects.toThrow(EventRejected)
    await expect(readAll(store, A)).rejects.toThrow("the stream was deleted in KurrentDB")
  })

  test.each([
    ["one append", { append: 1024 * 1024 }],
    ["one event", { event: 1024 * 1024 }],
  ])("more than the server takes in %s is refused for good, with what to change there", async (_, limits) => {
    const server = await node({ limits })
    const store = await open(server.url())
    const large = [newEvent({ text: "x".repeat(1_500_000) })]
    const refused = store.append(A, 0, large)
    await expect(refused).rejects.toBeInstanceOf(EventRejected)
    await expect(refused).rejects.toThrow("raise its MaxAppendSize (and MaxAppendEventSize) to 16777216")
    expect(await store.append(A, 0, newEvents(1))).toMatchObject({ revision: 1 })
  })

  test("close settles what is on the way, also when nobody answers", async () => {
    const server = await node()
    const store = await open(server.url())
    server.gate.freeze()
    const outcomes = Promise.allSettled(Array.from({ length: 40 }, (_, n) => store.append(`organization-${n}`, 0, newEvents(1))))
    await store.close()
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: expect.any(OutcomeUnknown) })
  })

  test("many large appends on a connection that stands still and then breaks do not end the process", async () => {
    const child = runChild(join(__dirname, "kurrentdb-stall-child.ts"))
    expect((await child.lines.next()).value).toBe("40 failed, 0 written; alive")
    expect(await child.ended).toMatchObject({ code: 0, errors: "" })
  })
})

describe("reading", () => {
  const MIDDLE: readonly (readonly [string, Fault])[] = [
    ["the connection breaks in the middle", { kind: "cut", when: "after" }],
    ["the server falls silent in the middle", { kind: "hang", when: "after" }],
    ["the server gives up in the middle", { kind: "error", when: "after", error: timedOut() }],
    ["the server never begins", { kind: "hang", when: "before" }],
    ["the server is not ready", { kind: "error", when: "before", error: notReady() }],
  ]
  test.each(MIDDLE)("%s: the page is read again, and nothing is missing or there twice", async (_, fault) => {
    const server = await node()
    const store = await open(server.url())
    const events = newEvents(700)
    await store.append(A, 0, events)
    server.faults.plan("read", fault, 2)
    expect(idsOf(await readAll(store, A))).toEqual(idsOf(events))
    server.faults.plan("read", fault, 2)
    expect(idsOf(await allOf(store))).toEqual(idsOf(events))
  })

  test("a server that stays silent is reported in time, with its address", async () => {
    const server = await node()
    const store = await open(server.url(), { retryMs: 1_000 })
    server.gate.freeze()
    const silent = `KurrentDB at kurrentdb://${server.address} does not answer: no answer within ${LIMITS.callMs} ms`
    await expect(readAll(store, A)).rejects.toThrow(silent)
    await expect(allOf(store)).rejects.toThrow(silent)
  })

  test("a stream whose beginning was truncated is not taken for a shorter one", async () => {
    const server = await node()
    const store = await open(server.url())
    await store.append(A, 0, newEvents(5))
    server.log.truncate(`seatledger.${A}`, 2)
    await expect(readAll(store, A)).rejects.toThrow(`the events 1 to 2 of ${A} are missing in KurrentDB`)
    expect(await readAll(store, A, 2)).toHaveLength(3)
  })

  test("an event that Seatledger did not write is refused by name", async () => {
    const server = await node()
    const store = await open(server.url())
    const metadata = Buffer.from("{}")
    const foreign = { id: newEvent().id, type: "Foreign", isJson: true, data: Buffer.from('{"torn'), metadata }
    server.log.append(`seatledger.${A}`, "no stream", [foreign])
    await expect(readAll(store, A)).rejects.toThrow(`the event 0@seatledger.${A} in KurrentDB was not written by Seatledger`)
  })

  test("positions beyond 2^53 are refused instead of rounded", async () => {
    const server = await node({ log: new Log(2n ** 53n) })
    const store = await open(server.url())
    await expect(store.append(A, 0, newEvents(1))).rejects.toThrow("cannot be held")
    await expect(allOf(store)).rejects.toThrow("cannot be held")
  })

  test("a position of another database is refused", async () => {
    const server = await node()
    const store = await open(server.url())
    const { position } = await store.append(A, 0, newEvents(1))
    await expect(allOf(store, position - 1)).rejects.toThrow("is it another database than before?")
  })
})

describe("following", () => {
  const SUBSCRIPTION: readonly (readonly [string, Fault])[] = [
    ["breaks in the middle", { kind: "cut", when: "after" }],
    ["is ended by the server", { kind: "error", when: "after", error: timedOut() }],
    ["falls silent in the middle", { kind: "hang", when: "after" }],
    ["never says anything", { kind: "mute", when: "after" }],
    ["is never confirmed", { kind: "hang", when: "before" }],
    ["is refused", { kind: "error", when: "before", error: tooBusy() }],
  ]
  test.each(SUBSCRIPTION)("a subscription that %s is made anew: every event comes once, in order", async (_, fault) => {
    const server = await node()
    const store = await open(server.url())
    server.faults.plan("subscribe", fault, 3)
    const events = newEvents(24)
    const write = async (seen: number) => {
      // Each time when the follower has seen everything and waits, on whatever subscription it has by then.
      if (seen % 4 === 0 && seen < 24) await store.append(A, seen, events.slice(seen, seen + 4))
    }
    await write(0)
    expect(await follow(store, 24, write)).toEqual(idsOf(events))
    expect(server.calls.subscribe).toBeGreaterThan(1)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults)
      expect(fault).toMatch(new RegExp(`^the event log in KurrentDB at kurrentdb://${server.address} (lost a|cannot be)`))
  })

  test("for as long as it takes: a node that is away comes back, and following goes on", async () => {
    const server = await node()
    const store = await open(server.url(), { retryMs: 300 })
    const events = newEvents(4)
    await store.append(A, 0, events.slice(0, 2))
    const seen = follow(store, 4, (count) => {
      if (count === 2) void server.gate.refuse()
    })
    // Longer than any single attempt is allowed to take.
    while (faults.length < 4) await pause(20)
    server.log.append(
      `seatledger.${A}`,
      1,
      events.slice(2).map(({ id, type, data, metadata }) => {
        return { id, type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: Buffer.from(JSON.stringify(metadata)) }
      }),
    )
    await server.gate.open()
    expect(await seen).toEqual(idsOf(events))
  })

  test("the events of others and of the server itself do not come; whatever position was told, following goes on behind it", async () => {
    const server = await node()
    const store = await open(server.url())
    const events = newEvents(40)
    let sent = 0
    const write = async () => {
      // So many that checkpoints are sent, up to the very place where our next event will begin.
      for (let n = 0; n < 600; n++) server.log.system(n % 2 ? "$stats-127.0.0.1:2113" : "another-application", "Noise")
      await store.append(A, sent, events.slice(sent, sent + 5))
      sent += 5
    }
    await write()
    const told: { readonly position: number; readonly seen: number }[] = []
    let seen = 0
    for await (const batch of store.follow(START, new AbortController().signal, "never")) {
      seen += batch.events.length
      told.push({ position: batch.position, seen })
      if (seen === 40) break
      server.gate.cut()
      if (seen === sent) await write()
    }
    for (const { position, seen } of told) expect(idsOf(await allOf(store, position))).toEqual(idsOf(events).slice(seen))
  })

  test("after many events of others it looks on from the last checkpoint, not from its own last event", async () => {
    const server = await node()
    const store = await open(server.url(), { lookEveryMs: 60_000 })
    await store.append(A, 0, newEvents(1))
    const stop = new AbortController()
    const batches: number[] = []
    const following = (async () => {
      for await (const { events } of store.follow(START, stop.signal, "never")) {
        batches.push(events.length)
        if (batches.length === 2) stop.abort()
      }
    })()
    while (server.calls.subscribe < 1) await pause(5)
    for (let n = 0; n < 5_000; n++) server.log.system("another-application", "Noise")
    // What a connection had not brought when it broke, the next one brings.
    while ((server.subscribedFrom.at(-1) ?? 0) < 4_000) {
      const before = server.calls.subscribe
      server.gate.cut()
      while (server.calls.subscribe === before) await pause(5)
      await pause(20) // for something of it to arrive
    }
    await store.append(A, 1, newEvents(1))
    await following
    expect(batches).toEqual([1, 1])
  })

  test("a slow server and a slow wire change nothing but the time", async () => {
    const server = await node()
    const store = await open(server.url(), UNHURRIED)
    server.delayMs = 3
    server.gate.slow(10)
    const events = newEvents(20)
    const write = async () => {
      for (let n = 0; n < 20; n += 5) await store.append(A, n, events.slice(n, n + 5))
    }
    const [seen] = await Promise.all([follow(store, 20), write()])
    expect(seen).toEqual(idsOf(events))
    expect(faults).toEqual([])
  })

  test("the lag is measured, not assumed: the head moves although the follower has stopped taking", async () => {
    const server = await node()
    const [store, other] = [await open(server.url()), await open(server.url())]
    await other.append(A, 0, newEvents(1))
    const follower = store.follow(START, new AbortController().signal, "never")
    const { value: batch } = await follower.next()
    const { position } = await other.append(A, 1, newEvents(3))
    while (store.head() < position) await pause(10)
    expect(store.head()).toBe(position)
    expect(store.head()).toBeGreaterThan(batch?.position ?? 0)
    await follower.return(undefined)
  })

  test("how far behind a reader is is said in events, although positions are bytes that others take up too", async () => {
    const server = await node()
    const [store, strangers] = [await open(server.url()), await open(server.url(), {}, "strangers.")]
    expect(store.behind(START)).toBe(0)
    for (let n = 0; n < 300; n += 50) {
      await store.append(A, n, newEvents(50))
      await strangers.append(A, n, newEvents(50))
    }
    const positions: number[] = []
    for await (const { events } of store.follow(START, new AbortController().signal, "head"))
      positions.push(...events.map(({ position }) => position))
    const [, first = 0] = positions
    const last = positions.at(-1) ?? 0
    expect(last - first).toBeGreaterThan(10_000)
    expect(store.behind(last)).toBe(0)
    expect(store.behind(positions.at(-2) ?? 0)).toBeGreaterThanOrEqual(1)
    expect(store.behind(START)).toBeGreaterThan(200)
    expect(store.behind(START)).toBeLessThan(400)
    expect(store.behind(positions[149] ?? 0)).toBeGreaterThan(75)
    expect(store.behind(positions[149] ?? 0)).toBeLessThan(225)
  })
})

describe("a cluster", () => {
  async function cluster(size: number): Promise<TestNode[]> {
    const started = await startCluster(size)
    nodes.push(...started)
    return started
  }
  const seeds = (of: readonly TestNode[]) => `kurrentdb://${of.map(({ address }) => address).join(",")}?tls=false`

  test("the leader is found by gossip, from any of the seeds, also when some are away or keep silent", async () => {
    const [leader, away, silent] = (await cluster(3)) as [TestNode, TestNode, TestNode]
    await away.gate.refuse()
    silent.gate.freeze()
    const store = await open(seeds([away, silent, leader]), { callMs: 1_500 })
    expect(await appendForSure(store, A, 0, newEvents(2))).toMatchObject({ revision: 2 })
    expect(await readAll(store, A)).toHaveLength(2)
  })

  test("kurrentdb+discover:// asks the one name for the members", async () => {
    const [leader, follower] = (await cluster(2)) as [TestNode, TestNode]
    const store = await open(`kurrentdb+discover://${follower.address}?tls=false`, UNHURRIED)
    await store.append(A, 0, newEvents(2))
    expect(await readAll(store, A)).toHaveLength(2)
    expect(leader.calls.batchAppend).toBe(1)
    expect(follower.calls.batchAppend).toBe(0)
  })

  test("a node that does not lead says who does, and appends, reads and followers go there", async () => {
    const [leader, follower] = (await cluster(2)) as [TestNode, TestNode]
    const store = await open(follower.url(), UNHURRIED)
    follower.faults.plan("append", { kind: "error", when: "before", error: notLeader(leader.host, leader.port) })
    const events = newEvents(3)
    await store.append(A, 0, events)
    expect(idsOf(await readAll(store, A))).toEqual(idsOf(events))
    expect(await follow(store, 3)).toEqual(idsOf(events))
    expect(leader.calls.read).toBeGreaterThan(0)
    expect(leader.calls.batchAppend).toBe(1)
    expect(written(leader)).toEqual(idsOf(events))
  })

  test("the leader dies, another is elected: no append is lost, none is there twice, and followers go on", async () => {
    const [first, second, third] = (await cluster(3)) as [TestNode, TestNode, TestNode]
    const store = await open(seeds([first, second, third]))
    const events = newEvents(60)
    const write = async () => {
      for (let n = 0; n < 60; n += 3) {
        await appendForSure(store, A, n, events.slice(n, n + 3))
        if (n === 30) {
          await first.gate.refuse()
          setTimeout(() => second.lead(), 300) // an election
        }
      }
    }
    const [seen] = await Promise.all([follow(store, 60), write()])
    expect(seen).toEqual(idsOf(events))
    expect(written(second)).toEqual(idsOf(events))
  })
})

test("everything at once: writers, a follower, and whatever can go wrong at random", async () => {
  const server = await node()
  const store = await open(server.url(), { callMs: 300, retryMs: 2_000 })
  const [WRITERS, APPENDS] = [4, 25]
  const sent = Array.from({ length: WRITERS }, () => Array.from({ length: APPENDS }, () => newEvents(2)))
  let writing = true
  const trouble = async () => {
    // So much and no more: on a slow machine there would otherwise be trouble at every step.
    for (let n = 0; n < 300 && writing; n++) {
      const when = randomInt(2) ? "before" : "after"
      const call = (["append", "read", "subscribe", "features"] as const)[randomInt(4)] ?? "append"
      const kinds = [{ kind: "hang", when } as const, { kind: "cut", when } as const, { kind: "error", when, error: timedOut() } as const]
      if (server.faults.planned < 2) server.faults.plan(call, kinds[randomInt(3)] ?? { kind: "cut", when })
      const turn = randomInt(10)
      if (turn === 0) server.gate.cut()
      if (turn === 1) {
        await server.gate.refuse()
        await pause(randomInt(150))
        await server.gate.open()
      }
      if (turn === 2) {
        server.gate.freeze()
        await pause(randomInt(500))
        server.gate.thaw()
      }
      await pause(randomInt(40))
    }
    server.faults.clear()
  }
  const write = Promise.all(
    sent.map(async (batches, writer) => {
      for (const [n, events] of batches.entries()) {
        expect(await appendForSure(store, `organization-${writer}`, n * 2, events)).toMatchObject({ revision: n * 2 + 2 })
      }
    }),
  ).finally(() => {
    writing = false
  })
  const [seen] = await Promise.all([follow(store, WRITERS * APPENDS * 2), write, trouble()])
  expect(seen).toEqual(written(server))
  const reader = await open(server.url())
  for (const [writer, batches] of sent.entries()) {
    expect(idsOf(await readAll(reader, `organization-${writer}`))).toEqual(idsOf(batches.flat()))
  }
}, 300_000)
