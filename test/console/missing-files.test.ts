/** Files that are not there any more, such as after an update of the server: what needs one says so, and all else goes on. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
let there: Scene
beforeAll(async () => {
  ledger = await RunningLedger.start()
  there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
})
afterAll(() => ledger.stop())

/** What the browser says of a file that does not come. */
const tolerated = /ERR_FAILED|dynamically imported module/
const notLoaded = (page: Page) => page.getByRole("alert").filter({ hasText: "This part could not be loaded." })

function licensePage(search = "", width = 1280): Promise<Page> {
  return consoles.open(ledger, `/licenses/${there.licenseId}${search}`, { role: "GLOBAL_ADMIN", ...there.signedIn, width, tolerated })
}

async function lose(page: Page, part: string): Promise<void> {
  await page.route(`**/assets/${part}-*.js`, (route) => route.abort())
}

test("without the file of the notices, what was done is said all the same, and Undo is not lost", async () => {
  const page = await licensePage()
  await lose(page, "toasts")
  await page.getByRole("checkbox", { name: "Select ADA" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText("Unassigned from 1 of 1.").waitFor()
  await dialog.getByRole("button", { name: "Close", exact: true }).click()
  const notice = page.getByRole("alert")
  await notice.getByText("CRM: unassigned from ADA").waitFor()
  await notice.getByRole("button", { name: "Undo" }).click()
  await notice.getByText("Undone: 1 is assigned again.").waitFor()
  await page.getByRole("checkbox", { name: "Select ADA" }).waitFor()
  await notice.getByRole("button", { name: "Dismiss" }).click()
  await notice.waitFor({ state: "hidden" })
})

test.each([
  ["account-menu", "Account of tester", { role: "menuitem", name: "Sign out" }],
  ["as-of-popover", "As of …", { role: "button", name: "Show" }],
  ["vendor-popover", "Contact your vendor", { role: "link", name: "sales@vendor.example" }],
  ["install-dialog", "Install this product", { role: "button", name: "Continue" }],
] as const)("without %s its button says so, and the page stays", async (part, button, { role, name }) => {
  const page = await licensePage()
  await lose(page, part)
  await page.getByRole("button", { name: button }).click()
  await notLoaded(page).waitFor()
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  await page.unrouteAll()
  await notLoaded(page).getByRole("button", { name: "Load again" }).click()
  await notLoaded(page).waitFor({ state: "hidden" })
  await page.getByRole("button", { name: button }).click()
  await page.getByRole(role, { name }).first().waitFor()
})

test("without the menu of a narrow window the page stays", async () => {
  const narrow = await licensePage("", 400)
  await lose(narrow, "menu-drawer")
  await narrow.getByRole("button", { name: "Open the menu" }).click()
  await notLoaded(narrow).waitFor()
  await narrow.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
})

test("without the page to sign in the window is not empty", async () => {
  const page = await consoles.open(ledger, "/console/sign-in", { tolerated })
  await lose(page, "sign-in-page")
  await page.goto("/licenses")
  await page.getByRole("alert").getByText("This page could not be shown").waitFor()
  await page.unrouteAll()
  await page.getByRole("button", { name: "Load again" }).click()
  await page.getByRole("button", { name: "Sign in" }).waitFor()
})

test("without the file of a page that is gone to, the way back is open", async () => {
  const page = await licensePage()
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  await lose(page, "groups-page")
  await page.getByRole("link", { name: "Groups", exact: true }).click()
  await page.getByRole("alert").getByText("This page could not be shown").waitFor()
  await page.getByRole("link", { name: "Licenses", exact: true }).click()
  await page.getByRole("heading", { level: 1, name: "Licenses" }).waitFor()
})
