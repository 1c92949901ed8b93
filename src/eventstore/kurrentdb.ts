/**
 * The event log in KurrentDB (once EventStoreDB): production on a cluster. One of our streams is one of its streams,
 * under a prefix of its own, and `follow` is its `$all`, filtered by that prefix in the server.
 *
 * - Every append names the exact revision, and for exact revisions the server itself recognises a repeat, without a
 *   limit of time, and answers as the first time. So an append without an answer is simply sent again.
 * - It does not look ids up anywhere else: see `NewEvent.id` in the port.
 * - Everything is read from the leader: what is refused is decided on what was read.
 */
import { setMaxListeners } from "node:events"
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
  WrongRevision,
} from "./event-store"
import { Late, type Limits, persistently, Told, Turnstile, Unanswered, within } from "./kurrentdb-calls"
import { type ConnectionSettings, connect, type KurrentConnection, readConnectionString } from "./kurrentdb-connection"
import { proposed, toPosition } from "./kurrentdb-events"
import { follow, type Watch } from "./kurrentdb-follow"
import { Head, type HeadLimits } from "./kurrentdb-head"
import { Pages } from "./kurrentdb-pages"

/** Events of one page. */
const PAGE_EVENTS = 500
/** A stream's first page is small: many readers want the few events of one command (rule 37). */
const FIRST_PAGE_EVENTS = 16
/** Messages on the way; see `Turnstile`. */
const MESSAGES_AT_ONCE = 15
/** Characters that count as one message: the client cuts an append into messages of up to 3 MB. */
const MESSAGE_CHARACTERS = 1_000_000
/** What an event of ours takes in its log, in bytes, as long as nothing was read that tells. */
const EVENT_BYTES = 1_000
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
  readonly limits?: Partial<AllLimits>
}

type AllLimits = Limits & Watch & HeadLimits
const LIMITS: AllLimits = { callMs: 5_000, retryMs: 15_000, lookEveryMs: 5_000, graceMs: 1_000, trustMs: 30_000 }

/** Opens the log; KurrentDB makes its streams by itself. @throws when no node answers, or when we may not read */
export async function openKurrentEventStore(options: KurrentOptions): Promise<KurrentEventStore> {
  const { url, prefix = "seatledger.", readOnly = false, onFault = () => {}, limits } = options
  if (!PREFIX.test(prefix)) throw new Error(`"${prefix}" is no prefix for streams: 1 to 40 letters, digits and the characters _ - . :`)
  const settings = readConnectionString(url)
  const store = new KurrentEventStore(await connect(settings), { prefix, readOnly, onFault, limits: { ...LIMITS, ...limits } })
  try {
    await store.begin()
    return store
  } catch (error) {
    await store.close()
    throw openingFault(settings, error)
  }
}

function openingFault({ shown, withheld }: ConnectionSettings, error: unknown): unknown {
  if (error instanceof Unanswered) return error
  const why =
    error instanceof Told
      ? "problem" in error.meaning
        ? error.meaning.problem
        : error.meaning.kind
      : error instanceof Error
        ? error.message
        : String(error)
  const hint = withheld ? "; without TLS, the user and password are not sent" : ""
  return new Error(`the event log in KurrentDB at ${shown} cannot be used: ${why}${hint}`, { cause: error })
}

export class KurrentEventStore implements EventStore {
  readonly #connection: KurrentConnection
  readonly #prefix: string
  readonly #readOnly: boolean
  readonly #limits: AllLimits
  readonly #onFault: (error: Error) => void
  readonly #closed = new AbortController()
  readonly #pages: Pages
  readonly #turnstile = new Turnstile(MESSAGES_AT_ONCE)
  readonly #appending = new Set<Promise<unknown>>()
  readonly #head: Head
  /** What was followed here: how many events, and over how many bytes of the log, what others write among them. */
  #followed = { events: 0, bytes: 0 }

