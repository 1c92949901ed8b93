/** `seatledger erase-user` as people run it. */
import { announceServer, withdrawServer } from "../../src/cli/data-folder"
import { type Company, company } from "../end-to-end/company"
import { type Ended, seatledger } from "../support/program"
import { RunningLedger } from "../support/running-ledger"

let ledger: RunningLedger
let made: Company
beforeAll(async () => {
  ledger = await RunningLedger.start()
  made = await company(ledger, { seats: 1, users: ["ada", "bo"] })
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
})
afterAll(() => ledger.stop())

function eraseUser(...args: readonly string[]): Promise<Ended> {
  const given = ["erase-user", "--organization", made.organizationId, "--reason", "Request 4711", ...args]
  return seatledger(given, { SEATLEDGER_DATA: ledger.folder })
}

async function nameOf(user: string): Promise<string> {
  const { history } = await made.admin.ask(
    `query ($id: ID!) { history(filter: { userId: $id }, oldestFirst: true, first: 1) { nodes { summary } } }`,
    { id: made.users[user] },
  )
  return history.nodes[0].summary
}

test("nobody to confirm and no --yes: nothing is erased", async () => {
  const { code, err } = await eraseUser("--user", made.users.ada ?? "")
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("give --yes") })
  expect(await nameOf("ada")).toContain("ADA")
})

test("through the running server", async () => {
  const { code, out, err } = await eraseUser("--user", made.users.ada ?? "", "--yes", "--other-name", "Countess")
  expect({ code, out }).toEqual({ code: 0, out: "" })
  expect(err).toMatch(/usr_\w+ is erased at revision \d+, with 0 reasons and statements by name\. .*docs\/erasure\.md/)
  expect(await nameOf("ada")).toContain("Erased user")
})

test("without a server, on the folder itself; what cannot be done is said in a sentence", async () => {
  await withdrawServer(ledger.folder)
  await ledger.pause()
  expect(await eraseUser("--user", made.users.bo ?? "", "--yes")).toMatchObject({ code: 0 })
  await ledger.resume()
  await announceServer(ledger.folder, { pid: process.pid, url: ledger.opened.url })
  expect(await nameOf("bo")).toContain("Erased user")
  expect(await eraseUser("--user", "ada", "--yes")).toMatchObject({ code: 2, err: expect.stringContaining("no user id") })
  expect(await eraseUser("--user", "usr_nobody", "--yes")).toMatchObject({ code: 1, err: expect.stringContaining("usr_nobody") })
})
