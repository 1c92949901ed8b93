/** What was assigned or unassigned a moment ago is put back with one press, beside its result and from the notice that stays. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { until } from "../support/until"
import { violations } from "./support/accessibility"
import { type Language, type Opening, openConsoles } from "./support/browser"
import { pick } from "./support/picker"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

const WORDS = {
  en: {
    assignLicenses: "Assign licenses",
    who: "Users or groups",
    assign: "Assign",
    close: "Close",
    unassignLicenses: "Unassign licenses",
    unassign: "Unassign",
    undo: "Undo",
    select: (name: string) => `Select ${name}`,
    takenBack: "Undone: 2 assignments are taken back.",
    wouldWait: "If you undo this, 1 person would wait at the end of the waitlist: no seat is free for them now.",
    waits: "Undone: 1 is assigned again, and 1 person waits at the end of the waitlist.",
    again: "Undone: 1 is assigned again.",
    saidAssigned: "CRM: assigned to BO",
    oneTakenBack: "Undone: 1 assignment is taken back.",
    said: "CRM: unassigned from ADA",
    moved: "Somebody has changed this license since. Nothing was undone, so that nobody’s change is lost.",
    reason: /^Undo of what was done up to revision \d+$/,
  },
  nl: {
    assignLicenses: "Licenties toewijzen",
    who: "Gebruikers of groepen",
    assign: "Toewijzen",
    close: "Sluiten",
    unassignLicenses: "Licenties niet toewijzen",
    unassign: "Niet toewijzen",
    undo: "Ongedaan maken",
    select: (name: string) => `${name} selecteren`,
    takenBack: "Ongedaan gemaakt: 2 toewijzingen zijn beëindigd.",
    wouldWait: "Maakt u dit ongedaan, dan wacht 1 persoon achteraan op de wachtlijst: voor hen is nu geen seat vrij.",
    waits: "Ongedaan gemaakt: 1 is opnieuw toegewezen, en 1 persoon wacht achteraan op de wachtlijst.",
    again: "Ongedaan gemaakt: 1 is opnieuw toegewezen.",
    saidAssigned: "CRM: toegewezen aan BO",
    oneTakenBack: "Ongedaan gemaakt: 1 toewijzing is beëindigd.",
    said: "CRM: niet meer toegewezen aan ADA",
    moved: "Iemand heeft deze licentie intussen gewijzigd. Er is niets ongedaan gemaakt, zodat niemands wijziging verloren gaat.",
    reason: /^Ongedaan maken van wat tot en met revisie \d+ is gedaan$/,
  },
} as const satisfies Record<Language, Record<string, unknown>>
const LANGUAGES: readonly Language[] = ["en", "nl"]

async function licensePage(there: Scene, path = "", opening: Opening = {}): Promise<Page> {
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}${path}`, { role: "USER_ADMIN", ...there.signedIn, ...opening })
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  return page
}

/** Who has the license, seated first: "ADA" or, waiting, "BO 1". */
async function holders({ admin, licenseId }: Scene): Promise<readonly string[]> {
  const { license } = await admin.ask(
    "query ($id: ID!) { license(id: $id) { users(first: 100) { nodes { user { displayName } waitlistPosition } } } }",
    { id: licenseId },
  )
  return license.users.nodes.map((one: { user: { displayName: string }; waitlistPosition: number | null }) =>
    [one.user.displayName, one.waitlistPosition ?? ""].join(" ").trim(),
  )
}

