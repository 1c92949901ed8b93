/** The contract on the protocol-true test server, and on a real one where `KURRENTDB_URL` names it. */
import { randomUUID } from "node:crypto"
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { eventStoreContract } from "./contract"
import { eventStoreModel } from "./model"

let node: TestNode
beforeAll(async () => {
  node = await startNode()
})
afterAll(() => node.stop())

async function openSubject() {
  const at = { url: process.env.KURRENTDB_URL ?? node.url(), prefix: `test-${randomUUID().slice(0, 13)}.` }
  let store = await openKurrentEventStore(at)
  return {
    store,
    async reopen() {
      await store.close()
      store = await openKurrentEventStore(at)
      return store
    },
    dispose: () => store.close(),
    patienceMs: 10_000,
    findsIds: false as const,
  }
}

eventStoreContract("kurrentdb", openSubject)
eventStoreModel("kurrentdb", openSubject, 20)
