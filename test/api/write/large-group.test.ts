import { type Organization, openOrganization } from "./ledger"

let contoso: Organization
beforeAll(async () => {
  contoso = await openOrganization()
})
afterAll(() => contoso.close())

test("rule 39: the answer for a large group counts what is settled so far, a repeat says the same, and all get their seats", async () => {
  const { mutate, admin, identityProvider } = contoso
  const licenseId = await contoso.license(2_000)
  const names = Array.from({ length: 1_100 }, (_, n) => `user${n}`)
  const ids = await Promise.all(names.map((name) => contoso.user(name)))
  const group = await contoso.group("Everybody", ids.slice(0, 1_000))
  await mutate(identityProvider, "changeGroupMembers", { groupId: group, add: ids.slice(1_000) }, "revision")

  const input = { licenseId, principalIds: [group], idempotencyKey: "everybody" }
  const selection = "revision results { outcome seated waitlisted } license { seats { seated available } }"
  const first = await mutate(admin, "assignLicenses", input, selection)
  expect(first.results).toEqual([{ outcome: "ASSIGNED", seated: 1_000, waitlisted: 0 }])
  // What is promised to those still in progress is free for nobody else.
  expect(first.license.seats.available).toBe(900)

  const changes = await contoso.subscribe(
    admin,
    `subscription { licenseChanged(licenseId: "${licenseId}", afterRevision: ${first.revision}) { license { seats { seated } } } }`,
  )
  for (;;) {
    const { value, done } = await changes.next()
    if (done) throw new Error("the subscription ended")
    if (value.data?.licenseChanged.license.seats.seated === 1_100) break
  }
  await changes.return?.()
  const { revision, results } = first
  const seats = { seated: 1_100, available: 900 }
  expect(await mutate(admin, "assignLicenses", input, selection)).toEqual({ revision, results, license: { seats } })
})
