import { randomInt } from "node:crypto"
import { join } from "node:path"
import { type Appended, type EventStore, START } from "../../src/eventstore/event-store"
import { openSqliteEventStore } from "../../src/eventstore/sqlite"
import { runChild } from "../support/child"
import { rounds } from "../support/rounds"
import { temporaryFolder } from "../support/temporary-folder"
import { eventsOf, type Said } from "./crash-child"

const ROUNDS = rounds(16, 60)

test(`after ${ROUNDS} times kill -9 every acknowledged append is there, none is torn, and no position is taken twice`, async () => {
  const folder = await temporaryFolder()
  const file = join(folder.path, "events.sqlite")
  try {
    const log = new Checked()
    let acknowledged = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { answers, unanswered } = await appendUntilKilled(file, round % 8 === 0 ? 0 : randomInt(1, 120))
      acknowledged += answers.size
      // Every other time only a reader looks, so that the next child finds the log as the killed one left it.
      const store = openSqliteEventStore(file, { readOnly: round % 2 === 0 })
      await log.readOn(store)
      for (const [append, answer] of answers) expect(log.endOf(append)).toEqual(answer)
      if (round % 2 === 1) {
        // Whoever got no answer sends the same again, and it is there once, whether the killed process had written it or not.
        for (const append of unanswered) {
          const answer = await store.append(append.stream, append.expected, eventsOf(append))
          await log.readOn(store)
          expect(log.endOf(append.append)).toEqual(answer)
        }
      }
      await store.close()
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS)
  } finally {
    await folder.remove()
  }
}, 300_000)

/** Kills the child after so many answers (0: as soon as it begins), and tells what it had said by then. */
async function appendUntilKilled(file: string, answersWanted: number) {
  const child = runChild(join(__dirname, "crash-child.ts"), [file])
  const answers = new Map<string, Appended>()
  const unanswered = new Map<string, Said & { about: "to append" }>()
  for await (const line of child.lines) {
    const said: Said = JSON.parse(line)
    if (said.about === "to append") unanswered.set(said.append, said)
    else {
      answers.set(said.append, { revision: said.revision, position: said.position })
      unanswered.delete(said.append)
    }
    // What it went on to say before it died comes with the next lines.
    if (answers.size >= answersWanted) void child.kill()
  }
  const { signal, errors } = await child.ended
  expect({ signal, errors }).toEqual({ signal: "SIGKILL", errors: "" })
  return { answers, unanswered: [...unanswered.values()] }
}

/** Reads the log on and on from where it stopped, and checks each event against all that came before. */
class Checked {
  private position = START
  private readonly heads = new Map<string, number>()
  private readonly appends = new Map<string, Appended & { readonly seen: number; readonly of: number }>()

  async readOn(store: EventStore): Promise<void> {
    for await (const { events } of store.follow(this.position, new AbortController().signal, "head")) {
      for (const { stream, revision, position, data } of events) {
        const { append, n, of } = data as { append: string; n: number; of: number }
        const before = this.appends.get(append)
        if (position <= this.position) throw new Error(`position ${position} came after ${this.position}`)
        if (revision !== (this.heads.get(stream) ?? 0) + 1) throw new Error(`${stream} jumps to revision ${revision}`)
        if (n !== (before?.seen ?? 0) || (before && position !== before.position + 1)) throw new Error(`append ${append} is in pieces`)
        this.position = position
        this.heads.set(stream, revision)
        this.appends.set(append, { revision, position, seen: n + 1, of })
      }
    }
    for (const [append, { seen, of }] of this.appends) if (seen !== of) throw new Error(`append ${append}: ${seen} of ${of} events`)
  }

  endOf(append: string): Appended | undefined {
    const found = this.appends.get(append)
    return found && { revision: found.revision, position: found.position }
  }
}
