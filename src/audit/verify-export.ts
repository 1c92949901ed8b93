/**
 * Checks an export from its first byte to its last, with nothing but the verifier key: no server, no data folder. It reads
 * the file once, in constant memory, at about two hashes per event. docs/verify_export.py does the same in Python, and gives
 * the same verdicts in the same words.
 */
import { createHash, hash } from "node:crypto"
import { base64, type ExportHeader, readHeader, signedLine, verifySignature } from "./export-format"
import { type Checkpoint, NoteProblem, type NoteVerifier, openCheckpoint } from "./note"
import { blocksFollower } from "./verify-blocks"
import { chosenFollower } from "./verify-chosen"
import { Damaged, type Follower } from "./verify-lines"
import { rowsFollower } from "./verify-rows"

export type Verdict =
  | {
      readonly verified: true
      readonly header: ExportHeader
      /** Events or rows. */
      readonly lines: number
      /** `name+key id` of who signed. */
      readonly signedBy: string
      readonly previous?: Checkpoint
    }
  | {
      readonly verified: false
      /** Of the file, from 1: where it shows. */
      readonly line: number
      /** The first event that is not as it was; left out when it is no event that was changed. */
      readonly revision?: number
      readonly problem: string
    }

/** An event has at most 4 MB; a line that is longer than this is none of ours, and is not kept in memory. */
const LONGEST_LINE = 16 * 1024 * 1024
const LINE_BREAK = 0x0a

