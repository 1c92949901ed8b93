/**
 * Reads the CSV files that admin centers and spreadsheets write: UTF-8 with or without a byte order mark, UTF-16, commas,
 * semicolons or tabs, either line end, and the version row of Entra's bulk templates. A row at a time, in bounded memory.
 */
import { open, stat } from "node:fs/promises"
import { TextDecoder } from "node:util"
import { type Info, parse } from "csv-parse"
import { CliError } from "../cli-error"

/** A row under its header, with the line of the file it ends on. Values are trimmed; a missing one is "". */
export interface CsvRow {
  readonly line: number
  readonly values: readonly string[]
}
export interface CsvFile {
  /** As the header row names them, trimmed. */
  readonly header: readonly string[]
  readonly rows: AsyncIterable<CsvRow>
  /** Size in bytes, and how many were read so far: for progress. */
  readonly size: number
  bytesRead(): number
}

/** Enough to see the encoding, the version row and the header. */
const HEAD_BYTES = 64 * 1024
/** No honest row is larger; an unclosed quote would otherwise swallow the rest of the file into memory. */
const MAX_ROW_CHARACTERS = 256 * 1024

/** Opens a file and reads up to its header. @throws CliError when it is no such file; the message says what to do. */
export async function openCsv(path: string): Promise<CsvFile> {
  const info = await stat(path).catch((cause: Error) => {
    throw new CliError(`cannot read ${path}: ${cause.message}`, { cause })
  })
  if (!info.isFile()) throw new CliError(`${path} is not a file`)
  const head = await readHead(path)
  const encoding = encodingOf(head)
  const start = new TextDecoder(encoding).decode(head)

  const progress = { bytes: 0 }
  const records = recordsOf(path, encoding, delimiterOf(start), progress)
  const header = await nextHeader(records, path)
  return { header, rows: rowsBelow(records), size: info.size, bytesRead: () => progress.bytes }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** By the byte order mark; without one, a zero byte beside the first character gives UTF-16 away. */
function encodingOf(head: Buffer): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le"
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be"
  if (head.length >= 2 && head[0] !== 0 && head[1] === 0) return "utf-16le"
  if (head.length >= 2 && head[0] === 0 && head[1] !== 0) return "utf-16be"
  return "utf-8"
}

const DELIMITERS = [",", ";", "\t"] as const

/** What separates most often, outside quotes, in the header: the first line that is neither empty, a version row nor Excel's `sep=`. */
function delimiterOf(start: string): string {
  const lines = start.split(/\r\n|\n|\r/)
  const named = /^sep=(.)$/i.exec(lines[0] ?? "")?.[1]
  if (named) return named
  const header = (lines.find((line) => line.trim() !== "" && !isVersionRow(line)) ?? "").replace(/"[^"]*"/g, "")
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length - 1 }))
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).delimiter
}

/** `version:v1.0`, alone or with the empty cells that a spreadsheet appends. */
function isVersionRow(line: string): boolean {
  return /^["\s]*version:v?[\d.]+["\s,;]*$/i.test(line)
}

interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: Info
}

async function* recordsOf(path: string, encoding: string, delimiter: string, progress: { bytes: number }): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true, // a stray quote inside a name is a quote
    skip_empty_lines: true,
    trim: true,
    max_record_size: MAX_ROW_CHARACTERS,
  })
  const feeding = feed(path, encoding, parser, progress)
  // The loop below reports the same failure; without this it would also be an unhandled rejection.
  feeding.catch((error: Error) => parser.destroy(error))
  let line = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      line = info.lines
      yield { line, values: record }
    }
  } catch (error) {
    if (error instanceof CliError) throw error
    throw new CliError(`${path}: cannot be read after line ${line}: ${reasonOf(error)}`, { cause: error })
  } finally {
    parser.destroy() // also when the reader stops early: the file is closed then
  }
  await feeding
}

/** Resolves when the parser takes more, or is done with for good. */
function writable(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resume) => {
    const go = () => {
      parser.off("drain", go).off("close", go)
      resume()
    }
    parser.on("drain", go).on("close", go)
  })
}

/** Decodes strictly: a file in another encoding would otherwise spoil every accented name without a word. */
async function feed(path: string, encoding: string, parser: ReturnType<typeof parse>, progress: { bytes: number }): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const file = await open(path)
  try {
    for await (const chunk of file.createReadStream({ highWaterMark: HEAD_BYTES, autoClose: false })) {
      progress.bytes += (chunk as Buffer).length
      const text = decode(decoder, chunk as Buffer, path)
      if (parser.destroyed) return
      if (!parser.write(text)) await writable(parser)
    }
    parser.end(decode(decoder, undefined, path))
  } finally {
    await file.close()
  }
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, path: string): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch (cause) {
    throw new CliError(`${path} is not ${decoder.encoding.toUpperCase()} text; in Excel choose "CSV UTF-8 (Comma delimited)" when saving`, {
      cause,
    })
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE")
    return "a quoted value is never closed; look for a missing quotation mark"
  return error instanceof Error ? error.message : String(error)
}

async function nextHeader(records: AsyncGenerator<CsvRow>, path: string): Promise<readonly string[]> {
  for (;;) {
    const next = await records.next()
    if (next.done) throw new CliError(`${path} has no header row`)
    const [first = "", ...others] = next.value.values
    const alone = others.every((value) => value === "")
    if (alone && (isVersionRow(first) || /^sep=.?$/i.test(first))) continue
    return next.value.values
  }
}

async function* rowsBelow(records: AsyncGenerator<CsvRow>): AsyncGenerator<CsvRow> {
  for await (const row of records) {
    if (row.values.some((value) => value !== "")) yield row // a row of separators only is an empty line of a spreadsheet
  }
}
