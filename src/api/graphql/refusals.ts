/**
 * Why a command was not carried out, as the API tells it. One object type per code that carries details; all of them
 * share the code and a message that names the field and the way out.
 */
import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from "type-graphql"
import type { Moment } from "../../../projections/catalog/moment"
import type { Refusal as DomainRefusal, RefusalCode as DomainRefusalCode } from "../../domain/refusals"
import { clip } from "./clip"
import type { Context } from "./context"
import { loadGroup, loadLicense, loadUser } from "./load"
import { Group } from "./types/group"
import { License } from "./types/license"
import { User } from "./types/user"

export const RefusalCode = {
  NOT_ENOUGH_SEATS: "NOT_ENOUGH_SEATS",
  INHERITED_FROM_GROUP: "INHERITED_FROM_GROUP",
  PRINCIPAL_NOT_FOUND: "PRINCIPAL_NOT_FOUND",
  USER_INACTIVE: "USER_INACTIVE",
  LICENSE_NOT_FOUND: "LICENSE_NOT_FOUND",
  LICENSE_SUSPENDED: "LICENSE_SUSPENDED",
  LICENSE_CANCELLED: "LICENSE_CANCELLED",
  TOO_MANY_PRINCIPALS: "TOO_MANY_PRINCIPALS",
  NOT_SEATED: "NOT_SEATED",
  ALREADY_SEATED: "ALREADY_SEATED",
  STALE_VIEW: "STALE_VIEW",
  IDEMPOTENCY_CONFLICT: "IDEMPOTENCY_CONFLICT",
  GROUP_HAS_ASSIGNMENTS: "GROUP_HAS_ASSIGNMENTS",
  ALREADY_EXISTS: "ALREADY_EXISTS",
  NOT_FOUND: "NOT_FOUND",
  INVALID_INPUT: "INVALID_INPUT",
  ORGANIZATION_CLOSED: "ORGANIZATION_CLOSED",
} as const satisfies { [C in DomainRefusalCode]: C }

registerEnumType(RefusalCode, {
  name: "RefusalCode",
  description: "Why a command was not carried out. Treat a code you do not know as a plain refusal and show its message.",
  valuesConfig: {
    NOT_ENOUGH_SEATS: { description: "Fewer seats are free than the command needs." },
    INHERITED_FROM_GROUP: { description: "The user has the license only through groups." },
    PRINCIPAL_NOT_FOUND: { description: "An id is no user or group of the organization." },
    USER_INACTIVE: { description: "An inactive user cannot be assigned a license." },
    LICENSE_NOT_FOUND: { description: "The organization has no license with this id." },
    LICENSE_SUSPENDED: { description: "The vendor suspended the license: nobody is granted a seat until it is reinstated." },
    LICENSE_CANCELLED: { description: "The license ended for good." },
    TOO_MANY_PRINCIPALS: { description: "The command names none, or more users and groups than one command may." },
    NOT_SEATED: { description: "The user holds no seat that could be transferred." },
    ALREADY_SEATED: { description: "The user holds a seat already." },
    STALE_VIEW: { description: "What the command is about has changed since the expected revision." },
    IDEMPOTENCY_CONFLICT: { description: "The key belongs to a command with another body." },
    GROUP_HAS_ASSIGNMENTS: { description: "The group has licenses; deleting it takes a confirmation." },
    ALREADY_EXISTS: { description: "Another user or group has this user name or external id." },
    NOT_FOUND: { description: "Nothing with this id can be found." },
    INVALID_INPUT: { description: "A field of the input breaks a rule." },
    ORGANIZATION_CLOSED: { description: "The organization is closed: it can be read, but takes no more commands." },
  },
})

@InterfaceType({
  description: "Why a command was not carried out. A refused command wrote nothing; errors in the GraphQL response are for faults only.",
})
export abstract class Refusal {
  @Field(() => RefusalCode, { description: "For programs." })
  code: DomainRefusalCode

  @Field(() => String, { description: "For people: what is in the way, in which field, and what helps." })
  message: string
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "Fewer seats are free than the command needs (rule 3)." })
export class NotEnoughSeats extends Refusal {
  @Field(() => Int, { description: "Seats that are free." })
  available: number

