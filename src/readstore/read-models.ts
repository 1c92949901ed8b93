/** The port to the write side of the read models: one generation of tables, filled from the event log. */
import type { Position } from "../eventstore/event-store"
import type { Fetcher, UnitOfWork } from "./work"

export interface ReadModels extends Fetcher {
  /** The position in the log up to which the rows of this projection group are written. */
  position(group: string): Promise<Position>
  /**
   * Writes a batch and moves the checkpoint from one position to the next, both or neither.
   * False: the checkpoint was elsewhere, so another projector is at work and nothing was written.
   * @throws Unavailable when the same call may succeed later, Broken when nothing can be written any more; whatever else
   * it throws, a row was refused.
   */
  commit(group: string, from: Position, to: Position, work: UnitOfWork): Promise<boolean>
  close(): Promise<void>
}

/** The database is busy, full or gone for the moment; nothing was written. */
export class Unavailable extends Error {
  override readonly name = "Unavailable"
}

/** The database is damaged or cannot be opened: not the fault of any event. */
export class Broken extends Error {
  override readonly name = "Broken"
}
