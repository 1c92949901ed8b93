import type { EventStore, RecordedEvent } from "../../src/eventstore/event-store"
import { MemoryEventStore } from "../../src/eventstore/memory"
import { projectHere } from "../../src/readstore/projecting-here"
import type { ProjectionGroup } from "../../src/readstore/projection"
import { projectionGroups } from "../../src/readstore/projections"
import type { Projector } from "../../src/readstore/projector"
import { memorySkips } from "../../src/readstore/skips"
import { fewer, openTestReadStore } from "../support/read-stores"
import { eventId, metadata, provisioned, randomNumbers, record, vault } from "./histories"
import { everything, projected, projectorOf } from "./read-models"

describe("rows do not depend on how the log was read", () => {
  test.each(fewer([11, 12, 13, 14, 15, 16]))("every batch size gives the same rows (history %i)", async (seed) => {
    const store = new MemoryEventStore()
    await record(store, [seed, seed + 100])
    const expected = await everything(await projected(store))
    expect(expected.seat?.length).toBeGreaterThan(20)
    for (const events of fewer([7, 64, 1, 2])) {
      expect(await everything(await projected(store, { events, rows: 5_000 }))).toEqual(expected)
    }
    expect(await everything(await projected(store, { events: 500, rows: 10 }))).toEqual(expected)
  })

  test("a projector that starts anew at random places goes on where the last one stopped", async () => {
    const store = new MemoryEventStore()
    await record(store, [21, 22])
    const random = randomNumbers(3)
    const head = await headOf(store)
    const readStore = await openTestReadStore()
    let projector: Projector
    do {
      projector = await projectorOf(
        upTo(store, () => random(40)),
        readStore,
        { limits: { events: 1 + random(9), rows: 5_000 } },
      )
      await projector.catchUp()
      for (const status of projector.status()) expect(status).not.toHaveProperty("failure")
    } while (projector.status().some(({ position }) => position < head))
    expect(await everything(readStore)).toEqual(await everything(await projected(store)))
  })

  test("reading the log again changes nothing", async () => {
    const store = new MemoryEventStore()
    await record(store, [31])
    const readStore = await projected(store)
    const before = await everything(readStore)
    await (await projectorOf(store, readStore)).catchUp()
    expect(await everything(readStore)).toEqual(before)
  })

  test("of two projectors at once each batch is written by one", async () => {
    const store = new MemoryEventStore()
    await record(store, [41, 42])
    const readStore = await openTestReadStore()
    const limits = { events: 10, rows: 5_000 }
    const [one, other] = [
      await projectorOf(store, readStore, { limits }),
      await projectorOf(store, readStore, { limits: { events: 7, rows: 5_000 } }),
    ]
    await Promise.all([one.catchUp(), other.catchUp()])
    expect(await everything(readStore)).toEqual(await everything(await projected(store)))
    for (const status of [...one.status(), ...other.status()]) expect(status).not.toHaveProperty("failure")
  })
})

