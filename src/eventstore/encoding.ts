/**
 * What every adapter stores of an event: JSON texts, checked once at this door. Whatever passes comes back as it went
 * in; a value that JSON would change silently (NaN, a date, a map, a hole in an array) is refused instead.
 */
import { EventRejected, type NewEvent, type Revision } from "./event-store"

export interface EncodedEvent {
  readonly id: string
  readonly type: string
  /** JSON. */
  readonly data: string
  /** JSON. */
  readonly metadata: string
}

export const MAX_EVENTS_PER_APPEND = 10_000
/** JSON of data and metadata of one event, UTF-8. A change of 100,000 group members is about 3 MB. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024
export const MAX_APPEND_BYTES = 16 * 1024 * 1024

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const STREAM = /^[\w.:-]{1,200}$/
const TYPE = /^\w{1,100}$/

/** The events as text. @throws EventRejected when no store would ever take them. */
export function encode(stream: string, expected: Revision, events: readonly NewEvent[]): readonly EncodedEvent[] {
  const reject = (problem: string): never => {
    throw new EventRejected(stream, problem)
  }
  if (!STREAM.test(stream)) reject("a stream's name has 1 to 200 letters, digits and the characters _ - . :")
  if (!Number.isSafeInteger(expected) || expected < 0) reject(`the expected revision counts events: ${expected} does not`)
  if (events.length === 0) reject("there are no events in it")
  if (events.length > MAX_EVENTS_PER_APPEND) reject(`${events.length} events are more than the ${MAX_EVENTS_PER_APPEND} of one append`)
  if (events.length > 1 && new Set(events.map(({ id }) => id)).size < events.length) reject("two of its events have the same id")

  let appendBytes = 0
  const encoded = events.map((event, index): EncodedEvent => {
    const { id, type } = event
    const where = `event ${index + 1} of ${events.length} (${type})`
    if (!TYPE.test(type)) reject(`event ${index + 1} of ${events.length}: a type has 1 to 100 letters, digits and _`)
    if (!UUID.test(id)) reject(`${where}: the id is not a UUID in small letters: ${JSON.stringify(id)}`)
    const data = jsonOf(event.data) ?? reject(`${where}: data is not a plain JSON object`)
    const metadata = jsonOf(event.metadata) ?? reject(`${where}: metadata is not a plain JSON object`)
    const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata)
    if (bytes > MAX_EVENT_BYTES) reject(`${where}: ${bytes} bytes are more than the ${MAX_EVENT_BYTES} of one event`)
    appendBytes += bytes
    return { id, type, data, metadata }
  })
  if (appendBytes > MAX_APPEND_BYTES) reject(`${appendBytes} bytes are more than the ${MAX_APPEND_BYTES} of one append`)
  return encoded
}

function jsonOf(value: object): string | undefined {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined
  try {
    return isPlain(value) ? JSON.stringify(value) : undefined
  } catch {
    return undefined // A circle: the stack ran out while looking at it.
  }
}

/** Half a character: it has no UTF-8, and so no canonical JSON that could be proved (RFC 8785 §3.2.2.2). */
const LONE_SURROGATE = /\p{Surrogate}/u

/** True when JSON holds the value exactly. A field that is `undefined` is one that is not there. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !LONE_SURROGATE.test(value)
    case "boolean":
      return true
    case "number":
      return Number.isFinite(value)
    case "object":
      break
    default:
      return false
  }
  if (value === null) return true
  // A for loop, because `every` jumps over the holes of an array.
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isPlain(value[index])) return false
    return true
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  for (const key in value) {
    if (LONE_SURROGATE.test(key)) return false
    const field = (value as Record<string, unknown>)[key] // Its own: a plain object inherits nothing that is enumerable.
    if (field !== undefined && !isPlain(field)) return false
  }
  return true
}
