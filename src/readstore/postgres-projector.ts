/**
 * The projector of read models in PostgreSQL: every node stands by for it, and one at a time leads. Which one it is does
 * not matter for what is written, because every batch moves the checkpoint by compare-and-set.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { EventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import { holdersOf, Leadership, leaderOf } from "../postgres/advisory-lock"
import { Listening } from "../postgres/listening"
import { GENERATIONS_CHANNEL, type PostgresGenerations } from "./postgres-generations"
import type { PostgresReadModels } from "./postgres-read-models"
import { rebuildInPostgres } from "./postgres-rebuild"
import { Announcer, shownChannel } from "./postgres-shown"
import type { ProjectionGroup } from "./projection"
import { Projector } from "./projector"
import type { Skips } from "./skips"

/** Building anew in one go is several times as fast as following, and worth its start from here on. */
const BUILD_FROM_EVENTS = 5_000
/** How soon a rebuild by another process is noticed when its notification was missed, and how often the tables are tidied up. */
const LOOK_EVERY_MS = 5_000
const DROP_EVERY_MS = 60_000
/** When somebody held it up. */
const WIPE_AGAIN_MS = 60_000
const TAKEN_WITHIN_MS = 30_000
const LOOK_WHO_HAS_IT_EVERY_MS = 50

export interface PostgresProjectorOptions {
  readonly eventStore: EventLog
  readonly generations: PostgresGenerations
  readonly groups: readonly ProjectionGroup[]
  readonly skips: Skips
  readonly onFault: (error: Error) => void
}

/** What the leader's lock is called: nodes with other projections have tables, and a leader, of their own. */
export function projectorLock(signature: string): string {
  return `projector ${shownChannel(signature)}`
}

/**
 * Until the node that projects, if there is one, uses new tables as well as whoever made them: when nobody does, a node of
 * another version, which tidies up, takes them for abandoned.
 */
export async function takenByProjector(generations: PostgresGenerations, generation: number): Promise<void> {
  const { control, schema } = generations
  for (const end = performance.now() + TAKEN_WITHIN_MS; performance.now() < end; await pause(LOOK_WHO_HAS_IT_EVERY_MS)) {
    if ((await holdersOf(control, generations.lockOf(generation))).length > 1) return
    if ((await leaderOf(control, projectorLock(schema.signature))) === undefined) return
  }
}

export class PostgresProjector {
  readonly #options: PostgresProjectorOptions
  readonly #leadership: Leadership
  readonly #listening: Listening
  /** Another generation may be written or shown, or another node leads. */
  #changed = new AbortController()
  #droppedAt = 0
  #erasedBefore: number | undefined
  #wipeFrom = 0

  constructor(options: PostgresProjectorOptions) {
    const { control, schema } = options.generations
    this.#options = options
    this.#leadership = new Leadership(control)
    this.#listening = new Listening(control)
    this.#listening.to(GENERATIONS_CHANNEL, () => this.#changed.abort())
    this.#leadership.standFor(projectorLock(schema.signature), (lost) => this.#lead(lost))
  }

  /** Another node takes over. Resolves when the batch on the way is written. */
  async close(): Promise<void> {
    await this.#leadership.close()
    await this.#listening.close()
  }

  async #lead(lost: AbortSignal): Promise<void> {
    const { generations, onFault } = this.#options
    lost.addEventListener("abort", () => this.#changed.abort(), { once: true })
    while (!lost.aborted) {
      this.#changed = new AbortController()
      const { written } = await generations.pointer()
      const letGo = await this.#leadership.share(generations.lockOf(written), lost)
      try {
        const readModels = await generations.readModels(written, onFault)
        try {
          if (!(await this.#buildWhenFarBehind(readModels, lost))) await this.#follow(written, readModels, lost)
        } finally {
          await readModels.close()
        }
      } finally {
        letGo()
      }
    }
  }

  /** The first start on a long log, or the first of a version with other projections. */
  async #buildWhenFarBehind(readModels: PostgresReadModels, lost: AbortSignal): Promise<boolean> {
    const { eventStore, generations, groups, skips, onFault } = this.#options
    const positions = await Promise.all(groups.map(({ name }) => readModels.position(name)))
    if (positions.some((position) => position > 0) || eventStore.behind(START) < BUILD_FROM_EVENTS) return false
    try {
      await rebuildInPostgres({ generations, eventStore, groups, skips, signal: lost })
      return true
    } catch (error) {
      // An event that cannot be taken: following the log shows which one, and serves what stands before it.
      if (!lost.aborted) onFault(error instanceof Error ? error : new Error(String(error)))
      return false
    }
  }

  /** Until leadership is lost or another generation is to be written. */
  async #follow(generation: number, readModels: PostgresReadModels, lost: AbortSignal): Promise<void> {
    const { eventStore, generations, groups, skips, onFault } = this.#options
    const announcer = new Announcer(generations.control, shownChannel(generations.schema.signature), generation, (error) =>
      onFault(error instanceof Error ? error : new Error(String(error))),
    )
    const projector: Projector = await Projector.open({
      eventStore,
      readModels,
      groups,
      skips,
      behind: (position) => eventStore.behind(position),
      onShown(shown) {
        const status = projector.status()
        const working = status.filter(({ failure }) => failure === undefined)
        announcer.tell(shown, Math.min(...working.map(({ position }) => position)), working.length === status.length)
      },
      onStatus: () => void readModels.noteFailures(projector.status()).catch(onFault),
    })
    const end = () => void projector.close()
    lost.addEventListener("abort", end, { once: true })
    try {
      if (lost.aborted) return
      if ((await generations.pointer()).shown !== generation) {
        // Readers stay with the old tables until the new ones show as much.
        await projector.catchUp()
        if (!lost.aborted) await generations.show(generation)
      }
      const running = projector.run()
      await Promise.race([running, this.#watch(generation, readModels, lost)])
      await projector.close()
      await running
    } finally {
      lost.removeEventListener("abort", end)
      await projector.close()
    }
  }

  /** Tidies up, until another generation is to be written. */
  async #watch(generation: number, readModels: PostgresReadModels, lost: AbortSignal): Promise<void> {
    const { generations, onFault } = this.#options
    const reported = (error: unknown) => onFault(error instanceof Error ? error : new Error(String(error)))
    this.#erasedBefore = undefined
    while (!lost.aborted) {
      await pause(LOOK_EVERY_MS, undefined, { signal: this.#changed.signal }).catch(() => {})
      if (lost.aborted) return
      this.#changed = new AbortController()
      try {
        if ((await generations.pointer()).written !== generation) return
        await this.#wipe(readModels)
        if (Date.now() - this.#droppedAt < DROP_EVERY_MS) continue
        this.#droppedAt = Date.now()
        await generations.dropUnused()
      } catch (error) {
        reported(error)
      }
    }
  }

  /** At the second look at the earliest, because erasures often come in a row. */
  async #wipe(readModels: PostgresReadModels): Promise<void> {
    const { erased, wiped } = await readModels.erasures()
    const isTime = erased > wiped && erased === this.#erasedBefore && Date.now() >= this.#wipeFrom
    this.#erasedBefore = erased
    if (!isTime) return
    this.#wipeFrom = Date.now() + WIPE_AGAIN_MS
    await readModels.wipeErased()
    this.#wipeFrom = 0
  }
}
