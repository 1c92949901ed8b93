/** Signs the logs that have grown, at an interval, and brings the checkpoints to whoever keeps them. */
import type { Checkpoints } from "./checkpoints"
import { type Destination, HeldByAnother } from "./destination"
import { LogRewritten, type LogTrees, TreeBehind } from "./log-tree"
import type { SignedCheckpoints } from "./signed-checkpoints"

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
    /** Whoever keeps the checkpoints has another one of the same size: somebody has to find out why. */
    readonly conflict?: (error: HeldByAnother) => void
  }
}

/** How often it looks which logs are due. */
const LOOK_MS = 30_000
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000
/** Checkpoints of one organization that are published in one go. */
const AT_ONCE = 100
/** Organizations whose checkpoints may fail in one go. */
const FAILURES_AT_ONCE = 3

export class Publisher {
  readonly #options: PublisherOptions
  /** By organization. */
  readonly #retries = new Map<string, { readonly failures: number; readonly at: number }>()
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
    try {
      await this.#publish()
    } catch (error) {
      this.#options.observe?.failed?.(error, LOOK_MS)
    }
  }

  async #sign(): Promise<void> {
    const { trees, kept, everyMs, now } = this.#options
    const organizations = await trees.organizations()
    const last = await kept.lastScheduled(organizations)
    for (const organizationId of organizations) {
      if (this.#closed) return
      if (now() - (last.get(organizationId) ?? Number.NEGATIVE_INFINITY) < everyMs) continue
      await this.#signOne(organizationId)
    }
  }

  async #signOne(organizationId: string): Promise<void> {
    const { trees, checkpoints, kept, destination, now } = this.#options
    const size = await trees.size(organizationId)
    const newest = await kept.newest(organizationId)
    if (size === 0 && newest === undefined) return
    try {
      // A log that has not grown is looked at all the same: its past may have been changed.
      const checkpoint = await checkpoints.at(organizationId, Math.max(size, newest?.size ?? 0))
      await kept.schedule(checkpoint, now(), destination !== undefined)
    } catch (error) {
      // Reported by the checkpoints; a tree that is behind is due again at the next look.
      if (!(error instanceof LogRewritten || error instanceof TreeBehind)) throw error
    }
  }

  /**
   * One that cannot be published holds up those after it of its own organization, and no other. One that conflicts holds up none:
   * each of those after it says all that it said. While it is the newest one it is tried again whenever a checkpoint is due.
   */
  async #publish(): Promise<void> {
    const { destination, kept, now } = this.#options
    if (destination === undefined) return
    let failures = 0
    for (const organizationId of await kept.organizationsToPublish()) {
      // Probably nobody is there: the others need not wait for it too.
      if (this.#closed || failures === FAILURES_AT_ONCE) return
      const retry = this.#retries.get(organizationId)
      if (retry && now() < retry.at) continue
      if (!(await this.#publishOne(organizationId, destination))) failures++
    }
  }

  async #publishOne(organizationId: string, destination: Destination): Promise<boolean> {
    const { kept, now, observe } = this.#options
    for (const checkpoint of await kept.toPublish(organizationId, AT_ONCE)) {
      if (this.#closed) return true
      try {
        await destination.publish(checkpoint)
      } catch (error) {
        if (error instanceof HeldByAnother) {
          this.#retries.delete(organizationId)
          await kept.notToPublish(checkpoint)
          observe?.conflict?.(error)
          continue
        }
        const failures = this.#retries.get(organizationId)?.failures ?? 0
        const retryMs = Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS)
        this.#retries.set(organizationId, { failures: failures + 1, at: now() + retryMs })
        observe?.failed?.(error, retryMs)
        return false
      }
      this.#retries.delete(organizationId)
      await kept.published(checkpoint, now())
      observe?.published?.()
    }
    return true
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
