/** The tables of delivery in PostgreSQL: the same as in the file (sqlite-delivery-statements.ts). */
export const STEPS = [
  `create table webhook_progress (id integer primary key check (id = 1), position bigint not null);
  insert into webhook_progress values (1, 0);
  create table webhook_license (license_id text collate "C" primary key, vendor_id text collate "C" not null);
  create table webhook_endpoint (
    number bigint primary key generated always as identity,   -- never used again: what was left of another must not be found
    webhook_id text collate "C" not null unique,
    owner_id text collate "C" not null,
    url text not null,
    description text,
    types text,
    enabled integer not null default 1,
    disabled_because text,
    secret text not null,
    previous_secret text,
    previous_until bigint not null default 0,
    created_at bigint not null,
    failures integer not null default 0,
    next_attempt_at bigint not null default 0,
    waiting bigint not null default 0,          -- counts of webhook_message, because counting 100,000 rows takes too long
    dead bigint not null default 0,
    attempts bigint not null default 0          -- ever made: numbers webhook_attempt
  );
  create index webhook_endpoint_of_owner on webhook_endpoint (owner_id, webhook_id);
  create index webhook_endpoint_due on webhook_endpoint (next_attempt_at) where enabled = 1 and waiting > 0;
  create table webhook_message (
    endpoint bigint not null,
    state integer not null,                     -- 0 replayed, 1 waiting, 2 dead: the order of delivery
    position bigint not null,
    stream text not null,
    revision bigint not null,
    event_id text collate "C" not null,
    type text not null,
    attempts integer not null default 0,        -- from here on: of dead letters
    status integer,
    problem text,
    died_at bigint,
    primary key (endpoint, state, position)
  );
  create table webhook_attempt (
    endpoint bigint not null,
    number bigint not null,
    event_id text collate "C" not null,
    type text not null,
    attempt integer not null,
    at bigint not null,
    outcome text not null,
    status integer,
    problem text,
    milliseconds bigint not null,
    retry_at bigint,
    primary key (endpoint, number)
  );`,
  "alter table webhook_endpoint add column resets bigint not null default 0", // how often it was changed or enabled
]
