/**
 * Snapshots of what deciding needs to know of an organization: a cold start reads the newest one and the events after it
 * instead of a million events. A snapshot is never the truth: what cannot be trusted to the last byte is passed over, and
 * the log is read from its beginning.
 */
import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { setImmediate as nextTurn } from "node:timers/promises"
import { promisify } from "node:util"
import { createGzip, gunzip } from "node:zlib"
import type { OrganizationEvent } from "../domain/events"
import { StateReader } from "../domain/organization/read-state"
import type { OrganizationState } from "../domain/organization/state"
import { writeState } from "../domain/organization/write-state"
import { EVOLVE_VERSION } from "../domain/organization/written-state"

export interface Snapshot {
  readonly stream: string
  /** The state after this event. */
  readonly revision: number
  /** Which `evolve` made it. */
  readonly version: number
  /** The event at this revision: that of another log has another id. */
  readonly eventId: string
  /** Of all the rest. */
  readonly checksum: string
  /** Lines of text, gzip. No personal data: see docs/erasure.md. */
  readonly body: Buffer
}

/** The newest snapshot of each stream and version. May lose everything at any time. */
export interface SnapshotStore {
  newest(stream: string, version: number): Promise<Snapshot | undefined>
  /** In the place of the one of the same stream and version; those of earlier versions are dropped. */
  put(snapshot: Snapshot): Promise<void>
  drop(stream: string, version: number): Promise<void>
  /** False when another node is taking one: it need not be done twice. Otherwise `end` is to follow, whatever comes of it. */
  begin(stream: string): Promise<boolean>
  end(stream: string): Promise<void>
  close(): Promise<void>
}

/**
 * What the events behind a snapshot asked of the vault: the revisions of the last event that gave somebody a name or took
 * one, and of the last that erased somebody; 0 for none. A vault that was restored from a backup may not have done it yet.
 */
export interface Asked {
  readonly namesAt: number
  readonly erasedAt: number
}

export interface Folded extends Asked {
  readonly state: OrganizationState
  /** The event at the state's revision. */
  readonly eventId: string
}

/** Reading a snapshot back gives way to others after so many milliseconds. */
const STEP_MS = 5
const NEWLINE = 0x0a
const inflate = promisify(gunzip)

export async function packed(stream: string, { state, eventId, ...asked }: Folded): Promise<Snapshot> {
  const { revision } = state
  const lines = (function* () {
    yield `${JSON.stringify(asked)}\n`
    for (const line of writeState(state)) yield `${line}\n`
  })()
  // Level 1: three times as quick as the usual 6, for a tenth more.
  const body = await buffer(Readable.from(lines, { objectMode: false }).pipe(createGzip({ level: 1 })))
  const content = { stream, revision, version: EVOLVE_VERSION, eventId, body }
  return { ...content, checksum: checksumOf(content) }
}

/** @throws when it is damaged, or written by another version */
export async function unpacked(snapshot: Snapshot): Promise<Folded> {
  if (snapshot.version !== EVOLVE_VERSION) throw new Error(`it is of version ${snapshot.version}, and this is ${EVOLVE_VERSION}`)
  if (snapshot.checksum !== checksumOf(snapshot)) throw new Error("its checksum is wrong: it is damaged")
  const lines = linesOf(await inflate(snapshot.body))
  const asked = JSON.parse(lines.next().value ?? "") as Asked // as it was written: the checksum says so
  const reader = new StateReader()
  let began = performance.now()
  for (const line of lines) {
    reader.line(line)
    if (performance.now() - began < STEP_MS) continue
    await nextTurn()
    began = performance.now()
  }
  const state = reader.done()
  if (state.revision !== snapshot.revision) throw new Error("it holds the state of another revision than it says")
  return { ...asked, state, eventId: snapshot.eventId }
}

export function checksumOf({ stream, revision, version, eventId, body }: Omit<Snapshot, "checksum">): string {
  const heading = JSON.stringify([stream, revision, version, eventId])
  return createHash("sha256").update(`${heading}\n`).update(body).digest("hex")
}

function* linesOf(text: Buffer): Generator<string, undefined> {
  for (let from = 0; from < text.length; ) {
    const to = text.indexOf(NEWLINE, from)
    if (to < 0) return undefined
    yield text.toString("utf8", from, to)
    from = to + 1
  }
  return undefined
}

/** What the vault is asked for when this event follows. */
export function askedBy({ namesAt, erasedAt }: Asked, event: OrganizationEvent): Asked {
  switch (event.type) {
    case "UserErased":
      return { namesAt: event.revision, erasedAt: event.revision }
    case "UserProvisioned":
    case "UserProfileChanged":
    case "UserDeleted":
    case "GroupDeleted":
      return { namesAt: event.revision, erasedAt }
    case "GroupProvisioned":
      return event.data.externalId === undefined ? { namesAt, erasedAt } : { namesAt: event.revision, erasedAt }
    default:
      return { namesAt, erasedAt }
  }
}
