import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** Why somebody holds a seat, waits or has none: as data, as events, and in words. */
let ledger: Ledger
let company: Company
let seller: Seller
let maya: Parameters<Company["command"]>[2]
beforeAll(async () => {
  ledger = await openLedger()
  seller = await openSeller(ledger)
})
beforeEach(async () => {
  company = await openCompany(ledger)
  await company.user("Maya Prins")
  maya = { type: "USER", subject: "maya.prins@contoso.example", role: "LICENSE_ADMIN" }
})
afterAll(() => ledger.close())

const DAY = 86_400
const ENTRY = "{ revision type summary reason actor { displayName type } }"
const WHY = `query ($l: ID!, $u: ID!, $asOf: AsOf, $zone: String, $language: Language) { whyLicensed(licenseId: $l, userId: $u, asOf: $asOf) {
  revision licenseId userId state waitlistPosition before transitionCount license { status } user { displayName }
  sources { type since sinceRevision group { displayName } assignedBy ${ENTRY} joinedBy ${ENTRY} }
  claim { openedAt openedRevision ordinal openedBy ${ENTRY} }
  transitions { kind revision at entry ${ENTRY} }
  causes ${ENTRY} startedBy { type displayName role }
  remedies { kind seats groups { displayName } }
  explanation(timeZone: $zone, language: $language)
} }`

async function why(l: string, u: string, more: Json = {}, viewer = company.viewer("AUDITOR")): Promise<Json> {
  await ledger.project()
  return (await ledger.ask(viewer, WHY, { l, u, ...more })).whyLicensed
}
const assign = (licenseId: string, principalIds: readonly string[], reason?: string) =>
  company.command("assignLicenses", { licenseId, principalIds, onShortage: "WAITLIST", ...(reason ? { reason } : {}) }, maya)
const status = (licenseId: string, to: "ACTIVE" | "SUSPENDED" | "CANCELLED", sequence: string) =>
  company.command("changeLicenseStatus", { licenseId, status: to, vendorEventId: `${licenseId}-${sequence}`, sequence }, seller.requester)
const kinds = ({ transitions }: Json) => transitions.map(({ kind, entry }: Json) => `${kind} ${entry.type}`)
const remedies = (told: Json) => told.remedies.map(({ kind, seats }: Json) => (seats === null ? kind : `${kind} ${seats}`))

test("the story of a manager: assigned through a group, waited, seated when the vendor raised the quantity", async () => {
  const license = await company.license(seller, 2)
  const [bo, cy, adele] = [await company.user("Bo"), await company.user("Cy"), await company.user("Adele Vance")]
  const design = await company.group("Design", [bo, cy, adele])
  const made = await company.revision()
  await assign(license, [design], "the new house style")
  const waiting = await company.revision()
  ledger.passSeconds(2 * DAY)
  await company.seats(seller, license, 5)

  const told = await why(license, adele)
  expect(told).toMatchObject({
    state: "SEATED",
    licenseId: license,
    userId: adele,
    user: { displayName: "Adele Vance" },
    waitlistPosition: null,
    remedies: [],
    sources: [
      {
        type: "GROUP",
        group: { displayName: "Design" },
        sinceRevision: made + 1,
        assignedBy: { revision: made + 1, type: "LicenseAssigned", reason: "the new house style", actor: { displayName: "Maya Prins" } },
        joinedBy: { revision: made, type: "GroupMembersChanged" },
      },
    ],
    claim: { openedRevision: made + 1, ordinal: 2, openedBy: { type: "LicenseAssigned" } },
    causes: [{ type: "SeatsGranted" }, { type: "VendorSeatsChanged" }],
    startedBy: { type: "VENDOR", displayName: "Lumen", role: "VENDOR" },
    transitionCount: 3,
  })
  expect(kinds(told)).toEqual(["CLAIM_OPENED LicenseAssigned", "WAITED SeatsWaitlisted", "SEATED SeatsGranted"])
  expect(told.explanation).toEqual([
    "Adele Vance has held a seat of Lumen Draw since 3 March 2026, through the group Design.",
    "Maya Prins (license admin) assigned Lumen Draw to the group Design on 1 March 2026 (“the new house style”).",
    "Adele Vance waited from 1 March 2026, at first in place 1, until Lumen (vendor) changed the seats of Lumen Draw from 2 to 5 on 3 March 2026.",
  ])
  expect((await why(license, adele, { language: "NL" })).explanation).toEqual([
    "Adele Vance heeft sinds 3 maart 2026 een seat van Lumen Draw, via de groep Design.",
    "Maya Prins (licentiebeheerder) heeft Lumen Draw toegewezen aan de groep Design, op 1 maart 2026 (“the new house style”).",
    "Adele Vance wachtte vanaf 1 maart 2026, eerst op plaats 1, tot dit gebeurde: Lumen (leverancier) heeft het aantal seats van Lumen Draw gewijzigd van 2 in 5, op 3 maart 2026.",
  ])

  const then = await why(license, adele, { asOf: { revision: waiting } })
  expect((await why(license, adele, { asOf: { revision: waiting }, language: "NL" })).explanation).toEqual([
    `Bij revisie ${waiting}, vastgelegd op 1 maart 2026:`,
    "Adele Vance wacht sinds 1 maart 2026 op een seat van Lumen Draw, via de groep Design, op plaats 1 van 1.",
    "Er is niemand eerder aan de beurt.",
    "Maya Prins (licentiebeheerder) heeft Lumen Draw toegewezen aan de groep Design, op 1 maart 2026 (“the new house style”).",
    "Er moet nog één seat vrijkomen of door de leverancier worden toegevoegd tot Adele Vance aan de beurt is.",
  ])
  expect(then).toMatchObject({ state: "WAITLISTED", waitlistPosition: 1, before: 0, transitionCount: 2 })
  expect(remedies(then)).toEqual(["FREE_SEATS 1"])
  expect(then.explanation).toEqual([
    `As of revision ${waiting}, recorded on 1 March 2026:`,
    "Adele Vance has waited for a seat of Lumen Draw since 1 March 2026, through the group Design, in place 1 of 1.",
    "Nobody is before.",
    "Maya Prins (license admin) assigned Lumen Draw to the group Design on 1 March 2026 (“the new house style”).",
    "It takes one seat, freed by others or added by the vendor, until it is the turn of Adele Vance.",
  ])
  const before = await why(license, adele, { asOf: { revision: made } })
  expect(before).toMatchObject({ state: "NOT_ENTITLED", sources: [], claim: null, transitions: [], causes: [], startedBy: null })
  expect(before.explanation[1]).toBe("Adele Vance was never assigned Lumen Draw, neither directly nor through a group.")
})

