import { OPEN } from "../../src/readstore/read-store"

/**
 * People and groups. Names are opened from the sealed profiles for reading and searching; erasing a person rewrites these rows.
 * A name has spans of its own, apart from the account's, so that a change of state copies no personal data.
 */
export const tables = `
create table principal_name (
  name_id integer primary key,
  organization_id text not null,
  principal_type text not null,       -- USER | GROUP
  principal_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  display_name text not null,
  sort_name text not null,            -- display_name for ordering: lower case, without accents
  user_name text,
  user_name_key text,                 -- user_name as it is compared; null for groups and for erased people
  mail text,
  external_id text
);
create index principal_name_of on principal_name (principal_id, from_revision, to_revision);
create index principal_name_sorted_open on principal_name (organization_id, principal_type, sort_name, principal_id) where to_revision = ${OPEN};
create index principal_name_sorted on principal_name (organization_id, principal_type, sort_name, principal_id, from_revision, to_revision);
create index principal_name_external_id on principal_name (organization_id, external_id, to_revision);
create index principal_name_user_name on principal_name (organization_id, user_name_key, to_revision);

create table user_state (
  organization_id text not null,
  user_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  active integer not null,
  primary key (user_id, from_revision)
);
create index user_state_open on user_state (organization_id, user_id) where to_revision = ${OPEN};

create table group_state (
  organization_id text not null,
  group_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  member_count bigint not null,       -- immediate users, active or not
  primary key (group_id, from_revision)
);
create index group_state_open on group_state (organization_id, group_id) where to_revision = ${OPEN};

create table membership (
  organization_id text not null,
  group_id text not null,
  member_type text not null,          -- USER | GROUP (nested: stored, not expanded)
  member_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  ordinal bigint not null,            -- place inside the event: members order by (from_revision, ordinal)
  primary key (group_id, member_id, from_revision)
);
create index membership_of_group on membership (group_id, member_type, from_revision, ordinal, to_revision, member_id);
create index membership_of_group_open on membership (group_id, member_type, from_revision, ordinal, member_id) where to_revision = ${OPEN};
create index membership_of_member on membership (member_id, from_revision, to_revision, group_id);
`
