import { join } from "node:path"
import { openSqliteEventStore } from "../../../src/eventstore/sqlite"
import { temporaryFolder } from "../../support/temporary-folder"
import { type Json, type Organization, openOrganization, operator } from "./ledger"

let contoso: Organization
beforeEach(async () => {
  contoso = await openOrganization()
})
afterEach(() => contoso.close())

const RESULTS =
  "revision visible results { outcome seated waitlisted principal { __typename ... on User { id displayName } ... on Group { id displayName } } } refusal { code }"
const ENDED =
  "revision results { outcome stillLicensedVia { id displayName } principal { ... on User { id } ... on Group { id } } } refusal { code }"

describe("assignLicenses", () => {
  test("one result per user and group, in the order of the input, with the objects themselves", async () => {
    const { mutate, admin } = contoso
    const licenseId = await contoso.license(2)
    const [ada, bo, cy] = await contoso.users("ada", "bo", "cy")
    const sales = await contoso.group("Sales", [ada, cy] as string[])
    const input = { licenseId, principalIds: [sales, ada, bo, ada], reason: "new people" }
    const { results, refusal } = await mutate(admin, "assignLicenses", input, RESULTS)
    expect(refusal).toBeNull()
    expect(results).toEqual([
      // ada counts under her own name
      { outcome: "ASSIGNED", seated: 0, waitlisted: 1, principal: { __typename: "Group", id: sales, displayName: "Sales" } },
      { outcome: "ASSIGNED", seated: 1, waitlisted: 0, principal: { __typename: "User", id: ada, displayName: "ada" } },
      { outcome: "ASSIGNED", seated: 1, waitlisted: 0, principal: { __typename: "User", id: bo, displayName: "bo" } },
    ])
  })

  test("rule 3: WAITLIST lets the surplus wait; rule 14: the same again changes nothing", async () => {
    const { mutate, admin } = contoso
    const licenseId = await contoso.license(1)
    const principalIds = await contoso.users("ada", "bo")
    const input = { licenseId, principalIds, onShortage: "WAITLIST" }
    const first = await mutate(admin, "assignLicenses", input, RESULTS)
    expect(first.results.map((result: Json) => result.outcome)).toEqual(["ASSIGNED", "WAITLISTED"])
    const again = await mutate(admin, "assignLicenses", input, RESULTS)
    expect(again.results.map((result: Json) => result.outcome)).toEqual(["ALREADY_ASSIGNED", "ALREADY_ASSIGNED"])
    expect(again.revision).toBe(first.revision)
  })

  test("the payload shows the license as the command left it, and the revision to read it again", async () => {
    const { mutate, admin } = contoso
    const licenseId = await contoso.license(3)
    const [ada] = await contoso.users("ada")
    const payload = await mutate(
      admin,
      "assignLicenses",
      { licenseId, principalIds: [ada] },
      "revision visible license { id seats { seated available } }",
    )
    expect(payload).toEqual({ revision: expect.any(Number), visible: true, license: { id: licenseId, seats: { seated: 1, available: 2 } } })
    expect(payload.revision).toBe((await contoso.recorded(contoso.organizationId)).length)
  })
})

