import { type Company, type Json, type Ledger, openCompany, openLedger, openSeller, type Seller } from "./ledger"

/** The audit trail: who did what to whom, when and why, in words. */
let ledger: Ledger
let company: Company
let seller: Seller
let licenseId: string
let sales: string
const people: Record<string, string> = {}

const IDENTITY_PROVIDER = { type: "IDENTITY_PROVIDER" as const, subject: "entra", role: "USER_ADMIN" as const }

beforeAll(async () => {
  ledger = await openLedger()
  company = await openCompany(ledger)
  seller = await openSeller(ledger)
  licenseId = await company.license(seller, 2)
  for (const name of ["Adele Vance", "Bo Åkerman", "Cy Dale", "Dee Okafor"]) people[name.split(" ")[0] as string] = await company.user(name)
  const { Adele, Bo, Cy, Dee } = people as { Adele: string; Bo: string; Cy: string; Dee: string }
  sales = await company.group("Sales", [Adele, Bo, Cy])
  await company.assign(licenseId, [sales])
  ledger.passSeconds(3600)
  await company.assign(licenseId, [Adele], "she asked")
  await company.command("unassignLicenses", { licenseId, principalIds: [Adele], reason: "her group is enough" })
  await company.seats(seller, licenseId, 1)
  await company.seats(seller, licenseId, 1)
  ledger.passSeconds(3600)
  await company.seats(seller, licenseId, 3)
  await company.command(
    "updateUser",
    { userId: Adele, displayName: "Adele Jansen" },
    { ...IDENTITY_PROVIDER, subject: "adele.vance@contoso.example" },
  )
  await company.command("renameGroup", { groupId: sales, displayName: "Revenue" })
  await company.command("changeGroupMembers", { groupId: sales, add: [Dee], remove: [Cy] })
  await company.command("recordInstallVisit", { licenseId })
  await company.command("setUserActive", { userId: Bo, active: false })
  await company.command("setUserActive", { userId: Bo, active: true })
  await company.assign(licenseId, [Cy])
  await company.command("deleteUser", { userId: Dee }, IDENTITY_PROVIDER)
  const status = { licenseId, vendorEventId: "status-1", sequence: "1" }
  await company.command("changeLicenseStatus", { ...status, status: "CANCELLED" }, seller.requester)
  await company.command("deleteGroup", { groupId: sales, confirm: true })
  await ledger.project()
})
afterAll(() => ledger.close())

const history = async (args: string, selection = "revision type summary"): Promise<Json> =>
  (await ledger.ask(company.admin, `{ history(${args}) { totalCount nodes { ${selection} } } }`)).history

test("every event has a sentence that names people, groups and products as they were called then", async () => {
  const { nodes } = await history("first: 100, oldestFirst: true")
  const told = nodes.map(({ type, summary }: Json) => `${type}: ${summary}`)
  const admin = "admin@contoso.example"
  expect(told).toEqual([
    `OrganizationCreated: ${admin} created the organization Contoso`,
    "LicenseRegistered: Lumen registered a license of Lumen Draw with 2 seats",
    `UserProvisioned: ${admin} added Adele Vance`,
    `UserProvisioned: ${admin} added Bo Åkerman`,
    `UserProvisioned: ${admin} added Cy Dale`,
    `UserProvisioned: ${admin} added Dee Okafor`,
    `GroupProvisioned: ${admin} added the group Sales`,
    `GroupMembersChanged: ${admin} added Adele Vance, Bo Åkerman and 1 other to the group Sales`,
    `LicenseAssigned: ${admin} assigned Lumen Draw to the group Sales`,
    "SeatsGranted: Adele Vance and Bo Åkerman got seats of Lumen Draw",
    "SeatsWaitlisted: Cy Dale joined the waitlist of Lumen Draw",
    `LicenseAssigned: ${admin} assigned Lumen Draw to Adele Vance`,
    `LicenseUnassigned: ${admin} unassigned Lumen Draw from Adele Vance, who keeps it through Sales`,
    "VendorSeatsChanged: Lumen changed the seats of Lumen Draw from 2 to 1",
    expect.stringMatching(/^OverassignmentStarted: Lumen Draw is over-assigned by 1; its grace period ends on 2026-\d\d-\d\d$/),
    "VendorEventIgnored: Lumen reported a number of seats of Lumen Draw that changed nothing: it was the same as before",
    "VendorSeatsChanged: Lumen changed the seats of Lumen Draw from 1 to 3",
    ...[
      "SeatsGranted: Cy Dale got a seat of Lumen Draw from the waitlist",
      "OverassignmentEnded: Lumen Draw is no longer over-assigned",
    ].toSorted((a, b) => told.indexOf(a) - told.indexOf(b)),
    "UserProfileChanged: Adele Jansen changed the profile of Adele Jansen",
    `GroupRenamed: ${admin} renamed the group Sales to Revenue`,
    `GroupMembersChanged: ${admin} added Dee Okafor to and removed Cy Dale from the group Revenue`,
    "SeatsReleased: Cy Dale gave up a seat of Lumen Draw: no longer in the group",
    "SeatsGranted: Dee Okafor got a seat of Lumen Draw",
    `InstallLinkVisited: ${admin} followed the installation link of Lumen Draw`,
    `UserDeactivated: ${admin} deactivated Bo Åkerman`,
    "SeatsReleased: Bo Åkerman gave up a seat of Lumen Draw: deactivated",
    `UserReactivated: ${admin} reactivated Bo Åkerman`,
    "SeatsGranted: Bo Åkerman got a seat of Lumen Draw",
    `LicenseAssigned: ${admin} assigned Lumen Draw to Cy Dale`,
    "SeatsWaitlisted: Cy Dale joined the waitlist of Lumen Draw",
    "UserDeleted: entra deleted Dee Okafor",
    "SeatsReleased: Dee Okafor gave up a seat of Lumen Draw: deleted",
    "SeatsGranted: Cy Dale got a seat of Lumen Draw from the waitlist",
    "LicenseStatusChanged: Lumen cancelled Lumen Draw",
    "SeatsReleased: Adele Jansen, Bo Åkerman and 1 other gave up seats of Lumen Draw: the license was cancelled",
    `GroupDeleted: ${admin} deleted the group Revenue`,
  ])
})

