/** The history for people: one row per event, in words, with names and reasons opened. It carries no proof. */
import { historyPage } from "../../../projections/history/queries"
import { toldOf } from "../graphql/told"
import { iso, PAGE_ROWS, type Table } from "./table"

const COLUMNS = [
  "revision",
  "recordedAt",
  "type",
  "summary",
  "actorType",
  "actorId",
  "actorName",
  "actorRole",
  "reason",
  "licenseId",
  "productName",
  "causedByRevision",
  "eventId",
  "data",
] as const

export const historyTable: Table = {
  columns: COLUMNS,
  async *pages({ organization: organizationId, revision, first = 1, last = revision, filter }, sources) {
    const { licenseId } = filter
    for (let after = first - 1; after < last; ) {
      const listing = { organizationId, subjectIds: [], fromRevision: first, toRevision: last, oldestFirst: true, after, limit: PAGE_ROWS }
      const page = await historyPage(sources.readStore, { ...listing, ...(licenseId === undefined ? {} : { licenseId }) })
      const told = await toldOf(sources, organizationId, page)
      if (page.length > 0) {
        yield told.map(({ row, data, actorName, reason, summary }) => {
          return {
            revision: row.revision,
            recordedAt: iso(row.recorded_at),
            type: row.type,
            summary: summary("EN"),
            actorType: row.actor_type,
            actorId: row.actor_id,
            actorName,
            actorRole: row.actor_role,
            reason,
            licenseId: row.license_id,
            productName: row.product_name,
            causedByRevision: row.causation_revision,
            eventId: row.event_id,
            data,
          } satisfies Record<(typeof COLUMNS)[number], unknown>
        })
      }
      if (page.length < PAGE_ROWS) return
      after = page.at(-1)?.revision ?? last
    }
  },
}
