/** Rows that are selected: some by hand, or all of a filter but some, read or not. */
import { useCallback, useMemo, useState } from "react"

export interface Selected<Row> {
  readonly count: number
  readonly has: (row: Row) => boolean
  readonly all: "none" | "some" | "all"
  readonly toggle: (row: Row) => void
  readonly toggleAll: () => void
  readonly clear: () => void
  /** The selected rows; those not read yet are asked for page by page. `onRead` is told how many are there. */
  readonly rows: (
    readAll: (onRead: (count: number) => void) => Promise<readonly Row[]>,
    onRead?: (count: number) => void,
  ) => Promise<readonly Row[]>
}

interface Kept<Row> {
  /** True: everything is selected but what `marked` holds. */
  readonly isInverse: boolean
  readonly marked: ReadonlyMap<string, Row>
}

/** `totalCount`: of the filter. Change `filter` and nothing is selected any more. */
export function useSelection<Row>(keyOf: (row: Row) => string, totalCount: number, filter: string): Selected<Row> {
  const nothing = useMemo((): Kept<Row> & { filter: string } => ({ isInverse: false, marked: new Map(), filter }), [filter])
  const [state, setState] = useState(nothing)
  const kept = state.filter === filter ? state : nothing
  const count = kept.isInverse ? Math.max(0, totalCount - kept.marked.size) : kept.marked.size
  const has = useCallback((row: Row) => kept.marked.has(keyOf(row)) !== kept.isInverse, [kept, keyOf])
  return {
    count,
    has,
    all: count === 0 ? "none" : count >= totalCount ? "all" : "some",
    toggle(row) {
      const marked = new Map(kept.marked)
      if (!marked.delete(keyOf(row))) marked.set(keyOf(row), row)
      setState({ ...kept, marked })
    },
    toggleAll: () => setState(count > 0 ? nothing : { ...nothing, isInverse: true }),
    clear: () => setState(nothing),
    async rows(readAll, onRead = () => {}) {
      if (!kept.isInverse) return [...kept.marked.values()]
      return (await readAll(onRead)).filter((row) => !kept.marked.has(keyOf(row)))
    },
  }
}
