/**
 * Keeps the Merkle tree over each organization's stream up to date (RFC 6962). Every event is a leaf, also one of a type
 * unknown here or one that an operator chose to skip: a log is proved whole.
 */
import { leafHash } from "../../src/audit/leaf"
import type { Hash } from "../../src/audit/merkle"
import { hashesOf, hashText, rootOfTile, TILE_HASHES, tileOf, tilesGrown } from "../../src/audit/tiles"
import { type Projection, type Rows, rowsWhere, rowTable } from "../../src/readstore/projection"
import { tables } from "./tables"

interface TileRow {
  organization_id: string
  level: number
  place: number
  hashes: string
}

const tile = rowTable<TileRow>("proof_tile", ["organization_id", "level", "place"], ["organization_id", "level", "place", "hashes"], {
  replaces: true,
})
const tileAt = rowsWhere(tile, "organization_id = ? and level = ? and place = ?")

export const proofs: Projection = {
  name: "proofs",
  version: 1,
  tables,
  on: {},

  needsOfEvery({ organizationId, revision }, wants) {
    if (organizationId === "") return
    // A tile above is looked at only when one below is filled: most batches of a small organization fill none.
    const isFirst = revision === wants.firstRevision(organizationId)
    for (const { level, place } of tilesGrown(revision - 1)) {
      if (isFirst || level > 0) wants.rows(tileAt, organizationId, level, place)
    }
  },
  onEvery({ organizationId, stream, revision, id, type, recorded, metadata }, work) {
    if (organizationId === "") return
    append(work.rows(tile), organizationId, 0, revision - 1, leafHash({ stream, revision, id, type, data: recorded, metadata }))
  },
}

function append(tiles: Rows<TileRow>, organizationId: string, level: number, index: number, hash: Hash): void {
  const { place, slot } = tileOf(level, index)
  let row = tiles.current(organizationId, level, place)
  if (row === undefined) {
    row = { organization_id: organizationId, level, place, hashes: "" }
    tiles.put(row)
  }
  // A gap would make a tree of another log; better none.
  if (hashesOf(row.hashes) !== slot)
    throw new Error(`the tile ${level}/${place} has ${hashesOf(row.hashes)} hashes before that of slot ${slot}`)
  const hashes = row.hashes + hashText(hash)
  tiles.change(row, { hashes })
  if (slot === TILE_HASHES - 1) append(tiles, organizationId, level + 1, place, rootOfTile(hashes))
}
