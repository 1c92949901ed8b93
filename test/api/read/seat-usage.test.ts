import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** The seats of a license over the days on which clocks go forward in Amsterdam. The ledger's clock starts on 1 March 2026, 8:00 UTC. */
let ledger: Ledger
let company: Company
let seller: Seller
let licenseId: string
let [adele, bo, cy]: string[] = []
let [sales, support]: string[] = []

const HOUR = 3600
const DAY = 24 * HOUR

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  ledger.passSeconds(25 * DAY - 9 * HOUR) // 25 March, 23:00 UTC: midnight in Amsterdam
  licenseId = await company.license(seller, 2)
  ;[adele, bo, cy] = [await company.user("Adele"), await company.user("Bo"), await company.user("Cy")]
  sales = await company.group("Sales", [adele, bo])
  support = await company.group("Support", [bo])
  await company.assign(licenseId, [adele]) // 26 March 0:00: directly
  ledger.passSeconds(36 * HOUR)
  await company.assign(licenseId, [sales, support]) // 27 March 12:00: Adele has two sources, Bo too
  ledger.passSeconds(12 * HOUR)
  await company.assign(licenseId, [cy]) // 28 March 0:00: waits
  ledger.passSeconds(12 * HOUR)
  await company.seats(seller, licenseId, 1) // 12:00: one too many
  ledger.passSeconds(12 * HOUR + 23 * HOUR + 6 * HOUR)
  await company.command("deleteGroup", { groupId: support, confirm: true }) // 30 March 6:00
  await company.seats(seller, licenseId, 3) // Cy moves up
  ledger.passSeconds(6 * HOUR) // 12:00
  await ledger.project()
})
afterAll(() => ledger.close())

const QUERY = `query ($l: ID!, $from: Date!, $to: Date!, $by: CalendarUnit, $zone: String, $asOf: AsOf) {
  seatUsage(licenseId: $l, from: $from, to: $to, by: $by, timeZone: $zone, asOf: $asOf) {
    timeZone revision countedUntil license { seats { purchased } }
    total { ...interval }
    intervals { ...interval }
  }
}
fragment interval on SeatUsageInterval {
  from to startsAt endsAt isComplete purchased { atEnd peak average } seated { atEnd peak average } waiting { atEnd peak average }
  overassigned overassignedDays seatDays seatMilliseconds sources { type group { displayName } seatDays seatMilliseconds }
}`
const usage = async (more: Json = {}, viewer = company.viewer("AUDITOR")): Promise<Json> =>
  (await ledger.ask(viewer, QUERY, { l: licenseId, from: "2026-03-26", to: "2026-03-30", zone: "Europe/Amsterdam", ...more })).seatUsage
const shares = (interval: Json) =>
  Object.fromEntries(interval.sources.map(({ type, group, seatDays }: Json) => [group?.displayName ?? type, seatDays]))

test("day by day: bought, seated, waiting, and seat-days of 24 hours", async () => {
  const { intervals, ...whole } = await usage()
  expect(whole).toMatchObject({
    timeZone: "Europe/Amsterdam",
    countedUntil: "2026-03-30T10:00:00.000Z",
    license: { seats: { purchased: 3 } },
  })
  const lines = intervals.map(({ from, purchased, seated, waiting, overassignedDays, seatDays }: Json) =>
    [from, purchased.peak, purchased.atEnd, seated.peak, seated.average, waiting.atEnd, overassignedDays, seatDays].join(" "),
  )
  expect(lines).toEqual([
    "2026-03-26 2 2 1 1 0 0 1",
    "2026-03-27 2 2 2 1.5 0 0 1.5",
    "2026-03-28 2 1 2 2 1 0.5 2",
    `2026-03-29 1 1 2 2 1 ${23 / 24} ${46 / 24}`, // 23 hours
    "2026-03-30 3 3 3 2.5 0 0.25 1.25", // so far 12 hours
  ])
  expect(intervals[3]).toMatchObject({
    startsAt: "2026-03-28T23:00:00.000Z",
    endsAt: "2026-03-29T22:00:00.000Z",
    isComplete: true,
    overassigned: true,
  })
  expect(intervals[4]).toMatchObject({ endsAt: "2026-03-30T10:00:00.000Z", isComplete: false })
})

test("the total is all of it as one", async () => {
  const { total, intervals } = await usage()
  expect(total).toMatchObject({
    from: "2026-03-26",
    to: "2026-03-30",
    isComplete: false,
    purchased: { atEnd: 3, peak: 3 },
    seated: { atEnd: 3, peak: 3 },
    waiting: { atEnd: 0, peak: 1 },
    overassignedDays: 41 / 24,
  })
  expect(total.seatMilliseconds).toBe(intervals.reduce((sum: number, { seatMilliseconds }: Json) => sum + seatMilliseconds, 0))
})

