import { accepted, dataOf, Ledger, refusalOf } from "./ledger"

let ledger: Ledger
beforeEach(async () => {
  ledger = await new Ledger().founded()
})
afterEach(() => ledger.close())

const terms = { seats: 5, vendorEventId: "e", graceDays: 90, onGraceEnd: "HOLD" } as const
const register = (productId: string) =>
  ledger.commands.organization(ledger.organizationId, "registerLicense", { productId, ...terms }, ledger.asVendor())
const list = (request: { productId?: string; name: string; installUrl?: string }) =>
  ledger.commands.vendor(ledger.vendorId, "listProduct", request, ledger.asVendor())

test("a license copies the product's name as it is when it is bought", async () => {
  const first = dataOf(accepted(await register(ledger.productId)), "LicenseRegistered")
  expect(first).toMatchObject({ productName: "Lumen Draw", vendorId: ledger.vendorId, productId: ledger.productId, seats: 5 })
})

test("a product that the vendor does not list cannot be licensed or changed", async () => {
  expect(await register("prd_none")).toMatchObject({ refusal: { code: "NOT_FOUND", field: "productId", id: "prd_none" } })
  expect(await list({ productId: "prd_none", name: "x" })).toMatchObject({ refusal: { code: "NOT_FOUND", field: "productId" } })
  expect(await list({ productId: "../../etc", name: "x" })).toMatchObject({ refusal: { code: "NOT_FOUND", field: "productId" } })
})

test("a change of a product is seen by other nodes at once", async () => {
  const other = ledger.open()
  await other.organization(ledger.organizationId, "registerLicense", { productId: ledger.productId, ...terms }, ledger.asVendor())
  expect(await list({ productId: ledger.productId, name: "Lumen Draw 2" })).toMatchObject({
    kind: "accepted",
    events: [{ type: "ProductChanged" }],
  })
  const request = { productId: ledger.productId, ...terms, vendorEventId: "e2" }
  const outcome = await other.organization(ledger.organizationId, "registerLicense", request, ledger.asVendor())
  expect(dataOf(accepted(outcome), "LicenseRegistered").productName).toBe("Lumen Draw 2")
  await other.close()
})

test("an install visit records the address as it is now; without one it says so", async () => {
  const licenseId = await ledger.license(1)
  const visited = dataOf(accepted(await ledger.ask("recordInstallVisit", { licenseId })), "InstallLinkVisited")
  expect(visited).toEqual({ licenseId, productId: ledger.productId, installUrl: "https://lumen.example/install" })
  await list({ productId: ledger.productId, name: "Lumen Draw" })
  expect(await ledger.ask("recordInstallVisit", { licenseId })).toMatchObject({ refusal: { code: "NOT_FOUND", field: "installUrl" } })
  expect(refusalOf(await ledger.ask("recordInstallVisit", { licenseId: "lic_none" }))).toBe("LICENSE_NOT_FOUND")
})

test("the actor of a vendor's event is the vendor itself", async () => {
  const outcome = accepted(await register(ledger.productId))
  expect(outcome.events[0]?.metadata.actor).toEqual({ type: "VENDOR", id: ledger.vendorId, role: "VENDOR" })
})

test("a closed organization refuses further commands, also after a restart", async () => {
  accepted(await ledger.ask("closeOrganization", {}))
  expect(refusalOf(await ledger.ask("createUser", { userName: "a", displayName: "A", active: true }))).toBe("ORGANIZATION_CLOSED")
  await ledger.restart()
  expect(refusalOf(await register(ledger.productId))).toBe("ORGANIZATION_CLOSED")
})

test("an organization, a vendor and an id that do not exist are refused by name", async () => {
  const nowhere = await ledger.commands.organization("org_none", "renameGroup", { groupId: "grp_x", displayName: "x" }, ledger.asVendor())
  expect(nowhere).toMatchObject({ refusal: { code: "NOT_FOUND", field: "organizationId", id: "org_none" } })
  const strange = await ledger.commands.organization("../org", "renameGroup", { groupId: "grp_x", displayName: "x" }, ledger.asVendor())
  expect(strange).toMatchObject({ refusal: { code: "NOT_FOUND", field: "organizationId", id: "../org" } })
  const vendor = await ledger.commands.vendor("vnd_none", "listProduct", { name: "x" }, ledger.asVendor())
  expect(vendor).toMatchObject({ refusal: { code: "NOT_FOUND", field: "vendorId", id: "vnd_none" } })
})
