import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import fastify from "fastify"
import { type VendorDeps, vendorRoutes } from "../../../src/api/vendor/vendor"
import { MESSAGE_TYPES } from "../../../src/domain/events"
import { TEST_TYPE } from "../../../src/webhooks/message"
import { RunningLedger } from "../../support/running-ledger"
import { PATIENCE_MS } from "../../support/until"
import { Receiver } from "../../webhooks/receiver"
import { answerErrors, api, checkExamples, checkStructure, describedOperations, neverShown, requestErrors, webhookErrors } from "./openapi"
import { type Connected, connected, eventsOf, type Json, type Sending, type Told, told } from "./vendor-client"

const EVENTS = "POST /vendor/v1/events"
const BATCH = "POST /vendor/v1/events/batch"
const MARKETPLACE = "POST /vendor/v1/marketplace/{vendorId}"
const LICENSES = "GET /vendor/v1/licenses"
const LICENSE = "GET /vendor/v1/licenses/{licenseId}"
const RIGHT = "GET /vendor/v1/rights/{licenseId}/{user}"
const STRUCTURED = "application/cloudevents+json"
const BATCH_TYPE = "application/cloudevents-batch+json"

let ledger: RunningLedger
let one: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start({ SEATLEDGER_WEBHOOKS_PRIVATE_NETWORKS: "true" })
  one = await connected(ledger, { seats: 2, users: ["ada", "bo", "cy"] })
})
afterAll(() => ledger.stop())

/** The answer, which must be as described. */
function described(operation: string, answer: Told, status: number): Json {
  expect(answerErrors(operation, answer)).toBeUndefined()
  expect(answer.status).toBe(status)
  return answer.body
}

async function get(path: string, token = one.vendor.token, headers: Readonly<Record<string, string>> = {}): Promise<Told> {
  const authorization: Record<string, string> = token === "" ? {} : { authorization: `Bearer ${token}` }
  return told(await fetch(`${ledger.opened.url}/vendor/v1${path}`, { headers: { ...authorization, ...headers } }))
}

let numbers = 0
function seatsEvent(data: Json = {}, changes: Json = {}): Json {
  numbers++
  const sent = { id: `event ${numbers}`, sequence: String(numbers), data: { licenseId: one.licenseId, seats: 3, ...data }, ...changes }
  return one.client.cloudEvent(sent)
}
const push = (event: Json, sending: Omit<Sending, "body"> = {}) => one.client.send("/events", { body: JSON.stringify(event), ...sending })

describe("the document", () => {
  test("is an OpenAPI 3.1 document, by the schema that the OpenAPI Initiative publishes", () => {
    expect(checkStructure()).toBeUndefined()
  })

  test("has examples that are as its schemas say", () => {
    const { count, wrong } = checkExamples()
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(15)
  })

  test("describes every route that the server registers, and no other", async () => {
    const registered: string[] = []
    const app = fastify()
    app.addHook("onRoute", ({ method, path }) => {
      for (const verb of [method].flat()) registered.push(`${verb} ${path.replace(/:(\w+)/g, "{$1}")}`)
    })
    vendorRoutes(app, {} as VendorDeps) // nothing is asked of it here
    await app.ready()
    await app.close()
    const withoutHead = registered.filter((route) => !route.startsWith("HEAD ")) // Fastify makes one for each GET
    expect(withoutHead.sort()).toEqual(describedOperations().sort())
  })

  test("describes routes that the running server has", async () => {
    for (const operation of describedOperations()) {
      const answer = await told(await fetch(...addressOf(operation, ledger)))
      expect([operation, answerErrors(operation, answer)]).toEqual([operation, undefined])
      expect(answer.body.code).not.toBe("NOT_FOUND")
    }
  })

  test("describes every type of message that we send, and no other", () => {
    expect(Object.keys(api.webhooks).sort()).toEqual([...MESSAGE_TYPES, TEST_TYPE].sort())
  })
})

