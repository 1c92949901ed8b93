import type { Moment } from "../../../projections/catalog/moment"
import { foundNames } from "../../../projections/directory/found"
import { type SeatListing, type SeatPlace, type SeatRow, seatPages } from "../../../projections/seats/queries"
import { NOW, openRows, type Rows, THEN } from "./rows"

/** Large licenses are read another way than small ones; what comes out is the same. */
const now: Moment = { organizationId: "org_large", revision: NOW, instant: NOW, open: true }
const then: Moment = { organizationId: "org_large", revision: THEN, instant: THEN, open: false }
let rows: Rows

beforeAll(() => {
  rows = openRows(3_500, (fill) => {
    fill.license("lic_a", { seated: 2_500, waiting: 500, formerStates: 3 })
    fill.group("grp_many", 300, 3_000, "lic_a")
  })
})
afterAll(() => rows.close())

const listing = (moment: Moment, more: Partial<SeatListing>): SeatListing => ({
  moment,
  licenseId: "lic_a",
  seated: 2_500,
  waitlisted: 500,
  order: "DISPLAY_NAME",
  descending: false,
  limit: 400,
  ...more,
})

/** All pages, joined. */
async function all(moment: Moment, more: Partial<SeatListing>): Promise<SeatRow[]> {
  const joined: SeatRow[] = []
  for (let after: SeatPlace | undefined; ; ) {
    const [page = []] = await seatPages(rows.store, [listing(moment, { ...more, ...(after ? { after } : {}) })])
    joined.push(...page)
    const last = page.at(-1)
    if (!last || page.length < 400) return joined
    after = placeOf(more.order ?? "DISPLAY_NAME", last)
  }
}
function placeOf(
  order: SeatListing["order"],
  { user_id, state, sort_name = "", opened_revision = 0, opened_ordinal = 0 }: SeatRow,
): SeatPlace {
  if (order === "DISPLAY_NAME") return [sort_name, user_id]
  return order === "STATE_THEN_PLACE" && state === "SEATED" ? [user_id] : [opened_revision, opened_ordinal, user_id]
}

/** The same by the shortest way: every seat of the moment, sorted here. */
function expected(moment: Moment, order: SeatListing["order"], descending: boolean): string[] {
  const sql = `select s.*, n.sort_name from seat s join principal_name n on n.principal_id = s.user_id
    where s.license_id = 'lic_a' and s.from_revision <= ? and s.to_revision > ?`
  const seats = rows.db.prepare(sql).all(moment.revision, moment.revision) as Required<SeatRow>[]
  const byId = (a: SeatRow, b: SeatRow) => (a.user_id < b.user_id ? -1 : 1)
  const orders: Record<SeatListing["order"], (a: Required<SeatRow>, b: Required<SeatRow>) => number> = {
    DISPLAY_NAME: (a, b) => (a.sort_name < b.sort_name ? -1 : a.sort_name > b.sort_name ? 1 : byId(a, b)),
    ENTITLED_SINCE: (a, b) => a.opened_revision - b.opened_revision || byId(a, b),
    STATE_THEN_PLACE: (a, b) =>
      a.state === b.state ? (a.state === "SEATED" ? byId(a, b) : orders.ENTITLED_SINCE(a, b)) : a.state === "SEATED" ? -1 : 1,
  }
  const ids = seats.sort(orders[order]).map((seat) => seat.user_id)
  return descending ? ids.reverse() : ids
}

const ORDERS = ["DISPLAY_NAME", "ENTITLED_SINCE", "STATE_THEN_PLACE"] as const
describe.each([
  ["now", now],
  ["then", then],
])("%s", (_, moment) => {
  test.each(ORDERS.flatMap((order) => [false, true].map((descending) => [order, descending] as const)))(
    "by %s, descending: %s",
    async (order, descending) => {
      const ids = (await all(moment, { order, descending })).map((row) => row.user_id)
      expect(ids).toHaveLength(3_000)
      expect(ids).toEqual(expected(moment, order, descending))
      for (const skip of [7, 1_990, 2_450, 2_900]) {
        const [page = []] = await seatPages(rows.store, [listing(moment, { order, descending, skip, limit: 100 })])
        expect(page.map((row) => row.user_id)).toEqual(ids.slice(skip, skip + 100))
      }
    },
  )

  test.each(ORDERS)("by %s, only people of a large group, a search that finds many, or both", async (order) => {
    const found = await foundNames(rows.store, moment, "p", ["USER"])
    expect(found?.few).toBe(false)
    const group = { id: "grp_many", memberCount: 3_000 }
    const everybody = expected(moment, order, false)
    const members = new Set(
      (rows.db.prepare("select member_id from membership where group_id = 'grp_many'").all() as { member_id: string }[]).map(
        (row) => row.member_id,
      ),
    )
    const inGroup = everybody.filter((id) => members.has(id))
    expect(inGroup).toHaveLength(2_700)
    const ids = async (more: Partial<SeatListing>) => (await all(moment, { order, ...more })).map((row) => row.user_id)
    expect(await ids({ group })).toEqual(inGroup)
    expect(await ids(found ? { found } : {})).toEqual(everybody) // everybody's user name begins with p
    const waiting = new Set(expected(moment, "STATE_THEN_PLACE", false).slice(-500))
    expect(await ids({ group, ...(found ? { found } : {}), state: "WAITLISTED" })).toEqual(inGroup.filter((id) => waiting.has(id)))
  })

  test("the parts of a row that are wanted change nothing but the row", async () => {
    const parts = { name: false, account: false, claim: false, sources: false, since: false }
    for (const order of ORDERS) {
      const [lean = []] = await seatPages(rows.store, [listing(moment, { order, parts })])
      const [full = []] = await seatPages(rows.store, [listing(moment, { order })])
      expect(lean.map((row) => row.user_id)).toEqual(full.map((row) => row.user_id))
      expect(lean[0]).not.toHaveProperty("display_name")
      expect(full[0]).toMatchObject({ display_name: expect.any(String), active: 1, direct: null })
    }
  })

  test("lists that want different parts are read together all the same", async () => {
    const lean = { name: false, account: false, claim: false, sources: false, since: false }
    const [a, b] = await seatPages(rows.store, [listing(moment, { limit: 3, parts: lean }), listing(moment, { limit: 3 })])
    expect(a?.map((row) => row.user_id)).toEqual(b?.map((row) => row.user_id))
  })
})
