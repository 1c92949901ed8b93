/** The composition root: a ledger and its server. */
// type-graphql reads the types of fields from it: it comes before everything that declares one (jest loads it by itself).
import "reflect-metadata"
import { pino } from "pino"
import { createContext } from "./api/graphql/context"
import { buildSchema } from "./api/graphql/schema"
import { storeChecks } from "./api/http/health"
import { openMetrics } from "./api/http/metrics"
import { openServer } from "./api/server"
import type { Services } from "./api/services"
import { openTokens } from "./auth/jwt"
import type { Commands } from "./commands/requests"
import type { Config } from "./config"
import { openCore } from "./core"
import type { EventStore } from "./eventstore/event-store"

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
  const log = pino({ level: config.logLevel })
  const core = await openCore(config.dataFolder, {
    now,
    log,
    observe: { appended: (_stream, events) => metrics.appended(events), refused: (_stream, code) => metrics.refused(code) },
  })
  const { commands, eventStore, projecting, readStore, vault } = core
  const metrics = openMetrics(projecting)
  try {
    const services: Services = { commands, readStore, projecting, vault, now, visibleWithinMs: config.visibleWithinMs }
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
    // Large groups that a stop cut short go on, and grace periods are watched; nobody has to wait for that.
    core.resume().catch((err) => log.error({ err }, "what was left unfinished could not be resumed; the next start tries again"))
    const close = async () => {
      await server.close()
      await core.close()
    }
    return { url: server.url, commands, services, eventStore, close }
  } catch (error) {
    await core.close()
    throw error
  }
}
