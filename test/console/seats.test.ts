/** What the license details page says and offers when seats are short, inherited, or withheld, and in the past. */
import type { Page } from "playwright-core"
import type { Role } from "../../src/domain/events"
import { RunningLedger } from "../support/running-ledger"
import { violations } from "./support/accessibility"
import { openConsoles } from "./support/browser"
import { pick } from "./support/picker"
import { type Scene, scene } from "./support/scene"

let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())
const consoles = openConsoles()

async function licensePage(there: Scene, path = "", role: Role = "GLOBAL_ADMIN"): Promise<Page> {
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}${path}`, { role, ...there.signedIn })
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  return page
}

test("rule 3: without a free seat nothing is assigned; whoever wants to can wait, and is told the place", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo", "cyd"] })
  await there.assign(["ada", "bo"])
  const page = await licensePage(there)
  await page.getByRole("button", { name: "Assign licenses", exact: true }).click()
  await pick(page, "Users or groups", "cyd", "CYD")
  await page.getByRole("button", { name: "Assign", exact: true }).click()
  await page.getByText(/No seat is free, and 1 is needed. Nothing was assigned./).waitFor()

  await page.getByRole("button", { name: "Assign and let them wait" }).click()
  await page.getByRole("list", { name: "Results" }).getByText("Will wait: place 2").waitFor()
  await page.getByRole("button", { name: "Close", exact: true }).click()

  await page.getByRole("tab", { name: "Waitlist" }).click()
  const rows = page.getByRole("table", { name: "Waitlist" }).getByRole("row")
  await rows.filter({ hasText: "CYD" }).waitFor()
  expect(
    await rows.allInnerTexts().then((texts) => texts.slice(1).map((text) => text.replaceAll("\n", " ").match(/^\D*(\d+)/)?.[1])),
  ).toEqual(["1", "2"])
})

test("somebody who was chosen by mistake is taken out again, and is not assigned", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}`, { role: "LICENSE_ADMIN", ...there.signedIn })
  await page.getByRole("button", { name: "Assign licenses", exact: true }).click()
  await pick(page, "Users or groups", "ad", "ADA")
  await pick(page, "Users or groups", "bo", "BO")
  const tag = page.getByRole("listbox", { name: "Chosen users and groups" }).getByRole("option", { name: "ADA" })
  await tag.click()
  await tag.waitFor({ state: "detached" })
  await page.getByRole("button", { name: "Assign", exact: true }).click()
  await page.getByRole("list", { name: "Results" }).getByText("BO").waitFor()
  const { license } = await there.admin.ask("query ($id: ID!) { license(id: $id) { users { nodes { user { displayName } } } } }", {
    id: there.licenseId,
  })
  expect(license.users.nodes).toEqual([{ user: { displayName: "BO" } }])
})

test("rule 7: a seat that becomes free goes to whoever waits first, before the eyes of whoever looks", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  const page = await licensePage(there, "/waitlist")
  await page.getByRole("table", { name: "Waitlist" }).getByText("BO", { exact: true }).waitFor()
  await there.setSeats(2)
  await page.getByText("Nobody is waiting").waitFor()
})

test("rule 9: whoever is licensed through a group stays so, and the answer names the group", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  const group = await there.group("Sales team", ["ada"])
  await there.assign(["ada", group])
  const page = await licensePage(there)
  const row = page.getByRole("table", { name: "People" }).getByRole("row").filter({ hasText: "ADA" })
  await row.getByText("Directly").waitFor()
  await row.getByRole("link", { name: "Sales team" }).waitFor()

  await row.getByRole("checkbox", { name: "Select ADA" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Unassign", exact: true }).click()
  await page.getByRole("dialog").getByText("ADA is still licensed through Sales team.").waitFor()
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click()
  await row.getByText("Directly").waitFor({ state: "hidden" })
  await row.getByText("Has a seat").waitFor()
})

test("a group that was assigned opens to the people it brings, says who waits where, and is open still when somebody comes back", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo", "cyd"] })
  const group = await there.group("Sales team", ["ada", "bo"])
  await there.assign([group])
  const page = await licensePage(there, "/assigned")
  const opener = page.getByRole("button", { name: "Show people" })
  await opener.focus()
  await page.keyboard.press("Enter")
  const brought = page.getByRole("list", { name: "Through Sales team" }).getByRole("listitem")
  await brought.filter({ hasText: "BO" }).getByText("Waits: place 1").waitFor()
  expect(await brought.getByRole("link").allInnerTexts()).toEqual(["ADA", "BO"])
  expect(await violations(page)).toEqual([])

  await brought.getByRole("link", { name: "ADA" }).click()
  await page.getByRole("heading", { level: 1, name: "ADA" }).waitFor()
  await page.goBack()
  await there.setSeats(2)
  await brought.getByText("Waits: place 1").waitFor({ state: "hidden" })
  await brought.getByRole("link", { name: "BO" }).waitFor()
  await opener.click()
  await brought.first().waitFor({ state: "detached" })
})

