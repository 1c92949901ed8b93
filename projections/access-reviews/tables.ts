/** Access reviews that were signed off: once written, never changed. */
export const tables = `
create table access_review (
  review_id text primary key,
  organization_id text not null,
  license_id text not null,
  revision bigint not null,           -- of the signature
  recorded_at bigint not null,
  reviewed_revision bigint not null,
  root text not null,                 -- of the Merkle tree of the reviewed revision, base64
  seated bigint not null,
  waitlisted bigint not null,
  digest text not null,               -- of the people reviewed, base64
  statement text,                     -- sealed
  actor_type text not null,
  actor_id text not null,
  actor_role text
);
create index access_review_of_organization on access_review (organization_id, revision);
create index access_review_of_license on access_review (organization_id, license_id, revision);
`
