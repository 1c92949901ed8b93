import { generateKeyPairSync, randomBytes } from "node:crypto"
import { Webhook } from "standardwebhooks"
import { signedHeaders, signingSecret } from "../../../src/api/vendor/signature"
import type { VerifyingSecret } from "../../../src/commands/requests"
import { RunningLedger } from "../../support/running-ledger"
import {
  type Connected,
  connected,
  createSecret,
  eventsOf,
  type Json,
  type Sending,
  seatsOf,
  signatureOf,
  VendorClient,
} from "./vendor-client"

const NOW = 1_614_265_330_000

function verifies(
  secret: Partial<VerifyingSecret> & { readonly key: string },
  headers: Record<string, string>,
  body: string | Buffer,
): boolean {
  const signed = signedHeaders(headers, NOW)
  if ("status" in signed) throw new Error(signed.detail)
  const known: VerifyingSecret = { secretId: "sec_1" as VerifyingSecret["secretId"], algorithm: "HMAC_SHA256", ...secret }
  return signingSecret(signed, Buffer.from(body), [known]) !== undefined
}

describe("Standard Webhooks 1.0 beside its reference library", () => {
  const hmac = () => `whsec_${randomBytes(24 + Math.floor(Math.random() * 41)).toString("base64")}`

  test("v1: whatever the library signs is verified, and nothing that was changed is, as the library says", () => {
    for (let n = 0; n < 200; n++) {
      const [key, id, body] = [hmac(), `msg_${n}`, JSON.stringify({ n, text: "ä€😀".repeat(n % 7) })]
      const signature = new Webhook(key).sign(id, new Date(NOW), body)
      const headers = { "webhook-id": id, "webhook-timestamp": String(NOW / 1000), "webhook-signature": signature }
      expect(verifies({ key }, headers, body)).toBe(true)
      expect(verifies({ key: hmac() }, headers, body)).toBe(false)
      expect(verifies({ key }, headers, `${body} `)).toBe(false)
      expect(verifies({ key }, { ...headers, "webhook-id": `${id}0` }, body)).toBe(false)
      expect(verifies({ key }, { ...headers, "webhook-timestamp": String(NOW / 1000 + 1) }, body)).toBe(false)
      expect(verifies({ key }, { ...headers, "webhook-signature": `v1,AAAA v2,x ${signature}` }, body)).toBe(true)
      expect(verifies({ key }, { ...headers, "webhook-signature": signature.replace("v1,", "v1a,") }, body)).toBe(false)
      expect(verifies({ key }, { ...headers, "webhook-signature": signature.replace("v1,", "v2,") }, body)).toBe(false)
      expect(verifies({ key }, { ...headers, "webhook-signature": signature.slice(0, -8) }, body)).toBe(false)
    }
  })

  test("v1: the example of the specification's libraries", () => {
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    expect(verifies({ key: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, headers, '{"test": 2432232314}')).toBe(true)
  })

  test("v1a: the key pair that the reference implementation tests with", () => {
    const secret = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
    const key = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
    const body = '{"test": 2432232314}'
    const signature = signatureOf(secret, "msg_1", NOW / 1000, body)
    const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(NOW / 1000), "webhook-signature": signature }
    const known = { algorithm: "ED25519", key } as const
    expect(verifies(known, headers, body)).toBe(true)
    expect(verifies(known, headers, `${body}\n`)).toBe(false)
    expect(verifies(known, { ...headers, "webhook-signature": signature.replace("v1a", "v1") }, body)).toBe(false)
    const stray = `v1a,${Buffer.alloc(64).toString("base64")}`
    // Checking one takes a look at the whole body, so no more are looked at than a change of keys needs.
    expect(verifies(known, { ...headers, "webhook-signature": `v1,AAAA v1a,AAAA ${stray} ${signature}` }, body)).toBe(true)
    expect(verifies(known, { ...headers, "webhook-signature": `${stray} ${stray} ${signature}` }, body)).toBe(false)
    const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" })
    const other = `whpk_${Buffer.from(x as string, "base64url").toString("base64")}`
    expect(verifies({ algorithm: "ED25519", key: other }, headers, body)).toBe(false)
  })
})

