/** Finds the entries of the trail that stand in several lists at once, from either end. */
import type { ReadStore } from "../../src/readstore/read-store"
import { sql } from "../sql"
import { listsOfSearch, ofActor, ofLicense, ofSubject, ofType } from "./lists"
import { addTo, type Bits, countOf, inOrder, keepCommon, noBits, STRETCH, stretchOf } from "./places"

export interface HistoryFilter {
  readonly licenseId?: string
  /** Users and groups: what touched all of them. */
  readonly subjectIds: readonly string[]
  readonly actorId?: string
  readonly types?: readonly string[]
  /** Reasons that have words with all these beginnings. */
  readonly text?: string
}

/** Entries that stand in at least one list of each condition. */
export type Conditions = readonly (readonly string[])[]

export function conditionsOf({ licenseId, subjectIds, actorId, types, text }: HistoryFilter): Conditions {
  return [
    ...(licenseId === undefined ? [] : [[ofLicense(licenseId)]]),
    ...subjectIds.map((id) => [ofSubject(id)]),
    ...(actorId === undefined ? [] : [[ofActor(actorId)]]),
    ...(types === undefined ? [] : [[...new Set(types)].map(ofType)]),
    ...(text === undefined ? [] : listsOfSearch(text).map((list) => [list])),
  ]
}

/** One of no types. */
export function isNever(conditions: Conditions): boolean {
  return conditions.some((lists) => lists.length === 0)
}

/** Both revisions included. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

/** How many stretches are looked at first; then four times as many, and so on: what is frequent is found in a few. */
const FIRST_LOOK = 8
/** A look into the key costs about 2 µs: what takes more of them than this is left to the thread for long queries. */
const SHORT = 1_000

/** The first so many revisions, from the beginning or from the end of the stretch on. */
export async function firstCommon(
  store: ReadStore,
  organizationId: string,
  conditions: Conditions,
  { first, last }: Stretch,
  ascending: boolean,
  limit: number,
): Promise<number[]> {
  const found: number[] = []
  const end = ascending ? stretchOf(last) : stretchOf(first)
  let from = ascending ? stretchOf(first) : stretchOf(last)
  for (let look = FIRST_LOOK; first <= last && (ascending ? from <= end : from >= end); look *= 4) {
    const to = ascending ? Math.min(end, from + look - 1) : Math.max(end, from - look + 1)
    const stretches = await commonOf(store, organizationId, conditions, Math.min(from, to), Math.max(from, to))
    for (const stretch of [...stretches.keys()].sort((a, b) => (ascending ? a - b : b - a))) {
      const start = stretch * STRETCH
      const [least, most] = [Math.max(first - start, 0), Math.min(last - start, STRETCH - 1)]
      for (const place of inOrder(stretches.get(stretch) ?? noBits(), least, most, ascending)) {
        found.push(start + place)
        if (found.length === limit) return found
      }
    }
    from = ascending ? to + 1 : to - 1
  }
  return found
}

export async function countCommon(store: ReadStore, organizationId: string, conditions: Conditions, { first, last }: Stretch) {
  if (first > last) return 0
  let total = 0
  for (const [stretch, bits] of await commonOf(store, organizationId, conditions, stretchOf(first), stretchOf(last))) {
    const start = stretch * STRETCH
    total += countOf(bits, Math.max(first - start, 0), Math.min(last - start, STRETCH - 1))
  }
  return total
}

/** What meets all conditions, of each stretch where every condition is met by something. */
async function commonOf(store: ReadStore, organizationId: string, conditions: Conditions, from: number, to: number) {
  const lists = [...new Set(conditions.flat())]
  // Every list of every stretch is looked up by the whole key; in one walk SQLite would read all other lists as well.
  const { text, params } =
    sql`with recursive s(stretch) as (select cast(${from} as bigint) union all select stretch + 1 from s where stretch < ${to})
    select l.stretch, l.list, l.places from s cross join history_list l
    where l.organization_id = ${organizationId} and l.stretch = s.stretch and l.list in (${lists})`
  const speed = (to - from + 1) * lists.length > SHORT ? "slowRows" : "rows"
  const rows = await store[speed]<{ stretch: number; list: string; places: string }>(text, params)
  const byStretch = new Map<number, Map<string, string>>()
  for (const { stretch, list, places } of rows) {
    const known = byStretch.get(stretch)
    if (known) known.set(list, places)
    else byStretch.set(stretch, new Map([[list, places]]))
  }
  const common = new Map<number, Bits>()
  for (const [stretch, places] of byStretch) {
    const bits = commonBits(conditions, places)
    if (bits) common.set(stretch, bits)
  }
  return common
}

function commonBits(conditions: Conditions, places: ReadonlyMap<string, string>): Bits | undefined {
  if (!conditions.every((lists) => lists.some((list) => places.has(list)))) return undefined
  let common: Bits | undefined
  for (const lists of conditions) {
    const either = noBits()
    for (const list of lists) addTo(either, places.get(list) ?? "")
    if (common) keepCommon(common, either)
    else common = either
  }
  return common
}
