/** What an event tells people: its facts without what is sealed, its reason opened, who did it by name, and a sentence. */
import type { HistoryRow } from "../../../projections/history/queries"
import type { OrganizationEventDraft } from "../../domain/events"
import type { Services } from "../services"
import type { Language } from "./language"
import { type Acting, namesOf } from "./names"
import { summaryOf, type Wording } from "./summary"
import { dutchSummaryOf } from "./summary-nl"

/** What an event holds sealed. It is left out of `data`: ciphertext helps nobody, and a reason is shown opened. */
const SEALED: ReadonlySet<string> = new Set(["profile", "reason", "statement", "secret"])

export interface Told {
  readonly row: HistoryRow
  readonly data: Record<string, unknown>
  readonly actorName: string | null
  readonly reason: string | null
  /** The sentence in that language; made when it is asked for. */
  readonly summary: (language: Language) => string
}

/** Both languages name the same people and groups, so the names that English asks for are all there are. */
const SUMMARIES = { EN: summaryOf, NL: dutchSummaryOf } satisfies Record<Language, typeof summaryOf>
const UNNAMED = {
  EN: { actor: "Somebody", product: "a product" },
  NL: { actor: "Iemand", product: "een product" },
} satisfies Record<Language, Pick<Wording, "actor" | "product">>

/** Of one organization, in the order of the rows; one statement for all names in them. */
export async function toldOf(
  services: Pick<Services, "readStore" | "vault">,
  organizationId: string,
  rows: readonly HistoryRow[],
): Promise<Told[]> {
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
  const reasons = parsed.flatMap(({ data }) => (typeof data.reason === "string" ? [{ organizationId, text: data.reason }] : []))
  const [names, keys] = await Promise.all([
    namesOf(services, { organizationId, principalIds, acting: parsed.map(({ acting }) => acting) }),
    services.vault.load(reasons),
  ])

  return parsed.map(({ row, data, event, acting }) => {
    const actorName = names.actor(acting) ?? null
    return {
      row,
      data: factsOf(data),
      actorName,
      reason: typeof data.reason === "string" ? (keys.openText(organizationId, data.reason) ?? null) : null,
      summary: (language) =>
        SUMMARIES[language](event, {
          actor: actorName ?? UNNAMED[language].actor,
          product: row.product_name ?? UNNAMED[language].product,
          nameOf: (id) => names.principal(id, row.revision),
          nameBefore: (id) => names.principal(id, row.revision - 1),
        }),
    }
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

function factsOf(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const facts = Object.fromEntries(Object.entries(data).filter(([name]) => !SEALED.has(name)))
  // Of a webhook: its path is often the receiver's key, and more people read the history than may read webhooks.
  return typeof facts.url === "string" ? { ...facts, url: new URL(facts.url).origin } : facts
}
