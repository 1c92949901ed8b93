/** Rows of the read models as objects of the API. Plain properties, so that the executor reads them without a resolver. */

import type { Moment } from "../../../projections/catalog/moment"
import type { OrganizationRow, ProductRow, VendorRow } from "../../../projections/catalog/queries"
import type { UserRow } from "../../../projections/directory/queries"
import type { LicenseRow } from "../../../projections/licenses/queries"
import { Group } from "./types/group"
import { License, SeatCount } from "./types/license"
import { Organization } from "./types/organization"
import { Product } from "./types/product"
import { User } from "./types/user"
import { Vendor } from "./types/vendor"

export function organizationOf(row: OrganizationRow): Organization {
  const organization = new Organization()
  organization.id = row.organization_id
  organization.name = row.name
  organization.revision = row.revision
  organization.createdAt = row.created_at
  organization.closedAt = row.closed_at
  return organization
}

export function vendorOf(row: VendorRow): Vendor {
  const vendor = new Vendor()
  vendor.id = row.vendor_id
  vendor.name = row.name
  vendor.contact = row.contact
  return vendor
}

export function productOf(row: ProductRow): Product {
  const product = new Product()
  product.id = row.product_id
  product.name = row.product_name
  product.description = row.description
  product.installUrl = row.install_url
  product.vendor = vendorOf({ vendor_id: row.vendor_id, name: row.vendor_name ?? row.vendor_id, contact: row.contact })
  return product
}

export function licenseOf(row: LicenseRow, at: Moment): License {
  const license = new License()
  license.id = row.license_id
  license.at = at
  license.product = productOf(row)
  license.status = row.status
  license.seats = seatCountOf(row)
  license.remaining = row.remaining
  license.registeredAt = row.registered_at
  license.graceDays = row.grace_days
  license.onGraceEnd = row.on_grace_end
  license.graceExpired = row.grace_expired === 1
  license.subscriptionId = row.subscription_id
  license.orderedBy = row.ordered_by
  license.plan = row.plan
  return license
}

export function seatCountOf(
  row: Pick<LicenseRow, "status" | "purchased" | "seated" | "waitlisted" | "new_claims" | "grace_ends_at">,
): SeatCount {
  const isGrantable = row.status === "ACTIVE" || row.status === "WARNING"
  // Whoever waits on a usable license has the next free seat, also whoever is still being recorded (rule 39).
  const promised = isGrantable ? row.waitlisted + row.new_claims : 0
  const seats = new SeatCount()
  seats.purchased = row.purchased
  seats.seated = row.seated
  seats.available = Math.max(0, row.purchased - row.seated - promised)
  seats.waitlisted = row.waitlisted
  seats.overassignedBy = Math.max(0, row.seated - row.purchased)
  seats.graceEndsAt = row.grace_ends_at
  return seats
}

/** A person whose name is gone (rule 28) is shown by id. */
export function userOf(id: string, row: Partial<Omit<UserRow, "user_id">> | NamelessRow, at: Moment): User {
  const user = new User()
  user.id = id
  user.at = at
  user.displayName = row.display_name ?? id
  user.userName = row.user_name || id
  user.mail = row.mail ?? null
  user.externalId = row.external_id ?? null
  user.active = row.active === 1
  return user
}
/** What an outer join leaves of a person without a name. */
type NamelessRow = { readonly [Column in Exclude<keyof UserRow, "user_id">]: UserRow[Column] | null }

export function groupOf(id: string, displayName: string | null, at: Moment, memberCount?: number | null): Group {
  const group = new Group()
  group.id = id
  group.at = at
  group.displayName = displayName ?? id
  if (memberCount !== undefined && memberCount !== null) group.count = memberCount
  return group
}
