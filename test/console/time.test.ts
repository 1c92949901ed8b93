/** The past, and what was or would be: the trail, moments, usage, simulation and restoring. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { untilInPage, violations } from "./support/accessibility"
import { type Opening, openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

function opened(there: Scene, path: string, opening: Opening = {}): Promise<Page> {
  return consoles.open(ledger, path, { role: "GLOBAL_ADMIN", ...there.signedIn, ...opening })
}

const banner = (page: Page) => page.getByRole("status").filter({ hasText: "You see the ledger as of" })

test("the trail is narrowed down by what stands in the address, and a condition is taken away by its tag", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  const page = await opened(there, `/history?userId=${there.users.bo}&types=SeatsWaitlisted,LicenseAssigned&order=oldest`)
  const rows = page.getByRole("table", { name: "History" }).getByRole("row")
  await page.getByRole("status").filter({ hasText: "2 entries" }).waitFor()
  expect(await rows.nth(1).textContent()).toContain("assigned CRM to BO")
  expect(await rows.nth(2).textContent()).toContain("BO joined the waitlist of CRM")

  await page.getByRole("button", { name: /^Put on the waitlist or License assigned/ }).waitFor()
  await page.getByRole("button", { name: "Filter 2", exact: true }).click()
  await page.getByRole("combobox", { name: "Person" }).waitFor()
  expect(await page.getByRole("combobox", { name: "Person" }).inputValue()).toBe("BO")
  expect(await violations(page)).toEqual([])

  await page.getByRole("button", { name: "Clear all" }).click()
  await page.getByText("CRM").first().waitFor()
  expect(new URL(page.url()).searchParams.has("userId")).toBe(false)
})

test("people are found by typing in the filter, with the keyboard alone", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const page = await opened(there, "/history")
  await page.getByRole("button", { name: "Filter" }).click()
  await page.getByRole("combobox", { name: "Person" }).focus()
  await page.keyboard.type("ad")
  await page.getByRole("option", { name: /ADA/ }).waitFor()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.waitForURL(`**/history?userId=${there.users.ada}`)
  await page.getByRole("link", { name: /assigned CRM to ADA/ }).waitFor()
})

test("words in reasons are found", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada", "bo"] })
  await there.assign(["bo"])
  await there.admin.ask(`mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { revision } }`, {
    input: { licenseId: there.licenseId, principalIds: [there.users.ada], reason: "Quarterly closing" },
  })
  const page = await opened(there, "/history")
  await page.getByRole("searchbox", { name: "Search in reasons" }).fill("closing")
  await page.getByRole("status").filter({ hasText: "1 entry" }).waitFor()
  await page.getByText("“Quarterly closing”").waitFor()
})

test("an entry says what brought it about down to who started it, in the reader's language, and shows the ledger then and before", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  await there.unassign(["ada"])
  const { history } = await there.admin.ask(`{ history(filter: { types: ["SeatsGranted"] }, first: 1) { nodes { revision summary } } }`)
  const [{ revision, summary }] = history.nodes
  expect(summary).toBe("BO got a seat of CRM from the waitlist")

  const dutch = await opened(there, `/history/${revision}`, { language: "nl" })
  await dutch.getByRole("heading", { level: 1, name: "BO heeft een seat van CRM gekregen vanaf de wachtlijst" }).waitFor()
  await dutch.getByRole("link", { name: /heeft de toewijzing van CRM aan ADA beëindigd/ }).waitFor()
  await dutch.getByText("Hiermee begon het").waitFor()

  const page = await opened(there, `/history/${revision}`)
  await page.getByRole("heading", { level: 1, name: summary }).waitFor()
  await page.getByRole("link", { name: "BO", exact: true }).waitFor() // in the facts
  await page.getByRole("button", { name: "Show the raw data" }).click()
  await page.getByText('"via": "WAITLIST"').waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole("button", { name: "Just before this" }).click()
  await page
    .getByText(`revision ${revision - 1}`, { exact: false })
    .first()
    .waitFor()
  await page.getByRole("tab", { name: "Waitlist" }).click()
  await page.getByRole("table", { name: "Waitlist" }).getByRole("link", { name: "BO" }).waitFor()
})

test("another entry and another moment begin anew: nothing of the last stands at their address until the answer is there", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada"] })
  const before = await there.revision()
  await there.assign(["ada"])
  const page = await opened(there, `/history/${await there.revision()}`)
  const heading = page.getByRole("heading", { level: 1 })
  await heading.waitFor()
  const title = await heading.innerText()
  const answerEntry = await holdAnswers(page)
  await page.getByRole("button", { name: "Previous entry" }).click()
  await heading.waitFor({ state: "hidden" })
  answerEntry()
  await heading.filter({ hasNotText: title }).waitFor()

  await page.goto(`/licenses/${there.licenseId}?asOf=${before + 1}`)
  await heading.filter({ hasText: "CRM" }).waitFor()
  const answerMoment = await holdAnswers(page)
  await page.getByRole("button", { name: "As of …" }).click()
  await page.getByRole("textbox", { name: "Revision" }).fill(String(before))
  await page.getByRole("button", { name: "Show", exact: true }).click()
  await banner(page).getByText(`revision ${before}.`).waitFor()
  await heading.waitFor({ state: "hidden" })
  answerMoment()
  await heading.filter({ hasText: "CRM" }).waitFor()
})

/** From now on nothing is answered, until what is returned is called. */
async function holdAnswers(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route("**/graphql", async (route) => {
    await released
    await route.continue()
  })
  return () => release()
}

test("a day is its end, Escape gives the focus back, and in the past nothing can be changed", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada"] })
  await there.assign(["ada"])
  const page = await opened(there, `/licenses/${there.licenseId}`)
  await page.getByRole("link", { name: "ADA" }).waitFor()
  const asOf = page.getByRole("button", { name: "As of …" })
  await asOf.focus()
  await page.keyboard.press("Enter")
  await page.getByLabel("Day").waitFor()
  await page.keyboard.press("Escape")
  await page.getByLabel("Day").waitFor({ state: "hidden" })
  await untilInPage(page, "document.activeElement?.getAttribute('aria-label') === 'As of …'")

  await page.keyboard.press("Enter")
  const today = await page.evaluate<string>(`new Intl.DateTimeFormat("sv").format(new Date())`)
  await page.getByLabel("Day").fill(today)
  await page.getByRole("button", { name: "Show", exact: true }).click()
  await banner(page)
    .getByText(/the end of .*That is revision/)
    .waitFor()
  expect(new URL(page.url()).searchParams.get("asOf")).toBe(`${today}@Europe/Amsterdam`)
  await page.getByRole("link", { name: "ADA" }).waitFor()
  expect(await page.getByRole("button", { name: "Assign licenses" }).count()).toBe(0)
  expect(await page.getByRole("checkbox").count()).toBe(0)
  expect(await violations(page)).toEqual([])
  for (const path of ["/users", `/users/${there.users.ada}`, "/groups"]) {
    await page.goto(`${path}?asOf=${today}@Europe/Amsterdam`)
    await banner(page).waitFor()
    await page.getByRole("heading", { level: 1 }).waitFor()
    const names = await page.locator("#content").getByRole("button").allTextContents()
    expect(names.filter((name) => /add|edit|delete|deactivate|erase/i.test(name))).toEqual([])
  }
  await banner(page).getByRole("button", { name: "Back to now" }).click()
  await banner(page).waitFor({ state: "hidden" })
})

test("moments that cannot be shown are explained", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada"] })
  const page = await opened(there, "/licenses?asOf=99999", { tolerated: /400/ })
  await page.getByRole("heading", { name: "This moment has not come yet" }).waitFor()
  await page.goto("/licenses?asOf=2001-01-01@Europe/Amsterdam")
  await page.getByRole("heading", { name: "Nothing was recorded yet" }).waitFor()
  await page.getByRole("button", { name: "Show the beginning" }).click()
  await banner(page)
    .getByText(/revision 1\b/)
    .waitFor()
})

test("usage: every point has its numbers for the arrow keys, all of them stand in a table, and it says who came and why", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  const page = await opened(there, `/licenses/${there.licenseId}/usage`)
  const chart = page.getByRole("slider", { name: /over time/ })
  await chart.focus()
  expect(await chart.getAttribute("aria-valuetext")).toMatch(/: 1 purchased, 1 assigned, 1 waiting$/)
  // Two days before, whichever day midnight has made of today meanwhile.
  await page.keyboard.press("ArrowLeft")
  await page.keyboard.press("ArrowLeft")
  expect(await chart.getAttribute("aria-valuetext")).toMatch(/: 0 purchased, 0 assigned, 0 waiting$/)
  await page.keyboard.press("End")
  const box = await chart.boundingBox()
  if (!box) throw new Error("the chart has no place")
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await chart.and(page.locator('[aria-valuetext*=": 0 purchased"]')).waitFor()
  await page.mouse.move(box.x + box.width - 4, box.y + box.height / 2)
  await chart.and(page.locator('[aria-valuetext*=": 1 purchased"]')).waitFor()
  await page.getByRole("button", { name: "Show as a table" }).click()
  expect(
    await page
      .getByRole("region", { name: /over time/ })
      .getByRole("row")
      .count(),
  ).toBe(31)
  const changes = page.getByRole("table", { name: "Who gained and lost seats" })
  expect(await changes.getByRole("row").filter({ hasText: "ADA" }).textContent()).toContain("Gained a seat")
  expect(await changes.getByRole("row").filter({ hasText: "BO" }).textContent()).toContain("Began to wait")
  await page.getByRole("combobox", { name: "Which changes" }).selectOption("Began to wait")
  await changes.getByRole("row").filter({ hasText: "ADA" }).waitFor({ state: "detached" })
  await page.reload()
  await changes.getByRole("row").filter({ hasText: "BO" }).waitFor()
  expect(await changes.getByRole("row").count()).toBe(2)
  expect(await violations(page)).toEqual([])
})

test("before anybody confirms, the dialog says who loses a seat, who keeps it, and who moves up", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada", "bo", "cyd"] })
  const group = await there.group("Sales team", ["bo"])
  await there.assign(["ada", "bo", "cyd", group])
  const page = await opened(there, `/licenses/${there.licenseId}/assigned`)
  await page.getByRole("checkbox", { name: "Select ADA" }).click()
  await page.getByRole("checkbox", { name: "Select BO" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  const foretold = page.getByRole("list", { name: "What will happen" })
  await foretold.getByText("1 person loses the seat").waitFor()
  await foretold.getByText("BO (through Sales team)").waitFor()
  await foretold.getByText("CYD (from place 1)").waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole("button", { name: "Unassign", exact: true }).click()
  await page.getByText("BO is still licensed through Sales team.").waitFor()
})

test("while names are chosen, the pane says how many get a seat and how many wait", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo", "cyd"] })
  await there.group("Sales team", ["ada", "bo", "cyd"])
  const page = await opened(there, `/licenses/${there.licenseId}`)
  await page.getByRole("button", { name: "Assign licenses", exact: true }).click()
  const field = page.getByRole("combobox", { name: "Users or groups" })
  await field.click()
  await field.pressSequentially("sales")
  await page.getByRole("listbox", { name: "Users or groups" }).getByRole("option", { name: "Sales team" }).click()
  await page.getByText("1 person would get a seat, and 2 would wait.").waitFor()

  // Done, it leads to who they are and at which places.
  await page.getByRole("button", { name: "Assign", exact: true }).click()
  await page.getByRole("list", { name: "Results" }).getByRole("link", { name: "Show who waits, and in which place" }).click()
  await page.getByRole("dialog").waitFor({ state: "hidden" })
  await page.getByRole("button", { name: "Only people of Sales team. Show everybody" }).waitFor()
  const waiting = page.getByRole("table", { name: "Waitlist" })
  await waiting.getByRole("link", { name: "BO" }).waitFor()
  expect(await waiting.getByRole("link", { name: /^(ADA|BO|CYD)$/ }).allInnerTexts()).toEqual(["BO", "CYD"])
})

test("the assignments of a moment are restored after a look at what that means, and the console is back at now", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const then = await there.revision()
  await there.unassign(["ada"])
  await there.assign(["bo"])
  const auditor = await opened(there, `/licenses/${there.licenseId}?asOf=${then}`, { role: "AUDITOR" })
  await auditor.getByRole("link", { name: "ADA" }).waitFor()
  expect(await auditor.getByRole("button", { name: /Restore/ }).count()).toBe(0)

  const page = await opened(there, `/licenses/${there.licenseId}?asOf=${then}`)
  await page.getByRole("button", { name: "Restore the assignments of this moment" }).click()
  const dialog = page.getByRole("dialog", { name: "Restore the assignments of CRM?" })
  await dialog.getByText("1 assignment comes back:").waitFor()
  await dialog.getByText("1 assignment made since ends:").waitFor()
  expect(await violations(page)).toEqual([])
  await dialog.getByRole("button", { name: "Restore", exact: true }).click()
  await page.getByText("Restored: 1 assigned again, 1 taken away").first().waitFor()
  await banner(page).waitFor({ state: "hidden" })
  await page.getByRole("table", { name: "People" }).getByRole("link", { name: "ADA" }).waitFor()
  expect(await page.getByRole("table", { name: "People" }).getByRole("link", { name: "BO" }).count()).toBe(0)
})

test("what others do is said in passing, put together by who did it; what one does oneself is not", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
  const page = await opened(there, `/licenses/${there.licenseId}`)
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  const colleague = await there.colleague()
  await there.assign(["ada"], colleague)
  await page.getByText("1 person was added by colleague").hover() // it stays for the pointer, however long the rest takes
  await there.assign(["bo"], colleague)
  await page.getByText("2 people were added by colleague").waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole("button", { name: "Dismiss", exact: true }).click()
  await page.getByText(/were added by/).waitFor({ state: "hidden" })

  await there.assign(["cyd"], await ledger.as("GLOBAL_ADMIN", there.signedIn))
  await page.getByRole("link", { name: "CYD" }).waitFor()
  expect(await page.getByText(/was added by|were added by/).count()).toBe(0)

  // Show takes the note away under the pointer: the next one is not taken for one that is being read.
  await there.unassign(["ada"], colleague)
  await page.getByText("1 person was removed by colleague").waitFor()
  await page.getByRole("link", { name: "Show", exact: true }).click()
  await page.getByRole("button", { name: "Previous entry" }).waitFor()
  await page.mouse.move(5, 5)
  await page.clock.install()
  await page.goBack()
  await page.getByRole("link", { name: "BO" }).waitFor()
  await there.unassign(["bo"], colleague)
  await page.getByText("1 person was removed by colleague").waitFor()
  await page.clock.runFor(13_000)
  await page.getByText("1 person was removed by colleague").waitFor({ state: "hidden" })
})
