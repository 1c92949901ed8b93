/** A rebuild on a thread of its own, which nothing else has to wait for. */
import type { ProjectorPlaces } from "./projector-worker"
import type { FromRebuild } from "./rebuild-worker"
import { startThread } from "./threads"

/** Like `rebuild`, with the SQLite files of a data folder. @throws PoisonEvent, as an error with its message */
export function rebuildInThread(
  { log, vault, folder, skips }: ProjectorPlaces,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void = () => {},
): Promise<{ readonly events: number; readonly file: string }> {
  return new Promise((resolve, reject) => {
    const places: ProjectorPlaces = { log, vault, folder, skips }
    const worker = startThread(require.resolve("./rebuild-worker"), places)
    worker.on("message", (message: FromRebuild) => {
      if (message.kind === "progress") onProgress(message)
      else resolve({ events: message.events, file: message.file })
    })
    worker.on("error", reject)
    worker.on("exit", (code) => reject(new Error(`the rebuild's thread ended with code ${code}`)))
  })
}
