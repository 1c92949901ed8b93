import type { CommandIndex, CommandRecord } from "../../src/commands/command-index"
import type { EventStore } from "../../src/eventstore/event-store"

/** What a projection knows that has read the log up to some revision. */
export class IndexUpTo implements CommandIndex {
  revision = 0
  searches = 0
  constructor(private readonly store: EventStore) {}

  async find(stream: string, commandId: string): Promise<CommandRecord | undefined> {
    this.searches++
    let found: CommandRecord | undefined
    for await (const page of this.store.read(stream, 0)) {
      for (const { revision, metadata } of page) {
        if (revision > this.revision || metadata.commandId !== commandId) continue
        found = { firstRevision: found?.firstRevision ?? revision, lastRevision: revision, commandHash: metadata.commandHash }
      }
    }
    return found
  }
  async reached(): Promise<number> {
    return this.revision
  }
}