describe.each(LANGUAGES)("in language %s", (language) => {
  const words = WORDS[language]
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })

  async function unassign(page: Page, name: string): Promise<void> {
    await page.getByRole("checkbox", { name: words.select(name) }).click()
    await button(page, words.unassignLicenses).click()
    await page.getByRole("dialog").getByRole("button", { name: words.unassign, exact: true }).click()
  }

  test("an assignment is taken back with the keyboard, only from those who did not have it before, and the trail says why", async () => {
    const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
    const team = await there.group("Sales team", ["bo"])
    await there.assign(["cyd"])
    const page = await licensePage(there, "", { language })
    await button(page, words.assignLicenses).click()
    for (const [typed, name] of [
      ["ada", "ADA"],
      ["cyd", "CYD"],
      ["sal", "Sales team"],
    ] as const)
      await pick(page, words.who, typed, name)
    await button(page, words.assign).click()
    await page.locator("button:focus", { hasText: words.close }).waitFor()
    expect((await holders(there)).toSorted()).toEqual(["ADA", "BO", "CYD"])

    await button(page, words.undo).focus()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Enter")
    await page.getByRole("status").getByText(words.takenBack).waitFor()
    await page.locator("button:focus", { hasText: words.close }).waitFor()
    await page.keyboard.press("Enter")
    await page.getByRole("dialog").waitFor({ state: "hidden" })
    expect(await holders(there)).toEqual(["CYD"])
    expect(await button(page, words.undo).count()).toBe(0) // no notice: it is undone

    const { history } = await there.admin.ask(`{ history(filter: { types: ["LicenseUnassigned"] }, first: 9) { nodes { reason data } } }`)
    expect(history.nodes).toHaveLength(2)
    expect(history.nodes.map(({ reason }: { reason: string }) => reason)).toEqual([
      expect.stringMatching(words.reason),
      expect.stringMatching(words.reason),
    ])
    expect(JSON.stringify(history.nodes)).toContain(team)
  })

  test("whose seat went to somebody else would wait: that is said before, and after", async () => {
    const there = await scene(ledger, { seats: 1, users: ["ada", "bo"] })
    await there.assign(["ada", "bo"])
    const page = await licensePage(there, "", { language })
    await unassign(page, "ADA")
    await page.getByRole("dialog").getByText(words.wouldWait).waitFor()
    expect(await holders(there)).toEqual(["BO"])
    await button(page, words.undo).click()
    await page.getByRole("dialog").getByText(words.waits).waitFor()
    expect(await holders(there)).toEqual(["BO", "ADA 1"])
  })

  test("the notice that stays after closing undoes it too", async () => {
    const there = await scene(ledger, { seats: 2, users: ["ada", "bo"] })
    await there.assign(["ada"])
    const page = await licensePage(there, "", { language })
    await unassign(page, "ADA")
    await button(page, words.close).click()
    await page.getByRole("dialog").waitFor({ state: "hidden" })
    await page.getByText(words.said).first().waitFor()
    await page.getByText(words.undo, { exact: true }).waitFor()
    const undo = page.locator(":focus", { hasText: words.undo })
    await until(async () => {
      // Whatever had the focus before the dialog gets it back in a moment, which may be this one.
      await page.keyboard.press("Control+m") // to the notices
      await page.keyboard.press("Tab")
      return (await undo.count()) === 1
    }, 200)
    await undo.press("Enter")
    await page.getByText(words.again).first().waitFor()
    expect(await holders(there)).toEqual(["ADA"])

    await page.getByText(words.said).first().waitFor({ state: "hidden" }) // a notice that goes gives the focus back
    await button(page, words.assignLicenses).click()
    await pick(page, words.who, "bo", "BO")
    await button(page, words.assign).click()
    await page.locator("button:focus", { hasText: words.close }).press("Enter")
    await page.getByText(words.saidAssigned).first().waitFor()
    await page.getByText(words.undo, { exact: true }).click()
    await page.getByText(words.oneTakenBack).first().waitFor()
    expect(await holders(there)).toEqual(["ADA"])
  })

  test("rule 35: what somebody else changed since is not overwritten, and it says so", async () => {
    const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
    await there.assign(["ada"])
    const page = await licensePage(there, "", { language })
    await unassign(page, "ADA")
    await button(page, words.undo).waitFor()
    await there.assign(["bo"], await there.colleague())
    await button(page, words.undo).click()
    await page.getByRole("dialog").getByText(words.moved).waitFor()
    expect(await holders(there)).toEqual(["BO"])
    await page.getByRole("dialog").getByRole("link").click()
    await page.waitForURL(`**/licenses/${there.licenseId}/history`)
    await page.getByRole("dialog").waitFor({ state: "hidden" })
  })
})
