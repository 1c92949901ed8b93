/** The root queries, except the history. */
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql"
import { foundNames } from "../../../../projections/directory/found"
import { sortName } from "../../../../projections/directory/names"
import {
  countPrincipals,
  type GroupRow,
  groups,
  type Listing,
  type Sorted,
  type UserRow,
  users,
} from "../../../../projections/directory/queries"
import { countLicenses, type LicenseRow, licenses } from "../../../../projections/licenses/queries"
import { rightOf, rightThen } from "../../../../projections/seats/right"
import { may, permit } from "../../../auth/permissions"
import { After, AsOfArg, AsOfOfAnybodyArg, costOfPage, First, pageSize, Search } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { badUserInput, notFound } from "../faults"
import { loadGroup, loadLicense, loadOrganization, loadProduct, loadUser, loadVendor, organizationOfSight, ownUserId } from "../load"
import { momentOf } from "../moments"
import { groupOf, licenseOf, userOf } from "../present"
import { searchedPrincipals } from "../search"
import { asksFor, type Selected } from "../selection"
import { requireOrganization, sightOf } from "../sight"
import type { AsOf } from "../types/as-of"
import { type Connection, pageOf } from "../types/connection"
import { GroupConnection, LicenseConnection, PrincipalConnection, UserConnection } from "../types/connections"
import { PrincipalType, UsageRight } from "../types/enums"
import { Group } from "../types/group"
import { License } from "../types/license"
import { Node } from "../types/node"
import { Organization } from "../types/organization"
import type { Principal } from "../types/principal"
import { User } from "../types/user"
import { Vendor } from "../types/vendor"
import { Viewer } from "../types/viewer"

@Resolver()
export class QueryResolver {
  @Query(() => Viewer, { description: "Who is asking." })
  viewer(@Ctx() { viewer }: GraphQLContext): Viewer {
    permit(viewer, "Query.viewer")
    const told = new Viewer()
    told.subject = viewer.subject
    told.roles = viewer.roles
    return told
  }

  @Query(() => Node, {
    nullable: true,
    description: "Any object by its id; null for what is not there at that moment, and for what the caller cannot see.",
  })
  async node(
    @Ctx() context: GraphQLContext,
    @Arg("id", () => ID, { description: "The id of an organization, vendor, product, license, user or group." }) id: string,
    @AsOfOfAnybodyArg() asOf?: AsOf | null,
  ): Promise<Node | undefined> {
    const { viewer } = context
    permit(viewer, "Query.node")
    const then = async (organizationId: string | undefined) =>
      organizationId === undefined ? undefined : momentOf(context, organizationId, asOf)
    switch (id.slice(0, 4)) {
      case "org_":
        return loadOrganization(context, id, asOf)
      case "vnd_":
        return loadVendor(context, id, asOf)
      case "prd_":
        return loadProduct(context, id, asOf)
      case "lic_":
        return may(viewer, "Query.license") ? loadLicense(context, id, await then(await organizationOfSight(context, id))) : undefined
      case "usr_":
        return may(viewer, "Query.user") ? loadUser(context, id, await then(await organizationOfSight(context))) : undefined
      case "grp_":
        return may(viewer, "Query.group") ? loadGroup(context, id, await then(await organizationOfSight(context))) : undefined
      default:
        return undefined
    }
  }

