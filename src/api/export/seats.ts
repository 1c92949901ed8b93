/** Who holds or awaits a seat: one row per person and license, seated people first, then the waitlist in its order. */
import type { Moment } from "../../../projections/catalog/moment"
import { groupsByKey } from "../../../projections/directory/queries"
import type { LicenseRow } from "../../../projections/licenses/queries"
import { type SeatPlace, type SeatRow, seatPages } from "../../../projections/seats/queries"
import type { ReadStore } from "../../readstore/read-store"
import { seatSources } from "../seat-sources"
import { type ExportRow, iso, type ListItem, licensesOf, momentOf, PAGE_ROWS, type Sources, type Table } from "./table"

const COLUMNS = [
  "licenseId",
  "productName",
  "vendorName",
  "userId",
  "displayName",
  "userName",
  "mail",
  "active",
  "state",
  "entitledSince",
  "seatedSince",
  "waitlistPosition",
  "sources",
] as const

export const seats: Table = {
  columns: COLUMNS,
  async *pages(header, sources) {
    const moment = momentOf(header)
    for await (const license of licensesOf(header, sources)) yield* ofLicense(license, moment, sources)
  },
}

async function* ofLicense(license: LicenseRow, moment: Moment, { readStore }: Sources): AsyncGenerator<ExportRow[]> {
  let waiting = 0
  for (let after: SeatPlace | undefined; ; ) {
    const listing = { moment, licenseId: license.license_id, seated: license.seated, waitlisted: license.waitlisted }
    const order = { order: "STATE_THEN_PLACE", descending: false, limit: PAGE_ROWS, ...(after && { after }) } as const
    const [rows = []] = await seatPages(readStore, [{ ...listing, ...order }])
    const sourcesOf = await sourcesIn(readStore, moment, rows)
    if (rows.length > 0) {
      yield rows.map((row) => {
        if (row.state === "WAITLISTED") waiting += 1
        return {
          licenseId: license.license_id,
          productName: license.product_name,
          vendorName: license.vendor_name,
          userId: row.user_id,
          displayName: row.display_name ?? null,
          userName: row.user_name || null,
          mail: row.mail ?? null,
          active: row.active === 1,
          state: row.state,
          entitledSince: iso(row.opened_at ?? 0),
          seatedSince: row.state === "SEATED" ? iso(row.from_at ?? 0) : null,
          waitlistPosition: row.state === "WAITLISTED" ? waiting : null,
          sources: sourcesOf(row),
        } satisfies Record<(typeof COLUMNS)[number], unknown>
      })
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE_ROWS) return
    after = last.state === "SEATED" ? [last.user_id] : [last.opened_revision ?? 0, last.opened_ordinal ?? 0, last.user_id]
  }
}

/** Groups by the names that they had then, each read once per page. */
async function sourcesIn(readStore: ReadStore, moment: Moment, rows: readonly SeatRow[]): Promise<(row: SeatRow) => ListItem[]> {
  const ids = new Set(rows.flatMap((row) => seatSources(row).flatMap(({ groupId }) => groupId ?? [])))
  const groups = await groupsByKey(
    readStore,
    Array.from(ids, (id) => ({ id, moment })),
  )
  const names = new Map(groups.flatMap((group) => (group ? [[group.group_id, group.display_name] as const] : [])))
  return (row) =>
    seatSources(row).map(({ groupId, since }): ListItem => {
      if (groupId === null) return { words: "direct", item: { type: "DIRECT", since: iso(since) } }
      const groupName = names.get(groupId) ?? groupId
      return { words: `group ${groupName} (${groupId})`, item: { type: "GROUP", groupId, groupName, since: iso(since) } }
    })
}
