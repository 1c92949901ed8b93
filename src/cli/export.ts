/**
 * `seatledger export`: a file of everything there is of one kind, at one revision. It grows as FILE.part and gets its name
 * when it is complete; one that was cut off is gone on with.
 */
import { createHash } from "node:crypto"
import { createReadStream, existsSync } from "node:fs"
import { type FileHandle, link, open, rename, rm } from "node:fs/promises"
import { GraphQLError } from "graphql"
import { type ExportRequest, exportRequest } from "../api/export/request"
import { type ExportHeader, readHeader, signedLine } from "../audit/export-format"
import { parseId } from "../domain/ids"
import { CliError, EXIT } from "./cli-error"
import { type Connection, type ConnectionOptions, connect } from "./connection"
import { progressOn } from "./progress"

export interface ExportOptions extends ConnectionOptions {
  readonly organization: string
  readonly license?: string
  readonly revision?: string
  readonly at?: string
  readonly from?: string
  readonly to?: string
  readonly timeZone?: string
  readonly format: string
  readonly out: string
  readonly resume?: boolean
  readonly force?: boolean
}

export async function exportToFile(what: string, options: ExportOptions): Promise<void> {
  const { organization, out, resume = false, force = false } = options
  if (!parseId("org", organization))
    throw new CliError(`"${organization}" is no organization id; they look like org_demo`, { exitCode: EXIT.usage })
  const query = queryOf(options)
  const asked = askedOf(what, query)
  const part = `${out}.part`
  if (existsSync(out) && !force) {
    if (!resume || existsSync(part)) throw new CliError(`${out} is there already; --force writes it anew`)
    process.stderr.write(`${out} is complete: there is nothing to resume\n`)
    return
  }
  if (existsSync(part) && !resume && !force) {
    throw new CliError(`${part} is of an export that was cut off: --resume goes on with it, --force begins anew`)
  }
  const begun = resume ? await begunIn(part, asked, organization) : undefined
  const connection = await connect(options, { subject: "command line", roles: ["AUDITOR"], organizationId: organization })
  try {
    const wait = (why: string) => process.stderr.write(`waiting: ${why}\n`)
    const response = begun
      ? await connection.client.stream("/export/v1/continue", wait, { header: begun.line, bytes: begun.bytes, sha256: begun.sha256 })
      : await connection.client.stream(`/export/v1/${what}?${new URLSearchParams(query)}`, wait)
    const file = await partFile(part, begun, resume || force)
    await download(response, what, file, part, begun).catch(async (cause: Error) => {
      const problem = await problemOf(connection).catch(() => null) // the server may be gone
      throw problem ? new CliError(`${cause.message}; but nothing can be exported that would verify: ${problem}`, { cause }) : cause
    })
  } finally {
    await connection.close()
  }
  await putInPlace(part, out, force)
  const header = (await headerIn(out))?.header
  const then = header?.as === "jsonl" ? `; check it: seatledger verify-export ${out} --key KEY` : ""
  process.stderr.write(`${out}: ${what} of ${organization} at revision ${header?.revision}, root ${header?.root}${then}\n`)
}

/** A connection that breaks says nothing. When the log is not the one that was signed, whoever audits it must hear that. */
async function problemOf({ client }: Connection): Promise<string | null> {
  const { status } = await client.ask<{ status: { problem: string | null } }>("{ status: checkpointStatus { problem } }", {})
  return status.problem
}

