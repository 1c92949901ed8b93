/** A connection of the API, page after page: what has been read so far, and the way to read on. */
import { useCallback, useEffect, useRef, useState } from "react"
import { type AnyVariables, type Client, type CombinedError, type TypedDocumentNode, useClient } from "urql"

/** Rows of one request. */
export const PAGE_ROWS = 100
/** After a change so many pages are read again at once; what was read below them stays as it was. */
const REREAD_PAGES = 10
/** So many rows at most are looked for at another place than before. */
const MOST_MOVED = 500

export interface Connection<Row> {
  readonly nodes: readonly Row[]
  readonly totalCount: number
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

export interface Pages<Row> {
  /** Undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined
  readonly totalCount: number
  readonly hasMore: boolean
  readonly error: CombinedError | undefined
  /** Reads the next page, if there is one and nothing is on its way; asked again with the rows that then come, it is. */
  readonly more: () => void
  /** Reads again what is shown, once what is on its way is there, keeping it until the new rows are. */
  readonly reload: () => void
}

interface Read<Row> {
  readonly rows: readonly Row[]
  readonly totalCount: number
  readonly end: string | undefined
}

/**
 * `variables` beside `first` and `after`; other variables begin anew. `pick` finds the connection in the answer, and
 * undefined when what it belongs to does not exist.
 */
export function usePages<Data, Variables extends AnyVariables, Row>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "first" | "after">,
  pick: (data: Data) => Connection<Row> | null | undefined,
): Pages<Row> {
  const client = useClient()
  const [read, setRead] = useState<Read<Row>>()
  const [error, setError] = useState<CombinedError>()
  /** As `read`, also between two drawings. */
  const known = useRef<Read<Row>>(undefined)
  /** What is on its way; an answer to anything older is thrown away. */
  const running = useRef<object>(undefined)
  /** Something has changed since what is on its way was asked for. */
  const isOutdated = useRef(false)
  const latest = useRef({ query, variables, pick })
  latest.current = { query, variables, pick }

  const fetchPage = useCallback(
    async (after: string | undefined): Promise<Read<Row> | CombinedError> => {
      const { query: asked, variables: given, pick: find } = latest.current
      // Every query that is paged takes these two.
      const all = { ...given, first: PAGE_ROWS, ...(after === undefined ? {} : { after }) } as unknown as Variables
      const answer = await client.query(asked, all, { requestPolicy: "network-only" }).toPromise()
      if (answer.error) return answer.error
      const connection = answer.data ? find(answer.data) : undefined
      if (!connection) return { rows: [], totalCount: 0, end: undefined }
      const { nodes, totalCount, pageInfo } = connection
      return { rows: nodes, totalCount, end: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined }
    },
    [client],
  )

  /** Behind `before`, so many rows with those of it, or more. */
  const fetchFrom = useCallback(
    async (before: Read<Row> | undefined, atLeast: number, isLate: () => boolean): Promise<Read<Row> | CombinedError> => {
      let rows = before?.rows ?? []
      let page = before
      do {
        const next = await fetchPage(page?.end)
        if ("graphQLErrors" in next || isLate()) return next
        rows = [...rows, ...next.rows]
        page = { ...next, rows }
      } while (page.end !== undefined && rows.length < atLeast)
      return page
    },
    [fetchPage],
  )

  /**
   * Left out: what is shown is read again. One after the other: what is on its way may not know of a change that has come
   * since, and whoever asks for the same in between is handed that same answer by urql.
   */
  const begin = useCallback(
    async (more?: Read<Row>) => {
      const run = {}
      running.current = run
      const isLate = () => running.current !== run
      let before = more
      do {
        isOutdated.current = false
        const shown = known.current
        const atLeast = before ? before.rows.length + 1 : Math.min(shown?.rows.length ?? 0, REREAD_PAGES * PAGE_ROWS)
        const came = await fetchFrom(before, atLeast, isLate)
        if (isLate()) return
        if ("graphQLErrors" in came) setError(came)
        else {
          known.current = before || !shown ? came : joined(came, shown)
          setRead(known.current)
          setError(undefined)
        }
        before = undefined
      } while (isOutdated.current)
      running.current = undefined
    },
    [fetchFrom],
  )

  const key = JSON.stringify(variables)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query or other variables are what begins anew.
  useEffect(() => {
    known.current = undefined
    setRead(undefined)
    setError(undefined)
    void begin()
    return () => {
      running.current = undefined
    }
  }, [key, query, begin])

  const more = useCallback(() => {
    if (known.current?.end !== undefined && running.current === undefined) void begin(known.current)
  }, [begin])
  const reload = useCallback(() => {
    if (running.current === undefined) void begin()
    else isOutdated.current = true
  }, [begin])

  return { rows: read?.rows, totalCount: read?.totalCount ?? 0, hasMore: read?.end !== undefined, error, more, reload }
}

/** What was read again, and below it what was there before: somebody far down sees no row vanish because of a change elsewhere. */
function joined<Row>(fresh: Read<Row>, before: Read<Row>): Read<Row> {
  const { rows } = fresh
  if (fresh.end === undefined || before.rows.length <= rows.length) return fresh
  const last = JSON.stringify(rows.at(-1))
  const from = Math.max(0, rows.length - MOST_MOVED)
  const joint = before.rows.slice(from, rows.length + MOST_MOVED).findIndex((row) => JSON.stringify(row) === last)
  // Not there any more: then it is read on from here.
  if (joint < 0) return fresh
  return { rows: [...rows, ...before.rows.slice(from + joint + 1)], totalCount: fresh.totalCount, end: before.end }
}

/**
 * Every row of a connection, for what is to be done to all of them.
 * @throws CombinedError
 * @throws the signal's reason, once it says stop
 */
export async function readAllRows<Data, Variables extends AnyVariables, Row>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "first" | "after">,
  pick: (data: Data) => Connection<Row> | null | undefined,
  onRead: (count: number) => void,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  let after: string | undefined
  do {
    signal?.throwIfAborted()
    const all = { ...variables, first: PAGE_ROWS, ...(after === undefined ? {} : { after }) } as unknown as Variables // as above
    const { data, error } = await client.query(query, all, { requestPolicy: "network-only" }).toPromise()
    if (error) throw error
    const connection = data ? pick(data) : undefined
    if (!connection) return rows
    rows.push(...connection.nodes)
    onRead(rows.length)
    after = connection.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? undefined) : undefined
  } while (after !== undefined)
  return rows
}
