/** Who is asking, and under which id everything that one request brings about can be found. */
import { randomUUID } from "node:crypto"
import { GraphQLError } from "graphql"
import { InvalidToken, KeysUnavailable, type Tokens, type Verified } from "../../auth/tokens"
import type { Viewer } from "../../auth/viewer"

/** What every operation carries. The context of the resolvers is this and whatever `CreateContext` adds. */
export interface Caller {
  readonly viewer: Viewer
  /** 32 hexadecimal digits. Logs, masked faults and events (rule 36) of one request carry it. */
  readonly traceId: string
}
/** Makes the context of one operation, or of one event of a subscription. A plain object: Apollo Server copies it. */
export type CreateContext = (viewer: Viewer, traceId: string) => Caller

const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** Goes on with the caller's trace (W3C Trace Context, `traceparent`), or begins one. */
export function traceIdOf(traceparent: unknown): string {
  const given = typeof traceparent === "string" ? TRACEPARENT.exec(traceparent)?.[1] : undefined
  // Node keeps randomness for UUIDs in stock; asking the system for 16 bytes cost every request 10 to 20 µs.
  return given ?? randomUUID().replaceAll("-", "")
}

/**
 * Whose token it is; undefined without one. `authorization` is the header's value, or what a WebSocket client sends in its place.
 * @throws GraphQLError UNAUTHENTICATED (401) or UNAVAILABLE (503)
 */
export async function whoAsks(authorization: unknown, tokens: Tokens): Promise<Verified | undefined> {
  if (authorization === undefined || authorization === "") return undefined
  const token = typeof authorization === "string" ? /^Bearer +([^\s]+)$/i.exec(authorization)?.[1] : undefined
  if (token === undefined) throw unauthenticated("The authorization must read: Bearer TOKEN.", "invalid_request")
  try {
    return await tokens.verify(token)
  } catch (error) {
    if (error instanceof InvalidToken) throw unauthenticated(`Sign in again: ${error.message}.`, "invalid_token")
    if (error instanceof KeysUnavailable) {
      throw new GraphQLError("Tokens cannot be verified now; try again in a moment.", {
        extensions: { code: "UNAVAILABLE", http: { status: 503, headers: new Map([["retry-after", "5"]]) } },
      })
    }
    throw error
  }
}

/** 401 as RFC 6750 words it. Without `problem` nothing was sent that could have been wrong. */
export function unauthenticated(message: string, problem?: "invalid_request" | "invalid_token"): GraphQLError {
  const challenge = `Bearer realm="seatledger"${problem ? `, error="${problem}"` : ""}`
  return new GraphQLError(message, {
    extensions: { code: "UNAUTHENTICATED", http: { status: 401, headers: new Map([["www-authenticate", challenge]]) } },
  })
}
export const SIGN_IN = "Sign in: send a token as `authorization: Bearer TOKEN`."
