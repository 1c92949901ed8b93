/** Builds all read models anew in PostgreSQL, beside those in use, and lets the projector turn to them. */
import { Leadership } from "../postgres/advisory-lock"
import { type BuildSource, build } from "./build"
import type { PostgresGenerations } from "./postgres-generations"

export interface RebuildingInPostgres extends Omit<BuildSource, "onProgress"> {
  readonly generations: PostgresGenerations
  /** Events done so far. */
  readonly onProgress?: (done: number) => void
  /** What has to happen before the new tables, which are to be written from now on, are held no longer. */
  readonly handOver?: (generation: number) => Promise<void>
}

/**
 * Works beside running nodes, which go on with the old tables until these have caught up. Two at once do not disturb each
 * other: the one that ends last is used.
 * @throws PoisonEvent at the first event that cannot be taken; the read models in use are left as they are
 */
export async function rebuildInPostgres({
  generations,
  onProgress = () => {},
  handOver = async () => {},
  ...source
}: RebuildingInPostgres): Promise<{ readonly events: number; readonly generation: number }> {
  const leadership = new Leadership(generations.control)
  const generation = await generations.next()
  // While somebody shares its lock it is not taken for one that was abandoned.
  const letGo = await leadership.share(generations.lockOf(generation), source.signal)
  let events = 0
  const count = (done: number) => {
    events = done
    onProgress(done)
  }
  try {
    await generations.startBuilding(generation)
    const readModels = await generations.readModels(generation)
    try {
      await build(readModels, { ...source, onProgress: count })
      await generations.finish(generation)
      // What was recorded while the indexes were made.
      const before = events
      await build(readModels, { ...source, onProgress: (done) => count(before + done) })
    } finally {
      await readModels.close()
    }
    await generations.write(generation)
    await handOver(generation)
    return { events, generation }
  } catch (error) {
    letGo()
    await leadership.close()
    await generations.drop(generation).catch(() => {}) // Otherwise the projector drops it, as unused.
    throw error
  } finally {
    await leadership.close()
  }
}
