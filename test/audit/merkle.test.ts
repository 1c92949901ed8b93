import fc from "fast-check"
import {
  consistencyRanges,
  EMPTY_ROOT,
  GrowingTree,
  type Hash,
  hashOfRange,
  leafHashOf,
  nodeHash,
  type PerfectHash,
  pathRanges,
  type Range,
  rootOf,
  rootOfSize,
  verifyConsistency,
  verifyInclusion,
  verifySubtree,
} from "../../src/audit/merkle"
import { MTH, PATH, PROOF } from "./naive-merkle"
import { CONSISTENCY_PROOFS, INCLUSION_PROOFS, LEAVES, NODES, ROOTS } from "./rfc6962-vectors"

const SOME_HASH = Buffer.from("abacaba000000000000000000000000000000000000000000060061e00123456", "hex")
const GARBAGE = Buffer.alloc(0)

/** Perfect subtrees over these leaves, each hashed when asked for. */
function perfectOver(leaves: readonly Buffer[]): PerfectHash {
  const hashOf: PerfectHash = (level, index) =>
    level === 0 ? leafHashOf(leaves[index] as Buffer) : nodeHash(hashOf(level - 1, 2 * index), hashOf(level - 1, 2 * index + 1))
  return hashOf
}

function hashed(ranges: readonly Range[], leaves: readonly Buffer[]): Hash[] {
  return ranges.map((range) => hashOfRange(range, perfectOver(leaves)))
}

function inclusion(leaf: number, size: number, leaves: readonly Buffer[]): Hash[] {
  return hashed(pathRanges(leaf, leaf + 1, size), leaves)
}

function consistency(from: number, to: number, leaves: readonly Buffer[]): Hash[] {
  return hashed(consistencyRanges(from, to), leaves)
}

function flipped(hash: Hash): Hash {
  const other = Buffer.from(hash)
  other[0] = (other[0] ?? 0) ^ 8
  return other
}

const trees = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  { minLength: 1, maxLength: 70 },
)

