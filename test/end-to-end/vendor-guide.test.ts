/** "Connect a vendor in ten minutes": the commands of the page, run by bash in one shell, as a reader does. */
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runPage } from "../support/page"
import { environment, type Program, startSeatledger } from "../support/program"

let folder: string
let demo: Program
/** What each block printed, by the heading above it and its number below that. */
let printed: ReadonlyMap<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seatledger-guide-"))
  const settings = { SEATLEDGER_DATA: join(folder, "data") }
  demo = startSeatledger(["demo"], { ...settings, PORT: "0" })
  await demo.says(/Ctrl-C stops the server/)
  const { url } = JSON.parse(await readFile(join(folder, "data/server.json"), "utf8"))
  printed = await runPage("docs/connect-a-vendor.md", environment({ ...settings, LEDGER: url }))
})
afterAll(async () => {
  demo.process.kill("SIGTERM")
  await demo.ended
  await rm(folder, { recursive: true, force: true })
})

/** The JSON that each line of a block's answer is. */
function answers(name: string): unknown[] {
  return (printed.get(name) ?? "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
}

test("a secret is made, and shown here without what is secret", () => {
  expect(printed.get("1. Get a secret (1)")).toBe("whsec_…\n")
})

test("a change is applied; sent again it gets the same answer; another content gets 409", () => {
  const [first] = answers("3. Push a change of seats (1)")
  expect(first).toMatchObject({ outcome: "APPLIED", organizationId: "org_demo", overassignedBy: expect.any(Number) })
  expect(answers("4. Send it again (1)")).toEqual([first])
  expect(answers("4. Send it again (2)")).toMatchObject([{ status: 409, code: "IDEMPOTENCY_CONFLICT" }])
})

test("an old one is stale, a forged and a replayed one get 401, and text for a number 400", () => {
  expect(answers("5. Send an old one (1)")).toMatchObject([{ outcome: "STALE" }])
  expect(answers("6. Try to forge one (1)")).toMatchObject([
    { status: 401, code: "SIGNATURE_WRONG" },
    { status: 401, code: "SIGNATURE_TOO_OLD" },
  ])
  expect(answers("6. Try to forge one (2)")).toMatchObject([{ status: 400, code: "INVALID_INPUT", field: "data.seats" }])
})

test("the license says what was pushed, and the right comes with its tag", () => {
  const [{ licenses }] = answers("7. Read your licenses (1)") as [{ licenses: Record<string, unknown>[] }]
  expect(licenses).toMatchObject([
    { productName: "Kestrelle Insight", quantity: expect.any(Number), sequence: expect.stringMatching(/^\d{10}$/) },
  ])
  // As step 3 sent it: neither what was stale, forged or replayed nor what could not be read has changed anything.
  expect(licenses[0]?.quantity).toBe(130 + (Number(licenses[0]?.sequence) % 50))
  const right = printed.get("8. Ask for a right (1)") ?? ""
  expect(right).toMatch(/^HTTP\/1.1 200 OK/)
  expect(right).toMatch(/^etag: "/im)
  expect(JSON.parse(right.trim().split("\n").at(-1) ?? "")).toMatchObject({ user: "adele", mayUse: expect.any(Boolean) })
})

test("the ledger shows all that was signed well, and nothing of the forgeries", () => {
  const [{ data }] = answers("9. See what the ledger recorded (1)") as [{ data: { vendorEvents: { nodes: Record<string, unknown>[] } } }]
  const { nodes } = data.vendorEvents
  expect(nodes.slice(0, 5).map(({ outcome }) => outcome)).toEqual(["REFUSED", "STALE", "REFUSED", "REPEATED", "APPLIED"])
  expect(JSON.stringify(nodes)).not.toMatch(/forged|replayed/)
  expect(printed.get("10. Clean up (1)")).toMatch(/sec_/)
})
