/**
 * The organization: the one consistency boundary of everything that decides about seats (DESIGN §3).
 * `decide` reads, `evolve` changes, `settle` draws the consequences.
 */
import type { Circumstances, OrganizationCommand } from "../commands"
import { accept, type Decision, refuse } from "../decision"
import type { OrganizationEventDraft } from "../events"
import type { LicenseId } from "../ids"
import { checkName, invalid, refuseInvalid } from "../input"
import { decideWebhook } from "../webhooks"
import * as directory from "./decide/directory"
import * as license from "./decide/license"
import { restore } from "./decide/restore"
import { movedOn } from "./moved-on"
import { remainingEffects } from "./settle"
import type { Group, OrganizationState } from "./state"

export { evolve } from "./evolve"
export { type Consequence, isUnsettled, settle } from "./settle"
export { newOrganization, type OrganizationState } from "./state"

/** The events that carry a command out, or why not. Reads the state and nothing else; consequences for seats come from `settle`. */
export function decide(
  org: OrganizationState,
  command: OrganizationCommand,
  circumstances: Circumstances,
): Decision<OrganizationEventDraft> {
  const decision = decided(org, command, circumstances)
  if ("reject" in decision || !circumstances.simulated) return decision
  const { expectedRevision } = circumstances
  if (expectedRevision === undefined) return refuse(invalid("simulated", "needs expectedRevision: that of the simulation"))
  return movedOn(org, command, expectedRevision) ?? decision
}

function decided(org: OrganizationState, command: OrganizationCommand, circumstances: Circumstances): Decision<OrganizationEventDraft> {
  if (command.type === "CreateOrganization") return create(org, command)
  if (!org.created) return refuse({ code: "NOT_FOUND", field: "organizationId", id: "" })
  if (command.type === "ContinueSettlement") return accept([])
  // A person's right to be forgotten does not end with the contract.
  if (command.type === "EraseUser") return directory.eraseUser(org, command, circumstances)
  if (org.closed) return command.type === "CloseOrganization" ? accept([]) : refuse({ code: "ORGANIZATION_CLOSED" })

  switch (command.type) {
    case "CloseOrganization":
      return accept([
        {
          type: "OrganizationClosed",
          data: { organizationId: command.organizationId, ...(command.reason === undefined ? {} : { reason: command.reason }) },
        },
      ])
    case "RegisterLicense":
      return license.register(org, command)
    case "ChangeVendorSeats":
      return license.changeSeats(org, command, circumstances)
    case "ChangeLicenseStatus":
      return license.changeStatus(org, command, circumstances)
    case "ChangeLicensePlan":
      return license.changePlan(org, command, circumstances)
    case "AssignLicenses":
      return license.assign(org, command, circumstances)
    case "UnassignLicenses":
      return license.unassign(org, command, circumstances)
    case "TransferSeat":
      return license.transfer(org, command, circumstances)
    case "RestoreAssignments":
      return restore(org, command, circumstances)
    case "RecordInstallVisit":
      return license.recordInstallVisit(org, command, circumstances)
    case "SignAccessReview":
      return license.signAccessReview(org, command, circumstances)
    case "ExpireGrace":
      return license.expireGrace(org, command, circumstances)
    case "ProvisionUser":
      return directory.provisionUser(org, command)
    case "ChangeUserProfile":
      return directory.changeProfile(org, command, circumstances)
    case "SetUserActive":
      return directory.setActive(org, command, circumstances)
    case "DeleteUser":
      return directory.deleteUser(org, command, circumstances)
    case "ProvisionGroup":
      return directory.provisionGroup(org, command)
    case "RenameGroup":
      return directory.renameGroup(org, command, circumstances)
    case "ChangeGroupMembers":
      return directory.changeMembers(org, command, circumstances)
    case "ReplaceGroupMembers":
      return directory.replaceMembers(org, command, circumstances)
    case "DeleteGroup":
      return directory.deleteGroup(org, command, circumstances)
    case "AddWebhook":
    case "ChangeWebhook":
    case "RemoveWebhook":
    case "DisableWebhook":
    case "EnableWebhook":
    case "RotateWebhookSecret":
    case "SkipWebhookMessage":
    case "ReplayDeadLetters":
      return decideWebhook(org.webhooks, command, circumstances.now)
    default:
      return command satisfies never
  }
}

