/** The thread in which the body of one export is made (export-threads.ts). It makes a piece when one is asked for. */
import { parentPort, workerData } from "node:worker_threads"
import { bodyOf } from "./api/export/body"
import type { Sources } from "./api/export/table"
import type { ExportHeader } from "./audit/export-format"
import { LogDiffers } from "./audit/export-history"
import { type LogPlace, openEventLog } from "./eventstore/event-log"
import { openReadStore, type ReadModelsPlace } from "./readstore/read-side"
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
  /** `logDiffers`: what went wrong is not ours. */
  | { readonly kind: "failed"; readonly error: string; readonly logDiffers?: true }

/** Small parts go together: a message costs about as much as 10 KB. */
const PIECE_CHARACTERS = 64 * 1024

const port = parentPort
if (!port) throw new Error("export-worker runs as a worker thread")
const { places, header } = workerData as { readonly places: ExportPlaces; readonly header: ExportHeader }

async function openSources(): Promise<Sources> {
  const readStore = await openReadStore(places.readModels)
  return {
    eventStore: await openEventLog(places.log, { readOnly: true }),
    vault: await openVaultAt(places.vault, { readOnly: true }),
    // Here all queries may take long.
    readStore: {
      dialect: readStore.dialect,
      rows: (sql, params) => readStore.rows(sql, params),
      slowRows: (sql, params) => readStore.rows(sql, params),
      close: async () => {},
    },
  }
}
const opening = openSources().then((sources) => bodyOf(header, sources))
opening.catch(() => {}) // Whoever asks for the first piece is told.
const encoder = new TextEncoder()

async function piece(): Promise<FromExport> {
  const parts = await opening
  let [text, lines] = ["", 0]
  while (text.length < PIECE_CHARACTERS) {
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
  if (error instanceof LogDiffers) return { kind: "failed", error: error.message, logDiffers: true }
  return { kind: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
