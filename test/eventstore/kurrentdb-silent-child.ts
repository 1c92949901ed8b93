/** Reads, and appends if told to, on the KurrentDB that is named. This process has to end by itself. */
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { newEvents, readAll } from "./contract"

async function main(what: string, url: string) {
  const store = await openKurrentEventStore({ url, limits: { callMs: 20_000, retryMs: 60_000 } })
  if (what === "writes") await store.append("organization-a", 0, newEvents(1))
  const events = await readAll(store, "organization-a")
  await store.close()
  console.log(`${events.length} events; closed`)
}

const [what = "", url = ""] = process.argv.slice(2)
void main(what, url)
