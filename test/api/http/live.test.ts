/** Subscriptions over both transports, with the clients of their own packages. */
import { request } from "node:http"
import { connect as connectTcp, type Socket } from "node:net"
import { setTimeout as pause } from "node:timers/promises"
import { buildSchema } from "graphql"
import { createClient as createSse, type Client as SseClient } from "graphql-sse"
import { createClient as createWs, type Client as WsClient } from "graphql-ws"
import { pino } from "pino"
import WebSocket from "ws"
import { openFaults } from "../../../src/api/http/faults"
import { costCheck } from "../../../src/api/http/limits"
import { openMetrics } from "../../../src/api/http/metrics"
import { openSubscriptions } from "../../../src/api/http/subscriptions"
import { readConfig } from "../../../src/config"
import { answerOf, SECRET, startServer, type TestServer, TOKEN } from "./support"

interface Reading {
  readonly results: unknown[]
  /** Resolves once so many results have come. */
  has(count: number): Promise<unknown[]>
  readonly over: Promise<unknown>
  stop(): void
}

function read(client: WsClient | SseClient, query: string, variables: Record<string, unknown> = {}): Reading {
  const results: unknown[] = []
  let wake = () => {}
  let stop = () => {}
  const over = new Promise<unknown>((resolve) => {
    stop = client.subscribe(
      { query, variables },
      {
        next: (result: unknown) => {
          results.push(result)
          wake()
        },
        error: resolve,
        complete: () => resolve("complete"),
      },
    )
  })
  return {
    results,
    over,
    stop,
    async has(count) {
      while (results.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return results
    },
  }
}

const clients: { dispose(): unknown }[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose()
})

