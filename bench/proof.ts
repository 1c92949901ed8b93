/** The proof of one event of a log of a million: over GraphQL, and by the function behind it. */
import { join } from "node:path"
import { Checkpoints } from "../src/audit/checkpoints"
import { leafHashOf, verifyInclusion } from "../src/audit/merkle"
import { openCheckpoint, verifierOf } from "../src/audit/note"
import { inclusionProof } from "../src/audit/proofs"
import { openSignedCheckpoints } from "../src/audit/sqlite-signed-checkpoints"
import { placesOf } from "../src/core"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { logTrees } from "../src/log-trees"
import { rebuildInThread } from "../src/readstore/rebuild-thread"
import { openSqliteReadStore } from "../src/readstore/sqlite"
import { writeHistory } from "./history"
import { Client, type Target } from "./load"
import { type Benchmark, figure, grouped, median, percentile } from "./measure"
import { withServer } from "./server"

const EVENTS = 1_000_000
const PROOFS = 600
/** The first ones warm up. */
const WARM_UP = 300

const QUERY = `query Proof($revision: Int!) {
  inclusionProof(revision: $revision) { leafIndex treeSize leafHash path event checkpoint { revision root note signedAt } }
}`

export const proof: Benchmark = {
  rows: ["proof"],
  async run(say) {
    say(`writing ${grouped(EVENTS)} events`)
    return withServer(
      async (written) => {
        const events = await writeHistory(written.store, written.vault, EVENTS, written)
        return { events, organizationId: written.organization.id }
      },
      async (server, { events, organizationId }, folder) => {
        say("proving")
        const revisions = Array.from({ length: WARM_UP + PROOFS }, (_, n) => 1 + ((n * 7_919_777) % events))
        const [byGraphql, byFunction] = [await overHttp(server, revisions), await directly(folder, organizationId, revisions, events)]
        const note = `ms over HTTP, signed checkpoint and event included, in a log of ${grouped(events)}; p99 ${percentile(byGraphql, 0.99).toFixed(1)}; by function ${median(byFunction).toFixed(2)} (p99 ${percentile(byFunction, 0.99).toFixed(1)}); each verified`
        return [figure("proof", "ms", { value: median(byGraphql) }, { atMost: 5 }, note)]
      },
      undefined,
      // Many times faster than the projector, which lets its readers in between two batches.
      async (folder) => {
        say("building the read models")
        await rebuildInThread({ ...placesOf(folder), readModels: folder })
      },
    )
  },
}

async function overHttp(server: Target, revisions: readonly number[]): Promise<number[]> {
  const client = await Client.open(server)
  const key: string = JSON.parse(await client.ask(JSON.stringify({ query: "{ checkpointKey }" }))).data.checkpointKey
  const times: number[] = []
  for (const revision of revisions) {
    const body = JSON.stringify({ query: QUERY, variables: { revision } })
    const began = performance.now()
    const answer = await client.ask(body)
    times.push(performance.now() - began)
    const { leafIndex, path, event, checkpoint } = JSON.parse(answer).data.inclusionProof
    const { size, root } = openCheckpoint(checkpoint.note, [verifierOf(key)])
    const hashes = path.map((hash: string) => Buffer.from(hash, "base64"))
    if (leafIndex !== revision - 1 || !verifyInclusion(leafIndex, size, leafHashOf(Buffer.from(event)), hashes, root))
      throw new Error(`the proof of event ${revision} does not verify`)
  }
  client.close()
  return times.slice(WARM_UP)
}

/** Beside the server, on connections of its own, with another key. */
async function directly(folder: string, organizationId: string, revisions: readonly number[], size: number): Promise<number[]> {
  const readStore = openSqliteReadStore(folder)
  const eventStore = openSqliteEventStore(placesOf(folder).log, { readOnly: true })
  const trees = logTrees({ readStore, eventStore, projecting: { waitFor: async () => "timeout" }, visibleWithinMs: 0 })
  const kept = openSignedCheckpoints(join(folder, "bench-audit.sqlite"), Date.now)
  const checkpoints = new Checkpoints({ trees, kept, origin: "bench", now: Date.now })
  const times: number[] = []
  for (const revision of revisions) {
    const began = performance.now()
    await inclusionProof({ trees, checkpoints }, organizationId, revision, size)
    times.push(performance.now() - began)
  }
  kept.close()
  await eventStore.close()
  await readStore.close()
  return times.slice(WARM_UP)
}