  @Field(() => Int, { description: "Seats that the command needs: its direct users who neither hold nor await one." })
  required: number
}

@ObjectType({
  implements: Refusal,
  simpleResolvers: true,
  description: "The user has the license only through groups: leaving those, or unassigning them, ends it (rule 13).",
})
export class InheritedFromGroup extends Refusal {
  @Field(() => User, { description: "Whose license it is." })
  user: User

  @Field(() => [Group], { description: "The groups that entitle the user." })
  groups: Group[]
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "Ids that are no users or groups of the organization." })
export class PrincipalNotFound extends Refusal {
  @Field(() => [ID], { description: "The unknown ids, as they were sent." })
  principalIds: readonly string[]
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "Inactive users cannot be assigned a license (rule 15)." })
export class UserInactive extends Refusal {
  @Field(() => [User], { description: "The inactive ones." })
  users: User[]
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "There is no license with this id for the caller." })
export class LicenseNotFound extends Refusal {
  @Field(() => ID, { description: "The id as it was sent." })
  licenseId: string
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "The vendor suspended the license (rule 23)." })
export class LicenseSuspended extends Refusal {
  @Field(() => License, { nullable: true, description: "The license." })
  license: License | undefined
}

@ObjectType({
  implements: Refusal,
  simpleResolvers: true,
  description: "The license ended for good; a new purchase is a new license (rule 24).",
})
export class LicenseCancelled extends Refusal {
  @Field(() => License, { nullable: true, description: "The license." })
  license: License | undefined
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "One command names 1 to `limit` users and groups (rule 15)." })
export class TooManyPrincipals extends Refusal {
  @Field(() => Int, { description: "How many were named, duplicates counted once." })
  given: number

  @Field(() => Int, { description: "How many one command may name." })
  limit: number
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "The user holds no seat that could be transferred (rule 12)." })
export class NotSeated extends Refusal {
  @Field(() => User, { description: "Who holds no seat." })
  user: User
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "The user who should get the seat has one already (rule 12)." })
export class AlreadySeated extends Refusal {
  @Field(() => User, { description: "Who holds a seat already." })
  user: User
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "Somebody else was faster (rule 35)." })
export class StaleView extends Refusal {
  @Field(() => Int, { description: "The `expectedRevision` of the command." })
  expectedRevision: number

  @Field(() => Int, { description: "The revision at which what the command is about last changed." })
  changedAtRevision: number
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "The key belongs to a command with another body (rule 37)." })
export class IdempotencyConflict extends Refusal {
  @Field(() => String, { description: "The key, or the vendor's event id, that was used before." })
  key: string
}

@ObjectType({
  implements: Refusal,
  simpleResolvers: true,
  description: "Deleting the group would take licenses from its members (rule 32).",
})
export class GroupHasAssignments extends Refusal {
  @Field(() => Group, { description: "The group." })
  group: Group

  @Field(() => [License], { description: "The licenses that are assigned to it." })
  licenses: License[]
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "The value is taken by another user or group of the organization." })
export class AlreadyExists extends Refusal {
  @Field(() => String, { description: "The field of the input." })
  field: string
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "Nothing with this id can be found by the caller." })
export class NotFound extends Refusal {
  @Field(() => String, { description: "The field of the input." })
  field: string

  @Field(() => ID, { description: "The id as it was sent." })
  id: string
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "A field of the input breaks a rule." })
export class InvalidInput extends Refusal {
  @Field(() => String, { description: "The field of the input." })
  field: string

  @Field(() => String, { description: "What is wrong with it." })
  problem: string
}

@ObjectType({ implements: Refusal, simpleResolvers: true, description: "A refusal with nothing to add to its code and message." })
export class PlainRefusal extends Refusal {}

/**
 * The refusal as an object of the API. People, groups and licenses in it are shown as they were when it was decided;
 * while the read models do not show that yet, code and message go out without the details.
 * @param decidedAt asked for only when there is something to show
 */
