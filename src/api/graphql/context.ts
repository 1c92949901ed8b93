/** What a resolver gets to work with: the services of the process, who is asking, and what one request remembers. */
import type { Viewer } from "../../auth/viewer"
import type { Services } from "../services"
import { type Loaders, loadersFor } from "./loaders"

/** A plain object: Apollo Server copies it for every operation. */
export interface GraphQLContext extends Services {
  readonly viewer: Viewer
  /** Goes into the log lines of this request, into masked errors, and into the events it brings about. */
  readonly traceId: string
  readonly loaders: Loaders
}
export type Context = GraphQLContext

/** One per request, and one per message of a subscription: what is loaded is remembered for as long as it lives. */
export function createContext(services: Services, viewer: Viewer, traceId: string): GraphQLContext {
  const { commands, readStore, projecting, newest, vault, webhooks, secretUses, trees, checkpoints, now, visibleWithinMs } = services
  // Field by field: spreading the services took 10 µs of every request.
  return {
    commands,
    readStore,
    projecting,
    newest,
    vault,
    webhooks,
    secretUses,
    trees,
    checkpoints,
    now,
    visibleWithinMs,
    viewer,
    traceId,
    loaders: loadersFor(services),
  }
}