test("newest first unless asked otherwise, and numbered without gaps", async () => {
  const newest = await history("first: 100", "revision")
  const oldest = await history("first: 100, oldestFirst: true", "revision")
  expect(oldest.nodes.map((node: Json) => node.revision)).toEqual(Array.from({ length: oldest.totalCount }, (_, n) => n + 1))
  expect(newest.nodes).toEqual(oldest.nodes.toReversed())
})

test("rule 36: the actor, the role and the reason; a consequence names its cause", async () => {
  const { nodes } = await history(
    'first: 100, filter: { types: ["LicenseAssigned", "SeatsGranted"] }, oldestFirst: true',
    "type reason actor { type displayName role id } causedBy { type revision causedBy { type } } license { id seats { seated } } eventId recordedAt",
  )
  const actor = { type: "USER", displayName: "admin@contoso.example", role: "GLOBAL_ADMIN", id: expect.stringMatching(/^act_/) }
  expect(nodes[0]).toEqual({
    type: "LicenseAssigned",
    reason: null,
    actor,
    causedBy: null,
    license: { id: licenseId, seats: { seated: 0 } },
    eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    recordedAt: "2026-03-01T08:00:00.000Z",
  })
  expect(nodes[1]).toMatchObject({
    type: "SeatsGranted",
    causedBy: { type: "LicenseAssigned", revision: 9, causedBy: null },
    license: { seats: { seated: 2 } },
  })
  expect(nodes[2]).toMatchObject({ type: "LicenseAssigned", reason: "she asked" })
  expect(nodes[3]).toMatchObject({ type: "SeatsGranted", causedBy: { type: "VendorSeatsChanged" } })
})

test("personal data and free text never come out sealed, nor under data", async () => {
  const { nodes } = await history("first: 100", "type data")
  for (const { data } of nodes) {
    expect(data).not.toHaveProperty("profile")
    expect(data).not.toHaveProperty("reason")
  }
  expect(nodes.find((node: Json) => node.type === "UserProvisioned").data).toEqual({ userId: expect.stringMatching(/^usr_/), active: true })
  expect(JSON.stringify(nodes)).not.toContain("Vance")
})

test("filtered by license, person, group, actor, type and time, and by several at once", async () => {
  const count = async (filter: string) => {
    const { totalCount, nodes } = await history(`first: 100, filter: { ${filter} }`, "revision type")
    expect(nodes).toHaveLength(totalCount)
    return nodes.map((node: Json) => node.type).toReversed()
  }
  const everything = await count("")
  expect(await count(`licenseId: "${licenseId}"`)).toHaveLength(
    everything.filter((type: string) => !/^(User|Group|Organization)/.test(type)).length,
  )
  expect(await count(`userId: "${people.Dee}"`)).toEqual([
    "UserProvisioned",
    "GroupMembersChanged",
    "SeatsGranted",
    "UserDeleted",
    "SeatsReleased",
  ])
  expect(await count(`groupId: "${sales}"`)).toEqual([
    "GroupProvisioned",
    "GroupMembersChanged",
    "LicenseAssigned",
    "GroupRenamed",
    "GroupMembersChanged",
    "GroupDeleted",
  ])
  expect(await count(`userId: "${people.Dee}", groupId: "${sales}"`)).toEqual(["GroupMembersChanged"])
  expect(await count(`userId: "${people.Dee}", licenseId: "${licenseId}"`)).toEqual(["SeatsGranted", "SeatsReleased"])
  expect(await count(`actor: "${seller.vendorId}"`)).toEqual(
    expect.arrayContaining(["LicenseRegistered", "VendorSeatsChanged", "LicenseStatusChanged"]),
  )
  expect(await count(`actor: "${people.Adele}"`)).toEqual(["UserProfileChanged"])
  expect(await count('types: ["UserDeleted", "GroupDeleted", "Unheard"]')).toEqual(["UserDeleted", "GroupDeleted"])
  expect(await count("types: []")).toEqual([])
  expect(await count('from: "2026-03-01T10:00:00Z"')).toEqual(everything.slice(16))
  expect(await count('to: "2026-03-01T09:00:00Z"')).toEqual(everything.slice(0, 11))
  expect(await count('from: "2026-03-01T08:30:00Z", to: "2026-03-01T10:00:00Z"')).toEqual(everything.slice(11, 16))
  expect(await count('from: "2026-03-01T08:00:00Z", to: "2026-03-01T08:00:00.001Z", types: ["SeatsGranted"]')).toEqual(["SeatsGranted"])
  expect(await count('from: "2027-01-01T00:00:00Z"')).toEqual([])
})

test("a license in the trail is shown as it was right after the event", async () => {
  const { nodes } = await history(
    'first: 100, oldestFirst: true, filter: { types: ["VendorSeatsChanged"] }',
    "license { seats { purchased seated overassignedBy } product { name } }",
  )
  expect(nodes.map((node: Json) => node.license.seats)).toEqual([
    { purchased: 1, seated: 2, overassignedBy: 1 },
    { purchased: 3, seated: 2, overassignedBy: 0 },
  ])
})
