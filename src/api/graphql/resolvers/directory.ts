/** What is reached from people and groups. */
import { Ctx, FieldResolver, Info, Int, Resolver, Root } from "type-graphql"
import type { AssignmentRow } from "../../../../projections/assignments/queries"
import { foundNames } from "../../../../projections/directory/found"
import type { GroupRow, MemberRow, Sorted } from "../../../../projections/directory/queries"
import type { ClaimRow } from "../../../../projections/seats/queries"
import { After, costOfPage, First, pageSize, Search } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { assignmentOf, detailsOf, keysOfReasons, licensedUsersOf } from "../people"
import { groupOf, userOf } from "../present"
import { asksFor, type Selected } from "../selection"
import { requireSightOfPeople } from "../sight"
import type { Assignment } from "../types/assignment"
import { type Connection, pageOf } from "../types/connection"
import { AssignmentConnection, GroupConnection, LicensedUserConnection, UserConnection } from "../types/connections"
import { Group } from "../types/group"
import type { License } from "../types/license"
import type { LicensedUser } from "../types/licensed-user"
import { User } from "../types/user"

@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => GroupConnection, {
    description: "The groups this person is an immediate member of, by name.",
    complexity: costOfPage,
  })
  async groups(
    @Root() user: User,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<Group>> {
    const size = pageSize(first)
    const list = listName("groupsOf", user.id)
    const place = decodeCursor(list, after, "ss") as readonly [string, string] | undefined
    const listing = { moment: user.at, userId: user.id }
    const [rows, totalCount] = await Promise.all([
      context.loaders.groupsOfUser.load({ ...listing, limit: size + 1, ...(place ? { after: place } : {}) }),
      asksFor(info, "totalCount") ? context.loaders.groupsOfUserCount.load(listing) : 0,
    ])
    const item = (row: GroupRow) => groupOf(row.group_id, row.display_name, user.at, row.member_count)
    const placeOf = (row: GroupRow & Sorted) => [row.sort_name, row.group_id]
    return pageOf(info, { list, rows, first: size, after: place, item, place: placeOf, totalCount })
  }

  @FieldResolver(() => LicensedUserConnection, {
    description: "The licenses of which this person holds or awaits a seat.",
    complexity: costOfPage,
  })
  async licenses(
    @Root() user: User,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<LicensedUser>> {
    const size = pageSize(first)
    const list = listName("licensesOf", user.id)
    const place = decodeCursor(list, after, "s") as readonly [string] | undefined
    const listing = { moment: user.at, userId: user.id }
    const [rows, totalCount] = await Promise.all([
      context.loaders.claims.load({ ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? context.loaders.claimCount.load(listing) : 0,
    ])
    const licenses = await licensesOf(
      context,
      user,
      rows.slice(0, size).map((row) => row.license_id),
    )
    const held = rows.slice(0, size).map((row) => ({ row, license: licenses.get(row.license_id) as License })) // a claim has a license
    const items = await licensedUsersOf(context, held, detailsOf(info))
    const byLicense = new Map(items.map((item) => [item.license.id, item]))
    const item = (row: ClaimRow) => byLicense.get(row.license_id) as LicensedUser // one for each row of the page
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.license_id], totalCount })
  }
}

@Resolver(() => Group)
export class GroupResolver {
  @FieldResolver(() => Int, { description: "How many people are immediate members, active or not." })
  memberCount(@Root() group: Group, @Ctx() context: GraphQLContext): number | Promise<number> {
    if (group.count !== undefined) return group.count
    return context.loaders.group.load({ id: group.id, moment: group.at }).then((found) => found?.count ?? 0)
  }

  @FieldResolver(() => UserConnection, {
    description: "The immediate members in the order in which they joined (rule 6).",
    complexity: costOfPage,
  })
  async members(
    @Root() group: Group,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Search("Any beginnings of words of the person's name, user name or mail.") search?: string | null,
  ): Promise<Connection<User>> {
    requireSightOfPeople(context.viewer, "Group.members")
    const size = pageSize(first)
    const list = listName("membersOf", group.id, search)
    const place = decodeCursor(list, after, "nn") as readonly [number, number] | undefined
    const found = await foundNames(context.readStore, group.at, search, ["USER"])
    const listing = { moment: group.at, groupId: group.id, ...(found ? { found } : {}) }
    const count = () => (found ? context.loaders.memberCount.load(listing) : this.memberCount(group, context))
    const [rows, totalCount] = await Promise.all([
      context.loaders.members.load({ ...listing, limit: size + 1, ...(place ? { after: place } : {}) }),
      asksFor(info, "totalCount") ? count() : 0,
    ])
    const item = (row: MemberRow) => userOf(row.user_id, row, group.at)
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.from_revision, row.ordinal], totalCount })
  }

  @FieldResolver(() => AssignmentConnection, { description: "The licenses assigned to this group, oldest first.", complexity: costOfPage })
  async assignments(
    @Root() group: Group,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<Assignment>> {
    requireSightOfPeople(context.viewer, "Group.assignments")
    const size = pageSize(first)
    const list = listName("assignmentsTo", group.id)
    const place = decodeCursor(list, after, "ns") as readonly [number, string] | undefined
    const listing = { moment: group.at, groupId: group.id }
    const [rows, totalCount] = await Promise.all([
      context.loaders.groupAssignments.load({ ...listing, limit: size + 1, ...(place ? { after: place } : {}) }),
      asksFor(info, "totalCount") ? context.loaders.groupAssignmentCount.load(listing) : 0,
    ])
    const licenses = await licensesOf(
      context,
      group,
      rows.map((row) => row.license_id),
    )
    const keys = await keysOfReasons(context, group.at, rows)
    const item = (row: AssignmentRow) => assignmentOf(keys, licenses.get(row.license_id) as License, row) // an assignment has a license
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.from_revision, row.license_id], totalCount })
  }
}

/** Licenses at the moment of the object that led to them. */
async function licensesOf(context: GraphQLContext, { at }: User | Group, ids: readonly string[]): Promise<ReadonlyMap<string, License>> {
  const found = new Map<string, License>()
  const licenses = await Promise.all(ids.map((id) => context.loaders.license.load({ id, moment: at })))
  for (const license of licenses) if (license) found.set(license.id, license)
  return found
}
