/** `seatledger verify-export FILE --key KEY`: offline, with neither server nor data folder. */
import { createReadStream, existsSync } from "node:fs"
import { open, readFile, stat } from "node:fs/promises"
import { readHeader, signedLine } from "../audit/export-format"
import { type Checkpoint, NoteProblem, type NoteVerifier, openCheckpoint, verifierOf } from "../audit/note"
import { verdictLines, verifyExport } from "../audit/verify-export"
import { CliError, EXIT } from "./cli-error"
import { progressOn } from "./progress"

export interface VerifyExportOptions {
  /** A verifier key, or a file that holds one. */
  readonly key: string
  /** An earlier export, or a file with a signed checkpoint. */
  readonly previous?: string
}

const CHUNK_BYTES = 1024 * 1024
/** A header is one line, and a checkpoint is a few. */
const BEGINNING_BYTES = 64 * 1024

export async function verifyExportFile(file: string, { key, previous }: VerifyExportOptions): Promise<void> {
  const verifier = await verifierIn(key)
  const earlier = previous === undefined ? undefined : await checkpointIn(previous, verifier)
  const { size } = await stat(file).catch(unreadable(file))
  const progress = progressOn(process.stderr, "verifying")
  let read = 0
  async function* chunks() {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
      yield chunk
      read += chunk.length
      progress.show(read / size, `${Math.floor(read / 1_000_000)} MB`)
    }
  }
  const verdict = await verifyExport(chunks(), verifier, earlier).finally(() => progress.end())
  process.stdout.write(`${verdictLines(verdict).join("\n")}\n`)
  if (!verdict.verified) process.exitCode = EXIT.failed
}

async function verifierIn(key: string): Promise<NoteVerifier> {
  const text = existsSync(key) ? await readFile(key, "utf8") : key
  try {
    return verifierOf(text.trim())
  } catch (cause) {
    if (!(cause instanceof NoteProblem)) throw cause
    throw new CliError(`--key takes a verifier key (name+id+base64) or a file that holds one: ${cause.message}`, {
      cause,
      exitCode: EXIT.usage,
    })
  }
}

async function checkpointIn(file: string, verifier: NoteVerifier): Promise<Checkpoint> {
  const handle = await open(file).catch(unreadable(file))
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0).finally(() => handle.close())
  const text = buffer.toString("utf8", 0, bytesRead)
  const signed = signedLine(text.slice(0, text.indexOf("\n")))
  const header = signed && readHeader(signed)
  try {
    return openCheckpoint(header?.checkpoint ?? text, [verifier])
  } catch (cause) {
    if (!(cause instanceof NoteProblem)) throw cause
    throw new CliError(`${file} is neither an export nor a checkpoint that this key signed: ${cause.message}`, { cause })
  }
}

function unreadable(file: string): (cause: Error) => never {
  return (cause) => {
    throw new CliError(`cannot read ${file}: ${cause.message}`, { cause, exitCode: EXIT.usage })
  }
}
