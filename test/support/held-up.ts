import type { Database } from "../../src/postgres/database"

const LOCK = 4_711

/** Queries that come `from <waits>` end when they are released, and not before. At most a minute, like any transaction. */
export async function heldUp(by: Database): Promise<{ readonly waits: string; release(): Promise<void> }> {
  let letGo = () => {}
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let held: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    held = by.transaction(async (queries) => {
      await queries.rows("select pg_advisory_xact_lock($1)", [LOCK])
      resolve()
      await released
    })
    held.catch(reject)
  })
  return {
    waits: `pg_advisory_xact_lock_shared(${LOCK})`,
    release() {
      letGo()
      return held
    },
  }
}