describe("what is sent and what is answered", () => {
  test("200: each type of event, new, late, without change, and sent again", async () => {
    const list = one.client.cloudEvent({
      id: "list",
      type: "seatledger.product.listed",
      data: { name: "Atlas", description: "Maps", installUrl: "https://vendor.example/atlas" },
    })
    expect(requestErrors(EVENTS, STRUCTURED, list)).toBeUndefined()
    const { productId } = described(EVENTS, await push(list), 200)
    const renamed = { ...list, id: "renamed", sequence: "2", data: { productId, name: "Atlas 2" } }
    const late = { ...renamed, id: "late", sequence: "1" }
    for (const event of [renamed, late]) expect(requestErrors(EVENTS, STRUCTURED, event)).toBeUndefined()
    expect(described(EVENTS, await push(renamed), 200).outcome).toBe("APPLIED")
    expect(described(EVENTS, await push(late), 200).outcome).toBe("STALE")
    expect(Object.keys(api.components.schemas.ProductListedEvent.properties)).toContain("sequence") // what counts is described
    const register = one.client.cloudEvent({
      id: "register",
      type: "seatledger.license.registered",
      data: {
        organizationId: one.organizationId,
        productId,
        seats: 5,
        subscriptionId: "sub-1",
        plan: "Team",
        graceDays: 30,
        onGraceEnd: "HOLD",
      },
    })
    expect(requestErrors(EVENTS, STRUCTURED, register)).toBeUndefined()
    const { licenseId } = described(EVENTS, await push(register), 200)
    const changes: [Json, string][] = [
      [seatsEvent({ licenseId, seats: 7, effectiveAt: "2026-03-31T22:00:00Z" }, { sequence: "0005" }), "APPLIED"],
      [seatsEvent({ licenseId, seats: 8 }, { sequence: "4" }), "STALE"],
      [seatsEvent({ licenseId, seats: 7 }, { sequence: "6", time: "2026-03-31T22:00:00Z", partitionkey: "a" }), "NO_CHANGE"],
      [
        one.client.cloudEvent({
          id: "status",
          sequence: "1",
          type: "seatledger.license.status.changed",
          data: { subscriptionId: "sub-1", organizationId: one.organizationId, status: "WARNING" },
        }),
        "APPLIED",
      ],
    ]
    for (const [event, outcome] of changes) {
      expect(requestErrors(EVENTS, STRUCTURED, event)).toBeUndefined()
      const first = described(EVENTS, await push(event), 200)
      expect(first.outcome).toBe(outcome)
      expect(described(EVENTS, await push(event), 200)).toEqual(first)
    }
  })

  test("200: binary mode", async () => {
    const sequence = String(++numbers)
    const data = { licenseId: one.licenseId, seats: 4, sequence }
    expect(requestErrors(EVENTS, "application/json", data)).toBeUndefined()
    const headers = {
      "content-type": "application/json",
      "ce-specversion": "1.0",
      "ce-id": "binary",
      "ce-source": `/${one.vendorId}`,
      "ce-type": "seatledger.seats.changed",
      "ce-sequence": sequence,
    }
    described(EVENTS, await one.client.send("/events", { body: JSON.stringify(data), headers, messageId: "binary" }), 200)
    const undescribed = Object.keys(headers).filter(
      (name) =>
        name !== "content-type" && !api.paths["/vendor/v1/events"].post.parameters.some((parameter: Json) => parameter.name === name),
    )
    expect(undescribed).toEqual([])
  })

  test("200: a batch, of which some are refused", async () => {
    const good = [seatsEvent({ seats: 6 }), seatsEvent({ seats: 5 })]
    expect(requestErrors(BATCH, BATCH_TYPE, good)).toBeUndefined()
    const [first] = good
    const bad = [seatsEvent({ seats: "6" }), { ...first, data: { ...first.data, seats: 99 } }, 7]
    expect(requestErrors(BATCH, BATCH_TYPE, bad)).toBeDefined()
    const { results } = described(BATCH, await one.client.batch(good), 200)
    expect(results).toHaveLength(2)
    const sent = JSON.stringify([...good, ...bad])
    const answer = await one.client.send("/events/batch", { body: sent, headers: { "content-type": BATCH_TYPE } })
    expect(described(BATCH, answer, 200).results.map(({ status }: Json) => status)).toEqual([200, 200, 400, 409, 400])
  })

  test("200: the marketplace's published samples", async () => {
    const subscriptionId = "5a9d3f4c-0000-4000-8000-000000000001"
    const data = { organizationId: one.organizationId, productId: one.productId, seats: 5, subscriptionId, orderedBy: "TIMESTAMP" }
    described(EVENTS, await one.client.event({ id: "of the marketplace", type: "seatledger.license.registered", data }), 200)
    const folder = join(__dirname, "../../fixtures/marketplace")
    for (const file of readdirSync(folder).sort()) {
      const message = JSON.parse(readFileSync(join(folder, file), "utf8").replaceAll("SUBSCRIPTION", subscriptionId))
      const answer = await one.client.marketplace(message)
      expect([file, answerErrors(MARKETPLACE, answer)]).toEqual([file, undefined])
      // What the description lets through may still be refused by the ledger (an ended license); what is accepted must be described.
      if (answer.status === 200) expect([file, requestErrors(MARKETPLACE, "application/json", message)]).toEqual([file, undefined])
    }
    const unknown = { id: "new", action: "Transfer", subscriptionId, timeStamp: "2026-01-01T00:00:00Z" }
    expect(requestErrors(MARKETPLACE, "application/json", unknown)).toBeDefined()
    described(MARKETPLACE, await one.client.marketplace(unknown), 400)
  })

  test("400: what the schemas refuse, the server refuses", async () => {
    const wrong: Json[] = [
      seatsEvent({ seats: -1 }),
      seatsEvent({ seats: 1.5 }),
      seatsEvent({ seats: 2 ** 53 }),
      seatsEvent({ seats: "25" }),
      seatsEvent({ seats: undefined }),
      seatsEvent({ seat: 25 }),
      seatsEvent({ subscriptionId: "sub-1" }),
      seatsEvent({ effectiveAt: "tomorrow" }),
      seatsEvent({}, { sequence: 5 }),
      seatsEvent({}, { sequence: undefined }),
      seatsEvent({}, { sequence: "1.5" }),
      seatsEvent({}, { id: "" }),
      seatsEvent({}, { specversion: "0.3" }),
      seatsEvent({}, { type: "seatledger.seats.added" }),
      seatsEvent({}, { data: undefined }),
    ].map((event) => JSON.parse(JSON.stringify(event)))
    for (const event of wrong) {
      expect([event, requestErrors(EVENTS, STRUCTURED, event) !== undefined]).toEqual([event, true])
      described(EVENTS, await push(event), 400)
    }
    described(EVENTS, await one.client.send("/events", { body: "{" }), 400)
    described(EVENTS, await push(seatsEvent({ licenseId: "lic_nobodys" })), 400)
    described(BATCH, await one.client.batch([]), 400)
    described(LICENSES, await get("/licenses?limit=0"), 400)
  })

  test("401 and 403: unsigned, signed wrongly, signed long ago; without a token, and with another's", async () => {
    const event = seatsEvent()
    const hourAgo = Math.floor(Date.now() / 1000) - 3_600
    expect(described(EVENTS, await push(event, { signature: "v1,bm8=" }), 401).code).toBe("SIGNATURE_WRONG")
    expect(described(EVENTS, await push(event, { timestamp: hourAgo }), 401).code).toBe("SIGNATURE_TOO_OLD")
    expect(described(EVENTS, await push(event, { signature: "" }), 401).code).toBe("SIGNATURE_MISSING")
    described(BATCH, await one.client.batch([event], { timestamp: hourAgo }), 401)
    described(MARKETPLACE, await one.client.marketplace({}, { timestamp: hourAgo }), 401)
    for (const [operation, path] of [
      [LICENSES, "/licenses"],
      [LICENSE, `/licenses/${one.licenseId}`],
      [RIGHT, `/rights/${one.licenseId}/ada`],
    ] as const) {
      described(operation, await get(path, ""), 401)
      described(operation, await get(path, "not.a.token"), 401)
      described(operation, await get(path, one.admin.token), 403)
    }
  })

  test("409: the same id with another content", async () => {
    const event = seatsEvent()
    described(EVENTS, await push(event), 200)
    described(EVENTS, await push({ ...event, data: { ...event.data, seats: 77 } }), 409)
    const ofMarketplace = { id: "conflict", subscriptionId: await orderedByTime("sub-conflict"), timeStamp: "2026-01-01T00:00:00Z" }
    described(MARKETPLACE, await one.client.marketplace({ ...ofMarketplace, action: "Suspend" }), 200)
    described(MARKETPLACE, await one.client.marketplace({ ...ofMarketplace, action: "Reinstate" }), 409)
  })

  test("413 and 415: too large, and of another type", async () => {
    for (const [operation, path, type] of [
      [EVENTS, "/events", STRUCTURED],
      [BATCH, "/events/batch", BATCH_TYPE],
      [MARKETPLACE, `/marketplace/${one.vendorId}`, "application/json"],
    ] as const) {
      described(operation, await one.client.send(path, { body: " ".repeat(1_048_577), headers: { "content-type": type } }), 413)
      described(operation, await one.client.send(path, { body: "<a/>", headers: { "content-type": "application/xml" } }), 415)
    }
  })

  test("429: too many requests", async () => {
    const narrow = await RunningLedger.start({ SEATLEDGER_REQUESTS_PER_SECOND: "1" })
    try {
      for (const operation of describedOperations()) {
        let answer: Told
        do answer = await told(await fetch(...addressOf(operation, narrow)))
        while (answer.status !== 429)
        described(operation, answer, 429)
      }
    } finally {
      await narrow.stop()
    }
  })

  test("pull: pages, a license, a right, 304 and 404", async () => {
    await settled()
    const page = await get("/licenses?limit=1")
    const { next } = described(LICENSES, page, 200)
    expect(page.headers.get("link")).toMatch(/rel="next"/)
    described(LICENSES, await get(`/licenses?after=${next}&organizationId=${one.organizationId}`), 200)
    for (const [operation, path] of [
      [LICENSE, `/licenses/${one.licenseId}`],
      [RIGHT, `/rights/${one.licenseId}/ada%40example.com`],
    ] as const) {
      const first = await get(path)
      described(operation, first, 200)
      described(operation, await get(path, one.vendor.token, { "if-none-match": first.headers.get("etag") ?? "" }), 304)
    }
    described(LICENSE, await get("/licenses/lic_nobodys"), 404)
    described(RIGHT, await get("/rights/lic_nobodys/ada"), 404)
    described(RIGHT, await get(`/rights/${one.licenseId}/%20`), 400)
    described(LICENSE, await get("/licenses/%E0%A4%A"), 400)
  })

  test("503: the identity provider does not answer, and what was recorded cannot be read yet", async () => {
    const provider = await Receiver.start()
    await provider.down()
    const strict = await RunningLedger.start({
      SEATLEDGER_AUTH: "jwks",
      SEATLEDGER_JWKS_URL: provider.url,
      SEATLEDGER_ISSUER: "https://login.example",
      SEATLEDGER_AUDIENCE: "seatledger",
    })
    try {
      for (const operation of [LICENSES, LICENSE, RIGHT]) {
        const [url] = addressOf(operation, strict)
        const headers = { authorization: `Bearer ${one.vendor.token}` }
        described(operation, await told(await fetch(url, { headers })), 503)
      }
    } finally {
      await strict.stop()
    }

    const lagging = await connected(await RunningLedger.start({ SEATLEDGER_LOG_LEVEL: "silent" }))
    const { client, ledger: behind } = lagging
    await poison(behind)
    const about = { subscriptionId: "sub-new" }
    const change = { id: "at once", sequence: "1", data: { ...about, seats: 7 } }
    described(EVENTS, await client.event(change), 503)
    const suspend = { id: "suspend", action: "Suspend", timeStamp: "2026-01-01T00:00:00Z", ...about }
    described(MARKETPLACE, await client.marketplace(suspend), 503)
    const { results } = described(BATCH, await client.batch([change]), 200)
    expect(results).toMatchObject([{ status: 503, code: "TRY_AGAIN" }])
    await behind.opened.commands.close()
    described(BATCH, await client.batch([change]), 503)
    await behind.stop()
  })

  test("500: a fault of ours", async () => {
    const faulty = await connected(await RunningLedger.start({ SEATLEDGER_LOG_LEVEL: "silent" }))
    await faulty.ledger.opened.services.readStore.close()
    await faulty.ledger.opened.eventStore.close()
    const { client, vendor, licenseId } = faulty
    described(EVENTS, await client.event({ id: "any" }), 500)
    described(BATCH, await client.batch([{ id: "any" }]), 500)
    described(MARKETPLACE, await client.marketplace({ id: "any" }), 500)
    for (const operation of [LICENSES, LICENSE, RIGHT]) {
      const [url] = addressOf(operation, faulty.ledger, licenseId)
      described(operation, await told(await fetch(url, { headers: { authorization: `Bearer ${vendor.token}` } })), 500)
    }
    await faulty.ledger.stop()
  })

  test("all that is described has been taken and answered above: every path, media type and status", () => {
    expect(neverShown()).toEqual([])
  })
})

