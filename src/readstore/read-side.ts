/** Everything that reads, of one node: the read models, wherever they lie, and the projector that keeps them up with the log. */
import type { EventLog, LogPlace } from "../eventstore/event-log"
import type { VaultPlace } from "../vault/open-vault"
import type { SkipsPlace } from "./open-skips"
import type { PostgresPlace } from "./postgres-generations"
import { startPostgresProjecting } from "./postgres-projecting"
import { openPostgresReadStore, type PostgresReadStore } from "./postgres-read-store"
import type { Projecting } from "./projecting"
import { startProjectorThread } from "./projector-thread"
import type { ReadStore } from "./read-store"
import { openSqliteReader, openSqliteReadStore, type SqliteReadStore } from "./sqlite"

/** A data folder, which one process uses; or a database, which several nodes use. Can be handed to a worker thread. */
export type ReadModelsPlace = string | PostgresPlace

export interface ReadSideOptions {
  readonly readModels: ReadModelsPlace
  readonly log: LogPlace
  readonly vault: VaultPlace
  /** The operators' decisions. */
  readonly skips: SkipsPlace
  /** This node's own. */
  readonly eventStore: EventLog
  /** Something failed and is tried again. For the log. */
  readonly onFault: (error: Error) => void
}

export interface ReadSide {
  readonly readStore: ReadStore
  readonly projecting: Projecting
  /** The projector first, and then what it serves. */
  close(): Promise<void>
}

/** Knows which generation it reads, and turns to the one that is shown when it is told to. */
export type Reader = SqliteReadStore | PostgresReadStore

/** For reading beside those who keep the read models up. @throws Unavailable when there are none now; when the database cannot be reached */
export async function openReader(place: ReadModelsPlace): Promise<Reader> {
  return typeof place === "string" ? openSqliteReader(place) : openPostgresReadStore(place)
}

/** @throws when the database cannot be reached */
export async function openReadSide(options: ReadSideOptions): Promise<ReadSide> {
  const { readModels, ...places } = options
  return typeof readModels === "string" ? openSqlite(readModels, places) : openPostgres(readModels, places)
}

type Places = Omit<ReadSideOptions, "readModels">

function openSqlite(folder: string, { onFault, vault, skips, ...places }: Places): ReadSide {
  if (typeof vault !== "string" || typeof skips !== "string") throw new Error("read models in a data folder go with a vault in a file")
  const readStore = openSqliteReadStore(folder)
  const projecting = startProjectorThread({
    ...places,
    vault,
    skips,
    folder,
    onGeneration: () => {
      readStore.reopen().catch((cause) => onFault(new Error("the rebuilt read models could not be opened; the old ones go on", { cause })))
    },
    onFault,
  })
  const close = async () => {
    await projecting.close()
    await readStore.close()
  }
  return { readStore, projecting, close }
}

async function openPostgres(place: PostgresPlace, places: Places): Promise<ReadSide> {
  const readStore = await openPostgresReadStore(place, places.onFault)
  try {
    const projecting = await startPostgresProjecting({ ...places, readModels: place, readStore })
    const close = async () => {
      await projecting.close()
      await readStore.close()
    }
    return { readStore, projecting, close }
  } catch (error) {
    await readStore.close()
    throw error
  }
}
