/** Several people at the same license, and a connection that breaks. */
import type { Page } from "playwright-core"
import { lastingPort } from "../support/lasting-port"
import { manyPeople } from "../support/many-people"
import { RunningLedger } from "../support/running-ledger"
import { type Opening, openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start({ PORT: String(await lastingPort()) })
})
afterAll(() => ledger.stop())

async function people(there: Scene, opening: Opening = {}): Promise<Page> {
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}`, { role: "LICENSE_ADMIN", ...there.signedIn, ...opening })
  await page.getByRole("heading", { level: 1, name: "CRM" }).waitFor()
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  return page
}

test("what a colleague does appears without a reload: in the list, in the numbers, and said in passing", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const page = await people(there)
  await page.getByRole("link", { name: "ADA" }).waitFor()
  const loads = countLoads(page)

  await there.assign(["bo"], await there.colleague())
  await page.getByRole("link", { name: "BO" }).waitFor()
  await page.getByRole("status").filter({ hasText: "2 people" }).waitFor()
  expect(loads()).toBe(0)
})

test("new names and new members of a group appear wherever they stand, also where no seat changes hands", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  const groupId = await there.group("Sales team", ["ada"])
  await there.assign([groupId, "bo"])
  const change = (operation: string, type: string, input: object) =>
    there.admin.ask(`mutation ($input: ${type}!) { payload: ${operation}(input: $input) { revision refusal { message } } }`, { input })
  const rename = (displayName: string) => change("renameGroup", "RenameGroupInput", { groupId, displayName })
  const page = await people(there)
  const list = page.getByRole("table", { name: "People" })
  await list.getByRole("link", { name: "Sales team" }).waitFor()

  await change("updateUser", "UpdateUserInput", { userId: there.users.ada, displayName: "Ada Lovelace" })
  await list.getByRole("link", { name: "Ada Lovelace" }).waitFor()
  await rename("Field sales")
  await list.getByRole("link", { name: "Field sales" }).waitFor()

  await page.getByRole("tab", { name: "Assigned to" }).click()
  const row = page.getByRole("table", { name: "Assigned to" }).getByRole("row").filter({ hasText: "Field sales" })
  await row.getByText("1 member").waitFor()
  await change("changeGroupMembers", "ChangeGroupMembersInput", { groupId, add: [there.users.bo] }) // who has a seat already
  await row.getByText("2 members").waitFor()

  await page.goto(`/users/${there.users.bo}`)
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  const held = page.getByRole("list", { name: "Licenses" })
  await held.getByRole("link", { name: "Field sales" }).waitFor()
  await rename("Sales")
  await held.getByRole("link", { name: "Sales", exact: true }).waitFor()
})

test("two admins open the same dialog: the second is told that it changed, and takes nothing away unseen", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
  await there.assign(["ada", "bo"])
  const page = await people(there)
  await page.getByRole("checkbox", { name: "Select ADA" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
  await dialog.getByText("ADA").waitFor()

  await there.assign(["cyd"], await there.colleague())
  await page.getByText("3 people", { exact: true }).waitFor() // the page behind is up to date, the dialog is what it was
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText(/This changed since you looked/).waitFor()
  // Nothing was done, so the selection behind it stays: whoever cancels need not begin anew. (A dialog hides what is behind it.)
  await page.getByRole("button", { name: "Clear selection (1)", includeHidden: true }).waitFor()

  const { license } = await there.admin.ask("query ($id: ID!) { license(id: $id) { users { totalCount } assignments { totalCount } } }", {
    id: there.licenseId,
  })
  expect(license).toEqual({ users: { totalCount: 3 }, assignments: { totalCount: 3 } })
  // Having looked again, it is decided anew, and only then done.
  await dialog.getByRole("list", { name: "What will happen" }).waitFor()
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText("Unassigned from 1 of 1.").waitFor()
  await page.getByRole("button", { name: "Clear selection (1)", includeHidden: true }).waitFor({ state: "detached" })
})

test("after a lost connection the page catches up without a reload", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo", "cyd"] })
  await there.assign(["ada"])
  const page = await people(there, { tolerated: /ERR_|WebSocket/ })
  await page.getByRole("link", { name: "ADA" }).waitFor()
  const loads = countLoads(page)

  await ledger.pause()
  await page.getByRole("img", { name: /^Connection lost/ }).waitFor()
  await ledger.resume()
  await there.assign(["bo"], await there.colleague())
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  await page.getByRole("link", { name: "BO" }).waitFor()
  await there.assign(["cyd"], await there.colleague())
  await page.getByRole("link", { name: "CYD" }).waitFor()
  expect(loads()).toBe(0)
})

test("after a long time without a connection the page is read again, instead of being told of every change", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada", "bo"] })
  await there.assign(["ada"])
  const page = await people(there, { tolerated: /ERR_|WebSocket/ })
  await page.getByRole("link", { name: "ADA" }).waitFor()
  let told = 0
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      if (payload.includes("historyAppended")) told += 1
    }),
  )

  await page.context().setOffline(true)
  await page.getByRole("img", { name: /^Connection lost/ }).waitFor()
  await manyPeople(ledger, there.organizationId, 250)
  await there.assign(["bo"], await there.colleague())
  await page.context().setOffline(false)
  await page.getByText(/\d+ changes were made while the connection was lost/).waitFor()
  await page.getByRole("link", { name: "BO" }).waitFor()
  await page.getByRole("img", { name: /^Live/ }).waitFor()

  await there.unassign(["bo"], await there.colleague())
  await page.getByRole("link", { name: "BO" }).waitFor({ state: "hidden" })
  expect(told).toBeLessThan(50)
})

test("without a connection a command is not lost: it says so, and sent again it is done once", async () => {
  const { page, dialog } = await unassigningAda()
  await dialog.getByText("ADA").waitFor()
  await page.context().setOffline(true)
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText(/It is not certain that this was done/).waitFor()
  await page.context().setOffline(false)
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText("Unassigned from 1 of 1.").waitFor()
})

/** A window whose connection may break, with the dialog open. */
async function unassigningAda() {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  await there.assign(["ada"])
  const page = await people(there, { tolerated: /ERR_|WebSocket|Failed to fetch/ })
  await page.getByRole("checkbox", { name: "Select ADA" }).click()
  await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
  return { there, page, dialog: page.getByRole("dialog", { name: "Unassign licenses" }) }
}

test("a reason that is corrected after an answer did not come is the one that is recorded", async () => {
  const { there, page, dialog } = await unassigningAda()
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Let of the company")
  await page.context().setOffline(true)
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText(/It is not certain that this was done/).waitFor()
  await page.context().setOffline(false)
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Left the company")
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText("Unassigned from 1 of 1.").waitFor()
  const { history } = await there.admin.ask(`{ history(filter: { types: ["LicenseUnassigned"] }) { nodes { reason } } }`)
  expect(history.nodes).toEqual([{ reason: "Left the company" }])
})

test("a reason that is corrected although the first was recorded is told that it comes too late", async () => {
  const { there, page, dialog } = await unassigningAda()
  await dialog.getByRole("textbox", { name: "Reason" }).fill("First")
  // Carried out, and the answer lost on the way back.
  await page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes("mutation") !== true) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText(/It is not certain that this was done/).waitFor()
  await page.unrouteAll()
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Second")
  await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
  await dialog.getByText(/This changed since you looked/).waitFor()
  const { history } = await there.admin.ask(`{ history(filter: { types: ["LicenseUnassigned"] }) { nodes { reason } } }`)
  expect(history.nodes).toEqual([{ reason: "First" }])
})

/** How often the document was loaded since. */
function countLoads(page: Page): () => number {
  let loads = 0
  page.on("load", () => {
    loads += 1
  })
  return () => loads
}
