/** Fills empty read models from the log, many events at a time: nobody reads them yet. */
import type { EventStore, Position, RecordedEvent } from "../eventstore/event-store"
import { type BatchLimits, batches, project } from "./batch"
import type { ProjectionGroup } from "./projection"
import type { ReadModels } from "./read-models"
import type { Skips } from "./skips"

export interface BuildSource {
  readonly eventStore: EventStore
  readonly groups: readonly ProjectionGroup[]
  readonly skips: Skips
  readonly signal?: AbortSignal
  /** Events read so far. */
  readonly onProgress?: (done: number) => void
}

/** Larger than while serving: a page that many rows touch is then written once. About 100 MB at work. */
const BULK: BatchLimits = { events: 20_000, rows: 100_000 }

/**
 * Projects everything up to the head of the log, or for each group up to a position.
 * @throws PoisonEvent at the first event that a group cannot take
 */
export async function build(
  readModels: ReadModels,
  { eventStore, groups, skips, signal = new AbortController().signal, onProgress = () => {} }: BuildSource,
  upTo: (group: string) => Position = () => Number.POSITIVE_INFINITY,
): Promise<void> {
  const skipped = await skips.all()
  let waiting: RecordedEvent[] = []
  let done = 0

  const writeGroup = async (group: ProjectionGroup, events: readonly RecordedEvent[]) => {
    const positions = new Set(skipped.filter(({ name }) => name === group.name).map(({ position }) => position))
    const limit = upTo(group.name)
    const wanted = (events.at(-1)?.position ?? 0) <= limit ? events : events.filter(({ position }) => position <= limit)
    const last = wanted.at(-1)
    if (last === undefined) return
    const work = await project(group, wanted, readModels, ({ position }) => positions.has(position))
    if (!(await readModels.commit(group.name, await readModels.position(group.name), last.position, work))) {
      throw new Error(`somebody else writes the ${group.name} read models that are being built`)
    }
  }
  // Groups share no tables, and each goes at its own pace, a batch ahead of the slowest at most: so a database elsewhere
  // writes what one has made while another is being worked out.
  const running = groups.map(() => Promise.resolve())
  let before: Promise<void> = Promise.resolve()
  const write = async (events: readonly RecordedEvent[]) => {
    groups.forEach((group, n) => {
      running[n] = quiet((running[n] as Promise<void>).then(() => writeGroup(group, events))) // one for each group
    })
    const written = quiet(
      Promise.all(running).then(() => {
        done += events.length
        onProgress(done)
      }),
    )
    await before
    before = written
  }

  const from = Math.min(...(await Promise.all(groups.map(({ name }) => readModels.position(name)))))
  const end = Math.max(...groups.map(({ name }) => upTo(name)))
  for await (const batch of eventStore.follow(from, signal, "head")) {
    // Adding one by one: a spread of a long page would overflow the stack.
    for (const event of batch.events) waiting.push(event)
    if (waiting.length < BULK.events) continue
    const ready = [...batches(waiting, BULK)]
    waiting = []
    for (const events of ready) await write(events)
    if (batch.position >= end) break
  }
  signal.throwIfAborted()
  for (const events of batches(waiting, BULK)) await write(events)
  await before
}

/** What fails is told to whoever waits for it, which may be a little later. */
function quiet(work: Promise<void>): Promise<void> {
  work.catch(() => {})
  return work
}
