import { written } from "../../../src/api/graphql/mutations/command"
import { assignResults, memberWarnings, unassignResults, vendorOutcome } from "../../../src/api/graphql/mutations/results"
import type { OrganizationEvent, OrganizationEventDraft } from "../../../src/domain/events"
import type { GroupId, LicenseId, UserId } from "../../../src/domain/ids"

const licenseId = "lic_mail" as LicenseId
const [ada, bo, cy, dee] = ["usr_ada", "usr_bo", "usr_cy", "usr_dee"] as [UserId, UserId, UserId, UserId]
const [sales, board] = ["grp_sales", "grp_board"] as [GroupId, GroupId]

/** As recorded by one command, from a revision on. */
function recorded(first: number, ...drafts: readonly OrganizationEventDraft[]): OrganizationEvent[] {
  const actor = { type: "USER", id: ada, role: "LICENSE_ADMIN" } as const
  const recordedAt = "2026-03-01T09:00:00.000Z"
  const metadata = { v: 1, commandId: "key_x", commandHash: "h", correlationId: "c", actor, recordedAt }
  return drafts.map((draft, n) => ({ ...draft, id: `evt-${first + n}`, revision: first + n, metadata }))
}
const assigned = (id: UserId | GroupId, already = { seated: 0, waitlisted: 0 }): OrganizationEventDraft => ({
  type: "LicenseAssigned",
  data: { licenseId, principal: { type: id.startsWith("grp_") ? "GROUP" : "USER", id }, already },
})
const claims = (revision: number, ...users: UserId[]) => users.map((userId, ordinal) => ({ userId, opened: { revision, ordinal } }))
const granted = (revision: number, ...users: UserId[]): OrganizationEventDraft => ({
  type: "SeatsGranted",
  data: { licenseId, via: "NEW_CLAIM", claims: claims(revision, ...users) },
})
const waitlisted = (revision: number, ...users: UserId[]): OrganizationEventDraft => ({
  type: "SeatsWaitlisted",
  data: { licenseId, claims: claims(revision, ...users) },
})

describe("what assignLicenses answers, from its events", () => {
  test("a user with a free seat is seated, one without waits, one assigned before is told so", () => {
    const events = recorded(11, assigned(ada), assigned(bo), granted(11, ada), waitlisted(12, bo))
    expect(assignResults([cy, ada, bo], events)).toEqual([
      { principalId: cy, outcome: "ALREADY_ASSIGNED", seated: 0, waitlisted: 0 },
      { principalId: ada, outcome: "ASSIGNED", seated: 1, waitlisted: 0 },
      { principalId: bo, outcome: "WAITLISTED", seated: 0, waitlisted: 1 },
    ])
  })

  test("rule 15: an id given twice counts once", () => {
    expect(assignResults([ada, ada], recorded(11, assigned(ada), granted(11, ada)))).toHaveLength(1)
  })

  test("rule 8: a second source counts the seat or the place that was there before", () => {
    const events = recorded(11, assigned(ada, { seated: 1, waitlisted: 0 }), assigned(bo, { seated: 0, waitlisted: 1 }))
    expect(assignResults([ada, bo], events)).toEqual([
      { principalId: ada, outcome: "ASSIGNED", seated: 1, waitlisted: 0 },
      { principalId: bo, outcome: "WAITLISTED", seated: 0, waitlisted: 1 },
    ])
  })

  test("rule 4: a group is assigned even when nobody of it finds a seat; members are counted by who had a claim before", () => {
    const events = recorded(
      11,
      assigned(sales, { seated: 1, waitlisted: 1 }),
      assigned(board),
      granted(11, ada),
      waitlisted(11, bo),
      waitlisted(12, cy, dee),
    )
    expect(assignResults([sales, board], events)).toEqual([
      { principalId: sales, outcome: "ASSIGNED", seated: 2, waitlisted: 2 },
      { principalId: board, outcome: "ASSIGNED", seated: 0, waitlisted: 2 },
    ])
  })

  test("one who waited and was seated in the same command counts as seated", () => {
    expect(assignResults([sales], recorded(11, assigned(sales), waitlisted(11, ada, bo), granted(11, bo)))).toEqual([
      { principalId: sales, outcome: "ASSIGNED", seated: 1, waitlisted: 1 },
    ])
  })

  test("a seat granted to an older claim belongs to nobody in the command", () => {
    expect(assignResults([ada], recorded(11, assigned(ada), granted(3, bo), waitlisted(11, ada)))).toEqual([
      { principalId: ada, outcome: "WAITLISTED", seated: 0, waitlisted: 1 },
    ])
  })

  test("rule 39: claims still in progress count in neither; a user then reads as waiting", () => {
    const events = recorded(11, assigned(ada), assigned(sales), granted(12, bo), {
      type: "SettlementProgressed",
      data: { licenseId, newClaims: 0, remaining: 99_999 },
    })
    expect(assignResults([ada, sales], events)).toEqual([
      { principalId: ada, outcome: "WAITLISTED", seated: 0, waitlisted: 0 },
      { principalId: sales, outcome: "ASSIGNED", seated: 1, waitlisted: 0 },
    ])
  })
})

