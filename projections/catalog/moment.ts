/** A moment of one organization: what "now" and "as of" come down to. */
import { OPEN, type ReadStore } from "../../src/readstore/read-store"
import { sql } from "../sql"

export interface Moment {
  readonly organizationId: string
  /** The state after this many events. */
  readonly revision: number
  /** When that revision was recorded, in ms since 1970 (UTC): products and vendors are shown as they were then. */
  readonly instant: number
  /** True when it is the newest revision shown: its rows are the open spans, unless the read model moves on meanwhile. */
  readonly open: boolean
}

/** An instant that only open spans cover. */
export const TODAY = OPEN - 1

/** The newest moment of each organization; one that the read model does not know yet stands before its first event. */
export async function momentsNow(store: ReadStore, organizationIds: readonly string[]): Promise<Moment[]> {
  const shown = await shownRevisions(store, organizationIds)
  return organizationIds.map((organizationId) => ({
    organizationId,
    revision: shown.get(organizationId) ?? 0,
    instant: TODAY,
    open: true,
  }))
}

export async function shownRevisions(store: ReadStore, organizationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const query = sql`select organization_id, revision from organization where organization_id in (${organizationIds})`
  const rows = await store.rows<{ organization_id: string; revision: number }>(query.text, query.params)
  return new Map(rows.map((row) => [row.organization_id, row.revision]))
}

/** Undefined when the read model does not show that revision (yet). */
export async function momentOfRevision(store: ReadStore, organizationId: string, revision: number): Promise<Moment | undefined> {
  const query = sql`
    select revision as shown,
      (select m.recorded_at from moment m where m.organization_id = ${organizationId} and m.revision <= ${revision}
       order by m.revision desc limit 1) as instant
    from organization where organization_id = ${organizationId}`
  const [row] = await store.rows<{ shown: number; instant: number | null }>(query.text, query.params)
  if (revision < 0 || revision > (row?.shown ?? 0)) return undefined
  return { organizationId, revision, instant: row?.instant ?? 0, open: revision === row?.shown }
}

/** Rule 34: the last revision recorded at or before the instant; before the first event, revision 0. */
export async function momentOfInstant(store: ReadStore, organizationId: string, instant: number): Promise<Moment> {
  // `moment` has the first revision of each instant, so the revision before the next one is the last that counts. One
  // statement: between two, more may be shown.
  const query = sql`
    select revision as shown,
      (select m.revision from moment m where m.organization_id = ${organizationId} and m.recorded_at > ${instant}
       order by m.recorded_at, m.revision limit 1) as next,
      (select max(m.recorded_at) from moment m where m.organization_id = ${organizationId} and m.recorded_at <= ${instant}) as recorded
    from organization where organization_id = ${organizationId}`
  const [row] = await store.rows<{ shown: number; next: number | null; recorded: number | null }>(query.text, query.params)
  if (row === undefined) return { organizationId, revision: 0, instant: 0, open: false }
  const { shown, next, recorded } = row
  return { organizationId, revision: next === null ? shown : next - 1, instant: recorded ?? 0, open: next === null }
}
