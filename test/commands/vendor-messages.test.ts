import type { OrganizationRequests, Outcome } from "../../src/commands/requests"
import type { EventStore, RecordedEvent } from "../../src/eventstore/event-store"
import { expectValidEvent } from "../events/expect-valid-event"
import { accepted, Ledger, refusalOf } from "./ledger"

/** Appends to vendors' streams, or reads of them, wait, or fail, as long as a test wants. */
let gate: (() => Promise<void>) | undefined
let readGate: (() => Promise<void>) | undefined
function gated(store: EventStore): EventStore {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== "function") return value
      if (name === "read") {
        return async function* (...args: Parameters<EventStore["read"]>) {
          if (args[0].startsWith("vendor-")) await readGate?.()
          yield* target.read(...args)
        }
      }
      if (name !== "append") return value.bind(target)
      return async (...args: Parameters<EventStore["append"]>) => {
        if (args[0].startsWith("vendor-")) await gate?.()
        return target.append(...args)
      }
    },
  })
}

function hold() {
  let asked = () => {}
  let release = () => {}
  let fail = (_error: Error) => {}
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const opened = new Promise<void>((resolve, reject) => {
    release = resolve
    fail = reject
  })
  const wait = () => {
    asked()
    return opened
  }
  return { wait, wasAsked, release, fail }
}

let ledger: Ledger
let licenseId: string
beforeEach(async () => {
  gate = undefined
  readGate = undefined
  ledger = await new Ledger({ wrap: gated }).founded()
  licenseId = await ledger.license(5)
})
afterEach(() => ledger.close())

type Seats = OrganizationRequests["changeVendorSeats"]
const seats = (more: Partial<Seats> = {}, buyer: { readonly organizationId?: string } = ledger) => {
  const request = { licenseId, seats: 7, vendorEventId: "e1", sequence: "1", ...more }
  return ledger.commands.organization(buyer.organizationId, "changeVendorSeats", request, ledger.asVendor())
}

/** Repeats and refusals in the vendor's stream. */
async function kept(): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of ledger.store.read(`vendor-${ledger.vendorId}`, 0)) events.push(...page)
  return events.filter(({ type }) => type.startsWith("VendorEvent"))
}

test("what was applied, stale or no change costs the vendor's stream nothing", async () => {
  accepted(await seats())
  accepted(await seats({ vendorEventId: "e2", sequence: "2" }))
  accepted(await seats({ vendorEventId: "e0", sequence: "0", seats: 9 }))
  expect(await kept()).toEqual([])
})

test("a repeat and a refusal are in the vendor's stream by the time they are answered, with who said it", async () => {
  accepted(await seats())
  expect(accepted(await seats()).repeated).toBe(true)
  expect(refusalOf(await seats({ vendorEventId: "e2", seats: -1 }))).toBe("INVALID_INPUT")
  const events = await kept()
  const { organizationId, vendorId } = ledger
  const said = { organizationId, vendorId, licenseId, attribute: "SEATS", sequence: "1" }
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: "VendorEventRepeated", data: { ...said, vendorEventId: "e1", value: "7" } },
    { type: "VendorEventRefused", data: { ...said, vendorEventId: "e2", value: "-1", code: "INVALID_INPUT", field: "seats" } },
  ])
  for (const event of events) {
    expectValidEvent(event)
    expect(event.metadata).toMatchObject({ actor: { type: "VENDOR", id: vendorId }, correlationId: "correlation" })
    // Rule 37: it is no answer that a repeat could be given.
    expect(event.metadata.commandId).toMatch(/^cmd_/)
  }
})

test("a repeat is not answered before it is recorded; when it cannot be, the vendor hears of a fault and asks again", async () => {
  accepted(await seats())
  const held = hold()
  gate = held.wait
  let answer: Outcome | undefined
  const repeated = seats().then((outcome) => {
    answer = outcome
  })
  await held.wasAsked
  await new Promise(setImmediate)
  expect(answer).toBeUndefined()
  held.fail(new Error("the disk is gone"))
  await expect(repeated).rejects.toThrow("the disk is gone")
  gate = undefined
  expect(accepted(await seats()).repeated).toBe(true)
  expect(await kept()).toHaveLength(1)
})

