/**
 * Everything a vendor sent, in the order in which it was recorded. What had an effect, or could have, comes from the
 * organizations' streams; repeats and refusals come from the vendors' own.
 */
export const tables = `
create table vendor_event (
  position bigint primary key,        -- in the log: the one order of what lies in several streams
  vendor_id text not null,
  organization_id text,               -- null: concerns no organization, or names a license that the vendor never sold
  license_id text,
  vendor_event_id text not null,
  attribute text not null,            -- REGISTRATION, SEATS, STATUS, PLAN, PRODUCT, UNKNOWN
  outcome text not null,              -- APPLIED, STALE, NO_CHANGE, REPEATED, REFUSED
  value text,
  sequence text,                      -- decimal
  place text,                         -- sequence with leading zeros, so that it orders as text: a JSON number cannot hold it;
                                      -- null when the message has no part in the order of its attribute
  code text,
  field text,
  recorded_at bigint not null,
  revision bigint                     -- of the organization, where it stands in its history
);
create index vendor_event_of_vendor on vendor_event (vendor_id, position);
create index vendor_event_of_organization on vendor_event (organization_id, position) where license_id is not null;
create index vendor_event_of_license on vendor_event (license_id, position);
create index vendor_event_of_vendor_outcome on vendor_event (vendor_id, outcome, position);
create index vendor_event_of_organization_outcome on vendor_event (organization_id, outcome, position) where license_id is not null;
create index vendor_event_of_id on vendor_event (vendor_id, vendor_event_id, position);
create index vendor_event_order on vendor_event (license_id, attribute, place);
`
