import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Two moments of one company side by side. */
let ledger: Ledger
let company: Company
let seller: Seller
let draw: string
let paint: string
let [adele, bo, cy, dee, eve]: string[] = []
let sales: string
let [before, after] = [0, 0]

const DAY = 86_400

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  draw = await company.license(seller, 2)
  const other = await openSeller(ledger, "Umbra", "Umbra Paint")
  ;[adele, bo, cy, dee, eve] = [
    await company.user("Adele"),
    await company.user("Bo"),
    await company.user("Cy"),
    await company.user("Dee"),
    await company.user("Eve"),
  ]
  sales = await company.group("Sales", [bo, cy])
  await company.assign(draw, [adele, sales]) // Adele and Bo sit, Cy waits
  before = await company.revision() // 1 March 8:00
  ledger.passSeconds(DAY)
  await company.seats(seller, draw, 1) // over-assigned for two days
  ledger.passSeconds(2 * DAY)
  await company.command("setUserActive", { userId: adele, active: false }, ADELES_ADMIN) // Adele loses her seat
  await company.seats(seller, draw, 3) // Cy moves up
  paint = await company.license(other, 1)
  await company.assign(paint, [dee, eve]) // Dee sits, Eve waits
  await company.command("deleteUser", { userId: dee }) // never seen at either end
  await company.command("unassignLicenses", { licenseId: paint, principalIds: [eve] })
  await company.assign(paint, [bo, eve])
  ledger.passSeconds(DAY)
  after = await company.revision()
})
afterAll(() => ledger.close())

const ADELES_ADMIN = { type: "USER", subject: "hr@contoso.example", role: "USER_ADMIN" } as const

const QUERY = `query ($from: AsOf!, $to: AsOf!, $l: ID, $first: Int, $after: String, $kinds: [SeatChangeKind!]) {
  changesBetween(from: $from, to: $to, licenseId: $l) {
    from { revision at } to { revision at }
    changes(first: $first, after: $after, kinds: $kinds) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes { change user { displayName } license { product { name } } before { state sources { type group { displayName } } } after { state waitlistPosition }
        sources { type since group { displayName } } entry { type summary recordedAt causedBy { type actor { role } } } }
    }
    licenses {
      totalCount
      nodes { license { product { name } } purchased { before after peak average } seated { before after peak average } waiting { before after peak average }
        overassignedDays gained lost beganWaiting stoppedWaiting deactivationToRelease { released averageSeconds longestSeconds pending } }
    }
  }
}`
const compare = async (more: Json = {}, viewer = company.viewer("AUDITOR")): Promise<Json> =>
  (await ledger.ask(viewer, QUERY, { from: { revision: before }, to: { revision: after }, ...more })).changesBetween
const line = ({ change, user, license, sources }: Json) =>
  `${user.displayName} ${change} ${license.product.name} ${sources.map(({ type, group }: Json) => group?.displayName ?? type)}`

test("who gained and lost seats, through what, and which event did it", async () => {
  const { changes } = await compare()
  expect(changes.totalCount).toBe(4)
  expect(changes.nodes.map(line).sort()).toEqual([
    "Adele LOST Lumen Draw DIRECT",
    "Bo GAINED Umbra Paint DIRECT",
    "Cy GAINED Lumen Draw Sales",
    "Eve BEGAN_WAITING Umbra Paint DIRECT",
  ])
  const of = (name: string) => changes.nodes.find(({ user }: Json) => user.displayName === name)
  expect(of("Adele")).toMatchObject({
    before: { state: "SEATED", sources: [{ type: "DIRECT" }] },
    after: null,
    entry: {
      type: "SeatsReleased",
      recordedAt: "2026-03-04T08:00:00.000Z",
      causedBy: { type: "UserDeactivated", actor: { role: "USER_ADMIN" } },
    },
  })
  expect(of("Cy")).toMatchObject({
    before: { state: "WAITLISTED" },
    after: { state: "SEATED" },
    entry: { type: "SeatsGranted", causedBy: { type: "VendorSeatsChanged", actor: { role: "VENDOR" } } },
  })
  expect(of("Eve")).toMatchObject({ before: null, after: { state: "WAITLISTED", waitlistPosition: 1 }, entry: { type: "SeatsWaitlisted" } })
  expect(of("Eve").sources[0].since).toBe("2026-03-04T08:00:00.000Z")
})

test("what each license was at both ends and in between", async () => {
  const { licenses, from, to } = await compare({ to: { at: "2026-03-05T08:00:00Z" } })
  expect([from, to]).toEqual([
    { revision: before, at: "2026-03-01T08:00:00.000Z" },
    { revision: after, at: "2026-03-05T08:00:00.000Z" },
  ])
  expect(licenses.totalCount).toBe(2)
  const [drawing, painting] = licenses.nodes
  expect(drawing).toEqual({
    license: { product: { name: "Lumen Draw" } },
    purchased: { before: 2, after: 3, peak: 3, average: (2 + 1 + 1 + 3) / 4 },
    seated: { before: 2, after: 2, peak: 2, average: 2 },
    waiting: { before: 1, after: 0, peak: 1, average: 0.75 },
    overassignedDays: 2,
    gained: 1,
    lost: 1,
    beganWaiting: 0,
    stoppedWaiting: 0,
    deactivationToRelease: { released: 1, averageSeconds: 0, longestSeconds: 0, pending: 0 },
  })
  expect(painting).toMatchObject({
    purchased: { before: 0, after: 1, peak: 1, average: 0.25 },
    gained: 1,
    beganWaiting: 1,
    deactivationToRelease: { released: 0, averageSeconds: null, longestSeconds: null, pending: 0 },
  })
})

