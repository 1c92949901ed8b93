import type { OrganizationId } from "../../src/domain/ids"
import { availableSeats } from "../../src/domain/organization/state"
import { DAY, given, Scenario } from "./scenario"

const WAITLIST = { onShortage: "WAITLIST" } as const

test("the worked example of SEATS.md", () => {
  given({ seats: 3, users: "a b c d", groups: { G: "a b c" } })
    .assign("d")
    .seated("d")
    .assign("G")
    .seated("d a b")
    .waiting("c")
    .members("G", { add: "d" })
    .wrote("GroupMembersChanged")
    .seated("d a b")
    .waiting("c")
    .unassign("d")
    .wrote("LicenseUnassigned")
    .seated("d a b")
    .seats(1)
    .overassignedBy(2)
    .seated("d a b")
    .members("G", { remove: "a" })
    .seated("d b")
    .waiting("c")
    .overassignedBy(1)
    .seats(3)
    .overassignedBy(0)
    .seated("d b c")
    .waiting("")
    .deleteGroup("G")
    .seated("")
    .waiting("")
})

describe("assign", () => {
  test("rule 1: a seat counts distinct active users; a group takes none, inactive people take none", () => {
    given({ seats: 5, users: "a b c" })
      .active("c", false)
      .group("G", "a b c")
      .group("Empty")
      .assign("G Empty")
      .seated("a b")
      .assign("a")
      .seated("a b")
  })

  test("rule 2: a direct assignment with a free seat is seated in the same append", () => {
    const scenario = given({ seats: 1, users: "a" }).assign("a").wrote("LicenseAssigned", "SeatsGranted").seated("a")
    expect(scenario.writtenData("SeatsGranted")).toEqual({
      licenseId: "lic_crm",
      via: "NEW_CLAIM",
      claims: [{ userId: "usr_a", opened: { revision: scenario.written[0]?.revision, ordinal: 0 } }],
    })
  })

  test("rule 3: a direct assignment without a free seat refuses the whole command", () => {
    given({ seats: 1, users: "a b c" }).assign("a").assign("b c").refused("NOT_ENOUGH_SEATS", { available: 0, required: 2 })
    given({ seats: 1, users: "a b" }).assign("a b").refused("NOT_ENOUGH_SEATS", { available: 1, required: 2 })
  })

  test("rule 3: WAITLIST records the intent and queues the surplus", () => {
    given({ seats: 1, users: "a b c" })
      .assign("a b c", WAITLIST)
      .wrote("LicenseAssigned", "LicenseAssigned", "LicenseAssigned", "SeatsGranted", "SeatsWaitlisted", "SeatsWaitlisted")
      .seated("a")
      .waiting("b c")
  })

  test("rule 3: required counts users without a claim; groups never count; who waits already gets the direct source", () => {
    const scenario = given({ seats: 1, users: "a b c", groups: { G: "a b" } })
      .assign("G")
      .waiting("b")
      .assign("b")
      .wrote("LicenseAssigned")
      .waiting("b")
    expect(scenario.writtenData("LicenseAssigned").already).toEqual({ seated: 0, waitlisted: 1 })
    scenario.group("H", "c").assign("a H").seated("a").waiting("b c")
  })

  test("rule 4: a group assignment is always accepted; members beyond capacity wait", () => {
    given({ seats: 1, users: "a b c", groups: { G: "a b c" } })
      .assign("G")
      .seated("a")
      .waiting("b c")
  })

  test("rule 5: users in input order, then groups in input order, whatever the order of the input", () => {
    given({ seats: 0, users: "a b c d", groups: { G: "c", H: "d" } })
      .assign("H b G a", WAITLIST)
      .waiting("b a d c")
  })

  test("rule 5: one unknown principal refuses all", () => {
    given({ seats: 5, users: "a" })
      .assign("a nobody")
      .refused("PRINCIPAL_NOT_FOUND", { principalIds: ["usr_nobody"] })
  })

  test("rule 6: inside a group by the last joining, then its place there; never by name", () => {
    given({ users: "a b c d", groups: { G: "d c" } })
      .members("G", { add: "b a" })
      .members("G", { remove: "d" })
      .members("G", { add: "d" })
      .assign("G")
      .waiting("c b a d")
  })

  test("rule 7: first come, first served", () => {
    given({ users: "a b c" })
      .assign("b", WAITLIST)
      .assign("a", WAITLIST)
      .assign("c", WAITLIST)
      .waiting("b a c")
      .seats(2)
      .seated("b a")
      .waiting("c")
  })

  test("rule 8: a second source changes neither claim, place nor seat", () => {
    const scenario = given({ seats: 1, users: "a b c", groups: { G: "c b" } })
      .assign("a b c", WAITLIST)
      .waiting("b c")
    const before = scenario.claim("c")
    scenario.assign("G").wrote("LicenseAssigned").waiting("b c")
    expect(scenario.claim("c")).toBe(before)
  })

  test("rule 14: assigning an existing pair succeeds and writes nothing", () => {
    given({ seats: 1, users: "a", groups: { G: "a" } })
      .assign("a G")
      .assign("G a a")
      .wrote()
  })

  test("rule 15: 1 to 100 principals, duplicates collapse", () => {
    const many = Array.from({ length: 101 }, (_, index) => `u${index}`).join(" ")
    const scenario = given({ seats: 200, users: many })
    scenario.assign("").refused("INVALID_INPUT", { field: "principalIds" })
    scenario.assign(many).refused("TOO_MANY_PRINCIPALS", { given: 101, limit: 100 })
    scenario.assign(`${many.split(" ").slice(1).join(" ")} u1 u2`)
    expect(scenario.the().seated).toBe(100)
  })

  test("rule 15: inactive users are refused, unless the pair exists already", () => {
    given({ seats: 2, users: "a b" })
      .assign("a")
      .active("a", false)
      .active("b", false)
      .assign("a")
      .wrote()
      .assign("a b")
      .refused("USER_INACTIVE", { userIds: ["usr_b"] })
  })

  test("rule 15: the checks come in the order of the rule", () => {
    const scenario = given({ seats: 0, users: "a b" }).active("b", false)
    scenario.assign("nobody", { license: "none" }).refused("LICENSE_NOT_FOUND", { licenseId: "lic_none" })
    scenario.assign("b nobody").refused("PRINCIPAL_NOT_FOUND")
    scenario.assign("a b").refused("USER_INACTIVE")
    scenario.status("SUSPENDED").assign("a b").refused("USER_INACTIVE")
    scenario.assign("a").refused("LICENSE_SUSPENDED")
    scenario.status("CANCELLED").assign("nobody").refused("LICENSE_CANCELLED")
  })
})

