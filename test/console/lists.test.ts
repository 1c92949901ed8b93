/** Lists: what stands in the address stays there, and what is read goes on being read, whatever happens meanwhile. */
import type { Page, Route } from "playwright-core"
import { groupOf, manyPeople } from "../support/many-people"
import { RunningLedger } from "../support/running-ledger"
import { openConsoles } from "./support/browser"
import { type Scene, scene } from "./support/scene"

const consoles = openConsoles()
let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

const opened = (there: Scene, path: string) => consoles.open(ledger, path, { role: "LICENSE_ADMIN", ...there.signedIn })
const paramsOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)

describe("what stands in the address", () => {
  test("a search and the moment stay when the list is sorted, and sorting stays when something else is searched for", async () => {
    const there = await scene(ledger, { seats: 5, users: ["ada", "adam", "bo"] })
    await there.assign(["ada", "adam", "bo"])
    const revision = String(await there.revision())
    const page = await opened(there, `/licenses/${there.licenseId}?asOf=${revision}`)
    const people = page.getByRole("table", { name: "People" })
    await page.getByRole("searchbox", { name: "Search by name" }).fill("ada")
    await page.getByText("2 people", { exact: true }).waitFor()
    await people.getByRole("button", { name: "Name" }).click()
    await people.getByRole("columnheader", { name: "Name" }).and(page.locator("[aria-sort=ascending]")).waitFor()
    expect(paramsOf(page)).toEqual({ asOf: revision, search: "ada", order: "name" })
    await page.getByText("2 people", { exact: true }).waitFor()

    await page.getByRole("searchbox", { name: "Search by name" }).fill("adam")
    await page.getByText("1 person", { exact: true }).waitFor()
    await people.getByRole("button", { name: "Name" }).click()
    await people.getByRole("columnheader", { name: "Name" }).and(page.locator("[aria-sort=descending]")).waitFor()
    expect(paramsOf(page)).toEqual({ asOf: revision, search: "adam", order: "-name" })
  })
})

test("since when somebody is entitled is what is sorted by, and since when seated stands below it where that is later", async () => {
  const DAY_MS = 86_400_000
  let now = Date.parse("2026-03-01T12:00:00Z")
  const dated = await RunningLedger.start({}, { now: () => now })
  try {
    const company = await scene(dated, { seats: 1, users: ["ada", "bo", "cyd"] })
    await company.assign(["ada"])
    now += DAY_MS
    await company.assign(["bo"])
    now += DAY_MS
    await company.assign(["cyd"])
    now += DAY_MS
    await company.setSeats(2)
    const page = await consoles.open(dated, `/licenses/${company.licenseId}?order=-since`, { role: "AUDITOR", ...company.signedIn })
    const people = page.getByRole("table", { name: "People" })
    await people.getByRole("link", { name: "CYD" }).waitFor()
    const since = await people.locator("[role=cell]:last-child").allInnerTexts()
    expect(since).toEqual(["3 Mar 2026", "2 Mar 2026\nSeat since 4 Mar 2026", "1 Mar 2026"])
  } finally {
    await consoles.close()
    await dated.stop()
  }
})

describe("what is read in pages", () => {
  let there: Scene
  beforeAll(async () => {
    there = await scene(ledger, { seats: 1, users: [] })
    await manyPeople(ledger, there.organizationId, 350)
  })

  async function users(): Promise<Page> {
    const page = await opened(there, "/users")
    await page.getByRole("img", { name: /^Live/ }).waitFor()
    await page.getByRole("link", { name: "Person 00000" }).waitFor()
    return page
  }

  const isPage = (route: Route, { further }: { further: boolean }) => {
    const { query = "", variables = {} } = route.request().postDataJSON() ?? {}
    return query.includes("query Users(") && "after" in variables === further
  }

  function add(displayName: string) {
    return there.admin.ask(`mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } refusal { message } } }`, {
      input: { displayName, userName: `${displayName.replaceAll(" ", ".")}@example.com` },
    })
  }

  test("a change while the next rows are on their way does not stop them from coming", async () => {
    const page = await users()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route("**/graphql", async (route) => {
      if (isPage(route, { further: true })) await released
      await route.continue()
    })
    const further = page.waitForRequest((request) => request.postData()?.includes('"after"') === true)
    await page.evaluate("document.getElementById('content').scrollTop = 1e9")
    await further
    await add("Zara Last")
    await page.getByText(/1 user was added by/).waitFor()
    release()
    await page.getByRole("link", { name: "Zara Last" }).waitFor()
  })

  test("a change while the list is being read again is not missed", async () => {
    const page = await users()
    let isAsked = () => {}
    let release = () => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route("**/graphql", async (route) => {
      if (!isPage(route, { further: false })) return route.continue()
      const response = await route.fetch()
      isAsked()
      await released
      await route.fulfill({ response })
    })
    await add("Aaron One")
    await asked
    await add("Aaron Two")
    await page.getByText(/2 users were added by/).waitFor()
    release()
    await page.getByRole("link", { name: "Aaron Two" }).waitFor()
  })
})

