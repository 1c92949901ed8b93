import type { EventData } from "../../src/domain/events"
import { type Entry, type Projection, rowsWhere, rowTable, type Work } from "../../src/readstore/projection"
import { OPEN } from "../../src/readstore/read-store"
import { sortName } from "../directory/names"
import { tables } from "./tables"

export interface OrganizationRow {
  organization_id: string
  number: number
  name: string
  created_at: number
  closed_at: number | null
  closed_revision: number | null
  revision: number
}
interface MomentRow {
  organization_id: string
  revision: number
  recorded_at: number
}
interface VendorRow {
  vendor_id: string
  from_at: number
  to_at: number
  name: string
  contact: string | null
}
interface ProductRow {
  product_id: string
  from_at: number
  to_at: number
  vendor_id: string
  name: string
  search_name: string
  description: string | null
  install_url: string | null
}

export const organization = rowTable<OrganizationRow>(
  "organization",
  ["organization_id"],
  ["organization_id", "number", "name", "created_at", "closed_at", "closed_revision", "revision"],
  { replaces: true },
)
const moment = rowTable<MomentRow>("moment", ["organization_id", "revision"], ["organization_id", "revision", "recorded_at"])
const vendor = rowTable<VendorRow>("vendor", ["vendor_id", "from_at"], ["vendor_id", "from_at", "to_at", "name", "contact"], {
  replaces: true,
})
const product = rowTable<ProductRow>(
  "product",
  ["product_id", "from_at"],
  ["product_id", "from_at", "to_at", "vendor_id", "name", "search_name", "description", "install_url"],
  { replaces: true },
)

export const organizationById = rowsWhere(organization, "organization_id = ?")
const newestOrganization = rowsWhere(organization, "number = (select max(number) from organization)")
const currentVendor = rowsWhere(vendor, `vendor_id = ? and to_at = ${OPEN}`)
const currentProduct = rowsWhere(product, `product_id = ? and to_at = ${OPEN}`)

export const catalog: Projection = {
  name: "catalog",
  version: 3,
  tables,

  needs: {
    OrganizationCreated: (_, wants) => wants.rows(newestOrganization),
    VendorRegistered: ({ data }, wants) => wants.rows(currentVendor, data.vendorId),
    ProductListed: ({ data }, wants) => wants.rows(currentProduct, data.productId),
    ProductChanged: ({ data }, wants) => wants.rows(currentProduct, data.productId),
  },
  needsOfEvery({ organizationId, revision }, wants) {
    if (organizationId === "") return
    wants.rows(organizationById, organizationId)
    wants.instant(organizationId, revision - 1)
  },

  on: {
    OrganizationCreated({ data, organizationId, revision, at }, work) {
      const organizations = work.rows(organization)
      let number = 1
      for (const other of organizations.known()) number = Math.max(number, other.number + 1)
      organizations.put({
        organization_id: organizationId,
        number,
        name: data.name,
        created_at: at,
        closed_at: null,
        closed_revision: null,
        revision,
      })
    },
    OrganizationClosed({ organizationId, revision, at }, work) {
      const row = work.rows(organization).current(organizationId)
      if (row) work.rows(organization).change(row, { closed_at: at, closed_revision: revision })
    },
    VendorRegistered({ data, at }, work) {
      const vendors = work.rows(vendor)
      for (const row of vendors.known()) {
        if (row.vendor_id === data.vendorId && row.to_at === OPEN && row.from_at < at) vendors.put({ ...row, to_at: at })
      }
      vendors.put({ vendor_id: data.vendorId, from_at: at, to_at: OPEN, name: data.name, contact: data.contact ?? null })
    },
    ProductListed: describeProduct,
    ProductChanged: describeProduct,
  },

  onEvery({ organizationId, revision, at }, work) {
    if (organizationId === "") return
    if (work.instant(organizationId, revision - 1) !== at) {
      work.rows(moment).add({ organization_id: organizationId, revision, recorded_at: at })
    }
    const organizations = work.rows(organization)
    const row = organizations.current(organizationId)
    if (row) organizations.change(row, { revision })
  },
}

/** Two descriptions within one millisecond are one span, the later one: a moment in time cannot tell them apart. */
function describeProduct({ data, at }: Entry<"ProductListed" | "ProductChanged">, work: Work): void {
  const products = work.rows(product)
  for (const row of products.known()) {
    if (row.product_id === data.productId && row.to_at === OPEN && row.from_at < at) products.put({ ...row, to_at: at })
  }
  products.put(productRow(data, at))
}

function productRow(data: EventData<"ProductListed">, at: number): ProductRow {
  return {
    product_id: data.productId,
    from_at: at,
    to_at: OPEN,
    vendor_id: data.vendorId,
    name: data.name,
    search_name: sortName(data.name),
    description: data.description ?? null,
    install_url: data.installUrl ?? null,
  }
}