test("why not: a place in the waitlist counts what must be freed, over-assignment included, and a suspended license grants nothing", async () => {
  const license = await company.license(seller, 2)
  const people = await company.users(5)
  for (const person of people) await assign(license, [person])
  await company.seats(seller, license, 1)
  const told = await why(license, people[4] as string)
  expect(told).toMatchObject({ state: "WAITLISTED", waitlistPosition: 3, before: 2 })
  expect(remedies(told)).toEqual(["FREE_SEATS 4"])
  expect(told.explanation).toContain("2 people are before.")
  await status(license, "SUSPENDED", "1")
  expect(remedies(await why(license, people[4] as string))).toEqual(["REINSTATE_LICENSE", "FREE_SEATS 4"])
  // It takes so many seats indeed.
  await status(license, "ACTIVE", "2")
  await company.seats(seller, license, 4)
  expect((await why(license, people[4] as string)).state).toBe("WAITLISTED")
  await company.seats(seller, license, 5)
  expect((await why(license, people[4] as string)).state).toBe("SEATED")
})

test("why not: no source names the groups that have the license, and seats that are lacking as well", async () => {
  const license = await company.license(seller, 1)
  const [bo, adele] = [await company.user("Bo"), await company.user("Adele Vance")]
  const design = await company.group("Design", [bo])
  await assign(license, [design])
  const told = await why(license, adele)
  expect(told).toMatchObject({
    state: "NOT_ENTITLED",
    remedies: [
      { kind: "ASSIGN", groups: [{ displayName: "Design" }] },
      { kind: "FREE_SEATS", seats: 1 },
    ],
  })
  expect(told.explanation).toEqual([
    "Adele Vance was never assigned Lumen Draw, neither directly nor through a group.",
    "Lumen Draw would have to be assigned to Adele Vance, or Adele Vance would have to join a group that has it: Design.",
    "There is no seat left: one seat would have to be freed or added, and until then Adele Vance would wait.",
  ])
})

