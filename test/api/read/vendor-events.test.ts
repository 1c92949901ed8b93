import { type Company, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

const MANY = 40

let ledger: Ledger
let company: Company
let seller: Seller
beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  for (let n = 0; n < MANY / 2; n++) await company.seats(seller, await company.license(seller, n), n + 1)
  await ledger.project()
})
afterAll(() => ledger.close())

test("the list costs as many statements for a large page as for a small one, licenses and their counters included", async () => {
  for (const viewer of [seller.viewer, company.viewer("AUDITOR")]) {
    const statementsFor = async (first: number) => {
      ledger.statements.length = 0
      const source = `{ vendorEvents(first: ${first}) { totalCount nodes { vendorEventId missingBefore license { id seats { purchased } product { name } } } } }`
      const { nodes, totalCount } = (await ledger.ask(viewer, source)).vendorEvents
      expect([nodes.length, totalCount]).toEqual([first, MANY])
      expect(nodes.every(({ license }: { license: unknown }) => license !== null)).toBe(true)
      return ledger.statements.length
    }
    const few = await statementsFor(2)
    expect(few).toBeLessThan(8)
    expect(await statementsFor(MANY)).toBe(few)
  }
})
