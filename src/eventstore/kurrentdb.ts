/**
 * The event log in KurrentDB (once EventStoreDB): production on a cluster. One of our streams is one of its streams,
 * under a prefix of its own, and `follow` is its `$all`, filtered by that prefix in the server.
 *
 * - Every append names the exact revision, and for exact revisions the server itself recognises a repeat, without a
 *   limit of time, and answers as the first time. So an append without an answer is simply sent again.
 * - It does not look ids up anywhere else: see `NewEvent.id` in the port.
 * - Everything is read from the leader: what is refused is decided on what was read.
 * - A subscription is only the quick way: a follower that waits looks for itself now and then, and whatever a
 *   subscription should have brought and has not, ends it.
 */
import { setTimeout as pause } from "node:timers/promises"
import type { KurrentDBClient } from "@kurrent/kurrentdb-client"
import { type EncodedEvent, encode } from "./encoding"
import {
  type Appended,
  type Batch,
  EventRejected,
  type EventStore,
  type NewEvent,
  OutcomeUnknown,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
  WrongRevision,
} from "./event-store"
import { backoff, type Limits, persistently, Told, Turnstile, Unanswered, within } from "./kurrentdb-calls"
import { connect, type KurrentConnection, readConnectionString } from "./kurrentdb-connection"
import { fromRaw, type Place, placeOf, proposed, type RawRecord, toPosition } from "./kurrentdb-events"
import { Subscription } from "./kurrentdb-subscription"

/** Events of one page. */
const PAGE_EVENTS = 500
/** A stream's first page is small: many readers want the few events of one command (rule 37). */
const FIRST_PAGE_EVENTS = 16
/** Some events name thousands of people. Bytes of JSON after which a page ends. */
const PAGE_BYTES = 4_000_000
/** Messages on the way; see `Turnstile`. */
const MESSAGES_AT_ONCE = 15
/** The client cuts an append into messages of 3 MB; an append counts as one more than that needs. */
const MESSAGE_BYTES = 2_000_000
const PREFIX = /^[\w.:-]{1,40}$/

export interface KurrentOptions {
  /** `kurrentdb://user:password@node1:2113,node2:2113?tlsCAFile=…`, or `kurrentdb+discover://…` */
  readonly url: string
  /** What the names of our streams begin with; nobody else may write to such streams. */
  readonly prefix?: string
  /** `append` throws. */
  readonly readOnly?: boolean
  /** A subscription or a client was given up. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
  readonly limits?: Partial<Limits & Watch>
}

interface Watch {
  /** How often a follower that waits looks for itself, and the head is measured. */
  readonly lookEveryMs: number
  /** How long something that is in the log may take to come through a subscription. */
  readonly graceMs: number
}

const LIMITS: Limits & Watch = { callMs: 5_000, retryMs: 15_000, lookEveryMs: 5_000, graceMs: 1_000 }

/** Opens the log; KurrentDB makes its streams by itself. @throws when no node answers, or when we may not read */
export async function openKurrentEventStore(options: KurrentOptions): Promise<KurrentEventStore> {
  const { url, prefix = "seatledger.", readOnly = false, onFault = () => {}, limits } = options
  if (!PREFIX.test(prefix)) throw new Error(`"${prefix}" is no prefix for streams: 1 to 40 letters, digits and the characters _ - . :`)
  const settings = readConnectionString(url)
  const store = new KurrentEventStore(await connect(settings), { prefix, readOnly, onFault, limits: { ...LIMITS, ...limits } })
  try {
    await store.measureHead()
    return store
  } catch (cause) {
    await store.close()
    if (!(cause instanceof Told)) throw cause
    const hint = settings.withheld ? "; without TLS, the user and password are not sent" : ""
    const problem = "problem" in cause.meaning ? cause.meaning.problem : cause.meaning.kind
    throw new Error(`the event log in KurrentDB at ${settings.shown} cannot be read: ${problem}${hint}`, { cause })
  }
}

export class KurrentEventStore implements EventStore {
  readonly #connection: KurrentConnection
  readonly #prefix: string
  readonly #readOnly: boolean
  readonly #limits: Limits & Watch
  readonly #onFault: (error: Error) => void
  readonly #closed = new AbortController()
  readonly #turnstile = new Turnstile(MESSAGES_AT_ONCE)
  readonly #appending = new Set<Promise<unknown>>()
  #head: Position = START
  #measuring: NodeJS.Timeout | undefined

  constructor(
    connection: KurrentConnection,
    { prefix, readOnly, limits, onFault }: Required<Omit<KurrentOptions, "url" | "limits">> & { readonly limits: Limits & Watch },
  ) {
    this.#connection = connection
    this.#prefix = prefix
    this.#readOnly = readOnly
    this.#limits = limits
    this.#onFault = onFault
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#mustBeOpen()
    if (this.#readOnly) throw new Error(`append to ${stream}: the event log was opened for reading only`)
    const encoded = encode(stream, expected, events)
    const bytes = encoded.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0)
    const appended = this.#turnstile.pass(1 + Math.ceil(bytes / MESSAGE_BYTES), () => this.#append(stream, expected, encoded))
    this.#appending.add(appended)
    try {
      return await appended
    } finally {
      this.#appending.delete(appended)
    }
  }

