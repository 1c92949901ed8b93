/**
 * Copies a log into another store: every event with its id, type, data and metadata as they are (the time of an event is
 * part of its metadata), in the order of all streams, so that everything that follows the log comes out the same. What is
 * in the target already is compared first, so a copy that was cut off is gone on with, and a target that holds something
 * else is left alone.
 */
import { setTimeout as pause } from "node:timers/promises"
import { leafHash } from "../audit/leaf"
import { GrowingTree, type Hash } from "../audit/merkle"
import type { EventLog } from "../eventstore/event-log"
import { OutcomeUnknown, type Position, type RecordedEvent, START } from "../eventstore/event-store"
import { MigrationFailed, MigrationRefused } from "./refused"

/** Of one append: KurrentDB takes 1 MiB where nobody allowed it more. An event that is larger alone goes alone. */
const APPEND_EVENTS = 500
const APPEND_CHARACTERS = 400_000
const MAX_RESENDS = 8

export interface CopyProgress {
  readonly phase: "comparing" | "copying" | "verifying"
  readonly done: number
  /** As far as is known. */
  readonly total: number
}
export type OnProgress = (progress: CopyProgress) => void

/** How much of the log the target holds already. */
export interface Common {
  readonly events: number
  /** In the source, of the last of them. */
  readonly position: Position
}

/** @throws MigrationRefused when the target holds other events than the log begins with */
export async function compareLogs(from: EventLog, to: EventLog, onProgress: OnProgress): Promise<Common> {
  const total = to.behind(START)
  const source = eventsOf(from, START)
  let events = 0
  let position = START
  for await (const there of eventsOf(to, START)) {
    const here = (await source.next()).value
    const problem = differenceOf(here, there)
    if (problem !== undefined) {
      throw new MigrationRefused(
        `the target is not empty, and holds something else: its event ${events + 1} (${there.revision}@${there.stream}) ${problem}. ` +
          "Nothing was changed there. Name an empty place with --to.",
      )
    }
    events++
    position = here?.position ?? position
    if (events % 1_000 === 0) onProgress({ phase: "comparing", done: events, total })
  }
  await source.return(undefined)
  onProgress({ phase: "comparing", done: events, total: events })
  return { events, position }
}

/** Appends what comes after the common part, one append after the other. Answers how many events. */
export async function copyEvents(from: EventLog, to: EventLog, common: Common, onProgress: OnProgress): Promise<number> {
  const total = common.events + from.behind(common.position)
  let copied = 0
  let run: RecordedEvent[] = []
  let characters = 0
  const flush = async () => {
    if (run.length === 0) return
    await appendRun(to, run)
    copied += run.length
    onProgress({ phase: "copying", done: common.events + copied, total })
    run = []
    characters = 0
  }
  for await (const event of eventsOf(from, common.position)) {
    const size = JSON.stringify(event.data).length + JSON.stringify(event.metadata).length
    const isFull = run.length === APPEND_EVENTS || characters + size > APPEND_CHARACTERS
    if (isFull || (run.length > 0 && run[0]?.stream !== event.stream)) await flush()
    run.push(event)
    characters += size
  }
  await flush()
  return copied
}

async function appendRun(to: EventLog, run: readonly RecordedEvent[]): Promise<void> {
  const [first] = run
  if (!first) return
  const events = run.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))
  for (let resends = 0; ; resends++) {
    try {
      await to.append(first.stream, first.revision - 1, events)
      return
    } catch (error) {
      if (!(error instanceof OutcomeUnknown) || resends === MAX_RESENDS) throw error
      await pause(50 * 2 ** resends)
    }
  }
}

/** A root that the log must have at this size. */
export interface SignedRoot {
  readonly size: number
  readonly root: Hash
}

export interface Verified {
  readonly events: number
  /** Where the last event lies in the source. */
  readonly position: Position
  /** By stream. */
  readonly roots: ReadonlyMap<string, SignedRoot>
  /** Where in the target lies what lay there in the source: positions are the store's own. */
  readonly translate: (position: Position) => Position
}

