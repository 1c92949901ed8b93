/** `seatledger checkpoint`, `prove` and `verify-proof` as people run them, beside a running server and without one. */
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { openCheckpoint, verifierOf } from "../../src/audit/note"
import { announceServer, withdrawServer } from "../../src/cli/data-folder"
import { type Company, company } from "../end-to-end/company"
import { seatledger, start } from "../support/program"
import { RunningLedger } from "../support/running-ledger"

let ledger: RunningLedger
let made: Company
beforeAll(async () => {
  ledger = await RunningLedger.start({ SEATLEDGER_LOG_ORIGIN: "ledger.example" })
  made = await company(ledger, { seats: 1, users: ["ada", "bo"] })
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
})
afterAll(async () => {
  await ledger.stop()
})

const run = (...args: readonly string[]) => seatledger(args, { SEATLEDGER_DATA: ledger.folder, SEATLEDGER_LOG_ORIGIN: "ledger.example" })
const ofIt = () => ["--organization", made.organizationId]
const kept = (name: string) => join(ledger.folder, name)

async function key(): Promise<string> {
  return (await run("checkpoint-key", ...ofIt())).out.trim()
}

test("beside a running server: a checkpoint opens with the key, and proofs are verified offline", async () => {
  const checkpoint = await run("checkpoint", ...ofIt())
  expect(checkpoint).toMatchObject({ code: 0, err: "" })
  const { size, origin } = openCheckpoint(checkpoint.out, [verifierOf(await key())])
  expect(origin).toBe(`ledger.example/${made.organizationId}`)
  expect((await run("checkpoint", ...ofIt(), "--revision", "1")).out.split("\n")[1]).toBe("1")

  const proof = await run("prove", ...ofIt(), "--revision", "2")
  expect(JSON.parse(proof.out).inclusionProof).toMatchObject({ leafIndex: 1, treeSize: size })
  await writeFile(kept("proof.json"), proof.out)
  expect(await run("verify-proof", kept("proof.json"), "--key", await key())).toEqual({
    code: 0,
    out: `event 2 is in ${origin} as of revision ${size}\n`,
    err: "",
  })

  const growth = await run("prove", ...ofIt(), "--from", "2", "--revision", String(size))
  await writeFile(kept("growth.json"), growth.out)
  expect(await run("verify-proof", kept("growth.json"), "--key", await key())).toMatchObject({
    code: 0,
    out: `revision ${size} of ${origin} goes on from revision 2, and nothing before was changed\n`,
  })
})

test("a proof in which one letter was changed does not verify, nor does one with another key", async () => {
  const proof = await readFile(kept("proof.json"), "utf8")
  await writeFile(kept("changed.json"), proof.replace("recordedAt", "recordedAT"))
  expect(await run("verify-proof", kept("changed.json"), "--key", await key())).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("does not lead to the signed root"),
  })
  await writeFile(kept("changed.json"), proof.replace(/(ledger\.example\/\S+\\n)(\d+)/, "$19$2"))
  expect(await run("verify-proof", kept("changed.json"), "--key", await key())).toMatchObject({
    code: 1,
    err: expect.stringContaining("is not one of this text"),
  })
  const other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  expect(await run("verify-proof", kept("proof.json"), "--key", other)).toMatchObject({
    code: 1,
    err: expect.stringContaining("nobody whose key"),
  })
})

test("the commands in docs/proofs.md check a checkpoint and a leaf with other tools", async () => {
  const guide = await readFile(join(__dirname, "../../docs/proofs.md"), "utf8")
  const openssl = /```sh\n(\(printf [\s\S]*?)```/.exec(guide)?.[1]
  const leaf = /`(jq -j [^`]*)`/.exec(guide)?.[1]
  await writeFile(kept("org_demo.vkey"), `${await key()}\n`)
  await writeFile(kept("today.checkpoint"), (await run("checkpoint", ...ofIt())).out)
  await writeFile(kept("event-42.json"), await readFile(kept("proof.json"), "utf8"))
  const shell = (script = "exit 9") => start("bash", ["-c", script], { cwd: ledger.folder }).ended
  expect(await shell(openssl)).toMatchObject({ code: 0, out: "Signature Verified Successfully\n" })
  expect(await shell(`sed -i s/ledger/Ledger/ today.checkpoint; ${openssl}`)).toMatchObject({ code: 1 })
  const { leafHash } = JSON.parse(await readFile(kept("proof.json"), "utf8")).inclusionProof
  expect((await shell(leaf)).out.slice(0, 64)).toBe(Buffer.from(leafHash, "base64").toString("hex"))
})

test("without a server it works on the folder itself, with the same key", async () => {
  const before = await run("checkpoint", ...ofIt())
  await withdrawServer(ledger.folder)
  await ledger.pause()
  expect(await run("checkpoint", ...ofIt())).toEqual(before)
  await ledger.resume()
})

test("what cannot be done is said in a sentence", async () => {
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
  expect(await run("checkpoint", "--organization", "contoso")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("no organization id"),
  })
  expect(await run("prove", ...ofIt(), "--revision", "999")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("revision must be at most"),
  })
  expect(await run("prove", ...ofIt(), "--revision", "x")).toMatchObject({ code: 2, out: "" })
  await writeFile(kept("none.json"), "{}")
  expect(await run("verify-proof", kept("none.json"), "--key", await key())).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is no proof"),
  })
})
