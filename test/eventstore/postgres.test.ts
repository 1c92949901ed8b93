import { openPostgresEventStore } from "../../src/eventstore/postgres"
import { startPostgres, type TestPostgres } from "../support/postgres"
import { rounds } from "../support/rounds"
import { PATIENCE_MS } from "../support/until"
import { eventStoreContract } from "./contract"
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
