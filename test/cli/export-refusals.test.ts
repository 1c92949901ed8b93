/** What `seatledger export` and those who check one say when it cannot be done. */
import { existsSync } from "node:fs"
import { readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import Database from "better-sqlite3"
import { announceServer } from "../../src/cli/data-folder"
import { placesOf } from "../../src/core"
import { type Company, company } from "../end-to-end/company"
import { seatledger } from "../support/program"
import { RunningLedger } from "../support/running-ledger"

let ledger: RunningLedger
let made: Company
beforeAll(async () => {
  ledger = await RunningLedger.start()
  made = await company(ledger, { seats: 2, users: Array.from({ length: 640 }, (_, n) => `person${n}`) })
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
})
afterAll(() => ledger.stop())

const run = (...args: readonly string[]) => seatledger(args, { SEATLEDGER_DATA: ledger.folder })
const kept = (name: string) => join(ledger.folder, name)
const exported = (what: string, out: string, ...more: string[]) =>
  run("export", what, "--organization", made.organizationId, "--out", kept(out), ...more)

test("a file that cannot be written or read is said in a sentence", async () => {
  const nowhere = await exported("seats", "no/such/folder/seats.jsonl")
  expect(nowhere.code).toBe(1)
  expect(nowhere.err).toMatch(/^seatledger: cannot write .*seats\.jsonl\.part: ENOENT[^\n]*\n$/)
  await writeFile(kept("log.vkey"), (await run("checkpoint-key", "--organization", made.organizationId)).out)
  const folder = await run("verify-export", ledger.folder, "--key", kept("log.vkey"))
  expect(folder.err).toMatch(/^seatledger: cannot read .*: EISDIR[^\n]*\n$/)
})

test("an export is never written through a link that lies in its place", async () => {
  await symlink(kept("elsewhere"), kept("seats.jsonl.part"))
  const linked = await exported("seats", "seats.jsonl")
  expect(linked).toMatchObject({ code: 1, err: expect.stringMatching(/cannot write .*EEXIST/) })
  expect(existsSync(kept("elsewhere"))).toBe(false)
  expect(await exported("seats", "seats.jsonl", "--force")).toMatchObject({ code: 0 })
  expect(existsSync(kept("elsewhere"))).toBe(false)
})

test("an organization that is not there has no export that would verify", async () => {
  const typo = await run("export", "history", "--organization", "org_typo", "--out", kept("typo.jsonl"))
  expect(typo).toMatchObject({ code: 1, err: expect.stringMatching(/^seatledger: the server answered: There is no organization org_typo/) })
  expect(existsSync(kept("typo.jsonl"))).toBe(false)
})

test("whoever takes an export of a log that was changed hears it, also when much of it had come already", async () => {
  const log = new Database(placesOf(ledger.folder).log)
  log
    .prepare("update event set type = 'UserReactivated' where revision = 630 and stream = (select id from stream where name = ?)")
    .run(`organization-${made.organizationId}`)
  log.close()
  const cut = await exported("history", "cut.jsonl")
  expect(cut.code).toBe(1)
  expect(cut.err).toMatch(/nothing can be exported that would verify: revision 630 of org_\w+ is not the event of its Merkle tree/)
  expect(existsSync(kept("cut.jsonl"))).toBe(false)
  expect((await readFile(kept("cut.jsonl.part"), "utf8")).split("\n").length).toBeGreaterThan(500)
})
