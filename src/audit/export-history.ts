/** The history as lines with proofs: what stands between the header and the end. */
import type { RecordedEvent } from "../eventstore/event-store"
import type { Part } from "./export-file"
import { BLOCK_EVENTS, blockLine, type ExportHeader, eventLine, provenEventLine } from "./export-format"
import { leafText } from "./leaf"
import { type Hash, leafHashOf, pathRanges, type Range, rootOf, verifySubtree } from "./merkle"

/** The hashes of these nodes of the organization's tree, in their order. */
export type NodesOf = (ranges: readonly Range[]) => Promise<readonly Hash[]>
export type Pages = AsyncIterable<readonly RecordedEvent[]>

/** The log is not the one that the tree was made of. Nothing can be exported that would verify. */
export class LogDiffers extends Error {
  override readonly name = "LogDiffers"
}

type Stretch = Pick<ExportHeader, "organization" | "revision" | "root" | "first" | "last">

/** All events of the stretch, in blocks. `pages`: the stream from the first of them on. */
export async function* blocksOf(header: Stretch, pages: Pages, nodes: NodesOf): AsyncGenerator<Part> {
  const { first = 1, last = header.revision } = header
  let leaves: readonly Hash[] = []
  for await (const page of pages) {
    const events = page.filter(({ revision }) => revision <= last)
    let text = ""
    for (const event of events) {
      const place = (event.revision - 1) % BLOCK_EVENTS
      if (place === 0 || event.revision === first) {
        const block = await blockOf(header, event.revision - place, nodes)
        leaves = block.leaves
        text += blockLine(block)
      }
      const leaf = leafText(event)
      if (!leaves[place]?.equals(leafHashOf(Buffer.from(leaf)))) throw differs(header, event.revision)
      text += eventLine(leaf)
    }
    if (events.length > 0) yield { text, lines: events.length }
    if (events.length < page.length) return
  }
}

async function blockOf(header: Stretch, from: number, nodes: NodesOf) {
  const { revision: size, root } = header
  const to = Math.min(from + BLOCK_EVENTS - 1, size)
  const single = Array.from({ length: to - from + 1 }, (_, n): Range => ({ from: from - 1 + n, to: from + n }))
  const read = await nodes([...single, ...pathRanges(from - 1, to, size)])
  const [leaves, path] = [read.slice(0, single.length), read.slice(single.length)]
  if (!verifySubtree(from - 1, to, size, rootOf(leaves), path, Buffer.from(root, "base64"))) throw differs(header, from)
  return { from, to, leaves, path }
}

/** Chosen events of the stretch, each with its own proof. */
export async function* chosenOf(
  header: Stretch,
  pages: Pages,
  isChosen: (event: RecordedEvent) => boolean,
  nodes: NodesOf,
): AsyncGenerator<Part> {
  const { revision: size, last = size } = header
  let after = 0
  for await (const page of pages) {
    const chosen = page.filter((event) => event.revision <= last && isChosen(event))
    let text = ""
    for (const event of chosen) {
      const path = await nodes(pathRanges(event.revision - 1, event.revision, size))
      text += provenEventLine(after, path, leafText(event))
      after = event.revision
    }
    if (chosen.length > 0) yield { text, lines: chosen.length }
    if ((page.at(-1)?.revision ?? 0) >= last) return
  }
}

function differs({ organization }: Stretch, revision: number): LogDiffers {
  return new LogDiffers(`revision ${revision} of ${organization} is not the event of its Merkle tree`)
}
