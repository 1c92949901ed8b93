/** A reviewer signs off who is on a license; what changes later is drift. Over HTTP. */
import { createHash } from "node:crypto"
import { leafHash } from "../../src/audit/leaf"
import { rootOf } from "../../src/audit/merkle"
import { canonicalJson } from "../../src/domain/canonical-json"
import { type Company, company } from "../end-to-end/company"
import { type Caller, RunningLedger } from "../support/running-ledger"

let ledger: RunningLedger
beforeAll(async () => {
  ledger = await RunningLedger.start()
})
afterAll(() => ledger.stop())

let made: Company
let auditor: Caller
beforeEach(async () => {
  made = await company(ledger, { seats: 2, users: ["ada", "bo", "cy", "di"] })
  auditor = await ledger.as("AUDITOR", { organization: made.organizationId, subject: "audrey" })
  await assign("ada", "bo", "cy")
})

const ids = (...names: string[]) => names.map((name) => made.users[name])

async function run(mutation: string, type: string, input: object, as: Caller = made.admin) {
  const { answer } = await as.ask(
    `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { revision refusal { code message } } }`,
    { input },
  )
  expect(answer.refusal).toBeNull()
  return answer.revision as number
}
const assign = (...names: string[]) =>
  run("assignLicenses", "AssignLicensesInput", { licenseId: made.licenseId, principalIds: ids(...names), onShortage: "WAITLIST" })
const unassign = (...names: string[]) =>
  run("unassignLicenses", "UnassignLicensesInput", { licenseId: made.licenseId, principalIds: ids(...names) })

async function revision(): Promise<number> {
  const { viewer } = await made.admin.ask("{ viewer { organization { revision } } }")
  return viewer.organization.revision
}

const REVIEW = `id revision reviewedRevision root seated waitlisted digest statement reviewer { type role displayName }
  drift { totalCount nodes { kind before now user { displayName } entry { type } } }`

async function sign(input: object, as: Caller = made.admin) {
  const { signAccessReview } = await as.ask(
    `mutation ($input: SignAccessReviewInput!) {
      signAccessReview(input: $input) { revision refusal { code message } review { ${REVIEW} } }
    }`,
    { input: { licenseId: made.licenseId, ...input } },
  )
  return signAccessReview
}

async function reviews(args = "") {
  const { accessReviews } = await made.admin.ask(
    `query ($license: ID!) { accessReviews(licenseId: $license${args}) { totalCount nodes { ${REVIEW} } } }`,
    { license: made.licenseId },
  )
  return accessReviews
}

async function eventsUpTo(last: number) {
  const events = []
  for await (const page of ledger.opened.eventStore.read(`organization-${made.organizationId}`, 0)) events.push(...page)
  return events.filter(({ revision }) => revision <= last)
}

test("a signature says who, when, and is bound to revision, root and exactly these people", async () => {
  const reviewed = await revision()
  const { review, refusal } = await sign({ revision: reviewed, statement: "All three are in sales." })
  expect(refusal).toBeNull()
  expect(review).toMatchObject({
    reviewedRevision: reviewed,
    revision: reviewed + 1,
    seated: 2,
    waitlisted: 1,
    statement: "All three are in sales.",
    reviewer: { type: "USER", role: "GLOBAL_ADMIN", displayName: "chief" },
    drift: { totalCount: 0, nodes: [] },
  })
  const people = Object.entries({ ada: "SEATED", bo: "SEATED", cy: "WAITLISTED" }).map(([name, state]) => [made.users[name] ?? "", state])
  const list = canonicalJson(people.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)))
  expect(review.digest).toBe(createHash("sha256").update(list).digest("base64"))
  expect(review.root).toBe(rootOf((await eventsUpTo(reviewed)).map(leafHash)).toString("base64"))

  const { history } = await auditor.ask(`{ history(first: 1) { nodes { type summary data } } }`)
  expect(history.nodes[0]).toMatchObject({
    type: "AccessReviewSigned",
    summary: `chief reviewed who has CRM as of revision ${reviewed}: 2 seated, 1 waiting`,
  })
  expect(JSON.stringify(history.nodes[0].data)).not.toContain("statement")
})

test("later drift: who got on, who went, whose state changed, each with the event that did it; whoever came back has not drifted", async () => {
  const reviewed = await revision()
  await sign({ revision: reviewed })
  expect((await reviews()).nodes[0].drift.totalCount).toBe(0)
  await unassign("ada") // cy moves up
  const between = await revision()
  await assign("di", "ada")
  await unassign("bo")
  await assign("bo") // at the tail: waits now
  const drifted = async () => {
    const { nodes } = (await reviews()).nodes[0].drift
    return Object.fromEntries(nodes.map((node: { user: { displayName: string } }) => [node.user.displayName, node]))
  }
  expect(await drifted()).toEqual({
    ADA: expect.objectContaining({ kind: "CHANGED", before: "SEATED", now: "WAITLISTED", entry: { type: "SeatsWaitlisted" } }),
    BO: expect.objectContaining({ kind: "CHANGED", before: "SEATED", now: "WAITLISTED", entry: { type: "SeatsWaitlisted" } }),
    CY: expect.objectContaining({ kind: "CHANGED", before: "WAITLISTED", now: "SEATED", entry: { type: "SeatsGranted" } }),
    DI: expect.objectContaining({ kind: "GAINED", before: null, now: "SEATED", entry: { type: "SeatsGranted" } }),
  })
  await unassign("di") // ada has a seat again
  expect(Object.keys(await drifted()).sort()).toEqual(["BO", "CY"])

  const then = (await reviews(`, asOf: { revision: ${between} }`)).nodes[0].drift.nodes
  expect(then).toMatchObject([{ kind: expect.stringMatching(/LOST|CHANGED/) }, { kind: expect.stringMatching(/LOST|CHANGED/) }])
  expect(then.find(({ kind }: { kind: string }) => kind === "LOST")).toMatchObject({
    before: "SEATED",
    now: null,
    user: { displayName: "ADA" },
    entry: { type: "SeatsReleased" },
  })
  expect((await reviews(`, asOf: { revision: ${reviewed} }`)).totalCount).toBe(0)
})

