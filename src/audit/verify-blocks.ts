/**
 * All events of a stretch of revisions. Before every 256 of them stands the list of their leaf hashes, proved to be a part
 * of the signed tree; then each event must be the one of its hash. So the first that is not is known by name.
 */
import { BLOCK_EVENTS, type Block, EVENT_END, EVENT_START, type ExportHeader, readBlock } from "./export-format"
import { GrowingTree, type Hash, leafHashOf, rootOf, verifySubtree } from "./merkle"
import type { Checkpoint } from "./note"
import { claimOf, Damaged, type Follower, isEnd, isEndOf, LAST_LINE_CHANGED, type VerifyEnd } from "./verify-lines"

const START = Buffer.from(EVENT_START)
const CLOSE = EVENT_END.charCodeAt(0)
const BLOCK_START = Buffer.from('{"kind":"block"')

export function blocksFollower(header: ExportHeader, verifyEnd: VerifyEnd, previous?: Checkpoint): Follower {
  return new Blocks(header, verifyEnd, previous)
}

class Blocks implements Follower {
  readonly #header: ExportHeader
  readonly #verifyEnd: VerifyEnd
  readonly #previous: Checkpoint | undefined
  readonly #tree = new GrowingTree()
  readonly #root: Hash
  readonly #stream: string
  readonly #first: number
  readonly #last: number
  /** The revision that is expected next. */
  #next: number
  #block: Block | undefined
  #blockLine: Buffer = Buffer.alloc(0)
  /** Something is wrong, and what follows says what: the next line (undefined at the end), or the rest of the file. */
  #judge: ((line: Buffer | undefined) => never) | undefined
  #suspicion: Suspicion | undefined
  #ended = false

  constructor(header: ExportHeader, verifyEnd: VerifyEnd, previous: Checkpoint | undefined) {
    this.#header = header
    this.#verifyEnd = verifyEnd
    this.#previous = previous
    this.#root = Buffer.from(header.root, "base64")
    this.#stream = `organization-${header.organization}`
    this.#first = header.first ?? 1
    this.#last = header.last ?? header.revision
    this.#next = this.#first
  }

