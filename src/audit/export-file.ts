/**
 * An export from its first byte to its last. The same header makes the same bytes again, for as long as nobody in it is
 * erased; so a file that was cut off goes on from where it ends.
 */
import { createHash, type Hash as Digest, hash } from "node:crypto"
import { csvRecord } from "./csv"
import {
  EXPORT_FORMAT,
  type ExportHeader,
  endStart,
  headerStart,
  readHeader,
  signatureEnd,
  signedLine,
  verifySignature,
} from "./export-format"
import type { NoteSigner, NoteVerifier } from "./note"

/** What the file has already, of one that was cut off. */
export interface Begun {
  readonly bytes: number
  /** SHA-256 of them. */
  readonly digest: Buffer
}

/** What would be written is not what the file begins with: somebody in it was erased since, or it was changed. */
export class BegunOtherwise extends Error {
  override readonly name = "BegunOtherwise"
}

/** Some lines, and how many of them are events or rows. */
export interface Part {
  readonly text: string
  readonly lines: number
}
/** The same as bytes. */
export type Body = AsyncIterable<{ readonly bytes: Buffer; readonly lines: number }>

/** @param columns of a CSV file: its names */
export function headerLine(header: ExportHeader, signer: NoteSigner, columns: readonly string[] = []): string {
  const start = headerStart(header)
  const line = start + signatureEnd(header.organization, hash("sha256", start, "buffer"), signer)
  if (header.as === "jsonl") return line
  // As many cells as every other record has, as RFC 4180 (section 2, 4) wants it.
  const padding = Array.from({ length: columns.length - 2 }, () => null)
  return csvRecord([EXPORT_FORMAT, line.trimEnd(), ...padding]) + csvRecord(columns)
}

/** The header of a line that this key signed. @throws NoteProblem when it did not; undefined: it is no header */
export function provenHeader(line: string, verifier: NoteVerifier): ExportHeader | undefined {
  const signed = signedLine(line)
  const header = signed && readHeader(signed)
  if (!signed || !header) return undefined
  verifySignature(signed, header.organization, hash("sha256", signed.start, "buffer"), verifier)
  return header
}

/** The bytes of the file, or the rest of one that has begun. @throws BegunOtherwise before anything is given */
export async function* exportFile(
  { as, organization }: Pick<ExportHeader, "as" | "organization">,
  firstLines: string,
  body: Body,
  signer: NoteSigner,
  begun?: Begun,
): AsyncGenerator<Buffer> {
  const rest = begun && begun.bytes > 0 ? new Rest(begun) : undefined
  const digest = createHash("sha256")
  let lines = 0
  const written = (bytes: Buffer) => {
    digest.update(bytes)
    return rest ? rest.of(bytes) : bytes
  }
  const start = written(Buffer.from(firstLines))
  if (start.length > 0) yield start
  for await (const part of body) {
    lines += part.lines
    const bytes = written(part.bytes)
    if (bytes.length > 0) yield bytes
  }
  const last = as === "jsonl" ? endLine() : Buffer.alloc(0)
  rest?.end()
  if (last.length > 0) yield last

  /** It signs all that is before it. */
  function endLine(): Buffer {
    const end = written(Buffer.from(endStart(lines)))
    return Buffer.concat([end, written(Buffer.from(signatureEnd(organization, digest.copy().digest(), signer)))])
  }
}

/** Passes over what the file has, which must be the same. */
class Rest {
  readonly #begun: Begun
  readonly #digest: Digest = createHash("sha256")
  #passed = 0

  constructor(begun: Begun) {
    this.#begun = begun
  }

  of(written: Buffer): Buffer {
    const { bytes } = this.#begun
    if (this.#passed === bytes) return written
    const there = written.subarray(0, bytes - this.#passed)
    this.#digest.update(there)
    this.#passed += there.length
    if (this.#passed === bytes && !this.#digest.digest().equals(this.#begun.digest)) throw begunOtherwise()
    return written.subarray(there.length)
  }

  end(): void {
    if (this.#passed < this.#begun.bytes) throw begunOtherwise()
  }
}

function begunOtherwise(): BegunOtherwise {
  return new BegunOtherwise("the file does not begin as this export does")
}
