/**
 * `GET /export/v1/{what}`: an export as a stream, at the pace of whoever takes it. `POST /export/v1/continue`: the rest of
 * one that was cut off. For auditors and global admins; it reads, and changes nothing.
 */
import { Readable } from "node:stream"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { type Begun, BegunOtherwise, exportFile, headerLine, provenHeader } from "../../audit/export-file"
import type { ExportHeader } from "../../audit/export-format"
import { LogDiffers } from "../../audit/export-history"
import { LogRewritten } from "../../audit/log-tree"
import { NoteProblem, verifierOf } from "../../audit/note"
import { permitExport } from "../../auth/permissions"
import type { Tokens } from "../../auth/tokens"
import { actorFor, type Vault } from "../../vault/vault"
import { SIGN_IN, traceIdOf, unauthenticated, whoAsks } from "../http/caller"
import { type Asking, type BeginDeps, beginExport, checkpointAt, expectedLines, logRewritten, newestRevision } from "./begin"
import { type Bodies, ExportCancelled, NotShown, TooManyExports } from "./bodies"
import { columnsOf } from "./body"
import { exportRequest, told, wrong } from "./request"

export interface ExportDeps extends BeginDeps {
  readonly tokens: Tokens
  readonly vault: Vault
  readonly bodies: Bodies
  /** An export of which nothing is taken for so long ends, in ms: the places are few, and what is made already names people. */
  readonly takenWithinMs: number
}

/** What a begun file says of itself; its header is a few kilobytes. */
const CONTINUE_BYTES = 64 * 1024
const CONTENT_TYPES = { jsonl: "application/jsonl; charset=utf-8", csv: "text/csv; charset=utf-8; header=present" } as const

export function exportRoutes(app: FastifyInstance, deps: ExportDeps): void {
  app.get<{ Params: { what: string } }>("/export/v1/:what", async (request, reply) => {
    const asking = await whoExports(deps, request)
    const asked = exportRequest(request.params.what, request.query as Readonly<Record<string, string | readonly string[]>>) // as Fastify reads it
    if (asked.organizationId !== undefined && asked.organizationId !== asking.organizationId) {
      throw told(403, "FORBIDDEN", `This token is for ${asking.organizationId}, not for ${asked.organizationId}.`)
    }
    return send(deps, request, reply, await beginExport(deps, asking, asked))
  })

  app.post("/export/v1/continue", { bodyLimit: CONTINUE_BYTES }, async (request, reply) => {
    const asking = await whoExports(deps, request)
    const { line, ...begun } = begunIn(request.body)
    return send(deps, request, reply, await begunHeader(deps, asking, line), begun)
  })
}

async function whoExports({ tokens, vault }: ExportDeps, { headers }: FastifyRequest): Promise<Asking> {
  const who = await whoAsks(headers.authorization, tokens)
  if (!who) throw unauthenticated(SIGN_IN)
  const { role, organizationId } = permitExport(who.viewer)
  return { organizationId, role, actorId: await actorFor(vault, { scope: organizationId, subject: who.viewer.subject }) }
}

async function send(deps: ExportDeps, request: FastifyRequest, reply: FastifyReply, header: ExportHeader, begun?: Begun) {
  const { organization, what, as, revision } = header
  const began = performance.now()
  const gone = new AbortController()
  reply.raw.on("close", () => gone.abort()) // also when the answer is complete: then nobody listens
  const signer = deps.checkpoints.signer(organization)
  const firstLines = headerLine(header, signer, columnsOf(header))
  // What is wrong shows by the first piece, while there is still an answer to give.
  const { file, first } = await begin().catch((error: unknown) => {
    note(error)
    throw wordsFor(error)
  })
  const lines = await expectedLines(header, deps)
  if (lines !== undefined) reply.header("seatledger-lines", String(lines))
  reply.type(CONTENT_TYPES[as]).header("content-disposition", `attachment; filename="${what}-${organization}-${revision}.${as}"`)
  async function begin() {
    const started = exportFile(header, firstLines, deps.bodies.start(header, gone.signal), signer, begun)
    return { file: started, first: await started.next() }
  }
  /** The same as when a proof is asked for: whoever runs the server must hear of it. */
  function note(error: unknown) {
    if (error instanceof LogDiffers) deps.checkpoints.noteChangedEvent(organization, new LogRewritten(error.message))
  }
  let bytes = 0
  async function* pieces() {
    try {
      for (let piece = first; !piece.done; piece = await file.next()) {
        bytes += piece.value.length
        yield piece.value
      }
    } catch (err) {
      note(err)
      // Whoever takes it sees the connection break: the status was sent long ago.
      if (!(err instanceof ExportCancelled))
        request.log.error({ err, what, organizationId: organization, revision, bytes }, "an export broke off")
      throw err
    }
    log(request, "export", { what, as, revision, bytes, ms: Math.round(performance.now() - began), organizationId: organization })
  }
  endWhenNotTaken(reply, deps.takenWithinMs, () =>
    log(request, "an export was not taken any more", { what, organizationId: organization, bytes }),
  )
  return reply.send(Readable.from(pieces(), { objectMode: false }))
}

