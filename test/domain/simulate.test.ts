/** What if, and undo, rule by rule. */
import type { PrincipalId } from "../../src/domain/ids"
import type { Simulated } from "../../src/domain/organization/simulate"
import { given, names, principal, Scenario } from "./scenario"

const ids = (list: string) => names(list).map(principal)
const assign = (who: string, onShortage: "REJECT" | "WAITLIST" = "REJECT") =>
  ({ type: "AssignLicenses", licenseId: "lic_crm", principalIds: ids(who), onShortage }) as const
const unassign = (who: string) => ({ type: "UnassignLicenses", licenseId: "lic_crm", principalIds: ids(who) }) as const
const restore = (who: string, more: { only?: readonly string[] } = {}) =>
  ({ type: "RestoreAssignments", licenseId: "lic_crm", asOfRevision: 7, principalIds: ids(who) as PrincipalId[], ...more }) as const

/** Such as `LOSES_SEAT a`, with the place in the waitlist and the groups. */
function told({ licenses }: Simulated): string[] {
  return licenses.flatMap(({ people }) =>
    people.map(({ userId, change, waitlistPosition, groups }) =>
      [change, userId.slice(4), ...(waitlistPosition === undefined ? [] : [waitlistPosition]), ...groups.map((id) => id.slice(4))].join(
        " ",
      ),
    ),
  )
}

describe("what if", () => {
  test("rule 11: who loses a seat, and who moves up from which place", () => {
    const scenario = given({ seats: 2, users: "a b c d e" }).assign("a b c d e", { onShortage: "WAITLIST" })
    expect(told(scenario.simulate(unassign("a c")))).toEqual(["LOSES_SEAT a", "MOVES_UP d 2", "LEAVES_WAITLIST c"])
    scenario.seated("a b").waiting("c d e")
  })

  test("rule 9: who keeps the seat, and through which group", () => {
    const scenario = given({ seats: 2, users: "a", groups: { G: "a" } }).assign("a G")
    const { licenses } = scenario.simulate(unassign("a"))
    expect(licenses[0]?.people).toEqual([{ userId: "usr_a", change: "KEEPS_SEAT", direct: false, groups: ["grp_G"] }])
  })

  test("rule 7: who joins the waitlist gets the places at its end", () => {
    const scenario = given({ seats: 1, users: "a b c d" }).assign("a b", { onShortage: "WAITLIST" })
    expect(told(scenario.simulate(assign("d c", "WAITLIST")))).toEqual(["WAITS d 2", "WAITS c 3"])
  })

  test("rule 3: what would be refused is said, with nothing else", () => {
    const scenario = given({ seats: 1, users: "a b" })
    const { refusal, licenses } = scenario.simulate(assign("a b"))
    expect(refusal).toEqual({ code: "NOT_ENOUGH_SEATS", available: 1, required: 2 })
    expect(licenses).toEqual([])
  })

  test("rule 19: fewer seats take none away, and the license is over-assigned", () => {
    const scenario = given({ seats: 3, users: "a b c" }).assign("a b c")
    const { licenses } = scenario.simulate({ type: "SupposeSeats", licenseId: "lic_crm", seats: 1 })
    expect(licenses).toMatchObject([{ before: { overassignedBy: 0 }, after: { purchased: 1, seated: 3, overassignedBy: 2 }, people: [] }])
  })

  test("rule 32: deleting a group has its effect on each of its licenses", () => {
    const scenario = given({ seats: 1, users: "a b", groups: { G: "a b" } }).license("erp", 5)
    scenario.assign("G").assign("G", { license: "erp" })
    const { licenses } = scenario.simulate({ type: "DeleteGroup", groupId: "grp_G", confirm: true })
    expect(licenses.map(({ licenseId, people }) => [licenseId, people.length])).toEqual([
      ["lic_crm", 2],
      ["lic_erp", 2],
    ])
  })

  test("rule 26: several people one after the other, until one of them is refused", () => {
    const scenario = given({ seats: 2, users: "a b c" }).assign("a b c", { onShortage: "WAITLIST" })
    const off = (name: string) => ({ type: "SetUserActive", userId: principal(name), active: false }) as const
    const simulated = scenario.simulate(off("a"), off("nobody"), off("b"))
    expect(told(simulated)).toEqual(["LOSES_SEAT a", "MOVES_UP c 1"])
    expect(simulated.refusal).toMatchObject({ code: "NOT_FOUND", id: "usr_nobody" })
  })

  test("rule 39: what is on its way counts as done, with the change and without it", () => {
    const people = Array.from({ length: 9 }, (_, n) => `u${n}`).join(" ")
    const scenario = new Scenario(2).license("crm", 8)
    for (const name of names(people)) scenario.user(name)
    for (const name of names(people)) scenario.group("G").members("G", { add: name })
    scenario.assign("G")
    expect(scenario.state.unsettled.size).toBe(1) // two of nine are recorded
    const simulated = scenario.simulate(unassign("nobody"), unassign("G"))
    expect(simulated.refusal?.code).toBe("PRINCIPAL_NOT_FOUND")
    const { licenses } = scenario.simulate({ type: "DeleteUser", userId: "usr_u0" })
    expect(licenses).toMatchObject([{ before: { seated: 8, waitlisted: 1 }, after: { seated: 8, waitlisted: 0 } }])
    // On another license it is no part of the answer.
    const elsewhere = scenario.license("erp", 1).simulate({ type: "SupposeSeats", licenseId: "lic_erp", seats: 2 })
    expect(elsewhere.licenses.map(({ licenseId }) => licenseId)).toEqual(["lic_erp"])
  })
})

