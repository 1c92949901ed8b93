import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { LedgerClient } from "../../src/cli/ledger-client"

type Reply = { readonly status: number; readonly body: string; readonly retryAfter?: string }
let server: Server
let replies: Reply[]
let bodies: string[]
let client: LedgerClient

beforeEach(async () => {
  replies = []
  bodies = []
  server = createServer(async (request, response) => {
    let body = ""
    for await (const chunk of request.setEncoding("utf8")) body += chunk
    bodies.push(`${request.headers.authorization} ${body}`)
    const reply = replies.shift() ?? { status: 500, body: "no more replies" }
    if (reply.retryAfter !== undefined) response.setHeader("retry-after", reply.retryAfter)
    response.writeHead(reply.status).end(reply.body)
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  client = new LedgerClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, "secret")
})
afterEach(() => new Promise((closed) => server.close(closed)))

test("a server that limits or restarts is asked again, with the very same request", async () => {
  replies.push(
    { status: 429, body: "slow down", retryAfter: "0" },
    { status: 503, body: "", retryAfter: "0" },
    { status: 200, body: '{"data":{"a":1}}' },
  )
  expect(await client.ask<{ a: number }>("query A { a }", { x: 1 })).toEqual({ a: 1 })
  expect(bodies).toHaveLength(3)
  expect(new Set(bodies)).toEqual(new Set([`Bearer secret ${JSON.stringify({ query: "query A { a }", variables: { x: 1 } })}`]))
})

test("what the server says is passed on, and anything else is named by its address", async () => {
  replies.push({ status: 200, body: '{"errors":[{"message":"createUser is for USER_ADMIN"}],"data":null}' })
  await expect(client.ask("{ a }", {})).rejects.toThrow("the server answered: createUser is for USER_ADMIN")
  replies.push({ status: 404, body: "<html>nothing here</html>" })
  await expect(client.ask("{ a }", {})).rejects.toThrow(/127\.0\.0\.1:\d+\/graphql answered 404 without data: <html>/)
})
