/**
 * The Merkle tree of RFC 6962 §2.1, as pure functions.
 *
 * Every node of a tree covers a range of leaves, [from, to). The splits depend on the sizes alone, so roots and proofs are
 * first written down as ranges, and hashed after that from what is stored: the perfect subtrees, which never change again.
 */
import { hash } from "node:crypto"

/** A SHA-256 hash: 32 bytes. */
export type Hash = Buffer
export const HASH_BYTES = 32

/** Leaves [from, to), counted from 0. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** The hash of the perfect subtree over the 2^level leaves from index · 2^level on. Level 0 are the leaf hashes. */
export type PerfectHash = (level: number, index: number) => Hash

/** The root of the tree without leaves. */
export const EMPTY_ROOT: Hash = hash("sha256", "", "buffer")

export function leafHashOf(leaf: Uint8Array): Hash {
  const input = Buffer.allocUnsafe(1 + leaf.length)
  input[0] = 0x00
  input.set(leaf, 1)
  return hash("sha256", input, "buffer")
}

export function nodeHash(left: Hash, right: Hash): Hash {
  const input = Buffer.allocUnsafe(1 + 2 * HASH_BYTES)
  input[0] = 0x01
  input.set(left, 1)
  input.set(right, 1 + HASH_BYTES)
  return hash("sha256", input, "buffer")
}

/** The siblings on the way from the node [from, to) up to the root of `size` leaves: its audit path (§2.1.1). */
export function pathRanges(from: number, to: number, size: number): Range[] {
  const unknown = () => new RangeError(`the leaves ${from} to ${to} are no subtree of a tree of ${size}`)
  if (!isSize(from) || !isSize(size) || from >= to || to > size) throw unknown()
  const siblings: Range[] = []
  for (let node: Range = { from: 0, to: size }; node.from !== from || node.to !== to; ) {
    const middle = node.from + splitOf(node.to - node.from)
    if (from < middle && middle < to) throw unknown()
    const left = { from: node.from, to: middle }
    const right = { from: middle, to: node.to }
    siblings.push(to <= middle ? right : left)
    node = to <= middle ? left : right
  }
  return siblings.reverse()
}

/** The nodes that prove that the tree of `to` leaves extends that of `from` leaves, in the order of §2.1.2. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!isSize(from) || !isSize(to) || from > to) throw new RangeError(`a tree of ${to} leaves does not extend one of ${from}`)
  return from === 0 ? [] : subProof(from, { from: 0, to }, true)
}

/** SUBPROOF(m, D[n], b): `old` of the leaves of this node were in the old tree; `whole` when they were all of it. */
function subProof(old: number, node: Range, whole: boolean): Range[] {
  const size = node.to - node.from
  if (old === size) return whole ? [] : [node]
  const split = splitOf(size)
  const left = { from: node.from, to: node.from + split }
  const right = { from: left.to, to: node.to }
  return old <= split ? [...subProof(old, left, whole), right] : [...subProof(old - split, right, false), left]
}

/** The perfect subtrees of which a node is made, as `hashOfRange` will ask for them. */
export function perfectSubtrees(range: Range): { level: number; index: number }[] {
  const found: { level: number; index: number }[] = []
  for (let { from } = range; from < range.to; ) {
    // Nodes start at a multiple of their greatest perfect subtree, so the largest one that fits comes first.
    const level = largestPower(range.to - from)
    found.push({ level, index: from / 2 ** level })
    from += 2 ** level
  }
  return found
}

/** The hash of a node: MTH(D[from:to]). */
export function hashOfRange(range: Range, perfect: PerfectHash): Hash {
  const fromRight = (right: Hash | undefined, { level, index }: { level: number; index: number }) => {
    const left = perfect(level, index)
    return right === undefined ? left : nodeHash(left, right)
  }
  return perfectSubtrees(range).reduceRight(fromRight, undefined as Hash | undefined) ?? EMPTY_ROOT
}

/** The root of the tree of the first `size` leaves. */
export function rootOfSize(size: number, perfect: PerfectHash): Hash {
  return hashOfRange({ from: 0, to: size }, perfect)
}

