/**
 * The log of the test server: one file order for everything, streams with revisions from 0, and the rules by which
 * KurrentDB takes or refuses an append (`IndexWriter.CheckCommit` of its source, version 25). Several nodes of a test
 * cluster share one.
 */
import { randomUUID } from "node:crypto"

export interface ProposedEvent {
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

export interface LoggedEvent extends ProposedEvent {
  readonly stream: string
  /** From 0. */
  readonly revision: number
  /** Where its record begins in the log: commit and prepare position are the same for every write since version 5. */
  readonly position: bigint
  /** 100-nanosecond ticks since 1970. */
  readonly created: bigint
}

export type Expected = number | "no stream" | "any" | "stream exists"
export type Outcome =
  | { readonly kind: "written"; readonly revision: number; readonly position: bigint }
  /** -1: there is no such stream. */
  | { readonly kind: "wrong"; readonly current: number }
  | { readonly kind: "deleted" }

/** What a record takes beside its texts: about as much as in the real log, and never less than 1. */
const RECORD_OVERHEAD = 118

export class Log {
  readonly events: LoggedEvent[] = []
  readonly #streams = new Map<string, LoggedEvent[]>()
  readonly #places = new Map<string, LoggedEvent>()
  readonly #tombstones = new Set<string>()
  readonly #followers = new Set<() => void>()
  #end: bigint

  /** `startsAt`: an old log, whose first chunks were scavenged away. */
  constructor(startsAt = 0n) {
    this.#end = startsAt
    // A real log begins with events of its own, and goes on writing some.
    this.system("$epoch-information")
  }

  /** Where the next record will begin. */
  get end(): bigint {
    return this.#end
  }

  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): Outcome {
    if (this.#tombstones.has(stream)) return { kind: "deleted" }
    const there = this.#streams.get(stream) ?? []
    const current = there.length - 1
    if (expected === "stream exists" && current < 0) return { kind: "wrong", current }
    if (expected === "any" || expected === "stream exists") return this.#knownIds(stream, current, events) ?? this.#write(stream, events)

    const wanted = expected === "no stream" ? -1 : expected
    if (wanted > current) return { kind: "wrong", current }
    if (wanted === current) return this.#write(stream, events) // ids are not looked at
    const last = there[wanted + events.length]
    const repeated = events.every(({ id }, n) => there[wanted + 1 + n]?.id === id)
    return repeated && last ? { kind: "written", revision: last.revision, position: last.position } : { kind: "wrong", current }
  }

  /** An event of the server itself, or of another application. */
  system(stream: string, type = stream): void {
    const data = Buffer.from("{}")
    this.#write(stream, [{ id: randomUUID(), type, isJson: true, data, metadata: data }])
  }

  stream(name: string): readonly LoggedEvent[] | undefined {
    return this.#streams.get(name)
  }

  isDeleted(stream: string): boolean {
    return this.#tombstones.has(stream)
  }

  /** Deleted for good: neither read nor written any more. */
  tombstone(stream: string): void {
    this.#tombstones.add(stream)
  }

  /** The newest events were never on a majority of the nodes, and the next leader does not have them. */
  lose(count: number): void {
    for (const { id, stream, position } of this.events.splice(-count).reverse()) {
      this.#streams.get(stream)?.pop()
      this.#places.delete(id)
      this.#end = position
    }
  }

  /** Reads of the stream no longer show what stands before a revision, as after its `$tb` was set. */
  truncate(stream: string, before: number): void {
    const there = this.#streams.get(stream) ?? []
    for (let n = 0; n < before; n++) delete there[n]
  }

  /** The index of the first event whose position is not before the given one. */
  indexOf(position: bigint): number {
    let low = 0
    let high = this.events.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.events[middle]?.position ?? 0n) < position) low = middle + 1
      else high = middle
    }
    return low
  }

  /** True where a record begins, or would begin next: nothing else can be read from. */
  isRecord(position: bigint): boolean {
    return position >= this.#end || this.events[this.indexOf(position)]?.position === position
  }

  onAppended(listener: () => void): () => void {
    this.#followers.add(listener)
    return () => this.#followers.delete(listener)
  }

  /** With `any`, the server only knows ids that it has seen lately; here, all of them. */
  #knownIds(stream: string, current: number, events: readonly ProposedEvent[]): Outcome | undefined {
    const places = events.map(({ id }) => this.#places.get(id)).filter((place) => place?.stream === stream)
    if (places.length === 0) return undefined
    const last = places.at(-1)
    return places.length === events.length && last
      ? { kind: "written", revision: last.revision, position: last.position }
      : { kind: "wrong", current }
  }

  #write(stream: string, events: readonly ProposedEvent[]): Outcome {
    const there = this.#streams.get(stream) ?? []
    this.#streams.set(stream, there)
    const created = BigInt(Date.now()) * 10_000n
    for (const event of events) {
      const logged: LoggedEvent = { ...event, stream, revision: there.length, position: this.#end, created }
      there.push(logged)
      this.events.push(logged)
      this.#places.set(event.id, logged)
      this.#end += BigInt(RECORD_OVERHEAD + stream.length + event.type.length + event.data.length + event.metadata.length)
    }
    for (const follower of [...this.#followers]) follower()
    const last = there.at(-1)
    return { kind: "written", revision: there.length - 1, position: last?.position ?? this.#end }
  }
}
