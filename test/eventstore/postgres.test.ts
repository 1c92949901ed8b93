import { getEventListeners } from "node:events"
import { encode } from "../../src/eventstore/encoding"
import { OutcomeUnknown, type Position, START, WrongRevision } from "../../src/eventstore/event-store"
import { openPostgresEventStore, type PostgresEventStore, type PostgresOptions } from "../../src/eventstore/postgres"
import { writeGroup } from "../../src/eventstore/postgres-groups"
import { openDatabase } from "../../src/postgres/database"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { rounds } from "../support/rounds"
import { PATIENCE_MS, until } from "../support/until"
import { eventStoreContract, idsOf, newEvents, readAll } from "./contract"
import { eventStoreModel } from "./model"

let server: TestPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

let subjects = 0

async function openSubject() {
  // A schema each: as good as a database of its own, and there at once.
  const at = { url: server.url, schema: `subject_${++subjects}` }
  let store = await openPostgresEventStore(at)
  return {
    store,
    async reopen() {
      await store.close()
      store = await openPostgresEventStore(at)
      return store
    },
    dispose: () => store.close(),
    patienceMs: PATIENCE_MS,
  }
}

eventStoreContract("postgres", openSubject)
eventStoreModel("postgres", openSubject, rounds(8, 40))

test("a log that is opened says at once how far behind its beginning is, and not that there is nothing", async () => {
  const subject = await openSubject()
  await subject.store.append("organization-a", 0, newEvents(3))
  const store = await subject.reopen()
  expect(store.behind(START)).toBe(3)
  await store.close()
})

describe("two nodes on one log", () => {
  /** As two processes would have it: a store each, and nothing shared in memory. */
  async function withTwo(
    work: (one: PostgresEventStore, other: PostgresEventStore, at: PostgresOptions) => Promise<void>,
    options: Partial<PostgresOptions> = {},
  ) {
    const at = { url: server.url, schema: `subject_${++subjects}`, ...options }
    const stores = [await openPostgresEventStore(at), await openPostgresEventStore(at)] as const
    try {
      await work(...stores, at)
    } finally {
      for (const store of stores) await store.close()
    }
  }

  /** Follows in the background until so many events have come. */
  async function positionsOf(store: PostgresEventStore, count: number): Promise<Position[]> {
    const positions: Position[] = []
    for await (const { events } of store.follow(START, new AbortController().signal, "never")) {
      positions.push(...events.map(({ position }) => position))
      if (positions.length >= count) break
    }
    return positions
  }

  test("who append at once get positions without gaps or doubts, and a follower sees each in its turn", async () => {
    await withTwo(async (one, other, { url, schema }) => {
      const [ROUNDS, EACH] = [40, 3]
      const total = 2 * ROUNDS * EACH
      const following = positionsOf(other, total)
      const appends = [one, other].flatMap((store, node) =>
        Array.from({ length: ROUNDS }, (_, n) => store.append(`organization-${node}-${n}`, 0, newEvents(EACH))),
      )
      // In the middle of it somebody has the positions of a group, and gives the group up.
      const database = await openDatabase({ url, ...(schema ? { schema } : {}) })
      const abandoned = database.transaction(async (queries) => {
        await writeGroup(queries, [
          { stream: "organization-abandoned", expected: 0, events: encode("organization-abandoned", 0, newEvents(5)) },
        ])
        throw new Error("given up")
      })
      await expect(abandoned).rejects.toThrow("given up")
      await database.close()
      const answers = await Promise.all(appends)
      const all = Array.from({ length: total }, (_, n) => n + 1)
      expect(await following).toEqual(all)
      const ends = answers.map(({ position }) => position)
      expect(ends.every((position) => position % EACH === 0)).toBe(true)
      expect(new Set(ends).size).toBe(ends.length)
    })
  })

  test("whatever isolation the database prefers, who waited for the other node's append sees it", async () => {
    const database = await openDatabase({ url: server.url })
    const name = new URL(server.url).pathname.slice(1)
    await database.run(`alter database ${name} set default_transaction_isolation = 'repeatable read'`)
    await database.run(`alter database ${name} set synchronous_commit = off`)
    try {
      await withTwo(async (one, other) => {
        for (let revision = 0; revision < 30; revision++) {
          const outcomes = await Promise.allSettled([one, other].map((store) => store.append("organization-a", revision, newEvents(1))))
          expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
          for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(WrongRevision)
        }
      })
      const fresh = await openDatabase({ url: server.url })
      expect(await fresh.rows("show synchronous_commit")).toEqual([{ synchronous_commit: "on" }])
      await fresh.close()
    } finally {
      await database.run(`alter database ${name} reset all`)
      await database.close()
    }
  })

  test("a follower hears of the other node's append at once, without looking", async () => {
    await withTwo(
      async (one, other) => {
        const following = positionsOf(other, 2)
        await one.append("organization-a", 0, newEvents(1))
        await until(() => other.head() === 1)
        await one.append("organization-a", 1, newEvents(1)) // It was waiting by then.
        expect(await following).toEqual([1, 2])
      },
      { lookEveryMs: 10 * PATIENCE_MS },
    )
  })

  test("a follower that was not told looks for itself", async () => {
    await withTwo(
      async (one, other, { url, schema }) => {
        const following = positionsOf(other, 2)
        await one.append("organization-a", 0, newEvents(1))
        await until(() => other.head() === 1)
        const database = await openDatabase({ url, ...(schema ? { schema } : {}) })
        await database.run(
          `insert into event (position, stream, revision, id, type, data, metadata, characters)
           select position + 1, stream, revision + 1, gen_random_uuid(), type, data, metadata, characters from event`,
        )
        await database.close()
        expect(await following).toEqual([1, 2])
      },
      { lookEveryMs: 100 },
    )
  })
})

test("what PostgreSQL refuses was certainly not written, and is not sent again", async () => {
  const { store } = await openSubject()
  const events = newEvents(1)
  const database = await openDatabase({ url: server.url, schema: `subject_${subjects}` })
  await database.run("alter table event rename to elsewhere")
  const refused = store.append("organization-a", 0, events)
  await expect(refused).rejects.toThrow(/^append to organization-a: PostgreSQL refuses it: .*; nothing was written$/)
  await expect(refused).rejects.not.toBeInstanceOf(OutcomeUnknown)
  await database.run("alter table elsewhere rename to event")
  await store.append("organization-a", 0, events)
  expect(idsOf(await readAll(store, "organization-a"))).toEqual(idsOf(events))
  await database.close()
  await store.close()
})

test("following a log of many pages leaves nothing behind on the signal that would end it", async () => {
  const { store } = await openSubject()
  const pages = 30
  for (let n = 0; n < pages; n++) await store.append("organization-a", n * 500, newEvents(500))
  const { signal } = new AbortController()
  let most = 0
  for await (const { position } of store.follow(START, signal, "never")) {
    most = Math.max(most, getEventListeners(signal, "abort").length)
    if (position === pages * 500) break
  }
  expect(most).toBeLessThanOrEqual(1)
  await store.close()
})