describe("unassign", () => {
  test("rule 9: losing one of several sources changes nothing, and the event says what still entitles", () => {
    const scenario = given({ seats: 1, users: "a", groups: { G: "a", H: "a" } })
      .assign("a G H")
      .unassign("a")
      .wrote("LicenseUnassigned")
      .seated("a")
    expect(scenario.writtenData("LicenseUnassigned").stillLicensedVia).toEqual(["grp_G", "grp_H"])
    scenario.unassign("G").wrote("LicenseUnassigned").seated("a").unassign("H").seated("")
  })

  test("rule 10: losing the last source releases the seat; coming back is a new claim at the tail", () => {
    given({ seats: 1, users: "a b c" })
      .assign("a b c", WAITLIST)
      .unassign("b")
      .waiting("c")
      .assign("b", WAITLIST)
      .waiting("c b")
      .unassign("a")
      .seated("c")
      .waiting("b")
  })

  test("rule 11: a freed seat goes to the head of the waitlist in the same append, and the promotion names its cause", () => {
    const scenario = given({ seats: 1, users: "a b" })
      .assign("a b", WAITLIST)
      .unassign("a")
      .wrote("LicenseUnassigned", "SeatsReleased", "SeatsGranted")
      .seated("b")
    const [cause, released, granted] = scenario.written
    expect(scenario.writtenData("SeatsGranted").via).toBe("WAITLIST")
    expect(released?.metadata.causationId).toBe(cause?.id)
    expect(granted?.metadata).toMatchObject({ causationId: cause?.id, causationRevision: cause?.revision })
  })

  test("rule 11: promotion runs once, after all releases and new claims of the command", () => {
    // b waits. In one change of members a leaves and c joins: b goes first although c's claim is opened in the same event.
    given({ seats: 1, users: "a b c", groups: { G: "a b" } })
      .assign("G")
      .members("G", { add: "c", remove: "a" })
      .seated("b")
      .waiting("c")
  })

  test("rule 13: a user whose only sources are groups is not unassigned", () => {
    given({ seats: 2, users: "a b", groups: { G: "a", H: "a" } })
      .assign("b G H")
      .unassign("b a")
      .refused("INHERITED_FROM_GROUP", { userId: "usr_a", groupIds: ["grp_G", "grp_H"] })
      .assign("a")
      .unassign("a")
      .wrote("LicenseUnassigned")
      .seated("a b")
  })

  test("rule 14: unassigning a missing pair succeeds and writes nothing", () => {
    given({ seats: 1, users: "a", groups: { G: "" } })
      .unassign("a G")
      .wrote()
  })

  test("rules 1 and 26: the dormant assignment of an inactive user can be taken away", () => {
    given({ seats: 1, users: "a" }).assign("a").active("a", false).unassign("a").wrote("LicenseUnassigned").active("a", true).seated("")
  })
})

