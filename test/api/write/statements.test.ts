import { type Company, type Ledger, openCompany, openLedger, openSeller } from "../read/ledger"

/** What a command has just found is not read again for its answer. */
let ledger: Ledger
let company: Company
let licenseId: string
let principalIds: string[]

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  licenseId = await company.license(await openSeller(ledger, "Vendor", "App"), 10)
  principalIds = [await company.user("Ada"), await company.group("Sales")]
  await ledger.project()
})
afterAll(() => ledger.close())

/** The statements that the command costs, and its results. */
async function carriedOut(operation: "assignLicenses" | "unassignLicenses", principal: string) {
  const type = operation === "assignLicenses" ? "AssignLicensesInput" : "UnassignLicensesInput"
  const query = `mutation ($input: ${type}!) { ${operation}(input: $input) { results { outcome principal { ${principal} } } } }`
  ledger.statements.length = 0
  const data = await ledger.ask(company.admin, query, { input: { licenseId, principalIds } })
  return { statements: ledger.statements.length, results: data[operation].results }
}

const ID = "__typename ... on User { id } ... on Group { id }"

test("users and groups of a result cost no statement when no more than their ids is asked for", async () => {
  const principals = [
    { __typename: "User", id: principalIds[0] },
    { __typename: "Group", id: principalIds[1] },
  ]
  expect(await carriedOut("assignLicenses", ID)).toEqual({
    statements: 0,
    results: principals.map((principal) => ({ outcome: "ASSIGNED", principal })),
  })
  expect(await carriedOut("unassignLicenses", ID)).toEqual({
    statements: 0,
    results: principals.map((principal) => ({ outcome: "UNASSIGNED", principal })),
  })
})

test("their names are read", async () => {
  const { results } = await carriedOut("assignLicenses", "... on User { displayName } ... on Group { displayName }")
  expect(results.map(({ principal }: { principal: unknown }) => principal)).toEqual([{ displayName: "Ada" }, { displayName: "Sales" }])
})
