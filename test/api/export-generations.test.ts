/** Exports while the read models are made anew under them: by an erasure, by a rebuild beside the server, after a loss. */
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { NotShown } from "../../src/api/export/bodies"
import type { ExportHeader } from "../../src/audit/export-format"
import { placesOf } from "../../src/core"
import { type ExportThreads, exportThreads } from "../../src/export-threads"
import { activeGeneration, pointedTo } from "../../src/readstore/sqlite-generations"
import { type Demo, startDemo } from "../support/demo"
import type { Caller } from "../support/running-ledger"
import { until } from "../support/until"

let demo: Demo
let auditor: Caller
let bodies: ExportThreads
beforeAll(async () => {
  demo = await startDemo()
  auditor = await demo.ledger.as("AUDITOR", { organization: demo.organizationId })
  const places = placesOf(demo.ledger.folder)
  bodies = exportThreads({ ...places, readModels: places.folder })
})
afterAll(async () => {
  await bodies.close()
  await demo.ledger.stop()
})

async function linesOf(path: string): Promise<string[]> {
  const response = await fetch(`${demo.ledger.opened.url}/export/v1/${path}`, { headers: { authorization: `Bearer ${auditor.token}` } })
  return (await response.text()).split("\n")
}
async function headerOf(what: string): Promise<ExportHeader> {
  return JSON.parse((await linesOf(what))[0] ?? "")
}

async function erase(userId: string): Promise<void> {
  const admin = await demo.ledger.as("GLOBAL_ADMIN", { organization: demo.organizationId, subject: "grace" })
  const { eraseUser } = await admin.ask(
    `mutation ($userId: ID!) { eraseUser(input: { userId: $userId, reason: "asked for it" }) { visible refusal { message } } }`,
    { userId },
  )
  expect(eraseUser).toEqual({ visible: true, refusal: null })
}

test("who is erased while an export goes on is not named in what is still to come (rule 28)", async () => {
  const rows = (await linesOf("seats")).flatMap((line) => (line.startsWith('{"kind":"row"') ? [JSON.parse(line).row] : []))
  const [last, ...others] = rows.reverse().filter((row) => row.licenseId === rows[0].licenseId && row.displayName !== null)
  const first = others.find((row) => row.userId !== last.userId)

  const pieces = bodies.start(await headerOf("seats"), new AbortController().signal)[Symbol.asyncIterator]()
  expect((await pieces.next()).done).toBe(false)
  // The first erasure leaves the file of the read models; the second is only in the new one.
  const file = pointedTo(demo.ledger.folder)
  await erase(first.userId)
  await until(() => pointedTo(demo.ledger.folder) !== file)
  await erase(last.userId)
  let text = ""
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) text += piece.value.bytes
  const there = text.split("\n").find((line) => line.includes(last.licenseId) && line.includes(last.userId))
  expect(there).toBeDefined()
  expect(there).not.toContain(last.userName)
  expect(there).not.toContain(last.displayName)
})

test.each(["history", "seats"])("of read models that do not show its revision, no %s is made, and the log is not blamed", async (what) => {
  const header = await headerOf(what)
  await demo.ledger.pause()
  await rm(join(demo.ledger.folder, "read-models.current"))
  activeGeneration(demo.ledger.folder)
  const made = async () => {
    for await (const _piece of bodies.start(header, new AbortController().signal));
  }
  await expect(made()).rejects.toThrow(NotShown)
  // Nor where there are none at all; and whoever only reads makes none.
  await rm(join(demo.ledger.folder, "read-models.current"))
  await expect(made()).rejects.toThrow(NotShown)
  expect(pointedTo(demo.ledger.folder)).toBeUndefined()
  await demo.ledger.resume()
})