function queryOf(options: ExportOptions): Record<string, string> {
  const { organization, license, revision, at, from, to, timeZone, format } = options
  const given = { organization, license, revision, at, from, to, timeZone, format }
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** What the server would say of wrong options, before anything is begun. */
function askedOf(what: string, query: Readonly<Record<string, string>>): ExportRequest {
  try {
    return exportRequest(what, query)
  } catch (error) {
    if (error instanceof GraphQLError) throw new CliError(error.message, { exitCode: EXIT.usage })
    throw error
  }
}

interface Begun {
  /** The header as the server signed it. */
  readonly line: string
  readonly bytes: number
  readonly sha256: string
  readonly lines: number
}

/** The file so far; undefined when it has not even a header. @throws CliError when it is of another export */
async function begunIn(part: string, asked: ExportRequest, organization: string): Promise<Begun | undefined> {
  const found = existsSync(part) ? await headerIn(part) : undefined
  if (!found) return undefined
  const { header, line } = found
  if (!header) throw new CliError(`${part} does not begin like an export; --force begins anew`)
  const differs = differenceOf(header, asked, organization)
  if (differs) {
    const is = `${header.what} of ${header.organization} at revision ${header.revision} as ${header.as}`
    throw new CliError(`${part} is of another export (${is}): ${differs} is not what is asked for now; --force begins anew`)
  }
  const digest = createHash("sha256")
  let [bytes, lines] = [0, 0]
  for await (const chunk of createReadStream(part) as AsyncIterable<Buffer>) {
    digest.update(chunk)
    bytes += chunk.length
    lines += lineBreaksIn(chunk)
  }
  return { line, bytes, sha256: digest.digest("base64"), lines }
}

/** In which respect a begun file is not what is asked for; what is not asked for may be anything. */
function differenceOf(header: ExportHeader, asked: ExportRequest, organization: string): string | undefined {
  const { what, as, revision, recordedAt, filter } = header
  const boundOf = (bound: ExportRequest["from"]) => (what === "usage" ? bound?.day : bound && new Date(bound.instant).toISOString())
  if (header.organization !== organization) return "the organization"
  if (what !== asked.what || as !== asked.as) return "what, or the format,"
  if (filter.licenseId !== asked.licenseId) return "the license"
  if (asked.revision !== undefined && asked.revision !== revision) return "the revision"
  if (asked.at !== undefined && recordedAt !== null && Date.parse(recordedAt) > asked.at) return "the moment"
  if (asked.from && boundOf(asked.from) !== filter.from) return "--from"
  if (asked.to && boundOf(asked.to) !== filter.to) return "--to"
  return undefined
}

const HEADER_BYTES = 64 * 1024

/** The first line of a file, if it has one, and the header in it. */
async function headerIn(file: string): Promise<{ readonly line: string; readonly header: ExportHeader | undefined } | undefined> {
  const handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0).finally(() => handle.close())
  const text = buffer.toString("utf8", 0, bytesRead)
  const end = text.indexOf("\n")
  if (end < 0 && bytesRead < HEADER_BYTES) return undefined
  const first = text.slice(0, Math.max(0, end))
  const quoted = /^seatledger-export\/1,"(.*)",*\r$/.exec(first)?.[1]
  const line = quoted === undefined ? first : quoted.replaceAll('""', '"')
  const signed = signedLine(line)
  return { line, header: signed && readHeader(signed) }
}

async function download(response: Response, what: string, file: FileHandle, part: string, begun: Begun | undefined): Promise<void> {
  const told = response.headers.get("seatledger-lines")
  const total = told === null ? undefined : Number(told)
  const progress = progressOn(process.stderr, `export of ${what}`)
  let [bytes, lines] = [begun?.bytes ?? 0, begun?.lines ?? 0]
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      await write(file, chunk)
      bytes += chunk.length
      lines += lineBreaksIn(chunk)
      // The header and the lists of hashes are lines too.
      const words = total === undefined ? count(lines) : `${count(Math.min(lines, total))} of ${count(total)}`
      progress.show(total === undefined ? undefined : lines / Math.max(1, total), `${words} lines, ${megabytes(bytes)}`)
    }
    await file.sync()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new CliError(`cut off after ${megabytes(bytes)} (${problem}): the same command with --resume goes on with ${part}`, { cause })
  } finally {
    progress.end()
    await file.close()
  }
}

/** Names and reasons stand in it. A new one is written where nothing is: not through a link, nor into another export's. */
async function partFile(part: string, begun: Begun | undefined, mayReplace: boolean): Promise<FileHandle> {
  try {
    if (begun) return await open(part, "a")
    if (mayReplace) await rm(part, { force: true })
    return await open(part, "wx", 0o600)
  } catch (cause) {
    throw new CliError(`cannot write ${part}: ${(cause as Error).message}`, { cause }) // what the file system throws is an Error
  }
}

async function write(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.length; ) from += (await file.write(chunk, from)).bytesWritten
}

/** Without `force` nothing is overwritten, also what came there meanwhile. */
async function putInPlace(part: string, out: string, force: boolean): Promise<void> {
  if (force) return rename(part, out)
  try {
    await link(part, out)
    await rm(part)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === "EEXIST") throw new CliError(`${out} has come there meanwhile; the export is complete in ${part}`)
    await rename(part, out) // a file system without links
  }
}

function lineBreaksIn(chunk: Uint8Array): number {
  let breaks = 0
  for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) breaks += 1
  return breaks
}

function count(number: number): string {
  return number.toLocaleString("en-US")
}
function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
