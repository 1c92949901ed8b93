/** The composition root: a ledger and its server. */
// type-graphql reads the types of fields from it: it comes before everything that declares one (jest loads it by itself).
import "reflect-metadata"
import { pino } from "pino"
import { openOrganizations } from "../projections/catalog/queries"
import { consoleRoutes } from "./api/console/console"
import { exportRoutes } from "./api/export/routes"
import { createContext } from "./api/graphql/context"
import { buildSchema } from "./api/graphql/schema"
import { storeChecks } from "./api/http/health"
import { openMetrics } from "./api/http/metrics"
import { openServer } from "./api/server"
import type { Services } from "./api/services"
import { vendorRoutes } from "./api/vendor/vendor"
import { openTokens } from "./auth/jwt"
import { openCheckpoints } from "./checkpoints"
import type { Commands } from "./commands/requests"
import type { Config } from "./config"
import { openCore, placesFor } from "./core"
import type { DisabledBecause } from "./domain/events"
import type { EventStore } from "./eventstore/event-store"
import { exportThreads } from "./export-threads"
import { openWebhooks } from "./webhooks/webhooks"

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
  /** From 0 to 1: the jitter of retried deliveries. */
  readonly random?: () => number
  /** An export of which nothing is taken for so long ends, in ms; a minute unless told otherwise. */
  readonly exportTakenWithinMs?: number
}

const EXPORT_TAKEN_WITHIN_MS = 60_000

/**
 * Opens the ledger of the configured data folder and serves it.
 * @throws DataFolderInUse when another process writes to the folder
 */
export async function openLedger(
  config: Config,
  { now = Date.now, random = Math.random, exportTakenWithinMs = EXPORT_TAKEN_WITHIN_MS }: Circumstances = {},
): Promise<Ledger> {
  const log = pino({ level: config.logLevel })
  const core = await openCore(config, {
    now,
    log,
    observe: {
      appended: (_stream, events) => metrics.appended(events),
      raced: () => metrics.raced(),
      refused: (_stream, code) => metrics.refused(code),
    },
  })
  const { commands, eventStore, projecting, readStore, secretUses, vault } = core
  const metrics = openMetrics(projecting)
  const webhooks = openWebhooks({
    eventStore,
    vault,
    state: core.deliveries,
    now,
    random,
    privateNetworks: config.webhooksPrivateNetworks,
    standFor: (lead) => core.leading.standFor("webhooks", lead),
    disable: (ownerId, webhookId, because) => disableWebhook(commands, ownerId, webhookId, because),
    observe: {
      attempted: (outcome) => metrics.webhookAttempt(outcome),
      failed: (err, webhookId) => log.error({ err, webhookId }, "webhooks: something failed here and is tried again"),
    },
  })
  metrics.watchWebhooks(async () => ({ ...(await webhooks.backlog()) }))
  const signing = openCheckpoints({
    config,
    core,
    now,
    log,
    attempted: (outcome) => metrics.checkpointAttempt(outcome),
    standFor: (lead) => core.leading.standFor("checkpoints", lead),
  })
  metrics.watchCheckpoints(() => signing.look())
  try {
    const services: Services = {
      commands,
      readStore,
      projecting,
      newest: () => eventStore.newest(),
      vault,
      webhooks,
      secretUses,
      trees: signing.trees,
      checkpoints: signing.checkpoints,
      now,
      visibleWithinMs: config.visibleWithinMs,
    }
    const tokens = await openTokens(config, Date.now)
    const bodies = exportThreads(placesFor(config))
    const server = await openServer({
      config,
      schema: await buildSchema(),
      tokens,
      createContext: (viewer, traceId) => createContext(services, viewer, traceId),
      metrics,
      routes: async (app) => {
        vendorRoutes(app, { ...services, secretUses, tokens })
        exportRoutes(app, { ...services, eventStore, vault, tokens, bodies, takenWithinMs: exportTakenWithinMs })
        await consoleRoutes(app, { config, organizations: () => openOrganizations(readStore) })
      },
      checks: storeChecks({ eventStore, readStore, projecting }, config.readyLag),
      now: Date.now,
      log,
    })
    // Large groups that a stop cut short go on, and grace periods are watched; nobody has to wait for that.
    core.resume().catch((err) => log.error({ err }, "what was left unfinished could not be resumed; the next start tries again"))
    const close = async () => {
      await server.close()
      await bodies.close()
      await core.leading.close()
      await webhooks.close()
      await core.close()
    }
    return { url: server.url, commands, services, eventStore, close }
  } catch (error) {
    await core.leading.close()
    await webhooks.close()
    await core.close()
    throw error
  }
}

/** The receiver is gone: an event of the system, without a key, because it may be so again after somebody enabled it. */
async function disableWebhook(commands: Commands, ownerId: string, webhookId: string, because: DisabledBecause): Promise<void> {
  const context = { requester: { type: "SYSTEM", subject: "system" }, correlationId: webhookId } as const
  if (ownerId.startsWith("vnd_")) await commands.vendor(ownerId, "disableWebhook", { webhookId, because }, context)
  else await commands.organization(ownerId, "disableWebhook", { webhookId, because }, context)
}
