import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, eventsOf, type Json, seatsOf } from "./vendor-client"

let ledger: RunningLedger
let one: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start()
  one = await connected(ledger)
})
afterAll(() => ledger.stop())

let numbers = 0
function next(data: Json = {}, changes: Json = {}): Json {
  numbers++
  return { id: `event ${numbers}`, sequence: String(numbers), data: { licenseId: one.licenseId, seats: 3, ...data }, ...changes }
}

test("a hundred events in one request: one outcome each, in their order, in one append", async () => {
  const before = (await eventsOf(ledger, `organization-${one.organizationId}`)).length
  const events = Array.from({ length: 100 }, (_, n) => next({ seats: 100 + n }))
  const { status, body } = await one.client.batch(events)
  expect(status).toBe(200)
  expect(body.results.map(({ id, status, outcome }: Json) => [id, status, outcome])).toEqual(events.map(({ id }) => [id, 200, "APPLIED"]))
  expect((await seatsOf(one)).seats.purchased).toBe(199)
  const recorded = (await eventsOf(ledger, `organization-${one.organizationId}`)).slice(before)
  expect(recorded.map(({ data }) => data.seats)).toEqual(events.map(({ data }) => data.seats))
  expect((await one.client.batch(events)).body).toEqual(body)
})

test("one that cannot be taken leaves the others alone", async () => {
  const other = await connected(ledger)
  const { body, status } = await one.client.batch([
    next({ seats: 7 }),
    next({ seats: "8" }),
    next({}, { source: `/${other.vendorId}` }),
    next({ licenseId: other.licenseId }),
    next({ seats: 9 }),
  ])
  expect(status).toBe(200)
  expect(body.results).toMatchObject([
    { status: 200, outcome: "APPLIED" },
    { status: 400, code: "INVALID_INPUT", field: "[1].data.seats" },
    { status: 400, code: "INVALID_INPUT", field: "[2].source" },
    { status: 400, code: "LICENSE_NOT_FOUND", field: "[3].data.licenseId" },
    { status: 200, outcome: "APPLIED" },
  ])
  expect((await seatsOf(one)).seats.purchased).toBe(9)
})

test("an event may be about what one before it registered", async () => {
  const { body } = await one.client.batch([
    { id: "list", type: "seatledger.product.listed", data: { name: "Atelier" } },
    {
      id: "register",
      type: "seatledger.license.registered",
      data: { organizationId: one.organizationId, productId: one.productId, seats: 1, subscriptionId: "in a batch" },
    },
    { id: "change", sequence: "1", data: { subscriptionId: "in a batch", seats: 12 } },
  ])
  expect(body.results).toMatchObject([{ outcome: "APPLIED" }, { outcome: "APPLIED" }, { outcome: "APPLIED", overassignedBy: 0 }])
  expect(body.results[2].licenseId).toBe(body.results[1].licenseId)
})

test("a duplicate inside of a batch is answered like the first", async () => {
  const event = next({ seats: 31 })
  const { results } = (await one.client.batch([event, event, { ...event, data: { ...event.data, seats: 32 } }])).body
  expect(results[1]).toEqual(results[0])
  expect(results[2]).toMatchObject({ status: 409, code: "IDEMPOTENCY_CONFLICT", field: "[2].id" })
})

test.each([
  ["none", [], /1 to 100 events, not 0/],
  ["101", Array.from({ length: 101 }, () => ({})), /1 to 100 events, not 101/],
])("%s are refused as a whole", async (_, events, detail) => {
  expect(await one.client.batch(events)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(detail) } })
})

test("a list of nothing that could be an event, and what is no list", async () => {
  const headers = { "content-type": "application/cloudevents-batch+json" }
  expect(await one.client.send("/events/batch", { body: "[1]", headers })).toMatchObject({
    status: 400,
    body: { detail: "[0] must be a JSON object, not a number." },
  })
  expect(await one.client.send("/events/batch", { body: "{}", headers })).toMatchObject({ status: 400 })
  expect(await one.client.send("/events/batch", { body: "[", headers })).toMatchObject({ status: 400 })
  expect(await one.client.send("/events/batch", { body: "[]" })).toMatchObject({ status: 415 })
})

test("one wrong signature, and nothing of it is done", async () => {
  const before = (await eventsOf(ledger, `organization-${one.organizationId}`)).length
  expect(await one.client.batch([next(), next()], { signature: "v1,AAAA" })).toMatchObject({ status: 401 })
  expect((await eventsOf(ledger, `organization-${one.organizationId}`)).length).toBe(before)
})

test("all registrations of a batch wait for the read models together as long as one may alone", async () => {
  const { projecting, visibleWithinMs } = ledger.opened.services
  const waited = jest.spyOn(projecting, "waitFor")
  const register = (subscriptionId: string) => ({
    id: `register ${subscriptionId}`,
    type: "seatledger.license.registered",
    data: { organizationId: one.organizationId, productId: one.productId, seats: 1, subscriptionId },
  })
  expect((await one.client.batch(["w1", "w2", "w3"].map(register))).body.results).toHaveLength(3)
  const [first = 0, second = 0, third = 0] = waited.mock.calls.map(([, , withinMs]) => withinMs)
  waited.mockRestore()
  expect(first).toBe(visibleWithinMs)
  expect([first > second, second > third, third > 0]).toEqual([true, true, true])
})
