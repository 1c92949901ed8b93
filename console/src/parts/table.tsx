/**
 * A table of any length: only the rows in sight are in the document, and pages are read on the way. The elements of
 * HTML tables cannot say that, so the roles are given by hand (biome.json lets this file).
 */
import { Checkbox, makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components"
import { ArrowDown16Regular, ArrowUp16Regular } from "@fluentui/react-icons"
import { useVirtualizer } from "@tanstack/react-virtual"
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react"
import { useText } from "../texts/texts"

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** As in `grid-template-columns`. */
  readonly width: string
  /** No column of its own where the table is narrower than this many pixels: it goes under the row's name. */
  readonly hideBelow?: number
  /** How it stands there: with its title, unless told otherwise; alone; or not at all, because the name's cell says it itself. */
  readonly underName?: "alone" | "never"
  /** `width`: of the table, in pixels. */
  readonly cell: (row: Row, width: number) => ReactNode
  readonly align?: "end"
  /** Present: the title sorts by this column. */
  readonly sort?: { readonly direction: "ascending" | "descending" | "none"; readonly toggle: () => void }
}

export interface Selection<Row> {
  readonly has: (row: Row) => boolean
  readonly toggle: (row: Row) => void
  /** All rows of the filter, read or not. */
  readonly all: "none" | "some" | "all"
  readonly toggleAll: () => void
  /** What a screen reader calls the row's checkbox. */
  readonly nameOf: (row: Row) => string
}

interface TableProps<Row> {
  /** What the table is called. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  /** With holes where nothing has been read yet. */
  readonly rows: readonly (Row | undefined)[]
  /** With those that have not been read yet. */
  readonly totalCount: number
  readonly keyOf: (row: Row) => string
  /** The end of what has been read is near: rows are read one page behind the other. */
  readonly onNearEnd?: () => void
  /** These rows, from one place to another, are in sight. */
  readonly onLook?: (first: number, last: number) => void
  readonly selection?: Selection<Row>
  /** Under all columns of the row; null where there is nothing. */
  readonly detail?: (row: Row) => ReactNode
  /** The element that scrolls; the page's content unless told otherwise. */
  readonly scrollElement?: () => HTMLElement | null
}

const ROW_PX = 48
/** Rows from the end at which the next page is asked for. */
const AHEAD = 40
/**
 * Rows of a list read in that way that have their place before they are read. With a place for all of them, going to the
 * end of a million would ask for ten thousand pages, one after the other.
 */
const PLACES_AHEAD = 1_000

const useStyles = makeStyles({
  table: { position: "relative", minWidth: 0 },
  row: {
    display: "grid",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    boxSizing: "border-box",
    minHeight: `${ROW_PX}px`,
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  body: { position: "relative" },
  // On these backgrounds links stay legible, in the dark too.
  placed: { position: "absolute", top: 0, left: 0, right: 0, ":hover": { backgroundColor: tokens.colorNeutralBackground2Hover } },
  selected: { backgroundColor: tokens.colorBrandBackground2, ":hover": { backgroundColor: tokens.colorBrandBackground2 } },
  head: { position: "sticky", top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1, fontWeight: tokens.fontWeightSemibold },
  cell: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis" },
  under: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    paddingBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
  fact: { minWidth: 0 },
  title: { color: tokens.colorNeutralForeground3, marginRight: tokens.spacingHorizontalXS },
  sorts: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM },
  detail: { minWidth: 0 },
  end: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  sort: {
    padding: 0,
    border: "none",
    backgroundColor: "transparent",
    color: "inherit",
    fontFamily: "inherit",
    fontSize: "inherit",
    cursor: "pointer",
    display: "inline-flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    fontWeight: tokens.fontWeightSemibold,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusSmall },
  },
})

