/** Our events as KurrentDB keeps them: data and metadata are JSON texts, revisions count from 0, positions are bytes of its log. */
import type { JSONEventData, ResolvedEvent } from "@kurrent/kurrentdb-client"
import type { EncodedEvent } from "./encoding"
import type { Position, RecordedEvent } from "./event-store"

/** An exact place in the log, as the server named it. What lies up to it, itself included, has been seen. */
export interface Place {
  readonly commit: bigint
  readonly prepare: bigint
}

/** One record as the reading half of the client gives it: bytes. */
export interface RawRecord {
  readonly streamId: string
  readonly id: string
  readonly type: string
  readonly revision: bigint
  readonly data: Uint8Array
  readonly metadata: Uint8Array
  readonly position?: Place
}

type Recorded = NonNullable<ResolvedEvent["event"]>

export function proposed({ id, type, data, metadata }: EncodedEvent): JSONEventData {
  return {
    id,
    type,
    contentType: "application/json",
    data: JSON.parse(data), // The client makes a text of it again.
    // Bytes go as they are. It must be a Uint8Array itself: of a Buffer, the client would make JSON.
    metadata: new Uint8Array(Buffer.from(metadata)),
  }
}

export function fromRaw(record: RawRecord, prefix: string): RecordedEvent {
  const where = `${record.revision}@${record.streamId}`
  const parse = (bytes: Uint8Array): unknown => {
    try {
      return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString())
    } catch {
      return undefined
    }
  }
  return recorded(record, parse(record.data), parse(record.metadata), where, prefix)
}

/** What a subscription brings is parsed already; text that is no JSON comes as that text. */
export function fromClient(record: Recorded, prefix: string): RecordedEvent {
  return recorded(record, record.data, record.metadata, `${record.revision}@${record.streamId}`, prefix)
}

function recorded(
  { streamId, id, type, revision, position }: Pick<RawRecord, "streamId" | "id" | "type" | "revision" | "position">,
  data: unknown,
  metadata: unknown,
  where: string,
  prefix: string,
): RecordedEvent {
  if (!isObject(data) || !isObject(metadata)) {
    throw new Error(`the event ${where} in KurrentDB was not written by Seatledger: its data and metadata are not JSON objects`)
  }
  return {
    id,
    type,
    data,
    // Ours, as it was written: nobody else writes to streams with this prefix.
    metadata: metadata as RecordedEvent["metadata"],
    stream: streamId.slice(prefix.length),
    revision: Number(revision) + 1,
    position: toPosition(position?.commit),
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value)

/** The server's word for "none", as unsigned number. */
const NONE = (1n << 64n) - 1n

/**
 * Commit and prepare position are the same for everything written since version 5, and every event has its own, also
 * within one append. So one number is enough, and an event's number leads back to its exact place.
 * A checkpoint is no event's place: it may name the byte behind one, which is where the next event will begin, and its
 * number would skip that event. Checkpoints therefore never become positions.
 */
export function toPosition(commit: bigint | undefined): Position {
  if (commit === undefined || commit === NONE) {
    throw new Error("this KurrentDB server does not tell where in its log an event of a stream lies: version 22.10 or later is needed")
  }
  const position = Number(commit)
  if (!Number.isSafeInteger(position) || position <= 0) {
    throw new Error(
      `position ${commit} of KurrentDB's log cannot be held: Seatledger counts from 1 to 2^53 - 1, which is 9 petabytes of log`,
    )
  }
  return position
}

export function placeOf(position: Position): Place {
  return { commit: BigInt(position), prepare: BigInt(position) }
}
