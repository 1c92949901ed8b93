import { readFileSync } from "node:fs"
import { join } from "node:path"
import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, eventsOf, type Json, seatsOf, type Told } from "./vendor-client"

/** The bodies that the marketplace publishes as samples, of the present documentation and of older ones. */
function sample(name: string, subscriptionId: string): Json {
  const text = readFileSync(join(__dirname, `../../fixtures/marketplace/${name}.json`), "utf8")
  const body = JSON.parse(text.replaceAll("SUBSCRIPTION", subscriptionId))
  return { ...body, ...(body.id && { id: `${body.id} of ${subscriptionId}` }) } // ids are of one operation
}

let ledger: RunningLedger
let one: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start()
  one = await connected(ledger)
})
afterAll(() => ledger.stop())

let subscriptions = 0
async function subscription({ orderedBy = "TIMESTAMP", seats = 100 } = {}) {
  const subscriptionId = `5a9d3f4c-0000-4000-8000-${String(++subscriptions).padStart(12, "0")}`
  const { body } = await one.client.event({
    id: `register ${subscriptionId}`,
    type: "seatledger.license.registered",
    data: { organizationId: one.organizationId, productId: one.productId, seats, subscriptionId, plan: "silver", orderedBy },
  })
  const licenseId: string = body.licenseId
  return {
    subscriptionId,
    licenseId,
    send: (name: string, changes: Json = {}): Promise<Told> => one.client.marketplace({ ...sample(name, subscriptionId), ...changes }),
    look: () => seatsOf({ ...one, licenseId }),
  }
}

describe("the published samples", () => {
  test("of the present documentation: each action and what it changes", async () => {
    const { send, look, licenseId } = await subscription()
    const outcome = async (name: string) => (await send(name)).body.outcome
    expect(await send("change-quantity")).toMatchObject({
      status: 200,
      body: { outcome: "APPLIED", licenseId, organizationId: one.organizationId, overassignedBy: 0 },
    })
    expect(await look()).toMatchObject({ plan: "silver", status: "ACTIVE", seats: { purchased: 20 } })
    expect(await outcome("change-plan")).toBe("APPLIED")
    expect(await look()).toMatchObject({ plan: "gold", seats: { purchased: 20 } }) // it says 10 seats, and changes none
    expect(await outcome("suspend")).toBe("APPLIED")
    expect(await look()).toMatchObject({ status: "SUSPENDED" })
    expect(await outcome("reinstate")).toBe("APPLIED")
    expect(await outcome("renew")).toBe("NO_CHANGE")
    expect(await look()).toMatchObject({ status: "ACTIVE" })
    expect(await outcome("unsubscribe")).toBe("APPLIED")
    expect(await look()).toMatchObject({ status: "CANCELLED" })
    expect(await send("reinstate", { id: "after the end", timeStamp: "2024-01-01T00:00:00Z" })).toMatchObject({
      status: 409,
      body: { code: "LICENSE_CANCELLED", field: "subscriptionId" },
    })
  })

  test("of 2019: a quantity with a space before it, and statuses of their own", async () => {
    const { send, look } = await subscription()
    expect((await send("change-quantity-2019")).body).toMatchObject({ outcome: "APPLIED" })
    expect((await look()).seats.purchased).toBe(25)
    expect((await send("reinstate-2019")).body).toMatchObject({ outcome: "NO_CHANGE" })
  })

  test("an action that is not known is told so, and changes nothing", async () => {
    const { send, look } = await subscription()
    const before = await look()
    expect(await send("subscribe-2018")).toMatchObject({
      status: 400,
      body: {
        field: "action",
        detail: expect.stringMatching(/Subscribe is not known here and changed nothing; .*seatledger.license.registered/),
      },
    })
    expect(await send("change-plan", { action: "Transfer" })).toMatchObject({
      status: 400,
      body: {
        field: "action",
        detail: expect.stringMatching(/Transfer is not known here and changed nothing; there are ChangeQuantity, ChangePlan/),
      },
    })
    expect(await look()).toEqual(before)
  })

  test("one that names neither an operation nor a time is told what is missing", async () => {
    const { send } = await subscription()
    expect(await send("reinstate-short")).toMatchObject({ status: 400, body: { field: "action" } })
  })
})