export function Table<Row>({
  label,
  columns,
  rows,
  totalCount,
  keyOf,
  onNearEnd,
  onLook,
  selection,
  detail,
  scrollElement = pageContent,
}: TableProps<Row>) {
  const styles = useStyles()
  const t = useText()
  const table = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const width = useWidth(table)
  const [margin, setMargin] = useState(0)
  const shown = columns.filter(({ hideBelow = 0 }) => width >= hideBelow)
  const hidden = columns.filter((column) => !shown.includes(column))
  const nameKey = (shown.find(({ align }) => align !== "end") ?? shown[0])?.key
  const keys = useRef(keyOf)
  keys.current = keyOf
  // The virtualizer measures every row anew when this function is another one: with each scroll step, were it made here.
  const getItemKey = useCallback(
    (index: number): string => {
      const row = rows[index]
      return row === undefined ? `unread ${index}` : keys.current(row)
    },
    [rows],
  )
  const count = Math.max(totalCount, rows.length)
  const virtual = useVirtualizer({
    count: onNearEnd ? Math.min(count, rows.length + PLACES_AHEAD) : count,
    getScrollElement: scrollElement,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: margin,
    getItemKey,
  })
  // What stands above the rows moves them down within what scrolls; it may change with every render.
  useLayoutEffect(() => {
    const scrolling = scrollElement()
    if (!scrolling || !body.current) return
    const next = Math.round(body.current.getBoundingClientRect().top - scrolling.getBoundingClientRect().top + scrolling.scrollTop)
    if (next !== margin) setMargin(next)
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onLook?.(first, last), [first, last, onLook])
  // Looked at after every reading: rows that came may leave the end near, also the same ones read again.
  useEffect(() => {
    if (last >= rows.length - AHEAD && rows.length < totalCount) onNearEnd?.()
  }, [last, rows, totalCount, onNearEnd])

  const drawn = new Set<unknown>()
  const template = { gridTemplateColumns: [...(selection ? ["2rem"] : []), ...shown.map((column) => column.width)].join(" ") }
  return (
    <div ref={table} role="table" aria-label={label} aria-rowcount={totalCount + 1} className={styles.table}>
      <div role="row" aria-rowindex={1} className={mergeClasses(styles.row, styles.head)} style={template}>
        {selection ? (
          <div role="columnheader">
            <Checkbox
              aria-label={t("table.selectAll")}
              checked={selection.all === "some" ? "mixed" : selection.all === "all"}
              onChange={selection.toggleAll}
            />
          </div>
        ) : null}
        {shown.map(({ key, title, align, sort }) => (
          <div
            key={key}
            role="columnheader"
            aria-sort={sort?.direction}
            className={mergeClasses(styles.cell, align === "end" && styles.end)}
          >
            {key === nameKey && hidden.some((column) => column.sort) ? (
              <span className={styles.sorts}>
                <Title title={title} sort={sort} />
                {hidden.map((column) => (column.sort ? <Title key={column.key} title={column.title} sort={column.sort} /> : null))}
              </span>
            ) : (
              <Title title={title} sort={sort} />
            )}
          </div>
        ))}
      </div>
      <div role="rowgroup" ref={body} className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index]
          // Read in pages while others come and go, somebody may stand at two places for a moment.
          const isTwice = drawn.has(key)
          drawn.add(key)
          const isSelected = row !== undefined && selection?.has(row) === true
          return (
            <div
              key={isTwice ? `${key} ${index}` : key}
              role="row"
              aria-rowindex={index + 2}
              {...(selection ? { "aria-selected": isSelected } : {})}
              data-index={index}
              ref={virtual.measureElement}
              className={mergeClasses(styles.row, styles.placed, isSelected && styles.selected)}
              style={{ ...template, transform: `translateY(${start - margin}px)` }}
            >
              {row === undefined ? (
                <div role="cell" style={{ gridColumn: "1 / -1" }}>
                  <Skeleton aria-label={t("state.loading")}>
                    <SkeletonItem />
                  </Skeleton>
                </div>
              ) : (
                <>
                  {selection ? (
                    <div role="cell">
                      <Checkbox aria-label={selection.nameOf(row)} checked={isSelected} onChange={() => selection.toggle(row)} />
                    </div>
                  ) : null}
                  {shown.map(({ key: column, align, cell }) => (
                    <div key={column} role="cell" className={mergeClasses(styles.cell, align === "end" && styles.end)}>
                      {cell(row, width)}
                      {column === nameKey ? <UnderName row={row} columns={hidden} width={width} /> : null}
                    </div>
                  ))}
                  <Detail of={detail?.(row)} from={selection ? 2 : 1} />
                </>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** @param from the column in which the names begin */
function Detail({ of, from }: { readonly of: ReactNode; readonly from: number }) {
  const styles = useStyles()
  return of ? (
    <div role="cell" className={styles.detail} style={{ gridColumn: `${from} / -1` }}>
      {of}
    </div>
  ) : null
}

function Title<Row>({ title, sort }: Pick<Column<Row>, "title"> & { readonly sort?: Column<Row>["sort"] | undefined }) {
  const styles = useStyles()
  if (!sort) return title
  return (
    <button type="button" className={styles.sort} onClick={sort.toggle}>
      {title}
      {sort.direction === "ascending" ? <ArrowUp16Regular /> : null}
      {sort.direction === "descending" ? <ArrowDown16Regular /> : null}
    </button>
  )
}

/** What has no column of its own in a narrow table. */
function UnderName<Row>({ row, columns, width }: { readonly row: Row; readonly columns: readonly Column<Row>[]; readonly width: number }) {
  const styles = useStyles()
  const facts = columns.flatMap(({ key, title, underName, cell }) => {
    const content = underName === "never" ? null : cell(row, width)
    return content === null || content === undefined || content === "" ? [] : [{ key, title, content, isAlone: underName === "alone" }]
  })
  if (facts.length === 0) return null
  return (
    <div className={styles.under}>
      {facts.map(({ key, title, content, isAlone }) => (
        <span key={key} className={styles.fact}>
          {isAlone ? null : <span className={styles.title}>{title}</span>}
          {content}
        </span>
      ))}
    </div>
  )
}

/** What scrolls under the header. */
export function pageContent(): HTMLElement | null {
  return document.getElementById("content")
}

/** In CSS pixels, as it is now; 0 before the first paint. */
export function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const observed = element.current
    if (!observed) return
    setWidth(observed.clientWidth)
    const observer = new ResizeObserver(() => setWidth(observed.clientWidth))
    observer.observe(observed)
    return () => observer.disconnect()
  }, [element])
  return width
}
