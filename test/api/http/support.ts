/** A real server on a free port over a small schema of its own, so that these tests say nothing about the ledger. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from "graphql"
import { pino } from "pino"
import { type Caller, type CreateContext } from "../../../src/api/http/caller"
import type { Check } from "../../../src/api/http/health"
import { type Metrics, openMetrics } from "../../../src/api/http/metrics"
import { openServer, type RunningServer } from "../../../src/api/server"
import { InvalidToken, KeysUnavailable, type Tokens } from "../../../src/auth/tokens"
import type { Viewer } from "../../../src/auth/viewer"
import { type Config, readConfig } from "../../../src/config"

const nonNull = { string: new GraphQLNonNull(GraphQLString), int: new GraphQLNonNull(GraphQLInt) }
export const SECRET = "secret-of-the-inside"

/** Something to wait for, opened by the test. */
export class Gate {
  open!: () => void
  readonly opened: Promise<void>
  private enter!: () => void
  /** Resolves when somebody has come to the gate. */
  readonly reached: Promise<void>
  constructor() {
    this.opened = new Promise((resolve) => {
      this.open = resolve
    })
    this.reached = new Promise((resolve) => {
      this.enter = resolve
    })
  }
  async pass(): Promise<void> {
    this.enter()
    await this.opened
  }
}

