/**
 * The lines of an export, `seatledger-export/1`: what the server writes and `verify-export` reads. docs/verify-an-export.md
 * says the same in words. A line is never written in two ways, so a line that reads back to other bytes was changed.
 */
import { HASH_BYTES, type Hash } from "./merkle"
import { type NoteSigner, type NoteVerifier, openNote, signNote } from "./note"

export const EXPORT_FORMAT = "seatledger-export/1"
/** Events that share one list of leaf hashes: the leaves [256·n, 256·n + 256) of the tree. */
export const BLOCK_EVENTS = 256

export const EXPORTS = ["history", "seats", "assignments", "usage", "entitlements"] as const
export type ExportKind = (typeof EXPORTS)[number]

export interface ExportHeader {
  readonly kind: "header"
  readonly format: typeof EXPORT_FORMAT
  readonly what: ExportKind
  /** Of this file. */
  readonly as: "jsonl" | "csv"
  readonly organization: string
  /** The state after this many events: what is exported, and the size of the tree. */
  readonly revision: number
  /** When that revision was recorded (ISO 8601, UTC); null before the first. */
  readonly recordedAt: string | null
  /** Base64 of the tree's root at that revision. */
  readonly root: string
  /** A signed note (C2SP tlog-checkpoint) of that size and root. */
  readonly checkpoint: string
  /** BLOCKS: all events of a stretch of revisions. INCLUSION: chosen events. NONE: rows, which are derived from events. */
  readonly proofs: "BLOCKS" | "INCLUSION" | "NONE"
  /** The revisions of a history that the file covers, both included; left out for all else. `last` is before `first` when there are none. */
  readonly first?: number
  readonly last?: number
  readonly filter: ExportFilter
  readonly exportedAt: string
  readonly exportedBy: { readonly id: string; readonly role: string }
}

export interface ExportFilter {
  readonly licenseId?: string
  /** Of a history: recorded at this instant or later (ISO 8601, UTC). Of usage: the first day. */
  readonly from?: string
  /** Of a history: recorded before this instant. Of usage: the last day. */
  readonly to?: string
  /** Of usage: in which days are days (IANA name). */
  readonly timeZone?: string
  /** Of usage: until when what held at the revision is counted on (ISO 8601, UTC). */
  readonly until?: string
}

/** What stands before an event, which follows as the canonical JSON that its leaf is the hash of. */
export const EVENT_START = '{"kind":"event","event":'
export const EVENT_END = "}"

export function eventLine(leafText: string): string {
  return `${EVENT_START}${leafText}${EVENT_END}\n`
}

/** An event of a filtered history: `after` is the revision of the event before it in this file, 0 for the first. */
export function provenEventLine(after: number, path: readonly Hash[], leafText: string): string {
  return `${provenStart(after, path.map(base64))}${leafText}${EVENT_END}\n`
}
export function provenStart(after: number, path: readonly string[]): string {
  return `{"kind":"event","after":${after},"path":${JSON.stringify(path)},"event":`
}

export interface Block {
  /** The revisions whose leaves these are, both included. */
  readonly from: number
  readonly to: number
  readonly leaves: readonly Hash[]
  /** From the subtree over these leaves up to the root. */
  readonly path: readonly Hash[]
}

export function blockLine({ from, to, leaves, path }: Block): string {
  return `${JSON.stringify({ kind: "block", from, to, leaves: leaves.map(base64), path: path.map(base64) })}\n`
}

/** Undefined when it is no block line, to the letter. */
export function readBlock(line: string): Block | undefined {
  const block = fieldsOf(line)
  if (block?.kind !== "block" || !isRevision(block.from) || !isRevision(block.to)) return undefined
  const [leaves, path] = [hashesOf(block.leaves), hashesOf(block.path)]
  if (leaves === undefined || path === undefined) return undefined
  const read = { from: block.from, to: block.to, leaves, path }
  return blockLine(read) === `${line}\n` ? read : undefined
}

export function rowLine(row: object): string {
  return `${JSON.stringify({ kind: "row", row })}\n`
}

/** The line without its signature and what follows that. */
export function headerStart(header: ExportHeader): string {
  return JSON.stringify(header).slice(0, -1)
}
export function endStart(lines: number): string {
  return JSON.stringify({ kind: "end", lines }).slice(0, -1)
}

const SIGNATURE = ',"signature":'

/**
 * The rest of a header or end line: what is signed is the SHA-256 of all bytes of the file before `,"signature":`.
 * @param digest of those bytes
 */
export function signatureEnd(organization: string, digest: Buffer, signer: NoteSigner): string {
  const text = signedText(organization, digest)
  const [, signature = ""] = signNote(text, [signer]).split("\n\n")
  return `${SIGNATURE}${JSON.stringify(signature.trimEnd())}}\n`
}

/** A checkpoint has its size in the second line, so nobody can take the one note for the other. */
function signedText(organization: string, digest: Buffer): string {
  return `${EXPORT_FORMAT}\n${organization}\n${base64(digest)}\n`
}

export interface SignedLine {
  readonly start: string
  /** `— name base64(key id ‖ signature)` */
  readonly signature: string
}

/** A header or end line, taken apart; undefined when it has no signature at its end. */
export function signedLine(line: string): SignedLine | undefined {
  const at = line.lastIndexOf(SIGNATURE)
  if (at < 0 || !line.endsWith("}")) return undefined
  const written = line.slice(at + SIGNATURE.length, -1)
  const signature = parsed(written)
  if (typeof signature !== "string" || JSON.stringify(signature) !== written) return undefined
  return { start: line.slice(0, at), signature }
}

/** @throws NoteProblem when the signature is not that of this key over these bytes */
export function verifySignature({ signature }: SignedLine, organization: string, digest: Buffer, verifier: NoteVerifier): void {
  openNote(`${signedText(organization, digest)}\n${signature}\n`, [verifier])
}

/** Undefined when what stands before the signature is no header of this format. */
export function readHeader({ start }: SignedLine): ExportHeader | undefined {
  const header = fieldsOf(`${start}}`)
  if (header?.kind !== "header" || header.format !== EXPORT_FORMAT) return undefined
  const { organization, revision, root, checkpoint, proofs, first = 1, last = revision } = header
  const isHistory = proofs === "BLOCKS" || proofs === "INCLUSION"
  if (typeof organization !== "string" || typeof root !== "string" || typeof checkpoint !== "string") return undefined
  if (!isCount(revision) || !isRevision(first) || !isCount(last) || last > revision || first > last + 1) return undefined
  if (!isHistory && proofs !== "NONE") return undefined
  return header as unknown as ExportHeader // the server signed it, so the rest is as it wrote it
}

export function readEnd({ start }: SignedLine): { readonly lines: number } | undefined {
  const end = fieldsOf(`${start}}`)
  return end?.kind === "end" && isCount(end.lines) ? { lines: end.lines } : undefined
}

export function base64(bytes: Buffer): string {
  return bytes.toString("base64")
}

/** Undefined unless all of them are SHA-256 hashes. How they are written is for whoever writes the line again to compare. */
export function hashesOf(value: unknown): Hash[] | undefined {
  if (!Array.isArray(value)) return undefined
  const hashes = value.map((text) => Buffer.from(typeof text === "string" ? text : "", "base64"))
  return hashes.every((hash) => hash.length === HASH_BYTES) ? hashes : undefined
}

export function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(text)
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined // no array, so fields
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 // a safe integer is a number
}
export function isRevision(value: unknown): value is number {
  return isCount(value) && value > 0
}
