/** Undo: the assignments of a license as they once were, by further events; what happened since stays in the history. */
import { type Circumstances, MAX_RESTORED, type OrganizationCommands } from "../../commands"
import { accept, type Decision, refuse } from "../../decision"
import type { OrganizationEventDraft, OrganizationEvents } from "../../events"
import type { PrincipalId } from "../../ids"
import type { Group, License, OrganizationState, User } from "../state"
import { assigned, unassigned, usableLicense } from "./license"

/**
 * Whoever finds no seat waits: it is the intent that comes back (rules 4 and 10), and who moved up since keeps the seat.
 * Whoever cannot be assigned any more is passed over.
 */
export function restore(
  org: OrganizationState,
  command: OrganizationCommands["RestoreAssignments"],
  { expectedRevision }: Circumstances,
): Decision<OrganizationEventDraft> {
  const license = usableLicense(org, command.licenseId, expectedRevision)
  if ("reject" in license) return license
  const { asOfRevision, reason } = command
  const { joining, leaving, skipped } = differences(org, license, command)
  const changes = sizeOf(joining) + sizeOf(leaving)
  if (changes > MAX_RESTORED) return refuse({ code: "TOO_MANY_PRINCIPALS", given: changes, limit: MAX_RESTORED })
  if (changes === 0) return accept([], skipped)

  const named = skipped.slice(0, MAX_RESTORED) // an append stays small, however many are gone
  const restored: OrganizationEvents["AssignmentsRestored"] = {
    licenseId: license.id,
    asOfRevision,
    assigned: sizeOf(joining),
    unassigned: sizeOf(leaving),
    ...(named.length > 0 ? { skipped: named } : {}),
    ...(named.length < skipped.length ? { skippedCount: skipped.length } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
  const restores = { restores: asOfRevision }
  const groupsAfter = new Set([...license.groups, ...joining.groups].filter((group) => !leaving.groups.includes(group)))
  const stillEntitling = (user: User) => user.groups.filter((group) => groupsAfter.has(group))
  return accept(
    [
      { type: "AssignmentsRestored", data: restored },
      // First what is given: who has the license for another reason then keeps seat and place (rule 8).
      ...joining.users.map((user) => assigned(license, { type: "USER", id: user.id }, [user], restores)),
      ...joining.groups.map((group) => assigned(license, { type: "GROUP", id: group.id }, group.members, restores)),
      ...leaving.users.map((user) => unassigned(license, { type: "USER", id: user.id }, stillEntitling(user), restores)),
      ...leaving.groups.map((group) => unassigned(license, { type: "GROUP", id: group.id }, [], restores)),
    ],
    skipped,
  )
}

interface Principals {
  readonly users: readonly User[]
  readonly groups: readonly Group[]
}

function sizeOf({ users, groups }: Principals): number {
  return users.length + groups.length
}

interface Differences {
  readonly joining: Principals
  readonly leaving: Principals
  readonly skipped: readonly PrincipalId[]
}

function differences(
  org: OrganizationState,
  license: License,
  { principalIds, only }: OrganizationCommands["RestoreAssignments"],
): Differences {
  const chosen = only && new Set(only)
  const isChosen = (id: string) => chosen === undefined || chosen.has(id)
  const joining = { users: [] as User[], groups: [] as Group[] }
  const skipped: PrincipalId[] = []
  for (const id of principalIds.filter(isChosen)) {
    const user = org.users.get(id)
    const group = org.groups.get(id)
    if (user ? license.users.has(user) : group && license.groups.has(group)) continue
    if (user?.active) joining.users.push(user)
    else if (group) joining.groups.push(group)
    else skipped.push(id)
  }
  const then = new Set<string>(principalIds)
  const cameSince = ({ id }: User | Group) => !then.has(id) && isChosen(id)
  const leaving = { users: [...license.users].filter(cameSince), groups: [...license.groups].filter(cameSince) }
  return { joining, leaving, skipped }
}
