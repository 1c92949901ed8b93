import { CloudEvent, HTTP } from "cloudevents"
import { company } from "../../end-to-end/company"
import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, eventsOf, type Json, seatsOf, signatureOf, VendorClient } from "./vendor-client"

let ledger: RunningLedger
let one: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start()
  one = await connected(ledger)
})
afterAll(() => ledger.stop())

let numbers = 0
/** An id of its own and the next sequence. */
function next(data: Json = {}): Json {
  numbers++
  return { id: `event-${numbers}`, sequence: String(numbers), data: { licenseId: one.licenseId, seats: 3, ...data } }
}
const organizationEvents = () => eventsOf(ledger, `organization-${one.organizationId}`)

describe("what an event is answered", () => {
  test("rule 17: APPLIED, NO_CHANGE and STALE, each with what was recorded", async () => {
    const [applied, same, stale] = [next({ seats: 5 }), next({ seats: 5 }), next({ seats: 9 })]
    expect(await one.client.event(applied)).toMatchObject({
      status: 200,
      body: { id: applied.id, outcome: "APPLIED", organizationId: one.organizationId, licenseId: one.licenseId, overassignedBy: 0 },
    })
    expect((await one.client.event(same)).body).toMatchObject({ outcome: "NO_CHANGE" })
    const { body } = await one.client.event({ ...stale, sequence: "1" })
    expect(body).toMatchObject({ outcome: "STALE", revision: (await organizationEvents()).length })
    expect(body.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect((await seatsOf(one)).seats.purchased).toBe(5)
  })

  test("a repeat gets the same answer, whatever happened since, and writes nothing to the organization", async () => {
    const event = next({ seats: 6 })
    const first = await one.client.event(event)
    await one.client.event(next({ seats: 7 }))
    const before = (await organizationEvents()).length
    const again = await one.client.event(event)
    expect(again.body).toEqual(first.body)
    expect(again.status).toBe(200)
    expect((await organizationEvents()).length).toBe(before)
    // Written otherwise, it is still the same message.
    const { id, sequence, data } = event
    expect((await one.client.event({ data: { seats: 6, licenseId: data.licenseId }, sequence: `000${sequence}`, id })).body).toEqual(
      first.body,
    )
  })

  test("the same id with another content is a conflict", async () => {
    const event = next({ seats: 8 })
    await one.client.event(event)
    expect(await one.client.event({ ...event, data: { ...event.data, seats: 9 } })).toMatchObject({
      status: 409,
      body: { code: "IDEMPOTENCY_CONFLICT", field: "id", type: "urn:seatledger:problem:idempotency-conflict", status: 409 },
    })
    expect((await seatsOf(one)).seats.purchased).toBe(8)
  })

  test("100 of the same at once have one effect, and all get the same answer", async () => {
    const event = next({ seats: 11 })
    const answers = await Promise.all(Array.from({ length: 100 }, () => one.client.event(event)))
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
    expect(answers[0]?.body.outcome).toBe("APPLIED")
    const effects = (await organizationEvents()).filter(({ data }) => data.vendorEventId === event.id)
    expect(effects).toHaveLength(1)
  })

  test("rule 19: a reduction takes no seat away, and says by how many too many are seated, each time", async () => {
    const two = await connected(ledger, { seats: 3, users: ["ada", "bo", "cy"] })
    await two.admin.ask(`mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { message } } }`, {
      input: { licenseId: two.licenseId, principalIds: Object.values(two.users) },
    })
    const say = (id: string, sequence: string, seats: number) =>
      two.client.event({ id, sequence, data: { licenseId: two.licenseId, seats } })
    const told = [await say("a", "1", 2), await say("b", "2", 1), await say("c", "3", 1), await say("d", "3", 0), await say("e", "4", 3)]
    expect(told.map(({ body }) => [body.outcome, body.overassignedBy])).toEqual([
      ["APPLIED", 1],
      ["APPLIED", 2],
      ["NO_CHANGE", 2],
      ["STALE", 2],
      ["APPLIED", 0],
    ])
    expect((await say("b", "2", 1)).body).toEqual(told[1]?.body)
    expect((await seatsOf(two)).seats).toMatchObject({ purchased: 3, seated: 3, overassignedBy: 0 })
  })

  test("a status is changed, and a license that has ended takes no other", async () => {
    const two = await connected(ledger)
    const say = (id: string, status: string) =>
      two.client.event({ id, sequence: "5", type: "seatledger.license.status.changed", data: { licenseId: two.licenseId, status } })
    expect((await say("suspend", "SUSPENDED")).body).toMatchObject({ outcome: "APPLIED" })
    expect((await say("cancel", "CANCELLED")).body).toMatchObject({ outcome: "APPLIED" }) // rule 24: whatever its sequence
    expect(await say("revive", "ACTIVE")).toMatchObject({ status: 409, body: { code: "LICENSE_CANCELLED", field: "data.licenseId" } })
    expect((await seatsOf(two)).status).toBe("CANCELLED")
  })

  test("a product is listed, described anew, and a license of it registered and changed by its subscription id", async () => {
    const listed = await one.client.event({ id: "p1", type: "seatledger.product.listed", data: { name: "Atelier" } })
    expect(listed).toMatchObject({ status: 200, body: { outcome: "APPLIED", productId: expect.stringMatching(/^prd_/) } })
    const { productId } = listed.body
    const described = { type: "seatledger.product.listed", data: { productId, name: "Atelier Pro" } }
    expect((await one.client.event({ ...described, id: "p2" })).body).toMatchObject({ outcome: "APPLIED", productId })
    expect((await one.client.event({ ...described, id: "p3" })).body).toMatchObject({ outcome: "NO_CHANGE", productId })
    expect((await one.client.event({ id: "p1", type: "seatledger.product.listed", data: { name: "Atelier" } })).body).toEqual(listed.body)

    // Numbered, they are in order whatever the order of arrival (rule 17).
    const say = async (sequence: string, name: string) =>
      (await one.client.event({ id: `p ${sequence}`, sequence, type: "seatledger.product.listed", data: { productId, name } })).body.outcome
    expect([
      await say("5", "Five"),
      await say("4", "Four"),
      await say("7", "Five"),
      await say("6", "Six"),
      await say("8", "Atelier Pro"),
    ]).toEqual(["APPLIED", "STALE", "NO_CHANGE", "STALE", "APPLIED"])

    const registration = { id: "r1", type: "seatledger.license.registered" }
    const data = { organizationId: one.organizationId, productId, seats: 4, subscriptionId: "sub 1", plan: "gold" }
    const registered = await one.client.event({ ...registration, data })
    expect(registered).toMatchObject({ status: 200, body: { outcome: "APPLIED", licenseId: expect.stringMatching(/^lic_/) } })
    expect((await one.client.event({ ...registration, data })).body).toEqual(registered.body)
    const change = await one.client.event({ id: "r2", sequence: "1", data: { subscriptionId: "sub 1", seats: 40 } })
    expect(change.body).toMatchObject({ outcome: "APPLIED", licenseId: registered.body.licenseId })
  })
})

test("rule 17: five events in every order of arrival (120) end in the same state", async () => {
  const made = await connected(ledger)
  const events = [
    { sequence: "1", data: { seats: 10 } },
    { sequence: "2", type: "seatledger.license.status.changed", data: { status: "SUSPENDED" } },
    { sequence: "3", data: { seats: 4 } },
    { sequence: "4", type: "seatledger.license.status.changed", data: { status: "ACTIVE" } },
    { sequence: "5", data: { seats: 7 } },
  ]
  const orders = permutations([0, 1, 2, 3, 4])
  expect(orders).toHaveLength(120)
  const register = (n: number) =>
    made.client.event({
      id: `register ${n}`,
      type: "seatledger.license.registered",
      data: { organizationId: made.organizationId, productId: made.productId, seats: 1, subscriptionId: `order ${n}` },
    })
  const outcomes = new Set<string>()
  const licenseIds = await Promise.all(orders.map(async (_, n) => (await register(n)).body.licenseId as string))
  await Promise.all(
    orders.map(async (order, n) => {
      for (const at of order) {
        const event = events[at] as Json
        const { body } = await made.client.event({ id: `${n} ${at}`, ...event, data: { ...event.data, licenseId: licenseIds[n] } })
        outcomes.add(body.outcome)
      }
    }),
  )
  expect([...outcomes].sort()).toEqual(["APPLIED", "NO_CHANGE", "STALE"])
  const states = await Promise.all(licenseIds.map((licenseId) => seatsOf({ ...made, licenseId })))
  for (const state of states) expect(state).toMatchObject({ status: "ACTIVE", seats: { purchased: 7 } })
  for (const licenseId of licenseIds) {
    const headers = { authorization: `Bearer ${made.vendor.token}` }
    const license = await (await fetch(`${ledger.opened.url}/vendor/v1/licenses/${licenseId}`, { headers })).json()
    expect(license).toMatchObject({ sequence: "5", statusSequence: "4" })
  }
})

describe("modes of CloudEvents", () => {
  test("both modes as the cloudevents library sends them", async () => {
    const make = (id: string, seats: number, sequence: string, extra = {}) =>
      new CloudEvent({
        id,
        source: `/${one.vendorId}`,
        type: "seatledger.seats.changed",
        sequence,
        datacontenttype: "application/json",
        data: { licenseId: one.licenseId, seats, ...extra },
      })
    numbers += 2
    const structured = HTTP.structured(make("structured", 21, String(numbers - 1)))
    const answer = await one.client.send("/events", {
      body: structured.body as string,
      headers: structured.headers as Record<string, string>,
    })
    expect(answer).toMatchObject({ status: 200, body: { outcome: "APPLIED" } })

    const { body, headers } = HTTP.binary(make("bin ary", 22, String(numbers), { sequence: String(numbers) }))
    const binary = { ...(headers as Record<string, string>), "content-type": "application/json", "ce-id": "bin%20ary" }
    const send = (messageId: string) => one.client.send("/events", { body: body as string, headers: binary, messageId })
    expect(await send("bin ary")).toMatchObject({ status: 200, body: { id: "bin ary", outcome: "APPLIED" } })
    expect((await seatsOf(one)).seats.purchased).toBe(22)
    expect((await send("bin%20ary")).body).toMatchObject({ id: "bin ary", outcome: "APPLIED" })
    const quoted = { "ce-id": '"bin%20ary"', "ce-source": `"/${one.vendorId}"`, "ce-type": '"seatledger.seats\\.changed"' }
    const again = await one.client.send("/events", { body: body as string, headers: { ...binary, ...quoted }, messageId: "bin ary" })
    expect(again).toMatchObject({ status: 200, body: { id: "bin ary", outcome: "APPLIED" } })
    // The ce- headers are not signed: whoever replays a message under another id must not get through.
    expect(await send("another")).toMatchObject({ status: 400, body: { field: "webhook-id" } })
  })

  describe("in binary mode no header that is not signed decides anything", () => {
    const signed = (id: string, data: Json) => {
      const body = JSON.stringify({ licenseId: one.licenseId, ...data })
      const timestamp = Math.floor(Date.now() / 1000)
      return { messageId: id, timestamp, body, signature: signatureOf(one.client.secret, id, timestamp, body) }
    }
    const binary = (message: ReturnType<typeof signed>, headers: Json = {}) => {
      const attributes = { "ce-specversion": "1.0", "ce-id": message.messageId, "ce-source": `/${one.vendorId}` }
      const type = { "content-type": "application/json", "ce-type": "seatledger.seats.changed" }
      return one.client.send("/events", { ...message, headers: { ...type, ...attributes, ...headers } })
    }

    test("the sequence is that of the body; a header beside it says the same or the message is refused", async () => {
      const sequence = String(++numbers)
      const message = signed("bound", { seats: 31, sequence })
      const before = (await organizationEvents()).length
      expect(await binary(message, { "ce-sequence": "9223372036854775807" })).toMatchObject({ status: 400, body: { field: "ce-sequence" } })
      expect((await organizationEvents()).length).toBe(before)
      const first = await binary(message)
      expect(first).toMatchObject({ status: 200, body: { outcome: "APPLIED" } })
      expect((await binary(message, { "ce-sequence": `00${sequence}` })).body).toEqual(first.body)
    })

    test("a sequence in the header alone is refused with what to do", async () => {
      const answer = await binary(signed("unbound", { seats: 31 }), { "ce-sequence": String(numbers + 1) })
      expect(answer).toMatchObject({
        status: 400,
        body: { field: "sequence", detail: expect.stringMatching(/send the value of ce-sequence there too/) },
      })
      expect(await binary(signed("unnumbered", { seats: 31 }))).toMatchObject({ status: 400, body: { field: "sequence" } })
    })

    test("the body of one type is refused under the name of every other", async () => {
      const registration = { organizationId: one.organizationId, productId: one.productId, seats: 1, licenseId: undefined }
      const bodies: Json = {
        "seatledger.seats.changed": { seats: 5, sequence: "1" },
        "seatledger.license.status.changed": { status: "ACTIVE", sequence: "1" },
        "seatledger.license.registered": registration,
        "seatledger.product.listed": { name: "Atelier", licenseId: undefined },
      }
      const types = Object.keys(bodies)
      for (const type of types) {
        expect((await binary(signed(`own ${type}`, bodies[type]), { "ce-type": type })).status).toBe(200)
        for (const other of types.filter((candidate) => candidate !== type)) {
          expect(await binary(signed(`as ${other} ${type}`, bodies[type]), { "ce-type": other })).toMatchObject({ status: 400 })
        }
      }
    })
  })

  test("the source may be the id alone, a path or an address", async () => {
    for (const source of [one.vendorId, `/${one.vendorId}`, `https://vendor.example/a/${one.vendorId}`]) {
      expect((await one.client.event({ ...next(), source })).status).toBe(200)
    }
  })
})

describe("what is refused, naming field and fix", () => {
  const refusals: [what: string, change: Json, field: string, detail: RegExp][] = [
    ["seats as a string", { data: { seats: "5" } }, "data.seats", /JSON number, without quotation marks/],
    ["seats −1", { data: { seats: -1 } }, "data.seats", /whole number from 0 to 10000000/],
    ["seats 2^53", { data: { seats: 2 ** 53 } }, "data.seats", /whole number from 0 to 10000000/],
    ["seats 1.5", { data: { seats: 1.5 } }, "data.seats", /whole number/],
    ["seats null", { data: { seats: null } }, "data.seats", /is missing/],
    ["seats true", { data: { seats: true } }, "data.seats", /not a boolean/],
    ["seats misspelt", { data: { seat: 5 } }, "data.seat", /is not known here; there are .*seats/],
    ["no license", { data: { licenseId: null } }, "data.licenseId", /data.licenseId or data.subscriptionId/],
    ["two names of a license", { data: { subscriptionId: "x" } }, "data.subscriptionId", /not both/],
    ["a license that is none", { data: { licenseId: "lic_none" } }, "data.licenseId", /sold no license lic_none/],
    ["a subscription that is none", { data: { licenseId: null, subscriptionId: "none" } }, "data.subscriptionId", /sold no license none/],
    ["another organization", { data: { organizationId: "org_other" } }, "data.organizationId", /not who bought/],
    ["an instant that is none", { data: { effectiveAt: "yesterday" } }, "data.effectiveAt", /instant such as/],
    ["a day that is none", { data: { effectiveAt: "2026-02-30T00:00:00Z" } }, "data.effectiveAt", /instant such as/],
    ["an hour that is none", { time: "2026-02-28T24:00:00Z" }, "time", /instant such as/],
    ["no sequence", { sequence: null }, "sequence", /is missing/],
    ["a sequence that is a number", { sequence: 5 }, "sequence", /JSON string/],
    ["a sequence below zero", { sequence: "-5" }, "sequence", /digits only/],
    ["a sequence above 2^63−1", { sequence: "9223372036854775808" }, "sequence", /9223372036854775807/],
    ["a sequence that is no number", { sequence: "5.0" }, "sequence", /digits only/],
    ["no id", { id: null }, "id", /is missing/],
    ["an empty id", { id: " " }, "id", /must not be empty/],
    ["an id that is a number", { id: 5 }, "id", /JSON string, not a number/],
    ["an id with half of a character", { id: "a\ud800" }, "id", /half of a character/],
    ["an id that is too long", { id: "x".repeat(257) }, "id", /at most 256 characters/],
    ["another specversion", { specversion: "0.3" }, "specversion", /"1.0"/],
    ["an unknown type", { type: "seatledger.seat.changed" }, "type", /must be one of seatledger.seats.changed/],
    ["a time that is none", { time: "10 o'clock" }, "time", /instant such as/],
    ["data that is text", { data: "{}", raw: true }, "data", /not JSON inside of a string/],
    ["data that is a list", { data: [1], raw: true }, "data", /not a list/],
    ["no data", { data: null, raw: true }, "data", /is missing/],
    ["data as base64", { data_base64: "e30=" }, "data_base64", /send JSON in data/],
    ["an attribute with a wrong name", { Not_Ours: "x" }, "Not_Ours", /lower-case letters and digits/],
    ["an attribute that is an object", { extra: {} }, "extra", /must be a string/],
    ["another content type of the data", { datacontenttype: "text/xml" }, "datacontenttype", /application\/json/],
    ["a source without a vendor", { source: "https://vendor.example" }, "source", /end in the vendor's id/],
  ]

  test.each(refusals)("%s", async (_, { data, raw, ...attributes }, field, detail) => {
    const event = next()
    const before = (await organizationEvents()).length
    const sent = { ...event, ...attributes, data: raw ? data : { ...event.data, ...data } }
    const { status, body, headers } = await one.client.event(sent)
    expect({ status, field: body.field, detail: body.detail }).toEqual({ status: 400, field, detail: expect.stringMatching(detail) })
    expect(body.detail.startsWith(field)).toBe(true)
    expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8")
    expect(body).toMatchObject({ status: 400, type: expect.stringMatching(/^urn:seatledger:problem:/), title: expect.any(String) })
    expect((await organizationEvents()).length).toBe(before)
  })

  test("a refused message can be sent again when it is right", async () => {
    const event = next({ seats: -1 })
    expect((await one.client.event(event)).status).toBe(400)
    expect((await one.client.event({ ...event, data: { ...event.data, seats: 1 } })).status).toBe(200)
  })

  test("rule 38: another vendor's license is as unknown as one that does not exist", async () => {
    const other = await connected(ledger)
    const event = { id: "theirs", sequence: "99", data: { licenseId: one.licenseId, seats: 1 } }
    const { status, body } = await other.client.event(event)
    expect({ status, code: body.code, field: body.field }).toEqual({ status: 400, code: "LICENSE_NOT_FOUND", field: "data.licenseId" })
    const none = await other.client.event({ ...event, id: "none", data: { licenseId: "lic_none", seats: 1 } })
    expect(none.body.detail.replace("lic_none", "")).toBe(body.detail.replace(one.licenseId, ""))
    // Nor can the other vendor speak in this one's name.
    expect((await other.client.event({ ...event, source: `/${one.vendorId}` })).status).toBe(401)
  })

  test("a product of another vendor cannot be sold or described", async () => {
    const other = await connected(ledger)
    const data = { organizationId: one.organizationId, productId: one.productId, seats: 1 }
    expect(await other.client.event({ id: "sell", type: "seatledger.license.registered", data })).toMatchObject({
      status: 400,
      body: { code: "NOT_FOUND", field: "data.productId" },
    })
    expect(
      await other.client.event({ id: "list", type: "seatledger.product.listed", data: { productId: one.productId, name: "x" } }),
    ).toMatchObject({ status: 400, body: { code: "NOT_FOUND", field: "data.productId" } })
  })

  test("a counter is refused by a license that is ordered by time stamps", async () => {
    const data = { organizationId: one.organizationId, productId: one.productId, seats: 1, orderedBy: "TIMESTAMP" }
    const { body } = await one.client.event({ id: "stamped", type: "seatledger.license.registered", data })
    const answer = await one.client.event({ id: "counted", sequence: "1", data: { licenseId: body.licenseId, seats: 2 } })
    expect(answer).toMatchObject({ status: 400, body: { field: "sequence", detail: expect.stringMatching(/ordered by TIMESTAMP/) } })
  })

  test("a closed organization takes no more changes", async () => {
    const two = await connected(ledger)
    await two.operator.ask(`mutation ($id: ID!) { closeOrganization(input: { organizationId: $id }) { refusal { message } } }`, {
      id: two.organizationId,
    })
    const answer = await two.client.event({ id: "late", sequence: "1", data: { licenseId: two.licenseId, seats: 1 } })
    expect(answer).toMatchObject({ status: 409, body: { code: "ORGANIZATION_CLOSED" } })
  })
})

describe("bodies", () => {
  test.each([
    ["broken JSON", '{"specversion":"1.0",', 400, /not JSON/],
    ["broken JSON inside", '{"specversion":"1.0" "id"}', 400, /breaks at character 22/],
    ["nothing", "", 400, /empty/],
    ["null", "null", 400, /must be a JSON object, not null/],
    ["a list", "[]", 400, /must be a JSON object, not a list/],
    ["not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), 400, /not UTF-8/],
    ["deep nesting", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, 400, /must be a JSON object/],
  ] as const)("%s", async (_, body, status, detail) => {
    const answer = await one.client.send("/events", { body })
    expect(answer).toMatchObject({ status, body: { code: "MALFORMED_BODY", detail: expect.stringMatching(detail) } })
  })

  test("one of a megabyte: 413 above the limit, and read below it", async () => {
    const event = next()
    const padded = (bytes: number) => {
      const body = JSON.stringify(one.client.cloudEvent({ ...event, padding: "" }))
      return body.replace('"padding":""', `"padding":"${"x".repeat(bytes - body.length)}"`)
    }
    expect(await one.client.send("/events", { body: padded(1_048_577) })).toMatchObject({
      status: 413,
      body: { code: "PAYLOAD_TOO_LARGE" },
    })
    expect(await one.client.send("/events", { body: padded(1_048_576) })).toMatchObject({
      status: 200,
      body: { outcome: expect.any(String) },
    })
  })

  test.each([
    ["text/plain", {}],
    ["application/x-www-form-urlencoded", {}],
    ["application/cloudevents-batch+json", {}],
    ["application/cloudevents+avro", {}],
    ["application/cloudevents+json", { "content-encoding": "gzip" }],
  ])("%s %p: 415", async (type, headers: Record<string, string>) => {
    const answer = await one.client.event(next(), { headers: { ...headers, "content-type": type } })
    expect(answer).toMatchObject({ status: 415, body: { code: "UNSUPPORTED_MEDIA_TYPE", detail: expect.stringMatching(/^Send /) } })
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/)
  })

  test("application/json without ce- headers is told about both modes", async () => {
    const answer = await one.client.event(next(), { headers: { "content-type": "application/json" } })
    expect(answer).toMatchObject({ status: 400, body: { field: "ce-specversion" } })
  })

  test("an address that cannot be decoded is told in the same shape", async () => {
    const response = await fetch(`${ledger.opened.url}/vendor/v1/rights/lic_1/%FF`)
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/)
    expect(await response.json()).toMatchObject({ status: 400, code: "MALFORMED_BODY" })
    expect(await (await fetch(`${ledger.opened.url}/%FF`)).json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] })
  })

  test("another address below /vendor/v1 is told in the same shape", async () => {
    const response = await fetch(`${ledger.opened.url}/vendor/v1/event`, { method: "POST" })
    expect(response.status).toBe(404)
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/)
  })
})

