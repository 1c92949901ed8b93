/** Reads and appends where most of the named nodes take connections and never answer. This process has to end by itself. */
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { startCluster, type TestNode } from "../kurrentdb-server/node"
import { newEvents, readAll } from "./contract"

async function main(writes: boolean) {
  const [leader, silent] = (await startCluster(2)) as [TestNode, TestNode]
  silent.gate.freeze()
  const hosts = [...Array.from({ length: 5 }, () => silent.address), leader.address]
  const store = await openKurrentEventStore({
    url: `kurrentdb://${hosts.join(",")}?tls=false`,
    limits: { callMs: 20_000, retryMs: 60_000 },
  })
  if (writes) await store.append("organization-a", 0, newEvents(1))
  const events = await readAll(store, "organization-a")
  await store.close()
  await Promise.all([leader.stop(), silent.stop()])
  console.log(`${events.length} events; closed`)
}

void main(process.argv[2] === "writes")
