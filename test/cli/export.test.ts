/** `seatledger export` and `verify-export` as people run them, and an auditor's day: take a file, check it, have it tampered with. */
import { existsSync } from "node:fs"
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { announceServer, withdrawServer } from "../../src/cli/data-folder"
import { demoCompany } from "../../src/cli/demo/company"
import { filesWith } from "../erasure/bytes"
import { type Demo, startDemo } from "../support/demo"
import { seatledger, start } from "../support/program"
import { until } from "../support/until"

// Dozens of processes, one after the other.
jest.setTimeout(300_000)

const PYTHON = join(__dirname, "../../docs/verify_export.py")

let made: Demo
let ledger: Demo["ledger"]
let key: string
beforeAll(async () => {
  made = await startDemo()
  ledger = made.ledger
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
  key = kept("log.vkey")
  await writeFile(key, (await run("checkpoint-key", "--organization", made.organizationId)).out)
})
afterAll(() => ledger.stop())

const run = (...args: readonly string[]) => seatledger(args, { SEATLEDGER_DATA: ledger.folder })
const kept = (name: string) => join(ledger.folder, name)
const exported = (what: string, out: string, ...more: string[]) =>
  run("export", what, "--organization", made.organizationId, "--out", kept(out), ...more)
const verdictOf = (file: string, ...more: string[]) => run("verify-export", kept(file), "--key", key, ...more)

test("an export is verified, and one flipped byte, one removed line and two swapped lines are named; Python agrees", async () => {
  const done = await exported("history", "history.jsonl")
  expect(done).toMatchObject({
    code: 0,
    out: "",
    err: expect.stringContaining(`history.jsonl: history of ${made.organizationId} at revision ${made.revision}, root `),
  })
  expect(done.err).toMatch(/^export of history: +100 % ([\d,]+) of \1 lines, \d+\.\d MB$/m)
  expect((await stat(kept("history.jsonl"))).mode & 0o777).toBe(0o600)
  expect(existsSync(kept("history.jsonl.part"))).toBe(false)

  const file = await readFile(kept("history.jsonl"))
  const lines = file.toString("utf8").split("\n")
  const line = lines.findIndex((text) => text.includes('"revision":1017,'))
  const flipped = Buffer.from(file)
  const at = file.indexOf('"revision":1017,') - 100
  flipped[at] = (flipped[at] as number) ^ 1
  const changed = {
    "history.jsonl": file,
    "flipped.jsonl": flipped,
    "removed.jsonl": lines.toSpliced(line, 1).join("\n"),
    "swapped.jsonl": lines.toSpliced(line, 2, lines[line + 1] as string, lines[line] as string).join("\n"),
  }
  const verdicts = [
    `VERIFIED: ${made.revision} events of ${made.organizationId}, revisions 1 to ${made.revision}: all of them, none changed, removed, inserted or reordered`,
    "NOT VERIFIED: revision 1017 was changed",
    "NOT VERIFIED: revision 1017 is missing",
    "NOT VERIFIED: revisions 1017 and 1018 are swapped",
  ]
  for (const [n, [name, text]] of Object.entries(changed).entries()) {
    await writeFile(kept(name), text)
    const ours = await verdictOf(name)
    const theirs = await start("python3", ["-B", PYTHON, "--key", key, kept(name)]).ended
    expect(ours.out.split("\n")[0]).toBe(verdicts[n])
    expect(ours.code).toBe(n === 0 ? 0 : 1)
    expect(theirs).toMatchObject({ code: ours.code, out: ours.out })
  }
})

test("a history goes on from an earlier export, and from a checkpoint", async () => {
  await exported("history", "earlier.jsonl", "--revision", "10")
  await exported("history", "later.jsonl")
  expect(await verdictOf("later.jsonl", "--previous", kept("earlier.jsonl"))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^extends the checkpoint of revision 10, root /m),
  })
  await writeFile(kept("kept.checkpoint"), (await run("checkpoint", "--organization", made.organizationId, "--revision", "5")).out)
  expect(await verdictOf("later.jsonl", "--previous", kept("kept.checkpoint"))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/revision 5,/),
  })
  expect(await verdictOf("earlier.jsonl", "--previous", kept("later.jsonl"))).toMatchObject({
    code: 1,
    out: expect.stringMatching(/give the newer one to verify/),
  })
  await writeFile(kept("no.checkpoint"), "nothing\n")
  expect(await verdictOf("later.jsonl", "--previous", kept("no.checkpoint"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/neither an export nor a checkpoint/),
  })
})

