/** All read models from the log, against reading the same log and doing nothing with it; at 100,000 and at a million events. */
import { placesOf } from "../src/core"
import type { EventStore } from "../src/eventstore/event-store"
import { openSqliteEventStore } from "../src/eventstore/sqlite"
import { rebuildInThread } from "../src/readstore/rebuild-thread"
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
    const note = `\`seatledger rebuild\` of ${grouped(LARGE.events)} events, indexes included; at ${grouped(SMALL.events)}: ${grouped(small.value)} events/s, ratio ${small.ratio.toFixed(2)}`
    // Each measured against reading in the same minute: the two lie too far apart in time to be compared directly.
    const linear = { value: large.value, limit: small.value, ratio: large.ratio / small.ratio }
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
    const places = placesOf(folder)
    const store = openSqliteEventStore(places.log)
    const vault = openVault(places.vault)
    say(`writing ${grouped(events)} events`)
    await writeHistory(store, vault, events)
    vault.close()
    const count = await readAll(store)
    say(`rebuilding from ${grouped(count)} events`)
    const rate = async (work: () => Promise<number>) => {
      const ms = await timed(async () => {
        const done = await work()
        if (done !== count) throw new Error(`${done} events are not all of ${count}`)
      })
      return (count * 1000) / ms
    }
    const pairs = await interleaved(
      rounds,
      () => rate(async () => rebuildInThread({ ...places, readModels: places.folder })),
      () => rate(() => readAll(store)),
      { warmUp },
    )
    await store.close()
    return pairs
  })
}

/** Answers how many events there are. */
async function readAll(eventStore: EventStore): Promise<number> {
  let count = 0
  for await (const { events } of eventStore.follow(0, new AbortController().signal, "head")) count += events.length
  return count
}