describe("rule 37: the same idempotency key", () => {
  test("answers what was recorded, whatever happened since, and writes nothing", async () => {
    const { mutate, admin, vendor, identityProvider } = contoso
    const licenseId = await contoso.license(2)
    const [ada, bo, cy] = await contoso.users("ada", "bo", "cy")
    const sales = await contoso.group("Sales", [bo, cy] as string[])
    const input = { licenseId, principalIds: [ada, sales], idempotencyKey: "monday" }
    const first = await mutate(admin, "assignLicenses", input, RESULTS)

    await mutate(vendor, "changeVendorSeats", { licenseId, seats: 9, sequence: 1, vendorEventId: "more" }, "revision")
    await mutate(identityProvider, "renameGroup", { groupId: sales, displayName: "Verkoop" }, "revision")
    await mutate(identityProvider, "deleteGroup", { groupId: sales }, "revision")
    await mutate(identityProvider, "deleteUser", { userId: ada }, "revision")
    const before = (await contoso.recorded(contoso.organizationId)).length

    const { license, ...repeated } = await mutate(admin, "assignLicenses", input, `${RESULTS} license { seats { purchased seated } }`)
    expect(repeated).toEqual(first)
    expect(license.seats).toEqual({ purchased: 9, seated: 0 }) // as it is now
    expect(await contoso.recorded(contoso.organizationId)).toHaveLength(before)
  })

  test("of unassignLicenses: the groups that entitled the user then", async () => {
    const { mutate, admin, identityProvider } = contoso
    const licenseId = await contoso.license(2)
    const [ada, bo] = await contoso.users("ada", "bo")
    const sales = await contoso.group("Sales", [ada] as string[])
    await mutate(admin, "assignLicenses", { licenseId, principalIds: [ada, sales] }, "revision")
    const input = { licenseId, principalIds: [bo, ada], idempotencyKey: "tuesday" }
    const first = await mutate(admin, "unassignLicenses", input, ENDED)
    expect(first.results).toEqual([
      { outcome: "NOT_ASSIGNED", stillLicensedVia: [], principal: { id: bo } },
      { outcome: "UNASSIGNED", stillLicensedVia: [{ id: sales, displayName: "Sales" }], principal: { id: ada } },
    ])
    await mutate(identityProvider, "deleteGroup", { groupId: sales }, "revision")
    expect(await mutate(admin, "unassignLicenses", input, ENDED)).toEqual(first)
  })

  test("of createUser and createGroup: the same object, not a second one", async () => {
    const { mutate, identityProvider } = contoso
    const user = { userName: "ada", displayName: "Ada", idempotencyKey: "u-1" }
    const selection = "revision user { id displayName } refusal { code }"
    const first = await mutate(identityProvider, "createUser", user, selection)
    expect(await mutate(identityProvider, "createUser", user, selection)).toEqual(first)
    const group = { displayName: "Sales", memberIds: [first.user.id, "usr_gone"], idempotencyKey: "g-1" }
    const made = await mutate(identityProvider, "createGroup", group, "revision group { id } warnings")
    expect(made.warnings).toEqual([expect.stringMatching(/^UNKNOWN_MEMBER_SKIPPED: usr_gone /)])
    expect(await mutate(identityProvider, "createGroup", group, "revision group { id } warnings")).toEqual(made)
  })

  test("of createOrganization, registerVendor and listProduct", async () => {
    const { mutate, vendor } = contoso
    for (const [operation, input, selection, viewer] of [
      ["createOrganization", { name: "Fabrikam" }, "revision organization { id name }", operator],
      ["registerVendor", { name: "Drawer" }, "revision vendor { id name }", operator],
      ["listProduct", { name: "Draw" }, "revision product { id name }", vendor],
    ] as const) {
      const keyed = { ...input, idempotencyKey: "once" }
      const first = await mutate(viewer, operation, keyed, selection)
      expect(await mutate(viewer, operation, keyed, selection)).toEqual(first)
      expect(await mutate(viewer, operation, input, selection)).not.toEqual(first)
    }
  })

  test("a refusal and a no-op are decided anew", async () => {
    const { mutate, admin, vendor } = contoso
    const licenseId = await contoso.license(0)
    const [ada] = await contoso.users("ada")
    const input = { licenseId, principalIds: [ada], idempotencyKey: "wednesday" }
    expect((await mutate(admin, "assignLicenses", input, RESULTS)).refusal.code).toBe("NOT_ENOUGH_SEATS")
    await mutate(vendor, "changeVendorSeats", { licenseId, seats: 1, sequence: 1, vendorEventId: "more" }, "revision")
    expect((await mutate(admin, "assignLicenses", input, RESULTS)).results[0].outcome).toBe("ASSIGNED")
  })
})

