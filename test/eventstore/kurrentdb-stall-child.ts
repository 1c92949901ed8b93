/** Large appends, a wire that stands still, and then breaks: an unhandled rejection inside the client would end this process. */
import { setTimeout as pause } from "node:timers/promises"
import { OutcomeUnknown } from "../../src/eventstore/event-store"
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { startNode } from "../kurrentdb-server/node"
import { newEvent } from "./contract"

async function main() {
  const node = await startNode()
  const store = await openKurrentEventStore({ url: node.url(), limits: { callMs: 10_000, retryMs: 500 } })
  await store.append("warm", 0, [newEvent()])
  node.gate.freeze()
  const outcomes = Promise.allSettled(
    Array.from({ length: 40 }, (_, n) => store.append(`organization-${n}`, 0, [newEvent({ text: "x".repeat(3_000_000) })])),
  )
  await pause(300) // They stand in the client's buffers now.
  await node.gate.refuse()
  // Some were on the way, the others still waited for their turn.
  const failed = (await outcomes).filter(
    ({ status, reason }: PromiseSettledResult<unknown> & { readonly reason?: unknown }) =>
      status === "rejected" && (reason instanceof OutcomeUnknown || /nothing was written$/.test(String(reason))),
  )
  await pause(100) // A rejection that nobody handled would be out by now.
  const written = node.log.events.filter(({ stream }) => stream.includes("organization-")).length
  await store.close()
  await node.stop()
  console.log(`${failed.length} failed, ${written} written; alive`)
  process.exit(0) // Connections that were given up may still be waiting.
}

void main()
