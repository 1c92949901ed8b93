/** Rule 28 with two nodes on one database: each keeps keys in memory for a while, and forgets them when the other erases. */
import { company } from "../end-to-end/company"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { RunningLedger } from "../support/running-ledger"
import { until } from "../support/until"

const NAME = "Quillwhisk"
const SEEN = `query ($license: ID!) {
  users { nodes { displayName userName } }
  license(id: $license) { assignments { nodes { reason } } users { nodes { user { displayName } } } }
  history(first: 100) { nodes { summary reason data actor { displayName } } }
}`

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

test("who was erased on one node is nowhere to be read on the other, neither name nor what somebody wrote", async () => {
  const settings = { EVENT_STORE: "postgres", READ_STORE: "postgres", POSTGRES_URL: postgres.url }
  const node = await RunningLedger.start(settings)
  const other = await RunningLedger.start(settings, {}, node.folder)
  try {
    const { users, licenseId, organizationId, admin } = await company(node, { seats: 2, users: [NAME, "bo"] })
    await admin.ask("mutation ($input: AssignLicensesInput!) { assignLicenses(input: $input) { refusal { message } } }", {
      input: { licenseId, principalIds: [users[NAME], users.bo], reason: `${NAME} asked for both` },
    })
    const elsewhere = await other.as("GLOBAL_ADMIN", { organization: organizationId })
    const seen = async () => JSON.stringify(await elsewhere.ask(SEEN, { license: licenseId }))
    expect((await seen()).split(new RegExp(NAME, "i")).length).toBeGreaterThan(4) // its keys are in memory there now
    await admin.ask("mutation ($input: EraseUserInput!) { eraseUser(input: $input) { refusal { message } } }", {
      input: { userId: users[NAME], reason: "Request 4711" },
    })
    await until(async () => !new RegExp(NAME, "i").test(await seen()))
    expect(await seen()).toMatch(/"displayName":"BO"/)
  } finally {
    await other.stop()
    await node.stop()
  }
})
