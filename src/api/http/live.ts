/** How subscriptions reach clients: WebSocket (graphql-ws) at /graphql and server-sent events (graphql-sse) at /graphql/stream. */
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql"
import type { Response as Refused } from "graphql-sse"
import { createHandler } from "graphql-sse/lib/use/fastify"
import { CloseCode, handleProtocols } from "graphql-ws"
import { useServer } from "graphql-ws/use/ws"
import type { Logger } from "pino"
import { type WebSocket, WebSocketServer } from "ws"
import type { Tokens, Verified } from "../../auth/tokens"
import type { Config } from "../../config"
import { SIGN_IN, traceIdOf, unauthenticated, whoAsks } from "./caller"
import type { Results, Subscriptions } from "./subscriptions"

export const STREAM_PATH = "/graphql/stream"
const SOCKET_PATH = "/graphql"
/** A client that does not answer the closing of its WebSocket is cut off after this. */
const CLOSING_MS = 1_000
/** Longest delay that a timer takes (2^31−1 ms). */
const LONGEST_TIMER = 2_147_483_647

interface Parts {
  readonly schema: GraphQLSchema
  readonly tokens: Tokens
  readonly subscriptions: Subscriptions
  readonly config: Config
  readonly addressOf: (request: IncomingMessage) => string
  readonly now: () => number
  readonly log: Logger
}

export interface Live {
  /** Takes no new connection and closes those that are open; clients that can will connect again elsewhere. */
  close(): Promise<void>
}

export function openLive(app: FastifyInstance, parts: Parts): Live {
  const places = openPlaces(parts.config.liveConnections)
  const closeSockets = openSockets(app, parts, places)
  const closeStreams = openStreams(app, parts, places)
  return {
    async close() {
      closeStreams()
      await closeSockets()
    },
  }
}

/** Open connections are counted per address. */
interface Places {
  take(address: string): boolean
  leave(address: string): void
}
function openPlaces(limit: number): Places {
  const taken = new Map<string, number>()
  return {
    take(address) {
      const already = taken.get(address) ?? 0
      if (limit > 0 && already >= limit) return false
      taken.set(address, already + 1)
      return true
    },
    leave(address) {
      const left = (taken.get(address) ?? 1) - 1
      if (left > 0) taken.set(address, left)
      else taken.delete(address)
    },
  }
}

/** A token that expires ends what it opened. Returns the way to call it off. */
function atExpiry({ expiresAt }: Verified, now: () => number, end: () => void): () => void {
  const timer = setTimeout(end, Math.min(Math.max(expiresAt - now(), 0), LONGEST_TIMER))
  timer.unref()
  return () => clearTimeout(timer)
}