describe("the published vectors", () => {
  test("every perfect subtree over the eight leaves has the published hash", () => {
    NODES.forEach((level, height) => {
      for (const [index, node] of level.entries()) expect(perfectOver(LEAVES)(height, index)).toEqual(node)
    })
  })

  test("every tree from none to eight leaves has the published root, grown leaf by leaf or put together from subtrees", () => {
    expect(EMPTY_ROOT).toEqual(ROOTS[0])
    const tree = new GrowingTree()
    expect(tree.root()).toEqual(ROOTS[0])
    for (const leaf of LEAVES) {
      tree.add(leafHashOf(leaf))
      expect(tree.root()).toEqual(ROOTS[tree.size])
      expect(rootOfSize(tree.size, perfectOver(LEAVES))).toEqual(ROOTS[tree.size])
      expect(MTH(LEAVES.slice(0, tree.size))).toEqual(ROOTS[tree.size])
    }
    expect(tree.size).toBe(8)
  })

  test.each(INCLUSION_PROOFS)(
    "inclusion of leaf $leaf in a tree of $size: made, verified, and refused when anything is changed",
    ({ leaf, size, proof }) => {
      const root = ROOTS[size] as Hash
      const hash = leafHashOf(LEAVES[leaf] as Buffer)
      expect(inclusion(leaf, size, LEAVES)).toEqual(proof)
      expect(verifyInclusion(leaf, size, hash, proof, root)).toBe(true)

      const wrong: [string, number, number, Hash, Hash[], Hash][] = [
        ["index − 1", leaf - 1, size, hash, proof, root],
        ["index + 1", leaf + 1, size, hash, proof, root],
        ["index ^ 2", leaf ^ 2, size, hash, proof, root],
        ["size · 2", leaf, size * 2, hash, proof, root],
        ["size / 2", leaf, Math.floor(size / 2), hash, proof, root],
        ["no whole index", leaf + 0.5, size, hash, proof, root],
        ["leaf", leaf, size, Buffer.from("WrongLeaf"), proof, root],
        ["empty root", leaf, size, hash, proof, EMPTY_ROOT],
        ["another root", leaf, size, hash, proof, SOME_HASH],
        ["garbage at the end", leaf, size, hash, [...proof, GARBAGE], root],
        ["root at the end", leaf, size, hash, [...proof, root], root],
        ["garbage in front", leaf, size, hash, [GARBAGE, ...proof], root],
        ["root in front", leaf, size, hash, [root, ...proof], root],
        ...proof.map((_, at): [string, number, number, Hash, Hash[], Hash] => {
          return [`bit of node ${at}`, leaf, size, hash, proof.map((node, other) => (at === other ? flipped(node) : node)), root]
        }),
      ]
      if (proof.length > 0) wrong.push(["one node less", leaf, size, hash, proof.slice(0, -1), root])
      expect(wrong.filter(([, ...probe]) => verifyInclusion(...probe)).map(([what]) => what)).toEqual([])
    },
  )

  test.each(CONSISTENCY_PROOFS)(
    "a tree of $to extends one of $from: made, verified, and refused when anything is changed",
    ({ from, to, proof }) => {
      const first = ROOTS[from] as Hash
      const second = ROOTS[to] as Hash
      expect(consistency(from, to, LEAVES)).toEqual(proof)
      expect(verifyConsistency(from, to, first, second, proof)).toBe(true)
      if (proof.length === 0) return

      const wrong: [string, number, number, Hash, Hash, Hash[]][] = [
        ["from − 1", from - 1, to, first, second, proof],
        ["from + 1", from + 1, to, first, second, proof],
        ["from ^ 2", from ^ 2, to, first, second, proof],
        ["to · 2", from, to * 2, first, second, proof],
        ["to / 2", from, Math.floor(to / 2), first, second, proof],
        ["first root", from, to, Buffer.from("WrongRoot"), second, proof],
        ["second root", from, to, first, Buffer.from("WrongRoot"), proof],
        ["swapped roots", from, to, second, first, proof],
        ["no proof", from, to, first, second, []],
        ["garbage at the end", from, to, first, second, [...proof, GARBAGE]],
        ["first root at the end", from, to, first, second, [...proof, first]],
        ["second root at the end", from, to, first, second, [...proof, second]],
        ["garbage in front", from, to, first, second, [GARBAGE, ...proof]],
        ["first root in front", from, to, first, second, [first, ...proof]],
        ["second root in front", from, to, first, second, [second, ...proof]],
        ["first node twice", from, to, first, second, [...proof.slice(0, 1), ...proof]],
        ["one node less", from, to, first, second, proof.slice(0, -1)],
        ...proof.map((_, at): [string, number, number, Hash, Hash, Hash[]] => {
          return [`bit of node ${at}`, from, to, first, second, proof.map((node, other) => (at === other ? flipped(node) : node))]
        }),
      ]
      expect(wrong.filter(([, ...probe]) => verifyConsistency(...probe)).map(([what]) => what)).toEqual([])
    },
  )

  test.each([
    { from: 0, to: 0, first: "a", second: "b", proof: [], holds: false },
    { from: 1, to: 1, first: "a", second: "b", proof: [], holds: false },
    { from: 0, to: 0, first: "a", second: "a", proof: [], holds: true },
    { from: 0, to: 1, first: "a", second: "b", proof: [], holds: true },
    { from: 1, to: 1, first: "b", second: "b", proof: [], holds: true },
    { from: 1, to: 0, first: "a", second: "b", proof: [], holds: false },
    { from: 2, to: 1, first: "a", second: "b", proof: [], holds: false },
    { from: 1, to: 2, first: "a", second: "b", proof: [], holds: false },
    { from: 0, to: 0, first: "a", second: "a", proof: [EMPTY_ROOT], holds: false },
    { from: 0, to: 1, first: "a", second: "a", proof: [EMPTY_ROOT], holds: false },
    { from: 1, to: 1, first: "a", second: "a", proof: [EMPTY_ROOT], holds: false },
  ])("edge: from $from to $to with roots $first and $second", ({ from, to, first, second, proof, holds }) => {
    expect(verifyConsistency(from, to, Buffer.from(first), Buffer.from(second), proof)).toBe(holds)
  })

  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 1],
  ])("edge: nothing proves leaf %i of a tree of %i against a root that is none", (leaf, size) => {
    expect(verifyInclusion(leaf, size, SOME_HASH, [], GARBAGE)).toBe(false)
    expect(verifyInclusion(leaf, size, GARBAGE, [], EMPTY_ROOT)).toBe(false)
    expect(verifyInclusion(leaf, size, SOME_HASH, [], EMPTY_ROOT)).toBe(false)
    expect(verifyInclusion(leaf, size, GARBAGE, [], GARBAGE)).toBe(false)
  })
})

