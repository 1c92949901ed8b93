/** The projector on this thread: for tests, and wherever the event store lives in memory. */
import type { EventStore, Position, Revision } from "../eventstore/event-store"
import type { Opener } from "../vault/vault"
import type { Projecting } from "./projecting"
import type { ProjectionGroup } from "./projection"
import { projectionGroups } from "./projections"
import { Projector } from "./projector"
import type { ReadModels } from "./read-models"
import { memorySkips, type Skips } from "./skips"
import { Visibility } from "./visibility"

export interface ProjectingHereOptions {
  readonly eventStore: EventStore & { behind?(position: Position): number; wake?(): void }
  /** `openSqliteReadStore(":memory:").readModels()`, or the write side of a file. Closed by whoever opened it. */
  readonly readModels: ReadModels
  readonly opener: Opener
  readonly skips?: Skips
  readonly groups?: readonly ProjectionGroup[]
}

export async function projectHere({
  eventStore,
  readModels,
  opener,
  skips = memorySkips(),
  groups = projectionGroups(opener),
}: ProjectingHereOptions): Promise<Projecting> {
  let fault: unknown
  const projector: Projector = await Projector.open({
    eventStore,
    readModels,
    groups,
    skips,
    onShown(shown) {
      const complete = projector.status().every(({ failure }) => failure === undefined)
      for (const [stream, revision] of shown) visibility.noteShown(stream, revision, complete)
    },
    ...(eventStore.behind ? { behind: (position) => eventStore.behind?.(position) ?? 0 } : {}),
  })
  const visibility = new Visibility((stream, revision) => isShown(eventStore, readModels, groups, stream, revision))
  projector.run().catch((error) => {
    fault = error
    visibility.close()
  })

  return {
    waitFor: (stream, revision, timeoutMs) => visibility.waitFor(stream, revision, timeoutMs),
    onProgress: (stream, listener) => visibility.onProgress(stream, listener),
    status() {
      if (fault) throw new Error("the projector ended", { cause: fault })
      return projector.status()
    },
    wake: () => eventStore.wake?.(),
    async close() {
      await projector.close()
      visibility.close()
    },
  }
}

/** True when every group has written the event of this revision: its place in the log tells. */
export async function isShown(
  eventStore: EventStore,
  readModels: ReadModels,
  groups: readonly ProjectionGroup[],
  stream: string,
  revision: Revision,
): Promise<boolean> {
  if (revision <= 0) return true
  const position = Math.min(...(await Promise.all(groups.map(({ name }) => readModels.position(name)))))
  for await (const [event] of eventStore.read(stream, revision - 1)) return event !== undefined && event.position <= position
  return false
}
