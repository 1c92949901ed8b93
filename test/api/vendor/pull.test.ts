import { type Company, company } from "../../end-to-end/company"
import { type Caller, RunningLedger } from "../../support/running-ledger"

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field, and an expectation says what they must be.
type Json = any

let ledger: RunningLedger
let contoso: Company
let events = 0
beforeAll(async () => {
  ledger = await RunningLedger.start()
  contoso = await company(ledger, { seats: 2, users: ["ada", "bo", "cy"] })
})
afterAll(() => ledger.stop())

interface Told {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

async function get(path: string, token: string | undefined, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${ledger.opened.url}/vendor/v1${path}`, { headers: { ...authorization, ...headers } })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) }
}
const asVendor = (path: string, headers: Readonly<Record<string, string>> = {}) => get(path, contoso.vendor.token, headers)

async function mutate(caller: Caller, operation: string, input: Json, selection = "revision"): Promise<Json> {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
  const answer = await caller.ask(`mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} refusal { code } } }`, { input })
  expect(answer[operation].refusal).toBeNull()
  return answer[operation]
}

async function license(seats: number, more: Json = {}, { organizationId, vendor, productId } = contoso): Promise<string> {
  const input = { productId, organizationId, seats, vendorEventId: `pull-${++events}`, ...more }
  return (await mutate(vendor, "registerLicense", input, "license { id }")).license.id
}

function problem(code: string, more: Json = {}): Json {
  return expect.objectContaining({
    code,
    type: expect.stringMatching(/^urn:/),
    title: expect.any(String),
    detail: expect.any(String),
    ...more,
  })
}

describe("a license", () => {
  test("is shown with what a vendor compares with its own books", async () => {
    const licenseId = await license(2, { subscriptionId: "sub-1", plan: "Team" })
    const { ada, bo, cy } = contoso.users
    await mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [ada, bo, cy], onShortage: "WAITLIST" })
    const more = { licenseId, vendorEventId: `pull-${++events}` }
    await mutate(contoso.vendor, "changeVendorSeats", { ...more, seats: 1, sequence: "9007199254740993" })
    const { revision } = await mutate(contoso.vendor, "changeLicensePlan", { ...more, vendorEventId: "plan-1", plan: "Pro", sequence: 4 })
    const { status, body, headers } = await asVendor(`/licenses/${licenseId}`)
    expect(status).toBe(200)
    expect(headers.get("content-type")).toMatch(/^application\/json/)
    expect(body).toEqual({
      id: licenseId,
      organizationId: contoso.organizationId,
      productId: contoso.productId,
      productName: "CRM",
      subscriptionId: "sub-1",
      plan: "Pro",
      orderedBy: "SEQUENCE",
      status: "ACTIVE",
      quantity: 1,
      sequence: "9007199254740993",
      statusSequence: "0",
      planSequence: "4",
      seated: 2,
      waiting: 1,
      overassignedBy: 1,
      graceEndsAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      inProgress: false,
      registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      revision,
    })
  })

  test("rule 17: the sequences are those that count: unchanged values move them, stale messages and late cancellations do not", async () => {
    const licenseId = await license(5)
    const say = (operation: string, sequence: number, what: Json) =>
      mutate(contoso.vendor, operation, { licenseId, vendorEventId: `pull-${++events}`, sequence, ...what })
    const sequences = async () => {
      const { sequence, statusSequence, planSequence } = (await asVendor(`/licenses/${licenseId}`)).body
      return [sequence, statusSequence, planSequence]
    }
    await say("changeVendorSeats", 3, { seats: 5 })
    await say("changeLicenseStatus", 7, { status: "WARNING" })
    expect(await sequences()).toEqual(["3", "7", "0"])
    await say("changeVendorSeats", 2, { seats: 9 })
    await say("changeLicenseStatus", 8, { status: "WARNING" })
    await say("changeLicensePlan", 1, { plan: "Team" })
    expect(await sequences()).toEqual(["3", "8", "1"])
    await say("changeLicenseStatus", 4, { status: "CANCELLED" })
    expect(await sequences()).toEqual(["3", "8", "1"])
    expect((await asVendor(`/licenses/${licenseId}`)).body.status).toBe("CANCELLED")
  })

  test("is asked about again for nothing until it changes", async () => {
    const licenseId = await license(5)
    const first = await asVendor(`/licenses/${licenseId}`)
    const tag = first.headers.get("etag") ?? ""
    expect(first.headers.get("cache-control")).toBe("private, no-cache")
    await mutate(contoso.admin, "createUser", { userName: "dee@example.com", displayName: "Dee" })
    const same = await asVendor(`/licenses/${licenseId}`, { "if-none-match": tag })
    expect([same.status, same.body, same.headers.get("etag")]).toEqual([304, undefined, tag])
    await mutate(contoso.vendor, "changeVendorSeats", { licenseId, seats: 6, vendorEventId: `pull-${++events}`, sequence: 1 })
    const changed = await asVendor(`/licenses/${licenseId}`, { "if-none-match": tag })
    expect([changed.status, changed.body.quantity]).toEqual([200, 6])
  })

  test("of another vendor is as unknown as one that does not exist, and so is what is no id", async () => {
    const other = await company(ledger, { seats: 1, users: [] })
    for (const id of [other.licenseId, "lic_nobody", "nonsense", "lic_%00"]) {
      const { status, headers, body } = await asVendor(`/licenses/${id}`)
      expect([id, status]).toEqual([id, 404])
      expect(headers.get("content-type")).toMatch(/^application\/problem\+json/)
      expect(body).toEqual(problem("LICENSE_NOT_FOUND", { status: 404, field: "licenseId" }))
    }
    expect((await get(`/licenses/${other.licenseId}`, other.vendor.token)).status).toBe(200)
  })
})

describe("the list of licenses", () => {
  let seller: Company
  let ids: readonly string[]
  beforeAll(async () => {
    seller = await company(ledger, { seats: 1, users: [] })
    ids = [seller.licenseId]
    for (let n = 0; n < 4; n++) ids = [...ids, await license(n, { subscriptionId: `S ${n % 2}&` }, seller)]
    // The same vendor sells to another customer, and the list shows both.
    const { organizationId } = contoso
    ids = [...ids, await license(7, {}, { ...seller, organizationId })]
  })
  const list = (query = "") => get(`/licenses${query}`, seller.vendor.token)
  const idsIn = ({ body }: Told) => body.licenses.map(({ id }: Json) => id)

  test("has every license of the vendor once, page by page, and those of no other", async () => {
    const whole = await list()
    expect([whole.status, whole.body.next, whole.headers.get("link")]).toEqual([200, null, null])
    expect([...idsIn(whole)].sort()).toEqual([...ids].sort())
    const paged: string[] = []
    let query = "?limit=2"
    for (;;) {
      const page = await list(query)
      paged.push(...idsIn(page))
      if (page.body.next === null) break
      query = `?limit=2&after=${page.body.next}`
      expect(page.headers.get("link")).toBe(`</vendor/v1/licenses${query}>; rel="next"`)
    }
    expect(paged).toEqual(idsIn(whole))
    expect(idsIn(await asVendor("/licenses"))).not.toContain(ids[0])
  })

  test("can be narrowed to a customer or a subscription id, and the next page knows that", async () => {
    expect(idsIn(await list(`?organizationId=${contoso.organizationId}`))).toEqual([ids.at(-1)])
    const page = await list("?subscriptionId=S+1%26&limit=1")
    const [, link] = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "") ?? []
    const rest = await get((link ?? "").replace("/vendor/v1", ""), seller.vendor.token)
    expect([...idsIn(page), ...idsIn(rest)].sort()).toEqual([ids[2], ids[4]].sort())
    expect(rest.body.next).toBeNull()
  })

  test.each([
    ["?limit=0", "limit"],
    ["?limit=101", "limit"],
    ["?limit=ten", "limit"],
    ["?limit=1&limit=2", "limit"],
    ["?after=bm9uc2Vuc2U", "after"],
    ["?pageSize=5", "pageSize"],
  ])("%s is answered with what is wrong", async (query, field) => {
    const { status, body } = await list(query)
    expect([status, body]).toEqual([400, problem("INVALID_INPUT", { field })])
  })
})

describe("who may read", () => {
  test("without a token: 401 with a challenge; with one that is wrong, too", async () => {
    for (const path of ["/licenses", `/licenses/${contoso.licenseId}`, `/rights/${contoso.licenseId}/${contoso.users.ada}`]) {
      const none = await get(path, undefined)
      expect([none.status, none.body]).toEqual([401, problem("UNAUTHENTICATED")])
      expect(none.headers.get("www-authenticate")).toBe('Bearer realm="seatledger"')
      const wrong = await get(path, "nonsense")
      expect(wrong.status).toBe(401)
      expect(wrong.headers.get("www-authenticate")).toMatch(/^Bearer .*error="invalid_token"/)
      expect(JSON.stringify(wrong.body)).not.toContain("nonsense")
    }
  })

  test("rule 38: nobody but a vendor, and only with a token that names it", async () => {
    const tokens = [contoso.admin, contoso.operator, await ledger.as("VENDOR"), await ledger.as("AUDITOR", { vendor: contoso.vendorId })]
    for (const { token } of tokens) {
      const { status, body } = await get(`/licenses/${contoso.licenseId}`, token)
      expect([status, body]).toEqual([403, problem("FORBIDDEN")])
    }
  })

  test("an address that there is not is told as a problem, too", async () => {
    expect(await asVendor("/licences")).toMatchObject({ status: 404, body: problem("NOT_FOUND") })
  })
})

describe("the right check (rule 25)", () => {
  let licenseId: string
  beforeAll(async () => {
    const create = (userName: string, more: Json) =>
      mutate(contoso.admin, "createUser", { userName, displayName: userName, ...more }, "user { id }")
    const { user: eve } = await create("Eve+1@example.com", { externalId: "emp/42" })
    const { user: twin } = await create("emp/42", { externalId: "emp-43" })
    licenseId = await license(3)
    const principalIds = [contoso.users.ada, eve.id, contoso.users.bo, contoso.users.cy]
    await mutate(contoso.admin, "assignLicenses", { licenseId, principalIds, onShortage: "WAITLIST" })
    expect(twin.id).not.toBe(eve.id)
  })
  const right = (user: string, headers = {}) => asVendor(`/rights/${licenseId}/${encodeURIComponent(user)}`, headers)

  test("by our id, the external id, or the user name without regard to case", async () => {
    for (const user of [contoso.users.ada as string, "emp/42", "EVE+1@example.COM", "bo@example.com"]) {
      const { status, body } = await right(user)
      expect([status, body]).toEqual([200, { licenseId, user, right: "ACTIVE", mayUse: true }])
    }
  })

  test("who waits, who has nothing and who is unknown are all INACTIVE, and look alike", async () => {
    for (const user of [contoso.users.cy as string, "cy@example.com", "emp-43", "nobody", "usr_nobody", "ż".repeat(256)]) {
      const { status, body } = await right(user)
      expect([status, body]).toEqual([200, { licenseId, user, right: "INACTIVE", mayUse: false }])
    }
  })

  test("is asked about again for nothing until it changes, and follows the license's status", async () => {
    const first = await right("bo@example.com")
    const tag = first.headers.get("etag") ?? ""
    expect(first.headers.get("cache-control")).toBe("private, no-cache")
    expect(first.headers.get("vary")).toMatch(/authorization/)
    for (const asked of [tag, `"other", W/${tag}`, "*"]) {
      const same = await right("bo@example.com", { "if-none-match": asked })
      expect([same.status, same.body, same.headers.get("etag")]).toEqual([304, undefined, tag])
    }
    const expected = { WARNING: true, SUSPENDED: false, ACTIVE: true, CANCELLED: false }
    let sequence = 0
    for (const [status, mayUse] of Object.entries(expected)) {
      const input = { licenseId, status, vendorEventId: `pull-${++events}`, sequence: ++sequence }
      await mutate(contoso.vendor, "changeLicenseStatus", input)
      const told = await right("bo@example.com", { "if-none-match": `"${status === "WARNING" ? "ACTIVE" : "WARNING"}"` })
      expect([told.status, told.body]).toEqual([
        200,
        { licenseId, user: "bo@example.com", right: status === "CANCELLED" ? "INACTIVE" : status, mayUse },
      ])
    }
  })

  test("of another vendor's license is unknown", async () => {
    const other = await company(ledger, { seats: 1, users: ["zoe"] })
    const { status, body } = await asVendor(`/rights/${other.licenseId}/${other.users.zoe}`)
    expect([status, body]).toEqual([404, problem("LICENSE_NOT_FOUND")])
  })

  test("a person of another organization has no right here, whatever the name", async () => {
    const other = await company(ledger, { seats: 1, users: ["ada"] })
    await mutate(other.admin, "assignLicenses", { licenseId: other.licenseId, principalIds: [other.users.ada] })
    const asOther = (user: string) => get(`/rights/${other.licenseId}/${user}`, other.vendor.token)
    expect((await asOther("ada@example.com")).body.right).toBe("ACTIVE")
    expect((await asOther(contoso.users.ada as string)).body.right).toBe("INACTIVE")
    expect((await asOther("bo@example.com")).body.right).toBe("INACTIVE")
  })

  test("an empty name is a mistake", async () => {
    const { status, body } = await right(" ")
    expect([status, body]).toEqual([400, problem("INVALID_INPUT", { field: "user" })])
  })
})