describe("against the recursion of RFC 6962 §2.1", () => {
  test("any tree has the same root and the same inclusion proof for every leaf, and each verifies", () => {
    fc.assert(
      fc.property(trees, (leaves) => {
        const root = MTH(leaves)
        expect(rootOf(leaves.map(leafHashOf))).toEqual(root)
        expect(rootOfSize(leaves.length, perfectOver(leaves))).toEqual(root)
        for (const [index, leaf] of leaves.entries()) {
          const proof = inclusion(index, leaves.length, leaves)
          expect(proof).toEqual(PATH(index, leaves))
          expect(verifyInclusion(index, leaves.length, leafHashOf(leaf), proof, root)).toBe(true)
          expect(verifyInclusion(index, leaves.length, leafHashOf(Buffer.concat([leaf, Buffer.of(1)])), proof, root)).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test("any tree extends each of its beginnings, by the same proof", () => {
    fc.assert(
      fc.property(trees, (leaves) => {
        const root = MTH(leaves)
        for (let from = 1; from <= leaves.length; from++) {
          const proof = consistency(from, leaves.length, leaves)
          expect(proof).toEqual(PROOF(from, leaves))
          expect(verifyConsistency(from, leaves.length, MTH(leaves.slice(0, from)), root, proof)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test("a tree in which an old leaf was changed extends nothing that came after that leaf", () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (leaves, atSeed, fromSeed) => {
        const at = atSeed % leaves.length
        const from = at + 1 + (fromSeed % (leaves.length - at))
        const changed = leaves.map((leaf, index) => (index === at ? Buffer.concat([leaf, Buffer.of(0)]) : leaf))
        const proof = consistency(from, leaves.length, changed)
        expect(verifyConsistency(from, leaves.length, MTH(leaves.slice(0, from)), MTH(changed), proof)).toBe(false)
      }),
    )
  })

  test("the leaves of every aligned block, also the last one that is not full, are a subtree with a path to the root", () => {
    fc.assert(
      fc.property(trees, fc.constantFrom(1, 2, 4, 8, 16), (leaves, block) => {
        for (let from = 0; from < leaves.length; from += block) {
          const to = Math.min(from + block, leaves.length)
          const path = hashed(pathRanges(from, to, leaves.length), leaves)
          const root = rootOf(leaves.slice(from, to).map(leafHashOf))
          expect(verifySubtree(from, to, leaves.length, root, path, MTH(leaves))).toBe(true)
          expect(verifySubtree(from, to, leaves.length, flipped(root), path, MTH(leaves))).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })
})

test("leaves that are no subtree have no path, and the message says so", () => {
  expect(() => pathRanges(1, 3, 8)).toThrow("the leaves 1 to 3 are no subtree of a tree of 8")
  expect(() => pathRanges(3, 3, 8)).toThrow("no subtree")
  expect(() => pathRanges(7, 9, 8)).toThrow("no subtree")
  expect(() => consistencyRanges(9, 8)).toThrow("a tree of 8 leaves does not extend one of 9")
})

test("sizes beyond 2^32 split where the RFC says: at the largest power of two below them", () => {
  const size = 2 ** 52 + 1
  expect(pathRanges(2 ** 52, size, size)).toEqual([{ from: 0, to: 2 ** 52 }])
  expect(consistencyRanges(2 ** 40, 2 ** 40 + 3)).toEqual([{ from: 2 ** 40, to: 2 ** 40 + 3 }])
  expect(pathRanges(2 ** 48 - 1, 2 ** 48, 2 ** 48)).toHaveLength(48)
})