describe("over HTTP", () => {
  let ledger: RunningLedger
  let one: Connected
  beforeAll(async () => {
    ledger = await RunningLedger.start()
    one = await connected(ledger)
  })
  afterAll(() => ledger.stop())

  let numbers = 0
  const next = (): Json => ({ id: `event ${++numbers}`, sequence: String(numbers), data: { licenseId: one.licenseId, seats: 3 + numbers } })
  const now = () => Math.floor(Date.now() / 1000)
  const untouched = async (send: () => Promise<unknown>) => {
    const streams = [`organization-${one.organizationId}`, `vendor-${one.vendorId}`]
    const before = (await Promise.all(streams.map((stream) => eventsOf(ledger, stream)))).map((events) => events.length)
    await send()
    expect((await Promise.all(streams.map((stream) => eventsOf(ledger, stream)))).map((events) => events.length)).toEqual(before)
  }

  /** `age` in seconds, of when it is sent. */
  type Sent = Omit<Sending, "body"> & { readonly age?: number }
  test.each<readonly [string, Sent, string, string]>([
    ["a wrong signature", { signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" }, "SIGNATURE_WRONG", "webhook-signature"],
    ["a wrong key", { secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] }, "SIGNATURE_WRONG", "webhook-signature"],
    ["words", { signature: "hello, world" }, "SIGNATURE_WRONG", "webhook-signature"],
    ["a thousand signatures", { signature: "v1a,AAAA ".repeat(1_000).trim() }, "SIGNATURE_WRONG", "webhook-signature"],
    ["no signature", { headers: { "webhook-signature": "" } }, "SIGNATURE_MISSING", "webhook-signature"],
    ["no id", { headers: { "webhook-id": "" } }, "SIGNATURE_MISSING", "webhook-id"],
    ["no time stamp", { headers: { "webhook-timestamp": "" } }, "SIGNATURE_MISSING", "webhook-timestamp"],
    ["a time stamp that is none", { headers: { "webhook-timestamp": "2026-01-01" } }, "SIGNATURE_MISSING", "webhook-timestamp"],
    ["an old signature", { age: 400 }, "SIGNATURE_TOO_OLD", "webhook-timestamp"],
    ["one of the future", { age: -400 }, "SIGNATURE_TOO_OLD", "webhook-timestamp"],
  ])("%s changes nothing, is recorded nowhere, and says why", async (_, { age = 0, ...sending }: Sent, code, field) => {
    await untouched(async () => {
      const { status, body, headers } = await one.client.event(next(), { timestamp: now() - age, ...sending })
      expect({ status, code: body.code, field: body.field }).toEqual({ status: 401, code, field })
      expect(headers.get("www-authenticate")).toMatch(/StandardWebhooks/)
      expect(headers.get("content-type")).toMatch(/^application\/problem\+json/)
      expect(JSON.stringify(body)).not.toContain("whsec_")
    })
  })

  test("five minutes either way are taken, and no more", async () => {
    for (const age of [-290, 290]) expect((await one.client.event(next(), { timestamp: now() - age })).status).toBe(200)
    for (const age of [-310, 310]) expect((await one.client.event(next(), { timestamp: now() - age })).status).toBe(401)
  })

  test("a request that somebody overheard: sent again as it was it changes nothing, sent again changed it is refused", async () => {
    const body = JSON.stringify(one.client.cloudEvent(next()))
    const [messageId, timestamp] = ["msg_overheard", now()]
    const signature = signatureOf(one.client.secret, messageId, timestamp, body)
    const first = await one.client.send("/events", { body, messageId, timestamp, signature })
    expect((await one.client.send("/events", { body, messageId, timestamp, signature })).body).toEqual(first.body)
    await untouched(async () => {
      const send = (changed: object) => one.client.send("/events", { body, messageId, timestamp, signature, ...changed })
      expect((await send({ body: body.replace('"seats":', '"seats": ') })).status).toBe(401)
      expect((await send({ timestamp: timestamp + 1 })).status).toBe(401)
      expect((await send({ messageId: "msg_other" })).status).toBe(401)
    })
  })

  test("one good signature among others is enough", async () => {
    const { secret } = one.client
    const others = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", secret]
    expect((await one.client.event(next(), { secrets: others })).status).toBe(200)
    const [body, messageId, timestamp] = [JSON.stringify(one.client.cloudEvent(next())), "msg", now()]
    const signature = `v2,whatever ${signatureOf(secret, messageId, timestamp, body)}`
    expect((await one.client.send("/events", { body, messageId, timestamp, signature })).status).toBe(200)
  })

  test("ed25519 beside HMAC, and neither in the place of the other", async () => {
    const { secret } = await createSecret(one.operator, one.vendorId, "ED25519")
    expect(secret).toMatch(/^whsk_/)
    const client = new VendorClient(one.client.url, one.vendorId, secret)
    const event = next()
    expect(await client.event(event)).toMatchObject({ status: 200, body: { outcome: "APPLIED" } })
    expect((await one.client.event(event)).status).toBe(200) // the same message, signed by the other secret
    // The public key is public: as if it were an HMAC secret it opens nothing.
    const created = (await eventsOf(ledger, `vendor-${one.vendorId}`)).filter(({ type }) => type === "VendorSecretCreated")
    const publicKey: string = created.at(-1)?.data.key
    expect(publicKey).toMatch(/^whpk_/)
    const forged = publicKey.replace("whpk_", "whsec_")
    expect((await one.client.event(next(), { secrets: [forged] })).status).toBe(401)
  })

  test("rotation: both are good for a while; then, and after a revocation, the old one is not", async () => {
    const made = await connected(ledger)
    const old = made.client
    const list = () => secretsOf(made)
    const [{ id: oldId }] = await list()
    const rotated = await rotate(made, oldId, 24)
    const fresh = new VendorClient(old.url, made.vendorId, rotated.secret)
    const say = (client: VendorClient, id: string, sending = {}) =>
      client.event({ id, sequence: "1", data: { licenseId: made.licenseId, seats: 4 } }, sending)
    for (const client of [old, fresh]) expect((await say(client, "overlap")).status).toBe(200)
    expect((await say(old, "overlap", { secrets: [old.secret, fresh.secret] })).status).toBe(200)
    expect(await list()).toMatchObject([
      { id: rotated.id, active: true, uses: 1, expiresAt: null },
      { id: oldId, active: true, uses: 3 - 1, revokedAt: null, expiresAt: expect.any(String) },
    ])

    const last = await rotate(made, rotated.id, 0)
    expect((await say(fresh, "after the overlap")).status).toBe(401)
    await made.operator.ask(`mutation ($id: ID!) { revokeVendorSecret(input: { secretId: $id }) { refusal { message } } }`, { id: oldId })
    expect((await say(old, "revoked")).status).toBe(401)
    expect((await say(new VendorClient(old.url, made.vendorId, last.secret), "last")).status).toBe(200)
    expect((await list()).map(({ active }: Json) => active)).toEqual([true, false, false])
    expect((await seatsOf(made)).seats.purchased).toBe(4)
  })

  test("a secret of one vendor is nothing for another", async () => {
    const other = await connected(ledger)
    await untouched(async () => {
      const thief = new VendorClient(one.client.url, one.vendorId, other.client.secret)
      expect((await thief.event(next())).status).toBe(401)
    })
  })
})

async function secretsOf({ operator, vendorId }: Connected): Promise<Json> {
  const { vendorSecrets } = await operator.ask(
    `query ($id: ID!) { vendorSecrets(vendorId: $id) { id algorithm createdAt expiresAt revokedAt active lastUsedAt uses } }`,
    { id: vendorId },
  )
  return vendorSecrets
}

async function rotate({ operator }: Connected, secretId: string, overlapHours: number): Promise<{ id: string; secret: string }> {
  const { rotateVendorSecret } = await operator.ask(
    `mutation ($input: RotateVendorSecretInput!) { rotateVendorSecret(input: $input) { secret vendorSecret { id } refusal { message } } }`,
    { input: { secretId, overlapHours } },
  )
  return { id: rotateVendorSecret.vendorSecret.id, secret: rotateVendorSecret.secret }
}