describe("rule 35: a command that was simulated", () => {
  test("is refused when what entitles one of its people has changed, although the license has not", () => {
    const scenario = given({ seats: 2, users: "a", groups: { G: "", H: "a" } }).assign("a G H")
    const { revision } = scenario.simulate(unassign("a"))
    scenario.members("G", { add: "a" })
    scenario.send(unassign("a"), revision)
    scenario.wrote("LicenseUnassigned") // compared with the license alone, as a plain command is
    const again = given({ seats: 2, users: "a", groups: { G: "", H: "a" } }).assign("a G H")
    const seen = again.simulate(unassign("a")).revision
    again.members("G", { add: "a" }).send(unassign("a"), seen, true)
    again.refused("STALE_VIEW", { expectedRevision: seen, changedAtRevision: again.state.revision })
  })

  test("is refused when one of its licenses has changed, whatever the command is about", () => {
    const scenario = given({ seats: 2, users: "a b", groups: { G: "a" } }).assign("G")
    const remove = { type: "DeleteGroup", groupId: "grp_G", confirm: true } as const
    const { revision } = scenario.simulate(remove)
    scenario.assign("b").send(remove, revision, true).refused("STALE_VIEW")
  })

  test("is refused when a license is no longer one of the group's", () => {
    const scenario = given({ seats: 2, users: "a b", groups: { G: "a" } }).assign("G")
    const join = { type: "ChangeGroupMembers", groupId: "grp_G", add: ["usr_b"], remove: [] } as const
    const { revision } = scenario.simulate(join)
    scenario.unassign("G").send(join, revision, true).refused("STALE_VIEW")
  })

  test("is refused when somebody has lost a license since that would have been released", () => {
    const scenario = given({ seats: 2, users: "a" }).assign("a")
    const off = { type: "SetUserActive", userId: "usr_a", active: false } as const
    const { revision } = scenario.simulate(off)
    scenario.unassign("a").send(off, revision, true).refused("STALE_VIEW")
  })

  test("is refused when somebody whom it names was deleted since", () => {
    const scenario = given({ seats: 2, users: "a b", groups: { G: "a" } }).assign("G")
    const join = { type: "ChangeGroupMembers", groupId: "grp_G", add: ["usr_b"], remove: [] } as const
    const { revision } = scenario.simulate(join)
    scenario.deleteUser("b").send(join, revision, true).refused("STALE_VIEW")
  })

  test("is carried out when only something else has changed", () => {
    const scenario = given({ seats: 2, users: "a b", groups: { G: "a", H: "b" } }).assign("G")
    const { revision } = scenario.simulate(unassign("G"))
    scenario.members("H", { remove: "b" }).user("c").send({ type: "RenameGroup", groupId: "grp_G", displayName: "Other" })
    scenario.send(unassign("G"), revision, true).wrote("LicenseUnassigned", "SeatsReleased")
  })

  test("needs the revision of the simulation", () => {
    given({ seats: 2, users: "a" }).send(assign("a"), undefined, true).refused("INVALID_INPUT", { field: "simulated" })
  })
})

