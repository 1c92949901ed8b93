/** What each operation asks of the organization's decider: ids minted, plain fields checked, personal data and free text sealed. */
import { MAX_MEMBERS, type OrganizationCommand } from "../domain/commands"
import type { Actor, Profile } from "../domain/events"
import {
  type GroupId,
  isId,
  type LicenseId,
  type OrganizationId,
  type PrincipalId,
  type ProductId,
  type ReviewId,
  type UserId,
  type VendorId,
} from "../domain/ids"
import { checkMail, checkName, checkText, checkWhole, firstProblem, invalid, tooMany } from "../domain/input"
import type { Refusal } from "../domain/refusals"
import type { Identity } from "../vault/vault"
import { newObjectId } from "./command-id"
import type { Traces } from "./erasure"
import type { CommandJob } from "./job"
import { isLongEnough, SHORTEST } from "./mentions"
import type { OrganizationOperation, OrganizationRequests } from "./requests"
import { askWebhook } from "./webhook-requests"

/** An operation together with its request. */
export type OrganizationRequest = {
  [O in OrganizationOperation]: { readonly operation: O; readonly request: OrganizationRequests[O] }
}[OrganizationOperation]

export interface OrganizationContext {
  readonly organizationId: OrganizationId
  readonly commandId: string
  readonly vendorId: VendorId | undefined
  readonly actorType: Actor["type"]
  /** Found in the vendor's stream, for the operations that need one. */
  /** Of eraseUser: what was found in the log. */
  readonly traces?: Pick<Traces, "actors" | "texts" | "names"> | undefined
  readonly product?: { readonly name: string; readonly installUrl?: string } | undefined
}

export type Asked<Command> = Pick<CommandJob<Command, never>, "command" | "seal" | "seals" | "names" | "passedOver">

/** Stands for a profile that is sealed only once the command is accepted. The decider does not look inside. */
const NOT_YET_SEALED = ""

