/** Nodes of the Merkle tree of an organization's log. */
import { type Hash, hashOfRange, type Range } from "../../src/audit/merkle"
import { hashesOf, perfectFrom, TILE_HASHES, TreeTooSmall, tileName, tilesFor } from "../../src/audit/tiles"
import type { ReadStore } from "../../src/readstore/read-store"
import { sql } from "../sql"

/** The hashes of these nodes, in their order; undefined while the tree does not have all their leaves. */
export async function nodeHashes(store: ReadStore, organizationId: string, ranges: readonly Range[]): Promise<Hash[] | undefined> {
  const places = tilesFor(ranges)
  // A part per tile, each found by its key: with `or`, SQLite walks through all tiles of the organization.
  const parts = places.map(
    ({ level, place }) =>
      sql`select level, place, hashes from proof_tile where organization_id = ${organizationId} and level = ${level} and place = ${place}`,
  )
  const [first, ...others] = parts
  const query = first && others.reduce((all, part) => sql`${all} union all ${part}`, first)
  const rows = query ? await store.rows<{ level: number; place: number; hashes: string }>(query.text, query.params) : []
  const perfect = perfectFrom(new Map(rows.map((row) => [tileName(row), row.hashes])))
  try {
    return ranges.map((range) => hashOfRange(range, perfect))
  } catch (error) {
    if (error instanceof TreeTooSmall) return undefined
    throw error
  }
}

/** How many events the tree covers. */
export async function treeSize(store: ReadStore, organizationId: string): Promise<number> {
  const query = sql`select place, hashes from proof_tile where organization_id = ${organizationId} and level = 0 order by place desc limit 1`
  const [last] = await store.rows<{ place: number; hashes: string }>(query.text, query.params)
  return last === undefined ? 0 : last.place * TILE_HASHES + hashesOf(last.hashes)
}
