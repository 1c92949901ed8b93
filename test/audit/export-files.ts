/** Exports made in memory, of made-up events: by the code of the server, with a tree and a key of their own. */
import { exportFile, headerLine, type Part } from "../../src/audit/export-file"
import { base64, EXPORT_FORMAT, type ExportHeader, rowLine } from "../../src/audit/export-format"
import { blocksOf, chosenOf } from "../../src/audit/export-history"
import { leafHash } from "../../src/audit/leaf"
import { type Hash, hashOfRange, nodeHash, type PerfectHash, type Range, rootOf } from "../../src/audit/merkle"
import { type NoteSigner, signCheckpoint, signerOf } from "../../src/audit/note"
import type { RecordedEvent } from "../../src/eventstore/event-store"

export const ORGANIZATION = "org_demo"
export const SIGNER = signerOf("example.com/seatledger", Buffer.alloc(32, 7))

export interface Made {
  readonly events: readonly RecordedEvent[]
  readonly leaves: readonly Hash[]
}

/** Events with whatever text is put into them. */
export function eventsWith(texts: readonly string[]): Made {
  const events = texts.map((text, index): RecordedEvent => {
    const revision = index + 1
    return {
      stream: `organization-${ORGANIZATION}`,
      revision,
      position: revision,
      id: `00000000-0000-4000-8000-${String(revision).padStart(12, "0")}`,
      type: index % 3 === 0 ? "GroupRenamed" : "LicenseAssigned",
      data: { text, licenseId: `lic_${index % 3}` },
      metadata: {
        v: 1,
        commandId: `cmd_${revision}`,
        commandHash: "hash",
        correlationId: "trace",
        actor: { type: "SYSTEM", id: "system" },
        recordedAt: new Date(1_700_000_000_000 + index * 1000).toISOString(),
      },
    }
  })
  return { events, leaves: events.map(leafHash) }
}

export function checkpointOf({ leaves }: Made, size: number, signer: NoteSigner = SIGNER): string {
  return signCheckpoint({ origin: `example.com/seatledger/${ORGANIZATION}`, size, root: rootOf(leaves.slice(0, size)) }, signer)
}

interface Asked {
  readonly revision?: number
  readonly first?: number
  readonly last?: number
  readonly licenseId?: string
  readonly signer?: NoteSigner
}

export async function historyExport(made: Made, asked: Asked = {}): Promise<Buffer> {
  const { revision = made.events.length, first = 1, last = revision, licenseId, signer = SIGNER } = asked
  const header: ExportHeader = {
    ...headerOf(made, revision, signer),
    what: "history",
    proofs: licenseId === undefined ? "BLOCKS" : "INCLUSION",
    first,
    last,
    filter: licenseId === undefined ? {} : { licenseId },
  }
  const pages = pagesOf(made.events.slice(first - 1))
  const nodes = nodesOf(made.leaves)
  const texts =
    licenseId === undefined
      ? blocksOf(header, pages, nodes)
      : chosenOf(header, pages, ({ data }) => (data as { licenseId?: string }).licenseId === licenseId, nodes)
  return fileOf(header, texts, signer)
}

export function rowsExport(rows: readonly object[], signer: NoteSigner = SIGNER): Promise<Buffer> {
  const made = eventsWith(["one"])
  async function* texts() {
    for (const row of rows) yield { text: rowLine(row), lines: 1 }
  }
  return fileOf(headerOf(made, 1, signer), texts(), signer)
}

function headerOf(made: Made, revision: number, signer: NoteSigner): ExportHeader {
  return {
    kind: "header",
    format: EXPORT_FORMAT,
    what: "seats",
    as: "jsonl",
    organization: ORGANIZATION,
    revision,
    recordedAt: made.events[revision - 1]?.metadata.recordedAt ?? null,
    root: base64(rootOf(made.leaves.slice(0, revision))),
    checkpoint: checkpointOf(made, revision, signer),
    proofs: "NONE",
    filter: {},
    exportedAt: "2026-11-21T12:00:00.000Z",
    exportedBy: { id: "act_auditor", role: "AUDITOR" },
  }
}

async function fileOf(header: ExportHeader, texts: AsyncIterable<Part>, signer: NoteSigner): Promise<Buffer> {
  async function* body() {
    for await (const { text, lines } of texts) yield { bytes: Buffer.from(text), lines }
  }
  const parts: Buffer[] = []
  for await (const part of exportFile(header, headerLine(header, signer), body(), signer)) parts.push(part)
  return Buffer.concat(parts)
}

async function* pagesOf(events: readonly RecordedEvent[]) {
  for (let from = 0; from < events.length; from += 100) yield events.slice(from, from + 100)
}

/** The tree by its definition, over leaves in memory; each hash is made once. */
function nodesOf(leaves: readonly Hash[]): (ranges: readonly Range[]) => Promise<Hash[]> {
  const made = new Map<string, Hash>()
  const perfect: PerfectHash = (level, index) => {
    if (level === 0) return leaves[index] as Hash
    const place = `${level}/${index}`
    const hash = made.get(place) ?? nodeHash(perfect(level - 1, 2 * index), perfect(level - 1, 2 * index + 1))
    made.set(place, hash)
    return hash
  }
  return async (ranges) => ranges.map((range) => hashOfRange(range, perfect))
}