describe("an event that cannot be projected", () => {
  const poison = (event: { type: string }) => {
    if (event.type === "GroupRenamed") throw new Error("this handler has a mistake")
  }
  /** The real projections, of which one fails. */
  const groups = (failing: "ledger" | "history"): readonly ProjectionGroup[] =>
    projectionGroups(vault).map((group) =>
      group.name === failing
        ? { ...group, projections: [...group.projections, { name: "failing", version: 1, tables: "", on: { GroupRenamed: poison } }] }
        : group,
    )

  async function withPoison(): Promise<{ store: EventStore; event: RecordedEvent }> {
    const store = new MemoryEventStore()
    await store.append("organization-org_p", 0, [
      { id: eventId("p", 1), type: "OrganizationCreated", data: { organizationId: "org_p", name: "P" }, metadata: metadata() },
      { id: eventId("p", 2), type: "GroupProvisioned", data: { groupId: "grp_g", displayName: "G" }, metadata: metadata() },
      { id: eventId("p", 3), type: "GroupRenamed", data: { groupId: "grp_g", displayName: "H" }, metadata: metadata() },
      { id: eventId("p", 4), ...provisioned("org_p", "a", { displayName: "Ada" }), metadata: metadata() },
    ])
    for await (const [event] of store.read("organization-org_p", 2)) if (event) return { store, event }
    throw new Error("no event")
  }

  test.each(["ledger", "history"] as const)("stops the %s, visibly, and the other goes on", async (failing) => {
    const { store, event } = await withPoison()
    const readStore = await openTestReadStore()
    const projector = await projectorOf(store, readStore, { groups: groups(failing) })
    await projector.catchUp()
    const failure = {
      eventId: event.id,
      type: "GroupRenamed",
      stream: "organization-org_p",
      revision: 3,
      error: "this handler has a mistake",
    }
    const statusOf = (group: string) => projector.status().find(({ name }) => name === group)
    expect(statusOf(failing)).toEqual({ name: failing, position: 2, lag: 2, failure })
    for (const other of [failing === "ledger" ? "history" : "ledger", "proofs"])
      expect(statusOf(other)).toEqual({ name: other, position: 4, lag: 0 })
    expect(await readStore.rows("select revision from organization")).toEqual([{ revision: failing === "ledger" ? 2 : 4 }])
    expect(await readStore.rows("select revision from history_progress")).toEqual([{ revision: failing === "ledger" ? 4 : 2 }])
  })

  test("is passed over when an operator says so, and the revision goes on counting", async () => {
    const { store, event } = await withPoison()
    const skips = memorySkips()
    const skip = { name: "ledger", position: event.position, reason: "a mistake", skippedBy: "operator", skippedAt: 0 }
    skips.add(skip)
    const readStore = await openTestReadStore()
    const projector = await projectorOf(store, readStore, { groups: groups("ledger"), skips })
    await projector.catchUp()
    expect(projector.status()).toEqual([
      { name: "ledger", position: 4, lag: 0 },
      { name: "history", position: 4, lag: 0 },
      { name: "proofs", position: 4, lag: 0 },
    ])
    expect(await readStore.rows("select revision from organization")).toEqual([{ revision: 4 }])
    expect(await readStore.rows("select display_name from principal_name order by principal_id")).toEqual([
      { display_name: "G" },
      { display_name: "Ada" },
    ])
  })

  test("resumes a running projector when it is skipped", async () => {
    const { store, event } = await withPoison()
    const skips = memorySkips()
    const readStore = await openTestReadStore()
    const options = { eventStore: store, readModels: readStore.readModels(), opener: vault, skips, groups: groups("ledger") }
    const projecting = await projectHere(options)
    try {
      // Waiting is no use while the ledger stands still.
      expect(await projecting.waitFor("organization-org_p", 4, 60_000)).toBe("timeout")
      expect(projecting.status()[0]?.failure?.type).toBe("GroupRenamed")
      skips.add({ name: "ledger", position: event.position, reason: "a mistake", skippedBy: "operator", skippedAt: 0 })
      expect(await projecting.waitFor("organization-org_p", 4, 60_000)).toBe("visible")
      expect(projecting.status()[0]).not.toHaveProperty("failure")
    } finally {
      await projecting.close()
    }
  })

  test("types and versions of the future are passed over", async () => {
    const store = new MemoryEventStore()
    await store.append("organization-org_f", 0, [
      { id: eventId("f", 1), type: "OrganizationCreated", data: { organizationId: "org_f", name: "F" }, metadata: metadata() },
      { id: eventId("f", 2), type: "SeatsPainted", data: { color: "blue" }, metadata: metadata() },
      { id: eventId("f", 3), type: "GroupDeleted", data: { all: true }, metadata: metadata({ v: 99 }) },
    ])
    const readStore = await openTestReadStore()
    const projector = await projectorOf(store, readStore)
    await projector.catchUp()
    expect(projector.status()).toEqual([
      { name: "ledger", position: 3, lag: 0 },
      { name: "history", position: 3, lag: 0 },
      { name: "proofs", position: 3, lag: 0 },
    ])
    expect(await readStore.rows("select revision from organization")).toEqual([{ revision: 3 }])
    expect(await readStore.rows("select revision from history")).toEqual([{ revision: 1 }])
  })
})

describe("waiting for a revision", () => {
  test("resolves when it is shown, also for one shown before anybody waited, and not before", async () => {
    const store = new MemoryEventStore()
    const readStore = await openTestReadStore()
    const created = { id: eventId("w", 1), type: "OrganizationCreated", data: { organizationId: "org_w", name: "W" }, metadata: metadata() }
    await store.append("organization-org_w", 0, [created])
    await (await projectorOf(store, readStore)).catchUp()

    const projecting = await projectHere({ eventStore: store, readModels: readStore.readModels(), opener: vault })
    try {
      expect(await projecting.waitFor("organization-org_w", 1, 60_000)).toBe("visible")
      const steps: number[] = []
      const stop = projecting.onProgress("organization-org_w", (revision) => steps.push(revision))
      const second = projecting.waitFor("organization-org_w", 2, 60_000)
      expect(await projecting.waitFor("organization-org_w", 3, 5)).toBe("timeout")
      await store.append("organization-org_w", 1, [
        { id: eventId("w", 2), type: "GroupProvisioned", data: { groupId: "grp_w", displayName: "W" }, metadata: metadata() },
      ])
      projecting.wake()
      expect(await second).toBe("visible")
      expect(await readStore.rows("select revision from organization")).toEqual([{ revision: 2 }])
      expect(steps).toEqual([2])
      stop()
    } finally {
      await projecting.close()
    }
  })
})

/** A store whose reading ends early, as when the process ends. */
function upTo(store: EventStore, count: () => number): EventStore {
  return {
    append: (...call) => store.append(...call),
    read: (...call) => store.read(...call),
    async *follow(after, signal, end) {
      for await (const batch of store.follow(after, signal, end)) {
        const events = batch.events.slice(0, count())
        yield { ...batch, events, position: events.at(-1)?.position ?? after }
        return
      }
    },
    close: () => store.close(),
  }
}

async function headOf(store: EventStore): Promise<number> {
  let head = 0
  for await (const { position } of store.follow(0, new AbortController().signal, "head")) head = position
  return head
}
