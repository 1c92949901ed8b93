import { OPEN } from "../../src/readstore/read-store"

/** Who holds or awaits a seat: one span per state of a claim. Sources are joined from assignments and memberships, never multiplied out. */
export const tables = `
create table seat (
  organization_id text not null,
  license_id text not null,
  user_id text not null,
  from_revision bigint not null,
  to_revision bigint not null,
  from_at bigint not null,
  to_at bigint not null,
  state text not null,                -- SEATED | WAITLISTED
  opened_revision bigint not null,    -- the claim key
  opened_ordinal bigint not null,
  opened_at bigint not null,          -- entitled since
  via text,                           -- of a seat: NEW_CLAIM | WAITLIST | TRANSFER
  primary key (license_id, user_id, from_revision)
);
-- Seated people page in the order of user id, so that all spans of one person lie side by side and a page of the past
-- reads only a few more entries than a page of today; the waitlist pages by claim key, and so does everybody by entitlement.
create index seat_open on seat (license_id, state, user_id) where to_revision = ${OPEN};
create index seat_by_claim_open on seat (license_id, state, opened_revision, opened_ordinal, user_id) where to_revision = ${OPEN};
create index seat_then on seat (license_id, state, user_id, from_revision, to_revision);
create index seat_by_claim_then on seat (license_id, state, opened_revision, opened_ordinal, from_revision, to_revision, user_id);
create index seat_of_user on seat (user_id, license_id, from_revision, to_revision);
`
