import { request } from "node:http"
import { answerOf, SECRET, startServer, TOKEN } from "./support"

const TRACE_ID = /^[0-9a-f]{32}$/

describe("who may ask", () => {
  test("with a token a query is answered", async () => {
    const { ask } = await startServer()
    const { status, body } = await ask("{ hello whoami }")
    expect(status).toBe(200)
    expect(body).toEqual({ data: { hello: "hello world", whoami: "adele" } })
  })

  test("without a token: 401, and the challenge names the scheme only", async () => {
    const { ask } = await startServer()
    const { status, headers, body } = await ask("{ hello }", {}, { authorization: undefined })
    expect(status).toBe(401)
    expect(headers.get("www-authenticate")).toBe('Bearer realm="seatledger"')
    expect(body.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }])
    expect(body.data).toBeUndefined()
  })

  test.each([
    ["an expired token", "Bearer old", "invalid_token"],
    ["another scheme", "Basic YWRlbGU6cGFzcw==", "invalid_request"],
    ["a scheme without a token", "Bearer", "invalid_request"],
  ])("%s: 401, and the challenge says why", async (_name, authorization, problem) => {
    const { ask } = await startServer()
    const { status, headers } = await ask("{ hello }", {}, { authorization })
    expect(status).toBe(401)
    expect(headers.get("www-authenticate")).toBe(`Bearer realm="seatledger", error="${problem}"`)
  })

  test("keys that cannot be fetched are no fault of the token: 503", async () => {
    const { ask } = await startServer()
    const { status, headers, body } = await ask("{ hello }", {}, { authorization: "Bearer unavailable" })
    expect(status).toBe(503)
    expect(headers.get("retry-after")).toBe("5")
    expect(body.errors[0].extensions).toEqual({ code: "UNAVAILABLE" })
  })

  test("what a role may not do is said in the answer of that field", async () => {
    const { ask } = await startServer()
    const { status, body } = await ask("{ hello forbidden }")
    expect(status).toBe(200)
    expect(body.data).toEqual({ hello: "hello world", forbidden: null })
    expect(body.errors).toMatchObject([
      { message: "forbidden is for the role KING.", path: ["forbidden"], extensions: { code: "FORBIDDEN" } },
    ])
  })
})

describe("what the API looks like", () => {
  const production = {
    NODE_ENV: "production",
    SEATLEDGER_AUTH: "jwks",
    SEATLEDGER_JWKS_URL: "https://login.example.com/keys",
    SEATLEDGER_ISSUER: "x",
    SEATLEDGER_AUDIENCE: "x",
  }
  const introspection = "{ __schema { queryType { name } } }"

  test("in production strangers are told nothing, neither by introspection nor by suggestions", async () => {
    const { ask } = await startServer(production)
    for (const query of [introspection, "{ __typename }", "{ hallo }"]) {
      const { status, text } = await ask(query, {}, { authorization: undefined })
      expect(status).toBe(401)
      expect(text).not.toMatch(/hello|Query/)
    }
  })

  test("in production those with a token may look, and get no suggestions", async () => {
    const { ask } = await startServer(production)
    expect((await ask(introspection)).body.data.__schema.queryType.name).toBe("Query")
    expect((await ask("{ hallo }")).text).not.toMatch(/hello/)
  })

  test("in development strangers may look, and do nothing else", async () => {
    const { ask } = await startServer()
    const stranger = { authorization: undefined }
    expect((await ask(introspection, {}, stranger)).status).toBe(200)
    expect((await ask("{ __typename hello }", {}, stranger)).status).toBe(401)
    expect((await ask("{ ...F } fragment F on Query { hello }", {}, stranger)).status).toBe(401)
    expect((await ask("mutation { __typename }", {}, stranger)).status).toBe(401)
  })

  test("there is no landing page", async () => {
    const { url } = await startServer()
    const response = await answerOf(await fetch(`${url}/graphql`, { headers: { accept: "text/html", authorization: `Bearer ${TOKEN}` } }))
    expect(response.status).toBe(400)
    expect(response.text).not.toMatch(/<html/i)
  })
})

