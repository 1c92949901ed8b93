import type { Viewer } from "../../../src/auth/viewer"
import { type Json, type Organization, openOrganization, operator } from "./ledger"

let contoso: Organization
let licenseId: string
beforeEach(async () => {
  contoso = await openOrganization()
  licenseId = await contoso.license(5)
})
afterEach(() => contoso.close())

const ENTRY = "vendorEventId outcome attribute licenseId value sequence missingBefore code field revision"

/** The list of this viewer, newest first. Waits until it shows what the vendor's stream has so far. */
async function list(viewer: Viewer, filter = "", selection = ENTRY): Promise<readonly Json[]> {
  // A description as it is already: writes nothing, and is answered when the stream can be read as far as it goes.
  const { productId, mutate, vendor } = contoso
  const product = { productId, name: "Mailer", description: "Mail for all", installUrl: "https://mailer.example/install" }
  expect(await mutate(vendor, "listProduct", product, "visible")).toEqual({ visible: true })
  const { data, errors } = await contoso.execute(viewer, `{ vendorEvents${filter} { nodes { ${selection} } } }`)
  expect(errors).toBeUndefined()
  return data?.vendorEvents.nodes
}

function say(operation: string, input: Json, vendor = contoso.vendor): Promise<Json> {
  return contoso.mutate(vendor, operation, input, "outcome refusal { code }")
}
const seats = (vendorEventId: string, sequence: number | string, count: number) =>
  say("changeVendorSeats", { licenseId, seats: count, vendorEventId, sequence })

test("everything that a vendor sent is there, newest first, whatever became of it, and both sides see the same", async () => {
  await seats("e1", 1, 7)
  await seats("e1", 1, 7)
  await seats("e3", 3, 7)
  await seats("e2", 2, 9)
  await seats("e4", 4, -1)
  await say("changeLicensePlan", { licenseId, plan: "Team", vendorEventId: "p1", sequence: 1 })
  await say("changeLicenseStatus", { licenseId, status: "CANCELLED", vendorEventId: "s1", sequence: 1 })
  await say("changeLicenseStatus", { licenseId, status: "ACTIVE", vendorEventId: "s2", sequence: 2 })
  const shown = await list(contoso.vendor)
  const seen = (entry: Json) => expect.objectContaining({ licenseId, code: null, field: null, ...entry })
  expect(shown).toEqual([
    seen({ vendorEventId: "s2", outcome: "REFUSED", attribute: "STATUS", value: "ACTIVE", sequence: "2", code: "LICENSE_CANCELLED" }),
    seen({ vendorEventId: "s1", outcome: "APPLIED", attribute: "STATUS", value: "CANCELLED", sequence: "1" }),
    seen({ vendorEventId: "p1", outcome: "APPLIED", attribute: "PLAN", value: "Team", sequence: "1" }),
    seen({
      vendorEventId: "e4",
      outcome: "REFUSED",
      attribute: "SEATS",
      value: "-1",
      sequence: "4",
      code: "INVALID_INPUT",
      field: "seats",
    }),
    seen({ vendorEventId: "e2", outcome: "STALE", attribute: "SEATS", value: "9", sequence: "2" }),
    seen({ vendorEventId: "e3", outcome: "NO_CHANGE", attribute: "SEATS", value: "7", sequence: "3" }),
    seen({ vendorEventId: "e1", outcome: "REPEATED", attribute: "SEATS", value: "7", sequence: "1" }),
    seen({ vendorEventId: "e1", outcome: "APPLIED", attribute: "SEATS", value: "7", sequence: "1" }),
    seen({ vendorEventId: "sold-1", outcome: "APPLIED", attribute: "REGISTRATION", value: "5", sequence: "0" }),
  ])
  // What left a trace in the organization's history says where.
  expect(shown.map(({ revision }) => revision === null)).toEqual([true, false, false, true, false, false, true, false, false])
  for (const role of ["GLOBAL_ADMIN", "LICENSE_ADMIN", "USER_ADMIN", "BILLING_ADMIN", "AUDITOR"] as const) {
    expect(await list(contoso.as(role))).toEqual(shown)
  }
})

