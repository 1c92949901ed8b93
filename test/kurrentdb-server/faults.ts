/** What a node of the test server is told to do wrong, and to how many calls. */
import { Metadata, type ServiceError, status } from "@grpc/grpc-js"

export type Call = "append" | "read" | "subscribe" | "gossip" | "features"

/** `before` and `after` the write, or the first event. */
export type Fault =
  /** No answer, ever. */
  | { readonly kind: "hang"; readonly when: "before" | "after" }
  /** All connections to the node break. */
  | { readonly kind: "cut"; readonly when: "before" | "after" }
  | { readonly kind: "error"; readonly when: "before" | "after"; readonly error: CallError }
  /** Subscriptions: confirmed, alive and without news. */
  | { readonly kind: "mute"; readonly when: "after" }

export type CallError = Pick<ServiceError, "code" | "details" | "metadata">

export class Faults {
  readonly #planned: { readonly call: Call; readonly fault: Fault; times: number }[] = []

  /** The next calls of this kind fail this way; plans are carried out in the order they were made. */
  plan(call: Call, fault: Fault, times = 1): void {
    this.#planned.push({ call, fault, times })
  }

  get planned(): number {
    return this.#planned.length
  }

  /** What is planned for a call that comes in. */
  take(call: Call): Fault | undefined {
    const index = this.#planned.findIndex((plan) => plan.call === call)
    const plan = this.#planned[index]
    if (plan === undefined) return undefined
    if (--plan.times === 0) this.#planned.splice(index, 1)
    return plan.fault
  }

  clear(): void {
    this.#planned.length = 0
  }
}

/** Errors as the server makes them: `RpcExceptions` of its source. */
function failure(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): CallError {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value)
  return { code, details, metadata }
}

export const notLeader = (host: string, port: number) =>
  failure(status.NOT_FOUND, "Leader info available", {
    exception: "not-leader",
    "leader-endpoint-host": host,
    "leader-endpoint-port": String(port),
  })
export const noLeader = () => failure(status.UNKNOWN, "No leader info available in response")
export const notReady = () => failure(status.UNAVAILABLE, "Server Is Not Ready")
export const tooBusy = () => failure(status.UNAVAILABLE, "Server Is Too Busy")
export const timedOut = () => failure(status.ABORTED, "Operation timed out: Commit phase timeout.")
export const accessDenied = () => failure(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" })
export const unauthenticated = () => failure(status.UNAUTHENTICATED, "Unauthenticated")
export const invalidArgument = (problem: string) => failure(status.INVALID_ARGUMENT, problem)
export const invalidPosition = () => invalidArgument("Trying to read from an invalid position.")
export const streamDeleted = (stream: string) =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: "stream-deleted", "stream-name": stream })
export const appendTooLarge = (limit: number) =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": String(limit),
  })
export const eventTooLarge = (id: string, size: number, limit: number) =>
  failure(status.INVALID_ARGUMENT, `Event with Id: ${id}, Size: ${size}, exceeds Maximum Append Event Size of ${limit}.`, {
    exception: "maximum-append-event-size-exceeded",
    "maximum-append-event-size": String(limit),
    "event-id": id,
    "proposed-append-event-size": String(size),
  })
