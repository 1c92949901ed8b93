/**
 * The ledger of everything that a vendor sent. What was applied, stale or no change is an event of the organization; a
 * repeat and a refusal write nothing there (rule 37), so they are kept in the vendor's own stream.
 */
import type { VendorCommands } from "../domain/commands"
import type { LedgerEvent } from "../domain/events"
import { isId, parseId } from "../domain/ids"
import { checkSequence } from "../domain/input"
import type { Refusal } from "../domain/refusals"
import type { OrganizationRequest } from "./organization-jobs"
import type { Outcome, RequestContext, VendorRequests } from "./requests"

export type RecordedMessage = VendorRequests["recordVendorEvent"]

/** As far as the operation says; what it came to is added by `recorded`. Undefined for what is no vendor's message. */
export function messageOf(asked: OrganizationRequest, organizationId: string | undefined): RecordedMessage["message"] | undefined {
  const to = organizationId === undefined ? {} : { organizationId }
  switch (asked.operation) {
    case "registerLicense": {
      const { vendorEventId, seats } = asked.request
      return { vendorEventId, ...to, attribute: "REGISTRATION", value: String(seats), sequence: "0" }
    }
    case "changeVendorSeats": {
      const { vendorEventId, licenseId, seats, sequence } = asked.request
      return { vendorEventId, ...to, attribute: "SEATS", licenseId, value: String(seats), sequence }
    }
    case "changeLicenseStatus": {
      const { vendorEventId, licenseId, status, sequence } = asked.request
      return { vendorEventId, ...to, attribute: "STATUS", licenseId, value: status, sequence }
    }
    case "changeLicensePlan": {
      const { vendorEventId, licenseId, plan, sequence } = asked.request
      return { vendorEventId, ...to, attribute: "PLAN", licenseId, value: plan, sequence }
    }
    default:
      return undefined
  }
}

type FieldOf = NonNullable<RequestContext["fieldOf"]>
const fieldIn: FieldOf = (refusal) => ("field" in refusal ? refusal.field : undefined)

/** What is to be kept in the vendor's stream; undefined for what the answer itself has written. */
export function recorded(
  message: RecordedMessage["message"],
  outcome: Outcome<LedgerEvent>,
  fieldOf: FieldOf = fieldIn,
): RecordedMessage | undefined {
  if (outcome.kind === "accepted") return outcome.repeated ? { message: { ...registered(outcome.events), ...message } } : undefined
  const { refusal } = outcome
  const field = fieldOf(refusal)
  const refused = { code: refusal.code, ...(field === undefined ? {} : { field }) }
  // An organization has no part in a message about a license that is not the vendor's.
  if (!isUnknown(refusal)) return { message, refused }
  const { organizationId: _, ...unplaced } = message
  return { message: unplaced, refused }
}

/** A registration does not name the license that it makes. */
function registered(events: readonly LedgerEvent[]): { readonly licenseId?: string } {
  for (const { type, data } of events) if (type === "LicenseRegistered") return { licenseId: data.licenseId }
  return {}
}

function isUnknown({ code }: Refusal): boolean {
  return code === "LICENSE_NOT_FOUND" || code === "NOT_FOUND"
}

/** As long as a valid vendor event id may be. */
const LONGEST = 256
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point.
const UNFIT = /[\u0000-\u001f\u007f\p{Surrogate}]/gu

/** Nothing of a refused message can be relied on: ids that are none are left out, and texts are cut to what may be kept. */
export function tidied({ message, refused }: RecordedMessage): VendorCommands["RecordVendorEvent"] {
  const { vendorEventId, attribute, organizationId, licenseId, value, sequence } = message
  const license = licenseId === undefined ? undefined : parseId("lic", licenseId)
  const kept = {
    vendorEventId: text(vendorEventId),
    attribute,
    ...(organizationId !== undefined && isId("org", organizationId) ? { organizationId } : {}),
    ...(license === undefined ? {} : { licenseId: license }),
    ...(value === undefined ? {} : { value: text(value) }),
    ...(sequence === undefined || checkSequence("sequence", sequence) ? {} : { sequence }),
  }
  if (!refused) return { message: kept }
  const { code, field } = refused
  // A field that is not known here is called as the vendor called it.
  return { message: kept, refused: { code, ...(field === undefined ? {} : { field: text(field) }) } }
}

function text(given: string): string {
  // Cutting may leave half a character behind, which no log takes.
  return given.slice(0, LONGEST).replace(UNFIT, "\ufffd").trim() || "\ufffd"
}
