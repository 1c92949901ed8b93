import type { ClaimRef } from "../../src/domain/events"
import {
  type Entry,
  type Facts,
  openRows,
  type Projection,
  rowTable,
  type Span,
  spanTable,
  type Wants,
  type Work,
} from "../../src/readstore/projection"
import { sortName } from "../directory/names"
import { seat } from "../seats/seats"
import { tables } from "./tables"

interface LicenseRow {
  license_id: string
  organization_id: string
  vendor_id: string
  product_id: string
  product_name: string
  sort_name: string
  registered_revision: number
  registered_at: number
  grace_days: number
  on_grace_end: string
  subscription_id: string | null
  ordered_by: string
}
interface LicenseSpanRow extends Span {
  organization_id: string
  license_id: string
  status: string
  plan: string | null
  purchased: number
  seats_sequence: string
  status_sequence: string
  plan_sequence: string
  seated: number
  waitlisted: number
  overassigned: number
  grace_ends_at: number | null
  grace_expired: number
  remaining: number
  new_claims: number
}

const license = rowTable<LicenseRow>(
  "license",
  ["license_id"],
  [
    "license_id",
    "organization_id",
    "vendor_id",
    "product_id",
    "product_name",
    "sort_name",
    "registered_revision",
    "registered_at",
    "grace_days",
    "on_grace_end",
    "subscription_id",
    "ordered_by",
  ],
)
const licenseSpan = spanTable<LicenseSpanRow>(
  "license_span",
  ["license_id"],
  [
    "organization_id",
    "license_id",
    "status",
    "plan",
    "purchased",
    "seats_sequence",
    "status_sequence",
    "plan_sequence",
    "seated",
    "waitlisted",
    "overassigned",
    "grace_ends_at",
    "grace_expired",
    "remaining",
    "new_claims",
  ],
)
const currentLicense = openRows(licenseSpan, "license_id = ?")

type OfLicense = Extract<Entry, { readonly data: { readonly licenseId: string } }>
/**
 * Counters move with the seat rows as they were before this event, so counters equal counted rows at every revision;
 * therefore this projection stands before `seats`.
 */
export const licenses: Projection = {
  name: "licenses",
  version: 2,
  tables,

  needs: {
    VendorSeatsChanged: wantLicense,
    LicenseStatusChanged: wantLicense,
    LicensePlanChanged: wantLicense,
    VendorEventIgnored: wantLicense,
    SeatsGranted: wantLicense,
    SeatsWaitlisted: wantLicense,
    SeatsReleased: wantLicense,
    SeatsRevoked: wantLicense,
    SettlementProgressed: wantLicense,
    OverassignmentStarted: wantLicense,
    OverassignmentEnded: wantLicense,
    GraceExpired: wantLicense,
  },

  on: {
    LicenseRegistered(event, work) {
      const { data, organizationId, revision, at } = event
      work.rows(license).add({
        license_id: data.licenseId,
        organization_id: organizationId,
        vendor_id: data.vendorId,
        product_id: data.productId,
        product_name: data.productName,
        sort_name: sortName(data.productName),
        registered_revision: revision,
        registered_at: at,
        grace_days: data.graceDays,
        on_grace_end: data.onGraceEnd,
        subscription_id: data.subscriptionId ?? null,
        ordered_by: data.orderedBy ?? "SEQUENCE",
      })
      work.spans(licenseSpan).begin(event, {
        organization_id: organizationId,
        license_id: data.licenseId,
        status: "ACTIVE",
        plan: data.plan ?? null,
        purchased: data.seats,
        seats_sequence: "0",
        status_sequence: "0",
        plan_sequence: "0",
        seated: 0,
        waitlisted: 0,
        overassigned: 0,
        grace_ends_at: null,
        grace_expired: 0,
        remaining: 0,
        new_claims: 0,
      })
    },
    VendorSeatsChanged: (event, work) => change(event, work, { purchased: event.data.seats, seats_sequence: event.data.sequence }),
    LicenseStatusChanged: (event, work) => change(event, work, { status: event.data.status, ...statusSequence(event, work) }),
    LicensePlanChanged: (event, work) => change(event, work, { plan: event.data.plan, plan_sequence: event.data.sequence }),
    VendorEventIgnored(event, work) {
      const { attribute, outcome, sequence } = event.data
      if (outcome === "STALE") return
      if (attribute === "SEATS") change(event, work, { seats_sequence: sequence })
      else if (attribute === "PLAN") change(event, work, { plan_sequence: sequence })
      else change(event, work, statusSequence(event, work))
    },
    SeatsGranted: (event, work) => count(event, work, event.data.claims, "SEATED"),
    SeatsWaitlisted: (event, work) => count(event, work, event.data.claims, "WAITLISTED"),
    SeatsRevoked: (event, work) => count(event, work, event.data.claims, "WAITLISTED"),
    SeatsReleased: (event, work) => count(event, work, event.data.claims, "ENDED"),
    SettlementProgressed: (event, work) => change(event, work, { remaining: event.data.remaining, new_claims: event.data.newClaims }),
    OverassignmentStarted: (event, work) =>
      change(event, work, { overassigned: 1, grace_ends_at: Date.parse(event.data.graceEndsAt), grace_expired: 0 }),
    OverassignmentEnded: (event, work) => change(event, work, { overassigned: 0, grace_ends_at: null, grace_expired: 0 }),
    GraceExpired: (event, work) => change(event, work, { grace_expired: 1 }),
  },
}

function wantLicense({ data }: OfLicense, wants: Wants): void {
  wants.rows(currentLicense, data.licenseId)
}

function current(event: OfLicense, work: Work): LicenseSpanRow {
  const row = work.spans(licenseSpan).current(event.data.licenseId)
  if (!row) throw new Error(`${event.type} names the license ${event.data.licenseId}, which was never registered`)
  return row
}

/** A cancellation applies whatever its sequence (rule 24), and then does not set the order back. */
function statusSequence(
  event: Entry<"LicenseStatusChanged" | "VendorEventIgnored">,
  work: Work,
): Partial<Pick<LicenseSpanRow, "status_sequence">> {
  const { sequence } = event.data
  return BigInt(sequence) > BigInt(current(event, work).status_sequence) ? { status_sequence: sequence } : {}
}

function change(event: OfLicense, work: Work, changes: Partial<Facts<LicenseSpanRow>>): void {
  work.spans(licenseSpan).change(event, current(event, work), changes)
}

function count(event: OfLicense, work: Work, claims: readonly ClaimRef[], after: "SEATED" | "WAITLISTED" | "ENDED"): void {
  const seats = work.spans(seat)
  const row = current(event, work)
  let { seated, waitlisted } = row
  for (const { userId } of claims) {
    const before = seats.current(row.license_id, userId)?.state
    if (before === "SEATED") seated -= 1
    else if (before === "WAITLISTED") waitlisted -= 1
    if (after === "SEATED") seated += 1
    else if (after === "WAITLISTED") waitlisted += 1
  }
  if (seated !== row.seated || waitlisted !== row.waitlisted) work.spans(licenseSpan).change(event, row, { seated, waitlisted })
}
