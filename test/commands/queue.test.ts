import { join } from "node:path"
import type { Outcome } from "../../src/commands/requests"
import { type EventStore, OutcomeUnknown, WrongRevision } from "../../src/eventstore/event-store"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { openVault } from "../../src/vault/sqlite"
import { temporaryFolder } from "../support/temporary-folder"
import { subjectOf } from "../support/vault"
import { accepted, dataOf, Ledger, refusalOf } from "./ledger"

const open: { close(): Promise<void> }[] = []
async function founded(ledger = new Ledger()): Promise<Ledger> {
  open.push(ledger)
  return ledger.founded()
}
afterEach(async () => {
  for (const ledger of open.splice(0)) await ledger.close()
})

const seatedCount = async (ledger: Ledger, licenseId: string) => (await ledger.seated(licenseId)).size
const codes = (outcomes: readonly Outcome[]) => outcomes.flatMap((outcome) => refusalOf(outcome) ?? [])

/** The store with something in the way of its appends. */
function troubled(store: EventStore, append: EventStore["append"]): EventStore {
  return { append, read: store.read.bind(store), follow: store.follow.bind(store), close: () => store.close() }
}

describe("many at once", () => {
  test("rules 2 and 3: 1,000 concurrent assignments to a license of 100 seats give exactly 100", async () => {
    const ledger = await founded()
    const [users, licenseId] = [await ledger.users(1000), await ledger.license(100)]
    const outcomes = await Promise.all(users.map((user) => ledger.assign(licenseId, [user])))
    expect(codes(outcomes)).toEqual(Array(900).fill("NOT_ENOUGH_SEATS"))
    expect(await seatedCount(ledger, licenseId)).toBe(100)
  })

  test("the same on SQLite files, and a restart finds all of it", async () => {
    const folder = await temporaryFolder()
    open.push({ close: () => folder.remove() })
    const files = () => ({
      store: openSqliteEventStore(join(folder.path, "events.sqlite")),
      vault: openVault(join(folder.path, "vault.sqlite")),
    })
    const before = await new Ledger(files()).founded()
    const [users, licenseId] = [await before.users(300), await before.license(100)]
    const outcomes = await Promise.all(users.map((user) => before.assign(licenseId, [user])))
    expect(codes(outcomes)).toEqual(Array(200).fill("NOT_ENOUGH_SEATS"))
    await before.close()

    const after = new Ledger(files())
    open.unshift(after)
    after.organizationId = before.organizationId
    expect(await seatedCount(after, licenseId)).toBe(100)
    expect(refusalOf(await after.assign(licenseId, [users[299] ?? ""]))).toBe("NOT_ENOUGH_SEATS")
    expect(refusalOf(await after.ask("createUser", { userName: "U7@ACME.example", displayName: "x", active: true }))).toBe("ALREADY_EXISTS")
  })

  test("commands that wait together are appended together, at most 256 and 1,000 people at a time", async () => {
    const sizes: number[] = []
    const ledger = await founded(new Ledger({ observe: { appended: (stream, events) => stream.startsWith("org") && sizes.push(events) } }))
    const users = await ledger.users(600)
    expect(sizes.slice(-3)).toEqual([256, 256, 88])
    const licenseId = await ledger.license(600)
    sizes.length = 0
    // Six times 100 people: each may touch 200, so five fit.
    await Promise.all(Array.from({ length: 6 }, (_, n) => ledger.assign(licenseId, users.slice(n * 100, n * 100 + 100))))
    expect(sizes).toHaveLength(2)
    expect(await seatedCount(ledger, licenseId)).toBe(600)
  })

  test("another organization does not wait behind a queue", async () => {
    const busy = await founded()
    const answered: string[] = []
    const quiet = accepted(
      await busy.commands.organization(undefined, "createOrganization", { name: "Quiet" }, busy.as({ type: "USER", subject: "x" })),
    )
    const { organizationId } = dataOf(quiet, "OrganizationCreated")
    const crowd = busy.users(2000).then(() => answered.push("busy"))
    const one = busy.commands
      .organization(
        organizationId,
        "createUser",
        { userName: "a", displayName: "A", active: true },
        busy.as({ type: "USER", subject: "x" }),
      )
      .then(() => answered.push("quiet"))
    await Promise.all([crowd, one])
    expect(answered).toEqual(["quiet", "busy"])
  })
})

