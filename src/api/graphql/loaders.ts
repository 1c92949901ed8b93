/** Batches what a list of objects asks for one by one, and remembers it for one request. */
import DataLoader from "dataloader"
import { type Moment, momentsNow } from "../../../projections/catalog/moment"
import { groupsByKey, userOfSubject, usersByKey } from "../../../projections/directory/queries"
import { licensesByKey } from "../../../projections/licenses/queries"
import type { ReadStore } from "../../readstore/read-store"
import { groupOf, licenseOf, userOf } from "./present"
import type { Group } from "./types/group"
import type { License } from "./types/license"
import type { User } from "./types/user"

/** An object at a moment. */
export interface Key {
  readonly id: string
  readonly moment: Moment
}

export interface Loaders {
  readonly license: DataLoader<Key, License | undefined, string>
  readonly user: DataLoader<Key, User | undefined, string>
  readonly group: DataLoader<Key, Group | undefined, string>
  /** Never remembered: after a mutation there is a new "now". */
  readonly now: DataLoader<string, Moment>
  /** The "now" of a query, which is the same in all of one response. */
  readonly requestNow: DataLoader<string, Moment>
  /** Who in the directory the subject of a token is. */
  readonly userOfSubject: DataLoader<{ readonly organizationId: string; readonly subject: string }, string | undefined, string>
}

export function loadersFor(store: ReadStore): Loaders {
  return {
    license: byKey(async (keys) => {
      const rows = await licensesByKey(store, keys)
      return rows.map((row, i) => row && licenseOf(row, momentOf(keys, i)))
    }),
    user: byKey(async (keys) => {
      const rows = await usersByKey(store, keys)
      return rows.map((row, i) => row && userOf(row.user_id, row, momentOf(keys, i)))
    }),
    group: byKey(async (keys) => {
      const rows = await groupsByKey(store, keys)
      return rows.map((row, i) => row && groupOf(row.group_id, row.display_name, momentOf(keys, i), row))
    }),
    now: new DataLoader((ids) => momentsNow(store, [...new Set(ids)]).then((moments) => inOrder(ids, moments)), { cache: false }),
    requestNow: new DataLoader((ids) => momentsNow(store, ids)),
    userOfSubject: new DataLoader(
      (keys) => Promise.all(keys.map(({ organizationId, subject }) => userOfSubject(store, organizationId, subject))),
      { cacheKeyFn: ({ organizationId, subject }) => `${organizationId} ${subject}` },
    ),
  }
}

function byKey<Value>(batch: (keys: readonly Key[]) => Promise<(Value | undefined)[]>): DataLoader<Key, Value | undefined, string> {
  return new DataLoader(batch, { cacheKeyFn: ({ id, moment }) => `${id}@${moment.organizationId}@${moment.revision}` })
}

function momentOf(keys: readonly Key[], i: number): Moment {
  return (keys[i] as Key).moment // rows stand in the order of the keys
}

function inOrder(ids: readonly string[], moments: readonly Moment[]): Moment[] {
  const byId = new Map(moments.map((moment) => [moment.organizationId, moment]))
  return ids.map((id) => byId.get(id) as Moment) // `momentsNow` answers each id
}
