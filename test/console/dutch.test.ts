/** In Dutch, too: what is said when seats are short, inherited or withheld, when somebody was first, in the past, and without a connection. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { openConsoles } from "./support/browser"
import { pick } from "./support/picker"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

async function licensePage(there: Scene, path = "", tolerated?: RegExp): Promise<Page> {
  const opening = { role: "LICENSE_ADMIN", language: "nl", ...there.signedIn, ...(tolerated && { tolerated }) } as const
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}${path}`, opening)
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  return page
}

async function assign(page: Page, typed: string, name: string): Promise<void> {
  await button(page, "Licenties toewijzen").click()
  await pick(page, "Gebruikers of groepen", typed, name)
  await button(page, "Toewijzen").click()
}

test("rule 3: zonder vrije seat wordt niets toegewezen, en wie wil kan wachten", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const page = await licensePage(there)
  await assign(page, "bo", "BO")
  await page.getByText(/Er is geen seat vrij en er is 1 nodig. Er is niets toegewezen./).waitFor()
  await button(page, "Toewijzen en laten wachten").click()
  await page.getByRole("list", { name: "Resultaten" }).getByText("Wacht: plaats 1").waitFor()
})

test("een opgeschorte licentie zegt wat dat betekent", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada"] })
  await there.setStatus("SUSPENDED")
  const page = await licensePage(there)
  await page.getByText(/De leverancier heeft dit abonnement opgeschort./).waitFor()
  await assign(page, "ada", "ADA")
  await page.getByText(/Deze licentie is opgeschort: niemand krijgt nu een seat./).waitFor()
})

test("rule 13: wie de licentie alleen via een groep heeft, houdt die; wie iets anders zag dan er nu is, kijkt opnieuw", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
  await there.assign(["ada", await there.group("Verkoop", ["bo"])])
  const page = await licensePage(there)
  await page.getByRole("checkbox", { name: "ADA selecteren" }).click()
  await page.getByRole("checkbox", { name: "BO selecteren" }).click()
  await button(page, "Licenties niet toewijzen").click()
  const dialog = page.getByRole("dialog", { name: "Licenties niet toewijzen" })
  await dialog.getByText(/heeft deze licentie alleen via groepen/).waitFor()
  await dialog.getByText("BO: via Verkoop").waitFor()
  await there.assign(["cyd"], await there.colleague())
  await page.getByText("3 personen", { exact: true }).waitFor()
  await dialog.getByRole("button", { name: "Niet toewijzen", exact: true }).click()
  await dialog.getByText(/Dit is gewijzigd sinds u keek/).waitFor()
})

test("in het verleden is alles te zien en niets te wijzigen", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  await there.assign(["ada"])
  const page = await licensePage(there, `?asOf=${await there.revision()}`)
  await page.getByRole("status").filter({ hasText: "Hier kan niets worden gewijzigd." }).waitFor()
  await page.getByRole("table", { name: "Personen" }).getByRole("link", { name: "ADA" }).waitFor()
  expect(await button(page, "Licenties toewijzen").count()).toBe(0)
  await button(page, "Terug naar nu").click()
  await button(page, "Licenties toewijzen").waitFor()
})

test("zonder verbinding staat dat er, en daarna is alles weer bij", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  const page = await licensePage(there, "", /ERR_|WebSocket/)
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole("img", { name: /^Verbinding verbroken/ }).waitFor()
  await page.getByRole("status").filter({ hasText: "Wat u ziet kan verouderd zijn" }).waitFor()
  await there.assign(["ada"], await there.colleague())
  await page.context().setOffline(false)
  await page.getByRole("link", { name: "ADA" }).waitFor()
})