describe("odd values", () => {
  test.each([
    ["a number", 30, 30],
    ["a string", "20", 20],
    ["a string with a space", " 25", 25],
    ["zero", 0, 0],
    ["zero as a string", "0", 0],
  ])("quantity: %s", async (_, quantity, seats) => {
    const { send, look } = await subscription()
    expect((await send("change-quantity", { quantity })).body).toMatchObject({ outcome: "APPLIED" })
    expect((await look()).seats.purchased).toBe(seats)
  })

  test.each([
    ['""', ""],
    ["null", null],
    ["words", "many"],
    ["1.5", 1.5],
    ["1.5 as a string", "1.5"],
    ["−1", -1],
    ["−1 as a string", "-1"],
    ["2^53", 2 ** 53],
    ["2^53 as a string", "9007199254740992"],
    ["a list", [5]],
    ["true", true],
  ])("quantity %s is refused; the quantity inside of subscription is the old one and never taken", async (_, quantity) => {
    const { send, look } = await subscription()
    expect(await send("change-quantity", { quantity })).toMatchObject({
      status: 400,
      body: { field: "quantity", detail: expect.stringMatching(/^quantity /) },
    })
    expect((await look()).seats.purchased).toBe(100)
  })

  test.each(["", null])("quantity %p matters to no other action", async (quantity) => {
    const { send } = await subscription()
    expect((await send("suspend", { quantity })).body).toMatchObject({ outcome: "APPLIED" })
  })

  test.each([
    ["id", { id: null }],
    ["subscriptionId", { subscriptionId: null }],
    ["timeStamp", { timeStamp: null }],
    ["timeStamp", { timeStamp: "today" }],
    ["timeStamp", { timeStamp: "2023-02-10T18:54:00.61589731Z" }],
    ["timeStamp", { timeStamp: "1969-12-31T23:59:59Z" }],
    ["timeStamp", { timeStamp: "2023-02-30T18:54:00Z" }],
    ["timeStamp", { timeStamp: "2023-02-10T24:00:00Z" }],
    ["timeStamp", { timeStamp: 1_676_054_938 }],
    ["status", { status: "Failed" }],
    ["status", { status: "Conflict" }],
    ["subscriptionId", { subscriptionId: "none" }],
    ["planId", { action: "ChangePlan", planId: "" }],
  ])("%s: %p", async (field, changes) => {
    const { send } = await subscription()
    expect(await send("change-quantity", changes)).toMatchObject({ status: 400, body: { field } })
  })

  test("operationId stands for id, and an instant without an offset is UTC", async () => {
    const { send, licenseId } = await subscription()
    const old = { id: undefined, operationId: "op 1", timeStamp: "2018-12-01T00:00:00" }
    expect((await send("change-quantity", old)).body).toMatchObject({ id: "op 1", outcome: "APPLIED" })
    expect((await send("change-quantity", { ...old, quantity: 21 })).body).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
      field: "operationId",
    })
    const [changed] = (await eventsOf(ledger, `organization-${one.organizationId}`)).filter(
      ({ type, data }) => type === "VendorSeatsChanged" && data.licenseId === licenseId,
    )
    expect(changed?.data.sequence).toBe(String(BigInt(Date.parse("2018-12-01T00:00:00Z")) * 10_000n))
  })
})

