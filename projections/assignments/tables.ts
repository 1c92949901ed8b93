import { OPEN } from "../../src/readstore/read-store"

/** Licenses given to users and groups: the intent, one span per assignment. */
export const tables = `
create table assignment (
  organization_id text not null,
  license_id text not null,
  principal_type text not null,       -- USER | GROUP
  principal_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  actor_type text not null,
  actor_id text not null,
  reason text,                        -- sealed
  primary key (license_id, principal_id, from_revision)
);
create index assignment_of_license on assignment (license_id, from_revision, to_revision, principal_type, principal_id);
create index assignment_of_license_open on assignment (license_id, from_revision, principal_type, principal_id) where to_revision = ${OPEN};
create index assignment_of_principal on assignment (organization_id, principal_id, from_revision, to_revision, license_id);
`
