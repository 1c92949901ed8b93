/**
 * What was bought of whom, how much, from when to when: one row per stretch of time in which a license's quantity, status
 * and plan stayed the same. Neutral: no word of it is about how seats are given out here.
 */
import { type HistoryRow, historyPage } from "../../../projections/history/queries"
import type { LicenseRow } from "../../../projections/licenses/queries"
import type { ExportHeader } from "../../audit/export-format"
import type { LicenseStatus, OrganizationEvents } from "../../domain/events"
import { type ExportRow, iso, licensesOf, PAGE_ROWS, type Sources, type Table } from "./table"

const COLUMNS = [
  "product",
  "productId",
  "publisher",
  "publisherId",
  "metric",
  "quantity",
  "validFrom",
  "validTo",
  "status",
  "plan",
  "licenseId",
  "subscriptionId",
  "effectiveAt",
  "sourceEventId",
  "sourceRevision",
  "vendorEventId",
] as const

const TYPES = ["LicenseRegistered", "VendorSeatsChanged", "LicenseStatusChanged", "LicensePlanChanged"] as const

export const entitlements: Table = {
  columns: COLUMNS,
  async *pages(header, sources) {
    for await (const license of licensesOf(header, sources)) yield* ofLicense(license, header, sources)
  },
}

interface Terms {
  readonly quantity: number
  readonly status: LicenseStatus
  readonly plan: string | null
}
/** Terms that hold until the next event of the license. */
interface Held extends Terms {
  readonly since: HistoryRow
  readonly effectiveAt: string | null
  readonly vendorEventId: string
}

async function* ofLicense(license: LicenseRow, header: ExportHeader, sources: Sources): AsyncGenerator<ExportRow[]> {
  const { organization: organizationId, revision: toRevision } = header
  let held: Held | undefined
  for (let after = 0; ; ) {
    const listing = { organizationId, licenseId: license.license_id, subjectIds: [], types: TYPES, toRevision, oldestFirst: true, after }
    const page = await historyPage(sources.readStore, { ...listing, limit: PAGE_ROWS })
    const rows: ExportRow[] = []
    for (const event of page) {
      if (held) rows.push(rowOf(held, event.recorded_at, license))
      held = following(held, event)
    }
    const last = page.at(-1)
    if (!last || page.length < PAGE_ROWS) {
      if (held) rows.push(rowOf(held, null, license))
      if (rows.length > 0) yield rows
      return
    }
    yield rows
    after = last.revision
  }
}

/** Undefined after a cancellation: nothing is bought any more, whatever quantity the vendor still reports (rule 24). */
function following(held: Held | undefined, event: HistoryRow): Held | undefined {
  const data = JSON.parse(event.data) as object // of the type beside it, as the projection wrote it
  const before = held ?? { quantity: 0, status: "ACTIVE" as const, plan: null }
  const begin = (vendorEventId: string, terms: Partial<Terms>, effectiveAt: string | null = null): Held | undefined => {
    const { quantity, status, plan } = { ...before, ...terms }
    return status === "CANCELLED" ? undefined : { quantity, status, plan, since: event, effectiveAt, vendorEventId }
  }
  switch (event.type) {
    case "LicenseRegistered": {
      const { seats, plan, vendorEventId } = data as OrganizationEvents["LicenseRegistered"]
      return begin(vendorEventId, { quantity: seats, plan: plan ?? null })
    }
    case "VendorSeatsChanged": {
      const { seats, vendorEventId, effectiveAt } = data as OrganizationEvents["VendorSeatsChanged"]
      return held && begin(vendorEventId, { quantity: seats }, effectiveAt)
    }
    case "LicenseStatusChanged": {
      const { status, vendorEventId } = data as OrganizationEvents["LicenseStatusChanged"]
      return held && begin(vendorEventId, { status })
    }
    case "LicensePlanChanged": {
      const { plan, vendorEventId } = data as OrganizationEvents["LicensePlanChanged"]
      return held && begin(vendorEventId, { plan })
    }
    default:
      return held
  }
}

function rowOf({ since, quantity, status, plan, effectiveAt, vendorEventId }: Held, until: number | null, license: LicenseRow): ExportRow {
  return {
    product: license.product_name,
    productId: license.product_id,
    publisher: license.vendor_name,
    publisherId: license.vendor_id,
    metric: "named user",
    quantity,
    validFrom: iso(since.recorded_at),
    validTo: until === null ? null : iso(until),
    status,
    plan,
    licenseId: license.license_id,
    subscriptionId: license.subscription_id,
    effectiveAt,
    sourceEventId: since.event_id,
    sourceRevision: since.revision,
    vendorEventId,
  } satisfies Record<(typeof COLUMNS)[number], unknown>
}