describe("headers", () => {
  test("answers are never stored, sniffed, framed or run", async () => {
    const { ask, url } = await startServer()
    for (const { headers } of [
      await ask("{ hello }"),
      await answerOf(await fetch(`${url}/livez`)),
      await answerOf(await fetch(`${url}/no`)),
    ]) {
      expect(headers.get("cache-control")).toBe("no-store")
      expect(headers.get("x-content-type-options")).toBe("nosniff")
      expect(headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'")
      expect(headers.get("x-powered-by")).toBeNull()
    }
  })

  test("a caller's trace is gone on with; otherwise one begins", async () => {
    const { ask } = await startServer()
    const given = "4bf92f3577b34da6a3ce929d0e0e4736"
    const continued = await ask("{ traceId }", {}, { traceparent: `00-${given}-00f067aa0ba902b7-01` })
    expect(continued.body.data.traceId).toBe(given)
    for (const traceparent of [undefined, "nonsense", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`]) {
      expect((await ask("{ traceId }", {}, { traceparent })).body.data.traceId).toMatch(TRACE_ID)
    }
  })
})

describe("CSRF: a browser must ask first", () => {
  test("a query by a plain GET, as a link or an image makes it, is refused", async () => {
    const { url } = await startServer()
    const plain = await fetch(`${url}/graphql?query={hello}`, { headers: { authorization: `Bearer ${TOKEN}` } })
    expect(plain.status).toBe(400)
    expect(await plain.text()).toMatch(/CSRF/)
  })

  test("a query by GET with a header of its own is answered, a mutation never", async () => {
    const { url } = await startServer()
    const headers = { authorization: `Bearer ${TOKEN}`, "apollo-require-preflight": "1" }
    expect((await answerOf(await fetch(`${url}/graphql?query={hello}`, { headers }))).body).toEqual({ data: { hello: "hello world" } })
    const mutation = await fetch(`${url}/graphql?query=mutation{add(numbers:[1])}`, { headers })
    expect(mutation.status).toBe(405)
    expect(mutation.headers.get("allow")).toBe("POST")
  })

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "a form's %s is refused",
    async (type) => {
      const { post } = await startServer()
      const { status } = await post('{"query":"{ hello }"}', { "content-type": type })
      expect([400, 415]).toContain(status)
    },
  )
})

describe("faults are masked", () => {
  test.each([
    "{ fails }",
    "{ failsLater }",
    '{ node(id: "usr_1") { ... on Person { fails } } }',
    '{ node(id: "usr_1") { ... on Person { broken } } }',
  ])("%s: a trace id for the caller, the error itself in the log", async (query) => {
    const { ask, lines } = await startServer()
    const { body, text } = await ask(query)
    expect(text).not.toContain(SECRET)
    const [error] = body.errors
    expect(error.message).toBe("Something went wrong on our side. Please report the trace id.")
    expect(error.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", traceId: expect.stringMatching(TRACE_ID) })
    const fault = lines.find((line) => line.msg === "fault")
    expect(fault).toMatchObject({ traceId: error.extensions.traceId, level: 50, err: { stack: expect.any(String) } })
  })

  test("the same trace id stands in the line of the operation", async () => {
    const { ask, lines } = await startServer()
    const { body } = await ask("query Broken { fails }")
    expect(lines.filter((line) => line.traceId === body.errors[0].extensions.traceId).map((line) => line.msg)).toEqual([
      "fault",
      "operation",
    ])
  })

  test("a wrong argument that shows only while executing is the caller's", async () => {
    const { ask } = await startServer()
    const { status, body } = await ask('query ($name: String = "you") { hello(name: $name) }', { name: null })
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }])
  })
})

describe("limits", () => {
  const page = (first: number) => `{ people(first: ${first}) { nodes { id friends(first: 50) { nodes { id } } } } }`

  test.each([
    ["tokens", { SEATLEDGER_MAX_TOKENS: "100" }, `{ ${"hello ".repeat(100)} }`, /100 tokens/],
    ["depth", { SEATLEDGER_MAX_DEPTH: "4" }, page(1), /5 levels deep; 4 are allowed/],
    ["aliases", { SEATLEDGER_MAX_ALIASES: "3" }, "{ a: hello b: hello c: hello d: hello }", /4 aliases; 3 are allowed/],
    ["root fields", { SEATLEDGER_MAX_ROOT_FIELDS: "2" }, "{ hello whoami traceId }", /3 root fields; 2 are allowed/],
    [
      "directives",
      { SEATLEDGER_MAX_DIRECTIVES: "1" },
      "{ hello @include(if: true) whoami @skip(if: false) }",
      /2 directives; 1 are allowed/,
    ],
    ["cost", { SEATLEDGER_MAX_COST: "1000" }, page(100), /at most 1000/],
  ])("%s", async (_name, env, query, message) => {
    const { ask } = await startServer(env)
    const { status, body } = await ask(query)
    expect(status).toBe(400)
    expect(body.errors[0].message).toMatch(message)
    expect(body.data).toBeUndefined()
  })

  test("fragments count as often as they are spread, however they are nested", async () => {
    const { ask } = await startServer({ SEATLEDGER_MAX_ALIASES: "1000" })
    const doubling = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(" ")
    const { status, body } = await ask(`{ ...F0 } ${doubling} fragment F40 on Query { a: hello }`)
    expect(status).toBe(400)
    expect(body.errors[0].message).toMatch(/1099511627776 aliases/)
  })

  test("cost is counted with the variables, not only with what stands in the document", async () => {
    const { ask } = await startServer({ SEATLEDGER_MAX_COST: "1000" })
    const query = "query ($first: Int) { people(first: $first) { nodes { id friends { nodes { id } } } } }"
    expect((await ask(query, { first: 5 })).status).toBe(200)
    expect((await ask(query, { first: 100 })).body.errors[0].extensions.code).toBe("OPERATION_TOO_COMPLEX")
    expect((await ask(query, { first: 5 })).status).toBe(200)
    expect((await ask(query, { first: 100 })).status).toBe(400)
  })

  test("variables that do not fit do not open the way for those that do", async () => {
    const { ask } = await startServer({ SEATLEDGER_MAX_COST: "1000" })
    const query =
      "query ($name: String!, $after: String) { hello(name: $name) people(first: 100, after: $after) { nodes { friends { nodes { id } } } } }"
    expect((await ask(query, { name: {} })).body.errors[0].extensions.code).toBe("BAD_USER_INPUT")
    expect((await ask(query, { name: "you" })).body.errors[0].extensions.code).toBe("OPERATION_TOO_COMPLEX")
  })

  test("a field that cannot run does not hide the cost of the others", async () => {
    const { ask } = await startServer({ SEATLEDGER_MAX_COST: "1000" })
    const query = 'query ($name: String = "you") { hello(name: $name) people(first: 100) { nodes { friends { nodes { id } } } } }'
    const { status, body } = await ask(query, { name: null })
    expect(status).toBe(400)
    expect(body.data).toBeUndefined()
  })

  test("a negative page does not pay for a large one", async () => {
    const { ask } = await startServer({ SEATLEDGER_MAX_COST: "1000" })
    const { status } = await ask(`{ a: people(first: -100) { nodes { friends { nodes { id } } } } b: ${page(100).slice(2)}`)
    expect(status).toBe(400)
  })

  test("a body that is too large: 413", async () => {
    const { post } = await startServer({ SEATLEDGER_MAX_BODY_BYTES: "2048" })
    const { status, body } = await post({ query: "{ hello }", variables: { filler: "x".repeat(3_000) } })
    expect(status).toBe(413)
    expect(body.errors[0].extensions.code).toBe("PAYLOAD_TOO_LARGE")
  })

  test("few complaints, however many mistakes", async () => {
    const { ask } = await startServer()
    const { body, text } = await ask(`{ ${Array.from({ length: 300 }, (_, i) => `no${i}`).join(" ")} }`)
    expect(body.errors.length).toBeLessThanOrEqual(6)
    expect(text.length).toBeLessThan(2_000)
  })

  test("batches are refused", async () => {
    const { post } = await startServer()
    expect((await post([{ query: "{ hello }" }, { query: "{ hello }" }])).status).toBe(400)
  })

  test("the standard introspection query of tools is within the limits", async () => {
    const { ask } = await startServer()
    const { getIntrospectionQuery } = await import("graphql")
    expect((await ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).status).toBe(200)
  })
})

describe("requests a second from one address", () => {
  /** In so many seconds what was asked meanwhile was counted, at most. */
  const windowsSince = (began: number) => Math.ceil((performance.now() - began) / 1_000) + 1

  test("too many: 429, and when to come back", async () => {
    const { ask } = await startServer({ SEATLEDGER_REQUESTS_PER_SECOND: "5" })
    const began = performance.now()
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask("{ hello }")))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(100 - 5 * windowsSince(began))
    expect(refused[0]?.headers.get("retry-after")).toBe("1")
    expect(refused[0]?.body.errors[0].extensions.code).toBe("RATE_LIMITED")
  })

  test("the default admits 200 a second, and probes are not counted", async () => {
    const { ask, url } = await startServer()
    const answers = await Promise.all(Array.from({ length: 250 }, () => ask("{ hello }")))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const probed = await startServer({ SEATLEDGER_REQUESTS_PER_SECOND: "1" })
    const probes = await Promise.all(Array.from({ length: 10 }, () => fetch(`${probed.url}/livez`)))
    expect(probes.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(url).not.toBe(probed.url)
  })

  test("behind a trusted proxy every client counts for itself; nobody else may say who they are", async () => {
    const limit = { SEATLEDGER_REQUESTS_PER_SECOND: "1" }
    const from = (address: string) => ({ "x-forwarded-for": address })
    const trusting = await startServer({ ...limit, SEATLEDGER_TRUSTED_PROXIES: "127.0.0.0/8" })
    const clients = await Promise.all([1, 2, 3, 4].map((n) => trusting.ask("{ hello }", {}, from(`203.0.113.${n}`))))
    expect(clients.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const wary = await startServer(limit)
    const began = performance.now()
    const pretenders = await Promise.all(Array.from({ length: 40 }, (_, n) => wary.ask("{ hello }", {}, from(`203.0.113.${n}`))))
    expect(pretenders.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(windowsSince(began))
  })
})

describe("requests that never become an operation", () => {
  test.each([
    ["broken JSON", '{"query": ', 400],
    ["no body", "", 400],
    ["a list", "[]", 400],
    ["a number", "1", 400],
    ["no query", '{"variables":{}}', 400],
    ["a query that is no text", '{"query":{"kind":"Document"}}', 400],
    ["variables that are text", '{"query":"{ hello }","variables":"{}"}', 400],
    ["a syntax error", '{"query":"{ hello"}', 400],
    ["an unknown operation", '{"query":"query A { hello }","operationName":"B"}', 400],
    ["a subscription", '{"query":"subscription { ticks }"}', 400],
  ])("%s: %s is %i, in the shape of every other answer", async (_name, body, status) => {
    const { post } = await startServer()
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.body.errors[0].message).toEqual(expect.any(String))
    expect(answer.body.errors[0].extensions.code).not.toBe("INTERNAL_SERVER_ERROR")
  })

  test("an unknown path: 404", async () => {
    const { url } = await startServer()
    const { status, body } = await answerOf(await fetch(`${url}/admin`))
    expect(status).toBe(404)
    expect(body.errors[0].extensions.code).toBe("NOT_FOUND")
  })

  test("a Host header that is none: 400", async () => {
    const { url, lines } = await startServer()
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "a b [", "content-type": "application/json", authorization: `Bearer ${TOKEN}` }
      const sent = request(`${url}/graphql`, { method: "POST", headers }, (response) => resolve(response.statusCode))
      sent.on("error", reject)
      sent.end('{"query":"{ hello }"}')
    })
    expect(status).toBe(400)
    expect(lines.some(({ msg }) => msg === "fault")).toBe(false)
  })
})

describe("one line of log per operation", () => {
  test("name, kind, time, code, trace and organization; nothing about the person", async () => {
    const { ask, lines } = await startServer()
    await ask("query Greeting($name: String!) { hello(name: $name) }", { name: "Grace Hopper" })
    const line = lines.find(({ msg }) => msg === "operation")
    expect(line).toMatchObject({
      operation: "Greeting",
      kind: "query",
      code: "OK",
      ms: expect.any(Number),
      traceId: expect.stringMatching(TRACE_ID),
      organizationId: "org_contoso",
    })
    expect(JSON.stringify(lines)).not.toMatch(/adele|Grace|Bearer/)
  })

  test("refused operations have their code", async () => {
    const { ask, lines } = await startServer()
    await ask("{ hallo }")
    await ask("{ forbidden }")
    await ask("{ hello }", {}, { authorization: undefined })
    expect(lines.filter(({ msg }) => msg === "operation").map(({ code }) => code)).toEqual([
      "GRAPHQL_VALIDATION_FAILED",
      "FORBIDDEN",
      "UNAUTHENTICATED",
    ])
  })
})
