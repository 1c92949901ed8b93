/**
 * What vendors push: CloudEvents, one or up to a hundred in a request, and the messages of Microsoft's marketplace. Every
 * such request is signed; nothing in it is believed before the signature has been checked, and nothing is answered before
 * it is durable. What vendors read stands beside it, and takes their bearer token.
 */
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { isId, type VendorId } from "../../domain/ids"
import type { SecretUses } from "../../operations/secret-uses"
import { traceIdOf } from "../http/caller"
import { RETRY_AFTER_SECONDS } from "../http/errors"
import { tryAgain } from "../http/faults"
import { Unauthenticated } from "./bearer"
import { type Answer, carryOut, change, isProblem } from "./carry-out"
import { binaryEvent, isJson, structuredEvent, type Unread, type UnverifiedEvent, unread } from "./cloud-event"
import { type Hint, hintOf } from "./hint"
import { type Located, locate } from "./locate"
import { marketplaceHint, marketplaceMessage } from "./marketplace"
import { attributeOf, type LicenseChange, type Message, messageIn } from "./message"
import { sharingPatience } from "./patience"
import { malformed, PROBLEM_TYPE, type Problem, problemDocument, unavailable, unsupportedType, WrongRequest, wrongField } from "./problem"
import { pullRoutes } from "./pull"
import type { PullDeps } from "./reading"
import { recordRefusal } from "./refused"
import { rightsRoute } from "./rights"
import type { Sender, VendorServices } from "./sender"
import { signedHeaders, signingSecret, wrongSignature } from "./signature"

export interface VendorDeps extends VendorServices, Omit<PullDeps, keyof VendorServices> {
  readonly secretUses: Pick<SecretUses, "used">
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
}

export const MAX_EVENTS = 100

export const VENDOR_PATH = "/vendor/v1"
const STRUCTURED = "application/cloudevents+json"
const BATCH = "application/cloudevents-batch+json"

export function vendorRoutes(app: FastifyInstance, deps: VendorDeps): void {
  app.register(
    async (routes) => {
      // The signature covers the bytes as they came, so nobody may parse them before.
      routes.removeAllContentTypeParsers()
      routes.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body))
      answerProblems(routes)
      pullRoutes(routes, deps)
      rightsRoute(routes, deps)
      routes.post("/events", (request, reply) => answered(reply, () => oneEvent(deps, request)))
      routes.post("/events/batch", (request, reply) => answered(reply, () => manyEvents(deps, request)))
      routes.post<{ Params: { vendorId: string } }>("/marketplace/:vendorId", (request, reply) =>
        answered(reply, () => marketplace(deps, request, request.params.vendorId)),
      )
    },
    { prefix: VENDOR_PATH },
  )
}

async function oneEvent(deps: VendorDeps, request: FastifyRequest): Promise<Answer | Problem> {
  const body = bodyOf(request)
  const mode = mediaTypeOf(request)
  if (mode === BATCH) throw unsupportedType(`Send ${BATCH} to /vendor/v1/events/batch.`)
  if (mode !== STRUCTURED && !isJson(mode)) {
    throw unsupportedType(`Send ${STRUCTURED} (structured mode), or application/json with ce- headers (binary mode).`)
  }
  const event = mode === STRUCTURED ? structuredEvent(parsed(body)) : binaryEvent(request.headers, () => parsed(body))
  const sender = await verified(deps, request, body, event.vendorId)
  const message = await readEvent(deps, event, sender)
  return isMessage(message) ? carryOut(deps, message, sender) : message
}

async function manyEvents(deps: VendorDeps, request: FastifyRequest): Promise<object | Problem> {
  const body = bodyOf(request)
  if (mediaTypeOf(request) !== BATCH) throw unsupportedType(`Send ${BATCH}: a JSON list of CloudEvents.`)
  const list = parsed(body)
  if (!Array.isArray(list)) throw malformed("The body must be a JSON list of CloudEvents.")
  const events = list.slice(0, MAX_EVENTS).map((item, n) => unverified(item, n))
  const [first, ...others] = events
  if (!first) throw wrongLength(list)
  const known = [first, ...others].find(isEvent)
  if (!known) throw new WrongRequest((first as Unusable).problem) // as all of them are
  const sender = await verified(deps, request, body, known.vendorId)
  if (list.length > MAX_EVENTS) return refusedAs(deps, wrongLength(list), nothingOf(sender), sender)
  const answers = await inOrder(sharingPatience(deps), events, sender)
  return { results: answers.map((answer) => (isProblem(answer) ? problemDocument(answer) : { status: 200, ...answer })) }
}

