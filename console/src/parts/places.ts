/**
 * A list of any length of which only what is in sight is read: pages by their place, in whichever order somebody looks at
 * them, and those that are out of sight for long are forgotten. (Pages that follow one another: `pages.ts`.)
 */
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { type AnyVariables, type Client, type CombinedError, type OperationResult, type TypedDocumentNode, useClient } from "urql"
import { type Connection, PAGE_ROWS } from "./pages"

/** Rows around those in sight that are read, too. */
const AROUND = 60
/** Requests on their way at once: who drags the scrollbar asks for what is in sight now, not for all that went by. */
const AT_ONCE = 2
/** Pages that are kept; the farthest from what is in sight go first. */
const KEPT = 40

export interface Places<Row> {
  /** By place, with holes where nothing has been read; undefined until the first page is there. */
  readonly rows: readonly (Row | undefined)[] | undefined
  readonly totalCount: number
  readonly error: CombinedError | undefined
  /** These rows, from one place to another, are in sight. */
  readonly look: (first: number, last: number) => void
  /** Reads again what is in sight, keeping it until the new rows are there. */
  readonly reload: () => void
}

interface Kept<Row> {
  readonly pages: ReadonlyMap<number, readonly Row[]>
  readonly totalCount: number
}

/** By query: the first page of a list that is about to be shown. */
const ahead = new WeakMap<object, { readonly client: Client; readonly key: string; readonly answer: Promise<unknown> }>()

/** Asks for the first page while something else is still on its way without which the list cannot be shown. */
export function readAhead<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "first" | "skip">,
): void {
  ahead.set(query, { client, key: JSON.stringify(variables), answer: pageAt(client, query, variables, 0) })
}

/** Something has changed since: then it is asked for again when the list is shown. */
export function forgetAhead<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>): void {
  ahead.delete(query)
}

function pageAt<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "first" | "skip">,
  page: number,
): Promise<OperationResult<Data, Variables>> {
  // Every query that is read by place takes these two.
  const all = { ...variables, first: PAGE_ROWS, skip: page * PAGE_ROWS } as unknown as Variables
  return client.query(query, all, { requestPolicy: "network-only" }).toPromise()
}

/** What was asked for ahead counts once: a moment later it is old. */
function taken<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  key: string,
): Promise<OperationResult<Data, Variables>> | undefined {
  const found = ahead.get(query)
  ahead.delete(query)
  if (found?.client !== client || found.key !== key) return undefined
  return found.answer as Promise<OperationResult<Data, Variables>> // of this query
}

/** `variables` beside `first` and `skip`; other variables begin anew. `pick` finds the connection in the answer. */
export function usePlaces<Data, Variables extends AnyVariables, Row>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "first" | "skip">,
  pick: (data: Data) => Pick<Connection<Row>, "nodes" | "totalCount"> | null | undefined,
): Places<Row> {
  const client = useClient()
  const [kept, setKept] = useState<Kept<Row>>()
  const [error, setError] = useState<CombinedError>()
  const key = JSON.stringify(variables)
  const latest = useRef({ query, variables, pick })
  latest.current = { query, variables, pick }

  // What is read and what is on its way belong to these variables, and go with them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query or other variables begin anew.
  const reading = useMemo(() => {
    let sight = { first: 0, last: 0 }
    let isOver = false
    let reloads = 0
    let total: number | undefined
    const pages = new Map<number, readonly Row[]>()
    /** Read since the last reload, or on their way. */
    const fresh = new Set<number>()
    const running = new Set<number>()

    const next = (): number | undefined => {
      const most = total === undefined ? 0 : Math.max(0, Math.ceil(total / PAGE_ROWS) - 1)
      const from = Math.min(most, Math.floor(Math.max(0, sight.first - AROUND) / PAGE_ROWS))
      const to = Math.min(most, Math.floor((sight.last + AROUND) / PAGE_ROWS))
      const wanted = Array.from({ length: to - from + 1 }, (_, n) => from + n).filter((page) => !fresh.has(page) && !running.has(page))
      // What is in sight comes before what is around it.
      const middle = (sight.first + sight.last) / 2 / PAGE_ROWS - 0.5
      return wanted.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
    }
    /** Whether it came. What did not is asked for again when somebody looks, or presses the button for it. */
    const read = async (page: number): Promise<boolean> => {
      const began = reloads
      running.add(page)
      fresh.add(page)
      const { query: asked, variables: given, pick: find } = latest.current
      const { data, error: problem } = await ((began === 0 && page === 0 && taken(client, asked, key)) ||
        pageAt(client, asked, given, page))
      running.delete(page)
      if (isOver) return false
      // Asked for before somebody changed something, it may be what was before.
      if (problem || began !== reloads) fresh.delete(page)
      if (problem) {
        setError(problem)
        return false
      }
      const connection = data ? find(data) : undefined
      total = connection?.totalCount ?? 0
      pages.set(page, connection?.nodes ?? [])
      forgetFar()
      setError(undefined)
      setKept({ pages: new Map(pages), totalCount: total })
      return true
    }
    const forgetFar = () => {
      const middle = (sight.first + sight.last) / 2 / PAGE_ROWS
      const far = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle)).slice(0, Math.max(0, pages.size - KEPT))
      for (const page of [...far, ...[...pages.keys()].filter((one) => one > 0 && one * PAGE_ROWS >= (total ?? 0))]) {
        pages.delete(page)
        fresh.delete(page)
      }
    }
    const readOn = () => {
      // The first answer says how long the list is.
      while (!isOver && running.size < (total === undefined ? 1 : AT_ONCE)) {
        const page = next()
        if (page === undefined) return
        read(page).then((isRead) => {
          if (isRead) readOn()
        }, console.error)
      }
    }
    return {
      look(first: number, last: number) {
        sight = { first, last }
        readOn()
      },
      reload() {
        reloads++
        fresh.clear()
        // What is out of sight is read again when somebody looks there.
        const [from, to] = [sight.first, sight.last].map((row) => Math.floor(row / PAGE_ROWS))
        for (const page of [...pages.keys()]) if (page < (from ?? 0) || page > (to ?? 0)) pages.delete(page)
        readOn()
      },
      begin() {
        isOver = false
        readOn()
      },
      end() {
        isOver = true
      },
    }
  }, [client, key, query])
  useEffect(() => {
    setKept(undefined)
    setError(undefined)
    reading.begin()
    return reading.end
  }, [reading])

  const rows = useMemo(() => {
    if (!kept) return undefined
    const placed: (Row | undefined)[] = []
    for (const [page, those] of kept.pages) {
      those.forEach((row, n) => {
        placed[page * PAGE_ROWS + n] = row
      })
    }
    return placed
  }, [kept])
  const look = useCallback((first: number, last: number) => reading.look(first, last), [reading])
  return { rows, totalCount: kept?.totalCount ?? 0, error, look, reload: reading.reload }
}
