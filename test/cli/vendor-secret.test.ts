/** `seatledger vendor secret` as people run it, beside a running server and without one. */
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { announceServer, withdrawServer } from "../../src/cli/data-folder"
import { VendorClient } from "../api/vendor/vendor-client"
import { type Company, company } from "../end-to-end/company"
import { seatledger } from "../support/program"
import { RunningLedger } from "../support/running-ledger"

let ledger: RunningLedger
let made: Company
beforeAll(async () => {
  ledger = await RunningLedger.start()
  made = await company(ledger, { seats: 1, users: [] })
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
})
afterAll(async () => {
  await ledger.stop()
})

const secret = (...args: readonly string[]) => seatledger(["vendor", "secret", ...args], { SEATLEDGER_DATA: ledger.folder })

let events = 0
async function status(key: string): Promise<number> {
  const client = new VendorClient(() => ledger.opened.url, made.vendorId, key.trim())
  events++
  return (await client.event({ id: `event ${events}`, sequence: String(events), data: { licenseId: made.licenseId, seats: events } }))
    .status
}

test("beside a running server: a secret is printed once and alone, listed without it, replaced, and revoked", async () => {
  const created = await secret("create", "--vendor", made.vendorId)
  expect(created).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=\n$/) })
  const [id = ""] = /sec_[a-z0-9]+/.exec(created.err) ?? []
  expect(await status(created.out)).toBe(200)

  const listed = await secret("list", "--vendor", made.vendorId)
  expect(listed.out).toMatch(/^SECRET +TYPE +CREATED +STATE +LAST USED +USES\n/)
  expect(listed.out).toMatch(new RegExp(`${id} +hmac +\\S+Z +active +\\S+Z +1\\n$`))
  expect(listed.out + listed.err).not.toContain("whsec_")

  const rotated = await secret("rotate", id, "--overlap", "2")
  expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^whsec_\S+\n$/), err: expect.stringContaining("another 2 h") })
  expect([await status(created.out), await status(rotated.out)]).toEqual([200, 200])
  expect((await secret("list", "--vendor", made.vendorId)).out).toMatch(/active until /)

  expect(await secret("revoke", id)).toMatchObject({ code: 0, out: "" })
  expect([await status(created.out), await status(rotated.out)]).toEqual([401, 200])
  expect((await secret("list", "--vendor", made.vendorId)).out).toMatch(new RegExp(`${id}.* revoked `))
})

test("without a server it works on the folder itself; ed25519", async () => {
  await withdrawServer(ledger.folder)
  await ledger.pause()
  const created = await secret("create", "--vendor", made.vendorId, "--type", "ed25519")
  expect(created).toMatchObject({ code: 0, out: expect.stringMatching(/^whsk_[A-Za-z0-9+/]{86}==\n$/) })
  await ledger.resume()
  expect(await status(created.out)).toBe(200)
  // The private key is nowhere in the data folder, nor is an HMAC secret readable in the log.
  for (const file of ["events.sqlite", "events.sqlite-wal", "vault.sqlite", "operations.sqlite"]) {
    const bytes = await readFile(join(ledger.folder, file)).catch(() => Buffer.alloc(0))
    expect(bytes.includes(created.out.trim())).toBe(false)
    expect(bytes.includes("whsec_")).toBe(false)
  }
})

test("what cannot be done is said in a sentence", async () => {
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
  expect(await secret("create", "--vendor", "halyardic")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("no vendor id") })
  expect(await secret("create", "--vendor", "vnd_none")).toMatchObject({ code: 1, out: "", err: expect.stringContaining("vnd_none") })
  expect(await secret("create", "--vendor", made.vendorId, "--type", "rsa")).toMatchObject({ code: 2, out: "" })
  expect(await secret("rotate", "sec_none")).toMatchObject({ code: 1, out: "", err: expect.stringContaining("sec_none") })
  expect(await secret("revoke", "whsec_abc")).toMatchObject({ code: 2, out: "", err: expect.stringContaining("no id of a secret") })
  expect(await secret("list", "--vendor", "vnd_none")).toMatchObject({ code: 0, out: "", err: expect.stringContaining("has no secrets") })
})
