/** Which license a message is about. A wrong license is worse than a message that has to be sent again. */
import { licensesOfSubscription, organizationOfLicense } from "../../../projections/licenses/queries"
import { licenseOfMessage } from "../../../projections/vendor-events/queries"
import { caughtUp } from "../../readstore/caught-up"
import type { LicenseChange } from "./message"
import { licenseUnknown, notYetKnown, type Problem } from "./problem"
import { recordRefusal } from "./refused"
import type { Sender, VendorServices } from "./sender"
import { meantOf } from "./subscription"

/** Where a license is; `organizationId` is undefined when this vendor sold no license of that id. */
export interface Located {
  readonly organizationId: string | undefined
  readonly licenseId: string
}

export function locate(services: VendorServices, message: LicenseChange, sender: Sender): Promise<Located | Problem> {
  const { licenseId, subscriptionId = "" } = message.license
  return licenseId === undefined ? bySubscription(services, message, subscriptionId, sender) : byId(services, message, licenseId, sender)
}

async function byId(services: VendorServices, message: LicenseChange, licenseId: string, sender: Sender): Promise<Located | Problem> {
  const { readStore, visibleWithinMs } = services
  const look = () => organizationOfLicense(readStore, licenseId, sender.vendorId)
  let buyer = await look()
  if (buyer === undefined) {
    // A vendor takes "unknown" for final.
    if (!(await caughtUp(services, "ledger", visibleWithinMs))) return notYetKnown(message.nameOf("licenseId"))
    buyer = await look()
  }
  const { organizationId } = message.license
  if (buyer !== undefined && organizationId !== undefined && buyer !== organizationId)
    return refuse(services, message, sender, otherOrganization(message))
  return { organizationId: buyer, licenseId }
}

async function bySubscription(
  services: VendorServices,
  message: LicenseChange,
  subscriptionId: string,
  sender: Sender,
): Promise<Located | Problem> {
  const { readStore, visibleWithinMs } = services
  const { organizationId } = message.license
  const of = { vendorId: sender.vendorId, subscriptionId, ...(organizationId === undefined ? {} : { organizationId }) }
  const field = message.nameOf("licenseId")
  // A license that was registered or that ended a moment ago decides what is meant.
  if (!(await caughtUp(services, "ledger", visibleWithinMs))) return notYetKnown(field)
  const sold = await licensesOfSubscription(readStore, of)
  if (sold.length > 1) {
    // Rule 17: a repeat is about what it was about the first time, whatever has become of that since.
    if (!(await caughtUp(services, "history", visibleWithinMs))) return notYetKnown(field)
    const recorded = await licenseOfMessage(readStore, message.vendorEventId, of)
    if (recorded) return { organizationId: recorded.organization_id, licenseId: recorded.license_id }
  }
  const meant = meantOf(sold, message.happenedAt)
  if (meant) return { organizationId: meant.organization_id, licenseId: meant.license_id }
  return refuse(services, message, sender, sold.length > 0 ? ambiguous(message) : licenseUnknown(field, subscriptionId))
}

function refuse(services: VendorServices, message: LicenseChange, sender: Sender, problem: Problem): Promise<Problem> {
  const { vendorEventId, kind, sequence, license } = message
  return recordRefusal(services, { vendorEventId, attribute: kind, sequence, value: valueIn(message), ...license }, problem, sender)
}

function valueIn(message: LicenseChange): string {
  if (message.kind === "SEATS") return String(message.seats)
  return message.kind === "STATUS" ? message.status : message.plan
}

function otherOrganization({ nameOf }: LicenseChange): Problem {
  const field = nameOf("organizationId")
  const detail = `${field} is not who bought this license. Leave it out, or send the organization that the registration named.`
  return { status: 400, code: "INVALID_INPUT", title: "A field is not right", detail, field }
}

function ambiguous({ nameOf }: LicenseChange): Problem {
  const field = nameOf("licenseId")
  const detail = `${field} names several licenses that have not ended. Name the license by its own id, or add the organization that bought it.`
  return { status: 400, code: "AMBIGUOUS_SUBSCRIPTION", title: "Several licenses bear this subscription id", detail, field }
}
