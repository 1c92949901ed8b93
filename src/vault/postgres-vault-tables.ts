/**
 * The tables of the vault in PostgreSQL, in a schema of their own, so that they can be backed up apart from the log. The
 * same tables and columns as in the file (sqlite-tables.ts): what is carried from one to the other needs no translation.
 */

/** Ids are compared byte by byte, as in SQLite. */
export const STEPS = [
  `create table secret (id integer primary key check (id = 1), value bytea not null);
  create table person_key (
    organization_id text collate "C" not null,
    user_id text collate "C" not null,
    key bytea not null,
    primary key (organization_id, user_id)
  );
  create table organization_key (organization_id text collate "C" primary key, key bytea not null);
  create table text_key (
    organization_id text collate "C" not null,
    text_id text collate "C" not null,
    key bytea not null,
    primary key (organization_id, text_id)
  );
  create table erased_text (           -- without a key of its own: no longer opened
    organization_id text collate "C" not null,
    text_id text collate "C" not null,
    primary key (organization_id, text_id)
  );
  create table name (                  -- names are kept as keyed hashes: enough to find one, not to read it
    organization_id text collate "C" not null,
    kind text collate "C" not null,
    digest bytea not null,
    owner text collate "C" not null,
    primary key (organization_id, kind, digest)
  );
  create index name_of_owner on name (organization_id, owner, kind);
  create table names_reached (organization_id text collate "C" primary key, revision bigint not null);
  create table erasures_reached (organization_id text collate "C" primary key, revision bigint not null);
  create table actor (
    organization_id text collate "C" not null,
    actor_id text collate "C" not null,
    subject text not null,             -- sealed under the organization's key; empty: erased
    primary key (organization_id, actor_id)
  );
  create table erased (                -- wiped: false as long as what was erased may still lie in the tables' files
    id integer primary key check (id = 1),
    count bigint not null,
    wiped boolean not null
  );
  insert into erased values (1, 0, true);`,
  // The planner's statistics are samples of what lies in a column, and what was erased would stay in them: nothing is
  // looked for by these columns but whole keys.
  `alter table person_key alter column key set statistics 0;
  alter table text_key alter column key set statistics 0;
  alter table name alter column digest set statistics 0;
  alter table actor alter column subject set statistics 0;`,
]

/** Those that held what was erased. */
export const WIPED = ["person_key", "text_key", "name", "actor"] as const
