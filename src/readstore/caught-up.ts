/** For whoever must not take "not shown yet" for "there is none", because the answer is taken for final. */
import { setTimeout as pause } from "node:timers/promises"
import type { Position } from "../eventstore/event-store"
import type { Projecting } from "./projecting"
import type { ReadStore } from "./read-store"

export interface CatchingUp {
  readonly readStore: Pick<ReadStore, "rows">
  readonly projecting: Pick<Projecting, "status">
  /** Where the newest event stands in the log: asked of the log itself, because another node may have recorded it just now. */
  readonly newest: () => Promise<Position>
}

/** The projector needs a few milliseconds for what was just recorded. */
const LOOK_EVERY_MS = 5

/**
 * True as soon as a group of projections shows everything that had been recorded when it was asked; false when that takes
 * longer than the time, when the group was stopped before it, or when the log does not say what had been recorded.
 */
export async function caughtUp(
  { readStore, projecting, newest }: CatchingUp,
  group: "ledger" | "history",
  withinMs: number,
): Promise<boolean> {
  const patience = performance.now() + withinMs
  const recorded = await newest().catch(() => undefined)
  if (recorded === undefined) return false
  for (;;) {
    // Where the tables themselves are: what the projector has told so far may be older.
    const [shown] = await readStore.rows<{ position: Position }>("select position from projection_checkpoint where name = ?", [group])
    if (shown && shown.position >= recorded) return true
    const isStopped = projecting.status().some(({ name, failure }) => name === group && failure !== undefined)
    if (isStopped || performance.now() >= patience) return false
    await pause(LOOK_EVERY_MS)
  }
}
