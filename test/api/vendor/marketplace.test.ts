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

test("a subscription id that two licenses bear: the one that has not ended, and never a guess between two that live", async () => {
  const { subscriptionId, send } = await subscription()
  const again = (id: string) =>
    one.client.event({
      id,
      type: "seatledger.license.registered",
      data: { organizationId: one.organizationId, productId: one.productId, seats: 1, subscriptionId, orderedBy: "TIMESTAMP" },
    })
  await again("second")
  expect(await send("change-quantity")).toMatchObject({ status: 400, body: { code: "AMBIGUOUS_SUBSCRIPTION", field: "subscriptionId" } })
  const { subscriptionId: other, send: sendOther, licenseId } = await subscription()
  await sendOther("unsubscribe")
  const renewed = await one.client.event({
    id: "renewed",
    type: "seatledger.license.registered",
    data: { organizationId: one.organizationId, productId: one.productId, seats: 1, subscriptionId: other, orderedBy: "TIMESTAMP" },
  })
  const { body } = await sendOther("change-quantity")
  expect(body).toMatchObject({ outcome: "APPLIED", licenseId: renewed.body.licenseId })
  expect(body.licenseId).not.toBe(licenseId)
})
