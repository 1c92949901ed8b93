import type { VendorMessage } from "../../src/domain/events"
import { type Entry, type Projection, rowTable, type Work } from "../../src/readstore/projection"
import { tables } from "./tables"

interface VendorEventRow {
  position: number
  vendor_id: string
  organization_id: string | null
  license_id: string | null
  vendor_event_id: string
  attribute: string
  outcome: string
  value: string | null
  sequence: string | null
  place: string | null
  code: string | null
  field: string | null
  recorded_at: number
  revision: number | null
}

const vendorEvent = rowTable<VendorEventRow>(
  "vendor_event",
  ["position"],
  [
    "position",
    "vendor_id",
    "organization_id",
    "license_id",
    "vendor_event_id",
    "attribute",
    "outcome",
    "value",
    "sequence",
    "place",
    "code",
    "field",
    "recorded_at",
    "revision",
  ],
)

type OfOrganization = Entry<
  "LicenseRegistered" | "VendorSeatsChanged" | "LicenseStatusChanged" | "LicensePlanChanged" | "VendorEventIgnored"
>
type OfVendor = Entry<"ProductListed" | "ProductChanged" | "ProductUnchanged">
type Told = Pick<VendorEventRow, "attribute" | "outcome" | "value">

export const vendorEvents: Projection = {
  name: "vendor-events",
  version: 2,
  tables,
  on: {
    LicenseRegistered: (event, work) =>
      add(event, work, { attribute: "REGISTRATION", outcome: "APPLIED", value: String(event.data.seats) }),
    VendorSeatsChanged: (event, work) => add(event, work, { attribute: "SEATS", outcome: "APPLIED", value: String(event.data.seats) }),
    LicenseStatusChanged: (event, work) => add(event, work, { attribute: "STATUS", outcome: "APPLIED", value: event.data.status }),
    LicensePlanChanged: (event, work) => add(event, work, { attribute: "PLAN", outcome: "APPLIED", value: event.data.plan }),
    VendorEventIgnored(event, work) {
      const { attribute, outcome, seats, status, plan } = event.data
      add(event, work, { attribute, outcome, value: seats === undefined ? (status ?? plan ?? null) : String(seats) })
    },
    ProductListed: (event, work) => addProduct(event, work, "APPLIED"),
    ProductChanged: (event, work) => addProduct(event, work, "APPLIED"),
    ProductUnchanged: (event, work) => addProduct(event, work, event.data.outcome ?? "NO_CHANGE"),
    VendorEventRepeated: (event, work) => addUnwritten(event, event.data, work, { outcome: "REPEATED", code: null, field: null }),
    VendorEventRefused(event, work) {
      const { code, field = null } = event.data
      addUnwritten(event, event.data, work, { outcome: "REFUSED", code, field })
    },
  },
}

/** Only the vendor itself registers and changes its licenses, so it is the actor. */
function add({ data, position, organizationId, revision, at, metadata }: OfOrganization, work: Work, told: Told): void {
  const sequence = "sequence" in data ? data.sequence : "0"
  work.rows(vendorEvent).add({
    ...told,
    position,
    vendor_id: metadata.actor.id,
    organization_id: organizationId,
    license_id: data.licenseId,
    vendor_event_id: data.vendorEventId,
    sequence,
    place: told.attribute === "REGISTRATION" ? null : placeOf(sequence),
    code: null,
    field: null,
    recorded_at: at,
    revision,
  })
}

/** A product that was listed without a message of the vendor's own has no place here. */
function addProduct({ data, position, at }: OfVendor, work: Work, outcome: string): void {
  if (data.vendorEventId === undefined) return
  work.rows(vendorEvent).add({
    position,
    vendor_id: data.vendorId,
    organization_id: null,
    license_id: null,
    vendor_event_id: data.vendorEventId,
    attribute: "PRODUCT",
    outcome,
    value: data.name,
    sequence: data.sequence ?? null,
    place: null,
    code: null,
    field: null,
    recorded_at: at,
    revision: null,
  })
}

/** A repeat or a refusal. */
function addUnwritten(
  { position, at }: Entry,
  message: VendorMessage,
  work: Work,
  told: Pick<VendorEventRow, "outcome" | "code" | "field">,
): void {
  const { vendorId, organizationId, licenseId, vendorEventId, attribute, value, sequence } = message
  const isPlaced = sequence !== undefined && organizationId !== undefined && attribute !== "REGISTRATION" && !isWrongOrder(told)
  work.rows(vendorEvent).add({
    ...told,
    position,
    vendor_id: vendorId,
    organization_id: organizationId ?? null,
    license_id: licenseId ?? null,
    vendor_event_id: vendorEventId,
    attribute,
    value: value ?? null,
    sequence: sequence ?? null,
    place: isPlaced ? placeOf(sequence) : null,
    recorded_at: at,
    revision: null,
  })
}

/** A counter sent to a license that is ordered by time stamps, or the other way round, tells nothing of the order. */
function isWrongOrder({ field }: Pick<VendorEventRow, "field">): boolean {
  return field === "sequence" || field === "timeStamp"
}

/** Up to 2^63−1, which has 19 digits. */
function placeOf(sequence: string): string {
  return sequence.padStart(19, "0")
}
