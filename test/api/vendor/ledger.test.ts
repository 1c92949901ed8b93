import { RunningLedger } from "../../support/running-ledger"
import { answerErrors } from "./openapi"
import { type Connected, connected, eventsOf, type Json } from "./vendor-client"

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
    entry("w3", "REFUSED", {
      attribute: "SEATS",
      value: "-1",
      sequence: "4",
      missingBefore: "1",
      code: "INVALID_INPUT",
      field: "data.seats",
    }),
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
    { vendorEventId: "m5", outcome: "REFUSED", field: "timeStamp", missingBefore: null },
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

describe("a message without an id that can be used is called by its webhook-id", () => {
  /** What the vendor's ledger has gained. */
  async function gained(send: () => Promise<Json>): Promise<Json[]> {
    const query = "{ vendorEvents(first: 50) { totalCount nodes { vendorEventId outcome attribute value code field licenseId } } }"
    await lists()
    const before: number = (await one.vendor.ask(query)).vendorEvents.totalCount
    await send()
    await lists()
    const { nodes, totalCount } = (await one.vendor.ask(query)).vendorEvents
    return nodes.slice(0, totalCount - before)
  }
  const { stringify } = JSON

  test.each([
    ["no id", { id: undefined }, "id"],
    ["an empty id", { id: " " }, "id"],
    ["an id that is an object", { id: {} }, "id"],
  ])("a CloudEvent with %s", async (_, changes, field) => {
    const event = { sequence: "50", data: { licenseId: one.licenseId, seats: 5 }, ...changes }
    const [entry, ...more] = await gained(() => one.client.event(event, { messageId: "msg_1" }))
    expect(entry).toEqual({
      vendorEventId: "msg_1",
      outcome: "REFUSED",
      attribute: "SEATS",
      value: "5",
      code: "INVALID_INPUT",
      field,
      licenseId: one.licenseId,
    })
    expect(more).toEqual([])
  })

  test("the short Reinstate sample of the marketplace, under the license of its subscription", async () => {
    const { body } = await one.client.event({
      id: "r3",
      type: "seatledger.license.registered",
      data: { organizationId: one.organizationId, productId: one.productId, seats: 2, subscriptionId: "s-3", orderedBy: "TIMESTAMP" },
    })
    const sample = { subscriptionId: "s-3", operationType: "Reinstate" }
    const [entry] = await gained(() => one.client.marketplace(sample, { messageId: "msg_2" }))
    const { licenseId } = body
    expect(entry).toMatchObject({
      vendorEventId: "msg_2",
      outcome: "REFUSED",
      attribute: "UNKNOWN",
      value: "Reinstate",
      field: "action",
      licenseId,
    })
  })

  test("a marketplace's body that is no JSON, or no object", async () => {
    const send = (body: string, messageId: string) =>
      one.client.send(`/marketplace/${one.vendorId}`, { body, headers: { "content-type": "application/json" }, messageId })
    const entries = await gained(async () => {
      expect((await send("{", "msg_3")).status).toBe(400)
      expect((await send("[]", "msg_4")).status).toBe(400)
    })
    expect(entries).toMatchObject([
      { vendorEventId: "msg_4", outcome: "REFUSED", attribute: "UNKNOWN", code: "MALFORMED_BODY" },
      { vendorEventId: "msg_3", outcome: "REFUSED", attribute: "UNKNOWN", code: "MALFORMED_BODY" },
    ])
  })

  test("in a batch, with the place in it; what is no event, and what another vendor is to have sent", async () => {
    const { vendorId } = other
    const good = one.client.cloudEvent({ id: "good", sequence: "60", data: { licenseId: one.licenseId, seats: 6 } })
    const list = [
      good,
      5,
      { ...good, id: null },
      { ...good, id: "stray", source: undefined },
      { ...good, id: "theirs", source: `/${vendorId}` },
    ]
    const headers = { "content-type": "application/cloudevents-batch+json" }
    const entries = await gained(() => one.client.send("/events/batch", { body: stringify(list), headers, messageId: "msg_5" }))
    const refusals = entries
      .filter(({ outcome }) => outcome === "REFUSED")
      .map(({ vendorEventId, code, field }) => [vendorEventId, code, field])
    expect(refusals.reverse()).toEqual([
      ["msg_5[1]", "MALFORMED_BODY", null],
      ["msg_5[2]", "INVALID_INPUT", "id"],
      ["stray", "INVALID_INPUT", "source"],
      ["theirs", "INVALID_INPUT", "source"],
    ])
  })

  test("a batch that is too long, once", async () => {
    const entries = await gained(() =>
      one.client.batch(
        Array.from({ length: 101 }, () => ({ id: "x" })),
        { messageId: "msg_6" },
      ),
    )
    expect(entries).toMatchObject([{ vendorEventId: "msg_6", outcome: "REFUSED", code: "MALFORMED_BODY" }])
  })

  test("in binary mode always: ce-id is not signed", async () => {
    const headers = {
      "content-type": "application/json",
      "ce-specversion": "1.0",
      "ce-id": "made up",
      "ce-type": "seatledger.seats.changed",
    }
    const send = () =>
      one.client.send("/events", {
        body: stringify({ licenseId: one.licenseId, seats: 5, sequence: "70" }),
        headers: { ...headers, "ce-source": `/${one.vendorId}`, "ce-sequence": "9000" },
        messageId: "msg_7",
      })
    expect(await gained(send)).toMatchObject([{ vendorEventId: "msg_7", code: "INVALID_INPUT", field: "webhook-id" }])
  })
})

