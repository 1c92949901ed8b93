/**
 * Everything that can go wrong with a server that asks for a password, with all that an error holds written out: what this
 * process says, the client's native part included, is looked through by the test that runs it.
 */
import { inspect } from "node:util"
import { type EventStore, START } from "../../src/eventstore/event-store"
import { openKurrentEventStore } from "../../src/eventstore/kurrentdb"
import { makeCertificates } from "../kurrentdb-server/certificates"
import { startNode } from "../kurrentdb-server/node"
import { newEvents } from "./contract"

const A = "organization-a"
const say = (...words: readonly unknown[]) => console.log(...words.map((word) => inspect(word, { depth: 10, showHidden: true })))

async function main(password: string) {
  const certificates = makeCertificates()
  const node = await startNode({ certificates, users: { ops: password } })
  const url = node.url("ops", password)
  const limits = { callMs: 1_000, retryMs: 3_000, lookEveryMs: 100, graceMs: 100 }
  const store = await openKurrentEventStore({ url, limits, onFault: say })
  await appended(store, 0)
  const follower = store.follow(START, new AbortController().signal, "never")
  await follower.next()
  const next = follower.next()

  await node.gate.refuse()
  const outcomes = await Promise.allSettled([
    store.append(A, 1, newEvents(1)),
    everyPage(store.read(A, 0)),
    everyPage(store.follow(START, new AbortController().signal, "head")),
    openKurrentEventStore({ url, limits }),
    openKurrentEventStore({ url: node.url("ops", `${password}wrong`), limits }),
    openKurrentEventStore({ url: `${url}&nonsense=1`, limits }),
    openKurrentEventStore({ url: url.replace("kurrentdb:", "kurrent:/"), limits }),
  ])
  for (const outcome of outcomes) say(outcome)
  await node.gate.open()
  await appended(store, 1)
  await next
  await store.close()
  await node.stop()
  certificates.remove()
  console.log(`${outcomes.filter(({ status }) => status === "rejected").length} of ${outcomes.length} failed`)
  process.exit(0) // Connections that were given up may still be waiting.
}

/** However slow the machine: by then nothing is in the way. */
async function appended(store: EventStore, revision: number): Promise<void> {
  const events = newEvents(1)
  for (let isThere = false; !isThere; ) {
    isThere = await store.append(A, revision, events).then(
      () => true,
      (error: unknown) => {
        say(error)
        return false
      },
    )
  }
}

async function everyPage(pages: ReturnType<EventStore["read"]> | ReturnType<EventStore["follow"]>): Promise<void> {
  for await (const _ of pages);
}

void main(process.env.PASSWORD_OF_OPS ?? "")