function create(
  org: OrganizationState,
  { organizationId, name }: Extract<OrganizationCommand, { type: "CreateOrganization" }>,
): Decision<OrganizationEventDraft> {
  const problem = refuseInvalid(checkName("name", name))
  if (problem) return problem
  if (org.created) return refuse({ code: "ALREADY_EXISTS", field: "organizationId" })
  return accept([{ type: "OrganizationCreated", data: { organizationId, name } }])
}

/** How many users an event names: an append holds at most 1,000 (rule 39). */
export function touchedUsers(draft: OrganizationEventDraft): number {
  switch (draft.type) {
    case "SeatsGranted":
    case "SeatsWaitlisted":
    case "SeatsReleased":
    case "SeatsRevoked":
      return draft.data.claims.length
    case "GroupMembersChanged":
      return draft.data.added.length + draft.data.removed.length
    case "LicenseAssigned":
    case "LicenseUnassigned":
      return draft.data.principal.type === "USER" ? 1 : 0
    case "UserProvisioned":
    case "UserProfileChanged":
    case "UserDeactivated":
    case "UserReactivated":
    case "UserDeleted":
    case "UserErased":
      return 1
    default:
      return 0
  }
}

/** An upper bound of the users that a command and its consequences can touch: tells whether it still fits in an append. */
export function effectBound(org: OrganizationState, command: OrganizationCommand): number {
  const licenseOf = (id: string) => org.licenses.get(id)
  const sizeOf = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (org.groups.get(id)?.members.size ?? 1), 0)
  // Whoever leaves frees a seat that somebody else is promoted to: hence the twos.
  const perLicense = (group: Group | undefined) => 1 + 2 * (group?.licenses.length ?? 0)

  switch (command.type) {
    case "AssignLicenses":
      return 2 * sizeOf(command.principalIds)
    case "UnassignLicenses":
      return 3 * sizeOf(command.principalIds)
    case "TransferSeat":
      return 4
    case "RestoreAssignments":
      return 3 * (sizeOf(command.principalIds) + (licenseOf(command.licenseId)?.claims.size ?? 0))
    case "ChangeVendorSeats":
      return licenseOf(command.licenseId)?.waiting ?? 0
    case "ChangeLicenseStatus": {
      const target = licenseOf(command.licenseId)
      return command.status === "CANCELLED" ? (target?.claims.size ?? 0) : (target?.waiting ?? 0)
    }
    case "ExpireGrace":
      return licenseOf(command.licenseId)?.seated ?? 0
    case "SetUserActive":
    case "DeleteUser":
    case "EraseUser": {
      const user = org.users.get(command.userId)
      const licenses = user ? user.direct.length + user.groups.reduce((sum, group) => sum + group.licenses.length, 0) : 0
      return 1 + 2 * licenses
    }
    case "ProvisionGroup":
      return command.memberIds.length
    case "ChangeGroupMembers":
      return (command.add.length + command.remove.length) * perLicense(org.groups.get(command.groupId))
    case "ReplaceGroupMembers": {
      const group = org.groups.get(command.groupId)
      return (command.memberIds.length + (group?.members.size ?? 0)) * perLicense(group)
    }
    case "DeleteGroup": {
      const group = org.groups.get(command.groupId)
      return (group?.members.size ?? 0) * perLicense(group)
    }
    case "ContinueSettlement": {
      let remaining = 0
      for (const unsettled of org.unsettled) remaining += remainingEffects(unsettled)
      return remaining
    }
    default:
      return 1
  }
}

/** The grace periods that run: when each passes, `ExpireGrace` makes it an event (rule 34). ISO 8601, UTC. */
export function graceDeadlines(org: OrganizationState): readonly { readonly licenseId: LicenseId; readonly deadline: string }[] {
  const deadlines = []
  for (const { id, overassigned, graceExpired, graceEndsAt } of org.licenses.values()) {
    if (overassigned && !graceExpired && graceEndsAt !== undefined)
      deadlines.push({ licenseId: id, deadline: new Date(graceEndsAt).toISOString() })
  }
  return deadlines
}
