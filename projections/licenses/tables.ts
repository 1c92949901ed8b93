import { OPEN } from "../../src/readstore/read-store"

/** A license's fixed facts, and spans of everything about it that changes: status, quantity, counters, over-assignment. */
export const tables = `
create table license (
  license_id text primary key,
  organization_id text not null,
  vendor_id text not null,
  product_id text not null,
  product_name text not null,         -- as it was called when it was bought
  sort_name text not null,            -- product_name for ordering, also after it was renamed: lower case, without accents
  registered_revision bigint not null,
  registered_at bigint not null,
  grace_days integer not null,
  on_grace_end text not null,
  subscription_id text,
  ordered_by text not null
);
create index license_by_name on license (organization_id, sort_name, license_id);
create index license_of_vendor on license (vendor_id, organization_id, license_id);
create index license_of_subscription on license (vendor_id, subscription_id, registered_at) where subscription_id is not null;
create table license_span (
  organization_id text not null,
  license_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  status text not null,
  plan text,
  purchased bigint not null,
  seats_sequence text not null,       -- the highest that counted, decimal (rule 17); the same below
  status_sequence text not null,
  plan_sequence text not null,
  seated bigint not null,
  waitlisted bigint not null,
  overassigned integer not null,      -- 1 between OverassignmentStarted and OverassignmentEnded
  grace_ends_at bigint,
  grace_expired integer not null,
  remaining bigint not null,          -- rule 39: effects still to be recorded
  new_claims bigint not null,         -- claims among them that are neither granted nor recorded as waiting
  primary key (license_id, from_revision)
);
create index license_span_open on license_span (license_id) where to_revision = ${OPEN};
`
