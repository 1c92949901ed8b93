/** Entries of the history, as objects of the API. */
import type { HistoryRow } from "../../../projections/history/queries"
import type { Services } from "../services"
import { toldOf } from "./told"
import { Actor, HistoryEntry } from "./types/history"

/** Entries of one organization, in the order of their rows. */
export async function entriesOf(services: Services, organizationId: string, rows: readonly HistoryRow[]): Promise<HistoryEntry[]> {
  const told = await toldOf(services, organizationId, rows)
  return told.map(({ row, data, actorName, reason, summary }) => {
    const actor = new Actor()
    actor.type = row.actor_type
    actor.id = row.actor_id
    actor.displayName = actorName
    actor.role = row.actor_role
    const entry = new HistoryEntry()
    entry.at = { organizationId, revision: row.revision, instant: row.recorded_at, open: false }
    entry.licenseId = row.license_id
    entry.causationRevision = row.causation_revision
    entry.revision = row.revision
    entry.eventId = row.event_id
    entry.type = row.type
    entry.recordedAt = row.recorded_at
    entry.actor = actor
    entry.reason = reason
    entry.sentence = summary
    entry.data = data
    return entry
  })
}
