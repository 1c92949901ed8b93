/** What cannot be rebuilt, wherever it is kept: the same answers from files and from PostgreSQL, also when two nodes use it at once. */
import { join } from "node:path"
import Database from "better-sqlite3"
import type { WebhookEvents } from "../../src/domain/events"
import { openState, type State, type StatePlace } from "../../src/state"
import type { Attempt, DeliveryChange, Message } from "../../src/webhooks/delivery-state"
import { openDeliveryState } from "../../src/webhooks/sqlite-delivery-state"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { temporaryFolder } from "../support/temporary-folder"
import { openText, sealText } from "../support/vault"

const ORG = "org_acme"
let postgres: TestPostgres
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  ;[postgres, folder] = await Promise.all([startPostgres(), temporaryFolder()])
})
afterAll(async () => {
  await Promise.all([postgres.stop(), folder.remove()])
})

let places = 0
const newPlace: Record<string, () => StatePlace> = {
  files: () => {
    const at = (name: string) => join(folder.path, `${places}-${name}.sqlite`)
    places++
    return { kind: "files", vault: at("vault"), skips: at("skips"), operations: at("operations"), audit: at("audit") }
  },
  PostgreSQL: () => ({ kind: "postgres", url: postgres.url, schema: `state_${++places}` }),
}

