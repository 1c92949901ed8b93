/** All read models from the log, against reading the same log and doing nothing with it; at 100,000 and at a million events. */
import { join } from "node:path"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { build } from "../src/readstore/build"
import { projectionGroups } from "../src/readstore/projections"
import { memorySkips } from "../src/readstore/skips"
import { startBuilding } from "../src/readstore/sqlite-generations"
import { openVault } from "../src/vault/sqlite"
import { writeHistory } from "./history"
import { type Benchmark, figure, grouped, interleaved, type Pairs, timed } from "./measure"
import { inTemporaryFolder } from "./temporary-folder"

const SMALL = { events: 100_000, rounds: 3, warmUp: 1 }
/** Once is enough: it takes long, and the code is warm. */
const LARGE = { events: 1_000_000, rounds: 1, warmUp: 0 }

export const rebuild: Benchmark = {
  rows: ["rebuild", "rebuild-linear"],
  async run(say) {
    const small = await measured(SMALL, say)
    const large = await measured(LARGE, say)
    const note = `all read models of ${grouped(LARGE.events)} events, indexes included; at ${grouped(SMALL.events)}: ${grouped(small.value)} events/s, ratio ${small.ratio.toFixed(2)}`
    const linear = { value: large.value, limit: small.value, ratio: large.value / small.value }
    return [
      figure("rebuild", "events/s", large, { atLeast: 0.15 }, note),
      figure(
        "rebuild-linear",
        "events/s",
        linear,
        { atLeast: 0.8 },
        `rate at ${grouped(LARGE.events)} events against ${grouped(SMALL.events)}`,
      ),
    ]
  },
}

function measured({ events, rounds, warmUp }: typeof SMALL, say: (words: string) => void): Promise<Pairs> {
  return inTemporaryFolder(async (folder) => {
    const store = openSqliteEventStore(join(folder, "events.sqlite"))
    const vault = openVault(join(folder, "vault.sqlite"))
    say(`writing ${grouped(events)} events`)
    const count = await writeHistory(store, vault, events)
    say(`rebuilding from ${grouped(count)} events`)
    const rate = async (work: () => Promise<void>) => (count * 1000) / (await timed(work))
    const pairs = await interleaved(
      rounds,
      () => rate(() => rebuildAll(join(folder, "read-models.1.sqlite"), store, vault)),
      () => rate(() => readAll(store)),
      { warmUp },
    )
    vault.close()
    await store.close()
    return pairs
  })
}

/** What `seatledger rebuild` does, apart from putting the new file in the place of the old. */
async function rebuildAll(file: string, eventStore: EventStore, vault: ReturnType<typeof openVault>): Promise<void> {
  const building = startBuilding(file)
  await build(building.readModels, { eventStore, groups: projectionGroups(vault), skips: memorySkips() })
  building.finish()
}

async function readAll(eventStore: EventStore): Promise<void> {
  for await (const { events } of eventStore.follow(0, new AbortController().signal, "head")) void events
}
