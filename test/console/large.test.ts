/** Thousands of people: pages are read on the way, and what is done to all of a filter goes in commands of a hundred. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const PEOPLE = 3_000
const AT_ONCE = 100

const consoles = openConsoles()
let ledger: RunningLedger
let there: Scene
beforeAll(async () => {
  ledger = await RunningLedger.start()
  there = await scene(ledger, { seats: PEOPLE, users: [] })
  const context = { requester: { type: "USER", subject: "chief", role: "GLOBAL_ADMIN" }, correlationId: "large" } as const
  const { commands } = ledger.opened
  const numbers = Array.from({ length: PEOPLE }, (_, n) => String(n).padStart(4, "0"))
  const ids: string[] = []
  for (let from = 0; from < PEOPLE; from += 250) {
    const made = numbers.slice(from, from + 250).map(async (n) => {
      const request = { userName: `p${n}@example.com`, displayName: `Person ${n}`, active: true }
      const outcome = await commands.organization(there.organizationId, "createUser", request, context)
      const event = outcome.kind === "accepted" ? outcome.events[0] : undefined
      if (event?.type !== "UserProvisioned") throw new Error(`person ${n} was not made`)
      return event.data.userId
    })
    ids.push(...(await Promise.all(made)))
  }
  for (let from = 0; from < PEOPLE; from += AT_ONCE) await there.assign(ids.slice(from, from + AT_ONCE))
})
afterAll(() => ledger.stop())

async function people(search = ""): Promise<Page> {
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}${search}`, { role: "LICENSE_ADMIN", ...there.signedIn })
  await page.getByRole("table", { name: "People" }).waitFor()
  return page
}

async function howMany(): Promise<number> {
  const { license } = await there.admin.ask("query ($id: ID!) { license(id: $id) { users { totalCount } } }", { id: there.licenseId })
  return license.users.totalCount
}

test("scrolling to the end reads page after page, and the document never holds more than what is in sight", async () => {
  const page = await people("?order=name")
  const table = page.getByRole("table", { name: "People" })
  expect(await table.getAttribute("aria-rowcount")).toBe(String(PEOPLE + 1))
  const last = table.getByRole("link", { name: "Person 2999" })
  // To the end at once, as a hurried hand does: the pages in between are read one after the other.
  await page.evaluate("document.getElementById('content').scrollTop = 1e9")
  await last.waitFor()
  expect(await table.getByRole("row").count()).toBeLessThan(100)
})

test("a filter is what is selected, not what is in sight: the rest keeps its seats", async () => {
  const before = await howMany()
  const page = await people("?order=name")
  await page.getByRole("searchbox", { name: "Search by name" }).fill("Person 28")
  await page
    .getByRole("status")
    .filter({ hasText: /^100 people$/ })
    .waitFor()
  await page.getByRole("checkbox", { name: "Select all" }).click()
  await page.getByRole("checkbox", { name: "Select Person 2800" }).click() // all but one
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText("Unassigned from 99 of 99.").waitFor()
  expect(await howMany()).toBe(before - 99)
})

test("all of a filter are unassigned in commands of 100, with progress, and stopping says what was done", async () => {
  const seated = await howMany()
  const page = await people()
  await page.getByRole("checkbox", { name: "Select all" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByRole("progressbar").waitFor()
  await dialog.getByRole("button", { name: "Stop" }).click()
  const said = dialog.getByText(/^Unassigned from [\d,]+ of [\d,]+\.$/)
  await said.waitFor()
  const unassigned = Number((await said.innerText()).replace(/^\D*([\d,]+) of.*/, "$1").replace(",", ""))
  expect(unassigned % AT_ONCE).toBe(0)
  expect(unassigned).toBeLessThan(seated)
  await dialog.getByRole("button", { name: "Close", exact: true }).click()
  await page
    .getByRole("status")
    .filter({ hasText: `${(seated - unassigned).toLocaleString("en-GB")} people` })
    .waitFor()
})
