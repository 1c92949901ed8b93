/** Entries of the history from their rows: facts without personal data, reasons opened, and a sentence that names people. */

import type { HistoryRow } from "../../../projections/history/queries"
import type { OrganizationEventDraft } from "../../domain/events"
import type { Services } from "../services"
import { type Acting, namesOf } from "./names"
import { summaryOf } from "./summary"
import { Actor, HistoryEntry } from "./types/history"

/** What an event holds sealed. It is left out of `data`: ciphertext helps nobody, and a reason is shown opened. */
const SEALED: ReadonlySet<string> = new Set(["profile", "reason", "statement", "secret"])

/** Entries of one organization, in the order of their rows; one statement for all names in them. */
export async function entriesOf(services: Services, organizationId: string, rows: readonly HistoryRow[]): Promise<HistoryEntry[]> {
  const parsed = rows.map((row) => {
    const data = JSON.parse(row.data) as Record<string, unknown>
    // The projection writes a row only for a type of this union, with the data as it was recorded.
    return { row, data, event: { type: row.type, data } as unknown as OrganizationEventDraft, acting: actingIn(row) }
  })
  // The sentences themselves say which names they need: each is made twice, the first time only to be asked.
  const principalIds = new Set<string>()
  const ask = (id: string) => {
    principalIds.add(id)
    return id
  }
  for (const { row, event } of parsed) summaryOf(event, { actor: "", product: row.product_name ?? "", nameOf: ask, nameBefore: ask })
  const names = await namesOf(services, { organizationId, principalIds, acting: parsed.map(({ acting }) => acting) })

  return parsed.map(({ row, data, event, acting }) => {
    const actor = new Actor()
    actor.type = row.actor_type
    actor.id = row.actor_id
    actor.displayName = names.actor(acting) ?? null
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
    entry.reason = typeof data.reason === "string" ? (services.vault.openText(organizationId, data.reason) ?? null) : null
    entry.summary = summaryOf(event, {
      actor: actor.displayName ?? "Somebody",
      product: row.product_name ?? "a product",
      nameOf: (id) => names.principal(id, row.revision),
      nameBefore: (id) => names.principal(id, row.revision - 1),
    })
    entry.data = withoutSealed(data)
    return entry
  })
}

function actingIn(row: HistoryRow): Acting {
  return {
    organizationId: row.organization_id,
    type: row.actor_type,
    id: row.actor_id,
    revision: row.revision,
    instant: row.recorded_at,
  }
}

function withoutSealed(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !SEALED.has(name)))
}