describe("several nodes on one log", () => {
  test.each([1, 2, 3, 4, 5])("two that race never over-grant and lose nothing (round %i)", async (round) => {
    const ledger = await founded(new Ledger({ wrap: (store) => troubled(store, slowly(store, round)) }))
    const [users, licenseId] = [await ledger.users(60), await ledger.license(40)]
    const other = ledger.open()
    const outcomes = await Promise.all(users.map((user, n) => ledger.assign(licenseId, [user], {}, n % 2 === 0 ? other : ledger.commands)))
    const granted = outcomes.flatMap((outcome) => (outcome.kind === "accepted" ? outcome.events : []))
    const log = await ledger.events()
    // Each answer tells the very events of the log, at their revisions.
    for (const event of granted) expect(log[event.revision - 1]).toMatchObject({ id: event.id, type: event.type, revision: event.revision })
    expect(codes(outcomes)).toEqual(Array(20).fill("NOT_ENOUGH_SEATS"))
    expect(await seatedCount(ledger, licenseId)).toBe(40)
    await other.close()
  })

  /** Appends in random order: what is sent first need not arrive first. */
  function slowly(store: EventStore, seed: number): EventStore["append"] {
    let random = seed
    return async (...args) => {
      random = (random * 16_807) % 2_147_483_647
      for (let turns = random % 5; turns > 0; turns--) await new Promise<void>((resolve) => setImmediate(resolve))
      return store.append(...args)
    }
  }

  test("a refusal is decided on the head: seats that another node freed are seen", async () => {
    const ledger = await founded()
    const [[ada = "", bo = ""], licenseId] = [await ledger.users(2), await ledger.license(1)]
    accepted(await ledger.assign(licenseId, [ada]))
    const other = ledger.open()
    accepted(await ledger.ask("unassignLicenses", { licenseId, principalIds: [ada] }, {}, other))
    expect(refusalOf(await ledger.assign(licenseId, [bo]))).toBeUndefined()
    await other.close()
  })

  test("a no-op is decided on the head: an assignment that another node ended is written again", async () => {
    const ledger = await founded()
    const [[ada = ""], licenseId] = [await ledger.users(1), await ledger.license(1)]
    accepted(await ledger.assign(licenseId, [ada]))
    expect(accepted(await ledger.assign(licenseId, [ada])).events).toEqual([])
    const other = ledger.open()
    accepted(await ledger.ask("unassignLicenses", { licenseId, principalIds: [ada] }, {}, other))
    expect(accepted(await ledger.assign(licenseId, [ada])).events).not.toEqual([])
    await other.close()
  })

  test("names stay unique when two nodes give the same one away at the same time", async () => {
    const ledger = await founded()
    const other = ledger.open()
    for (let round = 0; round < 10; round++) {
      const create = (userName: string, node: typeof other) =>
        ledger.ask("createUser", { userName, displayName: "x", active: true }, {}, node)
      const outcomes = await Promise.all([create(`Ada${round}`, ledger.commands), create(`ADA${round}`, other)])
      expect(codes(outcomes)).toEqual(["ALREADY_EXISTS"])
    }
    await other.close()
  })

  test("one that is always late gives up with a fault that says so, and writes nothing", async () => {
    let refuse = false
    const ledger = await founded(
      new Ledger({
        wrap: (store) =>
          troubled(store, (stream, expected, events) => {
            if (refuse) throw new WrongRevision(stream, expected, expected + 1)
            return store.append(stream, expected, events)
          }),
      }),
    )
    const head = (await ledger.events()).length
    refuse = true
    await expect(ledger.user("late")).rejects.toThrow("other nodes were quicker")
    refuse = false
    expect(await ledger.events()).toHaveLength(head)
    expect(await ledger.user("late")).toMatch(/^usr_/)
  })
})

