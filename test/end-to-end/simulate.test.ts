/** What if and undo, over HTTP: what is simulated happens, what is restored was there, and simulating writes nothing. */

import { manyPeople } from "../support/many-people"
import type { Caller } from "../support/running-ledger"
import { RunningLedger } from "../support/running-ledger"
import { type Company, company } from "./company"

let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
}, 60_000)
afterAll(() => ledger.stop())

const SIMULATION = `revision visible warnings refusal { code message }
  licenses { licenseId before { purchased seated available waitlisted overassignedBy } after { purchased seated available waitlisted overassignedBy }
    counts { losesSeat gainsSeat movesUp waits leavesWaitlist keepsSeat keepsPlace } license { id seats { seated } }
    people { totalCount nodes { userId user { displayName } change waitlistPosition direct groups { displayName } } } }`

// biome-ignore lint/suspicious/noExplicitAny: what a query answers depends on its text.
type Json = any

async function simulate(caller: Caller, input: object): Promise<Json> {
  const { simulate } = await caller.ask(`query ($input: SimulationInput!) { simulate(input: $input) { ${SIMULATION} } }`, { input })
  return simulate
}
async function mutate(caller: Caller, operation: string, input: object, selection = "revision refusal { code message }"): Promise<Json> {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input!`
  const answer = await caller.ask(`mutation ($input: ${type}) { ${operation}(input: $input) { ${selection} } }`, { input })
  return answer[operation]
}
const told = (simulation: Json) =>
  simulation.licenses[0].people.nodes.map(
    ({ user, change, waitlistPosition, groups }: Json) =>
      `${user.displayName} ${change}${waitlistPosition === null ? "" : ` ${waitlistPosition}`}${groups.map((group: Json) => ` via ${group.displayName}`).join("")}`,
  )

async function group(of: Company, displayName: string, ...members: readonly string[]): Promise<string> {
  const memberIds = members.map((name) => of.users[name])
  return (await mutate(of.admin, "createGroup", { displayName, memberIds }, "group { id }")).group.id
}
async function revision({ admin }: Company): Promise<number> {
  return (await admin.ask("{ viewer { organization { revision } } }")).viewer.organization.revision
}

test("unassigning: who loses the seat, who keeps it and through which group, and who moves up", async () => {
  const of = await company(ledger, { seats: 2, users: ["a", "b", "c", "d"] })
  const { admin, licenseId, users } = of
  const sales = await group(of, "Sales", "b")
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a, users.b] })
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [sales] })
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.c, users.d], onShortage: "WAITLIST" })

  const before = await revision(of)
  const simulation = await simulate(admin, { unassign: { licenseId, principalIds: [users.a, users.b] } })
  expect(simulation).toMatchObject({ revision: before, visible: true, refusal: null, warnings: [] })
  expect(told(simulation)).toEqual(["A LOSES_SEAT", "C MOVES_UP 1", "B KEEPS_SEAT via Sales"])
  const [license] = simulation.licenses
  expect(license.before).toEqual({ purchased: 2, seated: 2, available: 0, waitlisted: 2, overassignedBy: 0 })
  expect(license.after).toEqual({ purchased: 2, seated: 2, available: 0, waitlisted: 1, overassignedBy: 0 })
  expect(license.counts).toMatchObject({ losesSeat: 1, movesUp: 1, keepsSeat: 1, gainsSeat: 0, waits: 0 })
  expect(await revision(of)).toBe(before)

  const input = { licenseId, principalIds: [users.a, users.b], expectedRevision: simulation.revision, simulated: true }
  expect((await mutate(admin, "unassignLicenses", input)).refusal).toBeNull()
  expect(await seated(of)).toEqual(["B", "C"])
})

async function seated({ admin, licenseId }: Company): Promise<string[]> {
  const { license } = await admin.ask("query ($id: ID!) { license(id: $id) { users(state: SEATED) { nodes { user { displayName } } } } }", {
    id: licenseId,
  })
  return license.users.nodes.map(({ user }: Json) => user.displayName).sort()
}

test("every kind of supposition is answered, and a refused one says why", async () => {
  const of = await company(ledger, { seats: 2, users: ["a", "b", "c"] })
  const { admin, licenseId, users } = of
  const team = await group(of, "Team", "a", "b")
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [team] })

  expect(told(await simulate(admin, { deleteGroup: { groupId: team } }))).toEqual(["A LOSES_SEAT", "B LOSES_SEAT"])
  expect(told(await simulate(admin, { deactivate: { userIds: [users.a, users.b] } }))).toEqual(["A LOSES_SEAT", "B LOSES_SEAT"])
  expect(told(await simulate(admin, { deleteUsers: { userIds: [users.a] } }))).toEqual(["A LOSES_SEAT"])
  expect(told(await simulate(admin, { members: { groupId: team, add: [users.c] } }))).toEqual(["C WAITS 1 via Team"])
  const list = await simulate(admin, { members: { groupId: team, memberIds: [users.b, users.c, "usr_nobody"] } })
  expect(told(list)).toEqual(["A LOSES_SEAT", "C GAINS_SEAT via Team"])
  expect(list.warnings).toEqual([expect.stringContaining("UNKNOWN_MEMBER_SKIPPED: usr_nobody")])
  const fewer = await simulate(admin, { seats: { licenseId, seats: 1 } })
  expect(fewer.licenses).toMatchObject([{ after: { purchased: 1, seated: 2, overassignedBy: 1 }, people: { totalCount: 0 } }])
  const short = await simulate(admin, { assign: { licenseId, principalIds: [users.c] } })
  expect(short).toMatchObject({ refusal: { code: "NOT_ENOUGH_SEATS" }, licenses: [] })
  const inherited = await simulate(admin, { transfer: { licenseId, fromUserId: users.a, toUserId: users.c } })
  expect(inherited.refusal.code).toBe("INHERITED_FROM_GROUP")
})

test("people come in pages; a cursor is refused when the organization has moved on", async () => {
  const of = await company(ledger, { seats: 5, users: ["a", "b", "c"] })
  const { admin, licenseId, users } = of
  const page = (after: string | null) =>
    admin.send(
      `query ($input: SimulationInput!, $after: String) { simulate(input: $input) { licenses { people(first: 2, after: $after, changes: [GAINS_SEAT])
        { totalCount nodes { userId } pageInfo { hasNextPage endCursor } } } } }`,
      { input: { assign: { licenseId, principalIds: [users.a, users.b, users.c] } }, after },
    )
  const first = (await page(null)).data.simulate.licenses[0].people
  expect(first).toMatchObject({ totalCount: 3, nodes: [{ userId: users.a }, { userId: users.b }], pageInfo: { hasNextPage: true } })
  const second = (await page(first.pageInfo.endCursor)).data.simulate.licenses[0].people
  expect(second).toMatchObject({ totalCount: 3, nodes: [{ userId: users.c }], pageInfo: { hasNextPage: false } })
  await group(of, "Something else")
  expect((await page(first.pageInfo.endCursor)).errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT")
})

test("rule 35: a simulated command is refused when something moved on that the simulation read, and only then", async () => {
  const of = await company(ledger, { seats: 2, users: ["a", "b"] })
  const { admin, licenseId, users } = of
  const team = await group(of, "Team", "a")
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a] })
  const { revision: seen } = await simulate(admin, { unassign: { licenseId, principalIds: [users.a] } })
  const unassign = { licenseId, principalIds: [users.a], expectedRevision: seen }

  // Neither the license nor the claim changes by this, but what the user has besides does.
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [team] })
  const { revision: now } = await simulate(admin, { unassign: { licenseId, principalIds: [users.a] } })
  await mutate(admin, "changeGroupMembers", { groupId: team, remove: [users.a] })
  expect((await mutate(admin, "unassignLicenses", { ...unassign, expectedRevision: now, simulated: true })).refusal.code).toBe("STALE_VIEW")
  expect((await mutate(admin, "unassignLicenses", { ...unassign, simulated: true })).refusal.code).toBe("STALE_VIEW")

  const { revision: last } = await simulate(admin, { unassign: { licenseId, principalIds: [users.a] } })
  await mutate(admin, "updateUser", { userId: users.a, displayName: "Anna" })
  await mutate(admin, "createUser", { userName: "z@example.com", displayName: "Z" })
  const done = await mutate(admin, "unassignLicenses", { ...unassign, expectedRevision: last, simulated: true })
  expect(done.refusal).toBeNull()
  const alone = await mutate(admin, "unassignLicenses", { licenseId, principalIds: [users.a], simulated: true })
  expect(alone.refusal.code).toBe("INVALID_INPUT")
})

test("rule 38: billing admins and auditors may simulate, and change nothing by it; members may not", async () => {
  const of = await company(ledger, { seats: 1, users: ["a"] })
  const { organizationId: organization, licenseId, users } = of
  const input = { assign: { licenseId, principalIds: [users.a] } }
  const before = await revision(of)
  for (const role of ["BILLING_ADMIN", "AUDITOR"] as const) {
    expect(told(await simulate(await ledger.as(role, { organization }), input))).toEqual(["A GAINS_SEAT"])
  }
  const member = await (await ledger.as("MEMBER", { organization })).send(
    `query ($input: SimulationInput!) { simulate(input: $input) { revision } }`,
    { input },
  )
  expect(member.errors?.[0]?.extensions?.code).toBe("FORBIDDEN")
  const auditor = await ledger.as("AUDITOR", { organization })
  const restore = await auditor.send(
    `mutation { restoreAssignments(input: { licenseId: "${licenseId}", asOf: { revision: 1 } }) { revision } }`,
  )
  expect(restore.errors?.[0]?.extensions?.code).toBe("FORBIDDEN")
  expect(await revision(of)).toBe(before)
})

function partsOf(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, n) => ids.slice(n * size, (n + 1) * size))
}

const RESTORED = `revision asOfRevision refusal { code message } assigned { __typename ... on Node { id } } unassigned { ... on Node { id } }
  skippedCount skipped { principalId because principal { ... on Node { id } } }`

test("undo: previewed, then restored by events, with who is gone passed over", async () => {
  const of = await company(ledger, { seats: 3, users: ["a", "b", "c", "d", "e"] })
  const { admin, licenseId, users } = of
  const team = await group(of, "Team", "e")
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a, users.b, users.c] })
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [team] })
  const good = await revision(of)
  await mutate(admin, "unassignLicenses", { licenseId, principalIds: [users.a, users.b, users.c, team] })
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.d] })
  await mutate(admin, "setUserActive", { userId: users.b, active: false })
  await mutate(admin, "deleteUser", { userId: users.c })

  const before = await revision(of)
  const { previewRestore: preview } = await admin.ask(
    `query ($id: ID!, $asOf: AsOf!) { previewRestore(licenseId: $id, asOf: $asOf) { asOfRevision assign { ... on Node { id } } unassign { ... on Node { id } }
      skipped { principalId because principal { ... on User { displayName } } } simulation { ${SIMULATION} } } }`,
    { id: licenseId, asOf: { revision: good } },
  )
  expect(preview).toMatchObject({
    asOfRevision: good,
    assign: [{ id: users.a }, { id: team }],
    unassign: [{ id: users.d }],
    skipped: [
      { principalId: users.b, because: "INACTIVE", principal: { displayName: "B" } },
      { principalId: users.c, because: "DELETED", principal: { displayName: "C" } },
    ],
  })
  expect(told(preview.simulation)).toEqual(["D LOSES_SEAT", "A GAINS_SEAT", "E GAINS_SEAT via Team"])
  expect(await revision(of)).toBe(before)

  const input = {
    licenseId,
    asOf: { revision: good },
    reason: "Unassigned by mistake",
    idempotencyKey: "undo-1",
    expectedRevision: preview.simulation.revision,
    simulated: true,
  }
  const restored = await mutate(admin, "restoreAssignments", input, RESTORED)
  expect(restored).toMatchObject({ refusal: null, asOfRevision: good, unassigned: [{ id: users.d }] })
  expect(restored.assigned.map(({ id }: Json) => id)).toEqual([users.a, team])
  expect(await seated(of)).toEqual(["A", "E"])
  expect(await mutate(admin, "restoreAssignments", input, RESTORED)).toEqual(restored) // rule 37
  expect(await revision(of)).toBe(restored.revision)

  const { history } = await admin.ask(
    `query ($id: ID!) { history(filter: { licenseId: $id }, first: 10) { nodes { type reason summary } } }`,
    { id: licenseId },
  )
  const entry = history.nodes.find(({ type }: Json) => type === "AssignmentsRestored")
  expect(entry).toMatchObject({ reason: "Unassigned by mistake" })
  expect(entry.summary).toBe(
    `${entry.summary.split(" restored")[0]} restored the assignments of CRM as of revision ${good}: 2 added, 1 removed, 2 passed over`,
  )
  expect(history.nodes.map(({ summary }: Json) => summary).join("\n")).toContain(`again, as it was at revision ${good}`)

  const again = await mutate(admin, "restoreAssignments", { licenseId, asOf: { revision: good } }, RESTORED)
  expect(again).toMatchObject({ revision: restored.revision, refusal: null, assigned: [], unassigned: [] }) // nothing to do
})

test("undo is refused before the license was registered, and can be limited to some", async () => {
  const of = await company(ledger, { seats: 3, users: ["a", "b"] })
  const { admin, licenseId, users } = of
  const early = await mutate(admin, "restoreAssignments", { licenseId, asOf: { revision: 1 } }, RESTORED)
  expect(early.refusal).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("before the license was registered") })
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a, users.b] })
  const good = await revision(of)
  await mutate(admin, "unassignLicenses", { licenseId, principalIds: [users.a, users.b] })
  await mutate(admin, "restoreAssignments", { licenseId, asOf: { revision: good }, principalIds: [users.b] })
  expect(await seated(of)).toEqual(["B"])
  const unknown = await mutate(admin, "restoreAssignments", { licenseId: "lic_nothing", asOf: { revision: good } }, RESTORED)
  expect(unknown.refusal.code).toBe("LICENSE_NOT_FOUND")
})

test("more than one command takes is worked out as commands one after the other, and carried out like that has the foretold effect", async () => {
  const of = await company(ledger, { seats: 400, users: ["a", "b"] })
  const { admin, licenseId, organizationId, users } = of
  const many = await manyPeople(ledger, organizationId, 510)
  const whole = await simulate(admin, { assign: { licenseId, principalIds: many, onShortage: "WAITLIST" } })
  expect(whole.licenses[0].counts).toMatchObject({ gainsSeat: 400, waits: 110 })
  const refused = await simulate(admin, { assign: { licenseId, principalIds: many } })
  expect(refused.refusal.code).toBe("NOT_ENOUGH_SEATS") // of the fifth command, when 400 have a seat
  expect(refused.licenses[0].after.seated).toBe(400)
  const early = await revision(of)
  for (const principalIds of partsOf(many, 100)) {
    await mutate(admin, "assignLicenses", { licenseId, principalIds, onShortage: "WAITLIST" })
  }
  const good = await revision(of)
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a, users.b], onShortage: "WAITLIST" })

  const unassign = await simulate(admin, { unassign: { licenseId, principalIds: many } })
  expect(unassign.licenses[0].counts).toMatchObject({ losesSeat: 400, leavesWaitlist: 110, movesUp: 2 })
  let expectedRevision: number = unassign.revision
  for (const principalIds of partsOf(many, 100)) {
    const sent = await mutate(admin, "unassignLicenses", { licenseId, principalIds, expectedRevision, simulated: true })
    expect(sent.refusal).toBeNull()
    expectedRevision = sent.revision
  }
  expect(await seated(of)).toEqual(["A", "B"])

  const PREVIEW = `query ($id: ID!, $asOf: AsOf!) { previewRestore(licenseId: $id, asOf: $asOf) {
    asOfRevision differences assign { ... on Node { id } } unassign { ... on Node { id } } simulation { ${SIMULATION} } } }`
  const { previewRestore } = await admin.ask(PREVIEW, { id: licenseId, asOf: { revision: good } })
  expect(previewRestore).toMatchObject({ differences: 512, unassign: [{ id: users.a }, { id: users.b }], simulation: { refusal: null } })
  expect(previewRestore.simulation.licenses[0].counts).toMatchObject({ gainsSeat: 400, waits: 110, losesSeat: 2 })
  const differing = [...previewRestore.assign, ...previewRestore.unassign].map(({ id }: Json) => id)
  expect((await mutate(admin, "restoreAssignments", { licenseId, asOf: { revision: good } })).refusal.code).toBe("TOO_MANY_PRINCIPALS")
  expectedRevision = previewRestore.simulation.revision
  for (const principalIds of partsOf(differing, 500)) {
    const input = { licenseId, asOf: { revision: good }, principalIds, expectedRevision, simulated: true }
    const sent = await mutate(admin, "restoreAssignments", input)
    expect(sent.refusal).toBeNull()
    expectedRevision = sent.revision
  }
  const { license } = await admin.ask("query ($id: ID!) { license(id: $id) { seats { seated waitlisted } } }", { id: licenseId })
  expect(license.seats).toEqual({ seated: 400, waitlisted: 110 })
  expect(await seated(of)).not.toContain("A")

  const { previewRestore: back } = await admin.ask(PREVIEW, { id: licenseId, asOf: { revision: early } })
  expect(back).toMatchObject({ differences: 510, assign: [], simulation: { refusal: null } })
})

test("of more than 500 who are gone the first 500 are named, and all are counted: before, after, on repeat and in the history", async () => {
  const of = await company(ledger, { seats: 600, users: ["a"] })
  const { admin, licenseId, organizationId, users } = of
  const many = await manyPeople(ledger, organizationId, 510)
  for (const principalIds of partsOf(many, 100)) await mutate(admin, "assignLicenses", { licenseId, principalIds })
  const good = await revision(of)
  for (const principalIds of partsOf(many, 100)) await mutate(admin, "unassignLicenses", { licenseId, principalIds })
  for (const some of partsOf(many, 50)) {
    await Promise.all(some.map((userId) => mutate(admin, "setUserActive", { userId, active: false })))
  }
  await mutate(admin, "assignLicenses", { licenseId, principalIds: [users.a] })

  const asked = { licenseId, asOf: { revision: good } }
  const { previewRestore } = await admin.ask(
    `query ($licenseId: ID!, $asOf: AsOf!) { previewRestore(licenseId: $licenseId, asOf: $asOf) { differences skippedCount skipped { because } } }`,
    asked,
  )
  expect(previewRestore).toEqual({ differences: 1, skippedCount: 510, skipped: Array(500).fill({ because: "INACTIVE" }) })
  const restored = await mutate(admin, "restoreAssignments", { ...asked, idempotencyKey: "many are gone" }, RESTORED)
  expect(restored).toMatchObject({ refusal: null, unassigned: [{ id: users.a }], skippedCount: 510 })
  expect(restored.skipped).toHaveLength(500)
  expect(await mutate(admin, "restoreAssignments", { ...asked, idempotencyKey: "many are gone" }, RESTORED)).toEqual(restored)
  const { history } = await admin.ask(`{ history(filter: { types: ["AssignmentsRestored"] }, first: 1) { nodes { summary } } }`)
  expect(history.nodes[0].summary).toContain("0 added, 1 removed, 510 passed over")
})
