import * as assignments from "../../../projections/assignments/queries"
import type { Moment } from "../../../projections/catalog/moment"
import { foundNames } from "../../../projections/directory/found"
import * as directory from "../../../projections/directory/queries"
import * as history from "../../../projections/history/queries"
import * as licenses from "../../../projections/licenses/queries"
import * as seats from "../../../projections/seats/queries"
import { rightOf } from "../../../projections/seats/right"
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
  store = { rows: explained, slowRows: explained, close: async () => {} }
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
  expect(plan.filter((step) => /^SCAN (?!principal_words|q\d|[nsfgh]$)/.test(step))).toEqual([])
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
  const all = { organizationId: "org_large", subjectIds: [], oldestFirst: false, limit: 51, after: 1000 }
  test.each([
    ["all of it", all, "sqlite_autoindex_history_1"],
    ["of a license", { ...all, licenseId: LICENSE }, "history_of_license"],
    ["of an actor", { ...all, actorId: "act_a" }, "history_of_actor"],
    ["of a person", { ...all, subjectIds: [user(1)] }, "\\w*history_subject\\w*"],
    ["of one type", { ...all, types: ["SeatsGranted"] }, "history_of_type"],
    ["of some time, oldest first", { ...all, from: 5, to: 50, oldestFirst: true }, "sqlite_autoindex_history_1"],
  ])("%s", async (_, filter, index) => {
    await history.historyPage(store, filter)
    follows(index)
  })
  test("of several types: a page of each", async () => {
    await history.historyPage(store, { ...all, types: ["SeatsGranted", "SeatsReleased"] })
    expect(plan.filter((step) => step.includes("INDEX history_of_type (organization_id=? AND type=? AND revision<?)"))).toHaveLength(2)
  })
})

describe("vendors", () => {
  const vendor = { vendorId: "vnd_a" }
  test("a right: one step down each primary key, never through the people of the license", async () => {
    for (const person of [{ userId: user(1) }, { name: "p1@large.example" }]) await rightOf(store, vendor, LICENSE, person)
    const steps = plan.filter((step) => / s /.test(step))
    expect(steps.map((step) => step.replace(/USING .* \(/, "("))).toEqual(steps.map(() => "SEARCH s (license_id=? AND user_id=?)"))
    expect(steps).toHaveLength(2)
    expect(plan.join("\n")).toContain("principal_name_external_id (organization_id=? AND external_id=?)")
    expect(plan.join("\n")).toContain("principal_name_user_name (organization_id=? AND <expr>=?)")
  })
  test("licenses that were sold, each with one span", async () => {
    await licenses.soldLicenses(store, { ...vendor, after: ["org_m", "lic_m"], limit: 51 })
    follows("license_of_vendor")
    expect(plan.join("\n")).toMatch(/SEARCH s USING .* \(license_id=\? AND from_revision=\?\)/)
  })
  test("licenses of a subscription", async () => {
    await licenses.licensesOfSubscription(store, "vnd_a", "sub-1")
    expect(plan.join("\n")).toContain("INDEX license_of_subscription (vendor_id=? AND subscription_id=?)")
  })
  test.each([
    ["of the vendor", { of: vendor }, "vendor_event_of_vendor"],
    ["of the organization", { of: { organizationId: "org_large" } }, "vendor_event_of_organization"],
    ["of a license", { of: vendor, licenseId: LICENSE }, "vendor_event_of_license"],
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
