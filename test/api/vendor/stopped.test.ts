import { setTimeout as pause } from "node:timers/promises"
import { RunningLedger } from "../../support/running-ledger"
import { type Connected, connected, eventsOf, told } from "./vendor-client"

/** What vendors are answered while one group of projections stands still: only what depends on it has to wait. */
let one: Connected
beforeAll(async () => {
  one = await connected(await RunningLedger.start({ SEATLEDGER_LOG_LEVEL: "silent" }))
  await stopHistory(one.ledger)
})
afterAll(() => one.ledger.stop())

async function register(id: string, subscriptionId: string): Promise<string> {
  const { organizationId, productId } = one
  const data = { organizationId, productId, seats: 2, subscriptionId }
  return (await one.client.event({ id, type: "seatledger.license.registered", data })).body.licenseId
}
const change = (id: string, license: object) => one.client.event({ id, sequence: "1", data: { ...license, seats: 5 } })

test("a license that there is not is refused for good, and not to be asked for again for ever", async () => {
  expect(await change("e1", { licenseId: "lic_nobodys" })).toMatchObject({ status: 400, body: { code: "LICENSE_NOT_FOUND" } })
  expect(await change("e2", { subscriptionId: "none" })).toMatchObject({ status: 400, body: { code: "LICENSE_NOT_FOUND" } })
  const headers = { authorization: `Bearer ${one.vendor.token}` }
  const { opened } = one.ledger
  for (const path of ["licenses/lic_nobodys", "rights/lic_nobodys/ada"]) {
    expect(await told(await fetch(`${opened.url}/vendor/v1/${path}`, { headers }))).toMatchObject({ status: 404 })
  }
  const mutation = `mutation ($input: ChangeVendorSeatsInput!) { changeVendorSeats(input: $input) { refusal { code } } }`
  const input = { licenseId: "lic_nobodys", seats: 1, sequence: "1", vendorEventId: "e3" }
  expect((await one.vendor.ask(mutation, { input })).changeVendorSeats.refusal).toEqual({ code: "LICENSE_NOT_FOUND" })
})

test("a subscription id of one license is looked up; which of several was meant before stands in the history, and has to wait", async () => {
  const licenseId = await register("r1", "sub-1")
  expect(await change("e4", { subscriptionId: "sub-1" })).toMatchObject({ status: 200, body: { outcome: "APPLIED", licenseId } })
  await register("r2", "sub-1")
  const before = (await eventsOf(one.ledger, `vendor-${one.vendorId}`)).length
  expect(await change("e5", { subscriptionId: "sub-1" })).toMatchObject({ status: 503, body: { code: "TRY_AGAIN" } })
  expect(await eventsOf(one.ledger, `vendor-${one.vendorId}`)).toHaveLength(before)
})

/** By an event that only its tables cannot take. */
async function stopHistory({ opened: { eventStore, services } }: RunningLedger): Promise<void> {
  const actor = { type: "SYSTEM", id: "system" } as const
  const metadata = {
    v: 1,
    commandId: "cmd_poison",
    commandHash: "hash",
    correlationId: "poison",
    actor,
    recordedAt: new Date().toISOString(),
  }
  const event = { id: "00000000-0000-8000-a000-00000000dead", type: "VendorEventRepeated", data: {}, metadata }
  await eventStore.append("vendor-vnd_poison", 0, [event])
  services.projecting.wake()
  const stopped = () => services.projecting.status().flatMap(({ name, failure }) => (failure ? [name] : []))
  while (stopped().length === 0) await pause(20)
  expect(stopped()).toEqual(["history"])
}
