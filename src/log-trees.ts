/** The trees of the logs as the read models hold them, and the events as the log does. */
import { organizationIds } from "../projections/catalog/queries"
import { nodeHashes, treeSize } from "../projections/proofs/queries"
import type { LogTrees } from "./audit/log-tree"
import type { EventStore } from "./eventstore/event-store"
import type { Projecting } from "./readstore/projecting"
import type { ReadStore } from "./readstore/read-store"

export interface LogTreesOptions {
  readonly readStore: ReadStore
  readonly projecting: Pick<Projecting, "waitFor">
  readonly eventStore: Pick<EventStore, "read">
  /** How long to wait for a tree that is behind the log, in ms. */
  readonly visibleWithinMs: number
}

export function logTrees({ readStore, projecting, eventStore, visibleWithinMs }: LogTreesOptions): LogTrees {
  return {
    organizations: () => organizationIds(readStore),
    size: (organizationId) => treeSize(readStore, organizationId),
    async nodes(organizationId, ranges) {
      const nodes = await nodeHashes(readStore, organizationId, ranges)
      if (nodes) return nodes
      const size = ranges.reduce((most, { to }) => Math.max(most, to), 0)
      await projecting.waitFor(streamOf(organizationId), size, visibleWithinMs)
      return nodeHashes(readStore, organizationId, ranges)
    },
    async event(organizationId, revision) {
      for await (const [event] of eventStore.read(streamOf(organizationId), revision - 1)) return event
      return undefined
    },
  }
}

function streamOf(organizationId: string): string {
  return `organization-${organizationId}`
}