test("rule 37: a repeat and a refusal change nothing of the organization, and a refused message is decided anew", async () => {
  await seats("e1", 1, 7)
  const before = await contoso.recorded(contoso.organizationId)
  expect(await seats("e1", 1, 7)).toEqual({ outcome: "APPLIED", refusal: null })
  expect(await seats("e1", 1, 8)).toEqual({ outcome: null, refusal: { code: "IDEMPOTENCY_CONFLICT" } })
  expect(await seats("e2", 2, -1)).toEqual({ outcome: null, refusal: { code: "INVALID_INPUT" } })
  expect(await contoso.recorded(contoso.organizationId)).toEqual(before)
  expect(await seats("e2", 2, 9)).toEqual({ outcome: "APPLIED", refusal: null })
  expect((await list(contoso.vendor, "", "vendorEventId outcome code")).slice(0, 4)).toEqual([
    { vendorEventId: "e2", outcome: "APPLIED", code: null },
    { vendorEventId: "e2", outcome: "REFUSED", code: "INVALID_INPUT" },
    { vendorEventId: "e1", outcome: "REFUSED", code: "IDEMPOTENCY_CONFLICT" },
    { vendorEventId: "e1", outcome: "REPEATED", code: null },
  ])
})

test("a hundred copies at once: one took effect, and the other 99 are there too", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => seats("e1", 1, 7)))
  expect(answers).toEqual(Array.from({ length: 100 }, () => ({ outcome: "APPLIED", refusal: null })))
  const count = async (outcome: string) => {
    await list(contoso.vendor)
    const answer = await contoso.execute(contoso.as("AUDITOR"), `{ vendorEvents(outcome: ${outcome}, first: 1) { totalCount } }`)
    return answer.data?.vendorEvents.totalCount
  }
  expect(await count("REPEATED")).toBe(99)
  expect(await count("APPLIED")).toBe(2) // the registration is the other
})

describe("gaps", () => {
  const gaps = async (filter = "") =>
    (await list(contoso.vendor, filter, "sequence missingBefore outcome")).map(({ sequence, missingBefore }) => [sequence, missingBefore])

  test("are counted per attribute, from the registration on, and close when what was missing arrives late", async () => {
    await seats("e2", 2, 6)
    await seats("e6", 6, 8)
    await say("changeLicensePlan", { licenseId, plan: "Team", vendorEventId: "p1", sequence: 1 })
    expect(await gaps()).toEqual([
      ["1", "0"],
      ["6", "3"],
      ["2", "1"],
      ["0", null],
    ])
    await seats("e4", 4, 7)
    await seats("e1", 1, 7)
    expect(await gaps()).toEqual([
      ["1", "0"],
      ["4", "1"],
      ["1", "0"],
      ["6", "1"],
      ["2", "0"],
      ["0", null],
    ])
  })

  test("are exact where a JSON number is not", async () => {
    await seats("e1", "9223372036854775806", 6)
    await seats("e2", "9223372036854775807", 7)
    expect(await gaps()).toEqual([
      ["9223372036854775807", "0"],
      ["9223372036854775806", "9223372036854775805"],
      ["0", null],
    ])
  })

  test("a refused message has arrived: nothing is missing there", async () => {
    await seats("e1", 1, -1)
    await seats("e2", 2, 6)
    expect((await gaps())[0]).toEqual(["2", "0"])
  })

  test("there are none where time stamps give the order, and a counter sent by mistake makes none", async () => {
    licenseId = await contoso.license(5, { orderedBy: "TIMESTAMP" })
    expect(await seats("e1", 17, 6)).toEqual({ outcome: null, refusal: { code: "INVALID_INPUT" } })
    expect(await gaps(`(licenseId: "${licenseId}")`)).toEqual([
      ["17", null],
      ["0", null],
    ])
  })
})

