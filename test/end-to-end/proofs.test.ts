/** Proofs over HTTP by the real server, verified here with nothing but what it published; and a log that somebody changed. */
import { join } from "node:path"
import Database from "better-sqlite3"
import { leafHashOf, verifyConsistency, verifyInclusion } from "../../src/audit/merkle"
import { openCheckpoint, verifierOf } from "../../src/audit/note"
import { placesOf } from "../../src/core"
import { rebuildInThread } from "../../src/readstore/rebuild-thread"
import { type Caller, RunningLedger } from "../support/running-ledger"
import { type Company, company } from "./company"

const CHECKPOINT = "{ revision root note signedAt publishedAt }"
const INCLUSION = `query ($revision: Int!, $treeSize: Int) {
  inclusionProof(revision: $revision, treeSize: $treeSize) { leafIndex treeSize leafHash path event checkpoint ${CHECKPOINT} }
}`
const CONSISTENCY = `query ($from: Int!, $to: Int) { consistencyProof(from: $from, to: $to) { from ${CHECKPOINT} to ${CHECKPOINT} path } }`

let ledger: RunningLedger
let made: Company
let auditor: Caller
beforeEach(async () => {
  ledger = await RunningLedger.start({ SEATLEDGER_LOG_LEVEL: "silent" })
  made = await company(ledger, { seats: 2, users: ["ada", "bo", "cy"] })
  auditor = await ledger.as("AUDITOR", { organization: made.organizationId })
})
afterEach(async () => {
  await ledger.stop()
})

const bytes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, "base64"))
async function opened(note: string, caller = auditor) {
  const { checkpointKey } = await caller.ask("{ checkpointKey }")
  return openCheckpoint(note, [verifierOf(checkpointKey)])
}
function editLog(change: string, ...params: unknown[]): void {
  const db = new Database(join(ledger.folder, "events.sqlite"))
  expect(db.prepare(change).run(...params).changes).toBe(1)
  db.close()
}

test("the newest event is proved right after the mutation that wrote it, and no name is in the leaf", async () => {
  const { assignLicenses } = await made.admin.ask(
    "mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { revision refusal { message } } }",
    { input: { licenseId: made.licenseId, principalIds: [made.users.ada], reason: "Asked politely" } },
  )
  for (let revision = 1; revision <= assignLicenses.revision; revision++) {
    const { inclusionProof } = await auditor.ask(INCLUSION, { revision })
    const { leafIndex, treeSize, leafHash, path, event, checkpoint } = inclusionProof
    const { root, size } = await opened(checkpoint.note)
    expect([leafIndex, treeSize, size]).toEqual([revision - 1, assignLicenses.revision, assignLicenses.revision])
    expect(leafHashOf(Buffer.from(event)).toString("base64")).toBe(leafHash)
    expect(verifyInclusion(leafIndex, size, leafHashOf(Buffer.from(event)), bytes(path), root)).toBe(true)
    expect(event).not.toMatch(/ADA|ada@example|politely/)
  }
})

test("a checkpoint that somebody kept is proved to be the beginning of what there is now", async () => {
  const { checkpoint } = await auditor.ask(`{ checkpoint ${CHECKPOINT} }`)
  await made.admin.ask(`mutation { createGroup(input: { displayName: "Team" }) { refusal { message } } }`)
  const { consistencyProof } = await auditor.ask(CONSISTENCY, { from: checkpoint.revision })
  const [first, second] = [await opened(checkpoint.note), await opened(consistencyProof.to.note)]
  expect(second.size).toBe(first.size + 1)
  expect(verifyConsistency(first.size, second.size, first.root, second.root, bytes(consistencyProof.path))).toBe(true)
  expect(consistencyProof.from.note).toBe(checkpoint.note)

  const { checkpoints } = await auditor.ask(
    "{ checkpoints(first: 1) { totalCount nodes { revision } pageInfo { hasNextPage endCursor } } }",
  )
  expect(checkpoints).toMatchObject({ totalCount: 2, nodes: [{ revision: second.size }], pageInfo: { hasNextPage: true } })
  const next = await auditor.ask(
    "query ($after: String) { checkpoints(first: 1, after: $after) { nodes { revision } pageInfo { hasNextPage } } }",
    {
      after: checkpoints.pageInfo.endCursor,
    },
  )
  expect(next.checkpoints).toEqual({ nodes: [{ revision: first.size }], pageInfo: { hasNextPage: false } })
})

