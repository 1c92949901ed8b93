/** The history as lines with proofs: what stands between the header and the end. */
import type { RecordedEvent } from "../eventstore/event-store"
import { BLOCK_EVENTS, blockLine, type ExportHeader, eventLine, provenEventLine } from "./export-format"
import { leafText } from "./leaf"
import { type Hash, leafHashOf, pathRanges, type Range, rootOf, verifySubtree } from "./merkle"

/** The hashes of these nodes of the organization's tree, in their order. */
export type NodesOf = (ranges: readonly Range[]) => Promise<readonly Hash[]>

/** The log is not the one that the tree was made of. Nothing can be exported that would verify. */
export class LogDiffers extends Error {
  override readonly name = "LogDiffers"
}

type Stretch = Pick<ExportHeader, "organization" | "revision" | "root" | "first" | "last">

/** All events of the stretch, in blocks. `pages`: the stream from its first revision on. One text per block. */
export async function* blocksOf(header: Stretch, pages: AsyncIterable<readonly RecordedEvent[]>, nodes: NodesOf): AsyncGenerator<string> {
  const { first = 1, last = header.revision } = header
  let leaves: { readonly revision: number; readonly text: string; readonly hash: Hash }[] = []
  for await (const page of pages) {
    for (const event of page) {
      if (event.revision > last) return
      const text = leafText(event)
      leaves.push({ revision: event.revision, text, hash: leafHashOf(Buffer.from(text)) })
      if (event.revision % BLOCK_EVENTS !== 0 && event.revision !== last) continue
      const [from, to] = [leaves[0]?.revision ?? first, event.revision]
      yield (await block(header, from, to, leaves, nodes)) + leaves.map((leaf) => eventLine(leaf.text)).join("")
      leaves = []
    }
  }
}

/** The line before the events [from, to], which may be a part of their block: the other leaves are read from the tree. */
async function block(header: Stretch, from: number, to: number, own: readonly { readonly hash: Hash }[], nodes: NodesOf): Promise<string> {
  const { revision, root } = header
  const start = from - ((from - 1) % BLOCK_EVENTS)
  const end = Math.min(start + BLOCK_EVENTS - 1, revision)
  const [before, after, path] = [single(start, from - 1), single(to + 1, end), pathRanges(start - 1, end, revision)]
  const read = await nodes([...before, ...after, ...path])
  const leaves = [
    ...read.slice(0, before.length),
    ...own.map(({ hash }) => hash),
    ...read.slice(before.length, before.length + after.length),
  ]
  const up = read.slice(before.length + after.length)
  if (!verifySubtree(start - 1, end, revision, rootOf(leaves), up, Buffer.from(root, "base64"))) {
    throw new LogDiffers(`the events ${from} to ${to} of ${header.organization} are not those of its Merkle tree`)
  }
  return blockLine({ from: start, to: end, leaves, path: up })
}

/** The leaves of these revisions, both included. */
function single(from: number, to: number): Range[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => ({ from: from - 1 + n, to: from + n }))
}

/** Chosen events of the stretch, each with its own proof. One text per page that has any. */
export async function* chosenOf(
  header: Stretch,
  pages: AsyncIterable<readonly RecordedEvent[]>,
  isChosen: (event: RecordedEvent) => boolean,
  nodes: NodesOf,
): AsyncGenerator<string> {
  const { revision: size, last = size } = header
  let after = 0
  for await (const page of pages) {
    let lines = ""
    for (const event of page) {
      if (event.revision > last) break
      if (!isChosen(event)) continue
      const path = await nodes(pathRanges(event.revision - 1, event.revision, size))
      lines += provenEventLine(after, path, leafText(event))
      after = event.revision
    }
    if (lines !== "") yield lines
    if ((page.at(-1)?.revision ?? 0) >= last) return
  }
}
