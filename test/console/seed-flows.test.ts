/**
 * The three flows of the admin center's help page, click by click with its names, in both languages, and with the keyboard
 * alone. Whoever knows that page completes them here without reading anything.
 */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { type Language, openConsoles } from "./support/browser"
import { pick } from "./support/picker"
import { type Scene, scene } from "./support/scene"

/** The bold words of the help page, and what stands around them here. */
const WORDS = {
  en: {
    billing: "Billing",
    licenses: "Licenses",
    assignLicenses: "Assign licenses",
    who: "Users or groups",
    assign: "Assign",
    assigned: "Assigned",
    results: "Results",
    close: "Close",
    unassignLicenses: "Unassign licenses",
    unassign: "Unassign",
    unassigned: "Unassigned from 2 of 2.",
    assignedTo: "Assigned to",
    select: (name: string) => `Select ${name}`,
    people: (count: number) => `${count} people`,
    empty: "Nobody has a seat yet",
    install: "Install this product",
    continue: "Continue",
    uncertain: /It is not certain that this was done/,
    history: "History",
  },
  nl: {
    billing: "Facturering",
    licenses: "Licenties",
    assignLicenses: "Licenties toewijzen",
    who: "Gebruikers of groepen",
    assign: "Toewijzen",
    assigned: "Toegewezen",
    results: "Resultaten",
    close: "Sluiten",
    unassignLicenses: "Licenties niet toewijzen",
    unassign: "Niet toewijzen",
    unassigned: "Niet meer toegewezen aan 2 van 2.",
    assignedTo: "Toegewezen aan",
    select: (name: string) => `${name} selecteren`,
    people: (count: number) => `${count} personen`,
    empty: "Nog niemand heeft een seat",
    install: "Dit product installeren",
    continue: "Doorgaan",
    uncertain: /Het is niet zeker of dit is gelukt/,
    history: "Geschiedenis",
  },
} as const satisfies Record<Language, Record<string, unknown>>

const LANGUAGES: readonly Language[] = ["en", "nl"]

let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())
const consoles = openConsoles()

function newScene(): Promise<Scene> {
  return scene(ledger, { seats: 10, users: ["ada", "bo", "cyd"] })
}

