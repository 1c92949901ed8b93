import { expectValidEvent } from "../events/expect-valid-event"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { RunningLedger } from "../support/running-ledger"
import { type Company, company } from "./company"

/** The worked example of SEATS.md, sent as GraphQL over HTTP, with restarts in the middle. */
describe.each(["sqlite", "postgres", "kurrentdb"] as const)("the worked example over HTTP, with the event log in %s", (store) => {
  let ledger: RunningLedger
  let postgres: TestPostgres | undefined
  let kurrentdb: TestNode | undefined
  beforeAll(async () => {
    if (store === "postgres") postgres = await startPostgres()
    if (store === "kurrentdb") kurrentdb = await startNode()
    ledger = await RunningLedger.start({
      EVENT_STORE: store,
      ...(postgres ? { POSTGRES_URL: postgres.url } : {}),
      ...(kurrentdb ? { KURRENTDB_URL: kurrentdb.url(), SEATLEDGER_ONLY_PROCESS: "true" } : {}),
    })
  })
  afterAll(async () => {
    await ledger.stop()
    await postgres?.stop()
    await kurrentdb?.stop()
  })

  test.each([
    ["in one go", false],
    ["with a restart after every step", true],
  ])("%s", async (_title, restarting) => {
    const c = await company(ledger, { seats: 3, users: ["a", "b", "c", "d"] })
    const { a, b, c: cc, d } = c.users
    const step = async (): Promise<void> => {
      if (restarting) await ledger.restart()
    }
    const { createGroup } = await c.admin.ask(
      `mutation ($members: [ID!]) { createGroup(input: { displayName: "G", memberIds: $members }) { group { id memberCount } warnings refusal { message } } }`,
      { members: [a, b, cc] },
    )
    const G: string = createGroup.group.id
    expect(createGroup).toEqual({ group: { id: G, memberCount: 3 }, warnings: [], refusal: null })
    await step()

    expect(await assign(c, d)).toMatchObject({ results: [{ principal: { id: d }, outcome: "ASSIGNED", seated: 1, waitlisted: 0 }] })
    expect(await holders(c)).toEqual({ seated: [d], waiting: [] })
    await step()
    expect(await assign(c, G)).toMatchObject({ results: [{ principal: { id: G }, outcome: "ASSIGNED", seated: 2, waitlisted: 1 }] })
    expect(await holders(c)).toEqual({ seated: sorted(d, a, b), waiting: [cc] })
    await step()
    await changeMembers(c, G, { add: [d] })
    expect(await holders(c)).toEqual({ seated: sorted(d, a, b), waiting: [cc] })
    expect(await sourcesOf(c, d)).toEqual(["DIRECT", "GROUP"])
    await step()
    const { unassignLicenses } = await c.admin.ask(
      `mutation ($licenseId: ID!, $ids: [ID!]!) { unassignLicenses(input: { licenseId: $licenseId, principalIds: $ids }) { results { outcome stillLicensedVia { id } } refusal { code } } }`,
      { licenseId: c.licenseId, ids: [d] },
    )
    expect(unassignLicenses).toEqual({ results: [{ outcome: "UNASSIGNED", stillLicensedVia: [{ id: G }] }], refusal: null })
    expect(await holders(c)).toEqual({ seated: sorted(d, a, b), waiting: [cc] })
    await step()
    expect(await seats(c, 1, 1)).toMatchObject({
      outcome: "APPLIED",
      license: { seats: { purchased: 1, seated: 3, overassignedBy: 2, waitlisted: 1, available: 0 } },
    })
    await step()
    await changeMembers(c, G, { remove: [a] })
    expect(await holders(c)).toEqual({ seated: sorted(d, b), waiting: [cc] })
    expect((await seats(c, 1, 2)).outcome).toBe("NO_CHANGE")
    await step()
    expect(await seats(c, 3, 3)).toMatchObject({
      outcome: "APPLIED",
      license: { seats: { purchased: 3, seated: 3, overassignedBy: 0, waitlisted: 0, graceEndsAt: null } },
    })
    expect(await holders(c)).toEqual({ seated: sorted(d, b, cc), waiting: [] })
    await step()
    const idp = await ledger.as("GLOBAL_ADMIN", { organization: c.organizationId })
    const { deleteGroup } = await idp.ask(
      `mutation ($id: ID!) { deleteGroup(input: { groupId: $id, confirm: true }) { deletedId refusal { code } } }`,
      { id: G },
    )
    expect(deleteGroup).toEqual({ deletedId: G, refusal: null })
    expect(await holders(c)).toEqual({ seated: [], waiting: [] })

    for await (const page of ledger.opened.eventStore.read(`organization-${c.organizationId}`, 0))
      for (const event of page) expectValidEvent(event)
  })
})

