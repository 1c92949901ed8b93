/**
 * Follows the event log and keeps the read models up with it. Every batch is one transaction that also moves the
 * checkpoint, by compare-and-set: of two projectors at work by mistake, one writes and the other looks on.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { EventStore, Position, RecordedEvent, Revision } from "../eventstore/event-store"
import { type BatchLimits, batches, LIVE, PoisonEvent, project } from "./batch"
import type { ProjectionStatus } from "./projecting"
import type { ProjectionGroup } from "./projection"
import { Broken, type ReadModels, Unavailable } from "./read-models"
import type { Skips } from "./skips"

export interface ProjectorOptions {
  readonly eventStore: EventStore
  readonly readModels: ReadModels
  readonly groups: readonly ProjectionGroup[]
  readonly skips: Skips
  /** After each batch: the revisions that every group at work now shows, by stream. */
  readonly onShown: (shown: ReadonlyMap<string, Revision>) => void
  /** The state of a group changed: it stopped, went on, or reached the head. */
  readonly onStatus?: () => void
  /** How many events follow a position, where the adapter can tell; the lag is then measured instead of assumed. */
  readonly behind?: (position: Position) => number
  readonly limits?: BatchLimits
}

/** How long to wait before trying again: grows from the first to the last. */
const RETRY_MS = [10, 50, 200, 1_000, 5_000]
/** How soon a stopped group notices that an operator skipped its event. */
const LOOK_FOR_SKIPS_MS = 1_000

class Group {
  /** The checkpoint as stored. */
  position: Position
  /** The last position of the log that was read for this group. */
  read: Position
  /** Its checkpoint went back: what is being read now comes too late for it. */
  isBehind = false
  failure: ProjectionStatus["failure"]
  /** Where it stopped. */
  failedAt: Position | undefined
  /** Positions that an operator skipped. */
  skipped: ReadonlySet<Position> = new Set()

  constructor(
    readonly definition: ProjectionGroup,
    position: Position,
  ) {
    this.position = position
    this.read = position
  }

  get name(): string {
    return this.definition.name
  }
}

export class Projector {
  readonly #options: ProjectorOptions
  readonly #groups: readonly Group[]
  readonly #closed = new AbortController()
  /** Aborted when the set of groups at work changes, so that following begins anew. */
  #round = new AbortController()
  #head: Position
  #running: Promise<void> | undefined

  private constructor(options: ProjectorOptions, groups: readonly Group[]) {
    this.#options = options
    this.#groups = groups
    this.#head = Math.max(...groups.map(({ position }) => position))
  }

  /** Takes up the work where the checkpoints stand. */
  static async open(options: ProjectorOptions): Promise<Projector> {
    const opened = options.groups.map(async (group) => new Group(group, await options.readModels.position(group.name)))
    const projector = new Projector(options, await Promise.all(opened))
    await projector.#loadSkips()
    return projector
  }

  /** Runs until closed. Rejects only when the log or the database cannot be used at all. */
  run(): Promise<void> {
    this.#running ??= this.#run()
    return this.#running
  }

  /** Projects up to the head of the log as it is now, and ends. For tests and tools. */
  async catchUp(): Promise<void> {
    const from = this.#start()
    if (from === undefined) return
    for await (const batch of this.#options.eventStore.follow(from, this.#closed.signal, "head")) await this.#take(batch)
  }

  status(): readonly ProjectionStatus[] {
    const { behind = (position) => Math.max(0, this.#head - position) } = this.#options
    return this.#groups.map(({ name, position, read, failure }) => ({
      name,
      position,
      // What was read past the last event of a batch holds nothing of ours.
      lag: behind(Math.max(position, read)),
      ...(failure ? { failure } : {}),
    }))
  }

  /** Resolves when the batch on the way is written. */
  async close(): Promise<void> {
    this.#closed.abort()
    this.#round.abort()
    await this.#running?.catch(() => {})
  }

  async #run(): Promise<void> {
    const watch = setInterval(() => void this.#resumeSkipped().catch(() => {}), LOOK_FOR_SKIPS_MS) // or at the next look
    watch.unref()
    try {
      while (!this.#closed.signal.aborted) {
        this.#round = new AbortController()
        const from = this.#start()
        if (from === undefined) await untilAborted(this.#round.signal)
        else
          for await (const batch of this.#options.eventStore.follow(from, this.#round.signal, "never")) {
            await this.#take(batch)
            if (this.#round.signal.aborted) break
          }
      }
    } finally {
      clearInterval(watch)
    }
  }

  get #atWork(): readonly Group[] {
    return this.#groups.filter(({ failure }) => failure === undefined)
  }

  /** Where to follow from: the groups share one reading of the log, from the one furthest behind. */
  #start(): Position | undefined {
    const atWork = this.#atWork
    for (const group of atWork) group.isBehind = false
    return atWork.length === 0 ? undefined : Math.min(...atWork.map(({ read }) => read))
  }