describe.each(LANGUAGES)("in language %s", (language) => {
  const words = WORDS[language]

  /** Steps 1 and 2 of all three: Billing > Licenses, and the app. */
  async function openLicense(there: Scene, role: "LICENSE_ADMIN" | "USER_ADMIN" | "GLOBAL_ADMIN" = "LICENSE_ADMIN"): Promise<Page> {
    const page = await consoles.open(ledger, "/", { role, language, ...there.signedIn })
    const menu = page.getByRole("navigation")
    await menu.getByRole("heading", { name: words.billing }).waitFor()
    await menu.getByRole("link", { name: words.licenses, exact: true }).click()
    await page.getByRole("heading", { level: 1, name: words.licenses }).waitFor()
    await page.getByRole("link", { name: "CRM" }).click()
    await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
    return page
  }

  test("a user and a group are assigned in the pane on the right, and each gets an answer", async () => {
    const there = await newScene()
    await there.group("Sales team", ["bo", "cyd"])
    const page = await openLicense(there)

    await page.getByRole("button", { name: words.assignLicenses, exact: true }).click()
    const pane = page.getByRole("dialog", { name: words.assignLicenses })
    await pick(page, words.who, "ad", "ADA")
    await pick(page, words.who, "sal", "Sales team")
    await pane.getByRole("listbox").getByRole("option", { name: "ADA" }).waitFor() // as a tag
    await pane.getByRole("button", { name: words.assign, exact: true }).click()

    const results = pane.getByRole("list", { name: words.results })
    await results.getByRole("listitem").filter({ hasText: "ADA" }).getByText(words.assigned, { exact: true }).waitFor()
    await results.getByRole("listitem").filter({ hasText: "Sales team" }).getByText(words.assigned).waitFor()
    await pane.getByRole("button", { name: words.close, exact: true }).click()
    await pane.waitFor({ state: "hidden" })

    await page
      .getByRole("status")
      .filter({ hasText: words.people(3) })
      .waitFor()
    await page.getByRole("table").getByRole("link", { name: "CYD" }).waitFor()
  })

  test("users and groups are selected and unassigned, after a look at what that means", async () => {
    const there = await newScene()
    const group = await there.group("Sales team", ["bo", "cyd"])
    await there.assign(["ada", group])
    const page = await openLicense(there, "USER_ADMIN")

    await page.getByRole("tab", { name: words.assignedTo }).click()
    await page.getByRole("checkbox", { name: words.select("ADA") }).click()
    await page.getByRole("checkbox", { name: words.select("Sales team") }).click()
    await page.getByRole("button", { name: words.unassignLicenses, exact: true }).click()
    const dialog = page.getByRole("dialog", { name: words.unassignLicenses })
    await dialog.getByText("ADA", { exact: true }).waitFor()
    await dialog.getByText("Sales team").waitFor()
    await dialog.getByRole("button", { name: words.unassign, exact: true }).click()
    await dialog.getByText(words.unassigned).waitFor()
    await dialog.getByRole("button", { name: words.close, exact: true }).click()

    await page.getByRole("tab", { name: /^(People|Personen)$/ }).click()
    await page.getByText(words.empty).waitFor()
  })

  test("installing leads to the vendor's site in a new tab, and the history keeps the visit", async () => {
    const there = await newScene()
    // The vendor's site does not exist here: the browser finds no such host.
    const page = await consoles.open(ledger, `/licenses/${there.licenseId}`, {
      role: "GLOBAL_ADMIN",
      language,
      alsoAsks: "https://vendor.example",
      tolerated: /ERR_FAILED/,
      ...there.signedIn,
    })
    await page.getByRole("button", { name: words.install, exact: true }).click()
    const dialog = page.getByRole("dialog")
    await dialog.getByText("vendor.example").waitFor()
    // Carried out, and the answer lost on the way back: the same visit, when it is asked for again.
    await page.route("**/graphql", async (route) => {
      if (route.request().postData()?.includes("mutation") !== true) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await dialog.getByRole("button", { name: words.continue }).click()
    await dialog.getByText(words.uncertain).waitFor()
    await page.unrouteAll()
    const visit = page.context().waitForEvent("request", (request) => request.url() === "https://vendor.example/install")
    const tab = page.context().waitForEvent("page")
    await dialog.getByRole("button", { name: words.continue }).click()
    expect((await visit).frame().page()).toBe(await tab)
    await dialog.waitFor({ state: "hidden" })

    const { history } = await there.admin.ask(
      `query ($licenseId: ID!) { history(filter: { licenseId: $licenseId, types: ["InstallLinkVisited"] }, first: 5) { totalCount } }`,
      { licenseId: there.licenseId },
    )
    expect(history.totalCount).toBe(1)
  })

  test("all of it is done with the keyboard alone", async () => {
    const there = await newScene()
    const page = await consoles.open(ledger, "/", { role: "GLOBAL_ADMIN", language, ...there.signedIn })
    await page.getByRole("link", { name: "CRM" }).waitFor()

    await tabTo(page, "CRM")
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
    await tabTo(page, words.assignLicenses)
    await page.keyboard.press("Enter")
    await page.getByRole("dialog", { name: words.assignLicenses }).waitFor()
    await tabTo(page, words.who)
    await page.keyboard.type("ada")
    const found = page.getByRole("listbox", { name: words.who })
    await found.getByRole("option", { name: /ADA/ }).waitFor()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await found.waitFor({ state: "hidden" })
    await tabTo(page, words.assign)
    await page.keyboard.press("Enter")
    await page.getByRole("list", { name: words.results }).getByText("ADA").waitFor()
    await page.locator("button:focus", { hasText: words.close }).waitFor() // where one goes next
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").waitFor({ state: "hidden" })
    await page.locator("button:focus", { hasText: words.assignLicenses }).waitFor() // where one came from

    await page.getByRole("table").getByRole("link", { name: "ADA" }).waitFor()
    await page.getByRole("button", { name: /^(Undo|Ongedaan maken)$/ }).waitFor() // of the notice: Tab goes by it and on
    await tabTo(page, words.select("ADA"))
    await page.keyboard.press("Space")
    await tabTo(page, words.unassignLicenses)
    await page.keyboard.press("Enter")
    await page.getByRole("dialog", { name: words.unassignLicenses }).waitFor()
    await tabTo(page, words.unassign)
    await page.keyboard.press("Enter")
    await tabTo(page, words.close)
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").waitFor({ state: "hidden" })
    await page.getByText(words.empty).waitFor()
  })
})

/** Presses Tab until the element of that name has the focus; Shift+Tab past the end is not needed, because Tab goes round. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 60; presses++) {
    const here = await focused(page)
    if (here === name) return
    passed.push(here)
    await page.keyboard.press("Tab")
  }
  throw new Error(`Tab never reaches "${name}"; it went by ${passed.join(" | ")}`)
}

/** The accessible name of what has the focus, as far as tests need it. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const element = document.activeElement
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? ""
  })()`)
}