  line(line: Buffer, number: number, digestUpTo: (bytes: number) => Buffer): void {
    if (this.#suspicion) this.#suspicion.line(line)
    else if (this.#judge) this.#judge(line)
    else if (this.#ended) throw new Damaged(number, "something stands after the last line")
    else if (this.#next > this.#last) this.#endLine(line, number, digestUpTo)
    else if (this.#block && this.#next <= this.#block.to) this.#event(line, number, this.#block)
    else this.#beginBlock(line, number)
  }

  end(line: number): number {
    this.#suspicion?.end()
    this.#judge?.(undefined)
    if (!this.#ended) {
      const reached = this.#next - 1
      const where = reached < this.#first ? "before its first event" : `after revision ${reached}`
      if (reached >= this.#last) throw new Damaged(line, `the file was cut off ${where}: its last line is missing`)
      throw new Damaged(line, `the file was cut off ${where}: ${these(this.#next, this.#last)} missing`, this.#next)
    }
    if (this.#previous) this.#mustExtend(this.#previous)
    return this.#events
  }

  get #events(): number {
    return Math.max(0, this.#last - this.#first + 1)
  }

  #event(line: Buffer, number: number, block: Block): void {
    const event = eventIn(line)
    if (!event || !leafHashOf(event).equals(leafOf(block, this.#next))) {
      const until = Math.min(block.to, this.#last)
      const isProven = (other: Block) => this.#isProven(other)
      this.#suspicion = new Suspicion({ block, blockLine: this.#blockLine, expected: this.#next, until, number, isProven })
      this.#suspicion.line(line)
      return
    }
    const claim = claimOf(event)
    if (claim?.revision !== this.#next || claim.stream !== this.#stream) {
      // It is what was signed: whoever signed it put it in a place that is not its own.
      throw new Damaged(number, `revision ${this.#next} is as it was signed, and says of itself that it is another event`, this.#next)
    }
    this.#next += 1
  }

  #beginBlock(line: Buffer, number: number): void {
    const next = this.#next
    const from = next - ((next - 1) % BLOCK_EVENTS)
    const to = Math.min(from + BLOCK_EVENTS - 1, this.#header.revision)
    const damaged = (problem: string, revision = next) => new Damaged(number, problem, revision)
    const block = this.#provenBlock(line)
    if (block?.from === from && block.to === to) {
      this.#addToTree(block)
      this.#block = block
      this.#blockLine = Buffer.from(line)
      return
    }
    if (block && block.from < from) throw damaged(`the ${listOf(block)} stands twice`)
    const event = eventIn(line)
    const again = event && this.#block && revisionOf(this.#block, leafHashOf(event))
    if (again !== undefined) throw damaged(`revision ${again} stands twice`, again)
    const list = listOf({ from, to })
    if (isBlock(line) && !block) throw damaged(`the ${list} was changed: it is not what was signed`)
    const isOwn = event !== undefined && claimOf(event)?.revision === next
    this.#judge = (following) => {
      const found = following && this.#provenBlock(following)
      if (found?.from === from && !isOwn && !block) throw damaged(`a line was inserted before revision ${next}`)
      if (found?.from === from) throw damaged(`the ${list} is not in its place`)
      if (isOwn) throw damaged(`the ${list} is missing, or not in its place`)
      const followingEvent = following && eventIn(following)
      if (followingEvent && claimOf(followingEvent)?.revision === next) throw damaged(`the ${list} was changed, or is not in its place`)
      if (block) throw damaged(`${these(next, block.from - 1)} missing`)
      if (isEnd(line)) throw damaged(`${these(next, this.#last)} missing`)
      throw damaged(`before revision ${next} stands something that is not the ${list}`)
    }
  }

  /** As far as the earlier checkpoint reaches. */
  #addToTree({ leaves }: Block): void {
    const size = this.#previous?.size ?? 0
    for (const leaf of leaves) {
      if (this.#tree.size === size) return
      this.#tree.add(leaf)
    }
  }

  #mustExtend({ size, root }: Checkpoint): void {
    if (this.#tree.size !== size) throw new Damaged(1, `the earlier checkpoint is of revision ${size}, which this export does not reach`)
    if (!this.#tree.root().equals(root)) {
      throw new Damaged(1, `this is not the history of the earlier checkpoint: its first ${size} events were others`)
    }
  }

  #provenBlock(line: Buffer): Block | undefined {
    const block = isBlock(line) ? readBlock(line.toString("utf8")) : undefined
    return block && this.#isProven(block) ? block : undefined
  }

  #isProven({ from, to, leaves, path }: Block): boolean {
    if (leaves.length !== to - from + 1 || (from - 1) % BLOCK_EVENTS !== 0) return false
    return verifySubtree(from - 1, to, this.#header.revision, rootOf(leaves), path, this.#root)
  }

  #endLine(line: Buffer, number: number, digestUpTo: (bytes: number) => Buffer): void {
    if (isEnd(line)) {
      if (!isEndOf(line, this.#events, digestUpTo, this.#verifyEnd)) throw new Damaged(number, LAST_LINE_CHANGED)
      this.#ended = true
      return
    }
    const event = eventIn(line)
    const again = event && this.#block && revisionOf(this.#block, leafHashOf(event))
    if (again !== undefined) throw new Damaged(number, `revision ${again} stands twice`, again)
    const where = this.#events === 0 ? "the header" : `revision ${this.#last}`
    this.#judge = (following) => {
      throw new Damaged(number, following && isEnd(following) ? `a line was inserted after ${where}` : LAST_LINE_CHANGED)
    }
  }
}

/** What a line is that follows where something is not as expected. */
type Seen =
  /** An event of the block at hand. */
  | { readonly kind: "known"; readonly revision: number }
  /** `claims`: the revision that it says it is. */
  | { readonly kind: "foreign"; readonly claims: number | undefined; readonly hash: Hash | undefined }
  /** The list of hashes of another block, or the end. */
  | { readonly kind: "structure" }

interface Case {
  readonly block: Block
  readonly blockLine: Buffer
  readonly expected: number
  /** The last revision of the block that is exported. */
  readonly until: number
  /** Of the line where `expected` should stand. */
  readonly number: number
  readonly isProven: (block: Block) => boolean
}

/**
 * An event does not stand in its place. Whether it was changed, removed, or moved shows in the rest of the file, of which
 * the lines of the same block are remembered and no more.
 */
class Suspicion {
  readonly #case: Case
  readonly #seen: Seen[] = []
  #lines = 0
  #inBlock = true
  /** How many lines further the expected event does stand, and in which revision's place if that is in a later block. */
  #foundAt: number | undefined
  #foundInPlaceOf: number | undefined
  /** What stands in its place is a true event of a later block. */
  #isOfLaterBlock = false
  #later: { readonly block: Block; readonly at: number } | undefined

  constructor(about: Case) {
    this.#case = about
  }

  line(line: Buffer): void {
    const { block, blockLine, expected } = this.#case
    const at = this.#lines++
    if (isBlock(line) || isEnd(line)) {
      if (at === 0 && line.equals(blockLine)) throw this.#damaged(`the ${listOf(block)} stands twice`)
      if (at === 0) this.#seen.push({ kind: "structure" })
      else this.#inBlock = false
      this.#meet(line, at)
      return
    }
    const event = eventIn(line)
    const hash = event && leafHashOf(event)
    if (this.#foundAt === undefined && hash?.equals(leafOf(block, expected))) {
      this.#foundAt = at
      this.#foundInPlaceOf = this.#later && this.#later.block.from + at - this.#later.at - 1
    }
    // One block, twice over, is more than any of the verdicts needs.
    if (!this.#inBlock || this.#seen.length > 2 * BLOCK_EVENTS) return
    const revision = hash && revisionOf(block, hash)
    if (revision !== undefined) this.#seen.push({ kind: "known", revision })
    else this.#seen.push({ kind: "foreign", claims: event && claimOf(event)?.revision, hash })
  }

  /** A later block tells whether the event in the wrong place is one of its own. */
  #meet(line: Buffer, at: number): void {
    const block = isBlock(line) ? readBlock(line.toString("utf8")) : undefined
    if (!block || !this.#case.isProven(block)) return
    this.#later = { block, at }
    const [first] = this.#seen
    if (first?.kind !== "foreign" || first.claims === undefined || first.claims < block.from || first.claims > block.to) return
    if (first.hash && leafOf(block, first.claims).equals(first.hash)) this.#isOfLaterBlock = true
  }

  /** @throws Damaged always: by now it is clear how */
  end(): never {
    const [first] = this.#seen
    if (first?.kind === "known") throw this.#known(first.revision)
    if (first?.kind === "structure") throw this.#structure()
    throw this.#foreign(first?.claims)
  }

  /** Another event of the block stands there. */
  #known(other: number): Damaged {
    const { expected } = this.#case
    if (other < expected) return this.#damaged(`revision ${other} stands twice`, other)
    const isSeen = (revision: number) => this.#seen.slice(1).some((seen) => seen.kind === "known" && seen.revision === revision)
    if (isSeen(other)) return this.#damaged(`revision ${other} stands twice, once before revision ${expected}`, other)
    if (this.#foundAt !== undefined) {
      const isSwap = this.#foundAt === other - expected
      return this.#damaged(isSwap ? `revisions ${expected} and ${other} are swapped` : `revision ${expected} is not in its place`)
    }
    let until = expected
    while (until + 1 < other && !isSeen(until + 1)) until += 1
    return this.#damaged(`${these(expected, until)} missing`)
  }

  /** The next list of hashes stands there, or the end. */
  #structure(): Damaged {
    const { expected, until } = this.#case
    if (this.#foundAt === undefined) return this.#damaged(`${these(expected, until)} missing`)
    if (this.#foundAt === 1) return this.#damaged(`before revision ${expected} stands a line that does not belong there`)
    return this.#damaged(`revision ${expected} is not in its place`)
  }

  /** Something stands there that is no event of the block. */
  #foreign(claims: number | undefined): Damaged {
    const { expected } = this.#case
    if (this.#foundAt === undefined) {
      if (this.#isOfLaterBlock) return this.#damaged(`revision ${expected} is missing: in its place stands revision ${claims}`)
      return this.#damaged(`revision ${expected} was changed`)
    }
    if (this.#foundAt === 1) return this.#damaged(`a line was inserted before revision ${expected}`)
    if (this.#isOfLaterBlock && claims === this.#foundInPlaceOf) return this.#damaged(`revisions ${expected} and ${claims} are swapped`)
    const before = this.#seen.slice(0, this.#foundAt)
    const isInsertion = before.length === this.#foundAt && before.every(({ kind }) => kind === "foreign")
    return this.#damaged(
      isInsertion ? `${this.#foundAt} lines were inserted before revision ${expected}` : `revision ${expected} is not in its place`,
    )
  }

  #damaged(problem: string, revision = this.#case.expected): Damaged {
    return new Damaged(this.#case.number, problem, revision)
  }
}

function listOf({ from, to }: Pick<Block, "from" | "to">): string {
  return `list of hashes of revisions ${from} to ${to}`
}

function these(from: number, to: number): string {
  return from === to ? `revision ${from} is` : `revisions ${from} to ${to} are`
}

/** The bytes of the event in a line, which are those of its leaf; undefined when the line is no event. */
function eventIn(line: Buffer): Buffer | undefined {
  if (line.length <= START.length || line[line.length - 1] !== CLOSE || !line.subarray(0, START.length).equals(START)) return undefined
  return line.subarray(START.length, -1)
}

function isBlock(line: Buffer): boolean {
  return line.subarray(0, BLOCK_START.length).equals(BLOCK_START)
}

function leafOf({ from, leaves }: Block, revision: number): Hash {
  return leaves[revision - from] as Hash // a block has the leaf of each of its revisions
}

function revisionOf({ from, leaves }: Block, hash: Hash): number | undefined {
  const index = leaves.findIndex((leaf) => leaf.equals(hash))
  return index < 0 ? undefined : from + index
}
