/** Signs how long an organization's log is and what is in it, and never two things that contradict each other. */
import { LogRewritten, type LogTrees, TreeBehind } from "./log-tree"
import { consistencyRanges, type Hash, type Range, verifyConsistency } from "./merkle"
import { type NoteSigner, signCheckpoint, signerOf } from "./note"
import type { KeptCheckpoint, SignedCheckpoint, SignedCheckpoints } from "./signed-checkpoints"

export interface CheckpointsOptions {
  readonly trees: LogTrees
  readonly kept: SignedCheckpoints
  /** The log of an organization is called `<origin>/<organization id>`. */
  readonly origin: string
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
  /** The past of an organization is not the one that was signed. */
  readonly onRewritten?: (organizationId: string, problem: LogRewritten) => void
}

/** A checkpoint, and nodes of exactly the tree that it stands for. */
export interface Proven {
  readonly checkpoint: SignedCheckpoint
  readonly nodes: readonly Hash[]
}

export class Checkpoints {
  readonly #options: CheckpointsOptions
  readonly #signers = new Map<string, NoteSigner>()
  /** By organization: what stands until a checkpoint can be signed again, and what stands until the next start. */
  readonly #rewritten = new Map<string, LogRewritten>()
  readonly #changedEvents = new Map<string, LogRewritten>()

  constructor(options: CheckpointsOptions) {
    this.#options = options
  }

  /** Signs in the name of an organization's log. */
  signer(organizationId: string): NoteSigner {
    let signer = this.#signers.get(organizationId)
    if (signer === undefined) {
      signer = signerOf(`${this.#options.origin}/${organizationId}`, this.#options.kept.seed)
      this.#signers.set(organizationId, signer)
    }
    return signer
  }

  /**
   * The checkpoint after so many events.
   * @throws LogRewritten when its tree and the newest one that was signed do not extend one another, TreeBehind
   */
  async at(organizationId: string, size: number): Promise<SignedCheckpoint> {
    return (await this.proving(organizationId, size, [])).checkpoint
  }

  /** The same, with these nodes of its tree, read together. */
  async proving(organizationId: string, size: number, ranges: readonly Range[]): Promise<Proven> {
    try {
      const proven = await this.#proving(organizationId, size, ranges)
      this.#rewritten.delete(organizationId)
      return proven
    } catch (error) {
      if (error instanceof LogRewritten) this.#note(this.#rewritten, organizationId, error)
      throw error
    }
  }

  async #proving(organizationId: string, size: number, ranges: readonly Range[]): Promise<Proven> {
    const { kept } = this.#options
    for (;;) {
      const newest = await kept.newest(organizationId)
      const { root, nodes } = await this.#extending(organizationId, size, newest, ranges)
      const before = await kept.find(organizationId, size)
      if (before && !before.root.equals(root)) throw rewritten(organizationId, before)
      // Signed before the origin was changed: with today's key, only what has today's name can be checked.
      const checkpoint = before && this.#isOfToday(before) ? before : this.#sign(organizationId, size, root)
      // Kept when it is of the largest tree so far: whatever is signed later has to agree with that, and so with all before it.
      if (before || size <= (newest?.size ?? 0) || (await kept.add(checkpoint, newest?.size ?? 0))) return { checkpoint, nodes }
      // Another one was kept meanwhile, and this one has to agree with that too.
    }
  }

  /** The root of the tree of this size, and that it and the tree of the newest checkpoint are the same log. */
  async #extending(organizationId: string, size: number, newest: SignedCheckpoint | undefined, ranges: readonly Range[]) {
    const [smaller, larger] = newest && newest.size < size ? [newest.size, size] : [size, newest?.size ?? size]
    const consistency = consistencyRanges(smaller, larger)
    const hashes = await this.#options.trees.nodes(organizationId, [{ from: 0, to: size }, ...consistency, ...ranges])
    const [root, ...rest] = hashes ?? []
    if (root === undefined) throw await this.#missing(organizationId, size, newest)
    const proof = rest.slice(0, consistency.length)
    if (newest) {
      const [first, second] = newest.size < size ? [newest.root, root] : [root, newest.root]
      if (!verifyConsistency(smaller, larger, first, second, proof)) throw rewritten(organizationId, newest)
    }
    return { root, nodes: rest.slice(consistency.length) }
  }

  /** The tree is behind the log, or the log is shorter than what was signed. */
  async #missing(organizationId: string, size: number, newest: SignedCheckpoint | undefined): Promise<Error> {
    if (newest && newest.size > 0 && (await this.#options.trees.event(organizationId, newest.size)) === undefined) {
      return new LogRewritten(
        `the log of ${organizationId} has lost events: a checkpoint of ${newest.size} was signed on ${dateOf(newest)}, and that event is not there any more`,
      )
    }
    return new TreeBehind(organizationId, Math.max(size, newest?.size ?? 0))
  }

  #isOfToday({ organizationId, note }: SignedCheckpoint): boolean {
    return note.startsWith(`${this.signer(organizationId).name}\n`)
  }

  #sign(organizationId: string, size: number, root: Hash): SignedCheckpoint {
    const signer = this.signer(organizationId)
    const note = signCheckpoint({ origin: signer.name, size, root }, signer)
    return { organizationId, size, root, note, signedAt: this.#options.now() }
  }

  /** The log gave an event back that is not the one in the tree. The tree is as it was, so that checkpoints are still signed. */
  noteChangedEvent(organizationId: string, problem: LogRewritten): void {
    this.#note(this.#changedEvents, organizationId, problem)
  }
  #note(problems: Map<string, LogRewritten>, organizationId: string, problem: LogRewritten): void {
    const isNews = problems.get(organizationId)?.message !== problem.message
    problems.set(organizationId, problem)
    if (isNews) this.#options.onRewritten?.(organizationId, problem)
  }
  /** What is wrong with an organization's log; undefined when all is well. */
  problem(organizationId: string): string | undefined {
    return (this.#rewritten.get(organizationId) ?? this.#changedEvents.get(organizationId))?.message
  }
  /** Organizations with whose log something is wrong. */
  countProblems(): number {
    return new Set([...this.#rewritten.keys(), ...this.#changedEvents.keys()]).size
  }

  newest(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#options.kept.newest(organizationId)
  }
  newestPublished(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#options.kept.newestPublished(organizationId)
  }
  page(organizationId: string, page: { readonly below: number; readonly limit: number }): Promise<readonly KeptCheckpoint[]> {
    return this.#options.kept.page(organizationId, page)
  }
  count(organizationId: string): Promise<number> {
    return this.#options.kept.count(organizationId)
  }
}

function rewritten(organizationId: string, signed: SignedCheckpoint): LogRewritten {
  return new LogRewritten(
    `the log of ${organizationId} is not the one of the checkpoint of ${signed.size} events that was signed on ${dateOf(signed)}: its past was changed`,
  )
}

function dateOf({ signedAt }: SignedCheckpoint): string {
  return new Date(signedAt).toISOString()
}
