/** A rebuild on a thread of its own, which nothing else has to wait for, and which has the room that projecting wants. */
import type { FromRebuild, RebuildPlaces } from "./rebuild-worker"
import { startThread } from "./threads"

/** Like `rebuildReadModels`, and answers the number of events too. @throws PoisonEvent, as an error with its message */
export function rebuildInThread(
  { log, vault, skips, readModels }: RebuildPlaces,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void = () => {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const places: RebuildPlaces = { log, vault, skips, readModels }
    const worker = startThread(require.resolve("./rebuild-worker"), places)
    worker.on("message", (message: FromRebuild) => {
      if (message.kind === "progress") onProgress(message)
      else resolve(message.events)
    })
    worker.on("error", reject)
    worker.on("exit", (code) => reject(new Error(`the rebuild's thread ended with code ${code}`)))
  })
}
