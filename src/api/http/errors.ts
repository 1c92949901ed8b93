/** Requests that never become an operation: every answer of this server has the same shape, `{ errors: [{ message, extensions: { code } }] }`. */
import type { FastifyInstance, FastifyReply } from "fastify"
import { GraphQLError } from "graphql"
import { type Faults, tryAgain } from "./faults"

/** Fastify's own words for what is wrong with a request, by status. */
const CODES: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  404: "NOT_FOUND",
  405: "METHOD_NOT_ALLOWED",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  429: "RATE_LIMITED",
}

/** For whoever comes while the server closes, or while it cannot do what it is asked: another node, or the next start. */
export const RETRY_AFTER_SECONDS = 2

export function answerErrors(app: FastifyInstance, faults: Faults): void {
  app.setErrorHandler((error: unknown, _request, reply) => {
    if (error instanceof GraphQLError) return answerGraphQLError(reply, error, faults)
    const again = tryAgain(error)
    if (again !== undefined) {
      reply.code(503).header("retry-after", String(RETRY_AFTER_SECONDS))
      return reply.send({ errors: [{ message: again, extensions: { code: "UNAVAILABLE" } }] })
    }
    const answered = answerMistake(reply, error)
    if (answered) return answered
    const originalError = error instanceof Error ? error : new Error(String(error))
    return reply.code(500).send({ errors: faults.present([new GraphQLError("fault", { originalError })]) })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [{ message: "There is nothing here. GraphQL is at /graphql.", extensions: { code: "NOT_FOUND" } }] }),
  )
}

/** Undefined when the request is not what is wrong. */
export function answerMistake(reply: FastifyReply, error: unknown): FastifyReply | undefined {
  const wrong = requestMistake(error)
  return wrong && reply.code(wrong.status).send({ errors: [{ message: wrong.message, extensions: { code: wrong.code } }] })
}

function answerGraphQLError(reply: FastifyReply, error: GraphQLError, faults: Faults): FastifyReply {
  const http: unknown = error.extensions.http
  if (typeof http === "object" && http !== null) {
    if ("headers" in http && http.headers instanceof Map)
      for (const [name, value] of http.headers) reply.header(String(name), String(value))
    if ("status" in http && typeof http.status === "number") reply.code(http.status)
  }
  return reply.send({ errors: faults.present([error]) })
}

/** What is wrong with the request, when it is the request. */
function requestMistake(error: unknown): { status: number; code: string; message: string } | undefined {
  if (typeof error !== "object" || error === null) return undefined
  // The GraphQL integration makes a URL of the Host header.
  if ("code" in error && error.code === "ERR_INVALID_URL")
    return { status: 400, code: "BAD_REQUEST", message: "The Host header is not right." }
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 0
  const code = CODES[status]
  return code && "message" in error ? { status, code, message: String(error.message) } : undefined
}
