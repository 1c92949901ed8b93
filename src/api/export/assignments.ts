/** What was assigned to whom, by whom and why: licenses in order, each assignment in the order in which it was made. */
import { type AssignmentRow, assignmentPages, progressOf } from "../../../projections/assignments/queries"
import type { Moment } from "../../../projections/catalog/moment"
import type { LicenseRow } from "../../../projections/licenses/queries"
import { namesOf } from "../graphql/names"
import { type ExportRow, iso, licensesOf, momentOf, PAGE_ROWS, type Sources, type Table } from "./table"

const COLUMNS = [
  "licenseId",
  "productName",
  "vendorName",
  "principalType",
  "principalId",
  "displayName",
  "userName",
  "mail",
  "status",
  "waiting",
  "assignedAt",
  "assignedById",
  "assignedByName",
  "reason",
  "revision",
] as const

export const assignments: Table = {
  columns: COLUMNS,
  async *pages(header, sources) {
    const moment = momentOf(header)
    for await (const license of licensesOf(header, sources)) yield* ofLicense(license, moment, sources)
  },
}

async function* ofLicense(license: LicenseRow, moment: Moment, sources: Sources): AsyncGenerator<ExportRow[]> {
  const licenseId = license.license_id
  for (let after: readonly [number, string] | undefined; ; ) {
    const [page = []] = await assignmentPages(sources.readStore, [{ moment, licenseId, limit: PAGE_ROWS, ...(after && { after }) }])
    if (page.length > 0) yield await rowsOf(page, license, moment, sources)
    const last = page.at(-1)
    if (!last || page.length < PAGE_ROWS) return
    after = [last.from_revision, last.principal_id]
  }
}

async function rowsOf(page: readonly AssignmentRow[], license: LicenseRow, moment: Moment, sources: Sources): Promise<ExportRow[]> {
  const { organizationId } = moment
  const acting = (row: AssignmentRow) => ({
    organizationId,
    type: row.actor_type,
    id: row.actor_id,
    revision: row.from_revision,
    instant: row.from_at,
  })
  const reasons = page.flatMap(({ reason }) => (reason === null ? [] : [{ organizationId, text: reason }]))
  const [names, keys] = await Promise.all([
    namesOf(sources, { organizationId, principalIds: [], acting: page.map(acting) }),
    sources.vault.load(reasons),
  ])
  const { waitlisted, remaining } = license
  const principals = page.map((row) => ({ type: row.principal_type, id: row.principal_id }))
  const [progress] = await progressOf(sources.readStore, [{ moment, licenseId: license.license_id, waitlisted, remaining, principals }])
  return page.map((row) => {
    const { waiting = 0, unfinished = false } = progress?.get(row.principal_id) ?? {}
    return {
      licenseId: license.license_id,
      productName: license.product_name,
      vendorName: license.vendor_name,
      principalType: row.principal_type,
      principalId: row.principal_id,
      displayName: row.display_name,
      userName: row.user_name || null,
      mail: row.mail,
      status: unfinished ? "IN_PROGRESS" : waiting > 0 ? "SEATS_SHORT" : "ALL_SEATED",
      waiting,
      assignedAt: iso(row.from_at),
      assignedById: row.actor_id,
      assignedByName: names.actor(acting(row)) ?? null,
      reason: row.reason === null ? null : (keys.openText(organizationId, row.reason) ?? null),
      revision: row.from_revision,
    } satisfies Record<(typeof COLUMNS)[number], unknown>
  })
}
