/** People with their seats, and assignments, from rows. What takes a statement of its own is read once for all of them. */
import type { AssignmentRow } from "../../../projections/assignments/queries"
import type { SeatRow, SourceRow } from "../../../projections/seats/queries"
import type { GraphQLContext } from "./context"
import { groupOf, userOf } from "./present"
import { asksBelow, type Selected } from "./selection"
import { Assignment } from "./types/assignment"
import type { Group } from "./types/group"
import type { License } from "./types/license"
import { LicensedUser, Source } from "./types/licensed-user"

/** Which parts of a licensed user a client asked for. */
export interface Details {
  readonly sources: boolean
  readonly places: boolean
}
export function detailsOf(info: Selected): Details {
  return { sources: asksBelow(info, "sources"), places: asksBelow(info, "waitlistPosition") }
}

export interface Held {
  readonly license: License
  readonly row: SeatRow
}

/** In the order given. Usually all of one license, or all of one person. */
export async function licensedUsersOf(context: GraphQLContext, held: readonly Held[], details: Details): Promise<LicensedUser[]> {
  const byLicense = new Map<License, SeatRow[]>()
  for (const { license, row } of held) {
    const rows = byLicense.get(license)
    if (rows) rows.push(row)
    else byLicense.set(license, [row])
  }
  const groups = [...byLicense]
  const [sources, places] = await Promise.all([
    details.sources ? Promise.all(groups.map(([license, rows]) => sourcesOf(context, license, rows))) : [],
    details.places ? Promise.all(groups.map(([license, rows]) => placesOf(context, license, rows))) : [],
  ])
  const extras = new Map(groups.map(([license], i) => [license, { sources: sources[i], places: places[i] }]))
  return held.map(({ license, row }) => {
    const known = extras.get(license)
    const person = new LicensedUser()
    person.license = license
    person.user = userOf(row.user_id, row, license.at)
    person.state = row.state
    person.sources = known?.sources?.get(row.user_id) ?? []
    person.entitledSince = row.opened_at
    person.seatedSince = row.state === "SEATED" ? row.from_at : null
    person.waitlistPosition = known?.places?.get(row.user_id) ?? null
    return person
  })
}

async function sourcesOf(context: GraphQLContext, license: License, rows: readonly SeatRow[]): Promise<ReadonlyMap<string, Source[]>> {
  const userIds = rows.map((row) => row.user_id)
  const found = await context.loaders.sources.load({ moment: license.at, licenseId: license.id, userIds })
  const byUser = new Map<string, Source[]>()
  const groups = new Map<string, Group>()
  for (const row of found) {
    const sources = byUser.get(row.user_id)
    const source = sourceOf(license, row, groups)
    if (sources) sources.push(source)
    else byUser.set(row.user_id, [source])
  }
  return byUser
}

function sourceOf(license: License, { group_id, group_name, since }: SourceRow, groups: Map<string, Group>): Source {
  const source = new Source()
  source.type = group_id === null ? "DIRECT" : "GROUP"
  source.since = since
  source.group = null
  if (group_id !== null) {
    source.group = groups.get(group_id) ?? groupOf(group_id, group_name, license.at)
    groups.set(group_id, source.group)
  }
  return source
}

async function placesOf(context: GraphQLContext, license: License, rows: readonly SeatRow[]): Promise<ReadonlyMap<string, number>> {
  const waiting = rows
    .filter((row) => row.state === "WAITLISTED")
    .sort((a, b) => a.opened_revision - b.opened_revision || a.opened_ordinal - b.opened_ordinal)
  if (waiting.length === 0) return new Map()
  const places = await context.loaders.waitlistPlaces.load({
    moment: license.at,
    licenseId: license.id,
    keys: waiting.map((row) => [row.opened_revision, row.opened_ordinal]),
    waitlisted: license.seats.waitlisted,
  })
  return new Map(waiting.map((row, i) => [row.user_id, places[i] ?? 0]))
}

export function assignmentOf(context: GraphQLContext, license: License, row: AssignmentRow): Assignment {
  const assignment = new Assignment()
  assignment.at = license.at
  assignment.license = license
  assignment.principal =
    row.principal_type === "USER" ? userOf(row.principal_id, row, license.at) : groupOf(row.principal_id, row.display_name, license.at)
  assignment.assignedAt = row.from_at
  assignment.assigned = { revision: row.from_revision, type: row.actor_type, id: row.actor_id }
  const { organizationId } = license.at
  assignment.reason = row.reason === null ? null : (context.vault.openText(organizationId, row.reason) ?? null)
  return assignment
}
