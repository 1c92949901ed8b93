import { type Json, type Organization, openOrganization, operator } from "./ledger"

let contoso: Organization
let licenseId: string
beforeEach(async () => {
  contoso = await openOrganization()
  licenseId = await contoso.license(100)
})
afterEach(() => contoso.close())

const head = async () => (await contoso.recorded(contoso.organizationId)).length

/** Changes the seats so many times, many at once: every one is an event of the license. */
async function sell(times: number, of = licenseId): Promise<void> {
  const changes = Array.from({ length: times }, (_, n) =>
    contoso.mutate(
      contoso.vendor,
      "changeVendorSeats",
      { licenseId: of, seats: 100 + n, sequence: n + 1, vendorEventId: `${of}-${times}-${n}` },
      "outcome",
    ),
  )
  await Promise.all(changes)
}

type Subscription = Awaited<ReturnType<Organization["subscribe"]>>
async function take(subscription: Subscription, field: string, count: number): Promise<Json[]> {
  const taken: Json[] = []
  while (taken.length < count) {
    const { value, done } = await subscription.next()
    if (done) break
    expect(value.errors).toBeUndefined()
    taken.push(value.data?.[field])
  }
  return taken
}

describe("licenseChanged", () => {
  const changes = (afterRevision: number | null, selection = "revision", id = licenseId) =>
    contoso.subscribe(
      contoso.admin,
      `subscription { licenseChanged(licenseId: "${id}", afterRevision: ${afterRevision}) { ${selection} } }`,
    )

  test("tells every event of the license with the license right after it, and nothing of others", async () => {
    const [ada, bo] = await contoso.users("ada", "bo")
    const other = await contoso.license(5)
    const after = await head()
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [ada] }, "revision")
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId: other, principalIds: [bo] }, "revision")
    await contoso.user("cy")
    await sell(1)
    const selection = "revision license { id seats { purchased seated } } entry { revision type actor { type } license { id } }"
    const subscription = await changes(after, selection)
    const told = await take(subscription, "licenseChanged", 3)
    await subscription.return?.()
    const license = (purchased: number, seated: number) => ({ id: licenseId, seats: { purchased, seated } })
    expect(told).toEqual([
      {
        revision: after + 1,
        license: license(100, 0),
        entry: expect.objectContaining({ type: "LicenseAssigned", license: { id: licenseId } }),
      },
      { revision: after + 2, license: license(100, 1), entry: expect.objectContaining({ type: "SeatsGranted" }) },
      {
        revision: expect.any(Number),
        license: license(100, 1),
        entry: expect.objectContaining({ type: "VendorEventIgnored", actor: { type: "VENDOR" } }),
      },
    ])
    expect(told.map(({ revision, entry }) => revision === entry.revision)).toEqual([true, true, true])
  })

  test("without afterRevision it begins now", async () => {
    await sell(3)
    const subscription = await changes(null)
    const next = subscription.next()
    await contoso.mutate(
      contoso.vendor,
      "changeLicenseStatus",
      { licenseId, status: "WARNING", sequence: 1, vendorEventId: "w" },
      "outcome",
    )
    expect((await next).value.data.licenseChanged.revision).toBe(await head())
    await subscription.return?.()
  })

  test("whoever disconnects at a random point while 1,000 events arrive has no gap and no repeat after coming back", async () => {
    const first = (await head()) + 1
    const selling = sell(1_000)
    const told: Json[] = []
    while (told.length < 1_000) {
      const subscription = await changes(told.at(-1)?.revision ?? first - 1, "revision entry { type }")
      told.push(...(await take(subscription, "licenseChanged", Math.min(1_000 - told.length, 1 + Math.floor(Math.random() * 300)))))
      await subscription.return?.()
    }
    await selling
    expect(told.map(({ revision }) => revision)).toEqual(Array.from({ length: 1_000 }, (_, n) => first + n))
  })

  test("a subscription that waits ends at once when the subscriber leaves", async () => {
    const subscription = await changes(null)
    const waiting = subscription.next()
    await subscription.return?.()
    expect((await waiting).done).toBe(true)
  })

  test("what was written while nothing was projected is told once it is shown", async () => {
    const after = await head()
    await contoso.stopProjecting()
    await sell(2)
    await contoso.startProjecting()
    const subscription = await changes(after, "revision license { id }")
    expect(await take(subscription, "licenseChanged", 2)).toEqual([
      { revision: after + 1, license: { id: licenseId } },
      { revision: after + 2, license: { id: licenseId } },
    ])
    await subscription.return?.()
  })

  test.each(["lic_none", "nonsense"])("of a license that is not there: NOT_FOUND (%s)", async (id) => {
    await expect(changes(null, "revision", id)).rejects.toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] })
  })

  test("a negative revision is refused", async () => {
    await expect(changes(-1)).rejects.toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT", field: "afterRevision" } }] })
  })

  test.each(["MEMBER", "OPERATOR"] as const)("rule 38: not for %s", async (role) => {
    const source = `subscription { licenseChanged(licenseId: "${licenseId}") { revision } }`
    await expect(contoso.subscribe(contoso.as(role), source)).rejects.toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] })
  })

  test("not for the vendor: an entry names people", async () => {
    const source = `subscription { licenseChanged(licenseId: "${licenseId}") { revision } }`
    await expect(contoso.subscribe(contoso.vendor, source)).rejects.toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] })
  })

  test("not of another organization's license", async () => {
    const { mutate, productId, vendor } = contoso
    const { organization } = await mutate(operator, "createOrganization", { name: "Fabrikam" }, "organization { id }")
    const sale = { productId, organizationId: organization.id, seats: 1, vendorEventId: "elsewhere" }
    const foreign = (await mutate(vendor, "registerLicense", sale, "license { id }")).license.id
    await expect(changes(null, "revision", foreign)).rejects.toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] })
  })
})

