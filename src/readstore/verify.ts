/** Proves that the read models are what the log says: builds them aside and compares every row. Changes nothing. */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { type BuildSource, build } from "./build"
import { type Compared, compareAll } from "./compare-rows"
import { pointedTo, startBuilding } from "./sqlite-generations"
import { SqliteRows } from "./sqlite-rows"

export interface Verifying extends BuildSource {
  /** The data folder. */
  readonly folder: string
}

export interface Verified extends Compared {
  /** Events that were projected anew. */
  readonly events: number
}

/**
 * Compares at the position that the read models show now, whatever is recorded meanwhile; memory does not grow with
 * their size. Works beside a running server.
 * @throws when the folder holds no read models, or an event up to that position cannot be projected
 */
export async function verify({ folder, onProgress = () => {}, ...source }: Verifying): Promise<Verified> {
  const file = pointedTo(folder)
  if (!file) throw new Error(`there are no read models in ${folder}; is this the right data folder, and was the server started there once?`)
  const shown = SqliteRows.open(file)
  const aside = join(folder, `verify.${process.pid}.${Date.now()}.sqlite`)
  try {
    const building = startBuilding(aside)
    let events = 0
    try {
      const count = (done: number) => {
        events = done
        onProgress(done)
      }
      await build(building.readModels, { ...source, onProgress: count }, (group) => shown.position(group))
      await building.finish()
    } catch (error) {
      await building.abandon()
      throw error
    }
    const expected = SqliteRows.open(aside)
    try {
      return { events, ...(await compareAll(shown, expected)) }
    } finally {
      expected.close()
    }
  } finally {
    shown.close()
    for (const suffix of ["", "-wal", "-shm"]) rmSync(aside + suffix, { force: true })
  }
}
