/** People with their seats, and assignments, from rows. What takes a statement of its own is read once for all of them. */
import type { AssignmentRow } from "../../../projections/assignments/queries"
import type { Moment } from "../../../projections/catalog/moment"
import type { SeatParts, SeatRow } from "../../../projections/seats/queries"
import type { Keys } from "../../vault/vault"
import { seatSources } from "../seat-sources"
import type { GraphQLContext } from "./context"
import type { Key } from "./loaders"
import { groupOf, userOf } from "./present"
import { asksBelow, type Selected } from "./selection"
import { Assignment } from "./types/assignment"
import type { Group } from "./types/group"
import type { License } from "./types/license"
import { LicensedUser, Source } from "./types/licensed-user"

/** Which parts of a licensed user a client asked for. */
export interface Details {
  readonly parts: SeatParts
  readonly places: boolean
}

/** What is asked for at any depth: now and then too much, never too little. */
export function detailsOf(info: Selected): Details {
  const asks = (...names: readonly string[]) => names.some((name) => asksBelow(info, name))
  return {
    parts: {
      name: asks("displayName", "userName", "mail"),
      account: asks("active", "externalId"),
      claim: asks("entitledSince", "seatedSince", "waitlistPosition"),
      sources: asks("sources"),
      since: asks("since"),
    },
    places: asks("waitlistPosition"),
  }
}

export interface Held {
  readonly license: License
  readonly row: SeatRow
}

/** In the order given. Usually all of one license, or all of one person. */
export async function licensedUsersOf(context: GraphQLContext, held: readonly Held[], details: Details): Promise<LicensedUser[]> {
  const [sources, places] = await Promise.all([
    details.parts.sources ? sourcesOf(context, held) : undefined,
    details.places ? placesOf(context, held) : undefined,
  ])
  return held.map(({ license, row }, i) => {
    const person = new LicensedUser()
    person.license = license
    person.user = userOf(row.user_id, row, license.at)
    person.state = row.state
    person.sources = sources?.[i] ?? []
    person.entitledSince = row.opened_at ?? 0
    person.seatedSince = row.state === "SEATED" ? (row.from_at ?? 0) : null
    person.waitlistPosition = places?.get(row) ?? null
    return person
  })
}

/** Oldest first; each group that entitles somebody is read once. */
async function sourcesOf(context: GraphQLContext, held: readonly Held[]): Promise<Source[][]> {
  const keys = new Map<string, Key>()
  const found = held.map(({ license, row }) => {
    const parts = seatSources(row)
    for (const { groupId } of parts) {
      // People of one answer are of one moment.
      if (groupId !== null && !keys.has(groupId)) keys.set(groupId, { id: groupId, moment: license.at })
    }
    return parts
  })
  const groups = new Map<string, Group>()
  const load = async (key: Key) => {
    const group = await context.loaders.group.load(key)
    if (group) groups.set(key.id, group)
  }
  await Promise.all(Array.from(keys.values(), load))
  return found.map((parts) => parts.map(({ groupId, since }) => sourceOf(groupId, since, groups)))
}

function sourceOf(groupId: string | null, since: number, groups: ReadonlyMap<string, Group>): Source {
  const source = new Source()
  source.type = groupId === null ? "DIRECT" : "GROUP"
  source.group = groupId === null ? null : (groups.get(groupId) ?? null)
  source.since = since
  return source
}

/** The places of those who wait, license by license. */
async function placesOf(context: GraphQLContext, held: readonly Held[]): Promise<ReadonlyMap<SeatRow, number>> {
  const waiting = new Map<License, { readonly row: SeatRow; readonly key: readonly [number, number] }[]>()
  for (const { license, row } of held) {
    if (row.state !== "WAITLISTED") continue
    const claim = { row, key: [row.opened_revision ?? 0, row.opened_ordinal ?? 0] as const }
    const others = waiting.get(license)
    if (others) others.push(claim)
    else waiting.set(license, [claim])
  }
  const found = new Map<SeatRow, number>()
  await Promise.all(
    Array.from(waiting, async ([license, claims]) => {
      claims.sort(({ key: a }, { key: b }) => a[0] - b[0] || a[1] - b[1])
      const places = await context.loaders.waitlistPlaces.load({
        moment: license.at,
        licenseId: license.id,
        keys: claims.map(({ key }) => key),
        waitlisted: license.seats.waitlisted,
      })
      claims.forEach(({ row }, i) => {
        found.set(row, places[i] ?? 0)
      })
    }),
  )
  return found
}

/** Of all rows that are shown together. */
export function keysOfReasons({ loaders }: GraphQLContext, { organizationId }: Moment, rows: readonly AssignmentRow[]): Promise<Keys> {
  return loaders.keys.load(rows.flatMap(({ reason }) => (reason === null ? [] : [{ organizationId, text: reason }])))
}

export function assignmentOf(keys: Keys, license: License, row: AssignmentRow): Assignment {
  const assignment = new Assignment()
  assignment.at = license.at
  assignment.license = license
  assignment.principal =
    row.principal_type === "USER" ? userOf(row.principal_id, row, license.at) : groupOf(row.principal_id, row.display_name, license.at)
  assignment.assignedAt = row.from_at
  assignment.assigned = { revision: row.from_revision, type: row.actor_type, id: row.actor_id }
  const { organizationId } = license.at
  assignment.reason = row.reason === null ? null : (keys.openText(organizationId, row.reason) ?? null)
  return assignment
}
