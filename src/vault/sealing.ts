/**
 * AES-256-GCM (NIST SP 800-38D) as text: `v1.<iv>.<ciphertext and tag>`, base64url; `v2` where the key is of this text alone. What is sealed is bound to its
 * place (organization and owner), so that a sealed name cannot be moved to another person.
 */
import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto"
import type { Sealed } from "../domain/events"
import { SealedOtherwise } from "./vault"

const IV_BYTES = 12
const TAG_BYTES = 16
const FORMAT = /^v[12]\./
const FORMAT_LENGTH = 3
const IV_END = FORMAT_LENGTH + 16 // 12 bytes are 16 characters

/** @param format `v2`: the key is of this text alone */
export function seal(key: Buffer, place: string, text: string, format: "v1" | "v2" = "v1"): Sealed {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key, iv)
  cipher.setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()])
  return `${format}.${iv.toString("base64url")}.${ciphertext.toString("base64url")}`
}

/** @throws when the text was changed, or was sealed under another key or for another place. */
export function open(key: Buffer, place: string, sealed: Sealed): string {
  if (!isSealed(sealed)) throw new Error(`not a sealed text of a known format (${place})`)
  const iv = Buffer.from(textIdOf(sealed), "base64url")
  const ciphertext = Buffer.from(sealed.slice(IV_END + 1), "base64url")
  const end = ciphertext.length - TAG_BYTES
  if (iv.length !== IV_BYTES || end < 0) throw new Error(`a sealed text was cut off (${place})`)
  const decipher = createDecipheriv("aes-256-gcm", key, iv)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(ciphertext.subarray(end))
  try {
    return decipher.update(ciphertext.subarray(0, end), undefined, "utf8") + decipher.final("utf8")
  } catch (cause) {
    throw new SealedOtherwise(`a sealed text was changed, or does not belong to ${place}`, { cause })
  }
}

export function isSealed(text: string): boolean {
  return FORMAT.test(text) && text[IV_END] === "."
}

/** True for what is sealed under a key of its own. */
export function hasOwnKey(sealed: Sealed): boolean {
  return sealed.startsWith("v2.")
}

/** What a sealed text is known by: its initialisation vector, which no other has. */
export function textIdOf(sealed: Sealed): string {
  return sealed.slice(FORMAT_LENGTH, IV_END)
}

/** A key or a secret. */
export function newKey(): Buffer {
  return randomBytes(32)
}

// Random bytes are asked for in bulk: a system call per text would cost more than the sealing. None is used twice.
const pool = Buffer.allocUnsafeSlow(8192)
let used = pool.length

function randomBytes(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + length)) // a copy,
  pool.fill(0, used, used + length) // because a key must not lie about twice
  used += length
  return bytes
}