describe("who sees what", () => {
  test("a message about a license that is not the vendor's is between the vendor and us, and tells nothing of the license", async () => {
    const vendorId: string = (await contoso.mutate(operator, "registerVendor", { name: "Other" }, "vendor { id }")).vendor.id
    const other: Viewer = { subject: "other", vendorId, roles: ["VENDOR"] }
    const input = { licenseId, seats: 0, vendorEventId: "raid", sequence: 1 }
    expect(await say("changeVendorSeats", input, other)).toEqual({ outcome: null, refusal: { code: "LICENSE_NOT_FOUND" } })
    await contoso.mutate(other, "listProduct", { name: "Spy" }, "visible")
    const { data } = await contoso.execute(other, "{ vendorEvents { nodes { vendorEventId outcome code licenseId license { id } } } }")
    expect(data?.vendorEvents.nodes).toEqual([
      { vendorEventId: "raid", outcome: "REFUSED", code: "LICENSE_NOT_FOUND", licenseId, license: null },
    ])
    const ids = (entries: readonly Json[]) => entries.map(({ vendorEventId }) => vendorEventId)
    expect(ids(await list(contoso.vendor))).toEqual(["sold-1"])
    expect(ids(await list(contoso.as("AUDITOR")))).toEqual(["sold-1"])
  })

  test("a registration that was refused has no license: only the vendor sees it", async () => {
    const { productId, organizationId } = contoso
    const input = { productId, organizationId, seats: -3, vendorEventId: "sold-2" }
    await contoso.mutate(contoso.vendor, "registerLicense", input, "refusal { code }")
    expect((await list(contoso.vendor))[0]).toMatchObject({
      vendorEventId: "sold-2",
      outcome: "REFUSED",
      value: "-3",
      code: "INVALID_INPUT",
    })
    expect(await list(contoso.as("AUDITOR"), "(outcome: REFUSED)")).toEqual([])
  })

  test("a repeated registration names the license that the first one made", async () => {
    const { productId, organizationId } = contoso
    const input = { productId, organizationId, seats: 5, vendorEventId: "sold-1" }
    await contoso.mutate(contoso.vendor, "registerLicense", input, "refusal { code }")
    expect((await list(contoso.as("AUDITOR")))[0]).toMatchObject({ vendorEventId: "sold-1", outcome: "REPEATED", licenseId, value: "5" })
  })

  test("rule 38: members and operators see none, another organization none of ours", async () => {
    const elsewhere: string = (await contoso.mutate(operator, "createOrganization", { name: "Else" }, "organization { id }")).organization
      .id
    expect(await list({ subject: "a", organizationId: elsewhere, roles: ["AUDITOR"] })).toEqual([])
    for (const viewer of [contoso.as("MEMBER"), operator]) {
      const { errors } = await contoso.execute(viewer, "{ vendorEvents { totalCount } }")
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"])
    }
  })

  test("the license of an entry is shown as it is now, to both", async () => {
    await seats("e1", 1, 7)
    for (const viewer of [contoso.vendor, contoso.as("AUDITOR")]) {
      expect(await list(viewer, "(first: 1)", "license { id plan seats { purchased } }")).toEqual([
        { license: { id: licenseId, plan: null, seats: { purchased: 7 } } },
      ])
    }
  })
})

test("nothing of what a message says is kept as it came when it cannot be right", async () => {
  const vendorEventId = `${"x".repeat(300)}\u0000`
  await say("changeVendorSeats", { licenseId, seats: 1, vendorEventId, sequence: 1 })
  await say("changeVendorSeats", { licenseId: "mail@person.example", seats: 1, vendorEventId: " ", sequence: 1 })
  const [unknown, long] = await list(contoso.vendor)
  expect(unknown).toMatchObject({ vendorEventId: "\ufffd", licenseId: null, code: "LICENSE_NOT_FOUND" })
  expect(long).toMatchObject({ vendorEventId: "x".repeat(256), licenseId, code: "INVALID_INPUT", field: "vendorEventId" })
})

test("pages go on where they ended, by license and by outcome", async () => {
  for (let n = 1; n <= 5; n++) await seats(`e${n}`, n, n + 10)
  await list(contoso.vendor)
  const source = `query ($after: String) { vendorEvents(licenseId: "${licenseId}", outcome: APPLIED, first: 2, after: $after)
    { nodes { sequence } pageInfo { hasNextPage endCursor } totalCount } }`
  const pages: string[][] = []
  for (let after: string | null = null; pages.length < 5; ) {
    const { data } = await contoso.execute(contoso.vendor, source, { after })
    const { nodes, pageInfo, totalCount } = data?.vendorEvents ?? {}
    expect(totalCount).toBe(6)
    pages.push(nodes.map((node: Json) => node.sequence))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(pages).toEqual([
    ["5", "4"],
    ["3", "2"],
    ["1", "0"],
  ])
})

test("rule 17: the plan of a license, and the order that it was registered with", async () => {
  const input = { licenseId, plan: "Team", vendorEventId: "p1", sequence: 1 }
  const shown = "outcome license { plan orderedBy subscriptionId }"
  expect(await contoso.mutate(contoso.vendor, "changeLicensePlan", input, shown)).toEqual({
    outcome: "APPLIED",
    license: { plan: "Team", orderedBy: "SEQUENCE", subscriptionId: null },
  })
  const sold = { productId: contoso.productId, organizationId: contoso.organizationId, seats: 1, vendorEventId: "m1" }
  const market = { ...sold, orderedBy: "TIMESTAMP", subscriptionId: "37f9dea2", plan: "Silver" }
  const { license } = await contoso.mutate(contoso.vendor, "registerLicense", market, "license { plan orderedBy subscriptionId }")
  expect(license).toEqual({ plan: "Silver", orderedBy: "TIMESTAMP", subscriptionId: "37f9dea2" })
})