test("a refusal, a no-op and a repeat right after a restart answer at once and in full", async () => {
  const ledger = await RunningLedger.start({ SEATLEDGER_VISIBLE_WITHIN_MS: "60000" })
  try {
    const c = await company(ledger, { seats: 1, users: ["a", "b"] })
    await c.admin.ask(KEYED, { licenseId: c.licenseId, ids: [c.users.a] })
    expect((await assign(c, c.users.b)).refusal).toEqual({ code: "NOT_ENOUGH_SEATS" })
    await ledger.restart()
    const { assignLicenses } = await c.admin.ask(KEYED, { licenseId: c.licenseId, ids: [c.users.a] })
    expect(assignLicenses).toMatchObject({ visible: true, results: [{ outcome: "ASSIGNED" }] })
    // The repeat was looked up at an earlier revision than these are shown at: they must not wait for news that never comes.
    expect(await assign(c, c.users.a)).toMatchObject({ results: [{ outcome: "ALREADY_ASSIGNED" }], refusal: null })
    expect((await assign(c, c.users.b)).refusal).toEqual({ code: "NOT_ENOUGH_SEATS" })
  } finally {
    await ledger.stop()
  }
})

const KEYED = `mutation ($licenseId: ID!, $ids: [ID!]!) {
  assignLicenses(input: { licenseId: $licenseId, principalIds: $ids, idempotencyKey: "first" }) { visible results { outcome } refusal { code } }
}`

const sorted = (...ids: (string | undefined)[]) => [...ids].sort()

async function assign(c: Company, ...ids: (string | undefined)[]) {
  const { assignLicenses } = await c.admin.ask(
    `mutation ($licenseId: ID!, $ids: [ID!]!) {
      assignLicenses(input: { licenseId: $licenseId, principalIds: $ids, reason: "worked example" }) {
        results { principal { ... on User { id } ... on Group { id } } outcome seated waitlisted } refusal { code } revision
      }
    }`,
    { licenseId: c.licenseId, ids },
  )
  return assignLicenses
}

async function changeMembers(c: Company, groupId: string, change: { add?: (string | undefined)[]; remove?: (string | undefined)[] }) {
  const { changeGroupMembers } = await c.admin.ask(
    `mutation ($input: ChangeGroupMembersInput!) { changeGroupMembers(input: $input) { group { memberCount } warnings refusal { code } } }`,
    { input: { groupId, ...change } },
  )
  expect(changeGroupMembers).toMatchObject({ warnings: [], refusal: null })
}

async function seats(c: Company, seats: number, sequence: number) {
  const { changeVendorSeats } = await c.vendor.ask(
    `mutation ($input: ChangeVendorSeatsInput!) {
      changeVendorSeats(input: $input) { outcome license { seats { purchased seated available waitlisted overassignedBy graceEndsAt } } refusal { code } }
    }`,
    { input: { licenseId: c.licenseId, seats, sequence, vendorEventId: `${c.licenseId}-${sequence}` } },
  )
  return changeVendorSeats
}

async function holders(c: Company) {
  const { license } = await c.admin.ask(
    `query ($id: ID!) { license(id: $id) { seats { seated waitlisted } users(first: 100) { totalCount nodes { state waitlistPosition user { id } } } } }`,
    { id: c.licenseId },
  )
  type Row = { state: string; waitlistPosition: number | null; user: { id: string } }
  const rows: Row[] = license.users.nodes
  const seated = rows.filter((row) => row.state === "SEATED")
  const waiting = rows.filter((row) => row.state === "WAITLISTED")
  expect({ seated: seated.length, waitlisted: waiting.length }).toEqual(license.seats)
  expect(waiting.map((row) => row.waitlistPosition)).toEqual(waiting.map((_, index) => index + 1))
  return { seated: seated.map((row) => row.user.id).sort(), waiting: waiting.map((row) => row.user.id) }
}

async function sourcesOf(c: Company, userId: string | undefined) {
  const { license } = await c.admin.ask(`query ($id: ID!, $user: ID!) { license(id: $id) { user(id: $user) { sources { type } } } }`, {
    id: c.licenseId,
    user: userId,
  })
  return license.user.sources.map((source: { type: string }) => source.type).sort()
}