test("whoever reads further down in the history is told of entries that meet the conditions, and of no others", async () => {
  const there = await scene(ledger, { seats: 5, users: ["ada"] })
  await manyPeople(ledger, there.organizationId, 40)
  const page = await opened(there, "/history?types=UserProvisioned")
  await page.getByText("41 entries", { exact: true }).waitFor()
  await page.getByRole("img", { name: /^Live/ }).waitFor()
  await page.evaluate("document.getElementById('content').scrollTop = 600")
  await there.assign(["ada"])
  const input = { userName: "zoe@example.com", displayName: "ZOE" }
  await there.admin.ask("mutation ($input: CreateUserInput!) { createUser(input: $input) { revision } }", { input })
  await page.getByRole("button", { name: "1 new entry", exact: true }).click()
  await page.getByRole("link", { name: /ZOE/ }).waitFor()
  await page.getByRole("button", { name: /new entr/ }).waitFor({ state: "detached" })
})

test("of a long list in an entry's facts more is shown on request, so many at a time that nobody waits for their names", async () => {
  const there = await scene(ledger, { seats: 1, users: [] })
  await groupOf(ledger, there.organizationId, "Everybody", await manyPeople(ledger, there.organizationId, 70))
  let names = 0
  const page = await opened(there, "/licenses")
  page.on("request", (request) => {
    if (request.postData()?.includes("query NamedPrincipal(")) names += 1
  })
  await page.goto(`/history/${await there.revision()}`)
  await page.getByRole("link", { name: "Person 00007", exact: true }).waitFor()
  expect(names).toBeLessThan(10) // eight people and their group
  await page.getByRole("button", { name: "Show 50 more · 8 of 70" }).click()
  await page.getByRole("link", { name: "Person 00057", exact: true }).waitFor()
  expect(names).toBeLessThan(60)
  await page.getByRole("button", { name: "Show 12 more · 58 of 70" }).click()
  await page.getByRole("link", { name: "Person 00069", exact: true }).waitFor()
  expect(await page.getByRole("button", { name: /^Show \d+ more/ }).count()).toBe(0)
})

describe("more licenses than one request brings", () => {
  const MANY = 101
  let there: Scene
  let group: string
  beforeAll(async () => {
    there = await scene(ledger, { seats: 1, users: ["ada"] })
    group = await there.group("Sales team", [])
    const { organizationId, productId } = there
    const { registerVendor } = await there.operator.ask(`mutation { registerVendor(input: { name: "Zephyr" }) { vendor { id } } }`)
    const zephyr = await ledger.as("VENDOR", { vendor: registerVendor.vendor.id, subject: registerVendor.vendor.id })
    const { listProduct } = await zephyr.ask(`mutation { listProduct(input: { name: "Zenith" }) { product { id } } }`)
    const register = `mutation ($input: RegisterLicenseInput!) { registerLicense(input: $input) { license { id } refusal { message } } }`
    const assign = `mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { message } } }`
    const add = async (number: number) => {
      const isLast = number === MANY
      const input = { productId: isLast ? listProduct.product.id : productId, organizationId, seats: 1, vendorEventId: `more-${number}` }
      const { registerLicense } = await (isLast ? zephyr : there.vendor).ask(register, { input })
      const { assignLicenses } = await there.admin.ask(assign, { input: { licenseId: registerLicense.license.id, principalIds: [group] } })
      if (assignLicenses.refusal) throw new Error(assignLicenses.refusal.message)
    }
    await Promise.all(Array.from({ length: MANY - 1 }, (_, index) => add(index + 1)))
    await add(MANY)
  })

  test("a group shows all of its own", async () => {
    const page = await opened(there, `/groups/${group}/licenses`)
    await page.getByRole("tab", { name: `Licenses (${MANY})` }).waitFor()
    const table = page.getByRole("table", { name: "Licenses" })
    await table.getByRole("link", { name: "CRM" }).first().waitFor()
    await page.evaluate("document.getElementById('content').scrollTop = 1e9")
    await table.getByRole("link", { name: "Zenith" }).waitFor()
  })

  test("the vendor of the last is found as who did something, and that license by its name as one that a person does not have", async () => {
    const page = await opened(there, "/history")
    await page.getByRole("button", { name: "Filter" }).click()
    await page.getByRole("combobox", { name: "Done by" }).pressSequentially("zep")
    await page.getByRole("option", { name: /Zephyr/ }).click()
    await page.getByText("1 entry", { exact: true }).waitFor()

    await page.goto(`/users/${there.users.ada}`)
    await page.getByRole("combobox", { name: "Why not another license?" }).selectOption("Zenith")
    await page.getByText("What it takes").waitFor()
  })
})
