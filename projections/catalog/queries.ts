/** Organizations, vendors and products. */
import type { ReadStore } from "../../src/readstore/read-store"
import { sql } from "../sql"

export interface OrganizationRow {
  readonly organization_id: string
  readonly name: string
  readonly revision: number
  readonly created_at: number
  readonly closed_at: number | null
  readonly closed_revision: number | null
}

export async function organization(store: ReadStore, organizationId: string): Promise<OrganizationRow | undefined> {
  const query = sql`select organization_id, name, revision, created_at, closed_at, closed_revision from organization where organization_id = ${organizationId}`
  const [row] = await store.rows<OrganizationRow>(query.text, query.params)
  return row
}

export interface VendorRow {
  readonly vendor_id: string
  readonly name: string
  readonly contact: string | null
}

/** The vendor as it was at an instant. Two changes in one millisecond leave an empty span behind, which no instant falls into. */
export async function vendor(store: ReadStore, vendorId: string, instant: number): Promise<VendorRow | undefined> {
  const query = sql`select vendor_id, name, contact from vendor where vendor_id = ${vendorId} and from_at <= ${instant} and to_at > ${instant}`
  const [row] = await store.rows<VendorRow>(query.text, query.params)
  return row
}

/** Every name these vendors ever had, oldest first. */
export async function vendorsEver(
  store: ReadStore,
  vendorIds: readonly string[],
): Promise<{ readonly vendor_id: string; readonly name: string; readonly from_at: number }[]> {
  if (vendorIds.length === 0) return []
  const query = sql`select vendor_id, name, from_at from vendor where vendor_id in (${vendorIds}) order by from_at`
  return store.rows(query.text, query.params)
}

export interface ProductRow {
  readonly product_id: string
  readonly product_name: string
  readonly description: string | null
  readonly install_url: string | null
  readonly vendor_id: string
  readonly vendor_name: string | null
  readonly contact: string | null
}

export async function product(store: ReadStore, productId: string, instant: number): Promise<ProductRow | undefined> {
  const query = sql`
    select p.product_id, p.name as product_name, p.description, p.install_url, p.vendor_id, v.name as vendor_name, v.contact
    from product p left join vendor v on v.vendor_id = p.vendor_id and v.from_at <= ${instant} and v.to_at > ${instant}
    where p.product_id = ${productId} and p.from_at <= ${instant} and p.to_at > ${instant}`
  const [row] = await store.rows<ProductRow>(query.text, query.params)
  return row
}

/** All organizations, closed ones too. */
export async function organizationIds(store: ReadStore): Promise<readonly string[]> {
  const rows = await store.rows<{ organization_id: string }>("select organization_id from organization order by organization_id")
  return rows.map((row) => row.organization_id)
}

/** Organizations that are not closed, by name. */
export async function openOrganizations(store: ReadStore): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return store.rows("select organization_id as id, name from organization where closed_at is null order by name, organization_id")
}