async function marketplace(deps: VendorDeps, request: FastifyRequest, vendorId: string): Promise<Answer | Problem> {
  const body = bodyOf(request)
  if (!isJson(mediaTypeOf(request))) throw unsupportedType("Send application/json.")
  if (!isId("vnd", vendorId)) throw wrongField("vendorId", "in the path must be a vendor's id, vnd_…")
  const sender = await verified(deps, request, body, vendorId)
  let json: unknown
  try {
    json = parsed(body)
    return await carryOut(deps, marketplaceMessage(json), sender)
  } catch (error) {
    return refusedAs(deps, error, marketplaceHint(json, sender.messageId), sender)
  }
}

/** @throws WrongRequest when the signature is not right */
async function verified(deps: VendorDeps, { headers }: FastifyRequest, body: Buffer, vendorId: VendorId): Promise<Sender> {
  const now = deps.now()
  const signed = signedHeaders(headers, now)
  if ("status" in signed) throw new WrongRequest(signed)
  const secret = signingSecret(signed, body, await deps.commands.verifyingSecrets(vendorId))
  if (!secret) throw new WrongRequest(wrongSignature(vendorId))
  deps.secretUses.used(secret.secretId, now)
  return { vendorId, traceId: traceIdOf(headers.traceparent), messageId: signed.id }
}

/** A message that cannot be read is recorded as refused: its sender is certain by now. */
async function readEvent(deps: VendorDeps, event: UnverifiedEvent, sender: Sender): Promise<Message | Problem> {
  try {
    return messageIn(event.read())
  } catch (error) {
    return refusedAs(deps, error, eventHint(event.unread(), sender), sender)
  }
}

async function refusedAs(deps: VendorDeps, error: unknown, hint: Hint, sender: Sender): Promise<Problem> {
  if (!(error instanceof WrongRequest)) throw error
  return recordRefusal(deps, hint, error.problem, sender)
}

function eventHint({ id, type, sequence, data }: Unread, { messageId }: Sender): Hint {
  return hintOf({ ids: [id, messageId], attribute: attributeOf(type), sequence, data })
}

/** Of a request that is refused as a whole. */
function nothingOf(sender: Sender): Hint {
  return eventHint(unread(undefined), sender)
}

function wrongLength({ length }: readonly unknown[]): WrongRequest {
  return malformed(
    `The list must have 1 to ${MAX_EVENTS} events, not ${length}${length === 0 ? "" : ": send the others in further requests"}.`,
  )
}

/** In a batch: one that does not say whose it is, or that is of somebody else than the others. */
interface Unusable {
  readonly problem: Problem
  unread(): Unread
}

function unverified(item: unknown, n: number): UnverifiedEvent | Unusable {
  try {
    return structuredEvent(item, `[${n}]`)
  } catch (error) {
    if (error instanceof WrongRequest) return { problem: error.problem, unread: () => unread(item) }
    throw error
  }
}

function isEvent(event: UnverifiedEvent | Unusable): event is UnverifiedEvent {
  return "vendorId" in event
}

/**
 * Changes of licenses go to the ledger together, in the order of the list, so that they share an append. What is new is
 * waited for, because the next message may be about it.
 */
async function inOrder(deps: VendorDeps, events: readonly (UnverifiedEvent | Unusable)[], sender: Sender): Promise<(Answer | Problem)[]> {
  const answers: (Answer | Problem | Promise<Answer | Problem>)[] = []
  let together: { readonly n: number; readonly message: LicenseChange }[] = []
  const settle = async () => {
    const located = await Promise.all(together.map(({ message }) => locate(deps, message, sender)))
    together.forEach(({ n, message }, i) => {
      const place = located[i] as Located | Problem // one for each
      answers[n] = "status" in place ? place : change(deps, message, place, sender)
    })
    together = []
    await Promise.allSettled(answers)
  }
  for (const [n, event] of events.entries()) {
    const message = await readOwn(deps, event, n, { ...sender, messageId: `${sender.messageId}[${n}]` })
    if (!isMessage(message)) answers[n] = message
    else if (message.kind === "REGISTRATION" || message.kind === "PRODUCT") {
      await settle()
      answers[n] = await carryOut(deps, message, sender)
    } else together.push({ n, message })
  }
  await settle()
  return Promise.all(answers)
}

/** One signature is one vendor's. */
async function readOwn(deps: VendorDeps, event: UnverifiedEvent | Unusable, n: number, sender: Sender): Promise<Message | Problem> {
  if (!isEvent(event)) return recordRefusal(deps, eventHint(event.unread(), sender), event.problem, sender)
  if (event.vendorId === sender.vendorId) return readEvent(deps, event, sender)
  const whose = `must end in ${sender.vendorId}, whose secret signed the request: send other vendors' events in theirs`
  return refusedAs(deps, wrongField(`[${n}].source`, whose), eventHint(event.unread(), sender), sender)
}