describe("transfer (rule 12)", () => {
  test("the seat goes to `to`, ahead of the waitlist, and the trail says TRANSFER", () => {
    const scenario = given({ seats: 1, users: "a b c" })
      .assign("a b", WAITLIST)
      .transfer("a", "c")
      .wrote("LicenseAssigned", "LicenseUnassigned", "SeatsReleased", "SeatsGranted")
      .seated("c")
      .waiting("b")
    expect(scenario.writtenData("SeatsReleased").why).toBe("TRANSFER")
    expect(scenario.writtenData("SeatsGranted").via).toBe("TRANSFER")
  })

  test("one who waits keeps the claim key", () => {
    const scenario = given({ seats: 1, users: "a b c" }).assign("a b c", WAITLIST)
    const key = scenario.claim("c")?.revision
    scenario.transfer("a", "c").wrote("LicenseUnassigned", "SeatsReleased", "SeatsGranted").seated("c").waiting("b")
    expect(scenario.claim("c")?.revision).toBe(key)
  })

  test("refusals: not seated, inherited, inactive, already seated, suspended, over-assigned, unknown", () => {
    const scenario = given({ seats: 3, users: "a b c d e", groups: { G: "c" } })
      .assign("a b G")
      .active("e", false)
    scenario.transfer("d", "a").refused("NOT_SEATED", { userId: "usr_d" })
    scenario.transfer("c", "d").refused("INHERITED_FROM_GROUP", { userId: "usr_c", groupIds: ["grp_G"] })
    scenario.transfer("a", "e").refused("USER_INACTIVE", { userIds: ["usr_e"] })
    scenario.transfer("a", "b").refused("ALREADY_SEATED", { userId: "usr_b" })
    scenario.transfer("a", "x").refused("PRINCIPAL_NOT_FOUND", { principalIds: ["usr_x"] })
    scenario.status("SUSPENDED").transfer("a", "d").refused("LICENSE_SUSPENDED")
    scenario.status("ACTIVE").seats(2).transfer("a", "d").refused("NOT_ENOUGH_SEATS", { available: 0, required: 1 })
  })

  test("a user with a group source as well keeps the seat through it: refused", () => {
    given({ seats: 1, users: "a b", groups: { G: "a" } })
      .assign("a G")
      .transfer("a", "b")
      .refused("INHERITED_FROM_GROUP")
  })

  test("a transferred seat that is revoked waits at its own key again, also in a replayed state", () => {
    const scenario = given({ seats: 2, users: "a b c d", onGraceEnd: "REVOKE" })
      .assign("a b")
      .assign("c d", WAITLIST)
      .transfer("a", "d")
      .seated("b d")
      .seats(1)
      .expireGrace()
      .seated("b")
      .waiting("c d")
    scenario.seats(2).seated("b c").waiting("d")
  })
})

