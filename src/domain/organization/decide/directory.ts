/** People and groups (rules 26–33). Names are sealed before they come here; the vault keeps them unique. */
import { type Circumstances, MAX_MEMBERS, type OrganizationCommands } from "../../commands"
import { accept, type Decision, refuse } from "../../decision"
import type { OrganizationEventDraft, OrganizationEvents } from "../../events"
import type { GroupId, UserId } from "../../ids"
import { checkName, firstProblem, refuseInvalid, tooMany } from "../../input"
import type { Refusal } from "../../refusals"
import type { Group, OrganizationState, User } from "../state"
import { staleView } from "./license"

type OrganizationDecision = Decision<OrganizationEventDraft>

export function provisionUser(
  org: OrganizationState,
  { userId, profile, active }: OrganizationCommands["ProvisionUser"],
): OrganizationDecision {
  if (org.users.has(userId)) return refuse({ code: "ALREADY_EXISTS", field: "userId" })
  return accept([{ type: "UserProvisioned", data: { userId, profile, active } }])
}

/** Rule 29: no effect on licenses. */
export function changeProfile(
  org: OrganizationState,
  command: OrganizationCommands["ChangeUserProfile"],
  circumstances: Circumstances,
): OrganizationDecision {
  const user = knownUser(org, command.userId, circumstances)
  if ("reject" in user) return user
  return accept([{ type: "UserProfileChanged", data: { userId: user.id, profile: command.profile } }])
}

/** Rule 26: inactive people take no seat, their sources and memberships stay dormant. */
export function setActive(
  org: OrganizationState,
  command: OrganizationCommands["SetUserActive"],
  circumstances: Circumstances,
): OrganizationDecision {
  const user = knownUser(org, command.userId, circumstances)
  if ("reject" in user) return user
  if (user.active === command.active) return accept([])
  return accept([{ type: command.active ? "UserReactivated" : "UserDeactivated", data: { userId: user.id } }])
}

/** Rule 27. */
export function deleteUser(
  org: OrganizationState,
  command: OrganizationCommands["DeleteUser"],
  circumstances: Circumstances,
): OrganizationDecision {
  const user = knownUser(org, command.userId, circumstances)
  if ("reject" in user) return user
  return accept([{ type: "UserDeleted", data: { userId: user.id } }])
}

/** Texts named by one event: an append of many events is one of many small ones. */
const MOST_TEXTS = 1_000

/**
 * Rule 28. Who is still in the directory is deleted first (rule 27): a person without a name who holds a seat would help
 * nobody. Of who was erased before, only what was found since is.
 */
export function eraseUser(
  org: OrganizationState,
  { userId: id, reason, actors, texts }: OrganizationCommands["EraseUser"],
  circumstances: Circumstances,
): OrganizationDecision {
  const user = org.users.has(id) ? knownUser(org, id, circumstances) : undefined
  if (user && "reject" in user) return user
  if (!user && !org.deletedUsers.has(id)) return refuse({ code: "NOT_FOUND", field: "userId", id })
  if (!user && org.erasedUsers.has(id) && actors.length + texts.length === 0) return accept([])

  const userId = id as UserId // somebody of this id is or was in the directory
  const events: OrganizationEventDraft[] = user ? [{ type: "UserDeleted", data: { userId } }] : []
  const first = {
    userId,
    ...(reason === undefined ? {} : { reason }),
    ...(actors.length > 0 ? { actors } : {}),
    ...(texts.length > 0 ? { texts: texts.slice(0, MOST_TEXTS) } : {}),
  }
  events.push({ type: "UserErased", data: first })
  for (let from = MOST_TEXTS; from < texts.length; from += MOST_TEXTS) {
    events.push({ type: "UserErased", data: { userId, texts: texts.slice(from, from + MOST_TEXTS) } })
  }
  return accept(events)
}

export function provisionGroup(org: OrganizationState, command: OrganizationCommands["ProvisionGroup"]): OrganizationDecision {
  const { groupId, displayName, externalId } = command
  const memberIds = [...new Set(command.memberIds)]
  const problem = refuseInvalid(
    firstProblem(
      checkName("displayName", displayName),
      externalId === undefined ? undefined : checkName("externalId", externalId),
      checkCount("memberIds", memberIds.length),
    ),
  )
  if (problem) return problem
  if (org.groups.has(groupId)) return refuse({ code: "ALREADY_EXISTS", field: "groupId" })

  const { users, nested, skipped } = sortMembers(org, groupId, memberIds)
  const provisioned: OrganizationEvents["GroupProvisioned"] = {
    groupId,
    displayName,
    ...(externalId === undefined ? {} : { externalId }),
    ...(skipped.length > 0 ? { skipped } : {}),
  }
  const events: OrganizationEventDraft[] = [{ type: "GroupProvisioned", data: provisioned }]
  if (users.length > 0 || nested.length > 0) {
    const members = { groupId, added: users.map((user) => user.id), removed: [], ...(nested.length > 0 ? { nestedAdded: nested } : {}) }
    events.push({ type: "GroupMembersChanged", data: members })
  }
  return accept(events, skipped)
}