test("a file that was cut off goes on where it ends, and no other is taken for it", async () => {
  await exported("history", "whole.jsonl")
  const whole = await readFile(kept("whole.jsonl"))
  const cutAfter = (bytes: number) => writeFile(kept("cut.jsonl.part"), whole.subarray(0, bytes))
  for (const bytes of [100, 2_000, whole.length - 1, whole.length]) {
    await cutAfter(bytes)
    expect(await exported("history", "cut.jsonl", "--resume")).toMatchObject({ code: 0 })
    // Without a whole header there is nothing to go on with: the export is a new one, of a later time.
    if (bytes >= 2_000) expect((await readFile(kept("cut.jsonl"))).equals(whole)).toBe(true)
    else expect(await verdictOf("cut.jsonl")).toMatchObject({ code: 0 })
    await rm(kept("cut.jsonl"))
  }
  await cutAfter(0)
  await exported("history", "cut.jsonl", "--resume")
  expect(await exported("history", "cut.jsonl", "--resume")).toMatchObject({ code: 0, err: expect.stringMatching(/nothing to resume/) })
  await rm(kept("cut.jsonl"))

  await cutAfter(whole.length - 1)
  expect(await exported("history", "cut.jsonl")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/--resume goes on with it, --force begins anew/),
  })
  expect(await exported("seats", "cut.jsonl", "--resume")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/is of another export \(history of/),
  })
  expect(await exported("history", "cut.jsonl", "--resume", "--revision", "3")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/the revision is not what is asked/),
  })
  const changed = whole.toString("utf8").slice(0, -500).replace("UserProvisioned", "UserProvisioneD")
  await writeFile(kept("cut.jsonl.part"), changed)
  expect(await exported("history", "cut.jsonl", "--resume")).toMatchObject({ code: 1, err: expect.stringMatching(/Begin the export anew/) })
  expect(await exported("history", "cut.jsonl", "--force")).toMatchObject({ code: 0 })
})

test("nothing is overwritten, and what cannot be done is said in a sentence", async () => {
  await writeFile(kept("mine.txt"), "mine")
  expect(await exported("seats", "mine.txt")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/is there already; --force writes it anew/),
  })
  expect(await readFile(kept("mine.txt"), "utf8")).toBe("mine")
  expect(await exported("assignments", "mine.txt", "--force")).toMatchObject({
    code: 0,
    err: expect.stringMatching(/^export of assignments: [1-9][\d,]* lines, \d+\.\d MB$/m), // how many there will be is not known
  })
  expect(await exported("seats", "a.jsonl", "--revision", "9999")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/9999 has not happened yet/),
  })
  expect(await exported("seats", "a.jsonl", "--at", "noon")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/at must be a day such as/),
  })
  expect(await exported("people", "a.jsonl")).toMatchObject({ code: 2 })
  expect(await run("export", "seats", "--organization", "demo", "--out", kept("a.jsonl"))).toMatchObject({ code: 2 })
  expect(existsSync(kept("a.jsonl"))).toBe(false)
  expect(await run("verify-export", kept("absent"), "--key", key)).toMatchObject({ code: 2, err: expect.stringMatching(/cannot read/) })
  expect(await run("verify-export", kept("mine.txt"), "--key", "nonsense")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/takes a verifier key/),
  })
})