describe("undo", () => {
  test("assigns and unassigns again, in one command with a mark of its own; what happened since stays in the log", () => {
    const scenario = given({ seats: 3, users: "a b c" }).assign("a b")
    scenario.unassign("a b").assign("c")
    const before = scenario.log.length
    scenario.send(restore("a b")).seated("a b")
    scenario.wrote(
      "AssignmentsRestored",
      "LicenseAssigned",
      "LicenseAssigned",
      "LicenseUnassigned",
      "SeatsReleased",
      "SeatsGranted",
      "SeatsGranted",
    )
    expect(scenario.writtenData("AssignmentsRestored")).toEqual({ licenseId: "lic_crm", asOfRevision: 7, assigned: 2, unassigned: 1 })
    expect(scenario.written.flatMap(({ data }) => ("restores" in data ? [data.restores] : []))).toEqual([7, 7, 7])
    expect(scenario.log).toHaveLength(before + 7)
  })

  test("rules 4 and 10: whoever finds no seat waits at the tail; who moved up since keeps the seat", () => {
    const scenario = given({ seats: 1, users: "a b" }).assign("a b", { onShortage: "WAITLIST" }).unassign("a").seated("b")
    scenario.send(restore("a b")).seated("b").waiting("a")
  })

  test("rule 8: who has the license for another reason meanwhile keeps seat and place", () => {
    const scenario = given({ seats: 1, users: "a b", groups: { G: "a" } })
      .assign("G")
      .assign("b", { onShortage: "WAITLIST" })
    scenario.unassign("b").send(restore("a")).seated("a").wrote("AssignmentsRestored", "LicenseAssigned", "LicenseUnassigned")
    expect(scenario.writtenData("LicenseUnassigned").stillLicensedVia).toEqual([])
    expect(scenario.claim("a")?.sources).toBe(1)
  })

  test("who is gone or inactive is passed over and named", () => {
    const scenario = given({ seats: 5, users: "a b c", groups: { G: "" } }).assign("a b c G")
    scenario.unassign("a b c G").deleteUser("a").active("b", false).deleteGroup("G")
    scenario.send(restore("a b c G")).seated("c")
    expect(scenario.writtenData("AssignmentsRestored").skipped).toEqual(["usr_a", "usr_b", "grp_G"])
    expect(scenario.skipped).toEqual(["usr_a", "usr_b", "grp_G"])
  })

  test("rule 39: of more than 500 who are gone the event names 500 and says how many there are", () => {
    const gone = Array.from({ length: 501 }, (_, n) => `gone${n}`)
    const scenario = given({ seats: 5, users: "a" }).send(restore(["a", ...gone].join(" ")))
    const { skipped, skippedCount } = scenario.writtenData("AssignmentsRestored")
    expect([skipped?.length, skippedCount]).toEqual([500, 501])
    expect(scenario.skipped).toHaveLength(501)
  })

  test("rule 26: who was made inactive and is still assigned stays so", () => {
    const scenario = given({ seats: 5, users: "a" }).assign("a").active("a", false)
    scenario.send(restore("a")).wrote()
    expect(scenario.skipped).toEqual([])
    scenario.active("a", true).seated("a")
  })

  test("rule 14: nothing to put back is no event", () => {
    given({ seats: 1, users: "a" }).assign("a").send(restore("a")).wrote()
  })

  test("only some of the differences, when asked so", () => {
    const scenario = given({ seats: 3, users: "a b c" }).assign("a b").unassign("a b").assign("c")
    scenario.send(restore("a b", { only: ["usr_a"] })).seated("a c")
    scenario.send(restore("a b", { only: ["usr_c"] })).seated("a")
  })

  test("rule 39: more than 500 differences are refused with the limit", () => {
    const many = Array.from({ length: 501 }, (_, n) => `u${n}`).join(" ")
    given({ seats: 3, users: many }).send(restore(many)).refused("TOO_MANY_PRINCIPALS", { given: 501, limit: 500 })
  })

  test("rule 24: a cancelled license is restored no more", () => {
    given({ seats: 1, users: "a" }).status("CANCELLED").send(restore("a")).refused("LICENSE_CANCELLED")
  })
})
