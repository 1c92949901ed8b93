/**
 * Very many people: what is in sight is read, wherever somebody scrolls; what is done to all of a filter is foretold, goes in
 * commands of a hundred, can be stopped and undone. With LARGE_PEOPLE=100000 the list is as long as the largest group.
 */
import type { Page } from "playwright-core"
import { groupOf, manyPeople } from "../support/many-people"
import { RunningLedger } from "../support/running-ledger"
import { openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const GROUP = Number(process.env.LARGE_PEOPLE ?? 20_000)
/** More than one command restores. */
const DIRECT = 600
const AT_ONCE = 100
/** Of pages of the list: what is in sight, what is around it, and what went by on the way. */
const FEW_REQUESTS = 12

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

async function people(there: Scene, search = ""): Promise<Page> {
  const page = await consoles.open(ledger, `/licenses/${there.licenseId}${search}`, { role: "LICENSE_ADMIN", ...there.signedIn })
  await page.getByRole("table", { name: "People" }).waitFor()
  return page
}

const formatted = (count: number) => count.toLocaleString("en-GB")
const nameOf = (number: number) => `Person ${String(number).padStart(5, "0")}`

async function seats({ admin, licenseId }: Scene): Promise<{ seated: number; waitlisted: number }> {
  const { license } = await admin.ask("query ($id: ID!) { license(id: $id) { seats { seated waitlisted } } }", { id: licenseId })
  return license.seats
}

/** Waits for the consequences of what was done (rule 39). */
async function settled(there: Scene, seated: number): Promise<void> {
  while ((await seats(there)).seated !== seated) await new Promise((resolve) => setTimeout(resolve, 50))
}

describe("everybody of a large group", () => {
  let there: Scene
  let group: string
  beforeAll(async () => {
    there = await scene(ledger, { seats: GROUP, users: [] })
    const ids = await manyPeople(ledger, there.organizationId, GROUP)
    group = await groupOf(ledger, there.organizationId, "Everybody", ids)
    await there.assign([group])
    await settled(there, GROUP)
  }, 600_000)

  /** How often a page of the list was asked for since. */
  function countPages(page: Page): () => number {
    let pages = 0
    page.on("request", (request) => {
      if (request.postData()?.includes("LicensedUsers")) pages += 1
    })
    return () => pages
  }

  test("the end and the middle are a few requests away, and the document never holds more than what is in sight", async () => {
    const page = await people(there, "?order=name")
    const table = page.getByRole("table", { name: "People" })
    expect(await table.getAttribute("aria-rowcount")).toBe(String(GROUP + 1))
    const pages = countPages(page)
    // To the end at once, as a hurried hand does.
    await page.evaluate("document.getElementById('content').scrollTop = 1e9")
    await table.getByRole("link", { name: nameOf(GROUP - 1) }).waitFor()
    expect(await table.getByRole("row").count()).toBeLessThan(100)
    await page.evaluate("document.getElementById('content').scrollTop /= 2")
    await table
      .locator(`[aria-rowindex="${GROUP / 2}"]`)
      .getByRole("link", { name: nameOf(GROUP / 2 - 2) })
      .waitFor()
    expect(await table.getByRole("row").count()).toBeLessThan(100)
    expect(pages()).toBeLessThan(FEW_REQUESTS)
  })

  test("scrolling on reads page after page", async () => {
    const page = await people(there, "?order=name")
    const table = page.getByRole("table", { name: "People" })
    await table.hover()
    for (const number of [50, 100, 150, 200, 250]) {
      await page.evaluate(`document.getElementById('content').scrollTop = ${number * 48}`)
      await table.getByRole("link", { name: nameOf(number), exact: true }).waitFor()
    }
  })

  test("a scroll step costs what is in sight: nothing is done once for each row of the list", async () => {
    const STEPS = 20
    const page = await people(there, "?order=name")
    const table = page.getByRole("table", { name: "People" })
    const scrollTo = (row: number) =>
      page.evaluate(`new Promise((drawn) => {
        document.getElementById("content").scrollTop = ${row * 48}
        requestAnimationFrame(() => requestAnimationFrame(drawn))
      })`)
    await scrollTo(120)
    await table.getByRole("link", { name: nameOf(120), exact: true }).waitFor()
    // Whoever goes through all rows looks up the height of each.
    await page.evaluate(`{
      const { get } = Map.prototype
      window.lookUps = 0
      Map.prototype.get = function (key) {
        window.lookUps++
        return get.call(this, key)
      }
    }`)
    for (let step = 1; step <= STEPS; step++) await scrollTo(120 + 2 * step)
    await table.getByRole("link", { name: nameOf(120 + 2 * STEPS), exact: true }).waitFor()
    const lookUps = await page.evaluate<number>("window.lookUps")
    expect(lookUps).toBeGreaterThan(STEPS) // it has counted
    // When a page of rows comes meanwhile, all of them are measured once.
    expect(lookUps).toBeLessThan((STEPS / 2) * GROUP)
  })

  test("going to the end of a list that is read page after page reads a few pages, not all in between", async () => {
    const page = await consoles.open(ledger, "/users", { role: "USER_ADMIN", ...there.signedIn })
    const table = page.getByRole("table", { name: "Users" })
    await table.getByRole("link", { name: nameOf(0), exact: true }).waitFor()
    let pages = 0
    page.on("request", (request) => {
      if (request.postData()?.includes("query Users(")) pages += 1
    })
    await page.evaluate("document.getElementById('content').scrollTop = 1e9")
    await table.getByRole("link", { name: nameOf(1_099), exact: true }).waitFor()
    expect(pages).toBeLessThan(FEW_REQUESTS)
  })

  test("all of a filter are selected without reading them, and unassigning says that they have it through the group", async () => {
    const page = await people(there, "?order=name")
    await page.getByRole("searchbox", { name: "Search by name" }).fill("Person 0001")
    await page
      .getByRole("status")
      .filter({ hasText: /^10 people$/ })
      .waitFor()
    const pages = countPages(page)
    await page.getByRole("checkbox", { name: "Select all" }).click()
    await page.getByRole("button", { name: "Clear selection (10)" }).waitFor()
    expect(pages()).toBe(0)
    await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
    await page
      .getByRole("dialog")
      .getByText(/10 people have this license through groups only/)
      .waitFor()
  })

  test("reading everybody can be stopped", async () => {
    const page = await people(there)
    const release = await holdBack(page, "query LicensedPeople", 3)
    await page.getByRole("checkbox", { name: "Select all" }).click()
    await page.getByRole("button", { name: `Clear selection (${formatted(GROUP)})` }).waitFor()
    await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
    await page.getByText(`200 of ${formatted(GROUP)} read …`).waitFor()
    await page.getByRole("button", { name: "Stop" }).click()
    release()
    await page.getByRole("button", { name: "Clear selection" }).waitFor()
    expect(await page.getByRole("dialog").count()).toBe(0)
  })

  test("rule 39: seats of a large group that are still on their way are nobody else’s change: it can be undone at once", async () => {
    const page = await consoles.open(ledger, `/licenses/${there.licenseId}/assigned`, { role: "USER_ADMIN", ...there.signedIn })
    await page.getByRole("checkbox", { name: "Select Everybody" }).click()
    await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
    const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
    await dialog.getByText(`${formatted(GROUP)} people lose their seats`).waitFor()
    await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
    await dialog.getByText("Unassigned from 1 of 1.").waitFor()
    await dialog.getByRole("button", { name: "Undo" }).click()
    await dialog.getByText("Undone: 1 is assigned again").waitFor()
    await settled(there, GROUP)
  }, 300_000)
})

describe("people who were assigned one by one", () => {
  let there: Scene
  let ids: readonly string[]
  beforeAll(async () => {
    there = await scene(ledger, { seats: DIRECT, users: [] })
    ids = await manyPeople(ledger, there.organizationId, DIRECT)
    for (let from = 0; from < DIRECT; from += AT_ONCE) await there.assign(ids.slice(from, from + AT_ONCE))
  }, 120_000)

  test("a filter is what is selected, not what is in sight: the rest keeps its seats", async () => {
    const page = await people(there, "?order=name")
    await page.getByRole("searchbox", { name: "Search by name" }).fill("Person 004")
    await page
      .getByRole("status")
      .filter({ hasText: /^100 people$/ })
      .waitFor()
    await page.getByRole("checkbox", { name: "Select all" }).click()
    await page.getByRole("checkbox", { name: "Select Person 00400" }).click() // all but one
    await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
    const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
    await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
    await dialog.getByText("Unassigned from 99 of 99.").waitFor()
    expect(await seats(there)).toEqual({ seated: DIRECT - 99, waitlisted: 0 })
    await dialog.getByRole("button", { name: "Undo" }).click()
    await dialog.getByText("Undone: 99 are assigned again.").waitFor()
    expect(await seats(there)).toEqual({ seated: DIRECT, waitlisted: 0 })
  })

  test("all of them: foretold beforehand, done in commands of 100, stopped in between, and undone from the notice", async () => {
    const page = await people(there)
    const release = await holdBack(page, "mutation UnassignLicenses", 3)
    await page.getByRole("checkbox", { name: "Select all" }).click()
    await page.getByRole("button", { name: "Unassign licenses", exact: true }).click()
    const dialog = page.getByRole("dialog", { name: "Unassign licenses" })
    await dialog.getByRole("list", { name: "What will happen" }).getByText(`${DIRECT} people lose their seats`).waitFor()
    await dialog.getByRole("button", { name: "Unassign", exact: true }).click()
    await dialog.getByText(`200 of ${DIRECT}`).waitFor()
    await dialog.getByRole("progressbar").waitFor()
    await dialog.getByRole("button", { name: "Stop" }).click()
    release()
    await dialog.getByText(`Unassigned from 300 of ${DIRECT}.`).waitFor()
    expect(await seats(there)).toEqual({ seated: DIRECT - 300, waitlisted: 0 })

    // Closed too soon: the notice brings them back, and shows how far it is.
    await dialog.getByRole("button", { name: "Close", exact: true }).click()
    await page
      .getByRole("link", { name: "Undo" })
      .or(page.getByRole("button", { name: "Undo" }))
      .click()
    await page.getByRole("dialog", { name: "Undo: CRM" }).getByText("Undone: 300 are assigned again.").waitFor()
    expect(await seats(there)).toEqual({ seated: DIRECT, waitlisted: 0 })
  }, 120_000)

  test("more than one command restores come back in parts, foretold beforehand, and going on after a stop", async () => {
    const good = await there.revision()
    for (let from = 0; from < DIRECT; from += AT_ONCE) await there.unassign(ids.slice(from, from + AT_ONCE))
    const page = await consoles.open(ledger, `/licenses/${there.licenseId}?asOf=${good}`, { role: "LICENSE_ADMIN", ...there.signedIn })
    const release = await holdBack(page, "mutation RestoreAssignments", 1)
    await page.getByRole("button", { name: "Restore the assignments of this moment" }).click()
    const dialog = page.getByRole("dialog", { name: "Restore the assignments of CRM?" })
    await dialog.getByText(`${DIRECT} assignments differ. They are restored in parts of 500`).waitFor()
    await dialog.getByRole("list", { name: "What will happen" }).getByText(`${DIRECT} people get a seat`).waitFor()
    await dialog.getByRole("button", { name: "Restore", exact: true }).click()
    await dialog.getByRole("button", { name: "Stop" }).click()
    release()
    await dialog.getByText(`500 restored so far, ${DIRECT - 500} left.`).waitFor()
    expect(await seats(there)).toEqual({ seated: 500, waitlisted: 0 })
    await dialog.getByRole("button", { name: "Restore", exact: true }).click()
    await page.getByText(`Restored: ${DIRECT} assigned again, 0 taken away`).first().waitFor()
    expect(await seats(there)).toEqual({ seated: DIRECT, waitlisted: 0 })
  }, 120_000)
})

/** Holds the n-th request of that operation back until it is released: so there is time to press Stop, on any machine. */
async function holdBack(page: Page, operation: string, nth: number): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let count = 0
  await page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes(`${operation}(`) && ++count === nth) await released
    await route.continue()
  })
  return () => release()
}