export function renameGroup(
  org: OrganizationState,
  command: OrganizationCommands["RenameGroup"],
  circumstances: Circumstances,
): OrganizationDecision {
  const problem = refuseInvalid(checkName("displayName", command.displayName))
  if (problem) return problem
  const group = knownGroup(org, command.groupId, circumstances)
  if ("reject" in group) return group
  if (group.displayName === command.displayName) return accept([])
  return accept([{ type: "GroupRenamed", data: { groupId: group.id, displayName: command.displayName } }])
}

/** Rule 30: one event with the net difference, removals first, then additions in request order. */
export function changeMembers(
  org: OrganizationState,
  command: OrganizationCommands["ChangeGroupMembers"],
  circumstances: Circumstances,
): OrganizationDecision {
  const problem = refuseInvalid(checkCount("add", command.add.length + command.remove.length))
  if (problem) return problem
  const group = knownGroup(org, command.groupId, circumstances)
  if ("reject" in group) return group
  const adding = new Set(command.add)
  const removing = new Set(command.remove)
  return netChange(
    org,
    group,
    [...adding].filter((id) => !removing.has(id)),
    [...removing].filter((id) => !adding.has(id)),
  )
}

/** Rule 30: a full replacement is diffed first, so that members who stay keep seat and place. */
export function replaceMembers(
  org: OrganizationState,
  command: OrganizationCommands["ReplaceGroupMembers"],
  circumstances: Circumstances,
): OrganizationDecision {
  const group = knownGroup(org, command.groupId, circumstances)
  if ("reject" in group) return group
  const wanted = new Set(command.memberIds)
  const present = [...[...group.members].map((user) => user.id), ...group.nested]
  const removing = present.filter((id) => !wanted.has(id))
  const had = new Set<string>(present)
  const adding = [...wanted].filter((id) => !had.has(id))
  const problem = refuseInvalid(checkCount("memberIds", adding.length + removing.length))
  return problem ?? netChange(org, group, adding, removing)
}

/** Rule 32: an admin must confirm when licenses are assigned to the group; an identity provider always does. */
export function deleteGroup(
  org: OrganizationState,
  command: OrganizationCommands["DeleteGroup"],
  circumstances: Circumstances,
): OrganizationDecision {
  const group = knownGroup(org, command.groupId, circumstances)
  if ("reject" in group) return group
  if (group.licenses.length > 0 && !command.confirm) {
    return refuse({ code: "GROUP_HAS_ASSIGNMENTS", groupId: group.id, licenseIds: group.licenses.map((license) => license.id) })
  }
  return accept([{ type: "GroupDeleted", data: { groupId: group.id } }])
}

function netChange(org: OrganizationState, group: Group, adding: readonly string[], removing: readonly string[]): OrganizationDecision {
  const joining = sortMembers(org, group.id, adding)
  const leaving = sortMembers(org, group.id, removing)
  const added = joining.users.filter((user) => !group.members.has(user)).map((user) => user.id)
  const removed = leaving.users.filter((user) => group.members.has(user)).map((user) => user.id)
  const nestedAdded = joining.nested.filter((id) => !group.nested.has(id))
  const nestedRemoved = leaving.nested.filter((id) => group.nested.has(id))
  const skipped = [...joining.skipped, ...leaving.skipped]
  if (added.length + removed.length + nestedAdded.length + nestedRemoved.length === 0) return accept([], skipped)
  const change: OrganizationEvents["GroupMembersChanged"] = {
    groupId: group.id,
    added,
    removed,
    ...(nestedAdded.length > 0 ? { nestedAdded } : {}),
    ...(nestedRemoved.length > 0 ? { nestedRemoved } : {}),
    ...(skipped.length > 0 ? { skipped } : {}),
  }
  return accept([{ type: "GroupMembersChanged", data: change }], skipped)
}

/** Users, nested groups (rule 31: stored, not expanded), and ids that are neither; a group is no member of itself. */
function sortMembers(
  org: OrganizationState,
  groupId: GroupId,
  ids: readonly string[],
): { users: User[]; nested: GroupId[]; skipped: string[] } {
  const sorted = { users: [] as User[], nested: [] as GroupId[], skipped: [] as string[] }
  for (const id of ids) {
    const user = org.users.get(id)
    const group = org.groups.get(id)
    if (user) sorted.users.push(user)
    else if (group && group.id !== groupId) sorted.nested.push(group.id)
    else sorted.skipped.push(id)
  }
  return sorted
}

function checkCount(field: string, given: number): Refusal | undefined {
  return given > MAX_MEMBERS ? tooMany(field, given) : undefined
}

function knownUser(org: OrganizationState, id: string, { expectedRevision }: Circumstances): User | { reject: Refusal } {
  const user = org.users.get(id as UserId)
  if (!user) return refuse({ code: "NOT_FOUND", field: "userId", id })
  return staleView(user.changedAt, expectedRevision) ?? user
}

function knownGroup(org: OrganizationState, id: string, { expectedRevision }: Circumstances): Group | { reject: Refusal } {
  const group = org.groups.get(id)
  if (!group) return refuse({ code: "NOT_FOUND", field: "groupId", id })
  return staleView(group.changedAt, expectedRevision) ?? group
}
