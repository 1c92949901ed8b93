/** An event that a projection cannot take, on a real folder and by the command line: passed over, listed, taken back. */
import { join } from "node:path"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { eventId, metadata } from "../readstore/histories"
import { seatledger } from "../support/program"
import { temporaryFolder } from "../support/temporary-folder"

let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
  const store = openSqliteEventStore(join(folder.path, "events.sqlite"))
  const events = ["OrganizationCreated", "UserDeleted"].map((type, n) => ({ id: eventId("s", n), type, data: {}, metadata: metadata() }))
  await store.append("organization-org_s", 0, events)
  await store.close()
})
afterAll(() => folder.remove())

const run = (...args: string[]) => seatledger([...args, "--data", folder.path], {})
const skip = (...args: string[]) => run("skip-event", "--projection", "ledger", "--organization", "org_s", ...args)

test("an event is passed over with a reason, listed, and taken in again", async () => {
  expect((await run("skips")).out).toBe("no event is passed over\n")
  expect(await skip("--revision", "2", "--reason", "ticket 4711", "--by", "ops")).toMatchObject({
    code: 0,
    out: "ledger passes over UserDeleted, revision 2 of organization-org_s; a running server goes on within seconds\n",
  })
  expect((await run("skips")).out).toMatch(/^ledger 2 \S+Z ops: ticket 4711\n$/)
  expect(await skip("--revision", "2", "--take-back")).toMatchObject({ code: 0, out: expect.stringContaining("`seatledger rebuild`") })
  expect((await run("skips")).out).toBe("no event is passed over\n")
})

test("what is wrong is said: no reason, no such event, none to take back, no stream", async () => {
  expect(await skip("--revision", "2")).toMatchObject({ code: 2, err: expect.stringContaining("--reason") })
  expect(await skip("--revision", "9", "--reason", "x")).toMatchObject({ code: 1, err: expect.stringContaining("has no revision 9") })
  expect(await skip("--revision", "2", "--take-back")).toMatchObject({ code: 1, err: expect.stringContaining("does not pass over") })
  const nowhere = await run("skip-event", "--projection", "ledger", "--revision", "2", "--reason", "x")
  expect(nowhere).toMatchObject({ code: 2, err: expect.stringContaining("name the stream") })
})
