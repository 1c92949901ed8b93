/** The audit trail: every event of an organization, and whom it touched. */
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
create index history_of_license on history (organization_id, license_id, revision);
create index history_of_actor on history (organization_id, actor_id, revision);
create index history_of_type on history (organization_id, type, revision);
create table history_subject (        -- users and groups that an event touched
  organization_id text not null,
  subject_id text not null,
  revision bigint not null
);
create index history_subject_of on history_subject (organization_id, subject_id, revision);
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
