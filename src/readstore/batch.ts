/** From recorded events to the operations of one batch. Pure but for what it asks of the fetcher. */
import { currentVersion, EVENT_TYPES, upcast } from "../domain/event-versions"
import type { RecordedEvent } from "../eventstore/event-store"
import type { Entry, Envelope, ProjectionGroup, Wants, Work } from "./projection"
import { type Fetcher, UnitOfWork } from "./work"

/** What one transaction may hold: it blocks the writer, and a live batch delays its readers. */
export interface BatchLimits {
  readonly events: number
  /** Row operations, estimated. */
  readonly rows: number
}
export const LIVE: BatchLimits = { events: 500, rows: 5_000 }

/** A handler failed on this event: the group cannot pass it without an operator's decision. */
export class PoisonEvent extends Error {
  override readonly name = "PoisonEvent"
  constructor(
    readonly event: RecordedEvent,
    cause: unknown,
  ) {
    super(`${event.type} at revision ${event.revision} of ${event.stream}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}

/** Splits events into batches within the limits; a single event is never split. */
export function* batches(events: readonly RecordedEvent[], limits: BatchLimits): Iterable<readonly RecordedEvent[]> {
  let start = 0
  let rows = 0
  for (let index = 0; index < events.length; index++) {
    const weight = weightOf(events[index] as RecordedEvent) // within bounds
    if (index > start && (index - start >= limits.events || rows + weight > limits.rows)) {
      yield events.slice(start, index)
      start = index
      rows = 0
    }
    rows += weight
  }
  if (start < events.length) yield start === 0 ? events : events.slice(start)
}

/** Row operations that an event may need: a few, and two for every person in it. */
function weightOf({ data }: RecordedEvent): number {
  const { claims, added, removed } = data as { claims?: unknown; added?: unknown; removed?: unknown }
  return 4 + 2 * (lengthOf(claims) + lengthOf(added) + lengthOf(removed))
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}

/**
 * The operations of these events on the tables of one group.
 * @throws PoisonEvent when a handler fails, and whatever the fetcher throws
 */
export async function project(
  group: ProjectionGroup,
  events: readonly RecordedEvent[],
  fetcher: Fetcher,
  isSkipped: (event: RecordedEvent) => boolean,
): Promise<UnitOfWork> {
  const work = new UnitOfWork()
  const entries: Entry[] = []
  const handled: boolean[] = []
  // The compiler cannot see that handler and entry are of the same type, because the type is looked up.
  forEach(events, (event) => {
    const entry = decode(event)
    entries.push(entry)
    handled.push(isHandled(entry) && !isSkipped(event))
    work.note(entry)
  })
  await group.prepare?.(entries)
  const wanted = work.wanted((wants) =>
    forEach(events, (_, n) => {
      const entry = entries[n] as Entry // one for each event, here and below
      for (const projection of group.projections) {
        if (handled[n]) (projection.needs?.[entry.type] as Need | undefined)?.(entry, wants)
        projection.needsOfEvery?.(entry, wants)
      }
    }),
  )
  if (wanted.rows.length > 0 || wanted.instants.length > 0) work.learn(wanted, await fetcher.fetch(wanted))
  forEach(events, (_, n) => {
    const entry = entries[n] as Entry
    if (handled[n]) for (const projection of group.projections) (projection.on[entry.type] as Handler | undefined)?.(entry, work)
    for (const projection of group.projections) projection.onEvery?.(entry, work)
  })
  return work
}

/** @throws PoisonEvent with the event at which `use` failed */
function forEach(events: readonly RecordedEvent[], use: (event: RecordedEvent, n: number) => void): void {
  let n = 0
  try {
    for (; n < events.length; n++) use(events[n] as RecordedEvent, n) // within bounds, here and below
  } catch (error) {
    throw new PoisonEvent(events[n] as RecordedEvent, error)
  }
}

type Need = (entry: Entry, wants: Wants) => void
type Handler = (entry: Entry, work: Work) => void

/** Looked up once per type: it is asked for several times per event. */
const newestVersions = new Map<string, number>(EVENT_TYPES.map((type) => [type, currentVersion(type)]))

/** A type or version that only a newer program knows is passed over; the decider refuses such a stream. */
function isHandled({ type, metadata }: Pick<RecordedEvent, "type" | "metadata">): boolean {
  return metadata.v <= (newestVersions.get(type) ?? 0)
}

function decode(event: RecordedEvent): Entry {
  const { type, data, metadata, stream } = event
  const entry: Envelope & { data: object } = {
    type,
    data: isHandled(event) ? upcast(type, metadata.v, data) : data,
    recorded: data,
    id: event.id,
    stream,
    organizationId: organizationOf(stream),
    revision: event.revision,
    position: event.position,
    at: millisecondsOf(metadata.recordedAt),
    metadata,
  }
  return entry as Entry // What is stored was checked when it was written; `upcast` answers the current shape.
}

const STREAM_OF_ORGANIZATION = "organization-"
const MOST_STREAMS = 10_000
const organizations = new Map<string, string>()

/** The same text object for the same stream: as the key of many maps it is then found without comparing letters. */
function organizationOf(stream: string): string {
  let organizationId = organizations.get(stream)
  if (organizationId === undefined) {
    organizationId = stream.startsWith(STREAM_OF_ORGANIZATION) ? stream.slice(STREAM_OF_ORGANIZATION.length) : ""
    if (organizations.size >= MOST_STREAMS) organizations.clear()
    organizations.set(stream, organizationId)
  }
  return organizationId
}

let lastTime = { text: "", at: 0 }

/** Many events in a row were recorded at the same time, and reading a date costs more than comparing a text. */
function millisecondsOf(recordedAt: string): number {
  if (recordedAt === lastTime.text) return lastTime.at
  const at = Date.parse(recordedAt)
  if (Number.isNaN(at)) throw new Error(`recordedAt is no time: ${recordedAt}`)
  lastTime = { text: recordedAt, at }
  return at
}
