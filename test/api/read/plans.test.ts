import * as assignments from "../../../projections/assignments/queries"
import type { Moment } from "../../../projections/catalog/moment"
import * as changes from "../../../projections/changes/queries"
import { foundNames } from "../../../projections/directory/found"
import * as directory from "../../../projections/directory/queries"
import { ofActor, ofLicense, ofSubject, ofType } from "../../../projections/history/lists"
import { stretchOf } from "../../../projections/history/places"
import * as history from "../../../projections/history/queries"
import * as licenses from "../../../projections/licenses/queries"
import * as seats from "../../../projections/seats/queries"
import { rightOf, rightThen } from "../../../projections/seats/right"
import * as why from "../../../projections/seats/why"
import { seatUsage } from "../../../projections/usage/counters"
import { seatShares } from "../../../projections/usage/sources"
import * as vendorEvents from "../../../projections/vendor-events/queries"
import type { ReadStore, SqlValue } from "../../../src/readstore/read-store"
import { NOW, openRows, type Rows, THEN, user } from "./rows"

/** What a page reads must not depend on how much there is besides it: every list follows an index, in the order of the page. */
const now: Moment = { organizationId: "org_large", revision: NOW, instant: NOW, open: true }
const then: Moment = { organizationId: "org_large", revision: THEN, instant: THEN, open: false }
const LICENSE = "lic_a"
const GROUP = "grp_a"

let rows: Rows
let plan: string[]
let store: ReadStore
beforeAll(() => {
  rows = openRows(200, (fill) => {
    fill.license(LICENSE, { seated: 100, waiting: 50, formerStates: 2 })
    fill.group(GROUP, 0, 50, LICENSE)
  })
  const explained = async <Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> => {
    plan.push(...(rows.db.prepare(`explain query plan ${sql}`).all(params) as { detail: string }[]).map(({ detail }) => detail))
    return rows.store.rows<Row>(sql, params)
  }
  store = { dialect: "sqlite", rows: explained, slowRows: explained, close: async () => {} }
})
beforeEach(() => {
  plan = []
})
afterAll(() => rows.close())

/** Seats enough that sorting them for a page would be felt. */
const listing = (moment: Moment, more: Partial<seats.SeatListing> = {}): seats.SeatListing => ({
  moment,
  licenseId: LICENSE,
  seated: 90_000,
  waitlisted: 10_000,
  order: "STATE_THEN_PLACE",
  descending: false,
  limit: 51,
  ...more,
})
/** Walks in its index's order, so that a page ends the walk. */
const follows = (index: string) => {
  expect(plan.join("\n")).toMatch(new RegExp(`SEARCH \\w+ USING (COVERING )?INDEX ${index} `))
  expect(plan.filter((step) => /TEMP B-TREE FOR ORDER BY/.test(step))).toEqual([])
}
afterEach(() => {
  expect(plan.length).toBeGreaterThan(0)
  // Derived tables are scanned, and the search index; a table of its own never.
  expect(plan.filter((step) => /^SCAN (?!principal_words|q\d|[nsfgh]$|half$|cause$|CONSTANT ROW$)/.test(step))).toEqual([])
})