describe("historyAppended", () => {
  const trail = (afterRevision: number | null, role: "AUDITOR" | "MEMBER" = "AUDITOR") =>
    contoso.subscribe(
      contoso.as(role),
      `subscription { historyAppended(afterRevision: ${afterRevision}) { revision type summary license { id } causedBy { type } } }`,
    )

  test("tells the whole trail from the beginning, then what is still to come", async () => {
    const [ada] = await contoso.users("ada")
    const subscription = await trail(0)
    const told = await take(subscription, "historyAppended", await head())
    expect(told.map(({ type }) => type)).toEqual(["OrganizationCreated", "LicenseRegistered", "UserProvisioned"])
    const coming = take(subscription, "historyAppended", 2)
    await contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds: [ada] }, "revision")
    expect(await coming).toEqual([
      { revision: 4, type: "LicenseAssigned", summary: expect.stringContaining("ada"), license: { id: licenseId }, causedBy: null },
      { revision: 5, type: "SeatsGranted", summary: expect.any(String), license: { id: licenseId }, causedBy: { type: "LicenseAssigned" } },
    ])
    await subscription.return?.()
  })

  test("with a filter: only what meets it, what has happened and what is to come, with nothing missed in between", async () => {
    const [ada, bo] = await contoso.users("ada", "bo")
    const filter = `{ userId: "${bo}", types: ["LicenseAssigned"], text: "proj" }`
    const subscription = await contoso.subscribe(
      contoso.as("AUDITOR"),
      `subscription { historyAppended(afterRevision: 0, filter: ${filter}) { type reason data } }`,
    )
    const assign = (principalIds: readonly unknown[], reason: string) =>
      contoso.mutate(contoso.admin, "assignLicenses", { licenseId, principalIds, reason, onShortage: "WAITLIST" }, "revision")
    const told = take(subscription, "historyAppended", 1)
    await assign([ada], "on the project")
    await sell(120)
    await assign([bo], "on the project")
    await sell(120)
    expect(await told).toEqual([
      { type: "LicenseAssigned", reason: "on the project", data: expect.objectContaining({ principal: { type: "USER", id: bo } }) },
    ])
    await subscription.return?.()
  })

  test("several subscribers, each at a pace of its own, are told the same", async () => {
    const after = await head()
    const subscriptions = [await trail(after), await trail(after), await trail(after)]
    const reading = subscriptions.map((subscription) => take(subscription, "historyAppended", 300))
    await sell(300)
    const [one, two, three] = await Promise.all(reading)
    expect(one).toHaveLength(300)
    expect(two).toEqual(one)
    expect(three).toEqual(one)
    await Promise.all(subscriptions.map((subscription) => subscription.return?.()))
  })

  test("rule 38: only for those who may read the history", async () => {
    await expect(trail(0, "MEMBER")).rejects.toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] })
  })
})