const transports = {
  websocket(server: TestServer, token: string | null = TOKEN): WsClient {
    const client = createWs({
      url: `${server.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token !== null && { connectionParams: { authorization: `Bearer ${token}` } }),
    })
    clients.push(client)
    return client
  },
  sse(server: TestServer, token: string | null = TOKEN): SseClient {
    const client = createSse({
      url: `${server.url}/graphql/stream`,
      retryAttempts: 0,
      ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
    })
    clients.push(client)
    return client
  },
}
type Transport = keyof typeof transports

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(2) // Not turn by turn: whoever is waited for may need the processor.
}

describe.each(["websocket", "sse"] as const)("%s", (transport: Transport) => {
  const connect = (server: TestServer, token?: string | null) => transports[transport](server, token)

  test("every event, in order, until the client stops; then nobody reads any more", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { ticks }")
    await until(() => server.ticks.reading === 1)
    for (const tick of [1, 2, 3]) server.ticks.push(tick)
    expect(await reading.has(3)).toEqual([1, 2, 3].map((ticks) => ({ data: { ticks } })))
    reading.stop()
    await until(() => server.ticks.reading === 0)
  })

  test("a thousand events at once arrive, all and in order", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { ticks }")
    await until(() => server.ticks.reading === 1)
    for (let tick = 0; tick < 1_000; tick++) server.ticks.push(tick)
    const results = await reading.has(1_000)
    expect(results).toEqual(Array.from({ length: 1_000 }, (_, ticks) => ({ data: { ticks } })))
  })

  test("every event has a context of its own", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { contexts }")
    await until(() => server.ticks.reading === 1)
    for (const tick of [1, 2]) server.ticks.push(tick)
    const [first, second] = await reading.has(2)
    expect(first).not.toEqual(second)
  })

  test.each([
    ["no token", null],
    ["an expired token", "old"],
  ])("%s: nothing is read", async (_name, token) => {
    const server = await startServer()
    expect(await read(connect(server, token), "subscription { ticks }").over).not.toBe("complete")
    expect(server.ticks.reading).toBe(0)
  })

  test.each([
    ["a role that may not", "subscription { forbiddenTicks }", {}, "FORBIDDEN"],
    ["a field there is not", "subscription { tocks }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["a syntax error", "subscription { ", {}, "GRAPHQL_PARSE_FAILED"],
    ["a query", "{ hello }", {}, "BAD_REQUEST"],
    ["a variable that does not fit", "subscription ($after: Int) { ticks(after: $after) }", { after: "x" }, "BAD_USER_INPUT"],
    [
      "a root field that may not be there",
      "subscription ($yes: Boolean!) { ticks @include(if: $yes) }",
      { yes: true },
      "GRAPHQL_VALIDATION_FAILED",
    ],
    [
      "too many aliases",
      `subscription { ticks ${Array.from({ length: 31 }, (_, i) => `a${i}: __typename`).join(" ")} }`,
      {},
      "GRAPHQL_VALIDATION_FAILED",
    ],
    ["too many tokens", `subscription { ${"ticks ".repeat(2_000)} }`, {}, "GRAPHQL_PARSE_FAILED"],
  ])("%s is refused, and the client is told", async (_name, query, variables, code) => {
    const server = await startServer()
    const reading = read(connect(server), query, variables)
    const over = await reading.over
    const errors = transport === "websocket" ? over : (reading.results[0] as { errors: unknown }).errors
    expect(errors).toMatchObject([{ extensions: { code } }])
    expect(server.lines.filter(({ msg }) => msg === "operation")).toMatchObject([{ kind: "subscription", code }])
  })

  test("a fault while it runs is masked and logged, and ends it", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { brokenTicks }")
    await reading.over
    expect(reading.results[0]).toEqual({ data: { brokenTicks: 1 } })
    expect(reading.results[1]).toMatchObject({ errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] })
    expect(JSON.stringify(reading.results)).not.toContain(SECRET)
    expect(server.lines.filter(({ msg }) => msg === "fault")).toHaveLength(1)
  })

  test("a client that goes without a word leaves nobody reading", async () => {
    const server = await startServer()
    const client = connect(server)
    read(client, "subscription { ticks }").over.catch(() => undefined)
    await until(() => server.ticks.reading === 1)
    await client.dispose()
    await until(() => server.ticks.reading === 0)
  })

  test("when the token expires, what it opened ends", async () => {
    const server = await startServer()
    // For one second, which may be over before anything is open.
    const reading = read(connect(server, "adele.org_contoso.1"), "subscription { ticks }")
    expect(await reading.over).not.toBe("complete")
    await until(() => server.ticks.reading === 0)
  })

  test("shutting down ends it in a way that makes clients come back", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { ticks }")
    await until(() => server.ticks.reading === 1)
    await server.close()
    expect(await reading.over).not.toBe("complete")
    expect(server.ticks.reading).toBe(0)
  })

  test("running subscriptions are counted", async () => {
    const server = await startServer()
    const reading = read(connect(server), "subscription { ticks }")
    await until(() => server.ticks.reading === 1)
    expect((await server.metrics.page()).text).toContain(`seatledger_subscriptions{transport="${transport}"} 1`)
    reading.stop()
    await until(() => server.ticks.reading === 0)
    expect((await server.metrics.page()).text).toContain(`seatledger_subscriptions{transport="${transport}"} 0`)
  })

  test("one address keeps so many connections open, and a place is free again when one closes", async () => {
    const server = await startServer({ SEATLEDGER_LIVE_CONNECTIONS: "2" })
    const readings = [1, 2].map(() => read(connect(server), "subscription { ticks }"))
    await until(() => server.ticks.reading === 2)
    expect(await read(connect(server), "subscription { ticks }").over).not.toBe("complete")
    readings[0]?.stop()
    await until(() => server.ticks.reading === 1)
    clients.splice(0, 1)[0]?.dispose()
    while (server.ticks.reading < 2)
      await Promise.race([read(connect(server), "subscription { ticks }").over, until(() => server.ticks.reading === 2)])
  })
})

/** A WebSocket by hand: opened, and then deaf to everything. */
async function silentSocket({ url }: TestServer): Promise<Socket> {
  const socket = connectTcp(Number(new URL(url).port), "127.0.0.1")
  socket.on("error", () => {})
  socket.write(
    [
      "GET /graphql HTTP/1.1",
      "Host: localhost",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: graphql-transport-ws",
      "",
      "",
    ].join("\r\n"),
  )
  const opened = await new Promise<Buffer>((resolve) => socket.once("data", resolve))
  expect(opened.toString()).toMatch(/^HTTP\/1\.1 101 /)
  return socket.resume()
}

test("a source that cannot be woken does not keep a reader waiting who stops", async () => {
  const config = readConfig({})
  const schema = buildSchema("type Query { a: Int } type Subscription { never: Int }")
  const subscriptions = openSubscriptions({
    schema,
    limits: config,
    checkCost: costCheck(schema, config.maxCost),
    createContext: (viewer, traceId) => ({ viewer, traceId }),
    faults: openFaults(pino({ level: "silent" })),
    metrics: openMetrics(),
    log: pino({ level: "silent" }),
  })
  const field = schema.getSubscriptionType()?.getFields().never
  if (field) field.subscribe = () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) })
  const started = await subscriptions.start({ query: "subscription { never }" }, { subject: "adele", roles: [] }, "trace", "sse")
  if (started.kind !== "running") throw new Error("refused")
  const waiting = started.results.next()
  subscriptions.close()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test.each(["websocket", "sse"] as const)("%s: a client that reads slowly makes the source wait, and loses nothing", async (transport) => {
  const server = await startServer()
  let resume: () => void
  const received =
    transport === "sse"
      ? await new Promise<() => number>((resolve) => {
          const headers = { "content-type": "application/json", accept: "text/event-stream", authorization: `Bearer ${TOKEN}` }
          const sent = request(`${server.url}/graphql/stream`, { method: "POST", headers }, (response) => {
            let events = 0
            let tail = ""
            response.on("error", () => {})
            response.on("data", (chunk: Buffer) => {
              const text = tail + chunk.toString()
              events += text.split("event: next").length - 1
              tail = text.slice(-10) // one character less than what is counted
            })
            response.pause()
            resume = () => response.resume()
            resolve(() => events)
          })
          sent.end('{"query":"subscription { pages }"}')
        })
      : await new Promise<() => number>((resolve) => {
          let events = 0
          const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws")
          socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${TOKEN}` } })))
          socket.on("message", (data) => {
            const { type } = JSON.parse(String(data))
            if (type === "next") events++
            if (type !== "connection_ack") return
            socket.send('{"id":"1","type":"subscribe","payload":{"query":"subscription { pages }"}}', () => {
              socket.pause()
              resume = () => socket.resume()
              resolve(() => events)
            })
          })
        })
  await until(() => server.ticks.reading === 1)
  const EVENTS = 500 // 50 MB: more than the sockets of both ends hold
  for (let tick = 0; tick < EVENTS; tick++) server.ticks.push(tick)
  for (let turn = 0; turn < 3_000; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(server.ticks.waiting).toBeGreaterThan(EVENTS / 2)
  // biome-ignore lint/style/noNonNullAssertion: set before the promise above was resolved
  resume!()
  await until(() => received() === EVENTS)
})