describe("order", () => {
  test("by time stamp to its seventh digit, whatever the order of arrival", async () => {
    const { send, look } = await subscription()
    const at = (digit: number) => ({ id: `tick ${digit}`, timeStamp: `2023-02-10T18:54:00.615897${digit}Z`, quantity: digit })
    const outcomes = []
    for (const digit of [3, 1, 5, 4]) outcomes.push((await send("change-quantity", at(digit))).body.outcome)
    expect(outcomes).toEqual(["APPLIED", "STALE", "APPLIED", "STALE"])
    expect((await look()).seats.purchased).toBe(5)
    // The same instant in another time zone.
    expect((await send("change-quantity", { ...at(5), id: "tick 6", timeStamp: "2023-02-10T19:54:00.6158975+01:00" })).body.outcome).toBe(
      "STALE",
    )
  })

  test("a license that is ordered by a counter takes no time stamps", async () => {
    const { send } = await subscription({ orderedBy: "SEQUENCE" })
    expect(await send("change-quantity")).toMatchObject({
      status: 400,
      body: { field: "timeStamp", detail: expect.stringMatching(/registered as ordered by SEQUENCE/) },
    })
  })
})

test("a repeat is answered alike, and the same operation with another content is a conflict", async () => {
  const { send } = await subscription()
  const first = await send("change-quantity")
  expect((await send("change-quantity")).body).toEqual(first.body)
  expect(await send("change-quantity", { quantity: 21 })).toMatchObject({
    status: 409,
    body: { code: "IDEMPOTENCY_CONFLICT", field: "id" },
  })
})

test("it is signed like everything else, by the vendor in the path", async () => {
  const { subscriptionId } = await subscription()
  const other = await connected(ledger)
  const body = JSON.stringify(sample("change-quantity", subscriptionId))
  const json = { "content-type": "application/json" }
  expect(await one.client.send(`/marketplace/${one.vendorId}`, { body, headers: json, signature: "v1,AAAA" })).toMatchObject({
    status: 401,
  })
  expect(await other.client.send(`/marketplace/${one.vendorId}`, { body, headers: json })).toMatchObject({ status: 401 })
  expect(await other.client.send(`/marketplace/${other.vendorId}`, { body, headers: json })).toMatchObject({
    status: 400,
    body: { code: "LICENSE_NOT_FOUND", field: "subscriptionId" },
  })
  expect(await one.client.send("/marketplace/somebody", { body, headers: json })).toMatchObject({
    status: 400,
    body: { field: "vendorId" },
  })
  expect(await one.client.send(`/marketplace/${one.vendorId}`, { body })).toMatchObject({ status: 415 })
})