test("proofs are the same after the read models were built anew", async () => {
  const before = await auditor.ask(INCLUSION, { revision: 3, treeSize: 5 })
  await ledger.pause()
  await rebuildInThread({ ...placesOf(ledger.folder), readModels: ledger.folder })
  await ledger.resume()
  expect(await auditor.ask(INCLUSION, { revision: 3, treeSize: 5 })).toEqual({
    inclusionProof: { ...before.inclusionProof, checkpoint: { ...before.inclusionProof.checkpoint, signedAt: expect.any(String) } },
  })
})

test.each([
  [INCLUSION, { revision: 0 }, "revision must be at least 1, the revision of the first event"],
  [INCLUSION, { revision: 4, treeSize: 3 }, "revision must be at most 3, the size of the tree"],
  [INCLUSION, { revision: 1, treeSize: 999 }, "treeSize must be at most"],
  [INCLUSION, { revision: 1, treeSize: -1 }, "treeSize must be at least 0"],
  [CONSISTENCY, { from: 0 }, "from must be at least 1"],
  [CONSISTENCY, { from: 3, to: 2 }, "from must be at most 2, the later of the two revisions"],
  [CONSISTENCY, { from: 1, to: 999 }, "to must be at most"],
  [`query ($revision: Int) { checkpoint(revision: $revision) ${CHECKPOINT} }`, { revision: 999 }, "999 has not happened yet"],
])("what is out of range is told: %# %j", async (query, variables, message) => {
  const { errors } = await auditor.send(query, variables)
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining(message) })])
  expect(errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT")
})

test("each organization has a log and a key of its own", async () => {
  const other = await company(ledger, { seats: 1, users: [] })
  const stranger = await ledger.as("AUDITOR", { organization: other.organizationId })
  const { checkpoint } = await stranger.ask(`{ checkpoint ${CHECKPOINT} }`)
  await expect(opened(checkpoint.note)).rejects.toThrow("nobody whose key is known")
  expect((await opened(checkpoint.note, stranger)).origin).toBe(`seatledger.local/${other.organizationId}`)
})

test("an event that somebody changes in the log is found out at once, the rest of the past with the next rebuild", async () => {
  const { checkpoint } = await auditor.ask(`{ checkpoint ${CHECKPOINT} }`)
  editLog("update event set metadata = json_set(metadata, '$.actor.id', 'usr_somebody') where revision = 3 and type = 'UserProvisioned'")

  const { errors } = await auditor.send(INCLUSION, { revision: 3 })
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining("event 3 of") })])
  expect(errors?.[0]?.extensions?.code).toBe("LOG_REWRITTEN")

  await ledger.pause()
  await rebuildInThread({ ...placesOf(ledger.folder), readModels: ledger.folder })
  await ledger.resume()
  const refused = await auditor.send(`{ checkpoint ${CHECKPOINT} }`)
  expect(refused.errors?.[0]).toMatchObject({
    extensions: { code: "LOG_REWRITTEN" },
    message: expect.stringContaining("its past was changed"),
  })
  const review = { licenseId: made.licenseId, revision: checkpoint.revision }
  const { errors: unsigned } = await made.admin.send(
    "mutation ($input: SignAccessReviewInput!) { signAccessReview(input: $input) { review { id } } }",
    { input: review },
  )
  expect(unsigned?.[0]?.extensions?.code).toBe("LOG_REWRITTEN")
  const { checkpointStatus } = await auditor.ask(`{ checkpointStatus { problem newest ${CHECKPOINT} newestPublished { revision } } }`)
  expect(checkpointStatus).toMatchObject({
    problem: expect.stringContaining("its past was changed"),
    newest: checkpoint,
    newestPublished: null,
  })
  const metrics = await (await fetch(`${ledger.opened.url}/metrics`)).text()
  expect(metrics).toContain("seatledger_logs_rewritten 1")
})

test("a log that lost its last events is not signed", async () => {
  const { checkpoint } = await auditor.ask(`{ checkpoint ${CHECKPOINT} }`)
  await ledger.pause()
  editLog("delete from event where revision = ? and type = 'UserProvisioned'", checkpoint.revision)
  await rebuildInThread({ ...placesOf(ledger.folder), readModels: ledger.folder })
  await ledger.resume({ settings: { SEATLEDGER_VISIBLE_WITHIN_MS: "300" } }) // it waits for a tree that does not come any more
  const { errors } = await auditor.send(`{ checkpoint ${CHECKPOINT} }`)
  expect(errors?.[0]).toMatchObject({ extensions: { code: "LOG_REWRITTEN" }, message: expect.stringContaining("has lost events") })
})
