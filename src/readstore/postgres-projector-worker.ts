/** The thread in which a node stands by for projecting into PostgreSQL (postgres-projecting.ts). */
import { parentPort, workerData } from "node:worker_threads"
import { type LogPlace, openEventLog } from "../eventstore/event-log"
import { openVaultAt, type VaultPlace } from "../vault/open-vault"
import { openSkipsAt, type SkipsPlace } from "./open-skips"
import { PostgresGenerations, type PostgresPlace } from "./postgres-generations"
import { PostgresProjector } from "./postgres-projector"
import { projectionGroups } from "./projections"

export interface PostgresProjectorPlaces {
  readonly log: LogPlace
  readonly vault: VaultPlace
  /** The operators' decisions. */
  readonly skips: SkipsPlace
  readonly readModels: PostgresPlace
}

export type ToPostgresProjector = { readonly kind: "wake" } | { readonly kind: "close" }
export type FromPostgresProjector =
  | { readonly kind: "started" }
  /** Something could not be done and is tried again. */
  | { readonly kind: "fault"; readonly error: string }

async function main(): Promise<void> {
  const port = parentPort
  if (!port) throw new Error("postgres-projector-worker runs as a worker thread")
  const send = (message: FromPostgresProjector) => port.postMessage(message)
  const places = workerData as PostgresProjectorPlaces
  const onFault = ({ message }: Error) => send({ kind: "fault", error: message })

  const generations = await PostgresGenerations.open(places.readModels, onFault)
  const eventStore = await openEventLog(places.log, { readOnly: true, onFault })
  const vault = await openVaultAt(places.vault, { readOnly: true, onFault })
  const skips = await openSkipsAt(places.skips, { readOnly: true, onFault })
  const projector = new PostgresProjector({ eventStore, generations, groups: projectionGroups(vault), skips, onFault })
  send({ kind: "started" })

  // What was sent before waits in the port.
  port.on("message", async (message: ToPostgresProjector) => {
    if (message.kind === "wake") return eventStore.wake()
    await projector.close()
    await skips.close()
    await vault.close()
    await eventStore.close()
    await generations.control.close()
    port.close()
  })
}

void main()
