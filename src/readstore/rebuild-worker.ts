/** The thread behind `rebuildInThread`. */
import { parentPort, workerData } from "node:worker_threads"
import { openEventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import { openVault } from "../vault/sqlite"
import { projectionGroups } from "./projections"
import type { ProjectorPlaces } from "./projector-worker"
import { rebuild } from "./rebuild"
import { openSqliteSkips } from "./sqlite-skips"

export type FromRebuild =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly events: number; readonly file: string }

async function main({ log, vault, folder, skips }: ProjectorPlaces): Promise<void> {
  const eventStore = await openEventLog(log, { readOnly: true })
  const opener = openVault(vault, { readOnly: true })
  const decisions = openSqliteSkips(skips)
  const send = (message: FromRebuild) => parentPort?.postMessage(message)
  try {
    const rebuilt = await rebuild({
      folder,
      eventStore,
      groups: projectionGroups(opener),
      skips: decisions,
      total: () => eventStore.behind(START),
      onProgress: (progress) => send({ kind: "progress", ...progress }),
    })
    send({ kind: "done", ...rebuilt })
  } finally {
    decisions.close()
    opener.close()
    await eventStore.close()
  }
}

void main(workerData as ProjectorPlaces)
