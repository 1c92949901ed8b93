/** Builds all read models anew beside those in use, and then switches over. */
import { type BuildSource, build } from "./build"
import { activate, nextGeneration, openReadModels, startBuilding } from "./sqlite-generations"

export interface Rebuilding extends BuildSource {
  /** The data folder. */
  readonly folder: string
}

/**
 * Works beside a running server, which goes on with the old tables until these have caught up. Answers the number of
 * events and the file that is now in use.
 * @throws PoisonEvent at the first event that cannot be taken; the read models in use are left as they are
 */
export async function rebuild({
  folder,
  onProgress = () => {},
  ...source
}: Rebuilding): Promise<{ readonly events: number; readonly file: string }> {
  const file = nextGeneration(folder)
  const building = startBuilding(file)
  let events = 0
  const count = (done: number) => {
    events = done
    onProgress(done)
  }
  try {
    await build(building.readModels, { ...source, onProgress: count })
    await building.finish()
  } catch (error) {
    await building.abandon()
    throw error
  }
  // What was recorded while the indexes were made.
  const readModels = openReadModels(file)
  const before = events
  try {
    await build(readModels, { ...source, onProgress: (done) => count(before + done) })
  } finally {
    await readModels.close()
  }
  activate(folder, file)
  return { events, file }
}
