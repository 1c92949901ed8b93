/** The tables of the vault. Its format is the `user_version` of the file. */

export const FORMAT = 2

export const TABLES = `
  create table secret (id integer primary key check (id = 1), value blob not null) strict;
  create table erased (id integer primary key check (id = 1), count integer not null) strict;
  insert into erased values (1, 0);
  create table person_key (
    organization_id text not null,
    user_id text not null,
    key blob not null,
    primary key (organization_id, user_id)
  ) strict, without rowid;
  create table organization_key (organization_id text primary key, key blob not null) strict, without rowid;
  create table name (                  -- names are kept as keyed hashes: enough to find one, not to read it
    organization_id text not null,
    kind text not null,
    digest blob not null,
    owner text not null,
    primary key (organization_id, kind, digest)
  ) strict, without rowid;
  create index name_of_owner on name (organization_id, owner, kind);
  create table names_reached (organization_id text primary key, revision integer not null) strict, without rowid;
  create table actor (
    organization_id text not null,
    actor_id text not null,
    subject text not null,             -- sealed under the organization's key; empty: erased
    primary key (organization_id, actor_id)
  ) strict, without rowid;`

/** Since format 2 people can be erased. */
export const ERASING = `
  alter table erased add column wiped integer not null default 1; -- 0: copies of what was erased may still lie in the file
  create table erasures_reached (organization_id text primary key, revision integer not null) strict, without rowid;
  create table text_key (
    organization_id text not null,
    text_id text not null,
    key blob not null,
    primary key (organization_id, text_id)
  ) strict, without rowid;
  create table erased_text (           -- of format 1, without a key of its own: no longer opened
    organization_id text not null,
    text_id text not null,
    primary key (organization_id, text_id)
  ) strict, without rowid;
  pragma user_version = ${FORMAT};`
