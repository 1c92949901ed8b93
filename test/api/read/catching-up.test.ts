import { type Company, type Json, type Ledger, openCompany, openLedger } from "./ledger"

/** What is past does not change by being asked early: what is recorded and not shown yet is waited for. */
let ledger: Ledger
let company: Company
/** So many people are recorded, the first of them shown. */
let shown: number
let recorded: number
beforeEach(async () => {
  ledger = await openLedger() // 2026-03-01T08:00:00Z
  company = await openCompany(ledger)
  await company.user("Ada")
  shown = await company.revision()
  ledger.passSeconds(3600)
  await company.user("Bo")
  recorded = shown + 1
  ledger.passSeconds(3600)
})
afterEach(() => ledger.close())

const QUERY = "query ($asOf: AsOf) { users(asOf: $asOf) { nodes { displayName } } }"
const namesAt = async (asOf?: Json): Promise<string[]> => {
  const { users } = await ledger.ask(company.admin, QUERY, { asOf })
  return users.nodes.map(({ displayName }: Json) => displayName)
}

test("an instant or a revision that is recorded is answered when it is shown, and not before", async () => {
  for (const asOf of [{ at: "2026-03-01T09:30:00Z" }, { revision: recorded }]) {
    expect(await ledger.fault(company.admin, QUERY, { asOf })).toMatchObject({
      code: "UNAVAILABLE",
      field: "revision" in asOf ? "asOf.revision" : "asOf",
      message: expect.stringMatching(/catching up with the log; ask again in a moment$/),
    })
  }
  ledger.between(() => ledger.project())
  expect(await namesAt({ at: "2026-03-01T09:30:00Z" })).toEqual(["Ada", "Bo"])
})

test("a day that is over is answered when all of it is shown", async () => {
  ledger.passSeconds(86_400)
  const asOf = { date: { date: "2026-03-01", timeZone: "UTC" } }
  expect(await ledger.fault(company.admin, QUERY, { asOf })).toMatchObject({ code: "UNAVAILABLE" })
  ledger.between(() => ledger.project())
  expect(await namesAt(asOf)).toEqual(["Ada", "Bo"])
})

test("before the first event that is not shown, and now, nothing has to be waited for", async () => {
  expect(await namesAt({ at: "2026-03-01T08:59:59Z" })).toEqual(["Ada"])
  expect(await namesAt({ at: "2026-02-01T00:00:00Z" })).toEqual([])
  expect(await namesAt({ revision: shown })).toEqual(["Ada"])
  expect(await namesAt()).toEqual(["Ada"])
  expect(await namesAt({ date: { date: "2026-03-01", timeZone: "UTC" } })).toEqual(["Ada"])
})

test("read models that do not know the organization yet do not say that it was empty", async () => {
  const late = await openCompany(ledger, "Fabrikam")
  await late.user("Cy")
  ledger.passSeconds(60)
  const asOf = { at: "2026-03-01T10:00:30Z" }
  expect(await ledger.fault(late.admin, QUERY, { asOf })).toMatchObject({ code: "UNAVAILABLE" })
  ledger.between(() => ledger.project())
  const { users } = await ledger.ask(late.admin, QUERY, { asOf })
  expect(users.nodes).toEqual([{ displayName: "Cy" }])
})