/**
 * Compares every event of both logs, and makes the Merkle tree of each stream from the target.
 * @param positions of the source, to be translated
 * @param signed by stream: what was signed once
 * @throws MigrationFailed when anything differs
 */
export async function verifyLogs(
  from: EventLog,
  to: EventLog,
  { positions, signed }: { readonly positions: readonly Position[]; readonly signed: ReadonlyMap<string, SignedRoot> },
  onProgress: OnProgress,
): Promise<Verified> {
  const total = from.behind(START)
  const trees = new Map<string, GrowingTree>()
  const wanted = [...new Set(positions)].sort((a, b) => a - b)
  const places = new Map<Position, Position>()
  let events = 0
  let last = START
  let position = START
  let next = 0
  const target = eventsOf(to, START)
  for await (const here of eventsOf(from, START)) {
    const there = (await target.next()).value
    if (!there) {
      throw new MigrationFailed(
        `the source holds more than the copy, from event ${events + 1} (${here.revision}@${here.stream}) on: stop whoever writes to it, and run it again; ` +
          "it goes on where it stopped",
      )
    }
    const problem = differenceOf(there, here)
    if (problem !== undefined) {
      throw new MigrationFailed(`the copy is not the log: event ${events + 1} (${here.revision}@${here.stream}) of the source ${problem}`)
    }
    for (; (wanted[next] ?? Number.POSITIVE_INFINITY) < here.position; next++) places.set(wanted[next] as Position, last)
    last = there.position
    position = here.position
    if (wanted[next] === here.position) places.set(wanted[next++] as Position, last)
    grow(trees, there, signed)
    events++
    if (events % 1_000 === 0) onProgress({ phase: "verifying", done: events, total })
  }
  onProgress({ phase: "verifying", done: events, total: events })
  for (const position of wanted.slice(next)) places.set(position, last)
  const more = (await target.next()).value
  if (more)
    throw new MigrationFailed(
      `the target holds more than the source, from ${more.revision}@${more.stream} on: stop whoever writes to either of them, and run it again; ` +
        "if the source does not have that event then, begin with an empty place",
    )
  const unreached = [...signed].find(([stream, { size }]) => (trees.get(stream)?.size ?? 0) < size)
  if (unreached)
    throw new MigrationFailed(`a checkpoint of ${unreached[0]} was signed at revision ${unreached[1].size}, which the log does not have`)
  return {
    events,
    position,
    roots: new Map([...trees].map(([stream, tree]) => [stream, { size: tree.size, root: tree.root() }])),
    translate: (position) => {
      const place = places.get(position)
      if (place === undefined) throw new Error(`position ${position} was not asked for`)
      return place
    },
  }
}

function grow(trees: Map<string, GrowingTree>, event: RecordedEvent, signed: ReadonlyMap<string, SignedRoot>): void {
  const tree = trees.get(event.stream) ?? new GrowingTree()
  trees.set(event.stream, tree)
  tree.add(leafHash(event))
  const checkpoint = signed.get(event.stream)
  if (checkpoint?.size === tree.size && !checkpoint.root.equals(tree.root())) {
    throw new MigrationFailed(
      `the log of ${event.stream} is not the one whose checkpoint was signed at revision ${tree.size}: somebody changed the past, or an older copy was put in place`,
    )
  }
}

/** In words that follow the name of the event; undefined: there is none. Positions are the store's own. */
function differenceOf(expected: RecordedEvent | undefined, found: RecordedEvent): string | undefined {
  if (!expected) return "is not in the other log"
  if (expected.stream !== found.stream || expected.revision !== found.revision)
    return `stands where the other log has ${expected.revision}@${expected.stream}`
  if (expected.id !== found.id) return "has another id in the other log"
  if (expected.type !== found.type) return "has another type in the other log"
  if (JSON.stringify(expected.data) !== JSON.stringify(found.data)) return "has other data in the other log"
  if (JSON.stringify(expected.metadata) !== JSON.stringify(found.metadata)) return "has other metadata in the other log"
  return undefined
}

async function* eventsOf(log: EventLog, after: Position): AsyncGenerator<RecordedEvent, undefined> {
  for await (const { events } of log.follow(after, new AbortController().signal, "head")) yield* events
  return undefined
}