describe("the vendor", () => {
  test("rule 16: the quantity is absolute and at least 0", () => {
    const scenario = given({ seats: 5 })
    scenario.seats(-1).refused("INVALID_INPUT", { field: "seats" })
    scenario.seats(1.5).refused("INVALID_INPUT", { field: "seats" })
    scenario.seats(7).wrote("VendorSeatsChanged")
    expect(scenario.writtenData("VendorSeatsChanged")).toMatchObject({ seats: 7, previousSeats: 5 })
  })

  test("rule 17: only a higher sequence applies; others are recorded as STALE; the same value as NO_CHANGE advances the sequence", () => {
    const scenario = given({ seats: 5 }).seats(7, { sequence: 10 }).wrote("VendorSeatsChanged")
    scenario.seats(9, { sequence: 10 }).wrote("VendorEventIgnored")
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("STALE")
    scenario.seats(7, { sequence: 12 })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("NO_CHANGE")
    scenario.seats(9, { sequence: 11 })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("STALE")
    expect(scenario.the().capacity).toBe(7)
  })

  test("rule 17: registration is sequence 0, and sequences reach 2^63−1", () => {
    const scenario = given({ seats: 5 }).seats(7, { sequence: 0 })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("STALE")
    scenario.seats(7, { sequence: "9223372036854775807" }).wrote("VendorSeatsChanged")
    scenario.seats(8, { sequence: "9223372036854775808" }).refused("INVALID_INPUT", { field: "sequence" })
  })

  test("rule 17: quantity and status are ordered apart, and may be numbered from one counter", () => {
    given({ seats: 5 })
      .status("WARNING", { sequence: 8 })
      .seats(6, { sequence: 3 })
      .wrote("VendorSeatsChanged")
      .status("ACTIVE", { sequence: 5 })
      .wrote("VendorEventIgnored")
  })

  test("rule 17: the plan has an order of its own, is recorded when stale or unchanged, and changes no seat", () => {
    const scenario = given({ seats: 1, users: "a b" }).assign("a b", { onShortage: "WAITLIST" })
    scenario.status("WARNING", { sequence: 8 }).plan("Team", { sequence: 3 }).wrote("LicensePlanChanged")
    expect(scenario.writtenData("LicensePlanChanged")).not.toHaveProperty("previousPlan")
    scenario.plan("Enterprise", { sequence: 5 })
    expect(scenario.writtenData("LicensePlanChanged")).toMatchObject({ plan: "Enterprise", previousPlan: "Team", sequence: "5" })
    scenario.plan("Team", { sequence: 5 })
    expect(scenario.writtenData("VendorEventIgnored")).toMatchObject({ attribute: "PLAN", outcome: "STALE", plan: "Team" })
    scenario.plan("Enterprise", { sequence: 9 })
    expect(scenario.writtenData("VendorEventIgnored")).toMatchObject({ attribute: "PLAN", outcome: "NO_CHANGE" })
    scenario.plan("Team", { sequence: 9 })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("STALE")
    expect(scenario.the().plan).toBe("Enterprise")
    scenario.seats(1, { sequence: 1 }).seated("a").waiting("b")
    scenario.plan(" ").refused("INVALID_INPUT", { field: "plan" })
  })

  test("rule 17: a plan that was registered is known, so the same plan again is no change", () => {
    const scenario = given().license("erp", 2, { plan: "Team" }).plan("Team", { license: "erp" })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("NO_CHANGE")
  })

  test("rule 17: a license is ordered by counter or by time stamp for life, and refuses messages of the other kind", () => {
    const scenario = given({ seats: 5 }).license("erp", 5, { orderedBy: "TIMESTAMP" })
    const other = { orderedBy: "TIMESTAMP" } as const
    for (const say of [() => scenario.seats(7, other), () => scenario.status("WARNING", other), () => scenario.plan("Team", other)]) {
      say().refused("INVALID_INPUT", { field: "sequence" })
    }
    expect(scenario.refusal).toMatchObject({ problem: expect.stringContaining("ordered by SEQUENCE") })
    const erp = { license: "erp" }
    for (const say of [() => scenario.seats(7, erp), () => scenario.status("WARNING", erp), () => scenario.plan("Team", erp)]) {
      say().refused("INVALID_INPUT", { field: "sequence" })
    }
    expect(scenario.refusal).toMatchObject({ problem: expect.stringContaining("ordered by TIMESTAMP") })
    scenario.seats(7, { ...erp, ...other, sequence: "17637192000000000" }).wrote("VendorSeatsChanged")
    scenario.seats(8, { ...erp, ...other, sequence: "17637191999999999" })
    expect(scenario.writtenData("VendorEventIgnored").outcome).toBe("STALE")
  })

  test("rule 17: another vendor's license is unknown before its order is looked at", () => {
    given().plan("Team", { vendor: "w", orderedBy: "TIMESTAMP" }).refused("LICENSE_NOT_FOUND")
  })

  test("rule 17: every order of arrival ends in the same state", () => {
    const events: ((scenario: Scenario) => Scenario)[] = [
      (scenario) => scenario.seats(4, { sequence: 1 }),
      (scenario) => scenario.seats(1, { sequence: 2 }),
      (scenario) => scenario.seats(3, { sequence: 4 }),
      (scenario) => scenario.status("SUSPENDED", { sequence: 3 }),
      (scenario) => scenario.status("WARNING", { sequence: 5 }),
    ]
    for (const order of permutations(events)) {
      const scenario = order.reduce((so_far, event) => event(so_far), given({ seats: 2 }))
      const { capacity, status, seatsSequence, statusSequence } = scenario.the()
      expect({ capacity, status, seatsSequence, statusSequence }).toEqual({
        capacity: 3,
        status: "WARNING",
        seatsSequence: 4n,
        statusSequence: 5n,
      })
    }
  })

  test("rule 17: another vendor's license does not exist for this vendor", () => {
    given({ seats: 5 }).seats(7, { vendor: "other" }).refused("LICENSE_NOT_FOUND")
  })

  test("rule 18: an increase moves the waitlist up", () => {
    given({ seats: 0, users: "a b c" })
      .assign("a b c", WAITLIST)
      .seats(2)
      .wrote("VendorSeatsChanged", "SeatsGranted")
      .seated("a b")
      .waiting("c")
  })

  test("rule 19: a reduction takes no seat away and starts the grace period once", () => {
    const scenario = given({ seats: 3, users: "a b c d" })
      .assign("a b c")
      .seats(1)
      .wrote("VendorSeatsChanged", "OverassignmentStarted")
      .seated("a b c")
      .overassignedBy(2)
    const deadline = scenario.the().graceEndsAt
    expect(deadline).toBe(scenario.now + 90 * DAY)
    scenario
      .later(10 * DAY)
      .seats(0)
      .wrote("VendorSeatsChanged")
      .overassignedBy(3)
    expect(scenario.the().graceEndsAt).toBe(deadline)
    scenario.assign("d").refused("NOT_ENOUGH_SEATS", { available: 0, required: 1 })
  })

  test("rule 19: released seats shrink the surplus first; nobody is promoted while seated ≥ capacity; fitting again ends it", () => {
    given({ seats: 3, users: "a b c d", graceDays: 5 })
      .assign("a b c")
      .assign("d", WAITLIST)
      .seats(1)
      .unassign("a")
      .wrote("LicenseUnassigned", "SeatsReleased")
      .overassignedBy(1)
      .unassign("b")
      .wrote("LicenseUnassigned", "SeatsReleased", "OverassignmentEnded")
      .seated("c")
      .waiting("d")
      .seats(0)
      .wrote("VendorSeatsChanged", "OverassignmentStarted")
  })

  test("rule 20: HOLD flags and takes nothing", () => {
    given({ seats: 2, users: "a b" }).assign("a b").seats(1).expireGrace().wrote("GraceExpired").seated("a b").expireGrace().wrote()
  })

  test("rule 20: nothing is due when the seats fit again and only the record of that is on its way (rule 39)", () => {
    const scenario = new Scenario(1).license("crm", 3).user("a").user("b").user("c").assign("a b c").finish().seats(2)
    scenario.overassignedBy(1).unassign("a b c").send({ type: "ContinueSettlement" })
    expect(scenario.the()).toMatchObject({ overassigned: true, seated: 2 })
    expect(scenario.expireGrace().log.filter(({ type }) => type === "GraceExpired")).toEqual([])
    expect(scenario.finish().the()).toMatchObject({ overassigned: false, seated: 0, graceExpired: false })
  })

  test("rule 20: REVOKE takes the newest grant first, and a revoked claim waits at its old key", () => {
    given({ seats: 3, users: "a b c d", onGraceEnd: "REVOKE" })
      .assign("c")
      .assign("a")
      .assign("b")
      .assign("d", WAITLIST)
      .seats(1)
      .expireGrace()
      .wrote("GraceExpired", "SeatsRevoked", "OverassignmentEnded")
      .seated("c")
      .waiting("a b d")
      .seats(2)
      .seated("c a")
  })

  test("rule 20: a grant after a promotion is newer than an older claim's first grant", () => {
    given({ seats: 1, users: "a b c", onGraceEnd: "REVOKE" })
      .assign("a b c", WAITLIST)
      .seats(2)
      .seats(3)
      .seats(1)
      .expireGrace()
      .seated("a")
      .waiting("b c")
  })

  test("rule 20: a claim that was revoked and seated again is revoked once", () => {
    given({ seats: 3, users: "a b c", onGraceEnd: "REVOKE" })
      .assign("a b c")
      .seats(1)
      .expireGrace()
      .waiting("b c")
      .seats(3)
      .seats(0)
      .expireGrace()
      .seated("")
      .waiting("a b c")
  })

  test("rule 20: a revoked claim stands in the waitlist once, also after a restart", () => {
    const scenario = given({ seats: 3, users: "a b c", onGraceEnd: "REVOKE" }).assign("a b c").restarted()
    scenario.seats(0).expireGrace().waiting("a b c").seats(3).wrote("VendorSeatsChanged", "SeatsGranted").seated("a b c")
  })

  test("rules 20 and 34: a deadline that is early, late, moved or gone changes nothing", () => {
    const scenario = given({ seats: 1, users: "a", graceDays: 1 }).assign("a").seats(0)
    const deadline = new Date(scenario.the().graceEndsAt ?? 0).toISOString()
    const expire = { type: "ExpireGrace", licenseId: scenario.the().id, deadline } as const
    scenario.send(expire).wrote()
    scenario
      .later(DAY)
      .send({ ...expire, deadline: "2020-01-01T00:00:00.000Z" })
      .wrote()
    scenario.seats(1).send(expire).wrote()
  })

  test("rule 21: quantity 0 is legal", () => {
    given({ seats: 1, users: "a" }).seats(0).assign("a", WAITLIST).waiting("a")
  })

  test("rule 22: WARNING is usable and assignable", () => {
    given({ seats: 1, users: "a" }).status("WARNING").assign("a").seated("a")
  })

  test("rule 23: SUSPENDED grants nobody a seat; releases, new claims and quantities go on; reinstating promotes", () => {
    given({ seats: 2, users: "a b c d", groups: { G: "c" } })
      .assign("a b")
      .status("SUSPENDED")
      .assign("d")
      .refused("LICENSE_SUSPENDED")
      .assign("d", WAITLIST)
      .assign("G")
      .unassign("a")
      .seats(3)
      .seated("b")
      .waiting("d c")
      .status("ACTIVE")
      .wrote("LicenseStatusChanged", "SeatsGranted")
      .seated("b d c")
  })

  test("rule 24: CANCELLED is final and applies whatever its sequence: claims close, later quantities grant nothing", () => {
    given({ seats: 1, users: "a b", groups: { G: "b" } })
      .assign("a G")
      .status("WARNING", { sequence: 50 })
      .status("CANCELLED", { sequence: 2 })
      .wrote("LicenseStatusChanged", "SeatsReleased")
      .seated("")
      .waiting("")
      .status("ACTIVE", { sequence: 60 })
      .refused("LICENSE_CANCELLED")
      .seats(5, { sequence: 7 })
      .wrote("VendorSeatsChanged")
      .seated("")
      .unassign("a")
      .refused("LICENSE_CANCELLED")
      .active("a", false)
      .active("a", true)
      .members("G", { add: "a" })
      .seated("")
      .deleteGroup("G", false)
      .wrote("GroupDeleted")
  })
})