/** Slowly is well: only when nothing at all of what waits goes out. */
function endWhenNotTaken({ raw }: FastifyReply, withinMs: number, ended: () => void): void {
  raw.setTimeout(withinMs)
  raw.on("timeout", () => {
    if (raw.writableLength === 0)
      raw.setTimeout(withinMs) // it is we who are slow
    else {
      ended()
      raw.destroy()
    }
  })
}

function wordsFor(error: unknown): unknown {
  if (error instanceof TooManyExports) {
    return told(503, "UNAVAILABLE", "Enough exports are being made at this moment; try again soon.", { retryAfter: 5 })
  }
  if (error instanceof NotShown) {
    return told(503, "UNAVAILABLE", "The read models were made anew and are still catching up with the log; try again in a moment.", {
      retryAfter: 2,
    })
  }
  if (error instanceof BegunOtherwise) {
    const why = "The file does not begin as this export does: it was changed, or somebody in it was erased since."
    return told(409, "EXPORT_CHANGED", `${why} Begin the export anew.`)
  }
  if (error instanceof LogDiffers) return logRewritten(error)
  if (error instanceof ExportCancelled) return told(503, "UNAVAILABLE", "The export was cancelled.") // nobody reads this
  return error
}

interface Continued extends Begun {
  readonly line: string
}

function begunIn(body: unknown): Continued {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {}
  const { header, bytes, sha256 } = fields
  if (typeof header !== "string") throw wrong("header", "must be the header of the file, as it stands there")
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 1) throw wrong("bytes", "must be how many bytes the file has")
  const digest = Buffer.from(typeof sha256 === "string" ? sha256 : "", "base64")
  if (digest.length !== 32) throw wrong("sha256", "must be the SHA-256 of these bytes, in base64")
  return { line: header, bytes: bytes as number, digest } // a safe integer is a number
}

/** A header that was signed here, for the same person, of a log that is still the same. */
async function begunHeader(deps: ExportDeps, { organizationId, actorId }: Asking, line: string): Promise<ExportHeader> {
  const header = ownHeader(deps, organizationId, line)
  if (header?.organization !== organizationId) throw wrong("header", "is not one that this server has signed for this organization")
  if (header.exportedBy.id !== actorId) {
    throw told(403, "FORBIDDEN", "Somebody else has begun this export; only they can continue it. Begin one of your own.")
  }
  const newest = await newestRevision(deps, organizationId)
  if (header.revision > newest) {
    throw wrong("header", `is of revision ${header.revision}, and the newest that is shown is ${newest}`)
  }
  const { root } = await checkpointAt(deps, organizationId, header.revision)
  if (root.toString("base64") !== header.root) throw told(409, "EXPORT_CHANGED", "The log is not the one that was exported.")
  return header
}

function ownHeader({ checkpoints }: ExportDeps, organizationId: string, line: string): ExportHeader | undefined {
  try {
    return provenHeader(line, verifierOf(checkpoints.signer(organizationId).verifierKey))
  } catch (error) {
    if (error instanceof NoteProblem) return undefined
    throw error
  }
}

/** One line per export, with nothing in it about a person. */
function log({ log: logger, headers }: FastifyRequest, words: string, line: Readonly<Record<string, unknown>>): void {
  logger.info({ ...line, traceId: traceIdOf(headers.traceparent) }, words)
}
