/**
 * Ids that follow from a command, so that carrying it out twice would write the same twice, and the store refuses that:
 * the log itself is the record of what was done (DESIGN §4).
 */
import { createHash, randomFillSync } from "node:crypto"
import type { IdPrefix } from "../domain/ids"

/** 32 letters and digits that are hard to mistake for each other: five bits each. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz023456789"
const ID_LENGTH = 20 // 100 bits

/**
 * The id of a command that carries a key (rule 37).
 * @param hash keyed, because a subject or a key may be a mail address that could be guessed
 * @param parts organization (or installation), subject, operation and key
 */
export function keyedCommandId(hash: (text: string) => string, ...parts: readonly string[]): string {
  return `key_${letters(
    createHash("sha256")
      .update(hash(JSON.stringify(parts)))
      .digest(),
  )}`
}

/** The id of a command without a key: carried out once, never repeated. */
export function freshCommandId(): string {
  return `cmd_${letters(randomBytes())}`
}

export function isKeyed(commandId: string): boolean {
  return commandId.startsWith("key_")
}

/** The id of the object that a command makes. One command makes at most one object of a kind. */
export function newObjectId<P extends IdPrefix>(prefix: P, commandId: string): string {
  return `${prefix}_${letters(createHash("sha256").update(`${prefix} ${commandId}`).digest())}`
}

/**
 * The ids of a command's events: UUIDs (version 8 of RFC 9562) that count up in their last group, so that they lie side
 * by side in the index of the store.
 */
export class EventIds {
  readonly #prefix: string

  /** @param attempt what tells this attempt to carry the command out from others, where there may be others at the same time */
  constructor(commandId: string, attempt = "") {
    const hex = createHash("sha256").update(`event ${commandId}${attempt}`).digest("hex")
    this.#prefix = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 22)}`
  }

  /** @param n counts the events of the command from 0 */
  of(n: number): string {
    return this.#prefix + n.toString(16).padStart(8, "0")
  }

  /** True for every id that `of` makes. */
  includes(eventId: string): boolean {
    return eventId.startsWith(this.#prefix)
  }
}

function letters(bytes: Uint8Array): string {
  let text = ""
  for (let index = 0; index < ID_LENGTH; index++) text += ALPHABET[(bytes[index] as number) & 31] // there are at least 20 bytes
  return text
}

// In bulk, because a system call costs more than everything else about an id.
const pool = Buffer.allocUnsafeSlow(ID_LENGTH * 256)
let used = pool.length

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += ID_LENGTH
  return pool.subarray(used - ID_LENGTH, used)
}