export function askOrganization(asked: OrganizationRequest, context: OrganizationContext): Asked<OrganizationCommand> {
  const { organizationId, commandId } = context
  switch (asked.operation) {
    case "createOrganization":
      return plain({ type: "CreateOrganization", organizationId, name: asked.request.name })
    case "closeOrganization":
      return withReason({ type: "CloseOrganization", organizationId }, asked.request.reason)

    case "registerLicense": {
      const { productId, ...terms } = asked.request
      const vendorId = theVendor(context)
      if (!context.product) return refused({ code: "NOT_FOUND", field: "productId", id: productId })
      const licenseId = newObjectId("lic", commandId) as LicenseId // made for this prefix
      // The vendor lists a product of this id, so it is one.
      const product = { productId: productId as ProductId, productName: context.product.name }
      return plain({ type: "RegisterLicense", licenseId, vendorId, ...product, ...terms })
    }
    case "changeVendorSeats":
      return plain({ type: "ChangeVendorSeats", vendorId: theVendor(context), ...asked.request })
    case "changeLicenseStatus":
      return plain({ type: "ChangeLicenseStatus", vendorId: theVendor(context), ...asked.request })
    case "changeLicensePlan":
      return plain({ type: "ChangeLicensePlan", vendorId: theVendor(context), ...asked.request })

    case "assignLicenses": {
      const { reason, ...request } = asked.request
      return withReason({ type: "AssignLicenses", ...request }, reason)
    }
    case "unassignLicenses": {
      const { reason, ...request } = asked.request
      return withReason({ type: "UnassignLicenses", ...request }, reason)
    }
    case "transferSeat": {
      const { reason, ...request } = asked.request
      return withReason({ type: "TransferSeat", ...request }, reason)
    }
    case "signAccessReview": {
      const { statement, ...request } = asked.request
      const problem = firstProblem(
        checkText("statement", statement, MOST_OF_A_STATEMENT),
        checkWhole("revision", request.reviewedRevision, 1, Number.MAX_SAFE_INTEGER),
      )
      if (problem) return refused(problem)
      const command = { type: "SignAccessReview", reviewId: newObjectId("rev", commandId) as ReviewId, ...request } as const // made for this prefix
      if (statement === undefined || statement.trim() === "") return plain(command)
      return { command, seal: (sealer) => ({ ...command, statement: sealer.sealReason(statement) }), passedOver: [] }
    }
    case "restoreAssignments": {
      const { reason, principalIds: then, ...request } = asked.request
      const { ids } = principalIds(then)
      const command = { type: "RestoreAssignments", ...request, principalIds: ids as readonly PrincipalId[] } as const
      return withReason(command, reason)
    }
    case "recordInstallVisit":
      return plain({ type: "RecordInstallVisit", licenseId: asked.request.licenseId, installUrl: context.product?.installUrl ?? "" })

    case "createUser": {
      const { active, ...profile } = asked.request
      const problem = checkProfile(profile)
      if (problem) return refused(problem)
      const userId = newObjectId("usr", commandId) as UserId // made for this prefix
      return {
        command: { type: "ProvisionUser", userId, active, profile: NOT_YET_SEALED },
        seal: (sealer) => ({ type: "ProvisionUser", userId, active, profile: sealer.sealProfile(userId, profile) }),
        seals: { people: [userId] },
        names: { owner: userId, identities: userIdentities(profile) },
        passedOver: [],
      }
    }
    case "updateUser": {
      const { userId, ...changes } = asked.request
      const problem = checkProfile(changes) ?? (Object.values(changes).every(isUndefined) ? nothingToChange() : undefined)
      if (problem) return refused(problem)
      // Used as an id only after the decider has found the user.
      const owner = userId as UserId
      return {
        command: { type: "ChangeUserProfile", userId, profile: NOT_YET_SEALED },
        seal: (sealer) => ({ type: "ChangeUserProfile", userId, profile: sealer.sealProfile(owner, changes) }),
        seals: { people: [owner] },
        names: { owner, identities: userIdentities(changes) },
        passedOver: [],
      }
    }
    case "setUserActive":
      return plain({ type: "SetUserActive", ...asked.request })
    case "eraseUser":
      return askErasure(asked.request, context)
    case "deleteUser":
      return plain({ type: "DeleteUser", userId: asked.request.userId })

    case "createGroup": {
      const { memberIds, ...request } = asked.request
      if (memberIds.length > MAX_MEMBERS) return refused(tooMany("memberIds", memberIds.length))
      const groupId = newObjectId("grp", commandId) as GroupId // made for this prefix
      const { ids, others } = principalIds(memberIds)
      const { externalId } = request
      return {
        command: { type: "ProvisionGroup", groupId, ...request, memberIds: ids },
        ...(externalId === undefined
          ? {}
          : { names: { owner: groupId, identities: [{ kind: "groupExternalId", value: externalId } as const] } }),
        passedOver: others,
      }
    }
    case "renameGroup":
      return plain({ type: "RenameGroup", ...asked.request })
    case "changeGroupMembers": {
      const given = asked.request.add.length + asked.request.remove.length
      if (given > MAX_MEMBERS) return refused(tooMany("add", given))
      const add = principalIds(asked.request.add)
      const remove = principalIds(asked.request.remove)
      const { groupId } = asked.request
      return {
        command: { type: "ChangeGroupMembers", groupId, add: add.ids, remove: remove.ids },
        passedOver: [...add.others, ...remove.others],
      }
    }
    case "replaceGroupMembers": {
      const { ids, others } = principalIds(asked.request.memberIds)
      return { command: { type: "ReplaceGroupMembers", groupId: asked.request.groupId, memberIds: ids }, passedOver: others }
    }
    case "deleteGroup": {
      // Rule 32: an identity provider may delete a group that has assignments.
      const confirm = asked.request.confirm || context.actorType === "IDENTITY_PROVIDER"
      return plain({ type: "DeleteGroup", groupId: asked.request.groupId, confirm })
    }

    case "addWebhook":
    case "changeWebhook":
    case "removeWebhook":
    case "disableWebhook":
    case "enableWebhook":
    case "rotateWebhookSecret":
    case "skipWebhookMessage":
    case "replayDeadLetters":
      return askWebhook(asked, commandId)
    default:
      return asked satisfies never
  }
}