test("a shutdown waits until what was answered is recorded", async () => {
  accepted(await seats())
  const held = hold()
  gate = held.wait
  let isClosed = false
  const repeated = seats()
  await held.wasAsked
  const closed = ledger.commands.close().then(() => {
    isClosed = true
  })
  await new Promise(setImmediate)
  expect(isClosed).toBe(false)
  held.release()
  expect(accepted(await repeated).repeated).toBe(true)
  await closed
  expect(await kept()).toHaveLength(1)
  ledger.commands = ledger.open()
})

test("a shutdown that begins before the answer is known waits for what the answer leaves to be recorded", async () => {
  accepted(await seats())
  const held = hold()
  gate = held.wait
  let isClosed = false
  const repeated = seats()
  const closed = ledger.commands.close().then(() => {
    isClosed = true
  })
  await held.wasAsked
  await new Promise(setImmediate)
  expect(isClosed).toBe(false)
  held.release()
  await closed
  // Whoever closed the commands closes the store next.
  expect(await kept()).toHaveLength(1)
  expect(accepted(await repeated).repeated).toBe(true)
  ledger.commands = ledger.open()
})

test("a shutdown waits for a message that has not reached the queue of its organization yet", async () => {
  const register = () => {
    const request = { productId: ledger.productId, seats: 1, vendorEventId: "r1", graceDays: 90, onGraceEnd: "HOLD" } as const
    return ledger.commands.organization(ledger.organizationId, "registerLicense", request, ledger.asVendor())
  }
  accepted(await register())
  const held = hold()
  readGate = held.wait // of the product that is sold
  const repeated = register()
  await held.wasAsked
  let isClosed = false
  const closed = ledger.commands.close().then(() => {
    isClosed = true
  })
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  expect(isClosed).toBe(false)
  readGate = undefined
  held.release()
  await closed
  expect(await kept()).toHaveLength(1)
  expect(accepted(await repeated).repeated).toBe(true)
  ledger.commands = ledger.open()
})

test("who repeats without end is answered alike without end, and fills the log no further; refusals have room of their own", async () => {
  const first = accepted(await seats())
  const again = await Promise.all(Array.from({ length: 1_050 }, () => seats()))
  for (const outcome of again) expect(accepted(outcome)).toMatchObject({ events: first.events, repeated: true })
  const repeats = (await kept()).length
  expect(repeats).toBeGreaterThanOrEqual(1_000)
  expect(repeats).toBeLessThan(1_050)
  expect(await seats({ seats: 8 })).not.toHaveProperty("unrecorded")
  expect(await kept()).toHaveLength(repeats + 1)
})

test("a license that nobody is known to have bought is refused, and the vendor's alone to see", async () => {
  expect(await seats({}, {})).toMatchObject({ refusal: { code: "LICENSE_NOT_FOUND", licenseId } })
  expect(refusalOf(await seats({ licenseId: "lic_nobody" }))).toBe("LICENSE_NOT_FOUND")
  const events = await kept()
  expect(events.map(({ data }) => data)).toMatchObject([{ licenseId }, { licenseId: "lic_nobody" }])
  for (const { data } of events) expect(data).not.toHaveProperty("organizationId")
})

test("a product that a message lists is keyed by the message's id and recorded even when nothing changes", async () => {
  const list = (vendorEventId: string, name = "Draw", more = {}) =>
    ledger.commands.vendor(ledger.vendorId, "listProduct", { name, vendorEventId, ...more }, ledger.asVendor())
  const listed = await list("p1")
  const [first] = listed.kind === "accepted" ? listed.events : []
  if (first?.type !== "ProductListed") throw new Error("no product was listed")
  expect(first.data).toMatchObject({ name: "Draw", vendorEventId: "p1" })
  expect(await list("p1")).toMatchObject({ kind: "accepted", repeated: true, events: [{ data: first.data }] })
  expect(await list("p1", "Other")).toMatchObject({ kind: "refused", refusal: { code: "IDEMPOTENCY_CONFLICT" } })
  const { productId } = first.data
  expect(await list("p2", "Draw", { productId })).toMatchObject({ events: [{ type: "ProductUnchanged", data: { vendorEventId: "p2" } }] })
  expect((await kept()).map(({ type, data }) => [type, "value" in data ? data.value : undefined])).toEqual([
    ["VendorEventRepeated", "Draw"],
    ["VendorEventRefused", "Other"],
  ])
})