/** @param previous a checkpoint of earlier: the history is then also shown to extend the one of that time */
export async function verifyExport(file: AsyncIterable<Uint8Array>, verifier: NoteVerifier, previous?: Checkpoint): Promise<Verdict> {
  const reading = new Reading(verifier, previous)
  try {
    for await (const chunk of file) reading.take(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    return reading.end()
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    const { line, revision, message: problem } = error
    return { verified: false, line, ...(revision !== undefined && { revision }), problem }
  }
}

class Reading {
  readonly #verifier: NoteVerifier
  readonly #previous: Checkpoint | undefined
  /** Of all lines before the one at hand. */
  readonly #digest = createHash("sha256")
  #rest: Buffer = Buffer.alloc(0)
  #lines = 0
  #header: ExportHeader | undefined
  #follower: Follower | undefined

  constructor(verifier: NoteVerifier, previous: Checkpoint | undefined) {
    this.#verifier = verifier
    this.#previous = previous
  }

  take(chunk: Buffer): void {
    const data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    let start = 0
    let hashed = 0
    for (let end = data.indexOf(LINE_BREAK); end >= 0; end = data.indexOf(LINE_BREAK, start)) {
      const line = data.subarray(start, end)
      this.#lines += 1
      this.#line(line, (upTo) => {
        // Only the end line asks for it: all lines before it, and as much of itself.
        this.#digest.update(data.subarray(hashed, start + upTo))
        hashed = start + upTo
        return this.#digest.copy().digest()
      })
      start = end + 1
    }
    this.#digest.update(data.subarray(hashed, start))
    this.#rest = data.subarray(start)
    if (this.#rest.length > LONGEST_LINE) throw new Damaged(this.#lines + 1, `line ${this.#lines + 1} is longer than any line of an export`)
  }

  end(): Verdict {
    const cutOff = this.#rest.length > 0
    if (!this.#follower || !this.#header) {
      throw new Damaged(1, cutOff ? "the header was cut off: line 1 has no end" : "the file is empty")
    }
    const lines = this.#follower.end(this.#lines + (cutOff ? 1 : 0))
    return {
      verified: true,
      header: this.#header,
      lines,
      signedBy: nameOf(this.#verifier),
      ...(this.#previous && { previous: this.#previous }),
    }
  }

  #line(line: Buffer, digestUpTo: (bytes: number) => Buffer): void {
    if (this.#follower) this.#follower.line(line, this.#lines, digestUpTo)
    else this.#begin(line)
  }

  #begin(line: Buffer): void {
    const header = this.#provenHeader(line.toString("utf8"))
    this.#header = header
    const verifyEnd = (signed: Parameters<typeof verifySignature>[0], digest: Buffer) =>
      verifySignature(signed, header.organization, digest, this.#verifier)
    if (this.#previous && (header.proofs !== "BLOCKS" || header.first !== 1)) {
      throw new Damaged(1, "an earlier checkpoint can be compared with a whole history only: export it without a filter, as JSON lines")
    }
    if (header.proofs === "BLOCKS") this.#follower = blocksFollower(header, verifyEnd, this.#previous)
    else this.#follower = header.proofs === "INCLUSION" ? chosenFollower(header, verifyEnd) : rowsFollower(verifyEnd)
  }

  /** The header is what the key signed, and its root is that of a checkpoint which the key signed. */
  #provenHeader(text: string): ExportHeader {
    const wrong = (problem: string) => new Damaged(1, problem)
    const signed = signedLine(text)
    const header = signed && readHeader(signed)
    if (!signed || !header) {
      const isCsv = text.startsWith("seatledger-export/1,")
      throw wrong(
        isCsv
          ? "this is a CSV file, which carries no proofs: export JSON lines (--format jsonl) to verify them"
          : "line 1 is no header of an export: it was changed, or this is another kind of file",
      )
    }
    try {
      verifySignature(signed, header.organization, hash("sha256", signed.start, "buffer"), this.#verifier)
    } catch (error) {
      if (!(error instanceof NoteProblem)) throw error
      const byThisKey = signed.signature.startsWith(`— ${this.#verifier.name} `) && keyIdIn(signed.signature) === this.#verifier.keyId
      throw wrong(
        byThisKey ? "the header was changed: it is not what was signed" : `the header is not signed by the key ${nameOf(this.#verifier)}`,
      )
    }
    const checkpoint = this.#checkpointOf(header)
    const { organization, revision, root } = header
    if (checkpoint.size !== revision || base64(checkpoint.root) !== root || !checkpoint.origin.endsWith(`/${organization}`)) {
      throw wrong("the checkpoint in the header is of another organization, revision or root than the header")
    }
    if (this.#previous) {
      const { origin, size } = this.#previous
      if (origin !== checkpoint.origin) throw wrong(`the earlier checkpoint is of ${origin}, this export of ${checkpoint.origin}`)
      if (size > revision)
        throw wrong(`the earlier checkpoint is of revision ${size}, this export ends at ${revision}: give the newer one to verify`)
    }
    return header
  }

  #checkpointOf({ checkpoint }: ExportHeader): Checkpoint {
    try {
      return openCheckpoint(checkpoint, [this.#verifier])
    } catch (error) {
      if (!(error instanceof NoteProblem)) throw error
      throw new Damaged(1, `the checkpoint in the header is not signed by the key ${nameOf(this.#verifier)}`)
    }
  }
}

function keyIdIn(signature: string): number | undefined {
  const bytes = Buffer.from(signature.split(" ")[2] ?? "", "base64")
  return bytes.length >= 4 ? bytes.readUInt32BE(0) : undefined
}

function nameOf({ name, keyId }: NoteVerifier): string {
  return `${name}+${keyId.toString(16).padStart(8, "0")}`
}

/** The verdict in sentences, the first of them the one that counts. */
export function verdictLines(verdict: Verdict): string[] {
  if (!verdict.verified) return [`NOT VERIFIED: ${verdict.problem}`, `line ${verdict.line} of the file`]
  const { header, lines, signedBy, previous } = verdict
  const { organization, revision, root, exportedAt, exportedBy, filter, first = 1, last = revision } = header
  const stretch = first > last ? "no revisions" : `revisions ${first} to ${last}`
  const proved = {
    BLOCKS: `${lines} events of ${organization}, ${stretch}: all of them, none changed, removed, inserted or reordered`,
    INCLUSION: `${lines} chosen events of ${organization}, from ${stretch}: none changed. That none is missing is what the server signed; only a history without --license proves it`,
    NONE: `${lines} rows (${header.what}) of ${organization}: as the server wrote them. Rows are derived from events: the history proves those`,
  }[header.proofs]
  return [
    `VERIFIED: ${proved}`,
    `revision ${revision}, root ${root}`,
    `signed by ${signedBy}, exported at ${exportedAt} by ${exportedBy.id} (${exportedBy.role})`,
    ...(Object.keys(filter).length > 0 ? [`filter ${JSON.stringify(filter)}`] : []),
    ...(previous ? [`extends the checkpoint of revision ${previous.size}, root ${base64(previous.root)}`] : []),
  ]
}
