/** The Merkle tree of every organization's log: its hashes, in tiles. */
export const tables = `
create table proof_tile (
  organization_id text not null,
  level bigint not null,              -- 0: hashes of events; above: roots of the full tiles of the level below
  place bigint not null,
  hashes text not null,               -- side by side, each 43 characters of base64
  primary key (organization_id, level, place)
);
`