describe("what we send", () => {
  test("is as the section `webhooks` says, for an organization and for a vendor", async () => {
    const [organizations, vendors] = [await Receiver.start(), await Receiver.start()]
    try {
      const webhooks = [await addWebhook("admin", organizations.url), await addWebhook("vendor", vendors.url)]
      const { ada, bo, cy } = one.users
      const data = { organizationId: one.organizationId, productId: one.productId, seats: 2, graceDays: 0, onGraceEnd: "REVOKE" }
      const { body } = await one.client.event({ id: "told", type: "seatledger.license.registered", data })
      const { licenseId } = body
      await mutate("admin", "assignLicenses", { licenseId, principalIds: [ada, bo, cy], onShortage: "WAITLIST" })
      const seats = (sequence: number, count: number) => push(seatsEvent({ licenseId, seats: count }, { sequence: String(sequence) }))
      await seats(1, 1) // too few; with no day of grace one is revoked
      await Promise.all([organizations, vendors].map((receiver) => heard(receiver, "seatledger.seats.revoked")))
      await seats(2, 5)
      await mutate("admin", "unassignLicenses", { licenseId, principalIds: [ada] })
      await push(
        one.client.cloudEvent({
          id: "suspended",
          sequence: "1",
          type: "seatledger.license.status.changed",
          data: { licenseId, status: "SUSPENDED" },
        }),
      )
      await mutate("admin", "sendTestWebhook", { webhookId: webhooks[0] })
      await mutate("vendor", "sendTestWebhook", { webhookId: webhooks[1] })
      for (const receiver of [organizations, vendors]) {
        for (const type of Object.keys(api.webhooks)) await heard(receiver, type)
        for (const { headers, event } of receiver.received) {
          const mediaType = String(headers["content-type"]).split(";")[0] ?? ""
          expect([event.type, webhookErrors(event.type, mediaType, event)]).toEqual([event.type, undefined])
          for (const name of ["webhook-timestamp", "webhook-signature"]) expect(headers[name]).toBeDefined()
          expect(headers["webhook-id"]).toBe(`${event.id}_${webhooks[receiver === organizations ? 0 : 1]}`)
        }
      }
    } finally {
      await Promise.all([organizations.down(), vendors.down()])
    }
  })
})