/** Numbers counted up one by one, for as long as somebody reads; `next` waits for `push`. */
export class Ticks {
  private readonly readers = new Set<{ pending: number[]; wake: () => void; ended: boolean }>()
  /** Ticks that nobody has taken yet. */
  get waiting(): number {
    return [...this.readers].reduce((sum, { pending }) => sum + pending.length, 0)
  }
  get reading(): number {
    return this.readers.size
  }
  push(tick: number): void {
    for (const reader of this.readers) {
      reader.pending.push(tick)
      reader.wake()
    }
  }
  read(): AsyncIterableIterator<number> {
    const reader = { pending: [] as number[], wake: () => {}, ended: false }
    this.readers.add(reader)
    const iterator: AsyncIterableIterator<number> = {
      next: async () => {
        while (!reader.ended) {
          const tick = reader.pending.shift()
          if (tick !== undefined) return { done: false, value: tick }
          await new Promise<void>((resolve) => {
            reader.wake = resolve
          })
        }
        return { done: true, value: undefined }
      },
      return: async () => {
        reader.ended = true
        this.readers.delete(reader)
        reader.wake()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }
}

export interface World {
  readonly gate: Gate
  readonly ticks: Ticks
}

export function smallSchema({ gate, ticks }: World): GraphQLSchema {
  const Node = new GraphQLInterfaceType({ name: "Node", fields: { id: { type: nonNull.string } }, resolveType: () => "Person" })
  const Person: GraphQLObjectType = new GraphQLObjectType({
    name: "Person",
    interfaces: [Node],
    fields: () => ({
      id: { type: nonNull.string },
      name: { type: GraphQLString },
      fails: {
        type: GraphQLString,
        resolve: () => {
          throw new Error(SECRET)
        },
      },
      broken: { type: nonNull.string, resolve: () => null },
      friends: { type: new GraphQLNonNull(People), args: page, resolve: (_person, { first }) => people(first) },
      pets: {
        type: new GraphQLList(new GraphQLNonNull(Pet)),
        resolve: () => [
          { kind: "Cat", lives: 9 },
          { kind: "Dog", tricks: 2 },
        ],
      },
    }),
  })
  const Cat = new GraphQLObjectType({ name: "Cat", fields: { lives: { type: GraphQLInt } } })
  const Dog = new GraphQLObjectType({ name: "Dog", fields: { tricks: { type: GraphQLInt } } })
  const Pet = new GraphQLUnionType({ name: "Pet", types: [Cat, Dog], resolveType: (pet) => pet.kind })
  const Edge = new GraphQLObjectType({
    name: "PersonEdge",
    fields: { cursor: { type: nonNull.string }, node: { type: new GraphQLNonNull(Person) } },
  })
  const PageInfo = new GraphQLObjectType({ name: "PageInfo", fields: { hasNextPage: { type: GraphQLString } } })
  const People: GraphQLObjectType = new GraphQLObjectType({
    name: "PersonConnection",
    fields: {
      edges: { type: new GraphQLList(Edge) },
      nodes: { type: new GraphQLList(Person) },
      pageInfo: { type: PageInfo },
      totalCount: { type: GraphQLInt },
    },
  })
  const page = { first: { type: GraphQLInt, defaultValue: 50 }, after: { type: GraphQLString } }
  const AsOf = new GraphQLInputObjectType({
    name: "AsOf",
    isOneOf: true,
    fields: { revision: { type: GraphQLInt }, at: { type: GraphQLString } },
  })
  const Filter = new GraphQLInputObjectType({ name: "Filter", fields: { asOf: { type: AsOf }, word: { type: GraphQLString } } })

  return new GraphQLSchema({
    types: [Person],
    query: new GraphQLObjectType<unknown, Caller>({
      name: "Query",
      fields: {
        hello: {
          type: nonNull.string,
          args: { name: { type: nonNull.string, defaultValue: "world" } },
          resolve: (_, { name }) => `hello ${name}`,
        },
        whoami: { type: GraphQLString, resolve: (_root, _args, { viewer }) => viewer.subject },
        traceId: { type: GraphQLString, resolve: (_root, _args, { traceId }) => traceId },
        fails: {
          type: GraphQLString,
          resolve: () => {
            throw new Error(SECRET)
          },
        },
        failsLater: { type: nonNull.string, resolve: async () => Promise.reject(new Error(SECRET)) },
        forbidden: {
          type: GraphQLString,
          resolve: () => {
            throw new GraphQLError("forbidden is for the role KING.", { extensions: { code: "FORBIDDEN" } })
          },
        },
        node: { type: Node, args: { id: { type: nonNull.string } }, resolve: (_root, { id }) => ({ id, name: "Adele" }) },
        people: { type: new GraphQLNonNull(People), args: page, resolve: (_root, { first }) => people(first) },
        asOf: {
          type: GraphQLString,
          args: { asOf: { type: AsOf }, filter: { type: Filter } },
          resolve: (_root, args) => JSON.stringify(args),
        },
        slow: {
          type: nonNull.string,
          resolve: async () => {
            await gate.pass()
            return "finished"
          },
        },
      },
    }),
    mutation: new GraphQLObjectType({
      name: "Mutation",
      fields: {
        add: { type: GraphQLInt, args: { numbers: { type: new GraphQLList(nonNull.int) } }, resolve: (_, { numbers }) => numbers.length },
      },
    }),
    subscription: new GraphQLObjectType<number, Caller>({
      name: "Subscription",
      fields: {
        ticks: { type: GraphQLInt, args: { after: { type: GraphQLInt } }, subscribe: () => ticks.read(), resolve: (tick) => tick },
        pages: { type: GraphQLString, subscribe: () => ticks.read(), resolve: () => "x".repeat(100_000) },
        contexts: { type: GraphQLString, subscribe: () => ticks.read(), resolve: (_tick, _args, context) => (context as Numbered).number },
        forbiddenTicks: {
          type: GraphQLInt,
          subscribe: () => {
            throw new GraphQLError("forbiddenTicks is for the role KING.", { extensions: { code: "FORBIDDEN" } })
          },
        },
        brokenTicks: {
          type: GraphQLInt,
          subscribe: async function* () {
            yield 1
            throw new Error(SECRET)
          },
          resolve: (tick) => tick,
        },
      },
    }),
  })
}

function people(first: number | null): object {
  const nodes = Array.from({ length: Math.min(first ?? 50, 100) }, (_, i) => ({ id: `usr_${i}`, name: `Person ${i}` }))
  return { nodes, edges: nodes.map((node) => ({ cursor: node.id, node })), pageInfo: {}, totalCount: nodes.length }
}

interface Numbered extends Caller {
  readonly number: number
}

/** Tokens that say what they are: no signature to look at, which jwt.test.ts does. */
export const tokens: Tokens = {
  async verify(token) {
    if (token === "unavailable") throw new KeysUnavailable("no keys")
    const [subject, organization, seconds = "3600"] = token.split(".")
    if (!subject || organization === undefined) throw new InvalidToken("the token has expired")
    const viewer: Viewer = { subject, roles: ["LICENSE_ADMIN"], organizationId: organization }
    return { viewer, expiresAt: Date.now() + Number(seconds) * 1000 }
  },
}
export const TOKEN = "adele.org_contoso"

export interface TestServer extends RunningServer, World {
  readonly schema: GraphQLSchema
  readonly config: Config
  readonly metrics: Metrics
  /** Every line of the log so far. */
  readonly lines: Record<string, unknown>[]
  post(body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>
  ask(query: string, variables?: object, headers?: Record<string, string | undefined>): Promise<Answer>
}
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server says, tests look into it
  readonly body: any
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

export async function startServer(env: Record<string, string> = {}, checks: readonly Check[] = []): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "seatledger-http-"))
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: "debug" }, { write: (line) => lines.push(JSON.parse(line)) })
  const config = readConfig({ PORT: "0", SEATLEDGER_DATA: folder, ...env })
  const world = { gate: new Gate(), ticks: new Ticks() }
  const schema = smallSchema(world)
  const metrics = openMetrics()
  let contexts = 0
  const createContext: CreateContext = (viewer, traceId) => ({ viewer, traceId, number: ++contexts })
  const server = await openServer({ config, schema, tokens, createContext, metrics, checks, now: Date.now, log })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= server.close().then(() => rm(folder, { recursive: true, force: true }))
    return closed
  }
  open.push(() => {
    world.gate.open()
    return close()
  })
  const post = async (body: unknown, headers: Record<string, string | undefined> = {}) => {
    const wanted = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", ...headers }
    const given = Object.entries(wanted).filter((header): header is [string, string] => header[1] !== undefined)
    return answerOf(
      await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: given,
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    )
  }
  return {
    ...world,
    url: server.url,
    close,
    schema,
    config,
    metrics,
    lines,
    post,
    ask: (query, variables, headers) => post({ query, ...(variables && { variables }) }, headers),
  }
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  return { status: response.status, headers: response.headers, text, body }
}
