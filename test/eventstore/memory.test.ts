import { MemoryEventStore, MemoryLog } from "../../src/eventstore/memory"
import { PATIENCE_MS } from "../support/until"
import { eventStoreContract } from "./contract"

eventStoreContract("memory", async () => {
  const log = new MemoryLog()
  let store = new MemoryEventStore(log)
  return {
    store,
    async reopen() {
      await store.close()
      store = new MemoryEventStore(log)
      return store
    },
    dispose: () => store.close(),
    patienceMs: PATIENCE_MS,
  }
})
