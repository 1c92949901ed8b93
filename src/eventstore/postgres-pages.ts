/** Pages of the event log in PostgreSQL. */
import type { Queries } from "../postgres/database"
import type { RecordedEvent } from "./event-store"

/** Events of one page. */
export const PAGE_EVENTS = 500
/** Some events name thousands of people. Characters of JSON after which a page ends. */
const PAGE_CHARACTERS = 4_000_000

interface EventRow {
  readonly position: number
  readonly stream: number
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly data: string
  readonly metadata: string
}

export interface Page {
  readonly events: readonly RecordedEvent[]
  /** False: there was nothing behind it. */
  readonly more: boolean
}

export class Pages {
  readonly #queries: Queries
  readonly #names = new Map<number, string>()
  readonly #ids = new Map<string, number>()

  constructor(queries: Queries) {
    this.#queries = queries
  }

  /** Events of the whole log, at least one if there is any. */
  ofLog(after: number): Promise<Page> {
    return this.#page("position > $1", "position", PAGE_EVENTS, [after, PAGE_EVENTS])
  }

  async ofStream(stream: string, after: number, limit: number): Promise<Page> {
    const id = await this.#idOf(stream)
    if (id === undefined) return { events: [], more: false }
    return this.#page("stream = $3 and revision > $1", "revision", limit, [after, limit, id])
  }

  /** Rows up to about `PAGE_CHARACTERS`, at least one; the parameters begin with the place and the limit. */
  async #page(condition: string, order: "position" | "revision", limit: number, params: readonly number[]): Promise<Page> {
    // `characters` is read without the texts, which lie elsewhere when they are long.
    const rows = await this.#queries.rows<EventRow>({
      name: `page by ${order}`,
      text: `
        select e.position, e.stream, e.revision, e.id, e.type, e.data, e.metadata
        from (
          select position, sum(characters) over (order by ${order} rows unbounded preceding) - characters as before
          from event where ${condition} order by ${order} limit $2
        ) page join event e on e.position = page.position
        where page.before <= ${PAGE_CHARACTERS} order by e.${order}`,
      params,
    })
    const names = await this.#namesOf(rows)
    const events = rows.map((row): RecordedEvent => {
      const { id, type, position, revision } = row
      return {
        id,
        type,
        data: JSON.parse(row.data),
        metadata: JSON.parse(row.metadata),
        stream: names(row.stream),
        revision,
        position,
      }
    })
    const characters = rows.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0)
    return { events, more: rows.length === limit || characters > PAGE_CHARACTERS }
  }

  async #namesOf(rows: readonly EventRow[]): Promise<(id: number) => string> {
    const unknown = [...new Set(rows.map(({ stream }) => stream).filter((id) => !this.#names.has(id)))]
    if (unknown.length > 0) {
      const rowsOf = "select id, name from stream where id = any($1::bigint[])"
      for (const { id, name } of await this.#queries.rows<{ id: number; name: string }>(rowsOf, [unknown])) this.#names.set(id, name)
    }
    return (id) => {
      const name = this.#names.get(id)
      if (name === undefined) throw new Error(`the event log names no stream ${id}; the database is damaged`)
      return name
    }
  }

  async #idOf(name: string): Promise<number | undefined> {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const [row] = await this.#queries.rows<{ id: number }>("select id from stream where name = $1", [name])
    if (row) this.#ids.set(name, row.id)
    return row?.id
  }
}
