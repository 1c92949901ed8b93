/** An auditor's check of an export: every event against the signed tree, from a file. The limit: reading and hashing the same bytes. */
import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { exportFile, headerLine, type Part } from "../src/audit/export-file"
import { base64, EXPORT_FORMAT, type ExportHeader } from "../src/audit/export-format"
import { blocksOf, type NodesOf } from "../src/audit/export-history"
import { leafHash } from "../src/audit/leaf"
import { type Hash, hashOfRange, nodeHash, rootOfSize } from "../src/audit/merkle"
import { type NoteSigner, newSeed, signCheckpoint, signerOf, verifierOf } from "../src/audit/note"
import { verifyExport } from "../src/audit/verify-export"
import { placesOf } from "../src/core"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { openVault } from "../src/vault/sqlite"
import { writeHistory } from "./history"
import { type Benchmark, figure, grouped, interleaved, timed } from "./measure"
import { inTemporaryFolder } from "./temporary-folder"

const EVENTS = 200_000
const ROUNDS = 5
const CHUNK = { highWaterMark: 1024 * 1024 }

export const verifyingExport: Benchmark = {
  rows: ["verify-export"],
  run: (say) =>
    inTemporaryFolder(async (folder) => {
      const places = placesOf(folder)
      const [store, vault] = [openSqliteEventStore(places.log), openVault(places.vault)]
      say(`writing ${grouped(EVENTS)} events`)
      await writeHistory(store, vault, EVENTS)
      vault.close()
      say("exporting them")
      const file = join(folder, "history.jsonl")
      const { events, signer } = await exportTo(file, store)
      await store.close()
      const verifier = verifierOf(signer.verifierKey)
      const rate = async (work: () => Promise<void>) => (events * 1000) / (await timed(work))
      const pairs = await interleaved(
        ROUNDS,
        () =>
          rate(async () => {
            const verdict = await verifyExport(createReadStream(file, CHUNK), verifier)
            if (!verdict.verified || verdict.lines !== events) throw new Error(`the export is not verified: ${JSON.stringify(verdict)}`)
          }),
        () =>
          rate(async () => {
            const digest = createHash("sha256")
            for await (const chunk of createReadStream(file, CHUNK) as AsyncIterable<Buffer>) digest.update(chunk)
            digest.digest()
          }),
      )
      const note = `\`seatledger verify-export\` of ${grouped(events)} events with their proofs, offline; limit: reading the file and hashing it once (ratio ${pairs.ratio.toFixed(2)})`
      return [figure("verify-export", "events/s", { value: pairs.value, limit: pairs.limit }, { atLeast: 100_000 }, note)]
    }),
}

/** By the code of the server, with a tree in memory. */
async function exportTo(file: string, store: EventStore): Promise<{ readonly events: number; readonly signer: NoteSigner }> {
  const stream = await organizationIn(store)
  const leaves: Hash[] = []
  for await (const page of store.read(stream, 0)) for (const event of page) leaves.push(leafHash(event))
  const levels = [leaves]
  for (let below = leaves; below.length > 1; ) {
    const level = below.flatMap((left, n) => (n % 2 === 0 && n + 1 < below.length ? [nodeHash(left, below[n + 1] as Hash)] : []))
    levels.push(level)
    below = level
  }
  const perfect = (level: number, index: number) => levels[level]?.[index] as Hash // asked for inside the tree only
  const nodes: NodesOf = async (ranges) => ranges.map((range) => hashOfRange(range, perfect))

  const organization = stream.replace("organization-", "")
  const signer = signerOf(`bench.example/${organization}`, newSeed())
  const root = rootOfSize(leaves.length, perfect)
  const now = new Date().toISOString()
  const header: ExportHeader = {
    kind: "header",
    format: EXPORT_FORMAT,
    what: "history",
    as: "jsonl",
    organization,
    revision: leaves.length,
    recordedAt: now,
    root: base64(root),
    checkpoint: signCheckpoint({ origin: signer.name, size: leaves.length, root }, signer),
    proofs: "BLOCKS",
    first: 1,
    last: leaves.length,
    filter: {},
    exportedAt: now,
    exportedBy: { id: "act_bench", role: "AUDITOR" },
  }
  const body = inBytes(blocksOf(header, store.read(stream, 0), nodes))
  await pipeline(Readable.from(exportFile(header, headerLine(header, signer), body, signer)), createWriteStream(file))
  return { events: leaves.length, signer }
}

async function* inBytes(parts: AsyncIterable<Part>) {
  for await (const { text, lines } of parts) yield { bytes: Buffer.from(text), lines }
}

async function organizationIn(store: EventStore): Promise<string> {
  for await (const { events } of store.follow(0, new AbortController().signal, "head")) {
    const found = events.find(({ stream }) => stream.startsWith("organization-"))
    if (found) return found.stream
  }
  throw new Error("no organization was written")
}