describe("only over WebSocket", () => {
  test("the token may also come in the header of the upgrade", async () => {
    const server = await startServer()
    class WithHeader extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: { authorization: `Bearer ${TOKEN}` } })
      }
    }
    const client = createWs({ url: `${server.url.replace("http", "ws")}/graphql`, webSocketImpl: WithHeader, retryAttempts: 0 })
    clients.push(client)
    read(client, "subscription { ticks }")
    await until(() => server.ticks.reading === 1)
  })

  test("one connection carries so many subscriptions", async () => {
    const server = await startServer({ SEATLEDGER_SUBSCRIPTIONS_PER_CONNECTION: "2" })
    const client = transports.websocket(server)
    for (let i = 0; i < 2; i++) read(client, "subscription { ticks }")
    await until(() => server.ticks.reading === 2)
    expect(await read(client, "subscription { ticks }").over).toMatchObject([{ extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } }])
  })

  test.each([
    ["another path", "/other", ["graphql-transport-ws"], /404/],
    ["another protocol", "/graphql", ["chat"], /./],
  ])("%s is refused", async (_name, path, protocols, message) => {
    const server = await startServer()
    const socket = new WebSocket(`${server.url.replace("http", "ws")}${path}`, protocols)
    const refusal = await new Promise<string>((resolve) => {
      socket.on("error", (error) => resolve(error.message))
      socket.on("close", (code) => resolve(String(code)))
    })
    expect(refusal).toMatch(message)
  })

  test("a message before the token is the end: 4401", async () => {
    const server = await startServer()
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws")
    socket.on("open", () => socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: "subscription { ticks }" } })))
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(4401)
  })

  test("signing in without a token is the end: 4403", async () => {
    const server = await startServer()
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws")
    socket.on("open", () => socket.send('{"type":"connection_init"}'))
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(4403)
  })

  test("while sockets are closed readiness says no; a client that does not answer is cut off", async () => {
    const server = await startServer()
    const socket = await silentSocket(server)
    const readiness = async () => answerOf(await fetch(`${server.url}/readyz`))
    expect((await readiness()).status).toBe(200) // and the connection stays: to make one may take longer than closing does
    const closed = server.close()
    const { status, body } = await readiness()
    expect(status).toBe(503)
    expect(body).toEqual({ status: "not ready", checks: { server: "shutting down" } })
    await closed
    expect(socket.destroyed || socket.readableEnded).toBe(true)
  })

  test("a message too large is the end: 1009", async () => {
    const server = await startServer({ SEATLEDGER_MAX_BODY_BYTES: "2048" })
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws")
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { filler: "x".repeat(3_000) } })))
    expect(await new Promise((resolve) => socket.on("close", resolve))).toBe(1009)
    expect(server.lines).toContainEqual(expect.objectContaining({ msg: "websocket" }))
  })
})

describe("only over server-sent events", () => {
  test("without a token: 401 with the challenge; without the right accept: 406", async () => {
    const { url } = await startServer()
    const send = async (headers: Record<string, string>) =>
      answerOf(
        await fetch(`${url}/graphql/stream`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: '{"query":"subscription { ticks }"}',
        }),
      )
    const stranger = await send({ accept: "text/event-stream" })
    expect(stranger.status).toBe(401)
    expect(stranger.headers.get("www-authenticate")).toBe('Bearer realm="seatledger"')
    expect((await send({ authorization: `Bearer ${TOKEN}`, accept: "application/json" })).status).toBe(406)
  })

  test("the stream has the same security headers as everything else", async () => {
    const { url } = await startServer()
    const response = await fetch(`${url}/graphql/stream`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", authorization: `Bearer ${TOKEN}` },
      body: '{"query":"subscription { brokenTicks }"}',
    })
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/)
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
    await response.body?.cancel()
  })
})
