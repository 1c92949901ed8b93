/**
 * The audit trail: every event of an organization. Its entries stand in lists, one for each license, person, group,
 * actor, type of event and beginning of a word of a reason (`lists.ts`), which is how filters find them.
 */
export const tables = `
create table history (
  organization_id text not null,
  revision bigint not null,
  event_id text not null,
  type text not null,
  recorded_at bigint not null,
  actor_type text not null,
  actor_id text not null,
  actor_role text,
  correlation_id text not null,
  causation_revision bigint,
  license_id text,
  data text not null,                 -- JSON as recorded; personal data sealed
  primary key (organization_id, revision)
);
create table history_list (
  organization_id text not null,
  stretch bigint not null,            -- of 4,096 revisions; first in the key, so that what is new is written side by side
  list text not null,
  places text not null,               -- which revisions of the stretch (places.ts)
  primary key (organization_id, stretch, list)
);
create table keyed_command (          -- rule 37: commands that carried an idempotency key or a vendor's event id
  stream text not null,
  command_id text not null,
  first_revision bigint not null,
  last_revision bigint not null,
  command_hash text not null,
  primary key (stream, command_id)
);
create table history_progress (
  organization_id text primary key,
  revision bigint not null
);
`