describe.each([
  ["now", now, "open"],
  ["then", then, "then"],
] as const)("%s", (_, moment, which) => {
  test("seated people by id", async () => {
    await seats.seatPages(store, [listing(moment, { state: "SEATED", after: ["usr_m"] })])
    follows(`seat_${which}`)
  })
  test("the waitlist by claim key", async () => {
    await seats.seatPages(store, [listing(moment, { state: "WAITLISTED", after: [5, 0, "usr_m"] })])
    follows(`seat_by_claim_${which}`)
  })
  test("everybody by name: along the names of the organization, each looked up", async () => {
    await seats.seatPages(store, [listing(moment, { order: "DISPLAY_NAME", after: ["m", "usr_m"] })])
    follows(which === "open" ? "principal_name_sorted_open" : "principal_name_sorted")
    expect(plan.join("\n")).toMatch(/SEARCH s USING INDEX \w+ \((user_id=\? AND license_id|license_id=\? AND user_id)=\?/)
  })
  test("everybody by entitlement: a page of each state", async () => {
    await seats.seatPages(store, [listing(moment, { order: "ENTITLED_SINCE" })])
    expect(plan.filter((step) => step.includes(`INDEX seat_by_claim_${which} `))).toHaveLength(2)
  })
  test("people of a large group: asked for by person, never by walking through the group", async () => {
    await seats.seatPages(store, [listing(moment, { state: "SEATED", group: { id: GROUP, memberCount: 50_000 } })])
    follows(`seat_${which}`)
    expect(plan.join("\n")).toContain("INDEX membership_of_member (member_id=?")
  })
  test("a search that finds few: from the names to the seats", async () => {
    const found = await foundNames(rows.store, moment, "p17", ["USER"])
    await seats.seatPages(store, [listing(moment, { state: "SEATED", ...(found ? { found } : {}) })])
    expect(plan.join("\n")).toContain("SEARCH n USING INTEGER PRIMARY KEY (rowid=?)")
    expect(plan.join("\n")).toMatch(/SEARCH s USING INDEX \w+ \(.*user_id=\?/)
  })
  test.each([true, false])(
    "sources (since when: %s): along the people of the page, never along the assignments of the license",
    async (since) => {
      const parts = { name: true, account: false, claim: false, sources: true, since }
      await seats.seatPages(store, [listing(moment, { state: "SEATED", parts })])
      const steps = plan.filter((step) => /SEARCH a /.test(step))
      expect(steps).toHaveLength(2)
      for (const step of steps) expect(step).toMatch(/\((license_id|organization_id)=\? AND principal_id=\?/)
      expect(plan.join("\n")).toMatch(/INDEX membership_of_member \(member_id=\?/)
    },
  )
  test("how far assignments are: along the waitlist, not along the members", async () => {
    const principals = [{ type: "GROUP" as const, id: GROUP }]
    await assignments.progressOf(store, [{ moment, licenseId: LICENSE, waitlisted: 50, remaining: 0, principals }])
    expect(plan.slice(0, 2).join("\n")).toMatch(
      new RegExp(`SEARCH s USING COVERING INDEX seat_${which} .*\nSEARCH m USING COVERING INDEX membership_of_member`),
    )
  })
  test("members by joining", async () => {
    await directory.memberPages(store, [{ moment, groupId: GROUP, limit: 51, after: [5, 5] }])
    follows(which === "open" ? "membership_of_group_open" : "membership_of_group")
  })
  test("members that a search finds: from the names to the memberships", async () => {
    const found = await foundNames(rows.store, moment, "p17", ["USER"])
    await directory.memberPages(store, [{ moment, groupId: GROUP, limit: 51, ...(found ? { found } : {}) }])
    expect(plan.join("\n")).toContain("SEARCH n USING INTEGER PRIMARY KEY (rowid=?)")
    expect(plan.join("\n")).toMatch(/SEARCH m USING .*\(.*member_id=\?/)
  })
  test("people and groups by name", async () => {
    await directory.users(store, { moment, limit: 51, after: ["m", "usr_m"] })
    await directory.groups(store, { moment, limit: 51, after: ["m", "grp_m"] })
    follows(which === "open" ? "principal_name_sorted_open" : "principal_name_sorted")
  })
  test("assignments of a license by age", async () => {
    await assignments.assignmentPages(store, [{ moment, licenseId: LICENSE, limit: 51, after: [5, "usr_m"] }])
    follows(which === "open" ? "assignment_of_license_open" : "assignment_of_license")
  })
  test("licenses by name, each with one span", async () => {
    await licenses.licenses(store, moment, { limit: 51, after: ["m", "lic_m"] })
    follows("license_by_name")
    expect(plan.join("\n")).toContain("SEARCH s USING INDEX sqlite_autoindex_license_span_1 (license_id=? AND from_revision=?)")
  })
})

describe("history", () => {
  const all = { organizationId: "org_large", subjectIds: [], oldestFirst: false, limit: 51 }
  const filters: readonly (readonly [string, Partial<history.HistoryListing>])[] = [
    ["of a license", { licenseId: LICENSE }],
    ["of a person", { subjectIds: [user(1)] }],
    ["of an actor", { actorId: "act_a" }],
    ["of one type", { types: ["SeatsGranted"] }],
    ["of several types", { types: ["SeatsGranted", "SeatsReleased"] }],
    ["with words in the reason", { text: "new project" }],
    ["of a person and a type", { subjectIds: [user(1)], types: ["SeatsGranted"] }],
    ["of a license and words", { licenseId: LICENSE, text: "audit" }],
    ["of everything at once", { licenseId: LICENSE, subjectIds: [user(1), GROUP], actorId: "act_a", types: ["SeatsGranted"], text: "a" }],
    ["of an actor and some time", { actorId: "act_a", from: 7, to: NOW }],
  ]
  /** One step down the whole key for each list and stretch, and one for each entry of the page. */
  const looksUp = () => {
    expect(plan.filter((step) => / l /.test(step))).toEqual(
      expect.arrayContaining([expect.stringMatching(/SEARCH l USING .*\(organization_id=\? AND stretch=\? AND list=\?\)/)]),
    )
    expect(plan.filter((step) => /TEMP B-TREE/.test(step))).toEqual([])
  }
  beforeAll(() => {
    const { db } = rows
    db.prepare("insert into history_progress values ('org_large', ?)").run(NOW)
    const entry = db.prepare(
      "insert into history values ('org_large', ?, 'e', 'SeatsGranted', ?, 'USER', 'act_a', null, 'c', null, ?, '{}')",
    )
    for (let revision = NOW - 100; revision <= NOW; revision++) entry.run(revision, revision, LICENSE)
    const list = db.prepare("insert into history_list values ('org_large', ?, ?, 'AA')")
    for (const name of [ofLicense(LICENSE), ofSubject(user(1)), ofSubject(GROUP), ofActor("act_a"), ofType("SeatsGranted"), "w:audit"]) {
      list.run(stretchOf(NOW), name)
    }
  })

  test.each([
    ["newest first", { ...all, after: 1000 }],
    ["oldest first", { ...all, oldestFirst: true, after: 1000 }],
  ])("all of it, %s: along the revisions", async (_, listing) => {
    await history.historyPage(store, listing)
    follows("sqlite_autoindex_history_1")
  })
  describe.each([
    ["newest first", false],
    ["oldest first", true],
  ])("%s", (_, oldestFirst) => {
    test.each(filters)("%s", async (_name, filter) => {
      await history.historyPage(store, { ...all, oldestFirst, ...filter })
      looksUp()
      await history.historyPage(store, { ...all, oldestFirst, ...filter, after: 1_000_000 })
      looksUp()
    })
  })
  test.each(filters)("how many %s", async (_, filter) => {
    await history.countHistory(store, { ...all, ...filter })
    looksUp()
  })
  test("the entries of a page: each by its revision", async () => {
    await history.historyEntries(store, "org_large", [5, 7, 9])
    expect(plan.join("\n")).toContain("SEARCH h USING INDEX sqlite_autoindex_history_1 (organization_id=? AND revision=?)")
  })
  test("a stretch of time: halved along the revisions, never walked through", async () => {
    await history.historyPage(store, { ...all, from: 5, to: 50 })
    const steps = plan.filter((step) => /SEARCH h /.test(step))
    for (const step of steps) expect(step).toContain("INDEX sqlite_autoindex_history_1 (organization_id=? AND revision>?")
    expect(plan.filter((step) => /TEMP B-TREE/.test(step))).toEqual([])
  })
  test("the chain of causes: one step each", async () => {
    await history.causesOf(store, "org_large", NOW)
    expect(plan.join("\n")).toContain("SEARCH h USING INDEX sqlite_autoindex_history_1 (organization_id=? AND revision=?)")
  })
})

describe("why", () => {
  const pair = { moment: then, licenseId: LICENSE, userId: user(1) }
  test("the states of one seat: along its own spans", async () => {
    await why.seatSpans(store, pair, 100)
    await why.countTransitions(store, pair)
    const steps = plan.filter((step) => / s /.test(step))
    for (const step of steps)
      expect(step).toMatch(/SEARCH s USING .*\((license_id=\? AND user_id|user_id=\? AND license_id)=\? AND from_revision<\?\)/)
    expect(plan.filter((step) => /TEMP B-TREE FOR ORDER BY/.test(step))).toEqual([])
  })
  test("sources: along the person's groups, never along the assignments of the license", async () => {
    await why.sourcesOf(store, pair)
    expect(plan.join("\n")).toMatch(/SEARCH m USING .*INDEX membership_of_member \(member_id=\?/)
    for (const step of plan.filter((step) => / a /.test(step)))
      expect(step).toMatch(/\((license_id|organization_id)=\? AND principal_id=\?/)
  })
  test("the account, the names, and groups that have the license", async () => {
    await why.accountAt(store, pair)
    await why.knownPair(store, pair)
    await why.groupsWith(store, then, LICENSE, 20)
    follows("assignment_of_license")
    expect(plan.join("\n")).toMatch(/SEARCH u USING .*\(user_id=\? AND from_revision<\?\)/)
  })
})

describe("two moments compared, and usage over time", () => {
  test("a page of changes: along the people of the license, in their order", async () => {
    await changes.seatChanges(store, { from: then, to: now, licenseIds: [LICENSE], after: user(5), limit: 51 })
    expect(plan.join("\n")).toMatch(/SEARCH s .*\(license_id=\? AND user_id>\?\)/)
    expect(plan.filter((step) => /TEMP B-TREE/.test(step))).toEqual([])
  })
  test("only licenses on which something changed are looked at", async () => {
    await changes.changedLicenses(store, { from: then, to: now })
    expect(plan.join("\n")).toMatch(/SEARCH s .*\(license_id=\? AND from_revision>\? AND from_revision<\?\)/)
  })
  const period = { moment: now, until: NOW, before: THEN, intervals: [{ start: THEN, end: NOW }] }
  test("counters: from the span that held at the beginning on", async () => {
    await seatUsage(store, period, [LICENSE])
    expect(plan.join("\n")).toMatch(/SEARCH s .*\(license_id=\? AND from_revision>\? AND from_revision<\?\)/)
  })
  test("shares: sources along the people, never along the members of a group or the assignments of the license", async () => {
    await seatShares(store, period, LICENSE)
    expect(plan.join("\n")).toMatch(/SEARCH m USING INDEX membership_of_member \(member_id=\?/)
    const steps = plan.filter((step) => /SEARCH a /.test(step))
    expect(steps).toHaveLength(2)
    for (const step of steps) expect(step).toMatch(/\((license_id|organization_id)=\? AND principal_id=\?/)
  })
})

describe("vendors", () => {
  const vendor = { vendorId: "vnd_a" }
  test("a right: one step down each primary key, never through the people of the license", async () => {
    for (const person of [{ userId: user(1) }, { name: "p1@large.example" }]) await rightOf(store, vendor, LICENSE, person)
    const steps = plan.filter((step) => / s /.test(step))
    expect(steps.map((step) => step.replace(/USING .* \(/, "("))).toEqual(steps.map(() => "SEARCH s (license_id=? AND user_id=?)"))
    expect(steps).toHaveLength(2)
    expect(plan.join("\n")).toContain("principal_name_external_id (organization_id=? AND external_id=? AND to_revision=?)")
    expect(plan.join("\n")).toContain("principal_name_user_name (organization_id=? AND user_name_key=? AND to_revision=?)")
  })
  test("a right of the past", async () => {
    await rightThen(store, then, LICENSE, user(1))
    expect(plan.filter((step) => / s /.test(step)).join()).toMatch(/seat_of_user \(user_id=\? AND license_id=\?/)
    expect(plan.join("\n")).toMatch(/SEARCH p USING .* \(license_id=\? AND from_revision<\?\)/)
  })
  test("people of the past by what other systems call them", async () => {
    await directory.usersByIdentity(store, then, ["ext-1"], ["p1@large.example"])
    expect(plan.join("\n")).toContain("principal_name_external_id (organization_id=? AND external_id=? AND to_revision>?)")
    expect(plan.join("\n")).toContain("principal_name_user_name (organization_id=? AND user_name_key=? AND to_revision>?)")
  })
  test("licenses that were sold, each with one span", async () => {
    await licenses.soldLicenses(store, { ...vendor, after: ["org_m", "lic_m"], limit: 51 })
    follows("license_of_vendor")
    expect(plan.join("\n")).toMatch(/SEARCH s USING .* \(license_id=\? AND from_revision=\?\)/)
  })
  test("licenses of a subscription", async () => {
    for (const organization of [{}, { organizationId: "org_large" }]) {
      await licenses.licensesOfSubscription(store, { vendorId: "vnd_a", subscriptionId: "sub-1", ...organization })
      follows("license_of_subscription")
    }
  })
  test("the license that a message was recorded on: by the message's id", async () => {
    await vendorEvents.licenseOfMessage(store, "evt-1", { vendorId: "vnd_a", subscriptionId: "sub-1" })
    follows("vendor_event_of_id")
  })
  test.each([
    ["of the vendor", { of: vendor }, "vendor_event_of_vendor"],
    ["of the organization", { of: { organizationId: "org_large" } }, "vendor_event_of_organization"],
    ["of a license", { of: vendor, licenseId: LICENSE }, "vendor_event_of_license"],
    ["as of a revision", { of: { organizationId: "org_large" }, by: { revision: 5, instant: 5 } }, "vendor_event_of_organization"],
    ["of a license, for the organization", { of: { organizationId: "org_large" }, licenseId: LICENSE }, "vendor_event_of_license"],
    ["of one outcome", { of: vendor, outcome: "REFUSED" }, "vendor_event_of_vendor_outcome"],
    [
      "of one outcome, for the organization",
      { of: { organizationId: "org_large" }, outcome: "STALE" },
      "vendor_event_of_organization_outcome",
    ],
  ] as const)("messages %s, and one step for the gap of each", async (_, listing, index) => {
    await vendorEvents.vendorEventPage(store, { ...listing, after: 1000, limit: 51 })
    follows(index)
    expect(plan.join("\n")).toContain("vendor_event_order (license_id=? AND attribute=? AND place<?)")
  })
})