function isMessage(message: Message | Problem): message is Message {
  return "kind" in message
}

function bodyOf({ body, headers }: FastifyRequest): Buffer {
  if (headers["content-encoding"] !== undefined) throw unsupportedType("Send the body without content-encoding.")
  if (!Buffer.isBuffer(body) || body.length === 0) throw malformed("The body is empty.")
  return body
}

/** Lower case, without parameters; JSON is UTF-8 whatever they say, and nothing else is read. */
function mediaTypeOf({ headers }: FastifyRequest): string {
  return (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
}

const UTF8 = new TextDecoder("utf-8", { fatal: true })

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(UTF8.decode(body))
  } catch (error) {
    // The message of V8 cites the body; where it breaks is enough.
    const place = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined
    if (!(error instanceof SyntaxError)) throw malformed("The body is not UTF-8.")
    throw malformed(`The body is not JSON${place === undefined ? "" : `: it breaks at character ${Number(place) + 1}`}.`)
  }
}

async function answered(reply: FastifyReply, answer: () => Promise<object | Problem>): Promise<FastifyReply> {
  const told = await answer()
  return "status" in told && "title" in told ? sendProblem(reply, told as Problem) : reply.send(told) // only problems have a title
}

function sendProblem(reply: FastifyReply, problem: Problem, traceId?: string): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header("retry-after", String(problem.retryAfter))
  // RFC 9110 asks for a challenge with every 401; there is no scheme registered for signed messages.
  if (problem.status === 401 && !reply.hasHeader("www-authenticate"))
    reply.header("www-authenticate", 'StandardWebhooks realm="seatledger"')
  return reply.code(problem.status).type(PROBLEM_TYPE).send(problemDocument(problem, traceId))
}

/** Whatever goes wrong below /vendor/v1 is told in the same shape. */
function answerProblems(routes: FastifyInstance): void {
  routes.setErrorHandler((error: unknown, request, reply) => {
    if (error instanceof Unauthenticated) reply.header("www-authenticate", error.challenge)
    if (error instanceof WrongRequest) return sendProblem(reply, error.problem)
    const mistake = mistakeIn(error, reply)
    if (mistake) return sendProblem(reply, mistake)
    const again = tryAgain(error)
    if (again !== undefined) return sendProblem(reply, unavailable(`${again}.`.replace(/\.+$/, "."), RETRY_AFTER_SECONDS))
    const traceId = traceIdOf(request.headers.traceparent)
    logFault(request.log, traceId, error)
    const detail = "Something went wrong on our side. Send the same message again; when that does not help, report the trace id."
    return sendProblem(reply, { status: 500, code: "INTERNAL_ERROR", title: "A fault of ours", detail }, traceId)
  })
  routes.setNotFoundHandler((_request, reply) => {
    const detail =
      "There is nothing here. Send messages by POST to /vendor/v1/events, /vendor/v1/events/batch or /vendor/v1/marketplace/{vendorId}; read by GET /vendor/v1/licenses, /vendor/v1/licenses/{licenseId} and /vendor/v1/rights/{licenseId}/{user}."
    return sendProblem(reply, { status: 404, code: "NOT_FOUND", title: "There is nothing here", detail })
  })
}

/** For a request that no route can be found for. */
export function answerUnreadable(reply: FastifyReply, error: Error): void {
  sendProblem(reply, malformed(`The request cannot be read: ${error.message}.`).problem)
}

function logFault(log: FastifyBaseLogger, traceId: string, err: unknown): void {
  log.error({ traceId, err }, "fault")
}

/** What Fastify and the rate limit found wrong with the request. */
function mistakeIn(error: unknown, reply: FastifyReply): Problem | undefined {
  const status = typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined
  switch (status) {
    case 400:
      return malformed(`The request cannot be read: ${error instanceof Error ? error.message : "it broke off"}.`).problem
    case 413: {
      const detail = "The body is larger than this server takes. Send fewer events in a request."
      return { status, code: "PAYLOAD_TOO_LARGE", title: "The body is too large", detail }
    }
    case 415:
      return unsupportedType("Send JSON.").problem
    case 429: {
      const retryAfter = Number(reply.getHeader("retry-after") ?? 1)
      const detail = `Too many requests from this address. Send the same message again after ${retryAfter} s.`
      return { status, code: "RATE_LIMITED", title: "Too many requests", detail, retryAfter }
    }
    default:
      return undefined
  }
}
