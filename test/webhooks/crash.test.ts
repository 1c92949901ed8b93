import { randomInt } from "node:crypto"
import { join } from "node:path"
import { placesOf } from "../../src/core"
import type { RecordedEvent } from "../../src/eventstore/event-store"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { runChild } from "../support/child"
import { rounds } from "../support/rounds"
import { temporaryFolder } from "../support/temporary-folder"
import { Receiver } from "./receiver"

const ROUNDS = rounds(6, 12)

test(`kill -9 at ${ROUNDS} random moments of delivery: nothing is lost, and each receiver hears it in order`, async () => {
  const folder = await temporaryFolder()
  const [ofOrganization, ofVendor] = [await Receiver.start(), await Receiver.start()]
  // Answers that take a while, so that a kill finds requests on the way.
  for (const receiver of [ofOrganization, ofVendor])
    receiver.always((response) => setTimeout(() => response.writeHead(204).end(), randomInt(3)))
  const run = (round: number, changes: number) =>
    runChild(join(__dirname, "crash-child.ts"), [folder.path, `${round}`, ofOrganization.url, ofVendor.url, `${changes}`])
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const child = run(round, 9_999)
      const killed = (async () => {
        await ofVendor.wait(ofVendor.received.length + randomInt(1, 40))
        await child.kill()
      })()
      expect(await child.ended).toMatchObject({ signal: "SIGKILL", errors: "" })
      await killed
    }
    const last = run(ROUNDS + 1, 1)
    await last.lines.next()
    const changes = await seatsChanged(folder.path)
    expect(changes.length).toBeGreaterThan(ROUNDS)
    for (const receiver of [ofOrganization, ofVendor]) {
      while (receiver.firsts.length < changes.length) await receiver.wait(receiver.received.length + 1)
      expect(receiver.firsts.map(({ event }) => event.id)).toEqual(changes.map(({ id }) => id))
      // Not one by one again and again: only what was on the way at a kill came twice.
      expect(receiver.received.length - changes.length).toBeLessThanOrEqual(ROUNDS)
    }
    await last.kill()
  } finally {
    await Promise.all([ofOrganization.down(), ofVendor.down()])
    await folder.remove()
  }
}, 240_000)

async function seatsChanged(folder: string): Promise<RecordedEvent[]> {
  const store = openSqliteEventStore(placesOf(folder).log, { readOnly: true })
  const changes: RecordedEvent[] = []
  for await (const { events } of store.follow(0, new AbortController().signal, "head")) {
    changes.push(...events.filter(({ type }) => type === "VendorSeatsChanged"))
  }
  await store.close()
  return changes
}
