/** The test server is as good as its rules: each is asked for with the client that real servers are asked with. */
import { randomUUID } from "node:crypto"
import {
  type AllStreamResolvedEvent,
  type AppendStreamState,
  type EventData,
  eventTypeFilter,
  jsonEvent,
  KurrentDBClient,
  streamNameFilter,
} from "@kurrent/kurrentdb-client"
import { notLeader } from "./faults"
import { Log } from "./log"
import { startCluster, startNode, type TestNode } from "./node"

describe("the protocol server", () => {
  let node: TestNode
  let client: KurrentDBClient
  beforeEach(async () => {
    node = await startNode()
    client = KurrentDBClient.connectionString(`${node.url()}&discoveryInterval=10`)
  })
  afterEach(async () => {
    await client.dispose()
    await node.stop()
  })

  const event = (type = "Happened", id = randomUUID()): EventData => jsonEvent({ type, id, data: { type } })
  const append = (events: EventData[], streamState: AppendStreamState, stream = "stream") =>
    client.appendToStream(stream, events, { streamState })
  const ids = (stream = "stream") => node.log.stream(stream)?.map(({ id }) => id)

  /** As the client can be made to send: many appends on one stream of messages, or each as a call of its own. */
  describe.each([
    ["batches", () => {}],
    ["single appends", () => client.setCredentialsProvider(async () => ({ username: "admin", password: "changeit" }))],
  ])("%s", (_, prepare) => {
    beforeEach(prepare)

    test("an exact revision is exact; a repeat of what stands there succeeds with the first answer, also of its beginning", async () => {
      const [a, b, c] = [event(), event(), event()]
      const first = await append([a, b], "no_stream")
      expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n })
      await append([c], 1n)
      expect(await append([a, b], "no_stream")).toEqual(first)
      expect(await append([a], "no_stream")).toMatchObject({ nextExpectedRevision: 0n })
      expect(ids()).toEqual([a.id, b.id, c.id])
    })

    test.each([
      ["another id first", (_a: EventData, b: EventData) => [event(), b]],
      ["another id last", (a: EventData) => [a, event()]],
      ["one event more", (a: EventData, b: EventData) => [a, b, event()]],
      ["another order", (a: EventData, b: EventData) => [b, a]],
    ])("%s: the wrong expected version, with where the stream is", async (_case, change) => {
      const [a, b] = [event(), event()]
      await append([a, b], "no_stream")
      await expect(append(change(a, b), "no_stream")).rejects.toMatchObject({
        type: "wrong-expected-version",
        expectedState: "no_stream",
        actualState: 1n,
      })
      expect(ids()).toEqual([a.id, b.id])
    })

    test("a revision beyond the end, of a stream or of none", async () => {
      await expect(append([event()], 5n)).rejects.toMatchObject({ expectedState: 5n, actualState: "no_stream" })
      await append([event()], "no_stream")
      await expect(append([event()], 5n)).rejects.toMatchObject({ expectedState: 5n, actualState: 0n })
    })

    test("ids are not looked at where a new event would stand", async () => {
      const a = event()
      await append([a], "no_stream")
      await append([a], 0n)
      await append([a], "no_stream", "other")
      expect([ids(), ids("other")]).toEqual([[a.id, a.id], [a.id]])
    })

    test("any revision: known ids are a repeat, some of them are none; a stream that exists", async () => {
      const [a, b] = [event(), event()]
      await expect(append([a], "stream_exists")).rejects.toMatchObject({ type: "wrong-expected-version" })
      await append([a], "any")
      expect(await append([a], "any")).toMatchObject({ nextExpectedRevision: 0n })
      await append([b], "stream_exists")
      await expect(append([a, event()], "any")).rejects.toMatchObject({ type: "wrong-expected-version" })
      expect(ids()).toEqual([a.id, b.id])
    })

    test("an append's position is that of its last event in $all", async () => {
      const { position } = await append([event(), event(), event()], "no_stream")
      const all: AllStreamResolvedEvent[] = []
      for await (const resolved of client.readAll({ direction: "backwards", fromPosition: "end", maxCount: 1 })) all.push(resolved)
      expect(all[0]?.event?.position).toEqual(position)
    })

    test("a deleted stream", async () => {
      node.log.tombstone("stream")
      await expect(append([event()], "no_stream")).rejects.toMatchObject({ type: "stream-deleted" })
    })
  })

  test("a server before 21.10 knows no batches, and the client sends single appends", async () => {
    const old = await startNode({ batchAppend: false })
    const other = KurrentDBClient.connectionString(old.url())
    await other.appendToStream("stream", event(), { streamState: "no_stream" })
    expect(old.calls).toMatchObject({ append: 1, batchAppend: 0 })
    await other.dispose()
    await old.stop()
  })

  const types = async (found: AsyncIterable<{ event?: { type: string } }>) => {
    const all: (string | undefined)[] = []
    for await (const { event } of found) all.push(event?.type)
    return all
  }

  test("reads: from both ends, from a revision (included) and from a position (included), counted and filtered", async () => {
    await append(
      ["A", "B", "C"].map((type) => event(type)),
      "no_stream",
    )
    node.log.system("$settings")
    await append([event("D")], "no_stream", "other")
    expect(await types(client.readStream("stream"))).toEqual(["A", "B", "C"])
    expect(await types(client.readStream("stream", { fromRevision: 1n }))).toEqual(["B", "C"])
    expect(await types(client.readStream("stream", { fromRevision: 9n }))).toEqual([])
    expect(await types(client.readStream("stream", { direction: "backwards", fromRevision: "end", maxCount: 2 }))).toEqual(["C", "B"])
    await expect(types(client.readStream("nowhere"))).rejects.toMatchObject({ type: "stream-not-found" })
    expect(await types(client.readAll())).toEqual(["$epoch-information", "A", "B", "C", "$settings", "D"])
    const b = node.log.stream("stream")?.[1]?.position ?? 0n
    expect(await types(client.readAll({ fromPosition: { commit: b, prepare: b }, maxCount: 2 }))).toEqual(["B", "C"])
    expect(await types(client.readAll({ fromPosition: { commit: b, prepare: b }, direction: "backwards" }))).toEqual([
      "A",
      "$epoch-information",
    ])
    expect(await types(client.readAll({ filter: streamNameFilter({ prefixes: ["oth", "$"] }) }))).toEqual([
      "$epoch-information",
      "$settings",
      "D",
    ])
    expect(await types(client.readAll({ filter: eventTypeFilter({ regex: "^[BD]$" }) }))).toEqual(["B", "D"])
    await expect(types(client.readAll({ fromPosition: { commit: b + 1n, prepare: b + 1n } }))).rejects.toThrow(/invalid position/)
  })

  test("a subscription begins behind its position, is confirmed, catches up, tells checkpoints and goes on live", async () => {
    await append(
      ["A", "B", "C"].map((type) => event(type)),
      "no_stream",
    )
    for (let n = 0; n < 40; n++) node.log.system("$stats")
    const a = node.log.stream("stream")?.[0]?.position ?? 0n
    const checkpoints: bigint[] = []
    const subscription = client.subscribeToAll({
      fromPosition: { commit: a, prepare: a },
      filter: streamNameFilter({
        prefixes: ["stream"],
        checkpointReached: (_, { commit, prepare }) => {
          checkpoints.push(commit)
          expect(prepare === commit || prepare === 0n).toBe(true)
        },
      }),
    })
    const said: string[] = []
    for (const what of ["confirmation", "caughtUp"]) subscription.on(what, () => said.push(what))
    const seen: (string | undefined)[] = []
    for await (const { event: resolved } of subscription) {
      seen.push(resolved?.type)
      if (seen.length === 2) setTimeout(() => void append([event("D")], 2n), 20)
      if (seen.length === 3) break
    }
    expect(seen).toEqual(["B", "C", "D"])
    expect(said).toEqual(["confirmation", "caughtUp"])
    expect(checkpoints).toHaveLength(2) // of the 32 that were looked at, and on going live
    await expect(types(client.subscribeToAll({ fromPosition: { commit: a + 1n, prepare: a + 1n } }))).rejects.toThrow(/invalid position/)
  })

  test("a subscription to one stream", async () => {
    await append(
      ["A", "B"].map((type) => event(type)),
      "no_stream",
    )
    const seen: (string | undefined)[] = []
    for await (const { event: resolved } of client.subscribeToStream("stream", { fromRevision: 0n })) {
      seen.push(resolved?.type)
      if (seen.length === 1) void append([event("C")], 1n)
      if (seen.length === 2) break
    }
    expect(seen).toEqual(["B", "C"])
  })

  test("followers ask the leader when they must, and gossip says who that is", async () => {
    const nodes = await startCluster(2)
    const [leader, follower] = nodes as [TestNode, TestNode]
    const other = KurrentDBClient.connectionString(follower.url())
    const options = { streamState: "no_stream", requiresLeader: true } as const
    await expect(other.appendToStream("stream", event(), options)).rejects.toMatchObject({
      type: "not-leader",
      leader: { address: leader.host, port: leader.port },
    })
    await other.appendToStream("stream", event(), options) // The client has moved.
    expect(leader.calls.batchAppend).toBe(1)
    expect(notLeader(leader.host, leader.port).metadata.get("exception")).toEqual(["not-leader"])
    const found = KurrentDBClient.connectionString(`kurrentdb://${nodes.map(({ address }) => address).join(",")}?tls=false`)
    await found.appendToStream("stream", event(), { streamState: 0n, requiresLeader: true })
    expect(leader.calls.batchAppend).toBe(2)
    await Promise.all([other.dispose(), found.dispose(), ...nodes.map((one) => one.stop())])
  })

  test("records lie where their bytes begin, and a log may begin anywhere", () => {
    const log = new Log(1_000n)
    expect(log.events[0]?.position).toBe(1_000n)
    expect(log.isRecord(1_001n)).toBe(false)
    expect(log.isRecord(log.end)).toBe(true)
    expect(log.indexOf(log.end)).toBe(1)
  })
})
