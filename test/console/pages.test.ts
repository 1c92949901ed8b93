/** What holds for every page: its title, deep links, focus, widths, WCAG 2.2 AA in light and dark, and nothing from elsewhere. */
import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { untilInPage, violations } from "./support/accessibility"
import { type Opening, openConsoles } from "./support/browser"
import { pick } from "./support/picker"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
let there: Scene
let group: string
beforeAll(async () => {
  ledger = await RunningLedger.start()
  there = await scene(ledger, { seats: 2, users: ["ada", "bo", "cyd"] })
  group = await there.group("Sales team", ["ada", "bo", "cyd"])
  await there.assign(["ada", group])
})
afterAll(() => ledger.stop())

/** A tenth of what counts as good (Cumulative Layout Shift, web.dev/articles/cls). */
const MOST_JUMP = 0.01
/** Of all that is downloaded before a page can be used, as gzip packs it. */
const MOST_BYTES = 300_000

/** Address → heading. */
function pages(): readonly (readonly [path: string, heading: string])[] {
  const license = `/licenses/${there.licenseId}`
  const person = `/users/${there.users.ada}`
  return [
    ["/licenses", "Licenses"],
    [`${license}/people`, "CRM"],
    [`${license}/assigned`, "CRM"],
    [`${license}/waitlist`, "CRM"],
    [`${license}/history`, "CRM"],
    [`${license}/usage`, "CRM"],
    ["/users", "Users"],
    [person, "ADA"],
    [`${person}/groups`, "ADA"],
    [`${person}/history`, "ADA"],
    ["/groups", "Groups"],
    [`/groups/${group}`, "Sales team"],
    [`/groups/${group}/licenses`, "Sales team"],
    [`/groups/${group}/history`, "Sales team"],
    ["/history", "History"],
  ]
}

function opened(path: string, opening: Opening = {}): Promise<Page> {
  return consoles.open(ledger, path, { role: "GLOBAL_ADMIN", ...there.signedIn, ...opening })
}

/** Within one page that is loaded already, as a link would. */
async function goTo(page: Page, path: string, heading: string): Promise<void> {
  await page.evaluate(`history.pushState({}, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate"))`)
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor()
  await settled(page)
}

/** Nothing is being loaded. */
async function settled(page: Page): Promise<void> {
  await untilInPage(page, `!document.querySelector('[role="progressbar"]:not([aria-valuenow]), .fui-Skeleton')`)
}

test("every page can be opened by its address, has its title in the tab and the focus on its heading", async () => {
  const page = await opened("/")
  for (const [path, heading] of pages()) {
    await page.goto(path)
    await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor()
    await untilInPage(page, `document.title.startsWith(${JSON.stringify(heading)}) && document.activeElement?.tagName === "H1"`)
    expect(await page.title()).toBe(`${heading} · Seatledger`)
    expect(page.url().endsWith(path)).toBe(true)
  }
})

test("axe finds nothing on any page, in light and dark", async () => {
  const page = await opened("/licenses")
  const found: Record<string, readonly string[]> = {}
  for (const [path, heading] of pages()) {
    await goTo(page, path, heading)
    const here = await violations(page)
    if (here.length > 0) found[path] = here
  }
  expect(found).toEqual({})
}, 180_000)

