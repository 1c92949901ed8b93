/** What a vendor sent and what was refused before it got to the ledger of the license: kept all the same. */
import { licensesOfSubscription, organizationOfLicense } from "../../../projections/licenses/queries"
import type { ReadStore } from "../../readstore/read-store"
import type { Hint } from "./hint"
import { notRecorded, type Problem } from "./problem"
import { contextOf, inMessage, type Sender, type VendorServices } from "./sender"
import { meantOf } from "./subscription"

/**
 * A message that cannot be read has nothing to do in the history of a license. The vendor finds it in its own ledger all
 * the same, and so does the organization when it is about a license of theirs. Resolves to what is to be answered.
 */
export async function recordRefusal(
  services: Pick<VendorServices, "commands" | "readStore">,
  hint: Hint,
  problem: Problem,
  sender: Sender,
): Promise<Problem> {
  const { code, field } = problem
  const { subscriptionId: _subscription, organizationId: _organization, ...said } = hint
  const message = { ...said, ...(await soldAs(services.readStore, hint, sender)) }
  const refused = { code, ...(field === undefined ? {} : { field: inMessage(field) }) }
  const outcome = await services.commands.vendor(sender.vendorId, "recordVendorEvent", { message, refused }, contextOf(sender))
  return outcome.kind === "accepted" && outcome.events.length === 0 ? notRecorded(problem) : problem
}

/** The license that is meant, if it is one of this vendor's, and who bought it. */
async function soldAs(
  store: ReadStore,
  { licenseId, subscriptionId, organizationId }: Pick<Hint, "licenseId" | "subscriptionId" | "organizationId">,
  { vendorId }: Sender,
): Promise<{ readonly licenseId?: string; readonly organizationId?: string }> {
  if (licenseId !== undefined) {
    const buyer = await organizationOfLicense(store, licenseId, vendorId)
    return buyer === undefined ? {} : { organizationId: buyer }
  }
  if (subscriptionId === undefined) return {}
  const narrowed = organizationId === undefined ? {} : { organizationId }
  const meant = meantOf(await licensesOfSubscription(store, { vendorId, subscriptionId, ...narrowed }))
  return meant === undefined ? {} : { licenseId: meant.license_id, organizationId: meant.organization_id }
}
