import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, type Json } from "./vendor-client"

let ledger: RunningLedger
let one: Connected
let other: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start()
  one = await connected(ledger, { seats: 3 })
  other = await connected(ledger)
})
afterAll(() => ledger.stop())

/** Of both sides: what the vendor sees and what the organization's auditor sees of one license, newest first. */
async function lists(licenseId = one.licenseId): Promise<readonly [vendor: Json, auditor: Json]> {
  const auditor = await ledger.as("AUDITOR", { organization: one.organizationId })
  // A product that is listed by then shows that the vendor's stream can be read that far.
  await one.vendor.ask('mutation { listProduct(input: { name: "Later" }) { visible } }')
  const query = `query ($id: ID!) { vendorEvents(licenseId: $id, first: 100)
    { nodes { vendorEventId outcome attribute value sequence missingBefore code field licenseId } } }`
  const [mine, theirs] = await Promise.all([one.vendor, auditor].map((who) => who.ask(query, { id: licenseId })))
  return [mine.vendorEvents.nodes, theirs.vendorEvents.nodes]
}

test("whichever way a message came in, both sides find it, with what became of it", async () => {
  const { licenseId, client } = one
  const seats = (id: string, sequence: string, data: Json) => client.event({ id, sequence, data: { licenseId, ...data } })
  expect((await seats("w1", "1", { seats: 5 })).body.outcome).toBe("APPLIED")
  expect((await seats("w1", "1", { seats: 5 })).body.outcome).toBe("APPLIED")
  expect((await seats("w2", "2", { seats: "6" })).status).toBe(400)
  expect((await seats("w3", "4", { seats: -1 })).status).toBe(400)
  expect((await client.event({ id: "w4", type: "seatledger.colour.changed", data: { licenseId } })).status).toBe(400)
  const change = "mutation ($input: ChangeVendorSeatsInput!) { changeVendorSeats(input: $input) { outcome } }"
  // The same id by the other way is the same message, and this one is another.
  await one.vendor.ask(change, { input: { licenseId, seats: 5, sequence: 1, vendorEventId: "w1" } })
  await one.vendor.ask(change, { input: { licenseId, seats: 9, sequence: 9, vendorEventId: "w1" } })
  expect((await client.marketplace({ id: "m1", action: "ChangeQuantity", subscriptionId: "none", quantity: 2 })).status).toBe(400)

  const [mine, theirs] = await lists()
  expect(theirs).toEqual(mine)
  const entry = (vendorEventId: string, outcome: string, more: Json = {}) => ({ vendorEventId, outcome, licenseId, ...more })
  expect(mine).toMatchObject([
    entry("w1", "REFUSED", { code: "IDEMPOTENCY_CONFLICT", value: "9", sequence: "9" }),
    entry("w1", "REPEATED", { value: "5", sequence: "1" }),
    entry("w4", "REFUSED", { attribute: "UNKNOWN", code: "INVALID_INPUT", field: "type" }),
    entry("w3", "REFUSED", { attribute: "SEATS", value: "-1", sequence: "4", missingBefore: "1", code: "INVALID_INPUT", field: "seats" }),
    entry("w2", "REFUSED", {
      attribute: "SEATS",
      value: "6",
      sequence: "2",
      missingBefore: "0",
      code: "INVALID_INPUT",
      field: "data.seats",
    }),
    entry("w1", "REPEATED", { attribute: "SEATS", value: "5", sequence: "1" }),
    entry("w1", "APPLIED", { attribute: "SEATS", value: "5", sequence: "1", missingBefore: "0" }),
    entry(expect.stringContaining("register") as unknown as string, "APPLIED", { attribute: "REGISTRATION", value: "3" }),
  ])
})

