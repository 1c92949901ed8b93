/** Standard Webhooks 1.0: the headers that let a receiver check who sent a message, and when. */
import { createHmac } from "node:crypto"

const PREFIX = "whsec_"

/**
 * @param secrets `whsec_…`, the newest first: all of them sign, so that a receiver may know any
 * @param at milliseconds since 1970, UTC, of this attempt: receivers refuse what is older than five minutes
 */
export function signedHeaders(id: string, at: number, body: string, secrets: readonly string[]): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1000))
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": secrets.map((secret) => signature(`${id}.${timestamp}.${body}`, secret)).join(" "),
  }
}

function signature(content: string, secret: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64")
  return `v1,${createHmac("sha256", key).update(content).digest("base64")}`
}
