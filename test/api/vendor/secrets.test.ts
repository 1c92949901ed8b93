import { rm } from "node:fs/promises"
import { join } from "node:path"
import { expectValidEvent } from "../../events/expect-valid-event"
import type { Caller } from "../../support/running-ledger"
import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, createSecret, type Json, VendorClient } from "./vendor-client"

const HOUR_MS = 3_600_000
let later = 0
let ledger: RunningLedger
let one: Connected
beforeAll(async () => {
  ledger = await RunningLedger.start({}, { now: () => Date.now() + later })
})
afterAll(() => ledger.stop())
beforeEach(async () => {
  one = await connected(ledger)
})

const CREATE = `mutation ($input: CreateVendorSecretInput!) { answer: createVendorSecret(input: $input) { secret vendorSecret { id uses } refusal { code message } } }`
const ROTATE = `mutation ($input: RotateVendorSecretInput!) { answer: rotateVendorSecret(input: $input) { secret vendorSecret { id algorithm } refusal { code message } } }`
const REVOKE = `mutation ($input: RevokeVendorSecretInput!) { answer: revokeVendorSecret(input: $input) { vendorSecret { active } refusal { code message } } }`
const ask = async (document: string, input: Json, caller: Caller = one.operator): Promise<Json> =>
  (await caller.ask(document, { input })).answer
const list = async (): Promise<Json> =>
  (
    await one.operator.ask(`query ($id: ID!) { vendorSecrets(vendorId: $id) { id active uses lastUsedAt algorithm } }`, {
      id: one.vendorId,
    })
  ).vendorSecrets

let events = 0
async function status(secret: string): Promise<number> {
  events++
  const client = new VendorClient(() => ledger.opened.url, one.vendorId, secret)
  const timestamp = Math.floor((Date.now() + later) / 1000)
  const event = { id: `event ${events}`, sequence: String(events), data: { licenseId: one.licenseId, seats: events } }
  return (await client.event(event, { timestamp })).status
}

test("a secret is told once: a repeat of the key finds it made, and has no answer to give", async () => {
  const input = { vendorId: one.vendorId, idempotencyKey: "once" }
  const [first, ...others] = await Promise.all([ask(CREATE, input), ask(CREATE, input), ask(CREATE, input)])
  const told = [first, ...others].filter(({ secret }) => secret !== null)
  expect(told).toHaveLength(1)
  expect(new Set([first, ...others].map(({ vendorSecret }) => vendorSecret.id)).size).toBe(1)
  expect(await ask(CREATE, input)).toMatchObject({ secret: null, vendorSecret: { id: first.vendorSecret.id }, refusal: null })
  expect(await status(told[0].secret)).toBe(200)
})

test("the log holds no secret, and what it holds is described", async () => {
  const { secret } = await createSecret(one.operator, one.vendorId, "ED25519")
  const rotated = await ask(ROTATE, { secretId: (await list())[0].id })
  expect(rotated.vendorSecret.algorithm).toBe("ED25519") // of the kind that it replaces
  await ask(REVOKE, { secretId: rotated.vendorSecret.id })
  const types = []
  for await (const page of ledger.opened.eventStore.read(`vendor-${one.vendorId}`, 0)) {
    for (const event of page) {
      expectValidEvent(event)
      types.push(event.type)
      for (const told of [secret, rotated.secret, one.client.secret]) expect(JSON.stringify(event)).not.toContain(told.slice(6))
    }
  }
  expect(types.filter((type) => type.startsWith("VendorSecret"))).toEqual([
    "VendorSecretCreated",
    "VendorSecretCreated",
    "VendorSecretCreated",
    "VendorSecretExpires",
    "VendorSecretRevoked",
  ])
})

test("the old secret is good to the end of the overlap, and not after it", async () => {
  const [{ id }] = await list()
  const { secret } = await ask(ROTATE, { secretId: id, overlapHours: 24 })
  try {
    later = 24 * HOUR_MS - 60_000
    expect([await status(one.client.secret), await status(secret)]).toEqual([200, 200])
    later = 24 * HOUR_MS + 60_000
    expect([await status(one.client.secret), await status(secret)]).toEqual([401, 200])
    expect((await list()).map(({ active }: Json) => active)).toEqual([true, false])
    expect(await ask(ROTATE, { secretId: id })).toMatchObject({
      refusal: { code: "INVALID_INPUT", message: expect.stringMatching(/expired at/) },
    })
  } finally {
    later = 0
  }
})

test("what cannot be done says why", async () => {
  const [{ id }] = await list()
  expect(await ask(ROTATE, { secretId: id, overlapHours: -1 })).toMatchObject({
    refusal: { message: expect.stringMatching(/overlapHours/) },
  })
  await ask(ROTATE, { secretId: id })
  expect(await ask(ROTATE, { secretId: id })).toMatchObject({ refusal: { message: expect.stringMatching(/replaced already/) } })
  expect(await ask(REVOKE, { secretId: id })).toMatchObject({ vendorSecret: { active: false }, refusal: null })
  expect(await ask(REVOKE, { secretId: id })).toMatchObject({ vendorSecret: { active: false }, refusal: null })
  expect(await ask(ROTATE, { secretId: id })).toMatchObject({ refusal: { message: expect.stringMatching(/is revoked/) } })
  expect(await ask(REVOKE, { secretId: "sec_none" })).toMatchObject({ refusal: { code: "NOT_FOUND" } })
  expect(await ask(CREATE, { vendorId: "vnd_none" })).toMatchObject({ secret: null, refusal: { code: "NOT_FOUND" } })
  for (let n = 1; n < 5; n++) expect(await ask(CREATE, { vendorId: one.vendorId })).toMatchObject({ refusal: null })
  expect(await ask(CREATE, { vendorId: one.vendorId })).toMatchObject({
    secret: null,
    refusal: { message: expect.stringMatching(/revoke one first/) },
  })
})

test("rule 38: nobody but an operator makes or sees them", async () => {
  for (const caller of [one.admin, one.vendor]) {
    const { errors } = await caller.send(CREATE, { input: { vendorId: one.vendorId } })
    expect(errors?.[0]?.extensions?.code).toBe("FORBIDDEN")
  }
})

test("uses and the last of them are shown, and outlive a restart", async () => {
  expect(await list()).toMatchObject([{ uses: 0, lastUsedAt: null }])
  for (let n = 0; n < 3; n++) await status(one.client.secret)
  await status("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
  const before = await list()
  expect(before).toMatchObject([{ uses: 3, lastUsedAt: expect.any(String) }])
  await ledger.restart()
  expect(await list()).toEqual(before)
})

test("the vault was lost: its HMAC secrets verify nothing, and a new one does", async () => {
  const { secret: pair } = await createSecret(one.operator, one.vendorId, "ED25519")
  await ledger.pause()
  for (const end of ["", "-wal", "-shm"]) await rm(join(ledger.folder, `vault.sqlite${end}`), { force: true })
  await ledger.resume()
  expect([await status(one.client.secret), await status(pair)]).toEqual([401, 200])
  const { secret } = await createSecret(one.operator, one.vendorId)
  expect([await status(one.client.secret), await status(pair), await status(secret)]).toEqual([401, 200, 200])
})
