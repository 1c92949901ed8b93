/** How the seats of each license were used, day by day. */
import type { LicenseRow } from "../../../projections/licenses/queries"
import { inDays, seatUsage } from "../../../projections/usage/counters"
import { usagePeriod } from "../../../projections/usage/period"
import type { ExportHeader } from "../../audit/export-format"
import { addDays, dateAt, intervalsBetween } from "../../domain/calendar"
import { type ExportRow, licensesOf, momentOf, type Sources, type Table } from "./table"

const COLUMNS = ["date", "licenseId", "productName", "purchased", "seated", "waiting", "peak", "seatDays", "overassignedDays"] as const

/** Days that one statement sums up. */
const DAYS_AT_ONCE = 366

export const usage: Table = {
  columns: COLUMNS,
  async *pages(header, sources) {
    for await (const license of licensesOf(header, sources)) yield* ofLicense(license, header, sources)
  },
}

/** From the day on which the license was registered. */
async function* ofLicense(license: LicenseRow, header: ExportHeader, { readStore }: Sources): AsyncGenerator<ExportRow[]> {
  const { from = "", to = "", timeZone = "UTC", until = header.exportedAt } = header.filter
  const registered = dateAt(license.registered_at, timeZone)
  for (let first = from > registered ? from : registered; first <= to; ) {
    const year = addDays(first, DAYS_AT_ONCE - 1)
    const last = year < to ? year : to
    const days = intervalsBetween(first, last, "DAY", timeZone)
    const period = await usagePeriod(readStore, momentOf(header), days, Date.parse(until))
    const [usages = []] = await seatUsage(readStore, period, [license.license_id])
    yield usages.map(({ atEnd, peak, sum, overassignedMs }, n) => {
      return {
        date: days[n]?.from ?? "",
        licenseId: license.license_id,
        productName: license.product_name,
        purchased: atEnd.purchased,
        seated: atEnd.seated,
        waiting: atEnd.waiting,
        peak: peak.seated,
        seatDays: inDays(sum.seated),
        overassignedDays: inDays(overassignedMs),
      } satisfies Record<(typeof COLUMNS)[number], unknown>
    })
    first = addDays(last, 1)
  }
}
