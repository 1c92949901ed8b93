/**
 * Standard Webhooks 1.0, the receiver's part: `v1` is HMAC-SHA256, `v1a` is ed25519, both over `id.timestamp.body` with the
 * body as it came. One good signature is enough, of any secret in force: that is how secrets are rotated.
 */
import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"
import type { VerifyingSecret } from "../../commands/requests"
import { type Problem, unsigned } from "./problem"

/** Either way: "Verifying webhook authenticity" asks for a tolerance, and all libraries take five minutes. */
const TOLERANCE_SECONDS = 300
/** More than anybody needs to change over from one secret to the next. */
const MAX_SIGNATURES = 10
/**
 * An HMAC is made once per secret, whatever is to be compared with it. An ed25519 signature is checked with each key, over
 * the whole body: 3 ms for 1 MB, for anybody who knows a vendor's id. Two are the former key's and the next one's.
 */
const MAX_ED25519 = 2
const MAX_ID = 256

export interface SignedHeaders {
  readonly id: string
  readonly timestamp: string
  readonly signatures: readonly { readonly version: string; readonly bytes: Buffer }[]
}

/**
 * Reads the headers, and refuses what is missing or out of time before any secret is looked for.
 * @param now milliseconds since 1970, UTC
 */
export function signedHeaders(headers: IncomingHttpHeaders, now: number): SignedHeaders | Problem {
  const id = headers["webhook-id"]
  const timestamp = headers["webhook-timestamp"]
  const signature = headers["webhook-signature"]
  for (const [name, value] of [
    ["webhook-id", id],
    ["webhook-timestamp", timestamp],
    ["webhook-signature", signature],
  ] as const) {
    if (typeof value !== "string" || value.trim() === "") {
      return unsigned("SIGNATURE_MISSING", `The header ${name} is missing: sign the message as Standard Webhooks 1.0 says.`, name)
    }
  }
  const [messageId, seconds, list] = [id, timestamp, signature] as readonly string[] as [string, string, string] // as checked
  if (messageId.length > MAX_ID) {
    return unsigned("SIGNATURE_MISSING", `The header webhook-id must have at most ${MAX_ID} characters.`, "webhook-id")
  }
  if (!/^\d{1,12}$/.test(seconds)) {
    const detail = "The header webhook-timestamp must be the seconds since 1970 (UTC) of this attempt, digits only."
    return unsigned("SIGNATURE_MISSING", detail, "webhook-timestamp")
  }
  const age = Math.floor(now / 1000) - Number(seconds)
  if (Math.abs(age) > TOLERANCE_SECONDS) {
    const off = age > 0 ? `${age} seconds old` : `${-age} seconds ahead of this server's clock`
    const detail = `The header webhook-timestamp is ${off}; at most ${TOLERANCE_SECONDS} are taken. Sign every attempt anew, and set the clock.`
    return unsigned("SIGNATURE_TOO_OLD", detail, "webhook-timestamp")
  }
  return { id: messageId, timestamp: seconds, signatures: signaturesIn(list) }
}

function signaturesIn(list: string): SignedHeaders["signatures"] {
  return list
    .trim()
    .split(/ +/, MAX_SIGNATURES)
    .flatMap((one) => {
      const comma = one.indexOf(",")
      return comma < 1 ? [] : [{ version: one.slice(0, comma), bytes: Buffer.from(one.slice(comma + 1), "base64") }]
    })
}

/** The secret that signed the message; undefined when none of these did. */
export function signingSecret(headers: SignedHeaders, body: Buffer, secrets: readonly VerifyingSecret[]): VerifyingSecret | undefined {
  const content = Buffer.concat([Buffer.from(`${headers.id}.${headers.timestamp}.`), body])
  return secrets.find((secret) =>
    secret.algorithm === "HMAC_SHA256" ? hasHmac(headers, content, secret) : hasEd25519(headers, content, secret),
  )
}

export function wrongSignature(vendorId: string): Problem {
  const detail = `No secret in force of ${vendorId} made any of these signatures. Sign webhook-id, webhook-timestamp and the body byte for byte as it is sent, joined by dots, with a secret that is neither revoked nor expired.`
  return unsigned("SIGNATURE_WRONG", detail, "webhook-signature")
}

function hasHmac({ signatures }: SignedHeaders, content: Buffer, { key }: VerifyingSecret): boolean {
  const expected = createHmac("sha256", bytesOf(key)).update(content).digest()
  return signatures.some(({ version, bytes }) => version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected))
}

function hasEd25519({ signatures }: SignedHeaders, content: Buffer, { key }: VerifyingSecret): boolean {
  const candidates = signatures.filter(({ version, bytes }) => version === "v1a" && bytes.length === 64).slice(0, MAX_ED25519)
  return candidates.some(({ bytes }) => verify(null, content, publicKey(key), bytes))
}

const KEYS_REMEMBERED = 1_000
const publicKeys = new Map<string, KeyObject>()

/** RFC 8037. Remembered: reading one costs 30 µs. */
function publicKey(key: string): KeyObject {
  const known = publicKeys.get(key)
  if (known) return known
  const read = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: bytesOf(key).toString("base64url") } })
  if (publicKeys.size >= KEYS_REMEMBERED) publicKeys.clear()
  publicKeys.set(key, read)
  return read
}

/** Behind `whsec_` or `whpk_`. */
function bytesOf(key: string): Buffer {
  return Buffer.from(key.slice(key.indexOf("_") + 1), "base64")
}
