/** The thread in which the body of one export is made (export-threads.ts). It makes a piece when one is asked for. */
import { parentPort, workerData } from "node:worker_threads"
import { treeSize } from "../projections/proofs/queries"
import { newestRevision } from "./api/export/begin"
import { NotShown } from "./api/export/bodies"
import { bodyOf } from "./api/export/body"
import type { Sources } from "./api/export/table"
import type { Part } from "./audit/export-file"
import type { ExportHeader } from "./audit/export-format"
import { LogDiffers } from "./audit/export-history"
import { type LogPlace, openEventLog } from "./eventstore/event-log"
import { Unavailable } from "./readstore/read-models"
import { openReader, type Reader, type ReadModelsPlace } from "./readstore/read-side"
import { openVaultAt, type VaultPlace } from "./vault/open-vault"

export interface ExportPlaces {
  readonly log: LogPlace
  readonly vault: VaultPlace
  readonly readModels: ReadModelsPlace
}

export type ToExport = { readonly kind: "more" }
export type FromExport =
  | { readonly kind: "piece"; readonly bytes: Uint8Array; readonly lines: number }
  | { readonly kind: "end" }
  /** `because`: what is not a fault of ours. */
  | { readonly kind: "failed"; readonly error: string; readonly because?: "LOG_DIFFERS" | "NOT_SHOWN" }

/** Small parts go together: a message costs about as much as 10 KB. */
const PIECE_CHARACTERS = 64 * 1024

const port = parentPort
if (!port) throw new Error("export-worker runs as a worker thread")
const { places, header } = workerData as { readonly places: ExportPlaces; readonly header: ExportHeader }

interface Making {
  readonly reader: Reader
  readonly parts: AsyncIterator<Part>
}

async function open(): Promise<Making> {
  const reader = await openReader(places.readModels)
  const sources: Sources = {
    eventStore: await openEventLog(places.log, { readOnly: true }),
    vault: await openVaultAt(places.vault, { readOnly: true }),
    // Here all queries may take long.
    readStore: {
      dialect: reader.dialect,
      rows: (sql, params) => reader.rows(sql, params),
      slowRows: (sql, params) => reader.rows(sql, params),
      close: async () => {},
    },
  }
  return { reader, parts: bodyOf(header, sources) }
}
const opening = open()
opening.catch(() => {}) // Whoever asks for the first piece is told.

/** Read models that show the revision of the export. */
let known: Reader["generation"] | undefined

/**
 * Turns to the read models that are shown now: those that were left keep the names of people who are erased after that.
 * New ones may have come less far than those that the header was made from. @throws NotShown
 */
async function turn(reader: Reader): Promise<void> {
  await reader.reopen()
  if (reader.generation === known) return
  const { organization, revision } = header
  const trees = { size: (organizationId: string) => treeSize(reader, organizationId) }
  const newest = await newestRevision({ readStore: reader, trees }, organization)
  if (newest < revision) throw new NotShown(`the read models show revision ${newest} of ${organization}, and the export is of ${revision}`)
  known = reader.generation
}

const encoder = new TextEncoder()

async function piece(): Promise<FromExport> {
  const { reader, parts } = await opening
  let [text, lines] = ["", 0]
  while (text.length < PIECE_CHARACTERS) {
    await turn(reader)
    const part = await parts.next()
    if (part.done) return text === "" ? { kind: "end" } : { kind: "piece", bytes: encoder.encode(text), lines }
    text += part.value.text
    lines += part.value.lines
  }
  return { kind: "piece", bytes: encoder.encode(text), lines }
}

/** One after the other, however many were asked for. */
let last: Promise<void> = Promise.resolve()

port.on("message", (_more: ToExport) => {
  last = last
    .then(piece)
    .catch(failed)
    .then((message) => {
      if (message.kind === "piece") port.postMessage(message, [message.bytes.buffer as ArrayBuffer])
      else port.postMessage(message)
    })
})

function failed(error: unknown): FromExport {
  if (error instanceof LogDiffers) return { kind: "failed", error: error.message, because: "LOG_DIFFERS" }
  if (error instanceof NotShown || error instanceof Unavailable) return { kind: "failed", error: error.message, because: "NOT_SHOWN" }
  return { kind: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