test("an entry names the field as the vendor wrote it, whoever found it wrong", async () => {
  const made = await connected(ledger)
  const { client, licenseId, vendor } = made
  const data = { licenseId, seats: -1 }
  await client.event({ id: "f1", sequence: "1", data })
  await client.event({ id: "f2", sequence: "1", data: { ...data, seats: "1" } })
  await client.batch([{ id: "f3", sequence: "1", data }])
  await client.event({ id: "f4", sequence: "1", data: { licenseId: "lic_none", seats: 1 } })
  await client.event({ id: "f5\n", sequence: "1", data: { ...data, seats: 1 } })
  for (const odd of ["\u0000", "\ud83d"]) await client.event({ id: "f5", sequence: "1", data: { ...data, [`seats${odd}`]: 1 } })
  await client.event({ id: "f6", sequence: "1", data: { ...data, seats: 1 } })
  await client.event({ id: "f6", sequence: "1", data: { ...data, seats: 2 } })
  await client.marketplace({ id: "f7", action: "ChangeQuantity", subscriptionId: "none", quantity: 1, timeStamp: "2026-01-02T03:04:05Z" })
  const change = "mutation ($input: ChangeVendorSeatsInput!) { changeVendorSeats(input: $input) { outcome } }"
  await vendor.ask(change, { input: { licenseId, seats: -1, sequence: 1, vendorEventId: "f8" } })
  await vendor.ask('mutation { listProduct(input: { name: "Later" }) { visible } }')
  const { vendorEvents } = await vendor.ask("{ vendorEvents(outcome: REFUSED) { nodes { vendorEventId field } } }")
  expect(vendorEvents.nodes.map(({ vendorEventId, field }: Json) => [vendorEventId, field])).toEqual([
    ["f8", "seats"],
    ["f7", "subscriptionId"],
    ["f6", "id"],
    ["f5", "data.seats\ufffd"],
    ["f5", "data.seats\ufffd"],
    ["f5\ufffd", "id"],
    ["f4", "data.licenseId"],
    ["f3", "data.seats"],
    ["f2", "data.seats"],
    ["f1", "data.seats"],
  ])
})

test("a refused message of the marketplace shows its action, not the state of the operation", async () => {
  const { client, vendor } = await connected(ledger)
  await client.marketplace({ id: "a1", action: "Suspend", status: "InProgress", subscriptionId: "none", timeStamp: "today" })
  await vendor.ask('mutation { listProduct(input: { name: "Later" }) { visible } }')
  const { vendorEvents } = await vendor.ask("{ vendorEvents(first: 1) { nodes { attribute value field } } }")
  expect(vendorEvents.nodes).toEqual([{ attribute: "STATUS", value: "Suspend", field: "timeStamp" }])
})

test("a vendor whose messages are refused without end is told what is wrong as ever, and does not fill the log; what is right goes through", async () => {
  let now = Date.now()
  const still = await RunningLedger.start({}, { now: () => now })
  const { client, vendorId, licenseId } = await connected(still)
  const sending = () => ({ timestamp: Math.floor(now / 1_000) })
  const wrong = (n: number) => ({ id: `w${n}`, sequence: "1", data: { licenseId, seats: n % 2 === 0 ? -1 : "1" } })
  const kept = async () => (await eventsOf(still, `vendor-${vendorId}`)).filter(({ type }) => type === "VendorEventRefused").length
  const results: Json[] = []
  for (let n = 0; n < 1_100; n += 100) {
    const batch = Array.from({ length: 100 }, (_, i) => wrong(n + i))
    const answer = await client.batch(batch, sending())
    expect(answerErrors("POST /vendor/v1/events/batch", answer)).toBeUndefined()
    results.push(...answer.body.results)
  }
  expect(await kept()).toBe(1_000)
  expect(results.filter(({ recorded }) => recorded === false)).toHaveLength(100)
  expect(new Set(results.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(["400 INVALID_INPUT"]))
  for (const seats of [-1, "1"]) {
    const answer = await client.event({ id: "more", sequence: "1", data: { licenseId, seats } }, sending())
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: "INVALID_INPUT",
        field: "data.seats",
        recorded: false,
        detail: expect.stringMatching(/^data.seats must be .* was not recorded/),
      },
    })
  }
  expect(await kept()).toBe(1_000)
  now += 10_000
  for (const recorded of [undefined, false]) expect((await client.event(wrong(0), sending())).body.recorded).toBe(recorded)
  expect(await kept()).toBe(1_001)
  const right = { id: "right", sequence: "1", data: { licenseId, seats: 9 } }
  expect(await client.event(right, sending())).toMatchObject({ status: 200 })
  const conflict = await client.event({ ...right, data: { licenseId, seats: 8 } }, sending())
  expect(conflict).toMatchObject({ status: 409, body: { code: "IDEMPOTENCY_CONFLICT", recorded: false } })
  expect(answerErrors("POST /vendor/v1/events", conflict)).toBeUndefined()
  await still.stop()
})