test("429 says when to come again", async () => {
  const limited = await RunningLedger.start({ SEATLEDGER_REQUESTS_PER_SECOND: "1" })
  try {
    const client = new VendorClient(() => limited.opened.url, "vnd_any", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.event({ id: "1" })))
    const refused = answers.find(({ status }) => status === 429)
    expect(refused).toMatchObject({ body: { code: "RATE_LIMITED", status: 429, retryAfter: 1 } })
    expect(refused?.headers.get("retry-after")).toBe("1")
    expect(refused?.headers.get("content-type")).toMatch(/^application\/problem\+json/)
  } finally {
    await limited.stop()
  }
})

test("what was applied, repeated and refused is in the vendor's ledger, and what was not signed is not", async () => {
  const made = await connected(ledger)
  const event = { id: "kept", sequence: "1", data: { licenseId: made.licenseId, seats: 9 } }
  await made.client.event(event)
  await made.client.event(event)
  await made.client.event({ ...event, data: { ...event.data, seats: 10 } })
  await made.client.event({ ...event, id: "unread", data: { ...event.data, seats: "10" } })
  await made.client.event({ ...event, id: "unknown", type: "seatledger.nothing" })
  await made.client.marketplace({ id: "unknown too", action: "Transfer" })
  await made.client.event({ ...event, id: "unsigned" }, { signature: "v1,AAAA" })
  const kept = (await eventsOf(ledger, `vendor-${made.vendorId}`))
    .filter(({ type }) => type.startsWith("VendorEvent"))
    .map(({ type, data }) => [type, data.vendorEventId, data.code])
  expect(kept).toEqual([
    ["VendorEventRepeated", "kept", undefined],
    ["VendorEventRefused", "kept", "IDEMPOTENCY_CONFLICT"],
    ["VendorEventRefused", "unread", "INVALID_INPUT"],
    ["VendorEventRefused", "unknown", "INVALID_INPUT"],
    ["VendorEventRefused", "unknown too", "INVALID_INPUT"],
  ])
})

