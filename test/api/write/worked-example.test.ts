import { type Json, type Organization, openOrganization } from "./ledger"

let contoso: Organization
beforeEach(async () => {
  contoso = await openOrganization()
})
afterEach(() => contoso.close())

const SEATS = "license { seats { purchased seated waitlisted available overassignedBy } }"

test("the worked example of SEATS.md, as GraphQL", async () => {
  const { mutate, admin, vendor, identityProvider } = contoso
  const licenseId = await contoso.license(3)
  const [a, b, c, d] = await contoso.users("a", "b", "c", "d")
  const g = await contoso.group("G", [a, b, c] as string[])

  const assign = (...principalIds: (string | undefined)[]) =>
    mutate(admin, "assignLicenses", { licenseId, principalIds }, `results { outcome seated waitlisted } refusal { code } ${SEATS}`)
  const members = (change: Json) => mutate(identityProvider, "changeGroupMembers", { groupId: g, ...change }, "warnings refusal { code }")
  const sell = (seats: number, sequence: number) =>
    mutate(vendor, "changeVendorSeats", { licenseId, seats, sequence, vendorEventId: `e${sequence}` }, `outcome refusal { code } ${SEATS}`)
  const counted = (purchased: number, seated: number, waitlisted: number) => ({
    seats: { purchased, seated, waitlisted, available: Math.max(0, purchased - seated), overassignedBy: Math.max(0, seated - purchased) },
  })

  expect(await assign(d)).toEqual({
    results: [{ outcome: "ASSIGNED", seated: 1, waitlisted: 0 }],
    refusal: null,
    license: counted(3, 1, 0),
  })
  expect(await assign(g)).toEqual({
    results: [{ outcome: "ASSIGNED", seated: 2, waitlisted: 1 }],
    refusal: null,
    license: counted(3, 3, 1),
  })
  expect(await members({ add: [d] })).toEqual({ warnings: [], refusal: null })
  const unassigned = await mutate(
    admin,
    "unassignLicenses",
    { licenseId, principalIds: [d] },
    `results { outcome stillLicensedVia { id displayName } } refusal { code } ${SEATS}`,
  )
  expect(unassigned).toEqual({
    results: [{ outcome: "UNASSIGNED", stillLicensedVia: [{ id: g, displayName: "G" }] }],
    refusal: null,
    license: counted(3, 3, 1),
  })
  expect(await sell(1, 1)).toEqual({ outcome: "APPLIED", refusal: null, license: counted(1, 3, 1) })
  await members({ remove: [a] })
  expect(await sell(1, 2)).toEqual({ outcome: "NO_CHANGE", refusal: null, license: counted(1, 2, 1) })
  expect(await sell(3, 3)).toEqual({ outcome: "APPLIED", refusal: null, license: counted(3, 3, 0) })
  const deleted = await mutate(identityProvider, "deleteGroup", { groupId: g }, "deletedId refusal { code }")
  expect(deleted).toEqual({ deletedId: g, refusal: null })
  expect(await sell(3, 4)).toEqual({ outcome: "NO_CHANGE", refusal: null, license: counted(3, 0, 0) })
})