  @Query(() => LicenseConnection, {
    description: "The licenses of the organization, by the name that the product had when the license was registered.",
    complexity: costOfPage,
  })
  async licenses(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Search("Any part of the product's name at that moment, without regard to case and accents.") search?: string | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Connection<License>> {
    permit(context.viewer, "Query.licenses")
    const size = pageSize(first)
    const moment = await momentOf(context, requireOrganization(context.viewer, "licenses"), asOf)
    const list = listName("licenses", search)
    const place = decodeCursor(list, after, "ss") as readonly [string, string] | undefined
    const listing = search ? { search: sortName(search) } : {}
    const [rows, totalCount] = await Promise.all([
      licenses(context.readStore, moment, { ...listing, limit: size + 1, ...(place ? { after: place } : {}) }),
      asksFor(info, "totalCount") ? countLicenses(context.readStore, moment, listing) : 0,
    ])
    const item = (row: LicenseRow) => licenseOf(row, moment)
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.sort_name, row.license_id], totalCount })
  }

  @Query(() => License, { nullable: true, description: "One license; null for what the caller cannot see." })
  async license(
    @Ctx() context: GraphQLContext,
    @Arg("id", () => ID, { description: "The id of a license." }) id: string,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<License | undefined> {
    permit(context.viewer, "Query.license")
    const organizationId = await organizationOfSight(context, id)
    return organizationId === undefined ? undefined : loadLicense(context, id, await momentOf(context, organizationId, asOf))
  }

  @Query(() => User, { nullable: true, description: "One person; null for who is not in the organization at that moment." })
  async user(
    @Ctx() context: GraphQLContext,
    @Arg("id", () => ID, { description: "The id of a user." }) id: string,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<User | undefined> {
    permit(context.viewer, "Query.user")
    const organizationId = await organizationOfSight(context)
    return organizationId === undefined ? undefined : loadUser(context, id, await momentOf(context, organizationId, asOf))
  }

  @Query(() => Group, { nullable: true, description: "One group; null for what is not in the organization at that moment." })
  async group(
    @Ctx() context: GraphQLContext,
    @Arg("id", () => ID, { description: "The id of a group." }) id: string,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Group | undefined> {
    permit(context.viewer, "Query.group")
    const organizationId = await organizationOfSight(context)
    return organizationId === undefined ? undefined : loadGroup(context, id, await momentOf(context, organizationId, asOf))
  }

  @Query(() => PrincipalConnection, {
    description:
      "Type-ahead over users and groups by name, user name or mail: any beginnings of words, without regard to case and accents.",
    complexity: costOfPage,
  })
  async principals(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("search", () => String, { description: "What was typed so far." }) search: string,
    @Arg("types", () => [PrincipalType], { nullable: true, description: "Only users, or only groups; left out: both." })
    types?: ("USER" | "GROUP")[] | null,
    @First(10) first?: number | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Connection<Principal>> {
    permit(context.viewer, "Query.principals")
    if (types?.length === 0) throw badUserInput("types", "must name at least one of USER and GROUP, or leave it out for both")
    const size = pageSize(first, 10)
    const moment = await momentOf(context, requireOrganization(context.viewer, "principals"), asOf)
    return searchedPrincipals(context, info, moment, search, types ?? ["USER", "GROUP"], size)
  }

  @Query(() => UserConnection, { description: "The people of the organization, by name.", complexity: costOfPage })
  async users(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Search("Any beginnings of words of the name, user name or mail.") search?: string | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Connection<User>> {
    permit(context.viewer, "Query.users")
    const { listing, page } = await directoryList(context, info, "users", { first, after, search, asOf })
    const rows = await users(context.readStore, listing)
    return page<UserRow & Sorted, User>(
      rows,
      (row) => userOf(row.user_id, row, listing.moment),
      (row) => row.user_id,
    )
  }

  @Query(() => GroupConnection, { description: "The groups of the organization, by name.", complexity: costOfPage })
  async groups(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Search("Any beginnings of words of the name.") search?: string | null,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<Connection<Group>> {
    permit(context.viewer, "Query.groups")
    const { listing, page } = await directoryList(context, info, "groups", { first, after, search, asOf })
    const rows = await groups(context.readStore, listing)
    const item = (row: GroupRow) => groupOf(row.group_id, row.display_name, listing.moment, row.member_count)
    return page<GroupRow & Sorted, Group>(rows, item, (row) => row.group_id)
  }

  @Query(() => UsageRight, { description: "May this user run the vendor's app? For vendors, at sign-in (rule 25)." })
  async usageRight(
    @Ctx() context: GraphQLContext,
    @Arg("licenseId", () => ID, { description: "The license; for a vendor, of one of its own products." }) licenseId: string,
    @Arg("userId", () => ID, { description: "The person who signs in. Whoever is unknown has no right: INACTIVE." }) userId: string,
    @AsOfArg("The moment that is looked back to; left out: now.") asOf?: AsOf | null,
  ): Promise<UsageRight> {
    permit(context.viewer, "Query.usageRight")
    const sight = sightOf(context.viewer)
    if (sight.of !== "ORGANIZATION" && sight.of !== "VENDOR") throw notFound("licenseId")
    const right = asOf
      ? await this.rightThen(context, licenseId, userId, asOf)
      : await rightOf(context.readStore, sight, licenseId, { userId })
    if (!right) throw notFound("licenseId")
    return right
  }

  private async rightThen(context: GraphQLContext, licenseId: string, userId: string, asOf: AsOf): Promise<UsageRight | undefined> {
    const organizationId = await organizationOfSight(context, licenseId)
    if (organizationId === undefined) return undefined
    return rightThen(context.readStore, await momentOf(context, organizationId, asOf), licenseId, userId)
  }
}

interface ListArguments {
  readonly first: number | null | undefined
  readonly after: string | null | undefined
  readonly search: string | null | undefined
  readonly asOf: AsOf | null | undefined
}

/** What the lists of people and of groups share. */
async function directoryList(
  context: GraphQLContext,
  info: Selected,
  of: "users" | "groups",
  { first, after, search, asOf }: ListArguments,
) {
  const type = of === "users" ? "USER" : "GROUP"
  const size = pageSize(first)
  const moment = await momentOf(context, requireOrganization(context.viewer, of), asOf)
  const list = listName(of, search)
  const place = decodeCursor(list, after, "ss") as readonly [string, string] | undefined
  const found = await foundNames(context.readStore, moment, search, [type])
  const listing: Listing = { moment, limit: size + 1, ...(found ? { found } : {}), ...(place ? { after: place } : {}) }
  const totalCount = asksFor(info, "totalCount") ? await countPrincipals(context.readStore, moment, type, found) : 0
  const page = <Row extends Sorted, Item>(rows: readonly Row[], item: (row: Row) => Item, idOf: (row: Row) => string): Connection<Item> =>
    pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.sort_name, idOf(row)], totalCount })
  return { listing, page }
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @FieldResolver(() => Organization, { nullable: true, description: "The organization the token is for; null for vendors and operators." })
  async organization(@Ctx() context: GraphQLContext, @AsOfArg() asOf?: AsOf | null): Promise<Organization | undefined> {
    const { organizationId } = context.viewer
    return organizationId === undefined ? undefined : loadOrganization(context, organizationId, asOf)
  }

  @FieldResolver(() => Vendor, { nullable: true, description: "The vendor the token is for." })
  async vendor(@Ctx() context: GraphQLContext, @AsOfOfAnybodyArg() asOf?: AsOf | null): Promise<Vendor | undefined> {
    const { vendorId } = context.viewer
    return vendorId === undefined ? undefined : loadVendor(context, vendorId, asOf)
  }

  @FieldResolver(() => User, { nullable: true, description: "The caller's own account in the directory, if it has one." })
  async user(@Root() _viewer: Viewer, @Ctx() context: GraphQLContext, @AsOfArg() asOf?: AsOf | null): Promise<User | undefined> {
    const { organizationId, subject } = context.viewer
    if (organizationId === undefined) return undefined
    const id = await ownUserId(context, { organizationId, subject })
    return id === undefined ? undefined : loadUser(context, id, await momentOf(context, organizationId, asOf))
  }
}
