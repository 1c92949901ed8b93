/**
 * What an error of KurrentDB means for a call. The two halves of its client (grpc-js for appends and subscriptions, a
 * library in Rust for reads) make errors of different classes; some are not converted at all and only have a gRPC code.
 */
export type Meaning =
  /** The stream ends at this revision of ours. */
  | { readonly kind: "wrong revision"; readonly actual: number }
  | { readonly kind: "no such stream" }
  /** For good: these events, or this stream. */
  | { readonly kind: "rejected"; readonly problem: string }
  /** A matter of rights or configuration; trying again does not help. */
  | { readonly kind: "denied"; readonly problem: string }
  /** Another node leads; the client goes there by itself. */
  | { readonly kind: "not leader" }
  /** No connection, no answer, a time-out of the server, or something that nobody foresaw. */
  | { readonly kind: "unavailable" }

/** gRPC status codes. */
const INVALID_ARGUMENT = 3
const PERMISSION_DENIED = 7
const UNAUTHENTICATED = 16

export function meaningOf(error: unknown): Meaning {
  const { type, name, message, code } = describe(error)
  switch (type ?? name) {
    case "wrong-expected-version":
      return { kind: "wrong revision", actual: revisionOf(error) }
    case "stream-not-found":
    case "StreamNotFoundError":
    case "no-stream":
      return { kind: "no such stream" }
    case "stream-deleted":
    case "stream-tombstoned":
    case "StreamDeletedError":
      return { kind: "rejected", problem: "the stream was deleted in KurrentDB" }
    case "maximum-append-size-exceeded":
    case "transaction-max-size-exceeded":
    case "append-record-size-exceeded":
      return { kind: "rejected", problem: TOO_LARGE }
    case "invalid-transaction":
    case "missing-required-metadata-property":
      return { kind: "rejected", problem: `KurrentDB refuses it: ${message}` }
    case "access-denied":
    case "AccessDeniedError":
      return { kind: "denied", problem: "KurrentDB denies access" }
    case "not-leader":
    case "NotLeaderError":
      return { kind: "not leader" }
    default:
      return byCode(code, message)
  }
}

const TOO_LARGE = "it is larger than the KurrentDB server takes: raise its MaxAppendSize (and MaxAppendEventSize) to 16777216"

function byCode(code: number | undefined, message: string): Meaning {
  // What the client does not know by name: the limit of one event, named by batches and by single appends.
  if (/Maximum ?Append ?(Event ?)?Size/i.test(message)) return { kind: "rejected", problem: TOO_LARGE }
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED || /Unauthenticated|PermissionDenied/.test(message)) {
    return { kind: "denied", problem: "KurrentDB denies access" }
  }
  if (/invalid position/i.test(message)) {
    return { kind: "rejected", problem: "its log has no record at this position; is it another database than before?" }
  }
  if (code === INVALID_ARGUMENT || message === "Could not recognize BadRequest") {
    return { kind: "rejected", problem: `KurrentDB refuses it: ${message}` }
  }
  return { kind: "unavailable" }
}

interface Described {
  readonly type: string | undefined
  readonly name: string
  readonly message: string
  readonly code: number | undefined
}

/** By its fields, not by its class: the reading half's errors are made outside JavaScript. */
function describe(error: unknown): Described {
  if (typeof error !== "object" || error === null) return { type: undefined, name: "", message: String(error), code: undefined }
  const { type, name, message, code }: { type?: unknown; name?: unknown; message?: unknown; code?: unknown } = error
  return {
    type: typeof type === "string" ? type : undefined,
    name: String(name),
    message: String(message),
    code: typeof code === "number" ? code : undefined,
  }
}

/** Theirs counts from 0, ours counts events. */
function revisionOf(error: unknown): number {
  const actual = typeof error === "object" && error !== null && "actualState" in error ? error.actualState : undefined
  return typeof actual === "bigint" ? Number(actual) + 1 : 0
}
