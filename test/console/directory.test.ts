/** What is done to people and groups in the console: the list of members, the forms, and the ways back. */
import type { Page } from "playwright-core"
import { RunningLedger } from "../support/running-ledger"
import { untilInPage, violations } from "./support/accessibility"
import { type Language, openConsoles } from "./support/browser"
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
    search: "Search members",
    one: "1 person",
    showAll: "Show all",
    add: "Add members",
    submit: "Add",
    who: "People",
    select: (name: string) => `Select ${name}`,
    remove: "Remove from group",
    undo: "Undo",
    added: "1 person was added to Sales team",
    removed: "1 person was removed from Sales team",
  },
  nl: {
    search: "Leden zoeken",
    one: "1 persoon",
    showAll: "Alles tonen",
    add: "Leden toevoegen",
    submit: "Toevoegen",
    who: "Personen",
    select: (name: string) => `${name} selecteren`,
    remove: "Uit groep verwijderen",
    undo: "Ongedaan maken",
    added: "1 persoon is toegevoegd aan Sales team",
    removed: "1 persoon is verwijderd uit Sales team",
  },
} as const satisfies Record<Language, Record<string, unknown>>

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
/** The notice, and not what is read out of it. */
const notice = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text })

async function membersOf({ admin }: Scene, groupId: string): Promise<readonly string[]> {
  const { group } = await admin.ask("query ($id: ID!) { group(id: $id) { members { nodes { displayName } } } }", { id: groupId })
  return group.members.nodes.map(({ displayName }: { displayName: string }) => displayName)
}

test.each(["en", "nl"] as const)(
  "in language %s members are found, added and removed, and both are taken back",
  async (language) => {
    const words = WORDS[language]
    const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
    const groupId = await there.group("Sales team", ["ada", "bo"])
    const page = await consoles.open(ledger, `/groups/${groupId}`, { role: "USER_ADMIN", ...there.signedIn, language })
    const members = page.getByRole("table")
    await members.getByRole("link", { name: "BO" }).waitFor()

    await page.getByRole("searchbox", { name: words.search }).fill("ad")
    await page.getByRole("status").filter({ hasText: words.one }).waitFor()
    expect(await members.getByRole("link").allInnerTexts()).toEqual(["ADA"])
    expect(new URL(page.url()).searchParams.get("search")).toBe("ad")
    await page.getByRole("searchbox", { name: words.search }).fill("zz")
    await button(page, words.showAll).click()
    await members.getByRole("link", { name: "BO" }).waitFor()
    expect(await page.getByRole("searchbox", { name: words.search }).inputValue()).toBe("")

    // BO is a member already: only CYD joins by it, and only CYD leaves by its undo.
    await button(page, words.add).click()
    await pick(page, words.who, "bo", "BO")
    await pick(page, words.who, "cy", "CYD")
    await button(page, words.submit).click()
    await notice(page, words.added).getByText(words.undo).click()
    await notice(page, words.removed).waitFor()
    expect(await membersOf(there, groupId)).toEqual(["ADA", "BO"])

    await page.getByRole("checkbox", { name: words.select("ADA") }).click()
    await button(page, words.remove).click()
    await page.getByRole("dialog").getByText("ADA").waitFor()
    if (language === "en") expect(await violations(page)).toEqual([])
    await page.getByRole("dialog").getByRole("button", { name: words.remove, exact: true }).click()
    await notice(page, words.removed).filter({ hasText: words.undo }).getByText(words.undo).click()
    await notice(page, words.added).last().waitFor()
    await untilInPage(page, `document.querySelectorAll('[role="table"] a').length === 2`)
    expect(await membersOf(there, groupId)).toEqual(["BO", "ADA"])
  },
  180_000,
)

