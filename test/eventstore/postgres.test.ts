import { getEventListeners } from "node:events"
import { START } from "../../src/eventstore/event-store"
import { openPostgresEventStore } from "../../src/eventstore/postgres"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { rounds } from "../support/rounds"
import { PATIENCE_MS } from "../support/until"
import { eventStoreContract, newEvents } from "./contract"
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
