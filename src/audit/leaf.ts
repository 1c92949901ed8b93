/** What of an event the Merkle tree covers: everything that was stored, but for its position in the store of all streams. */
import { canonicalJson } from "../domain/canonical-json"
import type { RecordedEvent } from "../eventstore/event-store"
import { type Hash, leafHashOf } from "./merkle"

/** An event as the store gives it back: data and metadata as they were recorded, personal data sealed. */
export type StoredEvent = Omit<RecordedEvent, "position" | "metadata"> & { readonly metadata: object }

/** The bytes under a leaf, as text: the canonical JSON (RFC 8785) of exactly these six fields. */
export function leafText({ stream, revision, id, type, data, metadata }: StoredEvent): string {
  return canonicalJson({ stream, revision, id, type, data, metadata })
}

/** SHA-256(0x00 ‖ UTF-8 of the leaf's text), RFC 6962 §2.1. */
export function leafHash(event: StoredEvent): Hash {
  return leafHashOf(Buffer.from(leafText(event)))
}
