/**
 * Erasing a person (rule 28). What there is to erase beside the profile is found before the command and recorded with it,
 * so that the log alone says which keys are to be destroyed, and whoever reads it can do so.
 */
import type { LedgerEvent, Profile, Sealed } from "../domain/events"
import type { ActorId } from "../domain/ids"
import type { EventStore } from "../eventstore/event-store"
import { textIdOf } from "../vault/sealing"
import type { Erasure, Vault } from "../vault/vault"
import { mentions, namesIn } from "./mentions"

/** Destroys keys because the log says so: after the append, and again by whoever reads it after a crash between the two. */
export class Erasures {
  #due: Erasure[] = []

  /** @param reached how far the vault was before the first event was read */
  constructor(
    private readonly vault: Pick<Vault, "erase">,
    private readonly organizationId: string,
    private readonly reached: number,
  ) {}

  apply(event: LedgerEvent): void {
    if (event.type !== "UserErased" || event.revision <= this.reached) return
    const { userId, actors = [], texts = [] } = event.data
    this.#due.push({ userId, actors, texts })
  }

  /** Only for events that are in the log. */
  async carryOut(revision: number): Promise<void> {
    if (this.#due.length === 0) return
    await this.vault.erase(this.organizationId, this.#due, revision)
    this.#due = []
  }
}

/** What of a person lies elsewhere than in the profile. */
export interface Traces {
  readonly actors: readonly ActorId[]
  /** Ids of the sealed texts that name the person. */
  readonly texts: readonly string[]
  readonly names: (text: string) => boolean
  /** The revision up to which the log was read. */
  readonly reached: number
}

interface Ledger {
  readonly store: EventStore
  readonly vault: Vault
  readonly organizationId: string
}

/** Reads the log twice, because a reason may name somebody by a name that came later; about 8 µs per event in all. */
export async function findTraces(ledger: Ledger, userId: string, otherNames: readonly string[]): Promise<Traces> {
  const { vault, organizationId } = ledger
  const profiles: Partial<Profile>[] = []
  const keys = await vault.load([{ organizationId, userId }])
  for await (const { type, data } of eventsOf(ledger, 0)) {
    if ((type !== "UserProvisioned" && type !== "UserProfileChanged") || data.userId !== userId) continue
    const profile = keys.openProfile(organizationId, userId, data.profile)
    if (profile) profiles.push(profile)
  }
  const names = mentions(profiles, otherNames)
  // Not by the other names: somebody else may sign in as `anna`, and be told in the history.
  const actors = await vault.actorsNamed(organizationId, namesIn(profiles))
  return { actors, names, ...(await findTexts(ledger, names, 0)) }
}

/** The texts recorded after a revision that name the person. */
export async function findTexts(ledger: Ledger, names: Traces["names"], after: number): Promise<Pick<Traces, "texts" | "reached">> {
  const { vault, organizationId } = ledger
  const texts = new Set<string>()
  let reached = after
  for await (const page of pagesOf(ledger, after)) {
    reached = page.at(-1)?.revision ?? reached
    // A command that assigns to a hundred people seals its reason once.
    const written = new Set(page.flatMap(({ data }) => textsIn(data)))
    const keys = await vault.load(Array.from(written, (text) => ({ organizationId, text })))
    for (const sealed of written) {
      const text = keys.openText(organizationId, sealed)
      if (text !== undefined && names(text)) texts.add(textIdOf(sealed))
    }
  }
  return { texts: [...texts], reached }
}

/** What people wrote, in whatever event. */
function textsIn(data: object): Sealed[] {
  const { reason, statement } = data as { readonly reason?: Sealed; readonly statement?: Sealed } // an event has them as text, or not at all
  return [reason, statement].filter((text) => text !== undefined)
}

async function* eventsOf(ledger: Ledger, after: number): AsyncGenerator<LedgerEvent> {
  for await (const page of pagesOf(ledger, after)) yield* page
}

function pagesOf({ store, organizationId }: Ledger, after: number): AsyncIterable<readonly LedgerEvent[]> {
  // The shapes that are looked for have had one version only, and what is unknown here has none of them.
  return store.read(`organization-${organizationId}`, after) as AsyncIterable<readonly unknown[]> as AsyncIterable<readonly LedgerEvent[]>
}
