import { setTimeout as pause } from "node:timers/promises"
import { Webhook } from "standardwebhooks"
import type { RecordedEvent } from "../../src/eventstore/event-store"
import { type Company, company } from "../end-to-end/company"
import type { Caller } from "../support/running-ledger"
import { RunningLedger } from "../support/running-ledger"
import { ok, type Received, Receiver, status } from "./receiver"

const WEBHOOK = "id ownerId url description types enabled disabledBecause waiting failures nextAttemptAt deadLetterCount"
let now = Date.now()
let ledger: RunningLedger
let contoso: Company
let receiver: Receiver

beforeAll(async () => {
  ledger = await RunningLedger.start({ SEATLEDGER_WEBHOOKS_PRIVATE_NETWORKS: "true" }, { now: () => now, random: () => 0 })
  contoso = await company(ledger, { seats: 2, users: ["ada", "bo", "cy"] })
})
afterAll(() => ledger.stop())
beforeEach(async () => {
  receiver = await Receiver.start()
})
afterEach(() => receiver.down())

/** The payload of one mutation. */
async function mutate(caller: Caller, operation: string, input: object, selection: string) {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
  return (
    await caller.ask(`mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} refusal { code message } } }`, { input })
  )[operation]
}

async function add(caller: Caller, more: object = {}) {
  return mutate(caller, "addWebhook", { url: receiver.url, ...more }, `webhook { ${WEBHOOK} } secret visible`)
}
async function assign(...users: string[]) {
  const input = { licenseId: contoso.licenseId, principalIds: users.map((user) => contoso.users[user]), onShortage: "WAITLIST" }
  return mutate(contoso.admin, "assignLicenses", input, "revision")
}
async function unassign(...users: string[]) {
  return mutate(
    contoso.admin,
    "unassignLicenses",
    { licenseId: contoso.licenseId, principalIds: users.map((user) => contoso.users[user]) },
    "revision",
  )
}
async function webhook(caller: Caller, id: string, expected: (webhook: Record<string, unknown>) => boolean) {
  for (;;) {
    const { webhooks } = await caller.ask(`{ webhooks { nodes { ${WEBHOOK} } } }`)
    const found = webhooks.nodes.find((candidate: { readonly id: string }) => candidate.id === id)
    if (found && expected(found)) return found
    await pause(2)
  }
}

test("an admin adds a webhook, reads its secret once, and is told of a grant", async () => {
  const key = { idempotencyKey: "add-once" }
  const first = await add(contoso.admin, { ...key, description: "Desk", types: ["SEATS_WAITLISTED", "SEATS_GRANTED"] })
  expect(first).toMatchObject({
    refusal: null,
    visible: true,
    secret: expect.stringMatching(/^whsec_/),
    webhook: {
      ownerId: contoso.organizationId,
      description: "Desk",
      types: ["SEATS_GRANTED", "SEATS_WAITLISTED"],
      enabled: true,
      waiting: 0,
    },
  })
  const again = await add(contoso.admin, { ...key, description: "Desk", types: ["SEATS_WAITLISTED", "SEATS_GRANTED"] })
  expect(again).toMatchObject({ refusal: null, secret: null, webhook: { id: first.webhook.id } })

  await assign("ada")
  await receiver.wait(1)
  const [{ headers, body, event }] = receiver.received as [Received]
  expect(new Webhook(first.secret).verify(body, headers as Record<string, string>)).toEqual(event)
  expect(event).toMatchObject({ type: "seatledger.seats.granted", data: { userIds: [contoso.users.ada] } })

  const { history } = await contoso.admin.ask(`{ history(filter: { types: ["WebhookAdded"] }) { nodes { summary data eventId } } }`)
  expect(history.nodes[0].summary).toBe(`chief added the webhook 127.0.0.1:${receiver.port}`)
  expect(JSON.stringify(history.nodes)).not.toContain("secret")
  expect(history.nodes[0].data.url).toBe(`http://127.0.0.1:${receiver.port}`) // the path may be the receiver's key
  await mutate(contoso.admin, "removeWebhook", { webhookId: first.webhook.id }, "webhook { id } visible")
  await unassign("ada")
})

