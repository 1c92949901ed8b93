/**
 * AES-256-GCM (NIST SP 800-38D) as text: `v1.<iv>.<ciphertext and tag>`, base64url. What is sealed is bound to its
 * place (organization and owner), so that a sealed name cannot be moved to another person.
 */
import { createCipheriv, createDecipheriv, randomFillSync } from "node:crypto"
import type { Sealed } from "../domain/events"

const IV_BYTES = 12
const TAG_BYTES = 16
const FORMAT = "v1."
const IV_END = FORMAT.length + 16 // 12 bytes are 16 characters

export function seal(key: Buffer, place: string, text: string): Sealed {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv("aes-256-gcm", key, iv)
  cipher.setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()])
  return `${FORMAT}${iv.toString("base64url")}.${ciphertext.toString("base64url")}`
}

/** @throws when the text was changed, or was sealed under another key or for another place. */
export function open(key: Buffer, place: string, sealed: Sealed): string {
  if (!sealed.startsWith(FORMAT) || sealed[IV_END] !== ".") throw new Error(`not a sealed text of a known format (${place})`)
  const iv = Buffer.from(sealed.slice(FORMAT.length, IV_END), "base64url")
  const ciphertext = Buffer.from(sealed.slice(IV_END + 1), "base64url")
  const end = ciphertext.length - TAG_BYTES
  if (iv.length !== IV_BYTES || end < 0) throw new Error(`a sealed text was cut off (${place})`)
  const decipher = createDecipheriv("aes-256-gcm", key, iv)
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(ciphertext.subarray(end))
  try {
    return decipher.update(ciphertext.subarray(0, end), undefined, "utf8") + decipher.final("utf8")
  } catch (cause) {
    throw new Error(`a sealed text was changed, or does not belong to ${place}`, { cause })
  }
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
