/** Whatever goes wrong with a vendor's request is answered as a problem document (RFC 9457), faults of ours included. */
import { randomBytes } from "node:crypto"
import type { FastifyInstance, FastifyReply } from "fastify"
import type { Logger } from "pino"
import { Unauthenticated } from "./bearer"
import { PROBLEM_TYPE, type Problem, problemDocument, WrongRequest } from "./problem"

/** For the routes of `app`, which should be a scope of their own: GraphQL words its errors otherwise. */
export function answerProblems(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: unknown, _request, reply) => {
    if (error instanceof Unauthenticated) reply.header("www-authenticate", error.challenge)
    if (error instanceof WrongRequest) return sendProblem(reply, error.problem)
    const mistake = requestMistake(error)
    if (mistake) return sendProblem(reply, mistake)
    const traceId = randomBytes(16).toString("hex")
    log.error({ traceId, err: error }, "fault")
    return sendProblem(reply, FAULT, traceId)
  })
}

export function sendProblem(reply: FastifyReply, problem: Problem, traceId?: string): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header("retry-after", problem.retryAfter)
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemDocument(problem, traceId)))
}

const FAULT: Problem = {
  status: 500,
  code: "INTERNAL_SERVER_ERROR",
  title: "Something went wrong on our side",
  detail: "Nothing is wrong with the request. Send the same again; if it fails again, please report the trace id.",
}

/** What Fastify and its plugins refuse before a route is asked. */
const MISTAKES: Readonly<Record<number, Pick<Problem, "code" | "title">>> = {
  400: { code: "BAD_REQUEST", title: "The request cannot be read" },
  404: { code: "NOT_FOUND", title: "There is nothing here" },
  405: { code: "METHOD_NOT_ALLOWED", title: "The method is not taken here" },
  413: { code: "PAYLOAD_TOO_LARGE", title: "The body is too large" },
  415: { code: "UNSUPPORTED_MEDIA_TYPE", title: "The content type is not taken here" },
  429: { code: "RATE_LIMITED", title: "Too many requests" },
}

function requestMistake(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return undefined
  const told = MISTAKES[error.statusCode]
  return told && { status: error.statusCode, ...told, detail: error.message }
}
