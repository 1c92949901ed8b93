/** What the exports of rows have in common: a list of columns, and rows page by page, the same in every format. */
import type { Moment } from "../../../projections/catalog/moment"
import { type LicenseRow, licenses, licensesByKey } from "../../../projections/licenses/queries"
import { type Cell, csvRecord } from "../../audit/csv"
import type { Part } from "../../audit/export-file"
import { type ExportHeader, rowLine } from "../../audit/export-format"
import type { EventStore } from "../../eventstore/event-store"
import type { ReadStore } from "../../readstore/read-store"
import type { Opener } from "../../vault/vault"

/** What exports are read from. They run in a thread of their own, where every query may take its time. */
export interface Sources {
  readonly eventStore: Pick<EventStore, "read">
  readonly readStore: ReadStore
  readonly vault: Opener
}

/** Names of columns and what stands in them, in their order. Lists become one cell in CSV. */
export type ExportRow = Readonly<Record<string, Cell | readonly ListItem[] | object>>
/** An item of a list, and how it reads in a cell. */
export interface ListItem {
  readonly words: string
  readonly item: object
}

export interface Table {
  readonly columns: readonly string[]
  /** All rows at the header's revision, in an order that is always the same. */
  pages(header: ExportHeader, sources: Sources): AsyncIterable<readonly ExportRow[]>
}

/** Rows that one statement reads. */
export const PAGE_ROWS = 1_000

export function partOf(rows: readonly ExportRow[], { as }: Pick<ExportHeader, "as">, columns: readonly string[]): Part {
  const line =
    as === "csv" ? (row: ExportRow) => csvRecord(columns.map((column) => cellOf(row[column]))) : (row: ExportRow) => rowLine(plain(row))
  return { text: rows.map(line).join(""), lines: rows.length }
}

function cellOf(value: ExportRow[string] | undefined): Cell {
  if (value === undefined) return null
  if (isList(value)) return value.map(({ words }) => words).join("; ")
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value
}

function plain(row: ExportRow): object {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, isList(value) ? value.map(({ item }) => item) : value]))
}

function isList(value: ExportRow[string]): value is readonly ListItem[] {
  return Array.isArray(value)
}

/**
 * The moment of the header. Never as "now", although it may be: then the rows would be those that are open when they are
 * read, and a second reading would find others.
 */
export function momentOf({ organization, revision, recordedAt }: ExportHeader): Moment {
  return { organizationId: organization, revision, instant: recordedAt === null ? 0 : Date.parse(recordedAt), open: false }
}

/** The licenses of the organization at the moment, or the one that is asked for, by the name that the product had when it was registered. */
export async function* licensesOf(
  { filter, ...header }: ExportHeader,
  { readStore }: Pick<Sources, "readStore">,
): AsyncGenerator<LicenseRow> {
  const moment = momentOf({ ...header, filter })
  if (filter.licenseId !== undefined) {
    const [license] = await licensesByKey(readStore, [{ id: filter.licenseId, moment }])
    if (license) yield license
    return
  }
  for (let after: readonly [string, string] | undefined; ; ) {
    const page = await licenses(readStore, moment, { limit: PAGE_ROWS, ...(after && { after }) })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE_ROWS) return
    after = [last.sort_name, last.license_id]
  }
}

export function iso(instant: number): string {
  return new Date(instant).toISOString()
}
