/** What the ways of reading an export have in common: lines one after the other, and the one at the end. */
import { readEnd, type SignedLine, signedLine } from "./export-format"
import { NoteProblem } from "./note"

/** Something in the file is not as it was written. The message says what; the first such thing is the one that is told. */
export class Damaged extends Error {
  constructor(
    readonly line: number,
    problem: string,
    readonly revision?: number,
  ) {
    super(problem)
  }
}

/** Takes what follows the header. */
export interface Follower {
  /** @param digestUpTo SHA-256 of the file up to so many bytes into this line @throws Damaged */
  line(line: Buffer, number: number, digestUpTo: (bytes: number) => Buffer): void
  /**
   * The file has ended. @returns how many events or rows it has @throws Damaged
   * @param line number of the last line, or of what was cut off of one
   */
  end(line: number): number
}

/** @throws NoteProblem */
export type VerifyEnd = (signed: SignedLine, digest: Buffer) => void

const END_START = Buffer.from('{"kind":"end"')

export function isEnd(line: Buffer): boolean {
  return line.subarray(0, END_START.length).equals(END_START)
}

/** How many lines the end says there are; it may be the end of a file that was changed. Undefined when it is none. */
export function linesOfEnd(line: Buffer): number | undefined {
  const signed = signedLine(line.toString("utf8"))
  return signed && readEnd(signed)?.lines
}

export const LAST_LINE_CHANGED = "the last line was changed: it is not what was signed"

/** The end line signs the whole file before it. True when it is the one of these bytes. */
export function isEndOf(line: Buffer, lines: number, digestUpTo: (bytes: number) => Buffer, verifyEnd: VerifyEnd): boolean {
  const signed = signedLine(line.toString("utf8"))
  if (!signed || readEnd(signed)?.lines !== lines) return false
  try {
    verifyEnd(signed, digestUpTo(Buffer.byteLength(signed.start)))
    return true
  } catch (error) {
    if (error instanceof NoteProblem) return false
    throw error
  }
}

/** The tail of canonical JSON of an event: `…,"revision":17,"stream":"organization-org_demo","type":"UserProvisioned"}`. */
const TAIL_BYTES = 400
const REVISION = ',"revision":'

/** Which revision of which stream an event says it is. The names of fields in `data` and `metadata` stand before these. */
export function claimOf(event: Buffer): { readonly revision: number; readonly stream: string } | undefined {
  const tail = event.toString("latin1", Math.max(0, event.length - TAIL_BYTES))
  const [, revision, stream] =
    /^,"revision":(\d{1,16}),"stream":"([\w.:-]+)","type":"\w+"\}$/.exec(tail.slice(tail.lastIndexOf(REVISION))) ?? []
  return revision === undefined || stream === undefined ? undefined : { revision: Number(revision), stream }
}
