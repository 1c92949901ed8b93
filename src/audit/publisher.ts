/** Signs the logs that have grown, at an interval, and brings the checkpoints to whoever keeps them. */
import type { Checkpoints } from "./checkpoints"
import type { Destination } from "./destination"
import { LogRewritten, type LogTrees, TreeBehind } from "./log-tree"
import type { SignedCheckpoints } from "./sqlite-signed-checkpoints"

export interface PublisherOptions {
  readonly trees: LogTrees
  readonly checkpoints: Checkpoints
  readonly kept: SignedCheckpoints
  /** Undefined: checkpoints are signed and kept here only. */
  readonly destination: Destination | undefined
  /** Between two checkpoints of one organization, in ms; 0: only when somebody asks. */
  readonly everyMs: number
  readonly now: () => number
  readonly observe?: {
    readonly published?: () => void
    /** It is tried again after `retryMs`. */
    readonly failed?: (error: unknown, retryMs: number) => void
  }
}

/** How often it looks which logs are due. */
const LOOK_MS = 30_000
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000
/** Published in one go. */
const AT_ONCE = 100

export class Publisher {
  readonly #options: PublisherOptions
  #failures = 0
  #retryAt = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #closed = false

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  start(): void {
    const { everyMs } = this.#options
    if (everyMs === 0) return
    const look = () => {
      this.#timer = setTimeout(() => void this.run().then(() => !this.#closed && look()), Math.min(LOOK_MS, everyMs)).unref()
    }
    look()
  }

  /** Signs what is due and publishes what waits. Never throws: what failed is reported, and due again. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #run(): Promise<void> {
    try {
      await this.#sign()
    } catch (error) {
      this.#options.observe?.failed?.(error, LOOK_MS)
    }
    await this.#publish()
  }

  async #sign(): Promise<void> {
    const { trees, kept, everyMs, now } = this.#options
    const last = kept.lastScheduled()
    for (const organizationId of await trees.organizations()) {
      if (this.#closed) return
      if (now() - (last.get(organizationId) ?? Number.NEGATIVE_INFINITY) < everyMs) continue
      await this.#signOne(organizationId)
    }
  }

  async #signOne(organizationId: string): Promise<void> {
    const { trees, checkpoints, kept, destination, now } = this.#options
    const size = await trees.size(organizationId)
    const newest = kept.newest(organizationId)
    if (size === 0 && newest === undefined) return
    try {
      // A log that has not grown is looked at all the same: its past may have been changed.
      const checkpoint = await checkpoints.at(organizationId, Math.max(size, newest?.size ?? 0))
      kept.schedule(checkpoint, now(), destination !== undefined)
    } catch (error) {
      // Reported by the checkpoints; a tree that is behind is due again at the next look.
      if (!(error instanceof LogRewritten || error instanceof TreeBehind)) throw error
    }
  }

  async #publish(): Promise<void> {
    const { destination, kept, now, observe } = this.#options
    if (destination === undefined || now() < this.#retryAt) return
    for (const checkpoint of kept.toPublish(AT_ONCE)) {
      if (this.#closed) return
      try {
        await destination.publish(checkpoint)
      } catch (error) {
        const retryMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, LONGEST_RETRY_MS)
        this.#retryAt = now() + retryMs
        observe?.failed?.(error, retryMs)
        return
      }
      this.#failures = 0
      kept.published(checkpoint, now())
      observe?.published?.()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