test("a suspended license says what that means, and lets people wait", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  await there.setStatus("SUSPENDED")
  const page = await licensePage(there)
  await page.getByText(/The vendor has suspended this subscription./).waitFor()
  await page.getByRole("button", { name: "Assign licenses", exact: true }).click()
  await pick(page, "Users or groups", "ada", "ADA")
  await page.getByRole("button", { name: "Assign", exact: true }).click()
  await page.getByText(/This license is suspended: nobody is given a seat now./).waitFor()
  await page.getByRole("button", { name: "Assign and let them wait" }).click()
  await page.getByRole("list", { name: "Results" }).getByText("Will wait: place 1").waitFor()
})

test("a vendor's reduction takes no seat away: how many are too many is said, and when the grace ends", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  await there.setSeats(1)
  const page = await licensePage(there)
  await page.getByText("Over", { exact: true }).waitFor()
  await page.getByText(/The grace period ends on .* Nobody loses a seat until then./).waitFor()
  await page.getByRole("link", { name: "Licenses", exact: true }).first().click()
  await page.getByText("1 seat too many").waitFor()
})

test("how much of the grace is left is counted from the moment that is shown, in hours on its last day", async () => {
  const there = await scene(ledger, { seats: 2, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  await there.setSeats(1)
  const { license } = await there.admin.ask("query ($id: ID!) { license(id: $id) { seats { graceEndsAt } } }", { id: there.licenseId })
  const end = Date.parse(license.seats.graceEndsAt)
  const days = Math.ceil((end - Date.now()) / 86_400_000)
  const page = await licensePage(there)
  await page.clock.install({ time: end - 2.5 * 3_600_000 })
  await page.reload()
  await page.getByText(/The grace period ends on .* \(in 2 hours\)\./).waitFor()
  // It goes on while somebody looks and nothing else happens.
  await page.clock.fastForward("01:00:00")
  await page.getByText("(in 1 hour)").waitFor()
  await page.goto(`/licenses/${there.licenseId}?asOf=${await there.revision()}`)
  await page.getByText(`(in ${days} days)`).waitFor()
})

test("seats are the vendor's: how to reach the vendor is said, and what the vendor changed last", async () => {
  const there = await scene(ledger, { seats: 2, users: [] })
  await there.setSeats(7)
  const page = await licensePage(there)
  await page.getByRole("button", { name: "Contact your vendor" }).click()
  await page.getByRole("link", { name: "sales@vendor.example" }).waitFor()
  await page.getByText(/from 2 to 7/).waitFor()
  await page.keyboard.press("Escape")
  await page.getByRole("searchbox", { name: "Search by name" }).waitFor()
  expect(await page.getByRole("textbox").count()).toBe(0) // nothing to type a number into
  expect(await page.getByRole("spinbutton").count()).toBe(0)
})

test("as of the past everything can be seen, nothing can be done, and nobody can overlook it", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const before = await there.revision()
  await there.assign(["bo"])
  const page = await licensePage(there)
  await page.getByRole("status").filter({ hasText: "2 people" }).waitFor()

  await page.getByRole("button", { name: "As of …" }).click()
  await page.getByRole("textbox", { name: "Revision" }).fill(String(before))
  await page.getByRole("button", { name: "Show" }).click()
  await page.getByText(`You see the ledger as of revision ${before}`).waitFor()
  await page.getByRole("status").filter({ hasText: "1 person" }).waitFor()
  expect(await page.getByRole("button", { name: /^(Assign licenses|Install this product|Unassign licenses)$/ }).count()).toBe(0)
  expect(await page.getByRole("checkbox").count()).toBe(0)

  // The whole console goes there, and the address says it.
  await page.getByRole("navigation").getByRole("link", { name: "Licenses" }).first().click()
  await page.getByRole("heading", { level: 1, name: "Licenses" }).waitFor()
  expect(new URL(page.url()).searchParams.get("asOf")).toBe(String(before))
  await page.getByRole("button", { name: "Back to now" }).click()
  await page.getByText("Nothing can be changed here.").waitFor({ state: "hidden" })
  expect(new URL(page.url()).search).toBe("")
})

test("the focus stays where somebody works: on the tab that was chosen, and on the account's button after Escape", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  const page = await licensePage(there)
  const account = page.getByRole("button", { name: /^Account/ })
  await account.focus()
  await page.keyboard.press("Enter")
  await page.getByRole("menuitemradio", { name: "Nederlands" }).waitFor()
  await page.keyboard.press("Escape")
  await page.getByRole("menuitemradio", { name: "Nederlands" }).waitFor({ state: "hidden" })
  await page.locator("button:focus[aria-label^='Account']").waitFor()

  await page.getByRole("tab", { name: "People" }).focus()
  await page.keyboard.press("ArrowRight")
  await page.keyboard.press("Enter")
  await page.waitForURL("**/assigned")
  await page.getByText("Assigned to nobody yet").waitFor()
  await page.locator("[role=tab]:focus", { hasText: "Assigned to" }).waitFor()
})

