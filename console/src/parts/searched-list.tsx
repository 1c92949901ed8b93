/** A list with a search in the address: the field, how many there are, the rows, and what is said when there are none. */
import { Button, Text } from "@fluentui/react-components"
import type { ReactNode } from "react"
import { useText } from "../texts/texts"
import type { Pages } from "./pages"
import { SearchField } from "./search-field"
import { Failed, Loading, State } from "./states"
import { type Column, type Selection, Table } from "./table"
import { Tools } from "./tools"

interface SearchedListProps<Row> {
  /** What the list is called. */
  readonly label: string
  readonly searchLabel: string
  readonly search: string
  readonly onSearch: (search: string) => void
  /** Said of so many rows. */
  readonly count: (total: number) => string
  readonly pages: Pages<Row>
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  readonly selection?: Selection<Row> | undefined
  /** Beside the search: what is done with those selected. */
  readonly tools?: ReactNode
  /** Between the tools and the rows, when there are any. */
  readonly note?: ReactNode
  /** Instead of rows, while nothing is searched for. */
  readonly empty: { readonly title: string; readonly hint: string }
  readonly noMatch: { readonly title: string; readonly hint: string }
}

export function SearchedList<Row>(props: SearchedListProps<Row>) {
  const { label, searchLabel, search, onSearch, count, pages, columns, keyOf, selection, tools, note, empty, noMatch } = props
  const { rows, totalCount, error, more, reload } = pages
  const t = useText()
  const isEmpty = rows !== undefined && totalCount === 0
  // Where there is nothing there is nothing to look for either.
  if (isEmpty && search === "" && !error) return <State title={empty.title} hint={empty.hint} />
  return (
    <>
      <Tools label={t("people.tools")}>
        <SearchField label={searchLabel} text={search} onSearch={onSearch} />
        {tools}
        <Text role="status">{rows ? count(totalCount) : ""}</Text>
      </Tools>
      {error ? <Failed error={error} retry={reload} /> : null}
      {!rows && !error ? <Loading /> : null}
      {isEmpty && !error ? (
        <State title={noMatch.title} hint={noMatch.hint}>
          <Button onClick={() => onSearch("")}>{t("search.clear")}</Button>
        </State>
      ) : null}
      {rows && totalCount > 0 ? (
        <>
          {note}
          <Table
            label={label}
            columns={columns}
            rows={rows}
            totalCount={totalCount}
            keyOf={keyOf}
            onNearEnd={more}
            {...(selection ? { selection } : {})}
          />
        </>
      ) : null}
    </>
  )
}