test("what unassignLicenses answers: rule 9 names the groups that still entitle, rule 14 what was not assigned", () => {
  const events = recorded(
    11,
    { type: "LicenseUnassigned", data: { licenseId, principal: { type: "USER", id: ada }, stillLicensedVia: [sales] } },
    { type: "LicenseUnassigned", data: { licenseId, principal: { type: "GROUP", id: board }, stillLicensedVia: [] } },
  )
  expect(unassignResults([board, bo, ada, ada], events)).toEqual([
    { principalId: board, outcome: "UNASSIGNED", stillLicensedVia: [] },
    { principalId: bo, outcome: "NOT_ASSIGNED", stillLicensedVia: [] },
    { principalId: ada, outcome: "UNASSIGNED", stillLicensedVia: [sales] },
  ])
})

describe("what a vendor's event came to (rule 17)", () => {
  const sent = { licenseId, vendorEventId: "e1", sequence: "7" }
  const promoted = granted(3, ada)
  test("applied", () => {
    const seats = recorded(11, { type: "VendorSeatsChanged", data: { ...sent, seats: 3, previousSeats: 2 } }, promoted)
    expect(vendorOutcome(seats)).toBe("APPLIED")
    const status = recorded(11, { type: "LicenseStatusChanged", data: { ...sent, status: "WARNING", previousStatus: "ACTIVE" } })
    expect(vendorOutcome(status)).toBe("APPLIED")
  })
  test.each(["STALE", "NO_CHANGE"] as const)("recorded and not applied: %s", (outcome) => {
    expect(vendorOutcome(recorded(11, { type: "VendorEventIgnored", data: { ...sent, attribute: "SEATS", outcome } }))).toBe(outcome)
  })
  test("no record at all is a fault", () => {
    expect(() => vendorOutcome([])).toThrow("rule 17")
  })
})

describe("the warnings about members", () => {
  test("rule 30: unknown ids, from the events or, when nothing was written, from the outcome; each once", () => {
    const data = { groupId: sales, added: [ada], removed: [], skipped: ["usr_x", "nonsense"] }
    const warnings = memberWarnings(recorded(11, { type: "GroupMembersChanged", data }), ["usr_x", "nonsense"])
    expect(warnings.map((text) => text.split(" ").slice(0, 2))).toEqual([
      ["UNKNOWN_MEMBER_SKIPPED:", "usr_x"],
      ["UNKNOWN_MEMBER_SKIPPED:", "nonsense"],
    ])
    expect(memberWarnings([], ["usr_x"])).toHaveLength(1)
    const created = { type: "GroupProvisioned", data: { groupId: sales, displayName: "Sales", skipped: ["usr_y"] } } as const
    expect(memberWarnings(recorded(11, created), [])).toEqual([expect.stringContaining("usr_y")])
  })

  test("rule 31: a group inside a group is kept, not expanded, and reported", () => {
    const data = { groupId: sales, added: [], removed: [], nestedAdded: [board] }
    expect(memberWarnings(recorded(11, { type: "GroupMembersChanged", data }), [])).toEqual([
      expect.stringMatching(/^NESTED_GROUP_IGNORED: grp_board /),
    ])
  })

  test("what a caller sent comes back shortened", () => {
    expect(memberWarnings([], ["x".repeat(100_000)])[0]?.length).toBeLessThan(200)
  })
})

test("an event that should have been written and was not is a fault, not an empty answer", () => {
  expect(() => written({ events: [], skipped: [], repeated: false }, "UserProvisioned")).toThrow("without a UserProvisioned")
})
