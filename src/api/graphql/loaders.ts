/** Batches what a list of objects asks for one by one, and remembers it for one request. */
import DataLoader from "dataloader"
import * as assignments from "../../../projections/assignments/queries"
import { type Moment, momentsNow } from "../../../projections/catalog/moment"
import * as directory from "../../../projections/directory/queries"
import { historyEntries } from "../../../projections/history/queries"
import { licensesByKey } from "../../../projections/licenses/queries"
import * as seats from "../../../projections/seats/queries"
import type { ReadStore } from "../../readstore/read-store"
import type { Keys, Wanted } from "../../vault/vault"
import type { Services } from "../services"
import { entriesOf } from "./history"
import { type Acting, namesOf } from "./names"
import { groupOf, licenseOf, userOf } from "./present"
import type { Group } from "./types/group"
import type { HistoryEntry } from "./types/history"
import type { License } from "./types/license"
import type { User } from "./types/user"

/** An object at a moment. */
export interface Key {
  readonly id: string
  readonly moment: Moment
}

/** One assignment, and the license it is of. */
export interface AssignmentKey {
  readonly license: License
  readonly principal: { readonly type: "USER" | "GROUP"; readonly id: string }
}

const makers = {
  license: ({ readStore: store }: Services) =>
    byKey<License>(async (keys) => {
      const rows = await licensesByKey(store, keys)
      return rows.map((row, i) => row && licenseOf(row, momentAt(keys, i)))
    }),
  user: ({ readStore: store }: Services) =>
    byKey<User>(async (keys) => {
      const rows = await directory.usersByKey(store, keys)
      return rows.map((row, i) => row && userOf(row.user_id, row, momentAt(keys, i)))
    }),
  group: ({ readStore: store }: Services) =>
    byKey<Group>(async (keys) => {
      const rows = await directory.groupsByKey(store, keys)
      return rows.map((row, i) => row && groupOf(row.group_id, row.display_name, momentAt(keys, i), row.member_count))
    }),
  historyEntry: (services: Services) => historyLoader(services),

  /** Never remembered: after a mutation there is a new "now". */
  now: ({ readStore: store }: Services) => new DataLoader((ids: readonly string[]) => momentsOf(store, ids), { cache: false }),
  /** The "now" of a query, which is the same in all of one response. */
  requestNow: ({ readStore: store }: Services) => new DataLoader((ids: readonly string[]) => momentsOf(store, ids)),
  /** Who in the directory the subject of a token is. */
  userOfSubject: ({ readStore: store }: Services) =>
    new DataLoader(
      (keys: readonly { readonly organizationId: string; readonly subject: string }[]) =>
        Promise.all(keys.map(({ organizationId, subject }) => directory.userOfSubject(store, organizationId, subject))),
      { cacheKeyFn: ({ organizationId, subject }) => `${organizationId} ${subject}` },
    ),
  actorName: (services: Services) => new DataLoader<Acting, string>((keys) => actorNames(services, keys), { cache: false }),
  /** What is sealed of a list of objects is opened with one look at the vault. */
  keys: ({ vault }: Services) =>
    new DataLoader<readonly Wanted[], Keys>(
      async (wanted) => {
        const keys = await vault.load(wanted.flat())
        return wanted.map(() => keys)
      },
      { cache: false },
    ),
  progress: ({ readStore: store }: Services) =>
    new DataLoader<AssignmentKey, assignments.Progress>((keys) => progressOf(store, keys), { cache: false }),

  // The lists below objects, so that a list of lists costs what one list costs.
  seats: batched(seats.seatPages),
  seat: batched(seats.seatsByKey),
  seatCount: batched((store, listings: readonly Omit<seats.SeatListing, "after" | "limit">[]) =>
    Promise.all(listings.map((listing) => seats.countSeats(store, listing))),
  ),
  waitlistPlaces: batched(seats.waitlistPlaces),
  claims: batched(seats.claimPages),
  claimCount: batched(seats.countClaims),
  assignments: batched(assignments.assignmentPages),
  assignmentCount: batched(assignments.countAssignments),
  groupAssignments: batched(assignments.groupAssignmentPages),
  groupAssignmentCount: batched(assignments.countGroupAssignments),
  members: batched(directory.memberPages),
  memberCount: batched(directory.countMembers),
  groupsOfUser: batched(directory.groupPagesOfUsers),
  groupsOfUserCount: batched(directory.countGroupsOfUsers),
}

