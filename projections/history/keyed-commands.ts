/** The idempotency record (rule 37) as the audit trail knows it. The log itself is the record; this finds the place in it. */
import type { ReadStore } from "../../src/readstore/read-store"

export interface KeyedCommand {
  readonly firstRevision: number
  readonly lastRevision: number
  readonly commandHash: string
}

export async function findKeyedCommand(store: ReadStore, stream: string, commandId: string): Promise<KeyedCommand | undefined> {
  const [found] = await store.rows<KeyedCommand>(
    `select first_revision as "firstRevision", last_revision as "lastRevision", command_hash as "commandHash"
     from keyed_command where stream = ? and command_id = ?`,
    [stream, commandId],
  )
  return found
}

/** The revision up to which `findKeyedCommand` knows everything. A vendor's stream is short and says 0: its commands stay in memory. */
export async function keyedCommandsReach(store: ReadStore, stream: string): Promise<number> {
  const organizationId = stream.replace(/^organization-/, "")
  const [progress] = await store.rows<{ revision: number }>("select revision from history_progress where organization_id = ?", [
    organizationId,
  ])
  return progress?.revision ?? 0
}
