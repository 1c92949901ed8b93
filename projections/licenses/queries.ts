/** Licenses as they were at a moment: their facts, their counters, and the product as it was called then. */
import type { GraceEnd, LicenseStatus, OrderedBy } from "../../src/domain/events"
import type { LicenseId } from "../../src/domain/ids"
import { OPEN, type ReadStore } from "../../src/readstore/read-store"
import type { Moment } from "../catalog/moment"
import { byMoment, rowsOfEach } from "../reading"
import { and, limitTo, raw, type Sql, sql } from "../sql"

export interface LicenseRow {
  readonly license_id: string
  readonly organization_id: string
  readonly sort_name: string
  readonly registered_at: number
  readonly grace_days: number
  readonly on_grace_end: GraceEnd
  readonly subscription_id: string | null
  readonly ordered_by: OrderedBy
  readonly plan: string | null
  readonly status: LicenseStatus
  readonly purchased: number
  readonly seated: number
  readonly waitlisted: number
  readonly grace_ends_at: number | null
  readonly grace_expired: 0 | 1
  readonly remaining: number
  readonly new_claims: number
  readonly product_id: string
  readonly product_name: string
  readonly description: string | null
  readonly install_url: string | null
  readonly vendor_id: string
  readonly vendor_name: string | null
  readonly contact: string | null
}

/**
 * A license has a span per change of a counter, so the one that covers a revision is the last that began by then, found
 * by one step down the primary key; comparing both ends would walk through all of them.
 */
function licensesAt(moment: Moment, where: Sql): Sql {
  return sql`
    select l.license_id, l.organization_id, l.sort_name, l.registered_at, l.grace_days, l.on_grace_end, l.subscription_id, l.ordered_by,
      s.status, s.plan, s.purchased, s.seated, s.waitlisted, s.grace_ends_at, s.grace_expired, s.remaining, s.new_claims,
      l.product_id, coalesce(p.name, l.product_name) as product_name, p.description, p.install_url,
      l.vendor_id, v.name as vendor_name, v.contact
    from license l
    join license_span s on s.license_id = l.license_id and s.from_revision =
      (select max(x.from_revision) from license_span x where x.license_id = l.license_id and x.from_revision <= ${moment.revision})
    ${withProduct(moment)}
    left join vendor v on v.vendor_id = l.vendor_id and v.from_at <= ${moment.instant} and v.to_at > ${moment.instant}
    where l.organization_id = ${moment.organizationId} and ${where}`
}

/** The product as it was called at the moment; by the aliases `p` and `l`. */
function withProduct({ instant }: Moment): Sql {
  return sql`left join product p on p.product_id = l.product_id and p.from_at <= ${instant} and p.to_at > ${instant}`
}

export interface LicenseKey {
  readonly id: string
  readonly moment: Moment
}

/** In the order of the keys; undefined for what the organization did not have at that moment. */
export async function licensesByKey(store: ReadStore, keys: readonly LicenseKey[]): Promise<(LicenseRow | undefined)[]> {
  const groups = byMoment(keys)
  const answers = await rowsOfEach<LicenseRow>(
    store,
    groups.map((group) => licensesAt((group[0] as LicenseKey).moment, sql`l.license_id in (${group.map((key) => key.id)})`)),
  )
  const found = new Map<LicenseKey, LicenseRow>()
  groups.forEach((group, i) => {
    const rows = new Map(answers[i]?.map((row) => [row.license_id, row]))
    for (const key of group) {
      const row = rows.get(key.id)
      if (row) found.set(key, row)
    }
  })
  return keys.map((key) => found.get(key))
}

export interface LicenseListing {
  /** Part of the name that is shown, folded as `sort_name` is. */
  readonly search?: string
  readonly after?: readonly [sortName: string, licenseId: string]
  readonly limit: number
}

/** By the product's name when the license was registered, so that a new name moves no place in a list; then id. */
export function licenses(store: ReadStore, moment: Moment, listing: LicenseListing): Promise<LicenseRow[]> {
  const { after } = listing
  const beyond = after ? sql`(l.sort_name, l.license_id) > (${after[0]}, ${after[1]})` : sql`1 = 1`
  const query = sql`${licensesAt(moment, and([matches(listing), beyond]))} order by l.sort_name, l.license_id ${limitTo(listing.limit)}`
  return store.rows(query.text, query.params)
}

export async function countLicenses(store: ReadStore, moment: Moment, listing: Pick<LicenseListing, "search">): Promise<number> {
  const query = sql`
    select count(*) as total from license l ${withProduct(moment)}
    where l.organization_id = ${moment.organizationId} and l.registered_revision <= ${moment.revision} and ${matches(listing)}`
  const [row] = await store.rows<{ total: number }>(query.text, query.params)
  return row?.total ?? 0
}

