/** The first command on a large organization: from a snapshot and the events after it, against all events. */
import { monitorEventLoopDelay } from "node:perf_hooks"
import { placesOf } from "../src/core"
import { EVOLVE_VERSION } from "../src/domain/organization/written-state"
import { openEventLog } from "../src/eventstore/event-log"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { takeSnapshot } from "../src/snapshots/fold"
import { openSnapshots } from "../src/snapshots/open-snapshots"
import { takeInThread } from "../src/snapshots/snapshots"
import { openVault } from "../src/vault/sqlite"
import { answerOf } from "./child"
import type { ColdPlaces, Started } from "./cold-start-child"
import { writeHistory } from "./history"
import { WrittenOrganization } from "./log-writer"
import { type Benchmark, figure, grouped, interleaved, timed } from "./measure"
import { moved } from "./nodes"
import { withPostgres } from "./stores"
import { inTemporaryFolder } from "./temporary-folder"

const EVENTS = 1_000_000
/** The longest tail there is: a new snapshot is taken after a fiftieth. */
const TAIL = EVENTS / 50
const ROUNDS = 3

export const coldStart: Benchmark = {
  rows: ["cold-start", "cold-start-postgres"],
  run: (say) =>
    inTemporaryFolder(async (folder) => {
      const files = placesOf(folder)
      const store = openSqliteEventStore(files.log)
      const vault = openVault(files.vault)
      const written = new WrittenOrganization(store, vault)
      say(`writing ${grouped(EVENTS)} events`)
      const count = await writeHistory(store, vault, EVENTS, written)
      const { id, state } = written.organization
      let claims = 0
      for (const license of state.licenses.values()) claims += license.claims.size
      const people = state.users.size
      vault.close()
      await store.close()
      const sizes = `${grouped(count)} events (${grouped(people)} people, ${grouped(claims)} claims)`

      return withPostgres(async (url) => {
        say("copying all of it into PostgreSQL")
        await moved(folder, { POSTGRES_URL: url })
        const postgres = { kind: "postgres", url } as const
        const inPostgres = await measured({ log: postgres, vault: postgres, snapshots: postgres }, id, count, say)
        const inFiles = await measured(files, id, count, say)
        return [
          figure("cold-start", "s", inFiles, { atMost: 1 }, `first command on ${sizes}, ${inFiles.note}`),
          figure(
            "cold-start-postgres",
            "s",
            inPostgres,
            { atMost: 1 },
            `the same with log, vault and snapshot in PostgreSQL: ${inPostgres.note}`,
          ),
        ]
      })
    }),
}

async function measured(places: ColdPlaces, id: string, count: number, say: (words: string) => void) {
  const stream = `organization-${id}`
  say("taking a snapshot in a thread")
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const taking = await timed(() => takeInThread(places)(stream, 0, new AbortController().signal))
  delay.disable()
  const store = await openEventLog(places.log, { readOnly: true })
  const snapshots = await openSnapshots(places.snapshots)
  await snapshots.drop(stream, EVOLVE_VERSION)
  await takeSnapshot({ store: upTo(store, count - TAIL), snapshots }, stream, 0)
  const { body } = (await snapshots.newest(stream, EVOLVE_VERSION)) ?? { body: Buffer.alloc(0) }
  await snapshots.close()
  await store.close()

  say("starting cold")
  let longest = 0
  let revision = count
  const start = async (from: "snapshot" | "log") => {
    const started = await answerOf<Started>("cold-start-child.js", [JSON.stringify(places), id, from], [])
    // Grace periods of the history pass meanwhile, and are events too.
    if (started.revision <= revision) throw new Error(`the command was recorded at revision ${started.revision}, in the past`)
    revision = started.revision
    if (from === "snapshot") longest = Math.max(longest, started.blocked)
    return started.milliseconds / 1000
  }
  // The first takes note of all names in the vault, as the server does as they come.
  await start("log")
  const { value, limit } = await interleaved(
    ROUNDS,
    () => start("snapshot"),
    () => start("log"),
    { warmUp: 0 },
  )
  const note =
    `${grouped(TAIL)} of them after the snapshot of ${(body.length / 1e6).toFixed(1)} MB, event loop held up for at most ${longest.toFixed(0)} ms; limit: from the log alone. ` +
    `Taking it: ${(taking / 1000).toFixed(1)} s in a thread, meanwhile others wait at most ${(delay.max / 1e6).toFixed(0)} ms`
  return { value, limit, note }
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
