/** What the console keeps of the server's answers: with the real client of urql, and a server that counts. */
import { createServer, type Server } from "node:http"
import { Client, fetchExchange, gql, type RequestPolicy } from "urql"
import { keptAnswers, MOST_KEPT } from "../../console/src/api/kept-answers"
import { listenAt } from "../support/lasting-port"
import { until } from "../support/until"

const NUMBER = gql<{ number: number; asked: number }, { number: number }>`
  query Number($number: Int!) {
    number(number: $number)
    asked
  }
`
const COMMAND = gql<{ done: boolean }, Record<string, never>>`
  mutation Command {
    done
  }
`

let server: Server
let asked: number
/** What the server says instead of an answer. */
let refusal: { readonly status: number; readonly code: string } | undefined
let client: Client
beforeEach(async () => {
  asked = 0
  refusal = undefined
  server = createServer(async (request, response) => {
    let body = ""
    for await (const part of request) body += String(part)
    const { query, variables } = JSON.parse(body)
    if (refusal) {
      const errors = [{ message: "Not now.", extensions: { code: refusal.code } }]
      return void response.writeHead(refusal.status, { "content-type": "application/json" }).end(JSON.stringify({ errors }))
    }
    const data = query.includes("mutation") ? { done: true } : { number: variables.number, asked: ++asked }
    response.setHeader("content-type", "application/json").end(JSON.stringify({ data }))
  })
  const url = `http://127.0.0.1:${await listenAt(server)}/graphql`
  client = new Client({ url, preferGetMethod: false, requestPolicy: "cache-and-network", exchanges: [keptAnswers, fetchExchange] })
})
afterEach(() => close())

function close(): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** As a page does that is opened and left again: what it was shown, in order. */
async function visit(number: number, requestPolicy: RequestPolicy = "cache-and-network") {
  const seen: { asked: number | undefined; stale: boolean; failed: boolean }[] = []
  const { unsubscribe } = client
    .query(NUMBER, { number }, { requestPolicy })
    .subscribe(({ data, stale, error }) => seen.push({ asked: data?.asked, stale, failed: error !== undefined }))
  await until(() => seen.at(-1)?.stale === false)
  unsubscribe()
  return seen
}

const isKept = (number: number) => client.readQuery(NUMBER, { number }, { requestPolicy: "cache-first" }) !== null

test("a page that is gone back to is there at once, and then read again", async () => {
  expect(await visit(1)).toEqual([{ asked: 1, stale: false, failed: false }])
  expect(await visit(1)).toEqual([
    { asked: 1, stale: true, failed: false },
    { asked: 2, stale: false, failed: false },
  ])
})

test("of very many answers the last are kept", async () => {
  for (let number = 0; number <= MOST_KEPT; number++) await visit(number)
  expect(isKept(0)).toBe(false)
  expect(isKept(2)).toBe(true)
  expect(isKept(MOST_KEPT)).toBe(true)
})

test("pages of lists are not kept", async () => {
  await visit(1, "network-only")
  expect(isKept(1)).toBe(false)
})

test("what cannot be read again stays as it was, beside the error", async () => {
  await visit(1)
  await close()
  expect((await visit(1)).at(-1)).toEqual({ asked: 1, stale: false, failed: true })
  expect((await visit(2)).at(-1)).toEqual({ asked: undefined, stale: false, failed: true })
})

test.each([
  [503, "UNAVAILABLE"],
  [429, "RATE_LIMITED"],
  [200, "TRY_AGAIN"],
  [500, "INTERNAL_SERVER_ERROR"],
])("what is answered with %s %s stays as it was", async (status, code) => {
  await visit(1)
  refusal = { status, code }
  expect((await visit(1)).at(-1)).toEqual({ asked: 1, stale: false, failed: true })
})

test("what could not be answered is asked again by itself, as long as it is shown", async () => {
  await visit(1)
  refusal = { status: 503, code: "UNAVAILABLE" }
  const seen: { asked: number | undefined; failed: boolean }[] = []
  const { unsubscribe } = client
    .query(NUMBER, { number: 1 })
    .subscribe(({ data, error }) => seen.push({ asked: data?.asked, failed: error !== undefined }))
  await until(() => seen.at(-1)?.failed === true)
  refusal = undefined
  await until(() => seen.at(-1)?.failed === false)
  unsubscribe()
  expect(seen.at(-1)).toEqual({ asked: 2, failed: false })
})

test.each([
  [403, "FORBIDDEN"],
  [401, "UNAUTHENTICATED"],
  [400, "BAD_USER_INPUT"],
])("%s %s is an answer: what was seen before is seen no longer", async (status, code) => {
  await visit(1)
  refusal = { status, code }
  expect((await visit(1)).at(-1)).toEqual({ asked: undefined, stale: false, failed: true })
})

test("after a command what is shown is read again, and what was left is forgotten", async () => {
  await visit(1)
  const seen: number[] = []
  const { unsubscribe } = client.query(NUMBER, { number: 2 }).subscribe(({ data }) => seen.push(data?.asked ?? 0))
  await until(() => seen.length === 1)
  await client.mutation(COMMAND, {}).toPromise()
  await until(() => seen.at(-1) === 3)
  unsubscribe()
  expect(isKept(1)).toBe(false)
})
