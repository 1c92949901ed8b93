import { rm } from "node:fs/promises"
import { join } from "node:path"
import { Webhook } from "standardwebhooks"
import { openReceivers, type Received } from "./receiver"
import { dataIn, HOUR, Sending } from "./sending"

let sending: Sending
beforeEach(async () => {
  sending = await Sending.start()
})
afterEach(() => sending.stop())
const receiver = openReceivers()

/** Answers the new secret. */
async function rotate(webhookId: string, overlapHours = 1): Promise<string> {
  const rotated = await sending.ask("rotateWebhookSecret", { webhookId, overlapHours })
  await sending.heard(rotated)
  return sending.secret(dataIn(rotated, "WebhookSecretRotated").secret)
}

/** Whenever it was sent: the clock is moved by hand. */
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const at = new Date(Number(headers["webhook-timestamp"]) * 1_000)
  const signature = new Webhook(secret).sign(`${headers["webhook-id"]}`, at, body)
  return `${headers["webhook-signature"]}`.split(" ").includes(signature)
}

test("a new secret: for the overlap both sign, then the new one alone", async () => {
  const to = await receiver()
  const { id, secret: old } = await sending.add(to.url)
  const rotated = await sending.ask("rotateWebhookSecret", { webhookId: id, overlapHours: 1 })
  await sending.heard(rotated)
  const next = await sending.secret(dataIn(rotated, "WebhookSecretRotated").secret)
  expect(next).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  await sending.happen(1)
  await to.wait(1)
  const [both] = to.received
  for (const secret of [old, next]) new Webhook(secret).verify(both?.body ?? "", both?.headers as Record<string, string>)
  sending.now += HOUR
  await sending.happen(1)
  await to.wait(2)
  const [, alone] = to.received
  expect(alone?.headers["webhook-signature"]).toBe(
    new Webhook(next).sign(`${alone?.headers["webhook-id"]}`, new Date(sending.now), alone?.body ?? ""),
  )
})

test("the vault was lost: whatever can be signed for is sent, and the others wait for a new secret", async () => {
  const [first, second] = [await receiver(), await receiver()]
  const [one, other] = [await sending.add(first.url), await sending.add(second.url)]
  await sending.close()
  for (const end of ["", "-wal", "-shm"]) await rm(join(sending.folder, `vault.sqlite${end}`), { force: true })
  sending.open()

  // A new key, with which the secrets before it cannot be opened: the one of the overlap, and the other webhook's.
  const next = await rotate(one.id)
  await sending.happen(1)
  await first.wait(1)
  expect([next, one.secret].map((secret) => first.received.map((message) => isSignedBy(secret, message)))).toEqual([[true], [false]])
  await sending.until(other.id, ({ failures }) => failures === 1)
  expect(await sending.webhooks.attempts({ webhookId: other.id, limit: 10 })).toMatchObject([{ problem: "SECRET_LOST", outcome: "FAILED" }])

  const nextOfOther = await rotate(other.id)
  sending.later(HOUR)
  await second.wait(1)
  expect(second.received.map((message) => isSignedBy(nextOfOther, message))).toEqual([true])
})
