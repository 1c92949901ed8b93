/** A test that cannot fail proves nothing: every case of the contract fails against stores that do not store. */
import { EventRejected, type EventStore } from "../../src/eventstore/event-store"
import { CONTRACT } from "./contract"

/** Says yes to everything and forgets it. */
class Forgetful implements EventStore {
  private position = 0
  async append(_stream: string, expected: number, events: readonly unknown[]) {
    this.position += events.length
    return { revision: expected + events.length, position: this.position }
  }
  async *read() {}
  async *follow(_after: number, signal: AbortSignal, end: "head" | "never") {
    if (end === "never" && !signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve))
  }
  async close() {}
}

/** Answers always the same. */
class Constant extends Forgetful {
  override async append() {
    return { revision: 0, position: 0 }
  }
}

/** Says no to everything. */
class Refusing extends Forgetful {
  override async append(stream: string): Promise<never> {
    throw new EventRejected(stream, "this store takes nothing")
  }
}

describe.each([Forgetful, Constant, Refusing])("against a store that does nothing: %p", (Noop) => {
  test.each(CONTRACT)("this fails: $title", async ({ run }) => {
    const open = async () => new Noop()
    await expect(run({ store: await open(), reopen: open, patienceMs: 30 })).rejects.toThrow()
  })
})
