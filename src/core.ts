/** A ledger without its server: the stores of a data folder, the projector in its thread, and the commands. */
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import type { Logger } from "pino"
import { organizationIds } from "../projections/catalog/queries"
import { findKeyedCommand, keyedCommandsReach } from "../projections/history/keyed-commands"
import { unfinishedLicenses } from "../projections/licenses/queries"
import type { SignedCheckpoints } from "./audit/signed-checkpoints"
import { type LedgerCommands, openCommands } from "./commands/commands"
import type { Observer } from "./commands/observer"
import type { Config } from "./config"
import { type EventLog, type LogPlace, openEventLog } from "./eventstore/event-log"
import { takeWriterLock } from "./eventstore/writer-lock"
import { alone, type Leading, together } from "./leading"
import { beAtWork } from "./only-process"
import type { SecretUses } from "./operations/secret-uses"
import type { Projecting } from "./readstore/projecting"
import { openReadSide, type ReadModelsPlace } from "./readstore/read-side"
import type { ReadStore } from "./readstore/read-store"
import { openSnapshots } from "./snapshots/open-snapshots"
import { Snapshots, takeInThread } from "./snapshots/snapshots"
import { openState } from "./state"
import type { Vault } from "./vault/vault"
import type { DeliveryState } from "./webhooks/delivery-state"

export interface Core {
  readonly commands: LedgerCommands
  readonly eventStore: EventLog
  readonly vault: Vault
  readonly readStore: ReadStore
  readonly projecting: Projecting
  readonly secretUses: SecretUses
  readonly signedCheckpoints: SignedCheckpoints
  readonly deliveries: DeliveryState
  /** What one node at a time does; closed before what it works with. */
  readonly leading: Leading
  /** Goes on with large groups that a stop cut short, and watches the grace periods: as soon as the read models know all organizations. */
  resume(): Promise<void>
  /** What is on the way is finished; then the stores close and the data folder is free. */
  close(): Promise<void>
}

export interface CoreOptions {
  /** Milliseconds since 1970, UTC: the time that events are recorded at. */
  readonly now: () => number
  readonly log: Logger
  readonly observe?: Pick<Observer, "appended" | "raced" | "refused">
}

/** The settings that say where everything lies. */
export type StoreSettings = Pick<Config, "dataFolder" | "eventStore" | "readStore" | "postgresUrl" | "kurrentdbUrl">

/** Where everything of a data folder lies. */
export function placesOf(folder: string): {
  readonly log: string
  readonly vault: string
  readonly folder: string
  readonly skips: string
  /** What cannot be rebuilt from the log and is no event: uses of secrets, the state of deliveries. */
  readonly operations: string
  /** The key that signs checkpoints, and what was signed with it: cannot be rebuilt either. */
  readonly audit: string
  /** Can be thrown away at any time. */
  readonly snapshots: string
} {
  return {
    folder,
    log: join(folder, "events.sqlite"),
    vault: join(folder, "vault.sqlite"),
    skips: join(folder, "projection-skips.sqlite"),
    operations: join(folder, "operations.sqlite"),
    audit: join(folder, "audit.sqlite"),
    snapshots: join(folder, "snapshots"),
  }
}

/** Where everything lies by the settings. What cannot be rebuilt lies beside the read models: several nodes share both, or neither. */
export function placesFor(config: StoreSettings) {
  const files = placesOf(config.dataFolder)
  const readModels = readModelsOf(config)
  const shared = typeof readModels === "string" ? undefined : readModels
  return {
    ...files,
    log: logOf(config),
    readModels,
    /** Undefined: a data folder, of one process. */
    shared,
    vault: shared ?? files.vault,
    skips: shared ?? files.skips,
    snapshots: shared ?? files.snapshots,
    state: shared ?? ({ kind: "files", ...files } as const),
  }
}

/** Where the settings keep the event log. */
export function logOf(config: StoreSettings): LogPlace {
  const { dataFolder, eventStore, postgresUrl, kurrentdbUrl } = config
  if (eventStore === "postgres" && postgresUrl !== undefined) return { kind: "postgres", url: postgresUrl }
  if (eventStore === "kurrentdb" && kurrentdbUrl !== undefined) return { kind: "kurrentdb", url: kurrentdbUrl }
  return placesOf(dataFolder).log
}

