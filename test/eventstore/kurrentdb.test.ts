/** The contract on the protocol-true test server, or on a real one where `KURRENTDB_URL` names it. */
import { randomUUID } from "node:crypto"
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { startNode, type TestNode } from "../kurrentdb-server/node"
import { rounds } from "../support/rounds"
import { PATIENCE_MS } from "../support/until"
import { eventStoreContract } from "./contract"
import { eventStoreModel } from "./model"

const real = process.env.KURRENTDB_URL
let node: TestNode | undefined
beforeAll(async () => {
  if (real === undefined) node = await startNode()
})
afterAll(() => node?.stop())

async function openSubject() {
  const at = { url: real ?? node?.url() ?? "", prefix: `test-${randomUUID().slice(0, 13)}.` }
  let store = await openKurrentEventStore(at)
  return {
    store,
    async reopen() {
      await store.close()
      store = await openKurrentEventStore(at)
      return store
    },
    dispose: () => store.close(),
    patienceMs: PATIENCE_MS,
    findsIds: false as const,
  }
}

const name = real === undefined ? "kurrentdb (protocol server)" : "kurrentdb (KURRENTDB_URL)"
eventStoreContract(name, openSubject, "by the server's rules")
eventStoreModel(name, openSubject, rounds(8, 40))
