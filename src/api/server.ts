/** The HTTP server: GraphQL at /graphql, subscriptions beside it, and what operators ask. */
import { ApolloServer } from "@apollo/server"
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled"
import fastifyApollo from "@as-integrations/fastify"
import helmet from "@fastify/helmet"
import rateLimit from "@fastify/rate-limit"
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify"
import type { GraphQLSchema } from "graphql"
import type { Logger } from "pino"
import type { Tokens } from "../auth/tokens"
import { TryAgain } from "../commands/requests"
import type { Config } from "../config"
import { addresses } from "./http/addresses"
import { type CreateContext, SIGN_IN, traceIdOf, unauthenticated, whoAsks } from "./http/caller"
import { compiledPlugin } from "./http/compiled"
import { answerErrors, answerMistake } from "./http/errors"
import { openFaults } from "./http/faults"
import { type Check, readiness } from "./http/health"
import { costCheck, limitsRule, MAX_ERRORS } from "./http/limits"
import { openLive } from "./http/live"
import type { Metrics } from "./http/metrics"
import { type Asking, operationsPlugin } from "./http/operations"
import { openSubscriptions } from "./http/subscriptions"
import { answerUnreadable, VENDOR_PATH } from "./vendor/vendor"

export interface ServerParts {
  readonly config: Config
  readonly schema: GraphQLSchema
  readonly tokens: Tokens
  readonly createContext: CreateContext
  readonly metrics: Metrics
  /** What /readyz looks at (http/health.ts). */
  readonly checks: readonly Check[]
  /** What is served beside GraphQL, under the same limits: the vendors' endpoints (vendor/vendor.ts) and the console (console/console.ts). */
  readonly routes?: (app: FastifyInstance) => void | Promise<void>
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  readonly log: Logger
}

export interface RunningServer {
  /** Such as http://127.0.0.1:4000, with the port really taken. */
  readonly url: string
  /**
   * /readyz says no from now on, subscriptions are closed, running requests are finished (at most SEATLEDGER_SHUTDOWN_MS)
   * and no new ones are taken. The stores may be closed afterwards.
   */
  close(): Promise<void>
}

/** A user name of 256 characters in a path, each of them four bytes and those percent-encoded. */
const MAX_PARAM = 256 * 4 * 3

const OPERATORS_ASK: ReadonlySet<string> = new Set(["/livez", "/readyz", "/metrics"])

export async function openServer(parts: ServerParts): Promise<RunningServer> {
  const { config, schema, tokens, createContext, metrics, checks, now, log } = parts
  const faults = openFaults(log)
  const checkCost = costCheck(schema, config.maxCost)
  const { addressOf, trusts } = addresses(config.trustedProxies)
  let draining = false
  let closing = false

  const apollo = new ApolloServer<Asking>({
    schema,
    plugins: [
      operationsPlugin({ checkCost, faults, metrics, log }),
      compiledPlugin({ schema, faults, metrics }),
      ApolloServerPluginCacheControlDisabled(), // would wrap every resolver; our answers are never to be stored
      ApolloServerPluginLandingPageDisabled(),
    ],
    introspection: true, // nobody gets there without a token in production
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: { maxTokens: config.maxTokens },
    validationRules: [limitsRule(config)],
    validationOptions: { maxErrors: MAX_ERRORS },
    executionOptions: { maxCoercionErrors: MAX_ERRORS },
    hideSchemaDetailsFromClientErrors: config.production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false, // the CLI hears signals
    formatError: faults.format,
    logger: log,
  })
  await apollo.start()

  const logger: FastifyBaseLogger = log
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }), // one line per operation says more (http/operations.ts)
    bodyLimit: config.maxBodyBytes,
    routerOptions: { maxParamLength: MAX_PARAM },
    // An address that cannot be decoded reaches no route, and so nobody who would answer in its manner.
    frameworkErrors(error, { url }, reply) {
      if (url.startsWith(`${VENDOR_PATH}/`)) answerUnreadable(reply, error)
      else if (!answerMistake(reply, error)) throw error
    },
    trustProxy: trusts,
    requestTimeout: 15_000, // to receive a request, not to answer it
    forceCloseConnections: "idle",
    return503OnClosing: false, // we say the same, with when to come back and in each route's own manner
  })
  answerErrors(app, faults)
  app.addHook("onRequest", async (request, reply) => {
    reply.header("cache-control", "no-store")
    if (closing && !OPERATORS_ASK.has(request.url))
      throw new TryAgain("This server is shutting down and takes no further requests; send the same again in a moment.")
  })
  app.addHook("onSend", async (_request, reply) => {
    // Also for requests that came before: a connection that is kept would be waited for.
    if (draining) reply.header("connection", "close")
  })
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, useDefaults: false },
  })
  if (config.requestsPerSecond > 0) {
    await app.register(rateLimit, { max: config.requestsPerSecond, timeWindow: 1_000 })
  }
  await parts.routes?.(app)
  operatorRoutes(app, { checks, metrics, isDraining: () => draining })
  await app.register(fastifyApollo(apollo), {
    path: "/graphql",
    method: ["GET", "POST"],
    async context({ headers }): Promise<Asking> {
      const traceId = traceIdOf(headers.traceparent)
      const who = await whoAsks(headers.authorization, tokens)
      if (who) return createContext(who.viewer, traceId)
      if (config.production) throw unauthenticated(SIGN_IN)
      return { traceId }
    },
  })
  const subscriptions = openSubscriptions({ schema, limits: config, checkCost, createContext, faults, metrics, log })
  const live = openLive(app, { schema, tokens, subscriptions, config, addressOf, now, log })

  const url = await app.listen({ port: config.port, host: config.host })
  return {
    url,
    async close() {
      draining = true
      const bound = setTimeout(() => app.server.closeAllConnections(), config.shutdownMs)
      await live.close()
      subscriptions.close()
      closing = true
      await app.close()
      await apollo.stop()
      clearTimeout(bound)
    },
  }
}

/** What whoever runs the server asks, without a token: nothing in the answers is about an organization. */
function operatorRoutes(app: FastifyInstance, about: { checks: readonly Check[]; metrics: Metrics; isDraining: () => boolean }): void {
  const unlimited = { config: { rateLimit: false } }
  app.get("/livez", unlimited, async () => ({ status: "alive" }))
  app.get("/readyz", unlimited, async (_request, reply) => {
    const { ready, checks } = await readiness(about.checks)
    const isReady = ready && !about.isDraining()
    reply.code(isReady ? 200 : 503)
    return { status: isReady ? "ready" : "not ready", checks: { ...checks, ...(about.isDraining() && { server: "shutting down" }) } }
  })
  app.get("/metrics", unlimited, async (_request, reply) => {
    const { contentType, text } = await about.metrics.page()
    return reply.type(contentType).send(text)
  })
}