test("rule 26: an inactive account keeps its sources and takes no seat; coming back is a new claim", async () => {
  const license = await company.license(seller, 2)
  const [bo, adele] = [await company.user("Bo"), await company.user("Adele Vance")]
  await assign(license, [bo, adele])
  ledger.passSeconds(DAY)
  const entra = { type: "IDENTITY_PROVIDER" as const, subject: "entra", role: "USER_ADMIN" as const }
  await company.command("setUserActive", { userId: adele, active: false }, entra)
  const told = await why(license, adele)
  expect(told).toMatchObject({
    state: "INACTIVE",
    sources: [{ type: "DIRECT" }],
    startedBy: { type: "IDENTITY_PROVIDER", displayName: "entra" },
  })
  expect(remedies(told)).toEqual(["ACTIVATE_USER"])
  const [first, , third, fourth] = told.explanation
  expect(first).toBe("Adele Vance has no seat of Lumen Draw, because the account is inactive.")
  expect(told.explanation[1]).toMatch(/^entra \(identity provider\) deactivated Adele Vance on /)
  expect(third).toMatch(/^Adele Vance held a seat from .* to /)
  expect(fourth).toBe("Once it is active again, Adele Vance is entitled again, by a direct assignment, at the end of the waitlist.")
  await company.command("setUserActive", { userId: adele, active: true }, entra)
  const again = await why(license, adele)
  expect(again).toMatchObject({ state: "SEATED", transitionCount: 5, claim: { openedBy: { type: "UserReactivated" } } })
  expect(kinds(again)).toEqual([
    "CLAIM_OPENED LicenseAssigned",
    "SEATED SeatsGranted",
    "RELEASED SeatsReleased",
    "CLAIM_OPENED UserReactivated",
    "SEATED SeatsGranted",
  ])
  expect(
    (await ledger.ask(company.admin, `{ whyLicensed(licenseId: "${license}", userId: "${adele}") { transitions(last: 2) { kind } } }`))
      .whyLicensed.transitions,
  ).toEqual([{ kind: "CLAIM_OPENED" }, { kind: "SEATED" }])
})

test("unassigned, cancelled, deleted, and before there was anything: each says what happened, and by whom", async () => {
  const start = await company.revision()
  const license = await company.license(seller, 2)
  const bought = await company.revision()
  const adele = await company.user("Adele Vance")
  await assign(license, [adele])
  await company.command("unassignLicenses", { licenseId: license, principalIds: [adele], reason: "left the project" }, maya)
  const unassigned = await why(license, adele)
  expect(unassigned).toMatchObject({
    state: "NOT_ENTITLED",
    causes: [{ type: "SeatsReleased" }, { type: "LicenseUnassigned" }],
    startedBy: { displayName: "Maya Prins" },
  })
  expect(unassigned.explanation.at(-2)).toMatch(
    /^Maya Prins \(license admin\) unassigned Lumen Draw from Adele Vance on .* \(“left the project”\)\.$/,
  )
  await assign(license, [adele])
  await status(license, "CANCELLED", "1")
  const cancelled = await why(license, adele)
  expect(cancelled).toMatchObject({
    state: "CANCELLED",
    license: { status: "CANCELLED" },
    startedBy: { type: "VENDOR" },
    causes: [{ type: "LicenseStatusChanged" }],
  })
  expect(remedies(cancelled)).toEqual(["BUY_LICENSE"])
  expect(kinds(cancelled).slice(-1)).toEqual(["RELEASED SeatsReleased"])

  const other = await company.license(seller, 2)
  await assign(other, [adele])
  await company.command("deleteUser", { userId: adele })
  expect(await why(other, adele)).toMatchObject({
    state: "DELETED",
    user: null,
    causes: [{ type: "UserDeleted" }],
    remedies: [],
    explanation: expect.arrayContaining(["Adele Vance has no seat of Lumen Draw, because the account was deleted."]),
  })
  expect(await why(license, adele, { asOf: { revision: start } })).toMatchObject({ state: "NOT_REGISTERED", license: null, user: null })
  expect(await why(license, adele, { asOf: { revision: bought } })).toMatchObject({ state: "NOT_IN_DIRECTORY", user: null, remedies: [] })
})

test("what ended the entitlement is told, and not what ended the seat before", async () => {
  const license = await company.license(seller, 2)
  const bo = await company.user("Bo")
  await assign(license, [bo])
  const entra = { type: "IDENTITY_PROVIDER" as const, subject: "entra", role: "USER_ADMIN" as const }
  await company.command("setUserActive", { userId: bo, active: false }, entra)
  await company.command("unassignLicenses", { licenseId: license, principalIds: [bo] }, maya)
  await company.command("setUserActive", { userId: bo, active: true }, entra)
  const told = await why(license, bo)
  expect(told).toMatchObject({
    state: "NOT_ENTITLED",
    causes: [{ type: "LicenseUnassigned" }],
    startedBy: { type: "USER", displayName: "Maya Prins" },
  })
  expect(told.explanation[0]).toBe("Bo has no seat of Lumen Draw: nothing entitles Bo to it any more.")
  expect(told.explanation[1]).toMatch(/^Bo held a seat from .* to /)
  expect(told.explanation[2]).toMatch(/^Maya Prins \(license admin\) unassigned Lumen Draw from Bo on /)
})

