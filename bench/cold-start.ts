/** The first command on a large organization: from a snapshot and the events after it, against all events. */
import { monitorEventLoopDelay } from "node:perf_hooks"
import { placesOf } from "../src/core"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { openFileSnapshots } from "../src/snapshots/file-snapshots"
import { takeSnapshot } from "../src/snapshots/fold"
import { takeInThread } from "../src/snapshots/snapshots"
import { openVault } from "../src/vault/sqlite"
import { answerOf } from "./child"
import type { Started } from "./cold-start-child"
import { writeHistory } from "./history"
import { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, grouped, interleaved, timed } from "./measure"
import { inTemporaryFolder } from "./temporary-folder"

const EVENTS = 1_000_000
/** The longest tail there is: a new snapshot is taken after a fiftieth. */
const TAIL = EVENTS / 50
const ROUNDS = 3

export const coldStart: Benchmark = {
  rows: ["cold-start"],
  run: (say) =>
    inTemporaryFolder(async (folder) => {
      const places = placesOf(folder)
      const store = openSqliteEventStore(places.log)
      const vault = openVault(places.vault)
      const written = new WrittenOrganization(store, vault)
      say(`writing ${grouped(EVENTS)} events`)
      const count = await writeHistory(store, vault, EVENTS, written)
      const { id, state } = written.organization
      let claims = 0
      for (const license of state.licenses.values()) claims += license.claims.size
      const people = state.users.size
      vault.close()

      say("taking a snapshot in a thread")
      const delay = monitorEventLoopDelay({ resolution: 5 })
      delay.enable()
      const taking = await timed(() => takeInThread(places)(`organization-${id}`, 0, new AbortController().signal))
      delay.disable()
      const snapshots = openFileSnapshots(places.snapshots)
      await snapshots.drop(`organization-${id}`, 1)
      await takeSnapshot({ store: upTo(store, count - TAIL), snapshots }, `organization-${id}`, 0)
      const { body } = (await snapshots.newest(`organization-${id}`, 1)) ?? { body: Buffer.alloc(0) }
      await store.close()

      say("starting cold")
      let longest = 0
      let revision = count
      const start = async (from: "snapshot" | "log") => {
        const started = await answerOf<Started>("cold-start-child.js", [folder, id, from], [])
        // Grace periods of the history pass meanwhile, and are events too.
        if (started.revision <= revision) throw new Error(`the command was recorded at revision ${started.revision}, in the past`)
        revision = started.revision
        if (from === "snapshot") longest = Math.max(longest, started.blocked)
        return started.milliseconds / 1000
      }
      // The first takes note of all names in the vault, as the server does as they come.
      await start("log")
      const pairs = await interleaved(
        ROUNDS,
        () => start("snapshot"),
        () => start("log"),
        { warmUp: 0 },
      )
      const note =
        `first command on ${grouped(count)} events (${grouped(people)} people, ${grouped(claims)} claims), ${grouped(TAIL)} of them after the snapshot of ` +
        `${(body.length / 1e6).toFixed(1)} MB, event loop held up for at most ${longest.toFixed(0)} ms; limit: from the log alone. ` +
        `Taking it: ${(taking / 1000).toFixed(1)} s in a thread, meanwhile others wait at most ${(delay.max / 1e6).toFixed(0)} ms`
      return [figure("cold-start", "s", { value: pairs.value, limit: pairs.limit }, { atMost: 1 }, note)]
    }),
}

/** The log as it was at this revision. */
function upTo(store: EventStore, revision: number): Pick<EventStore, "read"> {
  return {
    async *read(stream, after) {
      for await (const page of store.read(stream, after)) {
        const before = page.filter((event) => event.revision <= revision)
        if (before.length > 0) yield before
        if (before.length < page.length) return
      }
    },
  }
}
