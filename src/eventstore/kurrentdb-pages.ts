/** Reading from KurrentDB, page by page and always from its leader, because refusals are decided on what was read. */
import type { KurrentDBClient } from "@kurrent/kurrentdb-client"
import type { Position, RecordedEvent, Revision } from "./event-store"
import { Late, type Limits, persistently, Told, within } from "./kurrentdb-calls"
import type { KurrentConnection } from "./kurrentdb-connection"
import { fromRaw, type Place, type RawRecord, toPosition } from "./kurrentdb-events"

/** Some events name thousands of people. Bytes of JSON after which a page ends. */
const PAGE_BYTES = 4_000_000
/** After a silence, so many times fewer events are asked for. */
const FEWER = 8
/** How often in a row a server that still looks for our newest event may show that it is alive: ten minutes. */
const SIGNS_OF_LIFE = 120

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
/** Waits for the next part of an answer. @throws Late */
type Wait = <T>(answer: Promise<T>) => Promise<T>

/** The server answered, and trying again would bring the same. */
export class Refused extends Error {
  override readonly name = "Refused"
}

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
    const { reading } = this.connection
    let count = limit
    const work = async (client: KurrentDBClient): Promise<RawPage> => {
      const options = { ...this.#options(count), fromRevision: BigInt(after) }
      try {
        return await readPage(client.rustClient.readStream(this.prefix + stream, options), count, this.#inTime)
      } catch (error) {
        // An answer comes in parts of 64 events, which may be large.
        if (error instanceof Late) count = Math.ceil(count / FEWER)
        throw error
      }
    }
    try {
      return this.#parsed(await persistently(reading, this.limits.retryMs, this.closed, work))
    } catch (error) {
      if (error instanceof Told && error.meaning.kind === "no such stream") return { events: [], more: false }
      throw readFault(error)
    }
  }

  /**
   * Our events of the whole store after a position, which lies at or before the place. `once`: one attempt is enough.
   * "nothing yet": the server was silent for as long as it may be. It looks through what others wrote, or it hangs.
   * @throws Refused when the server does not read from there
   */
  async ofStore(
    place: Place | "start",
    position: Position,
    limit: number,
    signal: AbortSignal,
    once?: "once",
  ): Promise<Page | "nothing yet"> {
    // A read begins with the event at the place itself.
    const options = { ...this.#options(limit + 1), fromPosition: place, filter: this.#filter() }
    const { reading } = this.connection
    let isCut = false
    const work = async (client: KurrentDBClient): Promise<RawPage> => {
      const records: RawRecord[] = []
      try {
        return await readPage(client.rustClient.readAll(options), limit + 1, this.#inTime, records)
      } catch (error) {
        if (!(error instanceof Late)) throw error
        reading.discard(client) // A server that only looks through its log loses nothing by that.
        isCut = true
        return { records, more: true }
      }
    }
    try {
      const { events, more } = this.#parsed(await persistently(reading, once ? 0 : this.limits.retryMs, signal, work))
      const news = events.filter((event) => event.position > position)
      return isCut && news.length === 0 ? "nothing yet" : { events: news, more }
    } catch (error) {
      throw readFault(error)
    }
  }

  /**
   * Where the newest record lies, whoever wrote it: found at once, however long the log is.
   * @throws Told | Unanswered when nothing can be read
   */
  async end(once?: "once"): Promise<Place | undefined> {
    const options = { ...this.#options(1), direction: "backwards", fromPosition: "end" }
    const { records } = await persistently(this.connection.reading, once ? 0 : this.limits.retryMs, this.closed, (client) =>
      readPage(client.rustClient.readAll(options), 1, this.#inTime),
    )
    return records[0]?.position
  }

  /**
   * The position of our newest event. The server looks for it from the end of its log, past everything of others, which
   * may take minutes; it may be silent meanwhile, as long as it answers something else.
   */
  async newest(): Promise<Position | undefined> {
    const options = { ...this.#options(1), direction: "backwards", fromPosition: "end", filter: this.#filter() }
    const whileAlive: Wait = async (answer) => {
      for (let signs = 0; ; signs++) {
        try {
          return await this.#inTime(answer)
        } catch (error) {
          if (!(error instanceof Late) || signs === SIGNS_OF_LIFE) throw error
          await this.end("once")
        }
      }
    }
    const { records } = await readPage(this.connection.reading.client.rustClient.readAll(options), 1, whileAlive)
    return records[0] && toPosition(records[0].position?.commit)
  }

  readonly #inTime: Wait = (answer) => within(this.limits.callMs, answer)

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
 * anybody knows how many there are, and gives one event at a time. What came before an error is in `records`.
 */
async function readPage(found: unknown, limit: number, wait: Wait, records: RawRecord[] = []): Promise<RawPage> {
  // Its types say that it gives events where it gives arrays of them.
  const parts = (found as AsyncIterable<readonly RawResolved[]>)[Symbol.asyncIterator]()
  let bytes = 0
  for (;;) {
    const { done, value } = await wait(parts.next())
    if (done) return { records, more: records.length >= limit }
    for (const { event } of value) {
      if (event === undefined) continue
      records.push(event)
      bytes += event.data.length + event.metadata.length
      if (bytes > PAGE_BYTES) return { records, more: true }
    }
  }
}

function readFault(error: unknown): unknown {
  if (!(error instanceof Told)) return error
  const { meaning, cause } = error
  return new Refused(`the event log in KurrentDB cannot be read: ${"problem" in meaning ? meaning.problem : meaning.kind}`, { cause })
}