describe("the vendor (rules 16–18)", () => {
  test("registers a license of its product; it starts ACTIVE at sequence 0", async () => {
    const { mutate, vendor, productId, organizationId } = contoso
    const sale = {
      productId,
      organizationId,
      seats: 5,
      vendorEventId: "s-1",
      graceDays: 30,
      onGraceEnd: "REVOKE",
      subscriptionId: "sub 7",
      plan: "Pro",
    }
    const selection =
      "license { id status graceDays onGraceEnd subscriptionId plan seats { purchased } product { id name vendor { id name contact } } }"
    const first = await mutate(vendor, "registerLicense", sale, selection)
    expect(first.license).toMatchObject({
      status: "ACTIVE",
      graceDays: 30,
      onGraceEnd: "REVOKE",
      subscriptionId: "sub 7",
      plan: "Pro",
      seats: { purchased: 5 },
      product: { id: productId, name: "Mailer", vendor: { id: contoso.vendorId, name: "Mailer Ltd", contact: "+31 20 123" } },
    })
    expect(await mutate(vendor, "registerLicense", sale, selection)).toEqual(first)
    const zero = { licenseId: first.license.id, seats: 6, sequence: 0, vendorEventId: "s-2" }
    expect(await mutate(vendor, "changeVendorSeats", zero, "outcome")).toEqual({ outcome: "STALE" })
  })

  test("a change is applied, stale or no change, by its sequence and per attribute", async () => {
    const { mutate, vendor } = contoso
    const licenseId = await contoso.license(5)
    const sell = async (seats: number, sequence: unknown) => {
      const input = { licenseId, seats, sequence, vendorEventId: `seats-${seats}-${sequence}`, effectiveAt: "2026-03-01T00:00:00+01:00" }
      return (await mutate(vendor, "changeVendorSeats", input, "outcome")).outcome
    }
    expect(await sell(6, 10)).toBe("APPLIED")
    expect(await sell(7, "9")).toBe("STALE")
    expect(await sell(6, "9007199254740993")).toBe("NO_CHANGE")
    expect(await sell(8, "9223372036854775807")).toBe("APPLIED")
    const status = { licenseId, status: "WARNING", sequence: 1, vendorEventId: "status-1" }
    expect(await mutate(vendor, "changeLicenseStatus", status, "outcome license { status }")).toEqual({
      outcome: "APPLIED",
      license: { status: "WARNING" },
    })
    const change = (await contoso.recorded(contoso.organizationId)).find(({ type }) => type === "VendorSeatsChanged")
    expect(change?.data).toMatchObject({ sequence: "10", effectiveAt: "2026-02-28T23:00:00.000Z" })
    expect(change?.metadata.actor).toEqual({ type: "VENDOR", id: contoso.vendorId, role: "VENDOR" })
  })

  test("lists a product, describes it anew, and a visit leads to the address as it then is", async () => {
    const { mutate, vendor, admin, globalAdmin, productId } = contoso
    const licenseId = await contoso.license(1)
    const visit = () => mutate(globalAdmin, "recordInstallVisit", { licenseId }, "installUrl license { id } refusal { code }")
    expect(await visit()).toEqual({ installUrl: "https://mailer.example/install", license: { id: licenseId }, refusal: null })
    const product = { productId, name: "Mailer 2", installUrl: "https://mailer.example/2" }
    expect(await mutate(vendor, "listProduct", product, "product { id name description installUrl }")).toEqual({
      product: { id: productId, name: "Mailer 2", description: null, installUrl: "https://mailer.example/2" },
    })
    expect((await visit()).installUrl).toBe("https://mailer.example/2")
    expect((await mutate(admin, "recordInstallVisit", { licenseId }, "license { product { name } }")).license.product.name).toBe("Mailer 2")
  })
})

