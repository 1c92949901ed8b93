/** The secrets that vendors sign with, never a key: who made how many of what kind, and until when each is good. */
export const tables = `
create table vendor_secret (
  secret_id text primary key,
  vendor_id text not null,
  algorithm text not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint
);
create index vendor_secret_of_vendor on vendor_secret (vendor_id, created_at, secret_id);
`
