/** Simulations in the queue: read to the head, in turn with the commands, and without a trace. */
import type { EventStore } from "../../src/eventstore/event-store"
import { openVault } from "../../src/vault/sqlite"
import type { Vault } from "../../src/vault/vault"
import { ADMIN, accepted, Ledger } from "./ledger"

/** Notes whatever is asked of the vault and appended to the log. */
class Traces {
  readonly seen: string[] = []
  readonly vault: Vault = new Proxy(openVault(":memory:"), {
    get: (vault, name) => {
      const found: unknown = Reflect.get(vault, name, vault)
      if (typeof found !== "function") return found
      return (...args: unknown[]) => {
        this.seen.push(`vault.${String(name)}`)
        return found.apply(vault, args)
      }
    },
  })
  readonly wrap = (store: EventStore): EventStore => ({
    append: (...args) => {
      this.seen.push("append")
      return store.append(...args)
    },
    read: store.read.bind(store),
    follow: store.follow.bind(store),
    close: () => store.close(),
  })
}

let traces: Traces
let ledger: Ledger
beforeEach(async () => {
  traces = new Traces()
  ledger = await new Ledger({ vault: traces.vault, wrap: traces.wrap }).founded()
})
afterEach(() => ledger.close())

const AUDITOR = { type: "USER", subject: "somebody new", role: "AUDITOR" } as const
const effects = ({ licenses }: Awaited<ReturnType<Ledger["commands"]["simulate"]>>) =>
  licenses.flatMap(({ people }) => people.map(({ userId, change }) => `${change} ${userId}`))

test("a simulation leaves no trace: no event, no key, no name, no id for who asked", async () => {
  const [licenseId, user] = [await ledger.license(1), await ledger.user("ada")]
  traces.seen.length = 0
  const request = { licenseId, principalIds: [user], onShortage: "REJECT", reason: "a secret" } as const
  const simulated = await ledger.commands.simulate(ledger.organizationId, [{ operation: "assignLicenses", request }], AUDITOR)
  expect(effects(simulated)).toEqual([`GAINS_SEAT ${user}`])
  expect(traces.seen).toEqual([])

  accepted(await ledger.ask("assignLicenses", request))
  expect(traces.seen).toContain("append") // the same, done, leaves some
})

test("a simulation is worked out on what another node has written by then", async () => {
  const [licenseId, ada, bo] = [await ledger.license(1), await ledger.user("ada"), await ledger.user("bo")]
  const other = ledger.open()
  const request = (user: string) => ({ licenseId, principalIds: [user], onShortage: "WAITLIST" }) as const
  await ledger.commands.simulate(ledger.organizationId, [{ operation: "assignLicenses", request: request(bo) }], ADMIN)
  const assigned = accepted(await ledger.ask("assignLicenses", request(ada), {}, other))
  const simulated = await ledger.commands.simulate(ledger.organizationId, [{ operation: "assignLicenses", request: request(bo) }], ADMIN)
  expect(simulated.revision).toBe(assigned.revision)
  expect(effects(simulated)).toEqual([`WAITS ${bo}`])
  await other.close()
})

test("rule 39: a large group is worked out to the end, while another organization is answered", async () => {
  const people = await ledger.users(12_000)
  const [group, licenseId] = [await ledger.group("Everybody", people), await ledger.license(9_000)]
  const answered: string[] = []
  const request = { licenseId, principalIds: [group], onShortage: "WAITLIST" } as const
  const simulating = ledger.commands
    .simulate(ledger.organizationId, [{ operation: "assignLicenses", request }], ADMIN)
    .then((simulated) => {
      answered.push("the simulation")
      return simulated
    })
  await new Promise((resolve) => setImmediate(resolve)) // it has begun
  await ledger.commands
    .organization(undefined, "createOrganization", { name: "Another" }, ledger.as(ADMIN))
    .then(() => answered.push("another"))
  const { licenses } = await simulating
  expect(answered).toEqual(["another", "the simulation"])
  expect(licenses).toMatchObject([{ before: { seated: 0, waitlisted: 0 }, after: { seated: 9_000, waitlisted: 3_000, available: 0 } }])
  const changes = licenses[0]?.people ?? []
  expect(changes.filter(({ change }) => change === "GAINS_SEAT").map(({ userId }) => userId)).toEqual(people.slice(0, 9_000))
  expect(changes.filter(({ change }) => change === "WAITS").map(({ waitlistPosition }) => waitlistPosition)).toEqual(
    people.slice(9_000).map((_, index) => index + 1),
  )
}, 120_000)

test("what would be refused before it is decided is refused in a simulation too", async () => {
  const licenseId = await ledger.license(1)
  const request = { licenseId, principalIds: ["usr_nobody"], reason: "x".repeat(501) }
  const simulated = await ledger.commands.simulate(ledger.organizationId, [{ operation: "unassignLicenses", request }], ADMIN)
  expect(simulated).toMatchObject({ refusal: { code: "INVALID_INPUT", field: "reason" }, licenses: [] })
})
