/** What checkpoints and proofs need of the log of an organization, wherever its tree is stored. */
import type { RecordedEvent } from "../eventstore/event-store"
import type { Hash, Range } from "./merkle"

export interface LogTrees {
  /** Every organization that there is. */
  organizations(): Promise<readonly string[]>
  /** How many events the stored tree covers. It may be behind the log. */
  size(organizationId: string): Promise<number>
  /** The hashes of these nodes. Waits a while for a tree that is behind the log; undefined when it is so still. */
  nodes(organizationId: string, ranges: readonly Range[]): Promise<readonly Hash[] | undefined>
  /** The event as the log gives it back; undefined when the log is shorter. */
  event(organizationId: string, revision: number): Promise<RecordedEvent | undefined>
}

/**
 * The log, or the tree that was made of it, is not the one that was signed: somebody changed the past, or an older copy
 * was restored. Nothing is signed before a person has looked.
 */
export class LogRewritten extends Error {
  override readonly name = "LogRewritten"
}

/** The tree is behind the log: ask again in a moment. */
export class TreeBehind extends Error {
  override readonly name = "TreeBehind"
  constructor(organizationId: string, size: number) {
    super(`the tree of ${organizationId} does not cover its first ${size} events yet; ask again in a moment`)
  }
}
