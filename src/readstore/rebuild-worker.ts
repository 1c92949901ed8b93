/** The thread behind `rebuildInThread`. */
import { parentPort, workerData } from "node:worker_threads"
import { type LogPlace, openEventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import { openVaultAt, type VaultPlace } from "../vault/open-vault"
import { openSkipsAt, type SkipsPlace } from "./open-skips"
import { projectionGroups } from "./projections"
import type { ReadModelsPlace } from "./read-side"
import { rebuildReadModels } from "./tools"

export interface RebuildPlaces {
  readonly log: LogPlace
  readonly vault: VaultPlace
  /** The operators' decisions. */
  readonly skips: SkipsPlace
  readonly readModels: ReadModelsPlace
}

export type FromRebuild =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly events: number }

async function main({ log, vault, skips, readModels }: RebuildPlaces): Promise<void> {
  const eventStore = await openEventLog(log, { readOnly: true })
  const opener = await openVaultAt(vault, { readOnly: true })
  const decisions = await openSkipsAt(skips, { readOnly: true })
  const send = (message: FromRebuild) => parentPort?.postMessage(message)
  try {
    const events = await rebuildReadModels(readModels, {
      eventStore,
      groups: projectionGroups(opener),
      skips: decisions,
      // The log may grow meanwhile.
      onProgress: (done) => send({ kind: "progress", done, total: Math.max(done, eventStore.behind(START)) }),
    })
    send({ kind: "done", events })
  } finally {
    await decisions.close()
    await opener.close()
    await eventStore.close()
  }
}

void main(workerData as RebuildPlaces)
