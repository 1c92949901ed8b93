/** Bodies of exports, each made in a thread of its own with its own connections. */
import type { Worker } from "node:worker_threads"
import { type Bodies, ExportCancelled, NotShown, TooManyExports } from "./api/export/bodies"
import type { Body } from "./audit/export-file"
import type { ExportHeader } from "./audit/export-format"
import { LogDiffers } from "./audit/export-history"
import type { ExportPlaces, FromExport, ToExport } from "./export-worker"
import { startThread } from "./readstore/threads"

/** A thread takes about 50 MB. One organization never takes all of them. */
const AT_ONCE = 4
const AT_ONCE_PER_ORGANIZATION = 2
/** Pieces that are made ahead, so that neither side waits for the other. */
const AHEAD = 2
/** Rows are read and written, and few live longer than their page. */
const YOUNG_GENERATION_MB = 32

export interface ExportThreads extends Bodies {
  close(): Promise<void>
}

export function exportThreads(places: ExportPlaces): ExportThreads {
  const running = new Map<Worker, string>()

  function open(header: ExportHeader): Worker {
    const own = [...running.values()].filter((organization) => organization === header.organization).length
    if (running.size >= AT_ONCE || own >= AT_ONCE_PER_ORGANIZATION) throw new TooManyExports("too many exports at once")
    const worker = startThread(require.resolve("./export-worker"), { places, header }, YOUNG_GENERATION_MB)
    running.set(worker, header.organization)
    worker.once("exit", () => running.delete(worker))
    return worker
  }

  async function* piecesOf(worker: Worker, signal: AbortSignal): Body {
    const messages = inbox(worker)
    try {
      for (let n = 0; n < AHEAD; n++) worker.postMessage({ kind: "more" } satisfies ToExport)
      for (;;) {
        const message = await messages.next()
        if (message.kind === "end") return
        if (message.kind === "failed" && signal.aborted) throw new ExportCancelled("nobody takes the export any more")
        if (message.kind === "failed") throw faultOf(message)
        yield { bytes: Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength), lines: message.lines }
        worker.postMessage({ kind: "more" } satisfies ToExport)
      }
    } finally {
      await worker.terminate()
    }
  }

  return {
    start(header, signal) {
      // At once, not with the first piece that is taken: until then there is still an answer to give.
      const worker = open(header)
      const pieces = piecesOf(worker, signal)
      const end = () => void worker.terminate()
      if (signal.aborted) end()
      signal.addEventListener("abort", end, { once: true })
      return pieces
    },
    async close() {
      await Promise.all(Array.from(running.keys(), (worker) => worker.terminate()))
    },
  }
}

function faultOf({ error, because }: Extract<FromExport, { kind: "failed" }>): Error {
  if (because === "LOG_DIFFERS") return new LogDiffers(error)
  if (because === "NOT_SHOWN") return new NotShown(error)
  return new Error(`an export failed: ${error}`)
}

/** The messages of a thread one by one; its end is the last of them. */
function inbox(worker: Worker): { next(): Promise<FromExport> } {
  const waiting: FromExport[] = []
  let wake = () => {}
  const take = (message: FromExport) => {
    waiting.push(message)
    wake()
  }
  worker.on("message", take)
  worker.once("error", (error) => take({ kind: "failed", error: error.stack ?? error.message }))
  worker.once("exit", () => take({ kind: "failed", error: "its thread was ended" }))
  return {
    async next() {
      for (;;) {
        const message = waiting.shift()
        if (message) return message
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