describe("without a server, on a folder whose read models are lost", () => {
  beforeAll(async () => {
    await withdrawServer(ledger.folder)
    await ledger.pause()
  })
  afterAll(() => ledger.resume())
  beforeEach(async () => {
    for (const file of await readdir(ledger.folder)) if (file.startsWith("read-models.")) await rm(kept(file))
  })

  test("an export has all that is recorded, never the part that is shown so far", async () => {
    const done = await exported("history", "offline.jsonl")
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining(`at revision ${made.revision},`) })
    expect(await verdictOf("offline.jsonl")).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^VERIFIED: ${made.revision} events`)),
    })
  })

  test("a revision that is recorded is waited for, and not taken for one that has not happened", async () => {
    const done = await exported("seats", "recorded.jsonl", "--revision", String(made.revision))
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining(`at revision ${made.revision},`) })
  })

  test("an export of a moment has all that was recorded by then", async () => {
    const events = (await readFile(kept("history.jsonl"), "utf8"))
      .split("\n")
      .flatMap((line) => (line.startsWith('{"kind":"event"') ? [JSON.parse(line).event] : []))
    // A day in the past that ends with a revision beyond what the read models show first.
    const day: string = events[1_200].metadata.recordedAt.slice(0, 10)
    const revision = events.findLast(({ metadata }) => metadata.recordedAt < `${day}T23:59:59.999Z`).revision
    expect(revision).toBeGreaterThan(1_200)
    expect(revision).toBeLessThan(made.revision)
    const done = await exported("seats", "then.jsonl", "--at", day)
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining(`at revision ${revision},`) })
  })
})

test("rule 28: after somebody is erased, the name is in no file of the server, and every proof made before still verifies", async () => {
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
  const { organizationId, revision } = made
  // Exports of rows name people as they were called then: what has left the ledger is not the server's to erase.
  for (const taken of ["mine.txt", "recorded.jsonl", "then.jsonl"]) await rm(kept(taken), { force: true })
  const { people } = demoCompany()
  const person = people.find(({ displayName }) => people.filter((other) => other.displayName === displayName).length === 1)
  if (!person) throw new Error("every name is borne twice")
  const names = [person.displayName, person.userName, person.externalId]
  const held = Object.entries(filesWith(ledger.folder, names))
  expect(held.map(([file]) => file).filter((file) => !file.startsWith("read-models."))).toEqual([])
  expect(new Set(held.flatMap(([, texts]) => texts))).toEqual(new Set(names))

  const admin = await ledger.as("GLOBAL_ADMIN", { organization: organizationId, subject: "chief" })
  const { users } = await admin.ask("query ($name: String!) { users(search: $name, first: 2) { nodes { id } } }", { name: person.userName })
  expect(users.nodes).toHaveLength(1)
  const { id } = users.nodes[0]
  const log = await readFile(kept("history.jsonl"), "utf8")
  const provisioned = log.split("\n").find((line) => line.includes(`"userId":"${id}"`) && line.includes('"type":"UserProvisioned"'))
  const its = JSON.parse(provisioned ?? "{}").event.revision
  const keep = async (name: string, ...args: string[]) => {
    const { code, out } = await run(...args, "--organization", organizationId)
    expect(code).toBe(0)
    await writeFile(kept(name), out)
  }
  await keep("before.checkpoint", "checkpoint")
  await keep("its-event.json", "prove", "--revision", String(its))
  await keep("growth.json", "prove", "--from", String(its), "--revision", String(revision))

  const erased = await run("erase-user", "--organization", organizationId, "--user", id, "--reason", "Request 4711", "--yes")
  const [, since = ""] = /is erased at revision (\d+)/.exec(erased.err) ?? []
  expect(Number(since)).toBeGreaterThan(revision)
  await until(() => Object.keys(filesWith(ledger.folder, names)).length === 0, 500)

  expect(await verdictOf("history.jsonl")).toMatchObject({ code: 0, out: expect.stringContaining(`VERIFIED: ${revision} events`) })
  const proved = (name: string) => run("verify-proof", kept(name), "--key", key)
  expect(await proved("its-event.json")).toMatchObject({ code: 0, out: expect.stringContaining(`event ${its} is in`) })
  expect(await proved("growth.json")).toMatchObject({ code: 0, out: expect.stringContaining(`goes on from revision ${its}`) })
  await keep("since.json", "prove", "--from", String(revision), "--revision", since)
  expect(await proved("since.json")).toMatchObject({ code: 0, out: expect.stringContaining(`goes on from revision ${revision}`) })
  await exported("history", "since.jsonl")
  for (const previous of ["before.checkpoint", "history.jsonl"]) {
    expect(await verdictOf("since.jsonl", "--previous", kept(previous))).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^extends the checkpoint of revision ${revision}, root `, "m")),
    })
  }
  await keep("its-event-since.json", "prove", "--revision", String(its))
  const leafOf = async (name: string) => JSON.parse(await readFile(kept(name), "utf8")).inclusionProof.event
  expect(await leafOf("its-event-since.json")).toBe(await leafOf("its-event.json"))
})