describe("rule 38: what a role may not do is not offered, and the page says who may", () => {
  const CASES: readonly (readonly [Role, { assign: boolean; install: boolean }])[] = [
    ["GLOBAL_ADMIN", { assign: true, install: true }],
    ["LICENSE_ADMIN", { assign: true, install: true }],
    ["USER_ADMIN", { assign: true, install: true }],
    ["BILLING_ADMIN", { assign: false, install: true }],
    ["AUDITOR", { assign: false, install: false }],
  ]
  let there: Scene
  beforeAll(async () => {
    there = await scene(ledger, { seats: 5, users: ["ada"] })
    await there.assign(["ada"])
  })

  test.each(CASES)("%s", async (role, { assign, install }) => {
    const page = await licensePage(there, "", role)
    await page.getByRole("table", { name: "People" }).getByRole("link", { name: "ADA" }).waitFor()
    expect(await page.getByRole("button", { name: "Assign licenses", exact: true }).count()).toBe(assign ? 1 : 0)
    expect(await page.getByRole("checkbox", { name: "Select ADA" }).count()).toBe(assign ? 1 : 0)
    expect(await page.getByRole("button", { name: "Install this product", exact: true }).count()).toBe(install ? 1 : 0)
    expect(await page.getByText(/Assigning licenses needs one of these roles/).count()).toBe(assign ? 0 : 1)
  })
})

test("rule 38: a member sees the own licenses and why, also why one must wait for, and nothing of anybody else", async () => {
  const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
  await there.assign(["ada", "bo"])
  const own = (subject: string) =>
    consoles.open(ledger, "/", { role: "MEMBER", organization: there.organizationId, subject: `${subject}@example.com` })
  const page = await own("ada")
  await page.getByRole("heading", { level: 1, name: "ADA" }).waitFor()
  await page.getByRole("button", { name: "Why do I have this?" }).click()
  await page.getByText("Holds a seat.").waitFor()
  expect(await page.getByText("BO", { exact: true }).count()).toBe(0)
  expect(await page.getByRole("combobox").count()).toBe(0) // asking for what others could have is for admins

  const waiting = await own("bo")
  await waiting.getByRole("button", { name: "Why do I wait?" }).click()
  await waiting.getByText("Waits in place 1 of 1").waitFor()
  expect(await waiting.getByText("ADA", { exact: true }).count()).toBe(0)
})