/** Whether the leaf with this hash stands at this index of the tree with this root (RFC 9162 §2.1.3.2 says the same). */
export function verifyInclusion(leafIndex: number, size: number, leaf: Hash, path: readonly Hash[], root: Hash): boolean {
  return verifySubtree(leafIndex, leafIndex + 1, size, leaf, path, root)
}

/** Whether the subtree of the leaves [from, to) with this hash is part of the tree with this root. */
export function verifySubtree(from: number, to: number, size: number, subtree: Hash, path: readonly Hash[], root: Hash): boolean {
  if (!isSize(from) || !isSize(to) || !isSize(size) || from >= to || to > size) return false
  if (![subtree, root, ...path].every(isHash)) return false
  const siblings = rangesOrNone(() => pathRanges(from, to, size))
  if (siblings === undefined || siblings.length !== path.length) return false
  let reached = subtree
  siblings.forEach((sibling, step) => {
    const beside = path[step] as Hash // As many as there are siblings.
    reached = sibling.from < from ? nodeHash(beside, reached) : nodeHash(reached, beside)
  })
  return reached.equals(root)
}

/** Whether the tree of `to` leaves with the second root extends the tree of `from` leaves with the first. */
export function verifyConsistency(from: number, to: number, first: Hash, second: Hash, proof: readonly Hash[]): boolean {
  if (!isSize(from) || !isSize(to) || from > to) return false
  if (from === to) return proof.length === 0 && first.equals(second)
  if (from === 0) return proof.length === 0 // Every tree extends the empty one.
  if (![first, second, ...proof].every(isHash)) return false
  if (consistencyRanges(from, to).length !== proof.length) return false
  let used = 0
  const next = () => proof[used++] as Hash // As many as there are nodes in the proof.
  /** What the node was in the old tree, and what it is now. */
  const fold = (old: number, size: number, whole: boolean): { old: Hash; now: Hash } => {
    if (old === size) {
      const same = whole ? first : next()
      return { old: same, now: same }
    }
    const split = splitOf(size)
    if (old <= split) {
      const left = fold(old, split, whole)
      return { old: left.old, now: nodeHash(left.now, next()) }
    }
    const right = fold(old - split, size - split, false)
    const left = next()
    return { old: nodeHash(left, right.old), now: nodeHash(left, right.now) }
  }
  const reached = fold(from, to, true)
  return reached.old.equals(first) && reached.now.equals(second)
}

/** A tree that only grows, in O(log size) memory: the roots of its perfect subtrees, from the left. */
export class GrowingTree {
  #size = 0
  /** By level; undefined where the size has no such bit. */
  readonly #perfect: (Hash | undefined)[] = []

  get size(): number {
    return this.#size
  }

  add(leaf: Hash): void {
    let carried = leaf
    let level = 0
    for (let left = this.#perfect[level]; left !== undefined; left = this.#perfect[++level]) {
      carried = nodeHash(left, carried)
      this.#perfect[level] = undefined
    }
    this.#perfect[level] = carried
    this.#size++
  }

  root(): Hash {
    let root: Hash | undefined
    for (const left of this.#perfect) if (left !== undefined) root = root === undefined ? left : nodeHash(left, root)
    return root ?? EMPTY_ROOT
  }
}

/** The root over these leaf hashes. */
export function rootOf(leaves: Iterable<Hash>): Hash {
  const tree = new GrowingTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/** The largest power of two smaller than the size, which is at least 2: where a node is split (§2.1). */
function splitOf(size: number): number {
  return 2 ** largestPower(size - 1)
}

/** The largest k with 2^k ≤ n, exact for every safe integer: `Math.log2` rounds, and bit operations end at 2^31. */
function largestPower(n: number): number {
  const high = Math.floor(n / 2 ** 31)
  return high > 0 ? 62 - Math.clz32(high) : 31 - Math.clz32(n)
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function isHash(hash: Hash): boolean {
  return hash.length === HASH_BYTES
}

function rangesOrNone(ranges: () => Range[]): Range[] | undefined {
  try {
    return ranges()
  } catch {
    return undefined
  }
}
