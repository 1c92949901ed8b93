import type { DeadLettersFound } from "../../src/domain/commands"
import { MESSAGE_TYPES } from "../../src/domain/events"
import type { WebhookId } from "../../src/domain/ids"
import { decideWebhook, evolveWebhooks, MAX_REPLAYED, MAX_WEBHOOKS, type Webhooks } from "../../src/domain/webhooks"

type Command = Parameters<typeof decideWebhook>[1]
const NOW = Date.parse("2026-03-01T08:00:00.000Z")
const hook = "whk_a" as WebhookId
const add: Command = { type: "AddWebhook", webhookId: hook, url: "https://hooks.example/a", secret: "v1.sealed" }

function given(...commands: readonly Command[]) {
  const webhooks: Webhooks = new Map()
  const send = (command: Command) => {
    const decision = decideWebhook(webhooks, command, NOW)
    if ("accept" in decision) for (const event of decision.accept) evolveWebhooks(webhooks, event)
    return decision
  }
  for (const command of commands) send(command)
  return { webhooks, when: send }
}
const change = (changes: object): Command => ({ type: "ChangeWebhook", webhookId: hook, url: "https://hooks.example/a", ...changes })

test("a webhook is added, changed, disabled, enabled, given a new secret and removed, each once", () => {
  const { when, webhooks } = given()
  expect(when({ ...add, types: ["seatledger.seats.released", "seatledger.seats.granted", "seatledger.seats.granted"] })).toEqual({
    accept: [
      {
        type: "WebhookAdded",
        data: {
          webhookId: hook,
          url: "https://hooks.example/a",
          types: ["seatledger.seats.granted", "seatledger.seats.released"],
          secret: "v1.sealed",
        },
      },
    ],
  })
  expect(when(change({ types: ["seatledger.seats.released", "seatledger.seats.granted"] }))).toEqual({ accept: [] })
  expect(when(change({ description: "Desk" }))).toMatchObject({ accept: [{ type: "WebhookChanged", data: { description: "Desk" } }] })
  expect(when({ type: "EnableWebhook", webhookId: hook })).toEqual({ accept: [] })
  expect(when({ type: "DisableWebhook", webhookId: hook, because: "GONE" })).toMatchObject({ accept: [{ data: { because: "GONE" } }] })
  expect(when({ type: "DisableWebhook", webhookId: hook, because: "ASKED" })).toEqual({ accept: [] })
  expect(when(change({ url: "https://hooks.example/b" }))).toMatchObject({ accept: [{ type: "WebhookChanged" }] })
  expect(webhooks.get(hook)).toMatchObject({ url: "https://hooks.example/b", enabled: false })
  expect(when({ type: "EnableWebhook", webhookId: hook })).toMatchObject({ accept: [{ type: "WebhookEnabled" }] })
  expect(when({ type: "RotateWebhookSecret", webhookId: hook, secret: "v1.next", overlapHours: 2 })).toEqual({
    accept: [{ type: "WebhookSecretRotated", data: { webhookId: hook, secret: "v1.next", previousUntil: "2026-03-01T10:00:00.000Z" } }],
  })
  expect(when({ type: "RemoveWebhook", webhookId: hook })).toMatchObject({ accept: [{ type: "WebhookRemoved" }] })
  expect(when({ type: "RemoveWebhook", webhookId: hook })).toEqual({ reject: { code: "NOT_FOUND", field: "webhookId", id: hook } })
})

test("while two secrets sign, another is refused, unless it is to sign alone at once", () => {
  const rotate = (overlapHours: number): Command => ({ type: "RotateWebhookSecret", webhookId: hook, secret: "v1.next", overlapHours })
  const { when } = given(add, rotate(2), change({ description: "Desk" }))
  expect(when(rotate(1))).toEqual({
    reject: {
      code: "INVALID_INPUT",
      field: "overlapHours",
      problem: expect.stringMatching(/^must be 0 until 2026-03-01T10:00:00.000Z, /),
    },
  })
  expect(when(rotate(0))).toMatchObject({ accept: [{ data: { previousUntil: new Date(NOW).toISOString() } }] })
  expect(when(rotate(1))).toMatchObject({ accept: [{ type: "WebhookSecretRotated" }] })
})

test.each([
  ["url", { url: "hooks.example" }],
  ["url", { url: "ftp://hooks.example/a" }],
  ["url", { url: "https://user:secret@hooks.example/a" }],
  ["url", { url: "https://hooks.example/a#b" }],
  ["url", { url: "https://hooks.example/a\u0000" }],
  ["url", { url: `https://hooks.example/${"a".repeat(2000)}` }],
  ["types", { types: [] }],
  ["types", { types: ["seatledger.everything"] }],
  ["description", { description: "a".repeat(501) }],
])("a wrong %s is refused: %j", (field, wrong) => {
  const refused = { reject: { code: "INVALID_INPUT", field } }
  expect(given().when({ ...add, ...wrong })).toMatchObject(refused)
  expect(given(add).when(change(wrong))).toMatchObject(refused)
})

test("an overlap is 0 to 168 whole hours", () => {
  for (const overlapHours of [-1, 169, 1.5]) {
    const decision = given(add).when({ type: "RotateWebhookSecret", webhookId: hook, secret: "s", overlapHours })
    expect(decision).toMatchObject({ reject: { code: "INVALID_INPUT", field: "overlapHours" } })
  }
})

test("there is a limit of webhooks, and removing one makes room", () => {
  const { when } = given()
  for (let n = 0; n < MAX_WEBHOOKS; n++) when({ ...add, webhookId: `whk_${n}` as WebhookId })
  expect(when(add)).toMatchObject({ reject: { code: "INVALID_INPUT", field: "url" } })
  when({ type: "RemoveWebhook", webhookId: "whk_3" })
  expect(when(add)).toMatchObject({ accept: [{ type: "WebhookAdded" }] })
})

test("every message type reads alike", () => {
  for (const type of MESSAGE_TYPES) expect(type).toMatch(/^seatledger\.[a-z]+(\.[a-z]+)+$/)
})

test("rule 36: a message is skipped and dead letters are sent again by events, as long as there is something to do", () => {
  const { when } = given(add)
  const skip = (found: boolean): Command => ({ type: "SkipWebhookMessage", webhookId: hook, eventId: "event-1", found })
  const replay = (found: DeadLettersFound): Command => ({ type: "ReplayDeadLetters", webhookId: hook, found })
  expect(when(skip(true))).toEqual({ accept: [{ type: "WebhookMessageSkipped", data: { webhookId: hook, eventId: "event-1" } }] })
  expect(when(skip(false))).toEqual({ reject: { code: "NOT_FOUND", field: "eventId", id: "event-1" } })
  expect(when(replay({ count: 3 }))).toEqual({ accept: [{ type: "WebhookDeadLettersReplayed", data: { webhookId: hook, count: 3 } }] })
  expect(when(replay({ count: 0, eventIds: [] }))).toEqual({ accept: [] })
  const tooMany = Array.from({ length: MAX_REPLAYED + 1 }, (_, n) => `event-${n}`)
  expect(when(replay({ count: tooMany.length, eventIds: tooMany }))).toMatchObject({ reject: { code: "INVALID_INPUT", field: "eventIds" } })
  expect(given().when(replay({ count: 1 }))).toMatchObject({ reject: { code: "NOT_FOUND", field: "webhookId" } })
})