function openSockets(
  app: FastifyInstance,
  { schema, tokens, subscriptions, config, addressOf, now, log }: Parts,
  places: Places,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols, maxPayload: config.maxBodyBytes })
  const verified = new WeakMap<WebSocket, Verified>()
  const started = new WeakMap<object, Results>()
  let closing = false

  useServer(
    {
      async onConnect({ connectionParams, extra: { socket, request } }) {
        try {
          const who = await whoAsks(
            connectionParams?.authorization ?? connectionParams?.Authorization ?? request.headers.authorization,
            tokens,
          )
          if (!who) return false
          verified.set(socket, who)
          const callOff = atExpiry(who, now, () => socket.close(CloseCode.Forbidden, "The token has expired"))
          socket.once("close", callOff)
          return true
        } catch (error) {
          if (!(error instanceof GraphQLError)) log.error({ err: error }, "websocket sign-in")
          return false
        }
      },
      async onSubscribe({ subscriptions: open, extra: { socket, request } }, _id, payload) {
        const who = verified.get(socket)
        if (!who) return [unauthenticated(SIGN_IN)]
        if (Object.keys(open).length > config.subscriptionsPerConnection) {
          const message = `One connection carries at most ${config.subscriptionsPerConnection} subscriptions.`
          return [new GraphQLError(message, { extensions: { code: "TOO_MANY_SUBSCRIPTIONS" } })]
        }
        const outcome = await subscriptions.start(payload, who.viewer, traceIdOf(request.headers.traceparent), "websocket")
        if (outcome.kind === "refused") return outcome.errors
        const contextValue = {}
        started.set(contextValue, outcome.results)
        return { schema, document: outcome.document, operationName: payload.operationName, contextValue }
      },
      // onSubscribe has begun it already; this only hands it over.
      subscribe: ({ contextValue }) => started.get(contextValue as object) as Results, // onSubscribe made it an object
    },
    sockets,
  )
  // graphql-ws writes what a client did wrong, such as a message too large, to the console as an error of ours.
  sockets.on("connection", (socket) => {
    socket.removeAllListeners("error")
    socket.on("error", (err) => log.debug({ err }, "websocket"))
  })

  app.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split("?")[0] !== SOCKET_PATH) return refuse(socket, "404 Not Found")
    if (closing) return refuse(socket, "503 Service Unavailable")
    const address = addressOf(request)
    if (!places.take(address)) return refuse(socket, "429 Too Many Requests")
    socket.once("close", () => places.leave(address))
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request))
  })

  return async () => {
    closing = true
    await Promise.all([...sockets.clients].map(goodbye))
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on("error", () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function goodbye(socket: WebSocket): Promise<void> {
  const closed = new Promise((resolve) => socket.once("close", resolve))
  socket.close(1001, "Going away") // clients take this code as a reason to connect again
  const timer = setTimeout(() => socket.terminate(), CLOSING_MS)
  await closed
  clearTimeout(timer)
}

function openStreams(app: FastifyInstance, { tokens, subscriptions, addressOf, now, config }: Parts, places: Places): () => void {
  const open = new Set<ServerResponse>()
  const asking = new WeakMap<FastifyRequest, Verified>()
  let closing = false

  const handle = createHandler({
    async onSubscribe(request, params): Promise<Results | ExecutionResult | Refused> {
      const who = asking.get(request.raw)
      if (!who) return [null, { status: 401, statusText: "Unauthorized" }]
      const outcome = await subscriptions.start(params, who.viewer, traceIdOf(request.raw.headers.traceparent), "sse")
      // The stream has begun, so the client is told in it.
      return outcome.kind === "running" ? outcome.results : { data: null, errors: outcome.errors }
    },
    onNext: (_context, { context }) => drained(context.reply.raw),
  })

  app.route({
    method: ["GET", "POST"],
    url: STREAM_PATH,
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const who = await whoAsks(request.headers.authorization, tokens)
      if (!who) throw unauthenticated(SIGN_IN)
      if (closing) throw new GraphQLError("This server is shutting down.", { extensions: { code: "UNAVAILABLE", http: { status: 503 } } })
      if (request.headers.accept !== "text/event-stream") {
        throw new GraphQLError("Send accept: text/event-stream.", { extensions: { code: "NOT_ACCEPTABLE", http: { status: 406 } } })
      }
      const address = addressOf(request.raw)
      if (!places.take(address)) {
        const message = `One address may keep ${config.liveConnections} connections open.`
        throw new GraphQLError(message, { extensions: { code: "RATE_LIMITED", http: { status: 429 } } })
      }
      const { raw } = reply
      open.add(raw)
      const callOff = atExpiry(who, now, () => raw.destroy())
      raw.once("close", () => {
        callOff()
        open.delete(raw)
        places.leave(address)
      })
      asking.set(request, who)
      reply.hijack()
      await handle(request, reply)
    },
  })

  return () => {
    closing = true
    // Cut, not completed: a client told "complete" would not come back.
    for (const raw of open) raw.destroy()
  }
}

/** graphql-sse queues results without end while a client reads slowly; waiting here makes the source wait. */
async function drained(raw: ServerResponse): Promise<void> {
  if (!raw.writableNeedDrain || raw.destroyed) return
  await new Promise<void>((resolve) => {
    const done = () => {
      raw.off("drain", done)
      raw.off("close", done)
      resolve()
    }
    raw.on("drain", done)
    raw.on("close", done)
  })
}