test("a vendor keeps its own, an operator sees all of them, and nobody another's", async () => {
  const theirs = await company(ledger, { seats: 1, users: [] })
  const ofVendor = await add(contoso.vendor)
  const ofOrganization = await add(contoso.admin)
  expect(ofVendor.webhook.ownerId).toBe(contoso.vendorId)
  const idsOf = async (caller: Caller, of = "") =>
    (await caller.ask(`{ webhooks${of} { nodes { id } totalCount } }`)).webhooks.nodes.map(({ id }: { readonly id: string }) => id)
  expect(await idsOf(contoso.vendor)).toEqual([ofVendor.webhook.id])
  expect(await idsOf(contoso.admin)).toEqual([ofOrganization.webhook.id])
  expect(await idsOf(theirs.admin)).toEqual([])
  expect((await idsOf(contoso.operator)).sort()).toEqual([ofVendor.webhook.id, ofOrganization.webhook.id].sort())
  expect(await idsOf(contoso.operator, `(ownerId: "${contoso.vendorId}")`)).toEqual([ofVendor.webhook.id])

  const asked = `query ($id: ID!) { webhookDeliveries(webhookId: $id) { totalCount } deadLetters(webhookId: $id) { totalCount } }`
  for (const stranger of [theirs.admin, theirs.vendor, contoso.vendor]) {
    const { errors } = await stranger.send(asked, { id: ofOrganization.webhook.id })
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(["NOT_FOUND"])
  }
  for (const operation of ["changeWebhook", "removeWebhook", "disableWebhook", "enableWebhook", "rotateWebhookSecret", "sendTestWebhook"]) {
    const input = { webhookId: ofOrganization.webhook.id, ...(operation === "changeWebhook" && { url: receiver.url }) }
    expect(await mutate(theirs.admin, operation, input, "visible")).toMatchObject({ refusal: { code: "NOT_FOUND" } })
    expect(await mutate(contoso.vendor, operation, input, "visible")).toMatchObject({ refusal: { code: "NOT_FOUND" } })
  }
  await mutate(contoso.vendor, "removeWebhook", { webhookId: ofVendor.webhook.id }, "visible")
  await mutate(contoso.admin, "removeWebhook", { webhookId: ofOrganization.webhook.id }, "visible")
  expect(await idsOf(contoso.operator)).toEqual([])
})

test("a dead letter is listed, and an operator sends it again", async () => {
  receiver.always(status(500))
  const { webhook: added } = await add(contoso.admin, { types: ["SEATS_GRANTED"] })
  await assign("bo")
  for (let failures = 1; failures < 10; failures++) {
    const { nextAttemptAt } = await webhook(contoso.admin, added.id, (found) => found.failures === failures)
    now = Date.parse(nextAttemptAt)
    ledger.opened.services.webhooks.wake()
  }
  await webhook(contoso.admin, added.id, ({ deadLetterCount }) => deadLetterCount === 1)
  const lists = `query ($id: ID!, $after: String) {
    deadLetters(webhookId: $id) { totalCount nodes { eventId type attempts status problem diedAt } }
    webhookDeliveries(webhookId: $id, first: 4, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { attempt outcome status problem retryAt } }
  }`
  const { deadLetters, webhookDeliveries } = await contoso.operator.ask(lists, { id: added.id })
  expect(deadLetters).toMatchObject({
    totalCount: 1,
    nodes: [{ type: "seatledger.seats.granted", attempts: 10, status: 500, problem: "STATUS", diedAt: new Date(now).toISOString() }],
  })
  expect(webhookDeliveries).toMatchObject({ totalCount: 10, pageInfo: { hasNextPage: true } })
  expect(webhookDeliveries.nodes.map(({ attempt, outcome }: Record<string, unknown>) => [attempt, outcome])).toEqual([
    [10, "DEAD"],
    [9, "FAILED"],
    [8, "FAILED"],
    [7, "FAILED"],
  ])
  const next = await contoso.admin.ask(lists, { id: added.id, after: webhookDeliveries.pageInfo.endCursor })
  expect(next.webhookDeliveries.nodes[0]).toMatchObject({ attempt: 6, retryAt: expect.any(String) })

  receiver.always(ok)
  const once = { webhookId: added.id, idempotencyKey: "replay-once" }
  expect(await mutate(contoso.operator, "replayDeadLetters", once, "replayed visible")).toEqual({
    replayed: 1,
    visible: true,
    refusal: null,
  })
  await webhook(contoso.admin, added.id, ({ waiting, deadLetterCount }) => waiting === 0 && deadLetterCount === 0)
  expect(receiver.received.at(-1)?.event).toMatchObject({ id: deadLetters.nodes[0].eventId })
  expect(await mutate(contoso.operator, "replayDeadLetters", { webhookId: added.id }, "replayed")).toMatchObject({ replayed: 0 })
  // Rule 37: the recorded answer, although there is nothing left to send.
  expect(await mutate(contoso.operator, "replayDeadLetters", once, "replayed")).toEqual({ replayed: 1, refusal: null })
  const unknown = { webhookId: "whk_unknown" }
  expect(await mutate(contoso.operator, "replayDeadLetters", unknown, "replayed")).toMatchObject({ refusal: { code: "NOT_FOUND" } })
  // Rule 36: the auditors of the owner see who had it done.
  const { history } = await contoso.admin.ask(
    `{ history(filter: { types: ["WebhookDeadLettersReplayed"] }) { nodes { summary actor { role } recordedAt } } }`,
  )
  expect(history.nodes).toEqual([
    {
      summary: expect.stringMatching(/had 1 dead letter of a webhook sent again$/),
      actor: { role: "OPERATOR" },
      recordedAt: expect.any(String),
    },
  ])
  await mutate(contoso.admin, "removeWebhook", { webhookId: added.id }, "visible")
})