describe("people and groups", () => {
  test("rule 26: deactivation releases the seat now, sources stay dormant; reactivation is a new claim at the tail", () => {
    given({ seats: 1, users: "a b c", groups: { G: "a" } })
      .assign("a b", WAITLIST)
      .assign("G")
      .active("a", false)
      .wrote("UserDeactivated", "SeatsReleased", "SeatsGranted")
      .seated("b")
      .assign("c", WAITLIST)
      .active("a", true)
      .seated("b")
      .waiting("c a")
      .active("a", true)
      .wrote()
      .unassign("a")
      .waiting("c a")
  })

  test("rule 27: a deleted user's assignments and memberships end and the seat is released", () => {
    const scenario = given({ seats: 1, users: "a b", groups: { G: "a" } })
      .assign("a G")
      .assign("b", WAITLIST)
      .deleteUser("a")
      .wrote("UserDeleted", "SeatsReleased", "SeatsGranted")
      .seated("b")
    expect(scenario.state.groups.get("grp_G")?.members.size).toBe(0)
    scenario.assign("a").refused("PRINCIPAL_NOT_FOUND")
    scenario.deleteUser("a").refused("NOT_FOUND", { field: "userId" })
  })

  describe("rule 28: erasure", () => {
    const erase = { type: "EraseUser", userId: "usr_a", actors: [], texts: [] } as const

    test("of who is still in the directory deletes first, with all effects of that", () => {
      const scenario = given({ seats: 1, users: "a b" })
        .assign("a")
        .assign("b", WAITLIST)
        .send({ ...erase, reason: "v2.c2VhbGVkLW9uY2Ux.request" })
        .wrote("UserDeleted", "UserErased", "SeatsReleased", "SeatsGranted")
        .seated("b")
      scenario.assign("a").refused("PRINCIPAL_NOT_FOUND")
    })

    test("of who was deleted before changes no seat, and a second time nothing at all", () => {
      given({ seats: 1, users: "a" }).deleteUser("a").send(erase).wrote("UserErased").send(erase).wrote()
    })

    test("again records what was found since, a thousand texts an event", () => {
      const texts = Array.from({ length: 2_500 }, (_, n) => `text-${n}`.padEnd(16, "-"))
      const scenario = given({ users: "a" })
        .send(erase)
        .send({ ...erase, texts })
      scenario.wrote("UserErased", "UserErased", "UserErased")
      const named = scenario.written.flatMap(({ type, data }) => (type === "UserErased" ? (data.texts ?? []) : []))
      expect(named).toEqual(texts)
    })

    test("of somebody who never was in the directory is refused; of an outdated view too", () => {
      given({ users: "a" })
        .send({ ...erase, userId: "usr_z" })
        .refused("NOT_FOUND", { field: "userId" })
      const scenario = given({ users: "a" })
      const seen = scenario.state.revision
      scenario.active("a", false).send(erase, seen).refused("STALE_VIEW")
    })

    test("is taken from a closed organization, which takes nothing else", () => {
      given({ users: "a" })
        .send({ type: "CloseOrganization", organizationId: "org_test" as OrganizationId })
        .deleteUser("a")
        .refused("ORGANIZATION_CLOSED")
        .send(erase)
        .wrote("UserDeleted", "UserErased")
    })
  })

  test("rule 29: a new name or mail has no effect on licenses", () => {
    given({ seats: 1, users: "a" })
      .assign("a")
      .send({ type: "ChangeUserProfile", userId: "usr_a", profile: "v1.other" })
      .wrote("UserProfileChanged")
      .seated("a")
  })

  test("rule 30: one event with the net difference, removals first, then additions in request order", () => {
    const scenario = given({ users: "a b c d", groups: { G: "a b" } })
      .assign("G")
      .members("G", { add: "d c a", remove: "b" })
      .wrote("GroupMembersChanged", "SeatsReleased", "SeatsWaitlisted")
      .waiting("a d c")
    expect(scenario.writtenData("GroupMembersChanged")).toMatchObject({ added: ["usr_d", "usr_c"], removed: ["usr_b"] })
  })

  test("rule 30: an id in both stays as it is; what changes nothing writes nothing; unknown ids are skipped", () => {
    const scenario = given({ users: "a b", groups: { G: "a" } })
      .members("G", { add: "a b", remove: "b" })
      .wrote()
      .members("G", { add: "ghost" })
      .wrote()
    expect(scenario.skipped).toEqual(["usr_ghost"])
    scenario.members("G", { add: "ghost b" }).wrote("GroupMembersChanged")
    expect(scenario.writtenData("GroupMembersChanged")).toMatchObject({ added: ["usr_b"], skipped: ["usr_ghost"] })
  })

  test("rule 30: a full replacement keeps the seat and place of members who stay", () => {
    given({ seats: 1, users: "a b c", groups: { G: "a b" } })
      .assign("G")
      .seated("a")
      .waiting("b")
      .replaceMembers("G", "c b a")
      .seated("a")
      .waiting("b c")
      .replaceMembers("G", "b c")
      .seated("b")
      .waiting("c")
  })

  test("rule 30: inactive users may be members; effects run per license in the order of registration", () => {
    const scenario = given({ seats: 1, users: "a b" })
      .license("erp", 1)
      .active("b", false)
      .group("G")
      .assign("G", { license: "erp" })
      .assign("G")
      .members("G", { add: "a b" })
    expect(scenario.written.slice(1).map((event) => ("licenseId" in event.data ? event.data.licenseId : ""))).toEqual([
      "lic_crm",
      "lic_erp",
    ])
    scenario.seated("a").active("b", true).waiting("b").waiting("b", "erp")
  })

  test("rule 31: nested groups are stored and not expanded", () => {
    const scenario = given({ seats: 5, users: "a b", groups: { Inner: "a" } })
      .group("G", "b Inner")
      .assign("G")
      .seated("b")
    expect(scenario.state.groups.get("grp_G")?.nested.has("grp_Inner" as never)).toBe(true)
    scenario.members("G", { remove: "Inner" }).wrote("GroupMembersChanged")
  })

  test("rule 32: an admin must confirm deleting a group that has assignments; its members are re-evaluated", () => {
    given({ seats: 2, users: "a b", groups: { G: "a b" } })
      .assign("b G")
      .deleteGroup("G", false)
      .refused("GROUP_HAS_ASSIGNMENTS", { groupId: "grp_G", licenseIds: ["lic_crm"] })
      .deleteGroup("G")
      .wrote("GroupDeleted", "SeatsReleased")
      .seated("b")
  })

  test("rule 33: two licenses on one group are independent", () => {
    given({ seats: 1, users: "a b", groups: { G: "a b" } })
      .license("erp", 2)
      .assign("G")
      .assign("G", { license: "erp" })
      .seated("a")
      .seated("a b", "erp")
      .unassign("G")
      .seated("")
      .seated("a b", "erp")
  })
})