async function mutate(who: "admin" | "vendor", operation: string, input: Json, selection = "revision"): Promise<Json> {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
  const query = `mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} refusal { message } } }`
  const { [operation]: answer } = await one[who].ask(query, { input })
  expect(answer.refusal).toBeNull()
  return answer
}

async function addWebhook(who: "admin" | "vendor", url: string): Promise<string> {
  return (await mutate(who, "addWebhook", { url }, "webhook { id }")).webhook.id
}

/** Resolves once a message of this type has come. */
async function heard(receiver: Receiver, type: string): Promise<void> {
  while (!receiver.received.some(({ event }) => event.type === type)) await receiver.wait(receiver.received.length + 1)
}

/** Where an operation is to be found, for somebody who need not be let in. */
function addressOf(operation: string, { opened }: RunningLedger, licenseId = one.licenseId): [string, RequestInit] {
  const [method = "", path = ""] = operation.split(" ")
  const filled = path.replace("{vendorId}", one.vendorId).replace("{licenseId}", licenseId).replace("{user}", "ada")
  return [`${opened.url}${filled}`, { method }]
}

/** A license that the marketplace may change: the subscription it is of. */
async function orderedByTime(subscriptionId: string): Promise<string> {
  const data = { organizationId: one.organizationId, productId: one.productId, seats: 5, subscriptionId, orderedBy: "TIMESTAMP" }
  described(EVENTS, await one.client.event({ id: subscriptionId, type: "seatledger.license.registered", data }), 200)
  return subscriptionId
}

/** An event that no read model can take in: they stop there, and what comes after it cannot be read. */
async function poison({ opened: { eventStore, services } }: RunningLedger): Promise<void> {
  const actor = { type: "SYSTEM", id: "system" } as const
  const recordedAt = new Date().toISOString()
  const metadata = { v: 1, commandId: "cmd_poison", commandHash: "hash", correlationId: "poison", actor, recordedAt }
  const event = { id: "00000000-0000-8000-a000-00000000dead", type: "UserProvisioned", data: {}, metadata }
  await eventStore.append("organization-org_poison", 0, [event])
  services.projecting.wake()
  while (!services.projecting.status().some(({ failure }) => failure !== undefined)) await pause(20)
}

async function settled(): Promise<void> {
  const stream = `organization-${one.organizationId}`
  await ledger.opened.services.projecting.waitFor(stream, (await eventsOf(ledger, stream)).length, PATIENCE_MS)
}
