/**
 * Rule 35 for a command that was simulated: has anything that the simulation read moved on since? Whoever reads from the
 * command's own ids on, and finds every object on the way unchanged since that revision, goes the very same way as the
 * simulation did; so the present state tells what was read then. Not among it: further reasons of people who would only move
 * up, because they change neither seat nor place (rule 8).
 */
import type { OrganizationCommand } from "../commands"
import type { Refusal } from "../refusals"
import type { Group, License, OrganizationState, User } from "./state"

/** The refusal when something did. For commands that can be simulated; others are compared as without simulation. */
export function movedOn(
  org: OrganizationState,
  command: OrganizationCommand,
  expectedRevision: number,
): { readonly reject: Refusal } | undefined {
  let changedAtRevision = 0
  for (const revision of changesOfWhatIsRead(org, command)) if (revision > changedAtRevision) changedAtRevision = revision
  return changedAtRevision > expectedRevision ? { reject: { code: "STALE_VIEW", expectedRevision, changedAtRevision } } : undefined
}

/** When each object that deciding and settling the command reads was last changed in what they read of it. */
function* changesOfWhatIsRead(org: OrganizationState, command: OrganizationCommand): Generator<number> {
  switch (command.type) {
    case "AssignLicenses":
    case "UnassignLicenses":
      yield* ofLicense(org.licenses.get(command.licenseId))
      for (const id of command.principalIds) yield* ofPrincipal(org, id)
      return
    case "TransferSeat":
      yield* ofLicense(org.licenses.get(command.licenseId))
      for (const id of [command.fromUserId, command.toUserId]) yield* ofPrincipal(org, id)
      return
    case "RestoreAssignments": {
      const license = org.licenses.get(command.licenseId)
      yield* ofLicense(license)
      for (const id of command.principalIds) yield* ofPrincipal(org, id)
      for (const user of license?.users ?? []) yield* ofUser(user)
      for (const group of license?.groups ?? []) yield* ofGroup(group)
      return
    }
    case "ChangeVendorSeats":
    case "ChangeLicenseStatus":
      yield* ofLicense(org.licenses.get(command.licenseId))
      return
    case "SetUserActive":
    case "DeleteUser": {
      const user = org.users.get(command.userId)
      if (!user) return
      yield* ofUser(user)
      for (const license of user.direct) yield* ofLicense(license)
      for (const group of user.groups) yield* ofLicenses(group) // who else is a member of it is not read
      return
    }
    case "ChangeGroupMembers": {
      yield* ofChangedGroup(org.groups.get(command.groupId))
      for (const id of [...command.add, ...command.remove]) yield* ofPrincipal(org, id)
      return
    }
    case "ReplaceGroupMembers": {
      const group = org.groups.get(command.groupId)
      yield* ofChangedGroup(group)
      for (const id of command.memberIds) yield* ofPrincipal(org, id)
      for (const user of group?.members ?? []) yield* ofUser(user)
      return
    }
    case "DeleteGroup": {
      const group = org.groups.get(command.groupId)
      yield* ofChangedGroup(group)
      for (const user of group?.members ?? []) yield* ofUser(user)
      return
    }
    default:
      return
  }
}

function* ofLicense(license: License | undefined): Generator<number> {
  if (license) yield license.changedAt
}

/** Active or not, and how many sources: both decide what one source more or less means. */
function* ofUser(user: User): Generator<number> {
  yield user.sourcesChangedAt
}

/** As somebody to whom a license is given or from whom it is taken: the members, and what else entitles them. */
function* ofGroup(group: Group): Generator<number> {
  yield group.membersChangedAt
  for (const user of group.members) yield* ofUser(user)
}

function* ofLicenses(group: Group): Generator<number> {
  yield group.licensesChangedAt
  for (const license of group.licenses) yield* ofLicense(license)
}

function* ofChangedGroup(group: Group | undefined): Generator<number> {
  if (!group) return
  yield group.membersChangedAt
  yield* ofLicenses(group)
}

function* ofPrincipal(org: OrganizationState, id: string): Generator<number> {
  const user = org.users.get(id)
  const group = user ? undefined : org.groups.get(id)
  if (user) yield* ofUser(user)
  else if (group) yield* ofGroup(group)
  else yield org.deletedAt // of whom is not remembered: perhaps this one was still there for the simulation
}
