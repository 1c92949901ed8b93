/**
 * The port to what was signed, and with which key. It cannot be rebuilt: with another key, whoever keeps checkpoints has to
 * be told; without what was signed, a changed past would be signed once more.
 */
import type { Hash } from "./merkle"

export interface SignedCheckpoint {
  readonly organizationId: string
  readonly size: number
  readonly root: Hash
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string
  /** Milliseconds since 1970, UTC. */
  readonly signedAt: number
}
export interface KeptCheckpoint extends SignedCheckpoint {
  /** When it reached those who keep it; null: not yet, or nobody asked for that. */
  readonly publishedAt: number | null
}

export interface SignedCheckpoints {
  /** The private key of this installation. */
  readonly seed: Buffer

  find(organizationId: string, size: number): Promise<KeptCheckpoint | undefined>
  /** The one of the largest tree. */
  newest(organizationId: string): Promise<KeptCheckpoint | undefined>
  newestPublished(organizationId: string): Promise<KeptCheckpoint | undefined>
  /** Newest first, those of smaller trees than `below`. */
  page(organizationId: string, page: { readonly below: number; readonly limit: number }): Promise<readonly KeptCheckpoint[]>
  count(organizationId: string): Promise<number>

  /**
   * Kept when `newest` is still the size of the newest one (0: there is none): what was signed has to agree with all that was
   * signed before. False: another one was kept meanwhile.
   */
  add(signed: SignedCheckpoint, newest: number): Promise<boolean>
  /** Signed on schedule, at this time; to be published when there is somebody to publish to. */
  schedule(signed: SignedCheckpoint, at: number, toPublish: boolean): Promise<void>
  /** When each of these organizations had its last scheduled one. Looked up one by one: all that were ever signed are too many to go through. */
  lastScheduled(organizationIds: readonly string[]): Promise<ReadonlyMap<string, number>>
  organizationsToPublish(): Promise<readonly string[]>
  /** In the order in which those who keep them should get them: each extends the one before it. */
  toPublish(organizationId: string, limit: number): Promise<readonly KeptCheckpoint[]>
  countToPublish(): Promise<number>
  published(signed: SignedCheckpoint, at: number): Promise<void>
  /** Given up, until it is scheduled again. */
  notToPublish(signed: SignedCheckpoint): Promise<void>

  close(): Promise<void>
}