function matches({ search }: Pick<LicenseListing, "search">): Sql {
  if (search === undefined || search === "") return sql`1 = 1`
  const pattern = `%${search.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
  return sql`coalesce(p.search_name, l.sort_name) like ${pattern} escape '\\'`
}

/** Whose license it is, for a vendor, which belongs to no organization; undefined for another vendor's. */
export async function organizationOfLicense(store: ReadStore, licenseId: string, vendorId: string): Promise<string | undefined> {
  const query = sql`select organization_id from license where license_id = ${licenseId} and vendor_id = ${vendorId}`
  const [row] = await store.rows<{ organization_id: string }>(query.text, query.params)
  return row?.organization_id
}

/** Which licenses a vendor means by a subscription id; of one customer, or of all. */
export interface SubscriptionOf {
  readonly vendorId: string
  readonly subscriptionId: string
  readonly organizationId?: string
}

/** Nobody renews one subscription so often, and a message must not wait for somebody who gives all licenses the same id. */
const MOST_OF_ONE_SUBSCRIPTION = 100

/**
 * The licenses that a vendor sold under one of its subscription ids, the newest first. A vendor may use an id again after
 * a cancellation, or for several customers, so what to do with several is the caller's to say.
 */
export async function licensesOfSubscription(store: ReadStore, of: SubscriptionOf): Promise<LicenseOfSubscription[]> {
  const query = sql`
    select l.license_id, l.organization_id, l.ordered_by, l.registered_at, s.status
    from license l join license_span s on ${IS_LAST}
    where ${isOfSubscription(of)}
    order by l.registered_at desc, l.license_id ${limitTo(MOST_OF_ONE_SUBSCRIPTION)}`
  return store.rows(query.text, query.params)
}

/** By the alias `l`. */
export function isOfSubscription({ vendorId, subscriptionId, organizationId }: SubscriptionOf): Sql {
  return and([
    sql`l.vendor_id = ${vendorId} and l.subscription_id = ${subscriptionId}`,
    ...(organizationId === undefined ? [] : [sql`l.organization_id = ${organizationId}`]),
  ])
}

export interface LicenseOfSubscription {
  readonly license_id: string
  readonly organization_id: string
  readonly ordered_by: OrderedBy
  readonly status: LicenseStatus
  readonly registered_at: number
}

/** A license as the vendor that sold it sees it: no people, and all of one moment. */
export interface SoldLicenseRow extends LicenseOfSubscription {
  readonly product_id: string
  readonly product_name: string
  readonly subscription_id: string | null
  readonly plan: string | null
  readonly purchased: number
  readonly seats_sequence: string
  readonly status_sequence: string
  readonly plan_sequence: string
  readonly seated: number
  readonly waitlisted: number
  readonly remaining: number
  readonly grace_ends_at: number | null
  /** The revision of the organization at which the license became like this. */
  readonly from_revision: number
  /** The revision of the organization that is shown. */
  readonly revision: number
}

export interface SoldListing {
  readonly vendorId: string
  readonly organizationId?: string
  readonly subscriptionId?: string
  readonly after?: readonly [organizationId: string, licenseId: string]
  readonly limit: number
}

/** By organization, then id. */
export function soldLicenses(store: ReadStore, listing: SoldListing): Promise<SoldLicenseRow[]> {
  const { vendorId, organizationId, subscriptionId, after, limit } = listing
  const where = and([
    sql`l.vendor_id = ${vendorId}`,
    ...(organizationId === undefined ? [] : [sql`l.organization_id = ${organizationId}`]),
    ...(subscriptionId === undefined ? [] : [sql`l.subscription_id = ${subscriptionId}`]),
    ...(after === undefined ? [] : [sql`(l.organization_id, l.license_id) > (${after[0]}, ${after[1]})`]),
  ])
  const query = sql`${SOLD} where ${where} order by l.organization_id, l.license_id limit ${limit}`
  return store.rows(query.text, query.params)
}

/** Undefined for another vendor's. */
export async function soldLicense(store: ReadStore, vendorId: string, licenseId: string): Promise<SoldLicenseRow | undefined> {
  const query = sql`${SOLD} where l.license_id = ${licenseId} and l.vendor_id = ${vendorId}`
  const [row] = await store.rows<SoldLicenseRow>(query.text, query.params)
  return row
}

/** A license never ends, so its last span is that of now. */
const IS_LAST = raw(
  "s.license_id = l.license_id and s.from_revision = (select max(x.from_revision) from license_span x where x.license_id = l.license_id)",
)

const SOLD = sql`
  select l.license_id, l.organization_id, l.product_id, l.product_name, l.subscription_id, l.ordered_by, l.registered_at,
    s.status, s.plan, s.purchased, s.seats_sequence, s.status_sequence, s.plan_sequence, s.seated, s.waitlisted, s.remaining,
    s.grace_ends_at, s.from_revision, o.revision
  from license l
  join license_span s on ${IS_LAST}
  join organization o on o.organization_id = l.organization_id`

/** Whether the organization has bought this product, or anything of this vendor, by this revision: what makes them its business. */
export async function hasLicenseOf(
  store: ReadStore,
  organizationId: string,
  of: { readonly productId: string } | { readonly vendorId: string },
  revision = Number.MAX_SAFE_INTEGER,
): Promise<boolean> {
  const which = "productId" in of ? sql`product_id = ${of.productId}` : sql`vendor_id = ${of.vendorId}`
  const query = sql`select 1 from license
    where organization_id = ${organizationId} and registered_revision <= ${revision} and ${which} limit 1`
  return (await store.rows(query.text, query.params)).length > 0
}

/** What has to be done on a license without anybody asking: the rest of a large group (rule 39), a grace period that runs. */
export interface UnfinishedLicense {
  readonly organizationId: string
  readonly licenseId: LicenseId
  readonly remaining: number
  readonly graceEndsAt: number | null
}

/** Of all organizations that are open; a scan of the open spans. */
export function unfinishedLicenses(store: ReadStore): Promise<UnfinishedLicense[]> {
  return store.slowRows<UnfinishedLicense>(
    `select s.organization_id as "organizationId", s.license_id as "licenseId", s.remaining,
       case when s.overassigned = 1 and s.grace_expired = 0 then s.grace_ends_at end as "graceEndsAt"
     from license_span s join organization o on o.organization_id = s.organization_id
     where s.to_revision = ? and o.closed_at is null and (s.remaining > 0 or (s.overassigned = 1 and s.grace_expired = 0))`,
    [OPEN],
  )
}