  async #take({ events, position }: { readonly events: readonly RecordedEvent[]; readonly position: Position }): Promise<void> {
    this.#head = Math.max(this.#head, position)
    for (const group of this.#atWork) {
      if (group.read >= position) continue
      const ahead = events.filter((event) => event.position > group.read)
      for (const batch of batches(ahead, this.#options.limits ?? LIVE)) {
        await this.#apply(group, batch)
        if (group.failure || group.isBehind || this.#closed.signal.aborted) break
      }
      if (this.#closed.signal.aborted) return
      if (group.failure || group.isBehind) this.#round.abort()
      else group.read = Math.max(group.read, position)
    }
    const atWork = this.#atWork
    if (atWork.length === 0) return
    const read = Math.min(...atWork.map((group) => group.read))
    const shown = new Map<string, Revision>()
    for (const event of events) if (event.position <= read) shown.set(event.stream, event.revision)
    if (shown.size > 0) this.#options.onShown(shown)
  }

  /** Writes one batch. Events that another projector wrote meanwhile are passed over. */
  async #apply(group: Group, batch: readonly RecordedEvent[]): Promise<void> {
    for (let attempt = 0; !this.#closed.signal.aborted; attempt++) {
      const events = batch.filter(({ position }) => position > group.position)
      const last = events.at(-1)
      if (last === undefined) return this.#read(group, batch)
      try {
        if (await this.#write(group, events, last.position)) return this.#read(group, batch)
        await this.#lookAgain(group)
      } catch (error) {
        if (error instanceof Broken) throw error
        if (!(error instanceof Unavailable) && !(await this.#lookAgain(group))) {
          if (events.length === 1) return this.#stop(group, events[0] as RecordedEvent, error)
          return this.#oneByOne(group, events)
        }
      }
      if (group.isBehind) return
      await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], undefined, { signal: this.#closed.signal }).catch(() => {})
    }
  }

  async #write(group: Group, events: readonly RecordedEvent[], to: Position): Promise<boolean> {
    const { readModels } = this.#options
    const work = await project(group.definition, events, readModels, ({ position }) => group.skipped.has(position))
    if (!(await readModels.commit(group.name, group.position, to, work))) return false
    group.position = to
    return true
  }

  /**
   * Whether the checkpoint is not where it was left. It is ahead when another projector wrote meanwhile, which a batch that
   * was being worked out may stumble over; and behind when a database that was cut off lost its last commits, which are then
   * read again.
   */
  async #lookAgain(group: Group): Promise<boolean> {
    const stored = await this.#options.readModels.position(group.name).catch((error) => {
      if (error instanceof Unavailable) return group.position
      throw error
    })
    if (stored === group.position) return false
    if (stored < group.position) {
      group.read = stored
      group.isBehind = true
    }
    group.position = stored
    return true
  }

  #read(group: Group, batch: readonly RecordedEvent[]): void {
    group.read = Math.max(group.read, batch.at(-1)?.position ?? 0)
  }

  /** Some event of the batch cannot be taken: what stands before it is, and the group stops at it. */
  async #oneByOne(group: Group, events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      await this.#apply(group, [event])
      if (group.failure || group.isBehind || this.#closed.signal.aborted) return
    }
  }

  #stop(group: Group, event: RecordedEvent, error: unknown): void {
    const cause = error instanceof PoisonEvent ? error.cause : error
    group.failure = {
      eventId: event.id,
      type: event.type,
      stream: event.stream,
      revision: event.revision,
      error: cause instanceof Error ? cause.message : String(cause),
    }
    group.failedAt = event.position
    this.#options.onStatus?.()
  }

  async #loadSkips(): Promise<void> {
    const skips = await this.#options.skips.all()
    for (const group of this.#groups) {
      group.skipped = new Set(skips.filter(({ name }) => name === group.name).map(({ position }) => position))
    }
  }

  async #resumeSkipped(): Promise<void> {
    if (this.#groups.every(({ failure }) => failure === undefined)) return
    await this.#loadSkips()
    for (const group of this.#groups) {
      if (group.failedAt === undefined || !group.skipped.has(group.failedAt)) continue
      group.failure = undefined
      group.failedAt = undefined
      this.#round.abort()
      this.#options.onStatus?.()
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