test("a revision stands where it was recorded: nothing is counted after it", async () => {
  const { to, licenses } = await compare()
  expect(to).toEqual({ revision: after, at: "2026-03-04T08:00:00.000Z" })
  // The last of these states has held for no time at all, and is counted among the peaks and at the end.
  expect(licenses.nodes[0]).toMatchObject({ purchased: { after: 3, peak: 3, average: 4 / 3 }, overassignedDays: 2 })
})

test("rule 34: days stand where they end, in their time zone, and one that is not over stands where it is now", async () => {
  const day = (date: string) => ({ date: { date, timeZone: "Europe/Amsterdam" } })
  const { from, to, changes } = await compare({ from: day("2026-03-01"), to: day("2026-03-04") })
  expect([from, to]).toEqual([
    { revision: before, at: "2026-03-01T23:00:00.000Z" },
    { revision: after, at: "2026-03-04T23:00:00.000Z" },
  ])
  expect(changes.totalCount).toBe(4)
  expect((await compare({ to: day("2026-03-05") })).to).toEqual({ revision: after, at: "2026-03-05T08:00:00.000Z" })
})

test("one license, some kinds, page by page", async () => {
  expect((await compare({ l: paint })).changes.nodes.map(line).sort()).toEqual([
    "Bo GAINED Umbra Paint DIRECT",
    "Eve BEGAN_WAITING Umbra Paint DIRECT",
  ])
  expect((await compare({ l: paint })).licenses.nodes).toHaveLength(1)
  const lost = (await compare({ kinds: ["LOST"] })).changes
  expect([lost.totalCount, lost.nodes.map(line)]).toEqual([1, ["Adele LOST Lumen Draw DIRECT"]])

  const { nodes } = (await compare()).changes
  const paged: Json[] = []
  for (let cursor: string | null = null; ; ) {
    const { changes } = await compare({ first: 1, after: cursor })
    paged.push(...changes.nodes)
    if (!changes.pageInfo.hasNextPage) break
    cursor = changes.pageInfo.endCursor
  }
  expect(paged).toEqual(nodes)
  // The other way round, what was gained was lost: only what cannot have happened is refused.
  expect(await fault({ from: { revision: after }, to: { revision: before } })).toMatchObject({ code: "BAD_USER_INPUT", field: "to" })
})
const fault = (more: Json) => ledger.fault(company.admin, QUERY, { from: { revision: before }, to: { revision: after }, ...more })

test("a moment compared with itself: nothing changed", async () => {
  const { changes, licenses } = await compare({ from: { revision: after } })
  expect(changes).toMatchObject({ totalCount: 0, nodes: [] })
  expect(licenses.nodes[0]).toMatchObject({ purchased: { before: 3, after: 3, peak: 3, average: 3 }, overassignedDays: 0, gained: 0 })
})

test("revision 0 is before everything: whoever has something gained it", async () => {
  const { from, changes } = await compare({ from: { revision: 0 } })
  expect(from).toEqual({ revision: 0, at: "2026-03-01T08:00:00.000Z" })
  expect(changes.nodes.map(({ change, user }: Json) => `${user.displayName} ${change}`).sort()).toEqual([
    "Bo GAINED",
    "Bo GAINED",
    "Cy GAINED",
    "Eve BEGAN_WAITING",
  ])
})

test("who was deleted since is shown as at the earlier moment", async () => {
  const here = await openCompany(ledger, "Here")
  const license = await here.license(seller, 1)
  const gone = await here.user("Gone Tomorrow")
  await here.assign(license, [gone])
  const from = await here.revision()
  await here.command("deleteUser", { userId: gone })
  const to = await here.revision()
  const answer = await ledger.ask(here.admin, QUERY, { from: { revision: from }, to: { revision: to } })
  expect(answer.changesBetween.changes.nodes.map(line)).toEqual(["Gone Tomorrow LOST Lumen Draw DIRECT"])
})

test("what cannot be answered is said", async () => {
  expect(await fault({ to: { revision: after + 1 } })).toMatchObject({ code: "BAD_USER_INPUT", field: "to.revision" })
  expect(await fault({ to: { at: "2027-01-01T00:00:00Z" } })).toMatchObject({ code: "BAD_USER_INPUT", field: "to.at" })
  expect(await fault({ l: "lic_nothing" })).toMatchObject({ code: "NOT_FOUND", field: "licenseId" })
  // A clock that is a little ahead is no mistake.
  expect((await compare({ to: { at: "2026-03-05T08:00:59Z" } })).to.at).toBe("2026-03-05T08:00:00.000Z")
})

test("rule 38: everybody who may look at licenses reads it, members and vendors do not", async () => {
  for (const role of ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"] as const) {
    expect((await compare({}, company.viewer(role))).changes.totalCount).toBe(4)
  }
  const variables = { from: { revision: before }, to: { revision: after } }
  expect(await ledger.fault(company.viewer("MEMBER"), QUERY, variables)).toMatchObject({ code: "FORBIDDEN" })
  expect(await ledger.fault(seller.viewer, QUERY, variables)).toMatchObject({ code: "FORBIDDEN" })
})
