/** Reading from KurrentDB, page by page and always from its leader, because refusals are decided on what was read. */
import type { KurrentDBClient } from "@kurrent/kurrentdb-client"
import type { Position, RecordedEvent, Revision } from "./event-store"
import { type Limits, persistently, Told, within } from "./kurrentdb-calls"
import type { KurrentConnection } from "./kurrentdb-connection"
import { fromRaw, type Place, type RawRecord, toPosition } from "./kurrentdb-events"

/** Some events name thousands of people. Bytes of JSON after which a page ends. */
const PAGE_BYTES = 4_000_000

export interface Page {
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
type Read = (client: KurrentDBClient) => unknown

export class Pages {
  constructor(
    private readonly connection: KurrentConnection,
    private readonly prefix: string,
    private readonly limits: Limits,
    /** Aborted when the store is closed. */
    private readonly closed: AbortSignal,
  ) {}

  /** Events of one stream after a revision of ours; a stream that is not there has none. */
  async ofStream(stream: string, after: Revision, limit: number): Promise<Page> {
    const options = { ...this.#options(limit), fromRevision: BigInt(after) }
    try {
      const read: Read = (client) => client.rustClient.readStream(this.prefix + stream, options)
      return this.#parsed(await this.#persistently(read, limit, this.limits, this.closed))
    } catch (error) {
      if (error instanceof Told && error.meaning.kind === "no such stream") return { events: [], more: false }
      throw readFault(error)
    }
  }

  /** Our events of the whole store after a position, which lies at or before the place. `once`: one attempt is enough. */
  async ofStore(place: Place | "start", position: Position, limit: number, signal: AbortSignal, once?: "once"): Promise<Page> {
    // A read begins with the event at the place itself.
    const options = { ...this.#options(limit + 1), fromPosition: place, filter: this.#filter() }
    const limits = once ? { ...this.limits, retryMs: 0 } : this.limits
    try {
      const { events, more } = this.#parsed(
        await this.#persistently((client) => client.rustClient.readAll(options), limit + 1, limits, signal),
      )
      return { events: events.filter((event) => event.position > position), more }
    } catch (error) {
      throw readFault(error)
    }
  }

  /** @throws Told | Unanswered when nothing can be read */
  async tryAccess(): Promise<void> {
    const options = { ...this.#options(1), direction: "backwards", fromPosition: "end" }
    await this.#persistently((client) => client.rustClient.readAll(options), 1, this.limits, this.closed)
  }

  /**
   * The position of our newest event. The server looks for it from the end of its log, past everything of others, which
   * may take longer than we wait; that is no reason to give up a client.
   */
  async newest(): Promise<Position | undefined> {
    const options = { ...this.#options(1), direction: "backwards", fromPosition: "end", filter: this.#filter() }
    const { records } = await within(this.limits.callMs, readPage(this.connection.client.rustClient.readAll(options), 1))
    return records[0] && toPosition(records[0].position?.commit)
  }

  #persistently(read: Read, limit: number, limits: Limits, signal: AbortSignal): Promise<RawPage> {
    return persistently(this.connection, limits, signal, (client) => readPage(read(client), limit))
  }

  #parsed({ records, more }: RawPage): Page {
    return { events: records.map((record) => fromRaw(record, this.prefix)), more }
  }

  #filter() {
    return { filterOn: "streamName" as const, prefixes: [this.prefix] }
  }

  #options(count: number) {
    const { credentials } = this.connection.settings
    return {
      direction: "forwards",
      maxCount: BigInt(count),
      requiresLeader: true,
      resolvesLink: false,
      ...(credentials ? { credentials } : {}),
    }
  }
}

/**
 * Records up to about `PAGE_BYTES`, at least one. As bytes, because the client's own `readAll` parses them before
 * anybody knows how many there are, and gives one event at a time.
 */
async function readPage(found: unknown, limit: number): Promise<RawPage> {
  const records: RawRecord[] = []
  let bytes = 0
  // Its types say that it gives events where it gives arrays of them.
  for await (const chunk of found as AsyncIterable<readonly RawResolved[]>) {
    for (const { event } of chunk) {
      if (event === undefined) continue
      records.push(event)
      bytes += event.data.length + event.metadata.length
      if (bytes > PAGE_BYTES) return { records, more: true }
    }
  }
  return { records, more: records.length >= limit }
}

function readFault(error: unknown): unknown {
  if (!(error instanceof Told)) return error
  const { meaning, cause } = error
  return new Error(`the event log in KurrentDB cannot be read: ${"problem" in meaning ? meaning.problem : meaning.kind}`, { cause })
}