describe("people and groups (rules 26–32)", () => {
  const USER = "user { id displayName userName mail active } refusal { code }"

  test("a user is created, renamed, deactivated, reactivated and deleted", async () => {
    const { mutate, identityProvider: idp } = contoso
    const created = await mutate(idp, "createUser", { userName: "ada", displayName: "Ada", mail: "ada@contoso.example" }, USER)
    const userId = created.user.id
    expect(created.user).toEqual({ id: userId, displayName: "Ada", userName: "ada", mail: "ada@contoso.example", active: true })
    const renamed = await mutate(idp, "updateUser", { userId, displayName: "Ada L.", userName: null, mail: null }, USER)
    expect(renamed.user).toEqual({ id: userId, displayName: "Ada L.", userName: "ada", mail: null, active: true })
    expect((await mutate(idp, "setUserActive", { userId, active: false }, USER)).user.active).toBe(false)
    expect((await mutate(idp, "setUserActive", { userId, active: true }, USER)).user.active).toBe(true)
    expect(await mutate(idp, "deleteUser", { userId }, "deletedId refusal { code }")).toEqual({ deletedId: userId, refusal: null })
    expect((await mutate(idp, "deleteUser", { userId }, "deletedId refusal { code }")).refusal.code).toBe("NOT_FOUND")
  })

  test("rules 30, 31: members change by the net difference; unknown ids and nested groups are reported", async () => {
    const { mutate, identityProvider: idp } = contoso
    const [ada, bo] = await contoso.users("ada", "bo")
    const nested = await contoso.group("Nested")
    const groupId = await contoso.group("Sales", [ada] as string[])
    const add = [bo, ada, nested, "usr_gone", "ada@contoso.example"]
    const { group, warnings, added, removed } = await mutate(
      idp,
      "changeGroupMembers",
      { groupId, add, remove: [ada] },
      "group { id displayName } warnings added removed",
    )
    expect({ added, removed }).toEqual({ added: [bo], removed: [] }) // ada is in both lists
    expect(group).toEqual({ id: groupId, displayName: "Sales" })
    expect(warnings.map((text: string) => text.split(" ").slice(0, 2).join(" ")).sort()).toEqual([
      `NESTED_GROUP_IGNORED: ${nested}`,
      "UNKNOWN_MEMBER_SKIPPED: ada@contoso.example",
      "UNKNOWN_MEMBER_SKIPPED: usr_gone",
    ])
    const nothing = await mutate(idp, "changeGroupMembers", { groupId, add: ["usr_gone", bo] }, "warnings added removed refusal { code }")
    expect(nothing).toEqual({ warnings: [expect.stringContaining("usr_gone")], added: [], removed: [], refusal: null })
    expect((await mutate(idp, "changeGroupMembers", { groupId, remove: [bo, ada] }, "added removed")).removed).toEqual([bo, ada])
    expect((await mutate(idp, "renameGroup", { groupId, displayName: "Verkoop" }, "group { displayName }")).group.displayName).toBe(
      "Verkoop",
    )
  })

  test("rule 32: an identity provider need not confirm the deletion of a group that has licenses", async () => {
    const { mutate, admin, as, identityProvider } = contoso
    const licenseId = await contoso.license(1)
    const groupId = await contoso.group("Sales")
    await mutate(admin, "assignLicenses", { licenseId, principalIds: [groupId] }, "revision")
    expect((await mutate(as("USER_ADMIN"), "deleteGroup", { groupId }, "deletedId refusal { code }")).refusal.code).toBe(
      "GROUP_HAS_ASSIGNMENTS",
    )
    expect((await mutate(identityProvider, "deleteGroup", { groupId }, "deletedId")).deletedId).toBe(groupId)
  })
})

describe("who acted (rules 36, 38)", () => {
  test("the trail names the kind of actor and the role that allowed it, and never the subject", async () => {
    const { mutate, identityProvider, organizationId } = contoso
    await mutate(
      { subject: "adele@contoso.example", organizationId, roles: ["AUDITOR", "USER_ADMIN"] },
      "createGroup",
      { displayName: "A" },
      "revision",
    )
    await mutate(identityProvider, "createGroup", { displayName: "B" }, "revision")
    const actors = (await contoso.recorded(organizationId))
      .filter(({ type }) => type === "GroupProvisioned")
      .map(({ metadata }) => metadata.actor)
    expect(actors).toEqual([
      { type: "USER", role: "USER_ADMIN", id: expect.stringMatching(/^act_/) },
      { type: "IDENTITY_PROVIDER", role: "USER_ADMIN", id: expect.stringMatching(/^act_/) },
    ])
    expect(JSON.stringify(await contoso.recorded(organizationId))).not.toContain("adele")
  })

  test("a role that may not is refused before anything is asked", async () => {
    const licenseId = await contoso.license(1)
    const { errors } = await contoso.execute(
      contoso.as("AUDITOR"),
      `mutation { assignLicenses(input: { licenseId: "${licenseId}", principalIds: ["usr_x"] }) { revision } }`,
    )
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN")
  })

  test("a vendor sees of the license no people", async () => {
    const licenseId = await contoso.license(1)
    const change = { licenseId, seats: 2, sequence: 1, vendorEventId: "v" }
    const { errors } = await contoso.execute(
      contoso.vendor,
      "mutation ($input: ChangeVendorSeatsInput!) { changeVendorSeats(input: $input) { license { users { totalCount } } } }",
      { input: change },
    )
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN")
  })
})