describe("order, time, actors", () => {
  test("rule 35: expectedRevision is compared with the last event that changed this license", () => {
    const scenario = given({ seats: 5, users: "a b c" }).license("erp", 5)
    const seen = scenario.state.revision
    scenario.assign("a", { license: "erp" }).assign("a", { expectedRevision: seen }).wrote("LicenseAssigned", "SeatsGranted")
    scenario
      .assign("b", { expectedRevision: seen })
      .refused("STALE_VIEW", { expectedRevision: seen, changedAtRevision: scenario.state.revision })
    scenario.assign("b", { expectedRevision: scenario.state.revision }).seated("a b")
  })

  test("rule 35: a claim released by the directory makes the view of the license stale", () => {
    const scenario = given({ seats: 5, users: "a b" }).assign("a")
    const seen = scenario.state.revision
    scenario.active("a", false).assign("b", { expectedRevision: seen }).refused("STALE_VIEW")
  })

  test("rule 35: directory commands compare with that user or group", () => {
    const scenario = given({ users: "a b", groups: { G: "" } })
    const seen = scenario.state.revision
    scenario.members("G", { add: "a" })
    scenario.send({ type: "RenameGroup", groupId: "grp_G", displayName: "New" }, seen).refused("STALE_VIEW")
    scenario.send({ type: "SetUserActive", userId: "usr_b", active: false }, seen).wrote("UserDeactivated")
  })

  test("rule 36: every consequence names its cause", () => {
    const scenario = given({ seats: 1, users: "a b c", groups: { G: "b c" } })
      .assign("a G")
      .seats(3)
      .active("a", false)
    const consequences = scenario.log.filter((event) => /^(Seats|Overassignment)/.test(event.type))
    expect(consequences.length).toBeGreaterThan(3)
    for (const event of consequences) expect(event.metadata.causationRevision).toBeLessThan(event.revision)
  })

  test("a closed organization refuses every further command", () => {
    given({ seats: 1, users: "a" })
      .send({ type: "CloseOrganization", organizationId: "org_test" as never })
      .wrote("OrganizationClosed")
      .assign("a")
      .refused("ORGANIZATION_CLOSED")
      .seats(5)
      .refused("ORGANIZATION_CLOSED")
  })
})

