/** One attempt to hand a message to its receiver, over a connection to an address that was checked and none else. */
import * as http from "node:http"
import * as https from "node:https"
import type { LookupFunction } from "node:net"
import { AddressRefused, checkedAddress, type Resolve, systemResolve } from "./addresses"
import { retryAfter } from "./schedule"

/** Why an attempt failed, in a word: what a receiver answers is never kept. */
export type Problem =
  | "REDIRECT"
  | "GONE"
  | "STATUS"
  | "TIMEOUT"
  | "ADDRESS_REFUSED"
  | "UNKNOWN_HOST"
  | "TLS"
  | "NO_CONNECTION"
  | "SECRET_LOST"

export interface Sent {
  /** Absent when the receiver took it. */
  readonly problem?: Problem
  /** HTTP status; absent when there was no answer. */
  readonly status?: number
  /** Milliseconds that the receiver asks to wait. */
  readonly retryAfter?: number
  readonly milliseconds: number
}

export interface Sender {
  send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Sent>
  /** Ends what is on its way, and whatever is begun later: attempts fail, and are not to be counted. */
  close(): void
}

export interface SenderOptions {
  /** Plain http, and addresses that are not public. */
  readonly privateNetworks: boolean
  readonly timeoutMs?: number
  /** How long a connection is kept that nobody uses. */
  readonly keptMs?: number
  readonly resolve?: Resolve
  /** Milliseconds since 1970, UTC: what a `Retry-After` with a date counts from. */
  readonly now: () => number
}

/** Standard Webhooks 1.0: 15 to 30 seconds. Looking up, connecting and answering together. */
const TIMEOUT_MS = 20_000
/** Nobody reads what a receiver answers; what is longer, or takes longer once the status is known, costs it the connection. */
const MOST_ANSWER_BYTES = 16_384
const MOST_ANSWER_MS = 1_000
/** Receivers that hear of something every now and then are not held on to in between. */
const KEPT_MS = 30_000
/** For each of the two protocols, whoever the receivers are. */
export const MOST_KEPT = 64

export function openSender({
  privateNetworks,
  timeoutMs = TIMEOUT_MS,
  keptMs = KEPT_MS,
  resolve = systemResolve(privateNetworks),
  now,
}: SenderOptions): Sender {
  // A connection is kept for the next message: a handshake takes longer than a message.
  const kept = { keepAlive: true, timeout: keptMs }
  const agents = { "http:": keepingFew(new http.Agent(kept)), "https:": keepingFew(new https.Agent(kept)) }
  let isClosed = false
  // Not AbortSignal.any and AbortSignal.timeout: Node 20 collects them as garbage while they are waited for.
  const running = new Set<AbortController>()

  async function attempt(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    bound: Bound,
  ): Promise<Omit<Sent, "milliseconds">> {
    const address = await untilAborted(checkedAddress(url, privateNetworks, resolve), bound.signal)
    const protocol = url.protocol === "https:" ? "https:" : "http:"
    const options: https.RequestOptions = {
      method: "POST",
      agent: agents[protocol],
      headers: { ...headers, "content-length": Buffer.byteLength(body) },
      lookup: pinned(address),
      signal: bound.signal,
    }
    // Whatever node makes of it: an attempt that never ended would hold up its endpoint, and a shutdown, for ever.
    const answering = answer(url, protocol, options, body, bound.end)
    const { statusCode: status = 0, headers: answered } = await untilAborted(answering, bound.signal)
    bound.end()
    const problem = problemOf(status)
    const wait = retryAfter(answered["retry-after"], now())
    return { status, ...(problem === undefined ? {} : { problem }), ...(wait === undefined ? {} : { retryAfter: wait }) }
  }

  function begin(): Bound {
    const controller = new AbortController()
    if (isClosed) controller.abort()
    const timer = setTimeout(() => controller.abort(), timeoutMs)
    running.add(controller)
    const end = () => {
      clearTimeout(timer)
      running.delete(controller)
    }
    return { signal: controller.signal, end }
  }

  return {
    async send(address, headers, body) {
      const began = performance.now()
      const bound = begin()
      const told = (sent: Omit<Sent, "milliseconds">) => ({ ...sent, milliseconds: Math.round(performance.now() - began) })
      try {
        return told(await attempt(new URL(address), headers, body, bound))
      } catch (error) {
        bound.end()
        return told({ problem: bound.signal.aborted ? "TIMEOUT" : problemOfError(error) })
      }
    },
    close() {
      isClosed = true
      for (const controller of running) controller.abort()
      agents["http:"].destroy()
      agents["https:"].destroy()
    },
  }
}

