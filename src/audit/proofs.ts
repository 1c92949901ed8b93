/** Proofs of one event, and of two checkpoints, made from the stored tree and checked before they are handed out. */
import type { Checkpoints } from "./checkpoints"
import { leafText } from "./leaf"
import { LogRewritten, type LogTrees, TreeBehind } from "./log-tree"
import { consistencyRanges, type Hash, leafHashOf, pathRanges, verifyConsistency, verifyInclusion } from "./merkle"
import type { SignedCheckpoint } from "./signed-checkpoints"

export interface InclusionProof {
  /** From 0: the event's revision less one. */
  readonly leafIndex: number
  readonly leafHash: Hash
  /** From the leaf up (RFC 6962 §2.1.1). */
  readonly path: readonly Hash[]
  /** The leaf: the event as stored, in canonical JSON. */
  readonly leaf: string
  readonly checkpoint: SignedCheckpoint
}

export interface ConsistencyProof {
  readonly from: SignedCheckpoint
  readonly to: SignedCheckpoint
  /** RFC 6962 §2.1.2. */
  readonly path: readonly Hash[]
}

interface Log {
  readonly trees: LogTrees
  readonly checkpoints: Checkpoints
}

/** That the event with this revision is in the log of `size` events; 1 ≤ revision ≤ size. @throws LogRewritten, TreeBehind */
export async function inclusionProof(
  { trees, checkpoints }: Log,
  organizationId: string,
  revision: number,
  size: number,
): Promise<InclusionProof> {
  const leafIndex = revision - 1
  const [event, { checkpoint, nodes }] = await Promise.all([
    trees.event(organizationId, revision),
    checkpoints.proving(organizationId, size, pathRanges(leafIndex, revision, size)),
  ])
  const leaf = event && leafText(event)
  const leafHash = leaf === undefined ? undefined : leafHashOf(Buffer.from(leaf))
  if (leaf === undefined || leafHash === undefined || !verifyInclusion(leafIndex, size, leafHash, nodes, checkpoint.root)) {
    const problem = new LogRewritten(`event ${revision} of ${organizationId} is not the one that its tree was made of: the log was changed`)
    checkpoints.noteChangedEvent(organizationId, problem)
    throw problem
  }
  return { leafIndex, leafHash, path: nodes, leaf, checkpoint }
}

/** That the log of `to` events begins with that of `from` events; 1 ≤ from ≤ to. @throws LogRewritten, TreeBehind */
export async function consistencyProof({ checkpoints }: Log, organizationId: string, from: number, to: number): Promise<ConsistencyProof> {
  const { checkpoint: second, nodes } = await checkpoints.proving(organizationId, to, consistencyRanges(from, to))
  const first = await checkpoints.at(organizationId, from)
  // Both are of one log, and yet the tree may have been replaced by a rebuild in between.
  if (!verifyConsistency(from, to, first.root, second.root, nodes)) throw new TreeBehind(organizationId, to)
  return { from: first, to: second, path: nodes }
}
