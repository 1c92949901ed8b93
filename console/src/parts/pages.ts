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
  /** Reads the next page, if there is one and it is not on its way. */
  readonly more: () => void
  /** Reads again what is shown, keeping it until the new rows are there. */
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
  /** What is on its way; an answer to anything older is thrown away. */
  const running = useRef<object>(undefined)
  const latest = useRef({ query, variables, pick, read })
  latest.current = { query, variables, pick, read }

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

  const readFrom = useCallback(
    async (before: Read<Row> | undefined, atLeast: number, below?: Read<Row>) => {
      const run = {}
      running.current = run
      let rows = before?.rows ?? []
      let page: Read<Row> | undefined = before
      do {
        const next = await fetchPage(page?.end)
        if (running.current !== run) return
        if ("graphQLErrors" in next) {
          running.current = undefined
          setError(next)
          return
        }
        rows = [...rows, ...next.rows]
        page = { ...next, rows }
      } while (page.end !== undefined && rows.length < atLeast)
      running.current = undefined
      setError(undefined)
      setRead(below ? joined(page, below) : page)
    },
    [fetchPage],
  )

  const key = JSON.stringify(variables)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query or other variables are what begins anew.
  useEffect(() => {
    setRead(undefined)
    setError(undefined)
    void readFrom(undefined, 1)
    return () => {
      running.current = undefined
    }
  }, [key, query, readFrom])

  const more = useCallback(() => {
    const { read: now } = latest.current
    if (now?.end !== undefined && running.current === undefined) void readFrom(now, now.rows.length + 1)
  }, [readFrom])
  const reload = useCallback(() => {
    const { read: shown } = latest.current
    void readFrom(undefined, Math.min(shown?.rows.length ?? 0, REREAD_PAGES * PAGE_ROWS), shown)
  }, [readFrom])

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