const IN_DIALOG = "document.activeElement?.closest('[role=dialog]')"
test("a person is added, corrected and deactivated with the keyboard alone; Escape leaves everything as it was", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  const page = await consoles.open(ledger, "/users", { role: "USER_ADMIN", ...there.signedIn })
  const press = async (name: string) => {
    await button(page, name).focus()
    await page.keyboard.press("Enter")
  }
  const dialog = page.getByRole("dialog")

  await button(page, "Add a user").waitFor()
  await press("Add a user")
  await untilInPage(page, `document.activeElement?.tagName === "INPUT"`)
  expect(await violations(page)).toEqual([])
  await page.keyboard.type("Bo Berg")
  await page.keyboard.press("Tab")
  await page.keyboard.type("ada@example.com")
  await page.keyboard.press("Enter")
  await dialog.getByText("Somebody else has this user name.").waitFor()
  await dialog.getByRole("textbox", { name: "User name" }).fill("bo@example.com")
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Bo Berg" }).waitFor()

  await press("Edit")
  await dialog.getByRole("textbox", { name: "Mail" }).fill("bo@example.org")
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "hidden" })
  await untilInPage(page, `document.activeElement?.textContent === "Edit"`)
  await press("Edit")
  expect(await dialog.getByRole("textbox", { name: "Mail" }).inputValue()).toBe("")
  await dialog.getByRole("textbox", { name: "Mail" }).fill("bo@example.org")
  await page.keyboard.press("Enter")
  await page.getByRole("definition").filter({ hasText: "bo@example.org" }).waitFor()
  // A notice that follows on another one would get its focus, also once somebody is in a dialog.
  await press("Deactivate")
  await untilInPage(page, IN_DIALOG)
  await page.evaluate(`document.querySelector(".fui-Toast").closest("[role=listitem]").focus()`)
  await untilInPage(page, IN_DIALOG)
  await page.keyboard.press("Escape")
  await notice(page, "The changes to Bo Berg were saved").getByText("Undo").click()
  await page.getByText("Bo Berg is as before").first().waitFor()
  await page.getByRole("definition").filter({ hasText: "bo@example.org" }).waitFor({ state: "hidden" })

  await press("Deactivate")
  await dialog.getByText("No seat and no place in a waitlist ends.").waitFor()
  expect(await violations(page)).toEqual([])
  await dialog.getByRole("button", { name: "Deactivate" }).focus()
  await page.keyboard.press("Enter")
  await button(page, "Reactivate").waitFor()
  await page.keyboard.press("Control+m") // to the notices
  await notice(page, "Bo Berg was deactivated").getByText("Undo").focus()
  await page.keyboard.press("Enter")
  await notice(page, "Bo Berg was deactivated").waitFor({ state: "hidden" })
  await untilInPage(page, "document.activeElement !== document.body") // where it was before it went to the notices
  await button(page, "Deactivate").waitFor()

  await press("More actions")
  await page.getByRole("menuitem", { name: "Delete user" }).focus()
  await page.keyboard.press("Enter")
  const last = page.getByRole("alertdialog", { name: "Delete Bo Berg?" })
  await last.getByText("Deleting cannot be undone", { exact: false }).waitFor()
  await last.getByRole("button", { name: "Delete user" }).focus()
  await page.keyboard.press("Enter")
  await page.getByRole("heading", { level: 1, name: "Users" }).waitFor()
  const { users } = await there.admin.ask("{ users { nodes { displayName } } }")
  expect(users.nodes).toEqual([{ displayName: "ADA" }])
}, 180_000)

test("a group is added and renamed, and its former name is given back", async () => {
  const there = await scene(ledger, { seats: 1, users: [] })
  const page = await consoles.open(ledger, "/groups", { role: "USER_ADMIN", ...there.signedIn })
  const name = page.getByRole("dialog").getByRole("textbox", { name: "Name" })
  await button(page, "Add a group").click()
  await name.fill("Sales")
  await button(page, "Add").click()
  await page.getByRole("heading", { level: 1, name: "Sales", exact: true }).waitFor()
  await button(page, "More actions").click()
  await page.getByRole("menuitem", { name: "Rename" }).click()
  await name.fill("Field sales")
  await button(page, "Save").click()
  await page.getByRole("heading", { level: 1, name: "Field sales" }).waitFor()
  await notice(page, "The group is now called Field sales").getByText("Undo").click()
  await page.getByRole("heading", { level: 1, name: "Sales", exact: true }).waitFor()
})

test("deleting a group that has licenses asks twice, and a person's data are erased only when the name is typed", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  const groupId = await there.group("Sales team", ["ada"])
  await there.assign([groupId])
  const page = await consoles.open(ledger, `/groups/${groupId}`, { role: "GLOBAL_ADMIN", ...there.signedIn })
  const dialog = page.getByRole("alertdialog")
  await button(page, "More actions").click()
  await page.getByRole("menuitem", { name: "Delete group" }).click()
  const sure = dialog.getByRole("checkbox")
  await sure.waitFor()
  expect(await violations(page)).toEqual([])
  expect(await dialog.getByRole("button", { name: "Delete group" }).isDisabled()).toBe(true)
  await sure.click()
  await dialog.getByRole("button", { name: "Delete group" }).click()
  await page.getByRole("heading", { level: 1, name: "Groups" }).waitFor()

  await page.goto(`/users/${there.users.ada}`)
  await button(page, "More actions").click()
  await page.getByRole("menuitem", { name: /^Erase/ }).click()
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Request 7")
  expect(await violations(page)).toEqual([])
  const erase = dialog.getByRole("button", { name: "Erase for good" })
  expect(await erase.isDisabled()).toBe(true)
  await dialog.getByRole("textbox", { name: /type ADA/ }).fill("ADA")
  await erase.click()
  await page.getByRole("heading", { level: 1, name: "Users" }).waitFor()
  await page.goto(`/users/${there.users.ada}`)
  await page.getByRole("heading", { level: 1, name: "Deleted user" }).waitFor()
  expect(await page.getByText("ADA", { exact: true }).count()).toBe(0)
}, 180_000)