test("accepted and not yet visible: the answer says so, and a repeat shows it later", async () => {
  const { mutate, admin, vendor } = contoso
  const licenseId = await contoso.license(2)
  const [ada] = await contoso.users("ada")
  await contoso.stopProjecting()
  const input = { licenseId, principalIds: [ada], idempotencyKey: "slow" }
  const blind = await mutate(admin, "assignLicenses", input, `${RESULTS} license { id }`)
  expect(blind).toEqual({ revision: expect.any(Number), visible: false, results: [], license: null, refusal: null })
  expect((await contoso.recorded(contoso.organizationId)).at(-1)?.type).toBe("SeatsGranted")
  const change = { licenseId, seats: 3, sequence: 1, vendorEventId: "slow-vendor" }
  expect(await mutate(vendor, "changeVendorSeats", change, "visible outcome license { id }")).toEqual({
    visible: false,
    outcome: "APPLIED",
    license: null,
  })

  // The person is known to the log but not to the read models: code and message go out without the details.
  const unassign = { licenseId, fromUserId: ada, toUserId: ada }
  const { refusal } = await mutate(admin, "transferSeat", unassign, "refusal { __typename code message }")
  expect(refusal).toMatchObject({ __typename: "PlainRefusal", code: "ALREADY_SEATED" })

  await contoso.startProjecting()
  const seen = await mutate(admin, "assignLicenses", input, `${RESULTS} license { seats { seated } }`)
  expect(seen).toMatchObject({ revision: blind.revision, visible: true, results: [{ outcome: "ASSIGNED", principal: { id: ada } }] })
  expect(seen.license.seats.seated).toBe(1)
})

test("a vendor's license that the read models do not know yet is not refused for good: TRY_AGAIN", async () => {
  const folder = await temporaryFolder()
  // This store can tell how far the read models are behind.
  const ledger = await openOrganization(openSqliteEventStore(join(folder.path, "events.sqlite")))
  try {
    const { mutate, vendor, productId, organizationId } = ledger
    await ledger.stopProjecting()
    const sale = { productId, organizationId, seats: 1, vendorEventId: "just-sold" }
    expect(await mutate(vendor, "registerLicense", sale, "visible license { id }")).toEqual({ visible: false, license: null })
    const registered = (await ledger.recorded(organizationId)).at(-1)?.data as { readonly licenseId: string }
    const change = { licenseId: registered.licenseId, seats: 2, sequence: 1, vendorEventId: "at-once" }
    await expect(mutate(vendor, "changeVendorSeats", change, "outcome")).rejects.toMatchObject({
      errors: [{ extensions: { code: "TRY_AGAIN" } }],
    })

    await ledger.startProjecting()
    await mutate(vendor, "registerLicense", sale, "visible")
    expect(await mutate(vendor, "changeVendorSeats", change, "outcome license { seats { purchased } }")).toEqual({
      outcome: "APPLIED",
      license: { seats: { purchased: 2 } },
    })
    const unknown = await mutate(vendor, "changeVendorSeats", { ...change, licenseId: "lic_none", vendorEventId: "x" }, "refusal { code }")
    expect(unknown.refusal.code).toBe("LICENSE_NOT_FOUND")
  } finally {
    await ledger.close()
    await folder.remove()
  }
})