/**
 * Node's own `maxTotalSockets` counts kept connections too, and makes a new receiver wait until one of them ends by itself.
 * So what is kept is bounded here; what is in use is bounded by whoever sends.
 */
function keepingFew<Agent extends http.Agent>(agent: Agent): Agent {
  const keep = agent.keepSocketAlive.bind(agent)
  agent.keepSocketAlive = (socket) => {
    const kept = Object.values(agent.freeSockets).reduce((sum, sockets = []) => sum + sockets.length, 0)
    return kept < MOST_KEPT && keep(socket)
  }
  return agent
}

/** How long it may take until the status of the answer is there. */
interface Bound {
  readonly signal: AbortSignal
  readonly end: () => void
}

/** The name was looked up and checked by us; looking it up again could lead elsewhere (DNS rebinding). */
function pinned(address: string): LookupFunction {
  const family = address.includes(":") ? 6 : 4
  return (_host, options, callback) => (options.all ? callback(null, [{ address, family }]) : callback(null, address, family))
}

/**
 * Resolves when the answer has ended or was cut off, and no earlier: a receiver that sends a status and never ends would
 * otherwise collect a connection with every message.
 */
async function answer(
  url: URL,
  protocol: "http:" | "https:",
  options: https.RequestOptions,
  body: string,
  begun: () => void,
): Promise<http.IncomingMessage> {
  const request = () =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const sent = (protocol === "https:" ? https : http).request(url, options)
      sent.on("response", (response) => {
        begun()
        let bytes = 0
        const cutOff = setTimeout(() => response.destroy(), MOST_ANSWER_MS)
        response.on("error", () => {}) // cut off; the status has been read
        response.on("close", () => {
          clearTimeout(cutOff)
          resolve(response)
        })
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length
          if (bytes > MOST_ANSWER_BYTES) response.destroy()
        })
        // From here on the request fails only by its answer being cut off.
        sent.removeAllListeners("error").on("error", () => {})
      })
      // 101, for which nobody asked. Without a listener nothing at all would be heard of it.
      sent.on("upgrade", (response, socket) => {
        socket.destroy()
        resolve(response)
      })
      sent.on("error", (error) => reject(Object.assign(error, { reused: sent.reusedSocket })))
      sent.end(body)
    })
  try {
    return await request()
  } catch (error) {
    // A connection that was kept may have been closed by the receiver in the very moment of its use: that is no failure.
    const { code, reused } = error as { code?: string; reused?: boolean }
    if (reused && (code === "ECONNRESET" || code === "EPIPE")) return request()
    throw error
  }
}

/** Standard Webhooks 1.0: 2xx is success, everything else a failure, redirects too; 410 means never again. */
function problemOf(status: number): Problem | undefined {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return "REDIRECT"
  return status === 410 ? "GONE" : "STATUS"
}

function problemOfError(error: unknown): Problem {
  if (error instanceof AddressRefused) return "ADDRESS_REFUSED"
  const { code = "" } = error as NodeJS.ErrnoException
  if (/^(ENOTFOUND|ENODATA|EAI_|ESERVFAIL|EBADNAME|ETIMEOUT|ECANCELLED)/.test(code)) return "UNKNOWN_HOST"
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)) return "TLS"
  return "NO_CONNECTION"
}

/** A look-up cannot be called off, but nobody has to wait for it. */
function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener("abort", stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop))
  })
}
