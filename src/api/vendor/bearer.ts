/** Every vendor endpoint but the signed ones takes a vendor's bearer token (RFC 6750). */
import { GraphQLError } from "graphql"
import type { Tokens, Verified } from "../../auth/tokens"
import { SIGN_IN, whoAsks } from "../http/caller"
import { WrongRequest } from "./problem"

/** The answer carries the challenge that HTTP asks for with a 401. */
export class Unauthenticated extends WrongRequest {
  constructor(
    detail: string,
    readonly challenge: string,
  ) {
    super({ status: 401, code: "UNAUTHENTICATED", title: "Who is asking cannot be told", detail, field: "authorization" })
  }
}

/**
 * The vendor whose token came with the request.
 * @throws WrongRequest 401, 403, or 503 while tokens cannot be verified
 */
export async function vendorOf(authorization: string | undefined, tokens: Tokens): Promise<string> {
  const { viewer } = await whose(authorization, tokens)
  if (viewer.vendorId !== undefined && viewer.roles.includes("VENDOR")) return viewer.vendorId
  const held = viewer.roles.length > 0 ? viewer.roles.join(", ") : "no role"
  const detail = `This is for vendors: the token must have the role VENDOR and name the vendor; this one has ${held}${viewer.vendorId === undefined ? " and names no vendor" : ""}.`
  throw new WrongRequest({ status: 403, code: "FORBIDDEN", title: "The token does not allow this", detail })
}

async function whose(authorization: string | undefined, tokens: Tokens): Promise<Verified> {
  try {
    const who = await whoAsks(authorization, tokens)
    if (who) return who
  } catch (error) {
    throw error instanceof GraphQLError ? inOurWords(error) : error
  }
  throw new Unauthenticated(SIGN_IN, 'Bearer realm="seatledger"')
}

/** The same check as for GraphQL, which words its errors otherwise. */
function inOurWords({ message, extensions }: GraphQLError): WrongRequest {
  if (extensions.code === "UNAVAILABLE") {
    return new WrongRequest({ status: 503, code: "UNAVAILABLE", title: "Tokens cannot be verified now", detail: message, retryAfter: 5 })
  }
  return new Unauthenticated(message, challengeIn(extensions.http))
}

function challengeIn(http: unknown): string {
  const headers: unknown = typeof http === "object" && http !== null && "headers" in http ? http.headers : undefined
  return headers instanceof Map ? String(headers.get("www-authenticate")) : 'Bearer realm="seatledger"'
}
