/**
 * Appends until it is killed: six callers, a stream each. Says on standard output what it is about to append and what was
 * acknowledged; writing there is synchronous, so nothing it said is lost with it.
 */
import { randomInt, randomUUID } from "node:crypto"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { newEvent } from "./contract"

/** What the child says: one JSON text a line. */
export type Said =
  | {
      readonly about: "to append"
      readonly append: string
      readonly stream: string
      readonly expected: number
      readonly ids: readonly string[]
    }
  | { readonly about: "appended"; readonly append: string; readonly revision: number; readonly position: number }

/** The events of one append know it, and how many they are. */
export function eventsOf({ append, ids }: { readonly append: string; readonly ids: readonly string[] }) {
  return ids.map((id, n) => ({ ...newEvent({ append, n, of: ids.length }), id }))
}

async function main(file: string) {
  const store = openSqliteEventStore(file)
  const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`)
  const keepAppending = async (caller: number) => {
    const stream = `organization-${caller}`
    let revision = 0
    for await (const page of store.read(stream, 0)) revision = page.at(-1)?.revision ?? revision
    for (;;) {
      const append = randomUUID()
      const ids = Array.from({ length: randomInt(1, caller === 0 ? 200 : 12) }, () => randomUUID())
      say({ about: "to append", append, stream, expected: revision, ids })
      const answer = await store.append(stream, revision, eventsOf({ append, ids }))
      say({ about: "appended", append, ...answer })
      revision = answer.revision
    }
  }
  await Promise.all([0, 1, 2, 3, 4, 5].map(keepAppending))
}

const [file] = process.argv.slice(2)
if (require.main === module && file !== undefined) void main(file)