test("axe finds nothing in panes, dialogs and menus, in light and dark", async () => {
  const page = await opened(`/licenses/${there.licenseId}`)
  const found: Record<string, readonly string[]> = {}
  const look = async (where: string) => {
    const here = await violations(page)
    if (here.length > 0) found[where] = here
  }
  const button = (name: string) => page.getByRole("button", { name, exact: true })

  await page.getByRole("table", { name: "People" }).getByRole("link", { name: "ADA" }).waitFor()
  await page.getByRole("checkbox", { name: "Select ADA" }).click()
  await look("a selection")
  await button("Unassign licenses").click()
  await page.getByRole("dialog").getByText("ADA").first().waitFor()
  await look("unassigning")
  await button("Cancel").click()

  await button("Assign licenses").click()
  await page.getByRole("dialog", { name: "Assign licenses" }).waitFor()
  await look("the pane")
  await page.getByRole("combobox", { name: "Users or groups" }).click()
  await page.keyboard.type("cy")
  await page.getByRole("listbox", { name: "Users or groups" }).getByRole("option", { name: "CYD" }).waitFor()
  await look("results while typing")
  await page.getByRole("combobox", { name: "Users or groups" }).fill("")
  await pick(page, "Users or groups", "cy", "CYD")
  await button("Assign").click()
  await page.getByRole("list", { name: "Results" }).getByText("CYD").waitFor()
  await look("the results")
  await button("Close").click()

  await button("Install this product").click()
  await page.getByRole("dialog").waitFor()
  await look("installing")
  await button("Cancel").click()
  await button("Contact your vendor").click()
  await page.getByRole("link", { name: "sales@vendor.example" }).waitFor()
  await look("the vendor")
  await page.keyboard.press("Escape")
  await button("As of …").click()
  await page.getByRole("button", { name: "Show" }).waitFor()
  await look("as of")
  await page.getByRole("textbox", { name: "Revision" }).fill("3")
  await button("Show").click()
  await page.getByText(/Nothing can be changed here/).waitFor()
  await look("the past")
  await page.getByRole("button", { name: "Account of tester" }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor()
  await look("the account menu")
  expect(found).toEqual({})
}, 180_000)

test("axe finds nothing where somebody signs in", async () => {
  const page = await consoles.open(ledger, "/licenses")
  await page.getByRole("button", { name: "Sign in" }).waitFor()
  expect(await violations(page)).toEqual([])
})

test("no page is wider than a window of 320 pixels, and its menu opens with the keyboard", async () => {
  const page = await opened("/licenses", { width: 320, height: 640 })
  const wide: string[] = []
  for (const [path, heading] of pages()) {
    await goTo(page, path, heading)
    const widths = await page.evaluate<readonly number[]>(
      `[document.documentElement.scrollWidth, document.getElementById("content").scrollWidth, innerWidth]`,
    )
    if (Math.max(...widths) > 320) wide.push(`${path}: ${widths.join(", ")}`)
  }
  expect(wide).toEqual([])
  await page.getByRole("button", { name: "Open the menu" }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("link", { name: "Groups" }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor()
})

test("what has no column of its own in a narrow window stands under the name, and sorts from there", async () => {
  const page = await opened("/licenses", { width: 320, height: 640 })
  const crm = page.getByRole("table", { name: "Licenses" }).getByRole("row").filter({ hasText: "CRM" })
  await crm.waitFor()
  expect(await crm.innerText()).toMatch(/Available\s*0[\s\S]*Purchased\s*2[\s\S]*1 waits/)

  await page.goto(`/licenses/${there.licenseId}/people`)
  const people = page.getByRole("table", { name: "People" })
  const bo = people.getByRole("row").filter({ hasText: "BO" })
  await bo.waitFor()
  expect(await bo.innerText()).toMatch(/Sales team[\s\S]*Since\s*\d+ \w+ \d{4}/)
  await people.getByRole("button", { name: "Since" }).click()
  await page.waitForURL("**/people?order=since")

  await page.goto(`/licenses/${there.licenseId}/assigned`)
  await page.getByRole("button", { name: "Show people" }).click()
  await page.getByRole("link", { name: /^Show .* under People$/ }).click()
  await page.getByRole("button", { name: "Only people of Sales team. Show everybody" }).click()
  await page.waitForURL("**/people")
})

test("a page that is opened does not jump while it comes", async () => {
  const page = await opened("about:blank")
  // As a browser that scores pages sees it: what moved without anybody having done something.
  await page.addInitScript(`{
    window.jumped = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumped += entry.value
    }).observe({ type: "layout-shift", buffered: true })
  }`)
  const jumps: Record<string, number> = {}
  for (const [path, heading] of pages()) {
    await page.goto(`${ledger.opened.url}${path}`)
    await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor()
    await settled(page)
    const jumped = await page.evaluate<number>("window.jumped")
    if (!(jumped <= MOST_JUMP)) jumps[path] = jumped
  }
  expect(jumps).toEqual({})
  // It would have been noticed.
  await page.evaluate(`document.getElementById("content").style.marginTop = "200px"`)
  await untilInPage(page, `window.jumped > ${MOST_JUMP}`)
})

test("an address without a page says so and leads home; so does one of what does not exist", async () => {
  for (const path of ["/nothing", "/licenses/lic_unknown", "/users/usr_unknown", "/groups/grp_unknown", "/history/9999999999"]) {
    const page = await opened(path)
    await page.getByText("There is nothing here").waitFor()
    await page.getByRole("link", { name: "To the licenses" }).click()
    await page.getByRole("heading", { level: 1, name: "Licenses" }).waitFor()
    await page.context().close()
  }
})

test("a page that cannot be downloaded says so, and the console around it stays", async () => {
  const page = await opened("/licenses", { tolerated: /ERR_|WebSocket|dynamically imported|thrown/ })
  await page.getByRole("link", { name: "CRM" }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole("navigation").getByRole("link", { name: "Groups" }).click()
  await page.getByText("This page could not be shown").waitFor()
  await page.context().setOffline(false)
  await page.getByRole("button", { name: "Load again" }).click()
  await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor()
})

const assets = join(__dirname, "../../dist/console/assets")

/** As gzip packs it, which every browser can read (ours would take the smaller Brotli); what does not pay to pack, as it is. */
function bytesOf(file: string): number {
  return statSync(join(assets, `${file}.gz`), { throwIfNoEntry: false })?.size ?? statSync(join(assets, file)).size
}

test("every page that is opened by its address weighs at most 300 kB over the line", async () => {
  const page = await opened("about:blank", { language: "nl" }) // the longer texts
  // From the browser's own cache, too: each page counts as if it were the first.
  const asked = new Set<string>()
  page.on("request", (request) => {
    const file = /\/assets\/(.+)$/.exec(request.url())?.[1]
    if (file) asked.add(file)
  })
  // With the sign-in of a real installation, which development does without.
  const signIn = readdirSync(assets).filter((file) => /^oidc-client-ts-.*\.js$/.test(file))
  expect(signIn).toHaveLength(1)
  const heavy: Record<string, string> = {}
  const weigh = async (what: string, path: string) => {
    asked.clear()
    await page.goto(`${ledger.opened.url}${path}`)
    await page.getByRole("heading", { level: 1 }).waitFor()
    await settled(page)
    await page.waitForLoadState("networkidle")
    const files = [...asked, ...signIn].map((file) => [bytesOf(file), file] as const).toSorted(([a], [b]) => b - a)
    const total = files.reduce((sum, [bytes]) => sum + bytes, 0)
    expect(total).toBeGreaterThan(200_000)
    if (total > MOST_BYTES) heavy[what] = `${total} bytes: ${files.map(([bytes, file]) => `${bytes} ${file}`).join(", ")}`
  }
  const license = `/licenses/${there.licenseId}`
  // Every other address downloads what one of these does.
  const addresses = [
    "/licenses",
    ...["people", "assigned", "history", "usage"].map((tab) => `${license}/${tab}`),
    "/users",
    `/users/${there.users.ada}?why=${there.licenseId}`,
    "/groups",
    `/groups/${group}`,
    "/history",
    "/history/1",
  ]
  for (const path of addresses) await weigh(path, path)
  await page.addInitScript("sessionStorage.clear()")
  await weigh("the page to sign in", "/licenses")
  expect(heavy).toEqual({})
})