/** Where the settings keep the read models. */
export function readModelsOf({ dataFolder, readStore, postgresUrl }: StoreSettings): ReadModelsPlace {
  return readStore === "postgres" && postgresUrl !== undefined ? { kind: "postgres", url: postgresUrl } : dataFolder
}

/** @throws when another process writes to the data folder (DataFolderInUse), or to the log in PostgreSQL with another vault */
export async function openCore(config: StoreSettings, { now, log, observe = {} }: CoreOptions): Promise<Core> {
  const closing: (() => void | Promise<void>)[] = []
  const close = async () => {
    for (let next = closing.pop(); next; next = closing.pop()) await next()
  }
  try {
    const places = placesFor(config)
    // Several nodes share everything, and have nothing in their data folders that matters.
    const { shared } = places
    if (!shared) {
      const lock = takeWriterLock(config.dataFolder)
      closing.push(() => lock.release())
    }
    const reconnected = (err: Error) => log.warn({ err }, "a connection to a database is made anew")
    const eventStore = await openEventLog(places.log, { onFault: reconnected })
    closing.push(() => eventStore.close())
    if (typeof places.log !== "string" && places.log.kind === "postgres") {
      const lock = await beAtWork({
        url: places.log.url,
        shared: shared !== undefined,
        onFault: reconnected,
        // At once: what it went on to record, nobody could read. What was answered is on disk.
        onExcluded(err) {
          log.fatal({ err }, "this process ends")
          process.exit(1)
        },
      })
      closing.push(() => lock.close())
    }
    const state = await openState(places.state, {
      now,
      onFault: (err) => log.error({ err }, "something that cannot be rebuilt could not be written or read, and is tried again"),
    })
    closing.push(() => state.close())
    const { vault, secretUses } = state
    const readSide = await openReadSide({
      ...places,
      eventStore,
      onFault: (err) => log.error({ err }, "something about the read models failed, and is tried again"),
    })
    closing.push(() => readSide.close())
    const { readStore, projecting } = readSide
    const snapshots = new Snapshots({
      store: eventStore,
      snapshots: await openSnapshots(places.snapshots),
      take: takeInThread(places),
      onFault: (stream, err) => log.warn({ stream, err }, "a snapshot could not be used or taken; the log is read instead"),
    })
    closing.push(() => snapshots.close())
    const commands = openCommands({
      store: eventStore,
      vault,
      baselines: snapshots,
      index: {
        find: (stream, commandId) => findKeyedCommand(readStore, stream, commandId),
        reached: (stream) => keyedCommandsReach(readStore, stream),
      },
      now,
      shared: shared !== undefined,
      organizations: () => organizationIds(readStore),
      unfinished: () => unfinishedLicenses(readStore),
      observe: {
        ...observe,
        appended(stream, events, milliseconds) {
          projecting.wake()
          observe.appended?.(stream, events, milliseconds)
        },
        failed: (stream, err) => log.error({ stream, err }, "commands could not be carried out"),
      },
    })
    closing.push(() => commands.close())
    const closed = new AbortController()
    closing.push(() => closed.abort())
    const leading = shared
      ? await together(shared.url, reconnected)
      : alone((name, err) => log.error({ name, err }, "what this node does on its own failed, and is begun again"))
    closing.push(() => leading.close())
    const resume = async () => {
      if (shared) leading.standFor("care", (lost) => commands.lookAfter(lost))
      else if (await caughtUp(projecting, closed.signal)) await commands.resume()
    }
    const { signedCheckpoints, deliveries } = state
    return { commands, eventStore, vault, readStore, projecting, secretUses, signedCheckpoints, deliveries, leading, resume, close }
  } catch (error) {
    await close()
    throw error
  }
}

const LOOK_AGAIN_MS = 100
/** Events behind: a busy ledger is never quite caught up, and whoever is new announces itself with a command. */
const NEARLY = 500

/** After an update of the program the read models are built anew, which takes a while. False: closed before. */
async function caughtUp(projecting: Projecting, closed: AbortSignal): Promise<boolean> {
  while (!closed.aborted) {
    const status = projecting.status()
    if (status.length > 0 && status.every(({ lag, failure }) => lag <= NEARLY || failure !== undefined)) return true
    await pause(LOOK_AGAIN_MS, undefined, { ref: false })
  }
  return false
}
