/** What stands between the first and the last line of an export. It follows from the header and what is recorded, from nothing else. */
import { nodeHashes } from "../../../projections/proofs/queries"
import type { Part } from "../../audit/export-file"
import type { ExportHeader, ExportKind } from "../../audit/export-format"
import { blocksOf, chosenOf, type NodesOf } from "../../audit/export-history"
import { assignments } from "./assignments"
import { NotShown } from "./bodies"
import { entitlements } from "./entitlements"
import { historyTable } from "./history"
import { seats } from "./seats"
import { partOf, type Sources, type Table } from "./table"
import { usage } from "./usage"

const TABLES: Readonly<Record<ExportKind, Table>> = { history: historyTable, seats, assignments, usage, entitlements }

export function columnsOf({ what, as }: Pick<ExportHeader, "what" | "as">): readonly string[] {
  return as === "csv" ? TABLES[what].columns : []
}

export async function* bodyOf(header: ExportHeader, sources: Sources): AsyncGenerator<Part> {
  if (header.what === "history" && header.as === "jsonl") {
    yield* provenHistory(header, sources)
    return
  }
  const { columns, pages } = TABLES[header.what]
  for await (const rows of pages(header, sources)) yield partOf(rows, header, columns)
}

function provenHistory(header: ExportHeader, { eventStore, readStore }: Sources): AsyncIterable<Part> {
  const { organization, first = 1, filter } = header
  const pages = eventStore.read(`organization-${organization}`, first - 1)
  const nodes: NodesOf = async (ranges) => {
    const hashes = await nodeHashes(readStore, organization, ranges)
    if (!hashes) throw new NotShown(`the Merkle tree of ${organization} has not all leaves of revision ${header.revision}`)
    return hashes
  }
  if (header.proofs === "BLOCKS") return blocksOf(header, pages, nodes)
  return chosenOf(header, pages, ({ data }) => "licenseId" in data && data.licenseId === filter.licenseId, nodes)
}
