/** The composition root: puts the parts of one running ledger together, and takes them apart in the other order. */
// type-graphql reads the types of fields from it, so it comes before everything that declares some.
import "reflect-metadata"
import { join } from "node:path"
import { pino } from "pino"
import { organizationIds } from "../projections/catalog/queries"
import { findKeyedCommand, keyedCommandsReach } from "../projections/history/keyed-commands"
import { createContext } from "./api/graphql/context"
import { buildSchema } from "./api/graphql/schema"
import { storeChecks } from "./api/http/health"
import { countAppends, countRefusals, openMetrics } from "./api/http/metrics"
import { openServer } from "./api/server"
import type { Services } from "./api/services"
import { openTokens } from "./auth/jwt"
import { openCommands } from "./commands/commands"
import type { Commands } from "./commands/requests"
import type { Config } from "./config"
import type { EventStore } from "./eventstore/event-store"
import { openSqliteEventStore } from "./eventstore/sqlite"
import { takeWriterLock } from "./eventstore/writer-lock"
import { projectHere } from "./readstore/projecting-here"
import { openSqliteReadStore } from "./readstore/sqlite"
import { activeGeneration, openReadModels } from "./readstore/sqlite-generations"
import { openVault } from "./vault/sqlite"

export interface Ledger {
  /** Such as http://127.0.0.1:4000, with the port really taken. */
  readonly url: string
  readonly commands: Commands
  readonly services: Services
  readonly eventStore: EventStore
  /** Running requests finish first; then the stores close and the data folder is free. */
  close(): Promise<void>
}

export interface Circumstances {
  /** Milliseconds since 1970, UTC; the computer's clock unless told otherwise. */
  readonly now?: () => number
}

/**
 * Opens the ledger of the configured data folder and serves it.
 * @throws DataFolderInUse when another process writes to the folder
 */
export async function openLedger(config: Config, { now = Date.now }: Circumstances = {}): Promise<Ledger> {
  const parts = new Parts()
  try {
    const log = pino({ level: config.logLevel })
    const folder = config.dataFolder
    const lock = takeWriterLock(folder)
    parts.add(() => lock.release())
    const eventStore = openSqliteEventStore(join(folder, "events.sqlite"))
    parts.add(() => eventStore.close())
    const vault = openVault(join(folder, "vault.sqlite"))
    parts.add(() => vault.close())

    const readModels = openReadModels(activeGeneration(folder))
    parts.add(() => readModels.close())
    const projecting = projectHere({ eventStore, readModels, opener: vault })
    parts.add(() => projecting.close())
    const readStore = openSqliteReadStore(folder)
    parts.add(() => readStore.close())

    const metrics = openMetrics(projecting)
    const commands = openCommands({
      store: countAppends(eventStore, metrics),
      vault,
      index: {
        find: (stream, commandId) => findKeyedCommand(readStore, stream, commandId),
        reached: (stream) => keyedCommandsReach(readStore, stream),
      },
      now,
      organizations: () => organizationIds(readStore),
      observe: {
        appended: () => projecting.wake(),
        failed: (stream, fault) => log.error({ stream, err: fault }, "commands of a stream failed"),
      },
    })
    parts.add(() => commands.close())

    const services: Services = {
      commands: countRefusals(commands, metrics),
      readStore,
      projecting,
      vault,
      now,
      visibleWithinMs: config.visibleWithinMs,
    }
    const server = await openServer({
      config,
      schema: await buildSchema(),
      tokens: await openTokens(config, Date.now),
      createContext: (viewer, traceId) => createContext(services, viewer, traceId),
      metrics,
      checks: storeChecks({ eventStore, readStore, projecting }, config.readyLag),
      now: Date.now,
      log,
    })
    parts.add(() => server.close())
    // Large groups that a stop cut short go on, and grace periods are watched; nobody has to wait for that.
    commands
      .resume()
      .catch((fault) => log.error({ err: fault }, "what was left unfinished could not be resumed; it is tried again at the next start"))
    return { url: server.url, commands, services, eventStore, close: () => parts.close() }
  } catch (error) {
    await parts.close()
    throw error
  }
}

/** What was opened, to be closed in the other order, also when opening the next part fails. */
class Parts {
  readonly #closing: (() => void | Promise<void>)[] = []

  add(close: () => void | Promise<void>): void {
    this.#closing.push(close)
  }

  async close(): Promise<void> {
    for (let close = this.#closing.pop(); close; close = this.#closing.pop()) await close()
  }
}