describe.each(["files", "PostgreSQL"])("in %s", (where) => {
  let place: StatePlace
  let [one, two]: State[] = []
  const faults: unknown[] = []
  const open = () => openState(place, { now: () => 7, onFault: (error) => faults.push(error) })
  beforeEach(async () => {
    place = newPlace[where]?.() as StatePlace // both are there
    one = await open()
    two = await open()
  })
  afterEach(async () => {
    await Promise.all([one?.close(), two?.close()])
    expect(faults).toEqual([])
  })
  const both = () => [one, two] as [State, State]

  test("all of it lies together, and is there again after a restart", async () => {
    const [first, second] = both()
    const sealed = await sealText(first.vault, ORG, "whsec_1")
    expect(await openText(second.vault, ORG, sealed)).toBe("whsec_1")
    await Promise.all([first.close(), second.close()])
    one = await open()
    expect(await openText(one.vault, ORG, sealed)).toBe("whsec_1")
  })

  test("skips: the first decision stands, others see it at once, and it can be taken back", async () => {
    const [first, second] = both()
    const skip = { name: "ledger", position: 7, reason: "a mistake", skippedBy: "operator", skippedAt: 1 }
    expect(await second.skips.all()).toEqual([])
    await first.skips.add(skip)
    await second.skips.add({ ...skip, reason: "another", skippedAt: 2 })
    await second.skips.add({ ...skip, position: 3 })
    expect(await first.skips.all()).toEqual([{ ...skip, position: 3 }, skip])
    expect([await second.skips.takeBack("ledger", 7), await second.skips.takeBack("ledger", 7)]).toEqual([true, false])
    expect(await first.skips.all()).toEqual([{ ...skip, position: 3 }])
  })

  test("uses of secrets that two nodes saw add up", async () => {
    const [first, second] = both()
    first.secretUses.used("sec_a", 5)
    second.secretUses.used("sec_a", 9)
    second.secretUses.used("sec_b", 1)
    expect(await first.secretUses.of(["sec_a", "sec_b"])).toEqual(new Map([["sec_a", { uses: 1, lastUsedAt: 5 }]]))
    await Promise.all([first.secretUses.close(), second.secretUses.close()])
    const again = await open()
    expect(await again.secretUses.of(["sec_a", "sec_b", "sec_c"])).toEqual(
      new Map([
        ["sec_a", { uses: 2, lastUsedAt: 9 }],
        ["sec_b", { uses: 1, lastUsedAt: 1 }],
      ]),
    )
    await again.close()
  })

  test("checkpoints: one key for all, and of two that are signed at once one is kept", async () => {
    const [first, second] = both().map(({ signedCheckpoints }) => signedCheckpoints) as [
      State["signedCheckpoints"],
      State["signedCheckpoints"],
    ]
    expect(first.seed).toEqual(second.seed)
    const of = (size: number) => ({ organizationId: ORG, size, root: Buffer.alloc(32, size), note: `note ${size}`, signedAt: size })
    expect((await Promise.all([first.add(of(5), 0), second.add(of(6), 0)])).filter((kept) => kept)).toHaveLength(1)
    const newest = (await first.newest(ORG))?.size ?? 0
    expect([await first.add(of(8), newest), await second.add(of(9), newest), await second.add(of(9), 8)]).toEqual([true, false, true])
    expect((await second.page(ORG, { below: 9, limit: 1 }))[0]).toEqual({ ...of(8), publishedAt: null })
    expect([await first.count(ORG), (await first.find(ORG, 9))?.note, await first.find(ORG, 7)]).toEqual([3, "note 9", undefined])

    await first.schedule(of(8), 100, true)
    await first.schedule(of(9), 200, true)
    expect([await second.countToPublish(), await second.organizationsToPublish(), await second.lastScheduled([ORG, "org_none"])]).toEqual([
      2,
      [ORG],
      new Map([[ORG, 200]]),
    ])
    expect((await second.toPublish(ORG, 10)).map(({ size }) => size)).toEqual([8, 9])
    await first.published(of(8), 300)
    await first.schedule(of(8), 400, true) // it is with those who keep it already
    expect([await second.countToPublish(), (await second.newestPublished(ORG))?.publishedAt]).toEqual([1, 300])
    await first.notToPublish(of(9))
    expect([await second.countToPublish(), (await second.find(ORG, 9))?.publishedAt]).toEqual([0, null])
  })

  describe("deliveries", () => {
    const state = () => both()[0].deliveries
    const added = (webhookId: string, types?: WebhookEvents["WebhookAdded"]["types"]): DeliveryChange => ({
      kind: "add",
      endpoint: {
        webhookId,
        url: `https://${webhookId}.example`,
        secret: "sealed",
        ...(types ? { types } : {}),
      } as WebhookEvents["WebhookAdded"],
      ownerId: webhookId === "whk_vendor" ? "vnd_seller" : ORG,
      at: 1,
    })
    const told = (position: number, type = "seatledger.seats.granted"): DeliveryChange => ({
      kind: "tell",
      ownerId: ORG,
      licenseId: "lic_crm",
      message: { position, stream: `organization-${ORG}`, revision: position, eventId: `event-${position}`, type },
    })
    const attempt = (message: Message, more: Partial<Attempt> = {}): Attempt => ({
      eventId: message.eventId,
      type: message.type,
      attempt: 1,
      at: 10,
      outcome: "FAILED",
      status: 500,
      problem: "STATUS",
      milliseconds: 3,
      retryAt: null,
      ...more,
    })
    const endpoint = async (webhookId = "whk_a") => {
      const found = await state().endpoint(webhookId)
      if (!found) throw new Error(`no ${webhookId}`)
      return found
    }
    const next = async () => (await state().next((await endpoint()).number)) as Message

    test("the log is taken in between two positions, or not at all when another node has read on", async () => {
      const [first, second] = both()
      expect(await first.deliveries.position()).toBe(0)
      const sold = { kind: "sold", licenseId: "lic_crm", vendorId: "vnd_seller" } as const
      const other = added("whk_other", ["seatledger.seats.revoked"] as never)
      expect(await first.deliveries.take(0, 5, [sold, added("whk_a"), added("whk_vendor"), other, told(4), told(5)])).toBe(4)
      expect(await second.deliveries.take(0, 6, [told(4), told(6)])).toBeUndefined()
      const raced = await Promise.all([first.deliveries.take(5, 7, [told(7)]), second.deliveries.take(5, 7, [told(7)])])
      expect(raced.filter((taken) => taken !== undefined)).toEqual([2])
      expect(await second.deliveries.position()).toBe(7)
      expect(await endpoint()).toMatchObject({ ownerId: ORG, waiting: 3, dead: 0, enabled: true, types: null, failures: 0 })
      expect((await endpoint("whk_other")).waiting).toBe(0)
      expect((await state().endpoints({ limit: 2 })).map(({ webhookId }) => webhookId)).toEqual(["whk_a", "whk_other"])
      expect((await state().endpoints({ ownerId: ORG, after: "whk_a", limit: 9 })).map(({ webhookId }) => webhookId)).toEqual(["whk_other"])
      expect([await state().countEndpoints(undefined), await state().countEndpoints("vnd_seller")]).toEqual([3, 1])
      expect([...(await state().due(2))].sort()).toEqual(["whk_a", "whk_vendor"])
    })

    test("messages are delivered in the order of the log, fail, die, and are replayed before the others", async () => {
      await state().take(0, 5, [added("whk_a"), told(3), told(4), told(5)])
      const tried = await endpoint()
      const { number } = tried
      const first = await next()
      expect(first).toMatchObject({ position: 3, state: "WAITING", revision: 3, eventId: "event-3" })
      expect(await state().failed(tried, first, attempt(first, { retryAt: 50 }))).toBe("FAILED")
      expect([await state().due(49), await state().nextAttemptAfter(49), await state().due(50)]).toEqual([[], 50, ["whk_a"]])
      expect(await state().backlog()).toEqual({ waiting: 0, retrying: 3, disabled: 0, dead: 0 })
      expect(await state().died(tried, first, attempt(first, { attempt: 2, outcome: "DEAD" }))).toBe("DEAD")
      const second = await next()
      await state().delivered(number, second, attempt(second, { outcome: "DELIVERED", status: 200, problem: null }))
      expect(await endpoint()).toMatchObject({ waiting: 1, dead: 1, failures: 0, nextAttemptAt: 0 })
      expect(await state().deadLetters({ webhookId: "whk_a", limit: 5 })).toEqual([
        {
          webhookId: "whk_a",
          ownerId: ORG,
          position: 3,
          eventId: "event-3",
          type: first.type,
          attempts: 2,
          status: 500,
          problem: "STATUS",
          diedAt: 10,
        },
      ])
      expect(await state().deadAmong(number, ["event-3", "event-5"])).toEqual(["event-3"])
      await state().take(5, 6, [{ kind: "replay", webhookId: "whk_a", eventIds: ["event-3"] }])
      expect([await next(), await endpoint()]).toMatchObject([
        { position: 3, state: "REPLAYED" },
        { waiting: 2, dead: 0 },
      ])
      expect((await state().attempts({ webhookId: "whk_a", limit: 2 })).map(({ number: n, outcome }) => [n, outcome])).toEqual([
        [3, "DELIVERED"],
        [2, "DEAD"],
      ])
      expect(await state().countAttempts("whk_a")).toBe(3)
    })

    test("endpoints are changed, disabled, rotated, skipped and removed as the log says", async () => {
      await state().take(0, 4, [added("whk_a"), told(3), told(4)])
      const tried = await endpoint()
      const { number } = tried
      const first = await next()
      await state().failed(tried, first, attempt(first, { retryAt: 50 }))
      await state().take(4, 5, [{ kind: "skip", webhookId: "whk_a", eventId: first.eventId, at: 20 }])
      expect([await next(), await endpoint()]).toMatchObject([{ position: 4 }, { waiting: 1, dead: 1, failures: 0, nextAttemptAt: 0 }])
      expect(await state().deadLetters({ webhookId: "whk_a", limit: 5 })).toMatchObject([{ attempts: 1, status: 500, diedAt: 20 }])
      // It was on the way, and has arrived all the same.
      await state().delivered(number, first, attempt(first, { outcome: "DELIVERED" }))
      expect(await endpoint()).toMatchObject({ waiting: 1, dead: 0 })

      const changed = { webhookId: "whk_a", url: "https://new.example", types: ["seatledger.seats.revoked"] } as never
      await state().take(5, 6, [
        { kind: "change", change: changed },
        { kind: "rotate", webhookId: "whk_a", secret: "newer", previousUntil: 99 },
        told(6),
      ])
      expect(await endpoint()).toMatchObject({ url: "https://new.example", types: ["seatledger.seats.revoked"], waiting: 1 })
      expect(await endpoint()).toMatchObject({ secret: "newer", previousSecret: "sealed", previousUntil: 99, description: null })
      expect(await state().gone(await endpoint(), attempt(first, { outcome: "GONE", status: 410 }))).toBe("GONE")
      expect([await endpoint(), await state().due(1_000)]).toMatchObject([{ enabled: false, disabledBecause: "GONE" }, []])
      await state().take(6, 7, [{ kind: "enable", webhookId: "whk_a" }])
      expect([await endpoint(), await state().due(1_000)]).toMatchObject([{ enabled: true, disabledBecause: null }, ["whk_a"]])
      await state().take(7, 8, [{ kind: "remove", webhookId: "whk_a" }])
      await state().note(number, attempt(first)) // an attempt that was under way
      expect([await state().endpoint("whk_a"), await state().next(number), await state().backlog()]).toEqual([
        undefined,
        undefined,
        { waiting: 0, retrying: 0, disabled: 0, dead: 0 },
      ])
      expect(await state().died(tried, first, attempt(first, { outcome: "DEAD" }))).toBe("DEAD")
    })

    test.each<[string, DeliveryChange]>([
      ["changed", { kind: "change", change: { webhookId: "whk_a", url: "https://new.example" } as WebhookEvents["WebhookChanged"] }],
      ["enabled", { kind: "enable", webhookId: "whk_a" }],
    ])("what was tried before the endpoint was %s is noted, and decides nothing", async (_, change) => {
      await state().take(0, 4, [added("whk_a"), told(4)])
      const [tried, message] = [await endpoint(), await next()]
      await state().take(4, 5, [change])
      const before = await endpoint()
      const noted = [
        await state().failed(tried, message, attempt(message, { retryAt: 5_000 })),
        await state().died(tried, message, attempt(message, { attempt: 10, outcome: "DEAD" })),
        await state().gone(tried, attempt(message, { outcome: "GONE", status: 410, problem: "GONE" })),
      ]
      expect(noted).toEqual(["FAILED", "FAILED", "FAILED"])
      expect([await endpoint(), await state().due(2), await next()]).toEqual([before, ["whk_a"], message])
      const attempts = await state().attempts({ webhookId: "whk_a", limit: 5 })
      expect(attempts.map(({ outcome, retryAt, problem }) => [outcome, retryAt, problem])).toEqual([
        ["FAILED", 13, "GONE"],
        ["FAILED", 13, "STATUS"],
        ["FAILED", 13, "STATUS"],
      ])

      await state().failed(await endpoint(), message, attempt(message, { retryAt: 5_000 }))
      expect(await endpoint()).toMatchObject({ failures: 1, nextAttemptAt: 5_000 })
    })
  })
})

test("deliveries in a file of an earlier version, whose endpoints counted no resets, go on", async () => {
  const operations = join(folder.path, "earlier.sqlite")
  const earlier = openDeliveryState(operations)
  const endpoint = { webhookId: "whk_a", url: "https://a.example", secret: "sealed" } as WebhookEvents["WebhookAdded"]
  await earlier.take(0, 3, [{ kind: "add", endpoint, ownerId: ORG, at: 1 }])
  await earlier.close()
  const file = new Database(operations)
  file.exec("alter table webhook_endpoint drop column resets")
  file.close()
  const now = openDeliveryState(operations)
  expect(await now.endpoint("whk_a")).toMatchObject({ url: "https://a.example", resets: 0 })
  await now.take(3, 4, [{ kind: "enable", webhookId: "whk_a" }])
  expect(await now.endpoint("whk_a")).toMatchObject({ resets: 1 })
  await now.close()
})
