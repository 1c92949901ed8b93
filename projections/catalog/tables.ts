/** Organizations, vendors and products. Vendors have streams of their own, so their spans run over time, not over an organization's revisions. */
export const tables = `
create table organization (
  organization_id text primary key,
  number bigint not null unique,      -- counts organizations from 1: a short name for the search index
  name text not null,
  created_at bigint not null,
  closed_at bigint,
  closed_revision bigint,
  revision bigint not null            -- the organization's revision that the ledger read models show
);
create table moment (                 -- the first revision that was recorded at each instant; both columns only grow
  organization_id text not null,
  revision bigint not null,
  recorded_at bigint not null,
  primary key (organization_id, revision)
);
create index moment_at on moment (organization_id, recorded_at, revision);
create table vendor (
  vendor_id text not null,
  from_at bigint not null,
  to_at bigint not null,
  name text not null,
  contact text,
  primary key (vendor_id, from_at)
);
create table product (
  product_id text not null,
  from_at bigint not null,
  to_at bigint not null,
  vendor_id text not null,
  name text not null,
  search_name text not null,          -- name for searching: lower case, without accents
  description text,
  install_url text,
  primary key (product_id, from_at)
);
create index product_of_vendor on product (vendor_id, product_id);
`
