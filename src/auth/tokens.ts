/** What the API needs to know of tokens: that somebody can tell whose they are (jwt.ts does). */
import type { Viewer } from "./viewer"

export interface Verified {
  readonly viewer: Viewer
  /** Milliseconds since 1970, UTC: from then on the token is nobody's. Live connections end with it. */
  readonly expiresAt: number
}

export interface Tokens {
  /** @throws InvalidToken, or KeysUnavailable when nobody can tell now */
  verify(token: string): Promise<Verified>
}

/** The token proves nothing. The message says why and holds nothing of the token. */
export class InvalidToken extends Error {
  override readonly name = "InvalidToken"
}
/** The identity provider's keys could not be fetched: try again later, the token may be good. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable"
}