describe("a subscription id that several licenses bear", () => {
  let registrations = 0
  /** Under an id that is in use already. */
  async function again(subscriptionId: string, { organizationId = one.organizationId, orderedBy = "TIMESTAMP" } = {}): Promise<string> {
    const data = { organizationId, productId: one.productId, seats: 1, subscriptionId, orderedBy }
    const id = `again ${++registrations}`
    return (await one.client.event({ id, type: "seatledger.license.registered", data })).body.licenseId
  }
  const at = (offset: number) => new Date(Date.now() + offset).toISOString()
  /** One that ended. */
  async function ended() {
    const made = await subscription()
    expect((await made.send("unsubscribe", { timeStamp: at(0) })).body.outcome).toBe("APPLIED")
    return made
  }
  async function another(): Promise<Connected> {
    const other = await connected(ledger)
    return { ...one, organizationId: other.organizationId, admin: other.admin }
  }

  test("the one that has not ended is meant, and there is never a guess between two that live", async () => {
    const two = await subscription()
    await again(two.subscriptionId)
    const refused = { status: 400, body: { code: "AMBIGUOUS_SUBSCRIPTION", field: "subscriptionId" } }
    expect(await two.send("change-quantity")).toMatchObject(refused)
    const { subscriptionId, send, licenseId } = await ended()
    const renewed = await again(subscriptionId)
    expect((await send("change-quantity", { timeStamp: at(1_000) })).body).toMatchObject({ outcome: "APPLIED", licenseId: renewed })
    expect(renewed).not.toBe(licenseId)
  })

  test("rule 17: a repeat is answered as it was the first time, whatever has become of the license since", async () => {
    const { subscriptionId, send, licenseId } = await subscription()
    const change = { timeStamp: at(0), quantity: 20 }
    const first = await send("change-quantity", change)
    const end = { timeStamp: at(1) }
    const last = await send("unsubscribe", end)
    expect(last.body).toMatchObject({ outcome: "APPLIED", licenseId })
    const renewed = await again(subscriptionId)
    expect(await send("change-quantity", change)).toMatchObject({ status: 200, body: first.body })
    expect(await send("unsubscribe", end)).toMatchObject({ status: 200, body: last.body })
    expect(await seatsOf({ ...one, licenseId: renewed })).toMatchObject({ status: "ACTIVE", seats: { purchased: 1 } })
  })

  test("rule 24: a repeated cancellation ends nobody else's license", async () => {
    const { subscriptionId, licenseId } = await subscription({ orderedBy: "SEQUENCE" })
    const end = { id: `end ${subscriptionId}`, sequence: "1", type: "seatledger.license.status.changed" }
    const cancel = () => one.client.event({ ...end, data: { subscriptionId, status: "CANCELLED" } })
    const first = await cancel()
    expect(first.body).toMatchObject({ outcome: "APPLIED", licenseId })
    const buyer = await another()
    const theirs = await again(subscriptionId, { organizationId: buyer.organizationId, orderedBy: "SEQUENCE" })
    expect(await cancel()).toMatchObject({ status: 200, body: first.body })
    expect(await seatsOf({ ...buyer, licenseId: theirs })).toMatchObject({ status: "ACTIVE" })
  })

  test("what happened before a license was registered is late, and about the one before", async () => {
    const { subscriptionId, send, licenseId, look } = await ended()
    const late = at(-1) // not of the millisecond in which the next one is registered
    const renewed = await again(subscriptionId)
    expect((await send("change-quantity", { timeStamp: late, quantity: 7 })).body).toMatchObject({ licenseId })
    expect(await look()).toMatchObject({ status: "CANCELLED" })
    expect(await seatsOf({ ...one, licenseId: renewed })).toMatchObject({ seats: { purchased: 1 } })
  })

  test("of many customers, each is found by its organization, and finds what was refused of its own", async () => {
    const subscriptionId = "the same for all"
    const first = await another()
    const oldest = await again(subscriptionId, { organizationId: first.organizationId, orderedBy: "SEQUENCE" })
    for (let n = 0; n < 11; n++) await again(subscriptionId, { orderedBy: "SEQUENCE" })
    const { organizationId } = first
    const change = (seats: unknown) =>
      one.client.event({ id: `one of many ${seats}`, sequence: "1", data: { subscriptionId, organizationId, seats } })
    expect(await change(5)).toMatchObject({ status: 200, body: { licenseId: oldest, organizationId } })
    expect(await change("6")).toMatchObject({ status: 400, body: { field: "data.seats" } })
    expect(await seatsOf({ ...first, licenseId: oldest })).toMatchObject({ seats: { purchased: 5 } })
    expect(await refusedOf(organizationId)).toEqual([{ vendorEventId: "one of many 6", licenseId: oldest }])
  })

  test("a message that is refused shows up with the license that is meant", async () => {
    const { subscriptionId, send } = await ended()
    const renewed = await again(subscriptionId)
    await send("change-quantity", { id: "unreadable", timeStamp: at(1_000), quantity: "many" })
    expect(await refusedOf(one.organizationId)).toContainEqual({ vendorEventId: "unreadable", licenseId: renewed })
  })

  /** What an organization sees of refused messages. */
  async function refusedOf(organization: string): Promise<Json[]> {
    const auditor = await ledger.as("AUDITOR", { organization })
    await one.vendor.ask('mutation { listProduct(input: { name: "Later" }) { visible } }') // shows how far the vendor's stream can be read
    return (await auditor.ask("{ vendorEvents(outcome: REFUSED) { nodes { vendorEventId licenseId } } }")).vendorEvents.nodes
  }
})