test("through what: several sources share equally, and the shares add up", async () => {
  const { total, intervals } = await usage()
  expect(intervals.map(shares)).toEqual([
    { DIRECT: 1 },
    { DIRECT: 0.75, Sales: 0.5, Support: 0.25 },
    { DIRECT: 0.5, Sales: 1, Support: 0.5 },
    { DIRECT: 23 / 48, Sales: 23 / 24, Support: 23 / 48 },
    { DIRECT: 0.5, Sales: 0.625, Support: 0.125 },
  ])
  for (const { seatMilliseconds, sources } of [total, ...intervals]) {
    expect(sources.reduce((sum: number, source: Json) => sum + source.seatMilliseconds, 0)).toBe(seatMilliseconds)
  }
})

test("weeks, months and other time zones", async () => {
  const weeks = await usage({ by: "WEEK", from: "2026-03-20" })
  expect(weeks.intervals.map(({ from, to, seatDays }: Json) => [from, to, seatDays])).toEqual([
    ["2026-03-20", "2026-03-22", 0],
    ["2026-03-23", "2026-03-29", 4.5 + 46 / 24],
    ["2026-03-30", "2026-03-30", 1.25],
  ])
  const [march] = (await usage({ by: "MONTH", from: "2026-03-01", zone: "UTC" })).intervals
  expect(march).toMatchObject({ startsAt: "2026-03-01T00:00:00.000Z", seatDays: 5.75 + 46 / 24, purchased: { atEnd: 3 } })
})

test("as of a revision the same answer comes for ever: counted until that revision was recorded", async () => {
  const { revision } = await usage()
  const asOf = { revision: revision - 3 } // before Cy was promoted, the vendor's event and the group's end
  const then = await usage({ asOf })
  expect(then).toMatchObject({ revision: revision - 3, countedUntil: "2026-03-30T04:00:00.000Z" })
  expect(then.intervals.at(-1)).toMatchObject({ seatDays: 0.5, isComplete: false })
  expect(then.intervals.slice(0, 4)).toEqual((await usage()).intervals.slice(0, 4))
  const at = await usage({ asOf: { at: "2026-03-28T23:00:00Z" }, to: "2026-03-29" })
  expect(at.intervals.at(-1)).toMatchObject({ from: "2026-03-29", seatDays: 0, seated: { atEnd: 2, peak: 2, average: 2 } })
})

test("what cannot be answered is said", async () => {
  const fault = (more: Json) => ledger.fault(company.admin, QUERY, { l: licenseId, from: "2026-03-26", to: "2026-03-30", ...more })
  expect(await fault({ from: "2026-03-31" })).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "to",
    message: "to must not be before `from`: 2026-03-30 is before 2026-03-31",
  })
  expect((await fault({ to: "2026-03-31" })).message).toBe(
    "to must be at most 2026-03-30, the last day that has begun in UTC; 2026-03-31 has not",
  )
  expect(await fault({ zone: "Pacific/Pago_Pago" })).toMatchObject({ field: "to" })
  expect(await fault({ zone: "Europe/Atlantis" })).toMatchObject({ field: "timeZone" })
  expect((await fault({ from: "2025-01-01" })).message).toBe(
    "by cuts this into 454 parts, at most 400 are answered: ask for less, or by WEEK or MONTH",
  )
  expect((await fault({ from: "2026-02-30" })).message).toMatch(/Date must be a day of the calendar/)
  expect(await fault({ asOf: { at: "2026-04-01T00:00:00Z" } })).toMatchObject({ field: "asOf.at" })
  expect(await fault({ l: "lic_nothing" })).toMatchObject({ code: "NOT_FOUND", field: "licenseId" })
  const other = await openCompany(ledger, "Other")
  expect(await ledger.fault(other.admin, QUERY, { l: licenseId, from: "2026-03-26", to: "2026-03-30" })).toMatchObject({
    code: "NOT_FOUND",
  })
})

test("rule 38: everybody who may look at licenses reads it, members and vendors do not", async () => {
  for (const role of ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"] as const) {
    expect((await usage({}, company.viewer(role))).intervals).toHaveLength(5)
  }
  const variables = { l: licenseId, from: "2026-03-26", to: "2026-03-30" }
  expect(await ledger.fault(company.viewer("MEMBER"), QUERY, variables)).toMatchObject({ code: "FORBIDDEN" })
  expect(await ledger.fault(seller.viewer, QUERY, variables)).toMatchObject({ code: "FORBIDDEN" })
})

test("the number of statements does not grow with the days", async () => {
  const statements = async (from: string) => {
    ledger.statements.length = 0
    await usage({ from })
    return ledger.statements.length
  }
  expect(await statements("2025-04-01")).toBe(await statements("2026-03-29"))
})