  constructor(
    connection: KurrentConnection,
    { prefix, readOnly, limits, onFault }: Required<Omit<KurrentOptions, "url" | "limits">> & { readonly limits: AllLimits },
  ) {
    this.#connection = connection
    this.#prefix = prefix
    this.#readOnly = readOnly
    this.#limits = limits
    this.#onFault = onFault
    // Every call that waits to be tried again listens to it meanwhile, and there are more of them than Node takes for a leak.
    setMaxListeners(0, this.#closed.signal)
    this.#pages = new Pages(connection, prefix, limits, this.#closed.signal)
    this.#head = new Head(this.#pages, limits, this.#closed.signal)
  }

  /** Sees whether there is a server that lets us read. @throws Told | Unanswered */
  async begin(): Promise<void> {
    await this.#pages.end()
    // Where it takes longer, it is measured meanwhile.
    await within(this.#limits.callMs, this.#head.measure()).catch(() => {})
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    this.#mustBeOpen()
    if (this.#readOnly) throw new Error(`append to ${stream}: the event log was opened for reading only`)
    const encoded = encode(stream, expected, events)
    const characters = encoded.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0)
    const messages = 1 + Math.floor(characters / MESSAGE_CHARACTERS)
    const { retryMs } = this.#limits
    const end = performance.now() + retryMs
    const appended = this.#turnstile.pass(messages, retryMs, () => this.#append(stream, expected, encoded, end - performance.now()))
    this.#appending.add(appended)
    try {
      return await appended
    } catch (error) {
      if (!(error instanceof Late)) throw error
      throw new Error(`append to ${stream}: KurrentDB at ${this.#connection.settings.shown} takes in nothing just now; nothing was written`)
    } finally {
      this.#appending.delete(appended)
    }
  }

  async *read(stream: string, after: Revision): AsyncGenerator<readonly RecordedEvent[]> {
    let limit = FIRST_PAGE_EVENTS
    for (let revision = after; ; limit = PAGE_EVENTS) {
      this.#mustBeOpen()
      const { events, more } = await this.#pages.ofStream(stream, revision, limit)
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
    if (end === "never") this.#head.keepMeasuring()
    const followed = {
      connection: this.#connection,
      pages: this.#pages,
      prefix: this.#prefix,
      limits: this.#limits,
      heard: (position: Position) => this.#head.heard(position),
      report: (what: string, error: unknown) => this.#report(what, error),
    }
    let from = after
    for await (const batch of follow(followed, after, AbortSignal.any([signal, this.#closed.signal]), end)) {
      this.#followed.events += batch.events.length
      this.#followed.bytes += batch.position - from
      from = batch.position
      yield batch
    }
  }

  /** The position of the newest event that this process has heard of; measured anew every few seconds while it follows. */
  head(): Position {
    return this.#head.position
  }

  newest(): Promise<Position> {
    return this.#head.newest()
  }

  /** Estimated by what an event has taken so far: positions are bytes of a log that others write to as well. */
  behind(position: Position): number {
    this.#head.keepMeasuring()
    if (!this.#head.isKnown) return Number.POSITIVE_INFINITY
    const bytesBehind = this.#head.position - position
    if (bytesBehind <= 0) return 0
    const { events, bytes } = this.#followed
    return Math.max(1, Math.round(bytesBehind / (events > 0 ? bytes / events : EVENT_BYTES)))
  }

  /** Nothing to do: a subscription brings the appends of others as soon as our own. */
  wake(): void {}

  /** Appends on the way are settled first. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return
    this.#closed.abort()
    await Promise.allSettled(this.#appending)
    this.#connection.close()
  }

  async #append(stream: string, expected: Revision, events: readonly EncodedEvent[], retryMs: number): Promise<Appended> {
    const name = this.#prefix + stream
    const batch = events.map(proposed)
    // The deadline is for the server's clock, which may go ahead of ours; ours ends the call.
    const options = { streamState: expected === 0 ? ("no_stream" as const) : BigInt(expected - 1), deadline: 3_600_000 }
    try {
      const { writing } = this.#connection
      const { nextExpectedRevision, position } = await persistently(writing, retryMs, this.#closed.signal, (client) =>
        within(this.#limits.callMs, client.appendToStream(name, batch, options)),
      )
      const revision = Number(nextExpectedRevision) + 1
      if (revision !== expected + events.length) {
        throw new Error(
          `append to ${stream} at revision ${expected}: KurrentDB put it at ${revision}; was the stream deleted and begun anew?`,
        )
      }
      const appended = { revision, position: position ? toPosition(position.commit) : await this.#positionOf(stream, revision) }
      this.#head.heard(appended.position)
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

  /** Where the last event of an append lies that was answered without it: a repeat of one that was moved since. */
  async #positionOf(stream: string, revision: Revision): Promise<Position> {
    const { events } = await this.#pages.ofStream(stream, revision - 1, 1)
    const [event] = events
    if (event === undefined) throw new OutcomeUnknown(stream)
    return event.position
  }

  #report(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#onFault(new Error(`the event log in KurrentDB at ${this.#connection.settings.shown} ${what}: ${reason}`))
  }

  #mustBeOpen(): void {
    if (this.#closed.signal.aborted) throw new Error("the event log is closed")
  }
}
