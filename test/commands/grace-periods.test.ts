/** Rules 20 and 34: a deadline that passes is an event. */
import type { OrganizationEvent } from "../../src/domain/events"
import { accepted, DAY, Ledger } from "./ledger"

let ledger: Ledger
beforeEach(async () => {
  ledger = await new Ledger().founded()
})
afterEach(() => ledger.close())

const types = async () => (await ledger.events()).map(({ type }) => type)
const expiries = async () => (await types()).filter((type) => type === "GraceExpired").length

async function only(type: OrganizationEvent["type"]): Promise<OrganizationEvent> {
  const found = ((await ledger.events()) as unknown as OrganizationEvent[]).filter((event) => event.type === type)
  expect(found).toHaveLength(1)
  return found[0] as OrganizationEvent // one was found
}

async function overassigned(onGraceEnd: "HOLD" | "REVOKE" = "HOLD"): Promise<string> {
  const users = await ledger.users(3)
  const licenseId = await ledger.license(3, { onGraceEnd })
  accepted(await ledger.assign(licenseId, users))
  accepted(await ledger.sell(licenseId, 1))
  return licenseId
}

test("nothing happens before the deadline, one event at it, and no second one", async () => {
  await overassigned()
  ledger.now += 90 * DAY - 1
  await ledger.commands.endGracePeriods()
  expect(await expiries()).toBe(0)
  ledger.now += 1
  await ledger.commands.endGracePeriods()
  await ledger.commands.endGracePeriods()
  expect(await expiries()).toBe(1)
  const event = await only("GraceExpired")
  expect(event).toMatchObject({ data: { overassignedBy: 2 }, metadata: { actor: { type: "SYSTEM", id: "system" } } })
})

test("under REVOKE the newest grants are taken back in the same append", async () => {
  const licenseId = await overassigned("REVOKE")
  ledger.now += 90 * DAY
  await ledger.commands.endGracePeriods()
  expect((await types()).slice(-3)).toEqual(["GraceExpired", "SeatsRevoked", "OverassignmentEnded"])
  expect((await ledger.seated(licenseId)).size).toBe(1)
})

test.each(["on the state in memory", "after a restart"])(
  "rule 36: what was taken back goes back to the vendor who sold fewer seats, %s",
  async (when) => {
    await overassigned("REVOKE")
    if (when === "after a restart") {
      await ledger.restart()
      await ledger.commands.resume()
    }
    ledger.now += 90 * DAY
    await ledger.commands.endGracePeriods()
    const chain = []
    for (const type of ["SeatsRevoked", "GraceExpired", "OverassignmentStarted", "VendorSeatsChanged"] as const)
      chain.push(await only(type))
    const [, ...causes] = chain
    for (const [n, cause] of causes.entries()) {
      expect(chain[n]?.metadata).toMatchObject({ causationId: cause.id, causationRevision: cause.revision })
      expect(chain[n]?.metadata.correlationId).toBe(cause.metadata.correlationId)
    }
    expect(causes.at(-1)?.metadata).toMatchObject({ actor: { type: "VENDOR" } })
    expect(causes.at(-1)?.metadata.causationId).toBeUndefined()
  },
)

test("a restart watches again, also when the deadline passed meanwhile", async () => {
  await overassigned()
  await ledger.restart()
  ledger.now += 91 * DAY
  await ledger.commands.resume()
  await ledger.commands.endGracePeriods()
  expect(await expiries()).toBe(1)
})

test("several nodes end it once", async () => {
  await overassigned()
  const nodes = [ledger.open(), ledger.open(), ledger.commands]
  for (const node of nodes) await node.resume()
  ledger.now += 90 * DAY
  await Promise.all(nodes.map((node) => node.endGracePeriods()))
  expect(await expiries()).toBe(1)
  for (const node of nodes.slice(0, 2)) await node.close()
})

test("fitting again ends the watch", async () => {
  const licenseId = await overassigned()
  accepted(await ledger.sell(licenseId, 3))
  const head = (await ledger.events()).length
  ledger.now += 100 * DAY
  await ledger.commands.endGracePeriods()
  expect(await ledger.events()).toHaveLength(head)
})

test("a closed organization is left in peace", async () => {
  await overassigned()
  accepted(await ledger.ask("closeOrganization", {}))
  ledger.now += 100 * DAY
  await ledger.commands.endGracePeriods()
  expect((await types()).at(-1)).toBe("OrganizationClosed")
})

test("the timer itself ends a grace period of months, though timers hold 24 days at most", async () => {
  jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask", "performance"] })
  try {
    await overassigned()
    ledger.now += 90 * DAY
    const passed = new Promise<void>((resolve) => {
      const look = () => void expiries().then((count) => (count === 1 ? resolve() : setImmediate(look)))
      look()
    })
    jest.advanceTimersByTime(60_000)
    await passed
  } finally {
    jest.useRealTimers()
  }
})