test("a vendor without a secret is refused like a wrong signature", async () => {
  const { vendorId, licenseId } = await company(ledger, { seats: 1, users: [] })
  const client = new VendorClient(() => ledger.opened.url, vendorId, one.client.secret)
  expect(await client.event({ id: "1", sequence: "1", data: { licenseId, seats: 2 } })).toMatchObject({
    status: 401,
    body: { code: "SIGNATURE_WRONG" },
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, n) => permutations(items.toSpliced(n, 1)).map((rest) => [item, ...rest]))
}

test("a server that closes asks for the same message again, with 503 and when", async () => {
  const closing = await RunningLedger.start()
  try {
    const { client, licenseId, admin } = await connected(closing)
    await closing.opened.commands.close()
    const told = await client.event({ id: "late", sequence: "1", data: { licenseId, seats: 2 } })
    expect(told).toMatchObject({ status: 503, body: { code: "UNAVAILABLE", retryAfter: 2 } })
    expect(told.headers.get("retry-after")).toBe("2")
    const { errors } = await admin.send('mutation { createGroup(input: { displayName: "late" }) { revision } }')
    expect(errors).toMatchObject([{ message: expect.stringContaining("try again"), extensions: { code: "TRY_AGAIN" } }])
  } finally {
    await closing.stop()
  }
})