test("a marketplace's messages are found by the license that the subscription is", async () => {
  const register = { organizationId: one.organizationId, productId: one.productId, seats: 2, subscriptionId: "s-1", orderedBy: "TIMESTAMP" }
  const { body } = await one.client.event({ id: "r1", type: "seatledger.license.registered", data: register })
  const timeStamp = "2026-01-02T03:04:05.1234567Z"
  const change = { id: "m2", action: "ChangeQuantity", subscriptionId: "s-1", quantity: 7, timeStamp }
  expect((await one.client.marketplace(change)).body.outcome).toBe("APPLIED")
  expect((await one.client.marketplace({ ...change, id: "m3", quantity: "many" })).status).toBe(400)
  expect((await one.client.marketplace({ ...change, id: "m4", action: "Explode" })).status).toBe(400)
  const [mine, theirs] = await lists(body.licenseId)
  expect(theirs).toEqual(mine)
  expect(mine).toMatchObject([
    { vendorEventId: "m4", outcome: "REFUSED", attribute: "UNKNOWN", value: "Explode", field: "action" },
    { vendorEventId: "m3", outcome: "REFUSED", attribute: "SEATS", value: "many", field: "quantity", missingBefore: null },
    { vendorEventId: "m2", outcome: "APPLIED", attribute: "SEATS", value: "7", missingBefore: null },
    { vendorEventId: "r1", outcome: "APPLIED", attribute: "REGISTRATION", value: "2", missingBefore: null },
  ])
})

test("a time stamp sent to a license that is ordered by a counter makes no gap", async () => {
  const register = { organizationId: one.organizationId, productId: one.productId, seats: 2, subscriptionId: "s-2" }
  const { body } = await one.client.event({ id: "r2", type: "seatledger.license.registered", data: register })
  const { licenseId } = body
  const stamped = { id: "m5", action: "ChangeQuantity", subscriptionId: "s-2", quantity: 7, timeStamp: "2026-01-02T03:04:05Z" }
  expect(await one.client.marketplace(stamped)).toMatchObject({ status: 400, body: { field: "timeStamp" } })
  expect((await one.client.event({ id: "c1", sequence: "1", data: { licenseId, seats: 4 } })).body.outcome).toBe("APPLIED")
  const [mine, theirs] = await lists(licenseId)
  expect(theirs).toEqual(mine)
  expect(mine.slice(0, 2)).toMatchObject([
    { vendorEventId: "c1", outcome: "APPLIED", missingBefore: "0" },
    { vendorEventId: "m5", outcome: "REFUSED", field: "sequence", missingBefore: null },
  ])
})

test("a message about another vendor's license shows up with its sender alone, and one that nobody signed nowhere", async () => {
  const { licenseId } = other
  const raid = { sequence: "1", data: { licenseId, seats: 0 } }
  expect((await one.client.event({ id: "raid", ...raid })).status).toBe(400)
  expect((await one.client.event({ id: "raid-2", ...raid, data: { licenseId, seats: "none" } })).status).toBe(400)
  expect((await one.client.event({ id: "forged", ...raid }, { signature: "v1,AAAA" })).status).toBe(401)
  const [mine] = await lists(licenseId)
  expect(mine.map(({ vendorEventId }: Json) => vendorEventId)).toEqual(["raid-2", "raid"])
  const auditor = await ledger.as("AUDITOR", { organization: other.organizationId })
  const query = "{ vendorEvents { nodes { vendorEventId } } }"
  for (const who of [other.vendor, auditor]) {
    const { vendorEvents } = await who.ask(query)
    expect(vendorEvents.nodes.map(({ vendorEventId }: Json) => vendorEventId)).toEqual([expect.stringContaining("register")])
  }
})

test("a product is listed by a message once: what says the same again is no change", async () => {
  const send = (id: string, data: Json) => one.client.event({ id, type: "seatledger.product.listed", data })
  const { productId } = (await send("p1", { name: "Draw" })).body
  expect((await send("p1", { name: "Draw" })).body.productId).toBe(productId)
  expect((await send("p2", { productId, name: "Draw" })).body.outcome).toBe("NO_CHANGE")
  expect((await send("p3", { productId: "prd_nobody", name: "Draw" })).status).toBe(400)
  await lists()
  const { vendorEvents } = await one.vendor.ask("{ vendorEvents(first: 4) { nodes { vendorEventId outcome attribute value code } } }")
  expect(vendorEvents.nodes).toEqual([
    { vendorEventId: "p3", outcome: "REFUSED", attribute: "PRODUCT", value: "Draw", code: "NOT_FOUND" },
    { vendorEventId: "p2", outcome: "NO_CHANGE", attribute: "PRODUCT", value: "Draw", code: null },
    { vendorEventId: "p1", outcome: "REPEATED", attribute: "PRODUCT", value: "Draw", code: null },
    { vendorEventId: "p1", outcome: "APPLIED", attribute: "PRODUCT", value: "Draw", code: null },
  ])
})
