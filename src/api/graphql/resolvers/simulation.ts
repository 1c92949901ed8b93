/** What would happen if: the same rules as for commands, without writing anything. */
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql"
import { permit } from "../../../auth/permissions"
import type { Supposed } from "../../../commands/requests"
import { MAX_PRINCIPALS } from "../../../domain/commands"
import type * as domain from "../../../domain/organization/simulate"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { Context } from "../context"
import { decodeCursor, listName } from "../cursor"
import { badUserInput } from "../faults"
import { loadGroup, loadLicense, loadUser } from "../load"
import type { Selected } from "../selection"
import { requireOrganization } from "../sight"
import { tryOut } from "../simulation"
import { type Connection, pageOf } from "../types/connection"
import { SimulatedPersonConnection } from "../types/connections"
import { Group } from "../types/group"
import { License } from "../types/license"
import { SimulatedChange, SimulatedLicense, SimulatedPerson, Simulation, SimulationInput } from "../types/simulation"
import { User } from "../types/user"

/** Of one simulation; each is tried out in turn. */
const MAX_USERS = 100
/** Beyond what one command takes, they are supposed as such commands one after the other. */
const MAX_IN_PARTS = 10_000

@Resolver(() => SimulatedLicense)
export class Simulations {
  @Query(() => Simulation, {
    description:
      "What would happen, before anybody confirms: exactly who would gain, lose or wait, worked out by the same rules as the command and to the end of its consequences, also beyond what one append holds. Nothing is written. Other commands of the organization wait meanwhile: about 1 ms for a few people, for a group of 100,000 a second or more.",
    complexity: ({ childComplexity }) => 50 + childComplexity,
  })
  async simulate(
    @Arg("input", () => SimulationInput, { description: "What is supposed to be done." }) input: SimulationInput,
    @Ctx() context: Context,
  ): Promise<Simulation> {
    const role = permit(context.viewer, "Query.simulate")
    const organizationId = requireOrganization(context.viewer, "simulate")
    return (await tryOut(context, organizationId, supposed(input), role)).simulation
  }

  @FieldResolver(() => License, { nullable: true, description: "The license, as it was at the simulation's revision.", complexity: 2 })
  license(@Root() { licenseId, at }: SimulatedLicense, @Ctx() context: Context): Promise<License | undefined> | undefined {
    return at && loadLicense(context, licenseId, at)
  }

  @FieldResolver(() => SimulatedPersonConnection, {
    description:
      "Who would gain, lose or wait: by change in the order of the enum. A page after the first is worked out anew: when the organization has moved on since, its cursor is refused.",
    complexity: costOfPage,
  })
  people(
    @Root() { effects, at, revision, licenseId }: SimulatedLicense,
    @Info() info: Selected,
    @Arg("changes", () => [SimulatedChange], { nullable: true, description: "Only these changes; left out: all." })
    changes?: domain.Change[] | null,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Connection<SimulatedPerson> {
    const size = pageSize(first)
    const list = listName("simulated", revision, licenseId, changes)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const chosen = changes ? effects.filter(({ change }) => changes.includes(change)) : effects
    const from = place ? place[0] : 0
    const rows = chosen.slice(from, from + size + 1).map((person, index) => ({ person, after: from + index + 1 }))
    return pageOf(info, {
      list,
      rows,
      first: size,
      after: place,
      item: ({ person }) => personOf(person, at),
      place: (row) => [row.after],
      totalCount: chosen.length,
    })
  }
}

@Resolver(() => SimulatedPerson)
export class SimulatedPeople {
  @FieldResolver(() => User, { nullable: true, description: "The person, as at the simulation's revision.", complexity: 2 })
  user(@Root() { userId, at }: SimulatedPerson, @Ctx() context: Context): Promise<User | undefined> | undefined {
    return at && loadUser(context, userId, at)
  }

  @FieldResolver(() => [Group], { description: "The groups that entitle the person afterwards.", complexity: 2 })
  async groups(@Root() { groupIds, at }: SimulatedPerson, @Ctx() context: Context): Promise<Group[]> {
    if (!at) return []
    const groups = await Promise.all(groupIds.map((id) => loadGroup(context, id, at)))
    return groups.filter((group) => group !== undefined)
  }
}

function personOf(person: domain.SimulatedPerson, at: SimulatedLicense["at"]): SimulatedPerson {
  const told = new SimulatedPerson()
  told.at = at
  told.userId = person.userId
  told.change = person.change
  told.waitlistPosition = person.waitlistPosition ?? null
  told.direct = person.direct
  told.groupIds = person.groups
  return told
}

/** @throws GraphQLError BAD_USER_INPUT */
function supposed(input: SimulationInput): readonly Supposed[] {
  const { seats, assign, unassign, transfer, members, deleteGroup, deactivate, deleteUsers } = input
  if (seats) return [{ operation: "supposeSeats", request: { ...seats } }]
  if (assign) {
    const { principalIds, ...rest } = assign
    return inParts("input.assign.principalIds", principalIds).map((part) => ({
      operation: "assignLicenses",
      request: { ...rest, principalIds: part, onShortage: assign.onShortage ?? "REJECT" },
    }))
  }
  if (unassign) {
    const { principalIds, ...rest } = unassign
    return inParts("input.unassign.principalIds", principalIds).map((part) => ({
      operation: "unassignLicenses",
      request: { ...rest, principalIds: part },
    }))
  }
  if (transfer) return [{ operation: "transferSeat", request: { ...transfer } }]
  if (deleteGroup) return [{ operation: "deleteGroup", request: { groupId: deleteGroup.groupId, confirm: true } }]
  if (deactivate) {
    const ids = distinct("input.deactivate.userIds", deactivate.userIds)
    return ids.map((userId) => ({ operation: "setUserActive", request: { userId, active: false } }))
  }
  if (deleteUsers) {
    return distinct("input.deleteUsers.userIds", deleteUsers.userIds).map((userId) => ({ operation: "deleteUser", request: { userId } }))
  }
  if (members) {
    const { groupId, add, remove, memberIds } = members
    if (!memberIds) return [{ operation: "changeGroupMembers", request: { groupId, add: add ?? [], remove: remove ?? [] } }]
    if (add || remove) throw badUserInput("input.members", "takes either memberIds, or add and remove")
    return [{ operation: "replaceGroupMembers", request: { groupId, memberIds } }]
  }
  throw badUserInput("input", "needs exactly one thing to suppose")
}

function distinct(field: string, ids: readonly string[]): readonly string[] {
  const distinct = [...new Set(ids)]
  if (distinct.length >= 1 && distinct.length <= MAX_USERS) return distinct
  throw badUserInput(field, `must name 1 to ${MAX_USERS} users, not ${distinct.length}`)
}

/** What one command takes stays as it was sent; what it refuses is told as it would be. */
function inParts(field: string, ids: readonly string[]): readonly (readonly string[])[] {
  const distinct = [...new Set(ids)]
  if (distinct.length <= MAX_PRINCIPALS) return [ids]
  if (distinct.length > MAX_IN_PARTS)
    throw badUserInput(field, `must name at most ${MAX_IN_PARTS} users and groups, not ${distinct.length}`)
  const parts: string[][] = []
  for (let from = 0; from < distinct.length; from += MAX_PRINCIPALS) parts.push(distinct.slice(from, from + MAX_PRINCIPALS))
  return parts
}