function plain(command: OrganizationCommand): Asked<OrganizationCommand> {
  return { command, passedOver: [] }
}

function refused(refusal: Refusal): Asked<OrganizationCommand> {
  return { command: { reject: refusal }, passedOver: [] }
}

type WithReason = Extract<
  OrganizationCommand,
  { type: "AssignLicenses" | "UnassignLicenses" | "TransferSeat" | "RestoreAssignments" | "CloseOrganization" }
>

/** A reason may name people, so it is sealed, under a key that can be destroyed when one of them is erased. */
function withReason(command: WithReason, reason: string | undefined): Asked<OrganizationCommand> {
  const problem = checkText("reason", reason)
  if (problem) return refused(problem)
  if (reason === undefined || reason.trim() === "") return plain(command)
  return { command, seal: (sealer) => ({ ...command, reason: sealer.sealReason(reason) }), passedOver: [] }
}

/** A reviewer may have more to say than why. */
const MOST_OF_A_STATEMENT = 2_000
const MOST_OTHER_NAMES = 20

/** The reason says why somebody was erased, for as long as there is a log: it may not be one of the texts that this erases. */
function askErasure(request: OrganizationRequests["eraseUser"], context: OrganizationContext): Asked<OrganizationCommand> {
  const { userId, reason, otherNames } = request
  const { traces = { actors: [], texts: [], names: () => false } } = context
  const problem = firstProblem(
    reason.trim() === "" ? invalid("reason", "say why, such as the number of the request") : checkText("reason", reason),
    otherNames.length > MOST_OTHER_NAMES ? invalid("otherNames", `give at most ${MOST_OTHER_NAMES}, not ${otherNames.length}`) : undefined,
    ...otherNames.map((name) => checkName("otherNames", name) ?? checkLength(name)),
    traces.names(reason) ? invalid("reason", "must not name the person: it stays when the name is gone") : undefined,
  )
  if (problem) return refused(problem)
  const { actors, texts } = traces
  const command = { type: "EraseUser", userId, actors, texts } as const
  return { command, seal: (sealer) => ({ ...command, reason: sealer.sealReason(reason) }), passedOver: [] }
}

function checkLength(name: string): Refusal | undefined {
  if (isLongEnough(name)) return undefined
  return invalid("otherNames", `must have at least ${SHORTEST} characters: every text with such a word is erased for good`)
}

function theVendor({ vendorId }: OrganizationContext): VendorId {
  if (vendorId === undefined) throw new Error("a vendor's operation was let through for somebody who is no vendor")
  return vendorId
}

function checkProfile({ userName, displayName, mail, externalId }: Partial<Profile>): Refusal | undefined {
  return firstProblem(
    userName === undefined ? undefined : checkName("userName", userName),
    displayName === undefined ? undefined : checkName("displayName", displayName),
    checkMail("mail", mail),
    externalId === undefined || externalId === null ? undefined : checkName("externalId", externalId),
  )
}

function nothingToChange(): Refusal {
  return invalid("userId", "give at least one field to change beside the id")
}

function isUndefined(value: unknown): boolean {
  return value === undefined
}

function userIdentities({ userName, externalId }: Partial<Profile>): readonly Identity[] {
  const identities: Identity[] = []
  if (userName !== undefined) identities.push({ kind: "userName", value: userName })
  if (externalId !== undefined && externalId !== null) identities.push({ kind: "externalId", value: externalId })
  return identities
}

/**
 * Ids apart from everything else. An unknown id is recorded as passed over (rule 30); a text that cannot be an id might
 * be somebody's mail address, and must not get into the log.
 */
function principalIds(members: readonly string[]): { readonly ids: readonly string[]; readonly others: readonly string[] } {
  const isPrincipal = (id: string) => isId("usr", id) || isId("grp", id)
  return { ids: members.filter(isPrincipal), others: [...new Set(members.filter((id) => !isPrincipal(id)))] }
}