test("whoever was entitled through a group while inactive, and never had a seat, was not never assigned", async () => {
  const license = await company.license(seller, 2)
  const [bo, cy] = [await company.user("Bo"), await company.user("Cy")]
  await company.command("setUserActive", { userId: bo, active: false })
  const design = await company.group("Design", [bo])
  await assign(license, [design])
  await company.command("unassignLicenses", { licenseId: license, principalIds: [design] }, maya)
  await company.command("setUserActive", { userId: bo, active: true })
  const told = await why(license, bo)
  expect(told).toMatchObject({ state: "NOT_ENTITLED", transitions: [], startedBy: { displayName: "Maya Prins" } })
  expect(told.explanation[0]).toBe("Bo has no seat of Lumen Draw: nothing entitles Bo to it any more.")
  expect(told.explanation[1]).toMatch(/^Maya Prins \(license admin\) unassigned Lumen Draw from the group Design on /)
  // Who joined a group after it had the license, or never did, was never assigned.
  await company.command("changeGroupMembers", { groupId: design, add: [cy], remove: [] })
  const never = await why(license, cy)
  expect(never).toMatchObject({ state: "NOT_ENTITLED", causes: [], startedBy: null })
  expect(never.explanation[0]).toBe("Cy was never assigned Lumen Draw, neither directly nor through a group.")
})

test("rule 20: a seat that was taken back, and rule 12: a transfer", async () => {
  const license = await company.license(seller, 2)
  const [bo, adele] = [await company.user("Bo"), await company.user("Adele Vance")]
  await assign(license, [bo])
  await company.command("transferSeat", { licenseId: license, fromUserId: bo, toUserId: adele, reason: "hands over" }, maya)
  const told = await why(license, adele)
  expect(told).toMatchObject({ state: "SEATED", startedBy: { displayName: "Maya Prins" } })
  expect(told.explanation.join(" ")).toMatch(
    /Adele Vance got the seat by a transfer: Maya Prins \(license admin\) unassigned Lumen Draw from Bo to give the seat to Adele Vance on /,
  )
})

test("days are those of the time zone that is asked for", async () => {
  const license = await company.license(seller, 2)
  const adele = await company.user("Adele Vance")
  await assign(license, [adele])
  const [sentence] = (await why(license, adele, { zone: "Pacific/Auckland" })).explanation
  const [same] = (await why(license, adele, { zone: "Pacific/Pago_Pago" })).explanation
  expect(sentence).not.toBe(same)
  await expect(why(license, adele, { zone: "Middle/Earth" })).rejects.toThrow("timeZone must be a time zone of the IANA database")
})

test("rule 38: a member asks about the own account only, and sees neither the trail nor others", async () => {
  const license = await company.license(seller, 1)
  const [bo, adele] = [await company.user("Bo"), await company.user("Adele Vance")]
  const design = await company.group("Design", [bo, adele])
  await assign(license, [design])
  await ledger.project()
  const member = company.viewer("MEMBER", { subject: "adele.vance@contoso.example" })
  const own = await why(license, adele, {}, member)
  expect(own).toMatchObject({
    state: "WAITLISTED",
    waitlistPosition: 1,
    causes: [],
    startedBy: null,
    sources: [{ type: "GROUP", assignedBy: null, joinedBy: null }],
    claim: { openedBy: null },
    transitions: [
      { kind: "CLAIM_OPENED", entry: null },
      { kind: "WAITED", entry: null },
    ],
  })
  expect(JSON.stringify(own)).not.toMatch(/Maya|Bo\b/)
  expect(await ledger.fault(member, WHY, { l: license, u: bo })).toMatchObject({ code: "NOT_FOUND", field: "userId" })
  const fabrikam = await openCompany(ledger, "Fabrikam")
  expect(await ledger.fault(fabrikam.admin, WHY, { l: license, u: adele })).toMatchObject({ code: "NOT_FOUND", field: "licenseId" })
  const theirs = await fabrikam.license(seller, 1)
  await ledger.project()
  expect(await ledger.fault(fabrikam.admin, WHY, { l: theirs, u: adele })).toMatchObject({ code: "NOT_FOUND", field: "userId" })
})
