import { join } from "node:path"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { temporaryFolder } from "../support/temporary-folder"
import { eventStoreContract } from "./contract"

eventStoreContract("sqlite", async () => {
  const folder = await temporaryFolder()
  const file = join(folder.path, "events.sqlite")
  let store = openSqliteEventStore(file)
  return {
    store,
    async reopen() {
      await store.close()
      store = openSqliteEventStore(file)
      return store
    },
    async dispose() {
      await store.close()
      await folder.remove()
    },
    patienceMs: 10_000,
  }
})