  async *read(stream: string, after: Revision): AsyncGenerator<readonly RecordedEvent[]> {
    let limit = FIRST_PAGE_EVENTS
    for (let revision = after; ; limit = PAGE_EVENTS) {
      this.#mustBeOpen()
      const { events, more } = await this.#streamPage(stream, revision, limit)
      for (const event of events) {
        revision += 1
        if (event.revision === revision) continue
        throw new Error(`the events ${revision} to ${event.revision - 1} of ${stream} are missing in KurrentDB: was the stream truncated?`)
      }
      if (events.length > 0) yield events
      if (!more) return
    }
  }

  /** Ends when the signal is aborted or the store is closed. To the head only: @throws when KurrentDB does not answer */
  async *follow(after: Position, signal: AbortSignal, end: "head" | "never"): AsyncGenerator<Batch> {
    this.#mustBeOpen()
    const stop = AbortSignal.any([signal, this.#closed.signal])
    if (end === "never") this.#measuring ??= setInterval(() => void this.#keepMeasuring(), this.#limits.lookEveryMs).unref()
    let place: Place | "start" = after === START ? "start" : placeOf(after)
    let position = after
    let live = false
    for (let failures = 0; !stop.aborted; ) {
      let page: Page
      try {
        page = await this.#page(place, position, stop)
      } catch (error) {
        if (stop.aborted) return
        if (end === "head") throw error
        this.#report("cannot be followed; trying again", error)
        await pause(backoff(++failures), undefined, { signal: stop }).catch(() => {})
        continue
      }
      const { events, more } = page
      if (events.length > 0) {
        position = events.at(-1)?.position ?? position
        place = placeOf(position)
        this.#head = Math.max(this.#head, position)
        failures = 0
      }
      if (events.length > 0 || (!live && !more)) yield { events, position, live: !more }
      live = !more
      if (!live) continue
      if (end === "head" || stop.aborted) return

      // At the head. A subscription tells what is new until it ends, for whatever reason; then we look again.
      const subscription = new Subscription(this.#connection, this.#prefix, place, this.#limits.callMs)
      const client = this.#connection.client
      try {
        for (let quiet = false; ; ) {
          const news = await subscription.next(quiet ? this.#limits.graceMs : this.#limits.lookEveryMs, stop)
          if (stop.aborted) return
          if (news) {
            quiet = false
            failures = 0
            place = news.place
            const fresh = news.events.filter((event) => event.position > position)
            if (fresh.length === 0) continue
            position = fresh.at(-1)?.position ?? position
            this.#head = Math.max(this.#head, position)
            // False while appends that this process knows of are still to come.
            live = position >= this.#head
            yield { events: fresh, position, live }
            continue
          }
          if (subscription.over) throw subscription.over
          if (quiet) throw new Error("it brought nothing, although the log has grown")
          quiet = await this.#hasGrown(place, position, stop)
        }
      } catch (error) {
        if (stop.aborted) return
        this.#connection.discard(client)
        this.#report("lost a subscription; going on from the last event", error)
        live = position >= this.#head
        await pause(backoff(failures++), undefined, { signal: stop }).catch(() => {})
      } finally {
        subscription.close()
      }
    }
  }

  /** The position of the newest event that this process has heard of; measured anew every few seconds while it follows. */
  head(): Position {
    return this.#head
  }

  /** Nothing to do: a subscription brings the appends of others as soon as our own. */
  wake(): void {}

  /** Asks the server for the newest event. @throws when it does not answer */
  async measureHead(): Promise<Position> {
    const newest = { ...this.#fromAll("end", 1), direction: "backwards" }
    const { records } = await this.#readRaw(this.#closed.signal, 1, (client) => client.rustClient.readAll(newest))
    const [newestRecord] = records
    if (newestRecord) this.#head = Math.max(this.#head, toPosition(newestRecord.position?.commit))
    return this.#head
  }

  /** Appends on the way are settled first. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    clearInterval(this.#measuring)
    await Promise.allSettled(this.#appending)
    this.#connection.close()
  }

  async #append(stream: string, expected: Revision, events: readonly EncodedEvent[]): Promise<Appended> {
    const { limits, name } = { limits: this.#limits, name: this.#prefix + stream }
    const batch = events.map(proposed)
    try {
      const { nextExpectedRevision, position } = await persistently(this.#connection, limits, this.#closed.signal, (client) =>
        // The deadline is for the server's clock, which may go ahead of ours; ours ends the call.
        client.appendToStream(name, batch, { streamState: expected === 0 ? "no_stream" : BigInt(expected - 1), deadline: 3_600_000 }),
      )
      const revision = Number(nextExpectedRevision) + 1
      if (revision !== expected + events.length) {
        throw new Error(
          `append to ${stream} at revision ${expected}: KurrentDB put it at ${revision}; was the stream deleted and begun anew?`,
        )
      }
      const appended = { revision, position: position ? toPosition(position.commit) : await this.#positionOf(stream, revision) }
      this.#head = Math.max(this.#head, appended.position)
      return appended
    } catch (error) {
      throw this.#outcome(stream, expected, error)
    }
  }

  #outcome(stream: string, expected: Revision, error: unknown): unknown {
    if (!(error instanceof Told)) return error instanceof Unanswered ? new OutcomeUnknown(stream, { cause: error }) : error
    const { meaning, afterSilence, cause } = error
    switch (meaning.kind) {
      case "wrong revision":
        return new WrongRevision(stream, expected, meaning.actual)
      case "rejected":
        return new EventRejected(stream, meaning.problem, { cause })
      case "denied":
      case "no such stream":
        // An attempt before, with another answer or none, may have been let in.
        if (afterSilence) return new OutcomeUnknown(stream, { cause })
        return new Error(`append to ${stream}: ${meaning.kind === "denied" ? meaning.problem : meaning.kind}; nothing was written`, {
          cause,
        })
      default:
        return meaning satisfies never
    }
  }

  /** Where an event lies whose append was answered without it: a repeat of what was moved since. */
  async #positionOf(stream: string, revision: Revision): Promise<Position> {
    const { events } = await this.#streamPage(stream, revision - 1, 1)
    const [event] = events
    if (event === undefined) throw new OutcomeUnknown(stream)
    return event.position
  }

  async #streamPage(stream: string, after: Revision, limit: number): Promise<Page> {
    const page = { ...this.#options("forwards", limit), fromRevision: BigInt(after) }
    try {
      const { records, more } = await this.#readRaw(this.#closed.signal, limit, (client) =>
        client.rustClient.readStream(this.#prefix + stream, page),
      )
      return { events: records.map((record) => fromRaw(record, this.#prefix)), more }
    } catch (error) {
      if (error instanceof Told && error.meaning.kind === "no such stream") return { events: [], more: false }
      throw this.#readFault(error)
    }
  }

  /** The page after a position; the server's reads begin with the event at the place itself. */
  async #page(place: Place | "start", position: Position, signal: AbortSignal, limit = PAGE_EVENTS): Promise<Page> {
    try {
      const { records, more } = await this.#readRaw(signal, limit + 1, (client) =>
        client.rustClient.readAll(this.#fromAll(place, limit + 1)),
      )
      const events = records.map((record) => fromRaw(record, this.#prefix))
      return { events: events.filter((event) => event.position > position), more }
    } catch (error) {
      throw this.#readFault(error)
    }
  }

  /** @throws Told | Unanswered */
  #readRaw(signal: AbortSignal, limit: number, read: (client: KurrentDBClient) => unknown): Promise<RawPage> {
    return persistently(this.#connection, this.#limits, signal, (client) =>
      // Its types say that it gives events where it gives arrays of them.
      readPage(read(client) as AsyncIterable<readonly RawResolved[]>, limit),
    )
  }

  /** True when the log holds an event of ours after the place. */
  async #hasGrown(place: Place | "start", position: Position, signal: AbortSignal): Promise<boolean> {
    return (await this.#page(place, position, signal, 1)).events.length > 0
  }

  #fromAll(fromPosition: Place | "start" | "end", count: number) {
    const filter = { filterOn: "streamName" as const, prefixes: [this.#prefix] }
    return { ...this.#options("forwards", count), fromPosition, filter }
  }

  #options(direction: "forwards" | "backwards", count: number) {
    const { credentials } = this.#connection.settings
    return { direction, maxCount: BigInt(count), requiresLeader: true, resolvesLink: false, ...(credentials ? { credentials } : {}) }
  }

  async #keepMeasuring(): Promise<void> {
    try {
      await within(this.#limits.callMs, this.measureHead())
    } catch {
      // Followers meet the same trouble, and report it.
    }
  }

  #readFault(error: unknown): unknown {
    if (!(error instanceof Told)) return error
    const { meaning, cause } = error
    return new Error(`the event log in KurrentDB cannot be read: ${"problem" in meaning ? meaning.problem : meaning.kind}`, { cause })
  }

  #report(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#onFault(new Error(`the event log in KurrentDB at ${this.#connection.settings.shown} ${what}: ${reason}`))
  }

  #mustBeOpen(): void {
    if (this.#closed.signal.aborted) throw new Error("the event log is closed")
  }
}

interface Page {
  readonly events: readonly RecordedEvent[]
  readonly more: boolean
}
interface RawPage {
  readonly records: readonly RawRecord[]
  readonly more: boolean
}
interface RawResolved {
  readonly event?: RawRecord
}

/**
 * Records up to about `PAGE_BYTES`, at least one. As bytes, because the client's own `readAll` parses them before
 * anybody knows how many there are, and gives one event at a time.
 */
async function readPage(chunks: AsyncIterable<readonly RawResolved[]>, limit: number): Promise<RawPage> {
  const records: RawRecord[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    for (const { event } of chunk) {
      if (event === undefined) continue
      records.push(event)
      bytes += event.data.length + event.metadata.length
      if (bytes > PAGE_BYTES) return { records, more: true }
    }
  }
  return { records, more: records.length >= limit }
}