export async function toldRefusal(
  context: Context,
  refusal: DomainRefusal,
  operation: string,
  decidedAt: () => Promise<Moment | undefined> = async () => undefined,
): Promise<Refusal> {
  const told = { code: refusal.code, message: refusalMessage(refusal, operation) }
  const detailed = await withDetails(context, refusal, told, decidedAt)
  return detailed ?? Object.assign(new PlainRefusal(), told)
}

/** Undefined when there is nothing to add to what is told, or when it cannot be shown yet. */
async function withDetails(
  context: Context,
  refusal: DomainRefusal,
  told: Pick<Refusal, "code" | "message">,
  decidedAt: () => Promise<Moment | undefined>,
): Promise<Refusal | undefined> {
  switch (refusal.code) {
    case "NOT_ENOUGH_SEATS":
      return Object.assign(new NotEnoughSeats(), told, { available: refusal.available, required: refusal.required })
    case "INHERITED_FROM_GROUP": {
      const at = await decidedAt()
      const user = at && (await loadUser(context, refusal.userId, at))
      const groups = await loadAll(refusal.groupIds, at, (id, moment) => loadGroup(context, id, moment))
      return user && Object.assign(new InheritedFromGroup(), told, { user, groups })
    }
    case "PRINCIPAL_NOT_FOUND":
      return Object.assign(new PrincipalNotFound(), told, { principalIds: refusal.principalIds })
    case "USER_INACTIVE": {
      const at = await decidedAt()
      const users = await loadAll(refusal.userIds, at, (id, moment) => loadUser(context, id, moment))
      return at && Object.assign(new UserInactive(), told, { users })
    }
    case "LICENSE_NOT_FOUND":
      return Object.assign(new LicenseNotFound(), told, { licenseId: refusal.licenseId })
    case "LICENSE_SUSPENDED": {
      const at = await decidedAt()
      return Object.assign(new LicenseSuspended(), told, { license: at && (await loadLicense(context, refusal.licenseId, at)) })
    }
    case "LICENSE_CANCELLED": {
      const at = await decidedAt()
      return Object.assign(new LicenseCancelled(), told, { license: at && (await loadLicense(context, refusal.licenseId, at)) })
    }
    case "TOO_MANY_PRINCIPALS":
      return Object.assign(new TooManyPrincipals(), told, { given: refusal.given, limit: refusal.limit })
    case "NOT_SEATED": {
      const at = await decidedAt()
      const user = at && (await loadUser(context, refusal.userId, at))
      return user && Object.assign(new NotSeated(), told, { user })
    }
    case "ALREADY_SEATED": {
      const at = await decidedAt()
      const user = at && (await loadUser(context, refusal.userId, at))
      return user && Object.assign(new AlreadySeated(), told, { user })
    }
    case "STALE_VIEW": {
      const { expectedRevision, changedAtRevision } = refusal
      return Object.assign(new StaleView(), told, { expectedRevision, changedAtRevision })
    }
    case "IDEMPOTENCY_CONFLICT":
      return Object.assign(new IdempotencyConflict(), told, { key: refusal.key })
    case "GROUP_HAS_ASSIGNMENTS": {
      const at = await decidedAt()
      const group = at && (await loadGroup(context, refusal.groupId, at))
      const licenses = await loadAll(refusal.licenseIds, at, (id, moment) => loadLicense(context, id, moment))
      return group && Object.assign(new GroupHasAssignments(), told, { group, licenses })
    }
    case "ALREADY_EXISTS":
      return Object.assign(new AlreadyExists(), told, { field: refusal.field })
    case "NOT_FOUND":
      return Object.assign(new NotFound(), told, { field: refusal.field, id: refusal.id })
    case "INVALID_INPUT":
      return Object.assign(new InvalidInput(), told, { field: refusal.field, problem: refusal.problem })
    case "ORGANIZATION_CLOSED":
      return undefined
    default:
      return refusal satisfies never
  }
}

/** In one batch each; what the viewer does not see is left out. */
async function loadAll<Type>(
  ids: readonly string[],
  at: Moment | undefined,
  load: (id: string, at: Moment) => Promise<Type | undefined>,
): Promise<Type[]> {
  if (!at) return []
  const objects = await Promise.all(ids.map((id) => load(id, at)))
  return objects.filter((object) => object !== undefined)
}