describe("a store that loses answers", () => {
  test.each(["before", "after"] as const)(
    "every append's answer lost %s the write: each command is carried out exactly once",
    async (when) => {
      let calls = 0
      const wrap = (store: EventStore) =>
        troubled(store, async (stream, expected, events) => {
          const isLost = calls++ % 3 !== 2
          if (isLost && when === "before") throw new OutcomeUnknown(stream)
          const appended = await store.append(stream, expected, events)
          if (isLost) throw new OutcomeUnknown(stream)
          return appended
        })
      const ledger = await founded(new Ledger({ wrap }))
      const [users, licenseId] = [await ledger.users(20), await ledger.license(10)]
      const outcomes = await Promise.all(users.map((user) => ledger.assign(licenseId, [user])))
      expect(codes(outcomes)).toHaveLength(10)
      expect(await seatedCount(ledger, licenseId)).toBe(10)
      const ids = (await ledger.events()).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    },
  )

  test("an answer that never comes is a fault, and the same key tells later what became of it (rule 37)", async () => {
    let isDeaf = false
    const wrap = (store: EventStore) =>
      troubled(store, async (stream, expected, events) => {
        const appended = await store.append(stream, expected, events)
        if (isDeaf) throw new OutcomeUnknown(stream)
        return appended
      })
    const ledger = await founded(new Ledger({ wrap }))
    const [[ada = ""], licenseId] = [await ledger.users(1), await ledger.license(1)]
    isDeaf = true
    await expect(ledger.assign(licenseId, [ada], { idempotencyKey: "k" })).rejects.toThrow(OutcomeUnknown)
    isDeaf = false
    expect(accepted(await ledger.assign(licenseId, [ada], { idempotencyKey: "k" }))).toMatchObject({ repeated: true })
    expect(await seatedCount(ledger, licenseId)).toBe(1)
  })

  test("a fault of the store reaches those who wait, and the next command finds the log as it is", async () => {
    let isBroken = false
    const wrap = (store: EventStore) =>
      troubled(store, (...args) => (isBroken ? Promise.reject(new Error("no space left")) : store.append(...args)))
    const ledger = await founded(new Ledger({ wrap }))
    const licenseId = await ledger.license(1)
    const [ada = ""] = await ledger.users(1)
    isBroken = true
    await expect(ledger.assign(licenseId, [ada])).rejects.toThrow("no space left")
    await expect(ledger.user("bo")).rejects.toThrow("no space left")
    isBroken = false
    expect(accepted(await ledger.assign(licenseId, [ada])).events).toHaveLength(2)
    expect(await ledger.user("bo")).toMatch(/^usr_/)
  })

  test("an event that the store rejects for good spoils its own command only", async () => {
    const ledger = await founded()
    const [users, licenseId] = [await ledger.users(3), await ledger.license(3)]
    // NaN is no JSON, so the store rejects it; nothing but a defect of ours could let it through.
    const outcomes = await Promise.allSettled([
      ledger.assign(licenseId, [users[0] ?? ""]),
      ledger.ask("createUser", { userName: "x", displayName: "x", active: Number.NaN as unknown as boolean }),
      ledger.assign(licenseId, [users[1] ?? ""]),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(await seatedCount(ledger, licenseId)).toBe(2)
  })
})

describe("time and actors", () => {
  test("rule 34: recordedAt never runs backwards when the clock does, also after a restart", async () => {
    const ledger = await founded()
    for (const step of [+5_000, -60_000, +1_000, -3_600_000, +7_200_000]) {
      ledger.now += step
      await ledger.user(`at${step}`)
      await ledger.restart()
    }
    const times = (await ledger.events()).map(({ metadata }) => metadata.recordedAt)
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBeGreaterThan(2)
  })

  test("rule 36: who did it is opaque, consequences name their cause, and a linked user is the actor", async () => {
    const ledger = await founded()
    const [ada = "", bo = ""] = await ledger.users(2)
    const licenseId = await ledger.license(1)
    accepted(await ledger.assign(licenseId, [ada]))
    accepted(await ledger.ask("assignLicenses", { licenseId, principalIds: [bo], onShortage: "WAITLIST" }))
    const context = ledger.as({ type: "USER", subject: "U0@acme.example", role: "LICENSE_ADMIN" }, { correlationId: "why" })
    const outcome = accepted(
      await ledger.commands.organization(ledger.organizationId, "unassignLicenses", { licenseId, principalIds: [ada] }, context),
    )
    const [unassigned, ...consequences] = outcome.events
    expect(unassigned?.metadata).toMatchObject({ actor: { type: "USER", id: ada, role: "LICENSE_ADMIN" }, correlationId: "why", v: 1 })
    expect(unassigned?.metadata.causationId).toBeUndefined()
    expect(consequences.map(({ type }) => type)).toEqual(["SeatsReleased", "SeatsGranted"])
    for (const { metadata } of consequences) {
      expect(metadata).toMatchObject({
        causationId: unassigned?.id,
        causationRevision: unassigned?.revision,
        correlationId: "why",
        actor: { id: ada },
      })
    }
    const admin = (await ledger.events())[0]?.metadata.actor.id ?? ""
    expect(admin).toMatch(/^act_/)
    expect(await subjectOf(ledger.vault, ledger.organizationId, admin)).toBe("admin@acme.example")
  })

  test("no personal data, reason or subject stands in any stored event", async () => {
    const ledger = await founded()
    const [ada = ""] = [await ledger.user("ada", { displayName: "Ada Lovelace", mail: "ada@lovelace.example", externalId: "EMP-4711" })]
    const licenseId = await ledger.license(1)
    accepted(await ledger.ask("updateUser", { userId: ada, displayName: "Countess Lovelace" }))
    const group = await ledger.group("Staff", [ada, "someone@else.example", "usr_unknown"])
    const added = accepted(await ledger.ask("changeGroupMembers", { groupId: group, add: ["bob@else.example"], remove: [] }))
    expect(added.skipped).toEqual(["bob@else.example"])
    accepted(await ledger.ask("assignLicenses", { licenseId, principalIds: [ada], onShortage: "REJECT", reason: "replaces Grace Hopper" }))
    accepted(await ledger.ask("closeOrganization", { reason: "moved to Grace Hopper Inc" }))
    const text = JSON.stringify(ledger.log.events)
    for (const secret of ["ovelace", "ada@", "EMP-4711", "Hopper", "else.example", "admin@", "acme.example"])
      expect(text).not.toContain(secret)
    expect(text).toContain("usr_unknown")
  })

  test("a refused command leaves no key in the vault", async () => {
    const ledger = await founded()
    const sealed: string[] = []
    const { vault } = ledger
    const sealerOf = vault.sealer.bind(vault)
    vault.sealer = async (...args) => {
      const sealer = await sealerOf(...args)
      const seal = sealer.sealProfile.bind(sealer)
      sealer.sealProfile = (userId, profile) => {
        sealed.push(userId)
        return seal(userId, profile)
      }
      return sealer
    }
    const ada = await ledger.user("ada")
    expect(refusalOf(await ledger.ask("createUser", { userName: "ADA@acme.example", displayName: "x", active: true }))).toBe(
      "ALREADY_EXISTS",
    )
    expect(refusalOf(await ledger.ask("updateUser", { userId: "usr_nobody", displayName: "x" }))).toBe("NOT_FOUND")
    expect(sealed).toEqual([ada])
  })
})

describe("closing", () => {
  test("answers what is on the way, then takes nothing more", async () => {
    const ledger = await founded()
    const asked = Promise.all(Array.from({ length: 500 }, (_, n) => ledger.user(`u${n}`)))
    const closing = ledger.commands.close()
    expect(await asked).toHaveLength(500)
    await closing
    await expect(ledger.user("late")).rejects.toThrow("shutting down")
  })
})