describe("large groups (rule 39)", () => {
  const people = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

  function largeGroup(seats: number, size: number, budget: number): Scenario {
    const scenario = new Scenario(budget).license("crm", seats).user("x").user("y")
    for (const name of people(size)) scenario.user(name)
    return scenario.group("G", people(size).join(" "))
  }

  test("an append names no more users than it may; the rest follows, and the group reads IN_PROGRESS until then", () => {
    const scenario = largeGroup(25, 30, 10).assign("G").wrote("LicenseAssigned", "SeatsGranted", "SettlementProgressed")
    expect(scenario.writtenData("SettlementProgressed").remaining).toBe(20)
    expect(scenario.written[2]?.metadata.causationRevision).toBe(scenario.written[0]?.revision)
    scenario.send({ type: "ContinueSettlement" }).wrote("SeatsGranted", "SettlementProgressed")
    scenario.send({ type: "ContinueSettlement" }).wrote("SeatsGranted", "SeatsWaitlisted", "SettlementProgressed")
    scenario.send({ type: "ContinueSettlement" }).wrote()
    scenario.seated(people(25).join(" ")).waiting(people(30).slice(25).join(" "))
  })

  test("seats promised to claims in progress are free for nobody else, and who comes between queues behind", () => {
    const scenario = largeGroup(25, 30, 10).assign("G").assign("x").refused("NOT_ENOUGH_SEATS", { available: 0, required: 1 })
    scenario
      .assign("x", WAITLIST)
      .finish()
      .seated(people(25).join(" "))
      .waiting([...people(30).slice(25), "x"].join(" "))
  })

  test("the outcome is the same as in one step, whatever runs in between", () => {
    const between = (scenario: Scenario, wait: () => void) => {
      scenario.assign("x", WAITLIST)
      wait()
      scenario.members("G", { remove: "u3 u27" })
      wait()
      scenario.active("u29", false)
      wait()
      scenario.transfer("y", "u20")
      wait()
      scenario.unassign("G")
      wait()
      return scenario.finish()
    }
    const atOnce = largeGroup(12, 30, 10_000).assign("y")
    between(atOnce.assign("G"), () => atOnce.finish())
    const inParts = largeGroup(12, 30, 7).assign("y")
    between(inParts.assign("G"), () => undefined)
    const outcome = (scenario: Scenario) => [...scenario.the().claims.values()].map(({ user, state }) => `${user.id} ${state}`).sort()
    expect(outcome(inParts)).toEqual(outcome(atOnce))
  })

  test("while promotions are recorded, the seats promised to those who wait are not available", () => {
    const scenario = new Scenario(10).license("crm", 0)
    for (const name of people(30)) scenario.user(name)
    for (const name of people(30)) scenario.assign(name, WAITLIST)
    scenario.seats(100)
    expect(availableSeats(scenario.the())).toBe(70)
    scenario.send({ type: "ContinueSettlement" })
    expect(availableSeats(scenario.the())).toBe(70)
    scenario.finish().seated(people(30).join(" "))
    expect(availableSeats(scenario.the())).toBe(70)
  })

  test("a grace period does not expire on a license that fits again, though the releases are still being recorded", () => {
    const scenario = new Scenario(4).license("crm", 3, { graceDays: 1, onGraceEnd: "REVOKE" })
    for (const name of people(3)) scenario.user(name)
    scenario.group("G", people(3).join(" ")).assign("G").finish().seats(1).overassignedBy(2)
    const restrained = Object.assign(scenario, { budget: 1 })
    restrained.unassign("G").wrote("LicenseUnassigned", "SeatsReleased", "SettlementProgressed")
    restrained.expireGrace().wrote("SeatsReleased", "SettlementProgressed")
    restrained.finish().seated("").overassignedBy(0)
  })

  test("a large cancellation ends every claim in consecutive appends", () => {
    const scenario = largeGroup(30, 30, 8).assign("G").finish().status("CANCELLED")
    expect(scenario.the().claims.size).toBe(0)
    scenario.finish().seated("")
    expect(scenario.the().deferred).toBe(0)
  })
})

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) => permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]))
}