/** What is in the way, in which field, and what helps. Names ids only: a message may end up in a log. */
export function refusalMessage(refusal: DomainRefusal, operation: string): string {
  switch (refusal.code) {
    case "NOT_ENOUGH_SEATS":
      return operation === "transferSeat"
        ? "licenseId: more people hold a seat than the license has, so none can be handed on. Unassign people, or ask the vendor for more seats."
        : `principalIds: ${seats(refusal.required)} needed, ${refusal.available} free. Assign fewer users, ask the vendor for more seats, or send onShortage: WAITLIST to let the others wait for one.`
    case "INHERITED_FROM_GROUP":
      return `${refusal.userId} has the license only through ${list(refusal.groupIds)}. Remove the user from the group, or unassign the group.`
    case "PRINCIPAL_NOT_FOUND":
      return `${list(refusal.principalIds)}: no user or group of this organization has this id. Look ids up with principals(search: …).`
    case "USER_INACTIVE":
      return `${list(refusal.userIds)}: inactive users cannot be given a license. Make them active first (setUserActive), or leave them out.`
    case "LICENSE_NOT_FOUND":
      return `licenseId: there is no license ${clip(refusal.licenseId)} here. Look ids up with licenses.`
    case "LICENSE_SUSPENDED":
      return operation === "transferSeat"
        ? `licenseId: ${refusal.licenseId} is suspended by its vendor, so nobody can be given a seat. Try again when it is reinstated.`
        : `licenseId: ${refusal.licenseId} is suspended by its vendor, so nobody can be given a seat. Send onShortage: WAITLIST to let users wait, or try again when it is reinstated.`
    case "LICENSE_CANCELLED":
      return `licenseId: ${refusal.licenseId} is cancelled for good. A new purchase is a new license with an id of its own.`
    case "TOO_MANY_PRINCIPALS":
      if (operation === "restoreAssignments")
        return `principalIds: ${refusal.given} assignments differ, more than the ${refusal.limit} of one command. Name some of the users and groups in principalIds, and restore in parts.`
      return refusal.given === 0
        ? `principalIds: name at least one user or group, and at most ${refusal.limit}.`
        : `principalIds: ${refusal.given} users and groups are more than the ${refusal.limit} of one command. Send several commands, or assign a group.`
    case "NOT_SEATED":
      return `fromUserId: ${refusal.userId} holds no seat of this license that could be handed on.`
    case "ALREADY_SEATED":
      return `toUserId: ${refusal.userId} holds a seat of this license already.`
    case "STALE_VIEW":
      return `expectedRevision: this has changed at revision ${refusal.changedAtRevision}, after the ${refusal.expectedRevision} you expected. Read it again and decide anew.`
    case "IDEMPOTENCY_CONFLICT":
      return `"${clip(refusal.key)}" was used before for a command with another body. Repeat that command unchanged for its recorded answer, or take a new key.`
    case "GROUP_HAS_ASSIGNMENTS":
      return `groupId: ${refusal.groupId} has ${refusal.licenseIds.length === 1 ? "a license" : `${refusal.licenseIds.length} licenses`}, and its members would lose what they have through it. Send confirm: true to delete it all the same, or unassign it first.`
    case "ALREADY_EXISTS":
      return `${refusal.field}: another user or group of this organization has this value. Choose another, or change the existing one.`
    case "NOT_FOUND":
      if (refusal.field === "installUrl") return "The vendor names no address to install this product from. Ask the vendor how to get it."
      return `${refusal.field}: nothing with the id ${clip(refusal.id)} can be found here. Check the id.`
    case "INVALID_INPUT":
      return `${refusal.field} ${refusal.problem}.`
    case "ORGANIZATION_CLOSED":
      return "This organization is closed: it stays readable and takes no more commands."
    default:
      return refusal satisfies never
  }
}

function seats(count: number): string {
  return count === 1 ? "1 seat is" : `${count} seats are`
}

/** The first few ids: a message is for reading, the whole list is in the details. */
function list(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).map(clip).join(", ")
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown
}