test("drift comes in pages, and so do the reviews", async () => {
  const empty = await revision()
  await sign({ revision: empty })
  await unassign("ada", "bo", "cy")
  const pages: string[] = []
  let after = ""
  for (let more = true; more; ) {
    const { accessReviews } = await made.admin.ask(
      `query ($license: ID!) { accessReviews(licenseId: $license, first: 1) {
        nodes { drift(first: 2${after}) { nodes { user { id } } pageInfo { hasNextPage endCursor } } }
      } }`,
      { license: made.licenseId },
    )
    const { nodes, pageInfo } = accessReviews.nodes[0].drift
    pages.push(...nodes.map(({ user }: { user: { id: string } }) => user.id))
    more = pageInfo.hasNextPage
    after = `, after: "${pageInfo.endCursor}"`
  }
  expect(pages).toEqual(ids("ada", "bo", "cy").sort())
  await sign({ revision: await revision() })
  const { totalCount, nodes } = await reviews()
  expect(totalCount).toBe(2)
  expect(nodes[0].revision).toBeGreaterThan(nodes[1].revision)
})

test("the people who were signed off can be read for ever, as they were", async () => {
  await sign({ revision: await revision() })
  await unassign("ada", "bo", "cy")
  await run("deleteUser", "DeleteUserInput", { userId: made.users.ada })
  const { accessReviews } = await auditor.ask(
    `query ($license: ID!) { accessReviews(licenseId: $license) { nodes {
      license { users { nodes { state user { displayName } } } } drift { nodes { user { displayName } kind } }
    } } }`,
    { license: made.licenseId },
  )
  const [{ license, drift }] = accessReviews.nodes
  expect(license.users.nodes.map(({ user }: { user: { displayName: string } }) => user.displayName).sort()).toEqual(["ADA", "BO", "CY"])
  expect(drift.nodes).toContainEqual({ user: { displayName: "ADA" }, kind: "LOST" })
})

describe("refused, with nothing written", () => {
  test("a revision that is in the future, and one at which there was no such license", async () => {
    const now = await revision()
    expect(await sign({ revision: now + 10 })).toMatchObject({
      refusal: { code: "INVALID_INPUT", message: expect.stringContaining(`${now}`) },
    })
    expect(await sign({ revision: 1 })).toMatchObject({ refusal: { code: "LICENSE_NOT_FOUND" } })
    expect(await sign({ revision: now, licenseId: "lic_nowhere" })).toMatchObject({ refusal: { code: "LICENSE_NOT_FOUND" } })
    expect(await revision()).toBe(now)
  })

  test("rule 35: a list that is no longer so, unless the reviewer means just that list; what else happened does not matter", async () => {
    const reviewed = await revision()
    await run("createGroup", "CreateGroupInput", { displayName: "Elsewhere" })
    await run(
      "changeVendorSeats",
      "ChangeVendorSeatsInput",
      { licenseId: made.licenseId, seats: 2, vendorEventId: `same ${reviewed}`, sequence: "1" },
      made.vendor,
    )
    expect((await sign({ revision: reviewed })).refusal).toBeNull()

    const again = await revision()
    await unassign("ada")
    expect(await sign({ revision: again })).toMatchObject({ refusal: { code: "STALE_VIEW" }, review: null })
    const { review, refusal } = await sign({ revision: again, allowDrift: true })
    expect(refusal).toBeNull()
    expect(review.drift.totalCount).toBe(2)
  })

  test("a revision before the one that was reviewed last", async () => {
    const older = await revision()
    await assign("di")
    await sign({ revision: await revision() })
    expect(await sign({ revision: older, allowDrift: true })).toMatchObject({ refusal: { code: "STALE_VIEW" } })
  })
})

test("rule 37: the same key gets the same review", async () => {
  const input = { revision: await revision(), statement: "Fine.", idempotencyKey: "review Q3" }
  const first = await sign(input)
  await unassign("ada")
  const again = await sign(input)
  expect(again.review.id).toBe(first.review.id)
  expect((await reviews()).totalCount).toBe(1)
})

test("rule 38: license admins sign too; the auditor reads, and does not sign", async () => {
  const { organizationId: organization } = made
  const reviewed = await revision()
  const licenseAdmin = await ledger.as("LICENSE_ADMIN", { organization, subject: "lia" })
  expect(await sign({ revision: reviewed }, licenseAdmin)).toMatchObject({ refusal: null, review: { reviewer: { role: "LICENSE_ADMIN" } } })
  const { errors } = await auditor.send(`mutation ($input: SignAccessReviewInput!) { signAccessReview(input: $input) { revision } }`, {
    input: { licenseId: made.licenseId, revision: reviewed },
  })
  expect(errors?.[0]?.extensions?.code).toBe("FORBIDDEN")
})

test("another organization sees none of it", async () => {
  const reviewed = await revision()
  await sign({ revision: reviewed })
  const other = await company(ledger, { seats: 1, users: ["eve"] })
  const { accessReviews } = await other.admin.ask(
    `query ($license: ID!) { accessReviews(licenseId: $license) { totalCount nodes { id } } }`,
    {
      license: made.licenseId,
    },
  )
  expect(accessReviews).toEqual({ totalCount: 0, nodes: [] })
  expect((await sign({ revision: 3 }, other.admin)).refusal).toMatchObject({ code: "LICENSE_NOT_FOUND" })
})