test("a vendor gives up the message that holds up its webhook, once", async () => {
  receiver.next(status(400))
  const { webhook: added } = await add(contoso.vendor)
  const change = (seats: number, sequence: number) =>
    mutate(
      contoso.vendor,
      "changeVendorSeats",
      { licenseId: contoso.licenseId, seats, vendorEventId: `skip-${sequence}`, sequence },
      "outcome",
    )
  await change(7, 101)
  await webhook(contoso.vendor, added.id, ({ failures }) => failures === 1)
  await change(8, 102)
  const { webhooks } = await contoso.vendor.ask("{ webhooks { nodes { nextEventId } } }")
  const [{ nextEventId: eventId }] = webhooks.nodes
  const skip = (input: object) =>
    mutate(contoso.vendor, "skipWebhookMessage", { webhookId: added.id, ...input }, "visible webhook { deadLetterCount }")
  expect(await skip({ eventId: "6a4c2f10-93d1-8b7e-a0c4-5d1f00000001" })).toMatchObject({ refusal: { code: "NOT_FOUND" } })
  const once = { eventId, idempotencyKey: "skip-once" }
  const done = { visible: true, webhook: { deadLetterCount: 1 }, refusal: null }
  expect(await skip(once)).toEqual(done)
  await webhook(contoso.vendor, added.id, ({ waiting }) => waiting === 0)
  expect(receiver.received.map(({ event }) => event.data.seats)).toEqual([7, 8])
  expect(await skip(once)).toEqual(done)
  expect(await skip({ eventId })).toMatchObject({ refusal: { code: "NOT_FOUND" } })

  expect(await mutate(contoso.operator, "replayDeadLetters", { webhookId: added.id, eventIds: [eventId] }, "replayed")).toEqual({
    replayed: 1,
    refusal: null,
  })
  await webhook(contoso.vendor, added.id, ({ waiting, deadLetterCount }) => waiting === 0 && deadLetterCount === 0)
  const recorded: RecordedEvent[] = []
  for await (const page of ledger.opened.eventStore.read(`vendor-${contoso.vendorId}`, 0)) recorded.push(...page)
  expect(recorded.at(-1)).toMatchObject({
    type: "WebhookDeadLettersReplayed",
    data: { webhookId: added.id, count: 1, eventIds: [eventId] },
    metadata: { actor: { type: "USER", role: "OPERATOR" } },
  })
  await mutate(contoso.vendor, "removeWebhook", { webhookId: added.id }, "visible")
})

test("a test message, and 410 that disables until an admin enables again", async () => {
  const { webhook: added, secret } = await add(contoso.vendor)
  const sent = await mutate(contoso.vendor, "sendTestWebhook", { webhookId: added.id }, "delivery { outcome status problem type }")
  expect(sent).toEqual({ delivery: { outcome: "TESTED", status: 204, problem: null, type: "seatledger.webhook.test" }, refusal: null })
  receiver.next(status(410))
  await mutate(
    contoso.vendor,
    "changeVendorSeats",
    { licenseId: contoso.licenseId, seats: 3, vendorEventId: "more", sequence: 201 },
    "outcome",
  )
  expect(await webhook(contoso.vendor, added.id, ({ enabled }) => !enabled)).toMatchObject({ disabledBecause: "GONE", waiting: 1 })
  await ledger.restart()
  const rotated = await mutate(contoso.vendor, "rotateWebhookSecret", { webhookId: added.id, overlapHours: 0 }, "secret webhook { id }")
  expect(rotated.secret).toMatch(/^whsec_/)
  expect(rotated.secret).not.toBe(secret)
  await mutate(contoso.vendor, "enableWebhook", { webhookId: added.id }, `webhook { ${WEBHOOK} }`)
  await webhook(contoso.vendor, added.id, ({ waiting }) => waiting === 0)
  expect(receiver.received.at(-1)?.event).toMatchObject({ type: "seatledger.seats.changed", data: { seats: 3, previousSeats: 8 } })

  const page = await (await fetch(`${ledger.opened.url}/metrics`)).text()
  expect(page).toMatch(/^seatledger_webhook_attempts_total\{outcome="delivered"\} 1$/m)
  for (const state of ["waiting", "retrying", "disabled", "dead"])
    expect(page).toContain(`seatledger_webhook_backlog_messages{state="${state}"} 0`)
  await mutate(contoso.vendor, "removeWebhook", { webhookId: added.id }, "visible")
})

test("an installation that allows no private networks says so when a webhook is added, and tests nothing", async () => {
  const strict = await RunningLedger.start()
  const fabrikam = await company(strict, { seats: 1, users: [] })
  for (const url of [receiver.url, receiver.url.replace("http:", "https:"), "https://localhost/hook", "https://[fd00::1]/"]) {
    expect(await add(fabrikam.admin, { url })).toMatchObject({
      secret: null,
      refusal: { code: "INVALID_INPUT", message: expect.stringContaining("url") },
    })
  }
  const { webhook: added } = await add(fabrikam.admin, { url: "https://hooks.example/fine" })
  const changed = await mutate(fabrikam.admin, "changeWebhook", { webhookId: added.id, url: receiver.url }, "visible")
  expect(changed).toMatchObject({ refusal: { code: "INVALID_INPUT" } })
  await strict.stop()
})