export type Loaders = { readonly [Name in keyof typeof makers]: ReturnType<(typeof makers)[Name]> }

/** Each is made when it is first asked for: a request uses three or four of them. */
export function loadersFor(services: Services): Loaders {
  return new LazyLoaders(services) as unknown as Loaders // the getters below
}

class LazyLoaders {
  constructor(readonly services: Services) {}
}
for (const [name, make] of Object.entries(makers)) {
  Object.defineProperty(LazyLoaders.prototype, name, {
    get(this: LazyLoaders) {
      const loader = make(this.services)
      Object.defineProperty(this, name, { value: loader })
      return loader
    },
  })
}

function byKey<Value>(batch: (keys: readonly Key[]) => Promise<(Value | undefined)[]>): DataLoader<Key, Value | undefined, string> {
  return new DataLoader(batch, { cacheKeyFn: ({ id, moment }) => `${id}@${moment.organizationId}@${moment.revision}@${moment.instant}` })
}

function momentAt(keys: readonly Key[], i: number): Moment {
  return (keys[i] as Key).moment // rows stand in the order of the keys
}

/** A query that answers a list of requests in their order; nothing is remembered, because no two requests are alike. */
function batched<Request, Answer>(
  query: (store: ReadStore, requests: readonly Request[]) => Promise<Answer[]>,
): (services: Services) => DataLoader<Request, Answer> {
  return ({ readStore }) => new DataLoader((requests: readonly Request[]) => query(readStore, requests), { cache: false })
}

async function momentsOf(store: ReadStore, organizationIds: readonly string[]): Promise<Moment[]> {
  const moments = await momentsNow(store, [...new Set(organizationIds)])
  const byId = new Map(moments.map((moment) => [moment.organizationId, moment]))
  return organizationIds.map((id) => byId.get(id) as Moment) // each id has one
}

type EntryKey = { readonly organizationId: string; readonly revision: number }

function historyLoader(services: Services): DataLoader<EntryKey, HistoryEntry | undefined, string> {
  const batch = async (keys: readonly EntryKey[]) => {
    const found = new Map<string, HistoryEntry>()
    for (const organizationId of new Set(keys.map((key) => key.organizationId))) {
      const revisions = keys.filter((key) => key.organizationId === organizationId).map((key) => key.revision)
      const rows = await historyEntries(services.readStore, organizationId, revisions)
      for (const entry of await entriesOf(services, organizationId, rows)) found.set(`${organizationId}@${entry.revision}`, entry)
    }
    return keys.map(({ organizationId, revision }) => found.get(`${organizationId}@${revision}`))
  }
  return new DataLoader(batch, { cacheKeyFn: ({ organizationId, revision }) => `${organizationId}@${revision}` })
}

async function actorNames(services: Services, keys: readonly Acting[]): Promise<string[]> {
  const answers = new Map<Acting, string>()
  for (const organizationId of new Set(keys.map((key) => key.organizationId))) {
    const acting = keys.filter((key) => key.organizationId === organizationId)
    const names = await namesOf(services, { organizationId, principalIds: [], acting })
    for (const key of acting) answers.set(key, names.actor(key) ?? key.id)
  }
  return keys.map((key) => answers.get(key) ?? key.id)
}

async function progressOf(store: ReadStore, keys: readonly AssignmentKey[]): Promise<assignments.Progress[]> {
  const requests = new Map<License, AssignmentKey["principal"][]>()
  for (const { license, principal } of keys) requests.set(license, [...(requests.get(license) ?? []), principal])
  const licenses = [...requests.keys()]
  const answers = await assignments.progressOf(
    store,
    licenses.map((license) => ({
      moment: license.at,
      licenseId: license.id,
      waitlisted: license.seats.waitlisted,
      remaining: license.remaining,
      principals: requests.get(license) ?? [],
    })),
  )
  return keys.map(({ license, principal }) => answers[licenses.indexOf(license)]?.get(principal.id) ?? { waiting: 0, unfinished: false })
}
