/** What is reached from a license: the assignments, and the people with their seats. */
import { Arg, Ctx, FieldResolver, ID, Info, Resolver, Root } from "type-graphql"
import type { AssignmentRow } from "../../../../projections/assignments/queries"
import { foundNames } from "../../../../projections/directory/found"
import type { SeatListing, SeatRow } from "../../../../projections/seats/queries"
import { isId } from "../../../domain/ids"
import { After, costOfPage, First, pageSize, Search, Skip, toSkip } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName, type Place } from "../cursor"
import { forbidden } from "../faults"
import { ownUserId } from "../load"
import { assignmentOf, type Details, detailsOf, keysOfReasons, licensedUsersOf } from "../people"
import type { Selected } from "../selection"
import { asksFor } from "../selection"
import { requireSightOfPeople, sightOf } from "../sight"
import type { Assignment } from "../types/assignment"
import { type Connection, pageOf } from "../types/connection"
import { AssignmentConnection, LicensedUserConnection } from "../types/connections"
import { type LicensedUserOrderField, PrincipalType, SeatState } from "../types/enums"
import { License } from "../types/license"
import { LicensedUser, LicensedUserOrder } from "../types/licensed-user"

@Resolver(() => License)
export class LicenseResolver {
  @FieldResolver(() => AssignmentConnection, {
    description: "What was assigned: users directly, and groups. Oldest first.",
    complexity: costOfPage,
  })
  async assignments(
    @Root() license: License,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Arg("type", () => PrincipalType, { nullable: true, description: "Only users, or only groups." }) type?: "USER" | "GROUP" | null,
    @Search("Any beginnings of words of the name, user name or mail of who it was assigned to.") search?: string | null,
  ): Promise<Connection<Assignment>> {
    requireSightOfPeople(context.viewer, "License.assignments")
    const size = pageSize(first)
    const list = listName("assignments", license.id, type, search)
    const place = decodeCursor(list, after, "ns") as readonly [number, string] | undefined
    const found = await foundNames(context.readStore, license.at, search, type ? [type] : undefined)
    const listing = { moment: license.at, licenseId: license.id, ...(type ? { type } : {}), ...(found ? { found } : {}) }
    const [rows, totalCount] = await Promise.all([
      context.loaders.assignments.load({ ...listing, limit: size + 1, ...(place ? { after: place } : {}) }),
      asksFor(info, "totalCount") ? context.loaders.assignmentCount.load(listing) : 0,
    ])
    const keys = await keysOfReasons(context, license.at, rows)
    const item = (row: AssignmentRow) => assignmentOf(keys, license, row)
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.from_revision, row.principal_id], totalCount })
  }

  @FieldResolver(() => LicensedUserConnection, {
    description: "Who holds or awaits a seat: groups expanded to people, each person once, with every source.",
    complexity: costOfPage,
  })
  async users(
    @Root() license: License,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
    @Arg("state", () => SeatState, { nullable: true, description: "Only who holds a seat, or only who waits." }) state?: SeatState | null,
    @Search("Any beginnings of words of the person's name, user name or mail.") search?: string | null,
    @Arg("groupId", () => ID, { nullable: true, description: "Only people who are entitled through this group." }) groupId?: string | null,
    @Arg("orderBy", () => LicensedUserOrder, {
      nullable: true,
      defaultValue: { field: "STATE_THEN_PLACE" },
      description: "The order of the people.",
    })
    orderBy?: LicensedUserOrder | null,
    @Skip() skip?: number | null,
  ): Promise<Connection<LicensedUser>> {
    requireSightOfPeople(context.viewer, "License.users")
    const size = pageSize(first)
    const skipped = toSkip(skip, after)
    const order: LicensedUserOrderField = orderBy?.field ?? "STATE_THEN_PLACE"
    const descending = orderBy?.descending ?? false
    const list = listName("users", license.id, state, search, groupId, order, descending)
    const place = decodeCursor(list, after, ...PLACES[order])
    const details = detailsOf(info)
    const listing = await this.listing(context, license, { order, descending, state, search, groupId })
    const [rows, totalCount] = await Promise.all([
      listing
        ? context.loaders.seats.load({
            ...listing,
            parts: details.parts,
            limit: size + 1,
            skip: skipped,
            ...(place ? { after: place } : {}),
          })
        : [],
      asksFor(info, "totalCount") ? this.total(context, listing) : 0,
    ])
    const items = await itemsOf(context, license, rows.slice(0, size), details)
    const item = (row: SeatRow) => items.get(row.user_id) as LicensedUser // one for each row of the page
    return pageOf(info, {
      list,
      rows,
      first: size,
      after: place ?? (skipped > 0 ? [] : undefined),
      item,
      place: (row) => placeOf(order, row),
      totalCount,
    })
  }

  @FieldResolver(() => LicensedUser, {
    nullable: true,
    description: "One person's seat or place; null for who is not entitled.",
    complexity: 2,
  })
  async user(
    @Root() license: License,
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("id", () => ID, { description: "The id of a user." }) id: string,
  ): Promise<LicensedUser | undefined> {
    const sight = sightOf(context.viewer)
    if (sight.of !== "ORGANIZATION" && sight.of !== "SELF")
      throw forbidden("License.user is for those who may see the people of the organization")
    if (!isId("usr", id) || (sight.of === "SELF" && (await ownUserId(context, sight)) !== id)) return undefined
    const row = await context.loaders.seat.load({ moment: license.at, licenseId: license.id, userId: id })
    return row && (await itemsOf(context, license, [row], detailsOf(info))).get(id)
  }

  /** Undefined when nobody can be in it: the group does not exist. */
  private async listing(
    context: GraphQLContext,
    license: License,
    filter: {
      readonly order: LicensedUserOrderField
      readonly descending: boolean
      readonly state: SeatState | null | undefined
      readonly search: string | null | undefined
      readonly groupId: string | null | undefined
    },
  ): Promise<Omit<SeatListing, "after" | "limit"> | undefined> {
    const { order, descending, state, search, groupId } = filter
    const group = groupId ? await context.loaders.group.load({ id: groupId, moment: license.at }) : undefined
    if (groupId && !group) return undefined
    const found = await foundNames(context.readStore, license.at, search, ["USER"])
    return {
      moment: license.at,
      licenseId: license.id,
      seated: license.seats.seated,
      waitlisted: license.seats.waitlisted,
      order,
      descending,
      ...(state ? { state } : {}),
      ...(group ? { group: { id: group.id, memberCount: group.count ?? 0 } } : {}),
      ...(found ? { found } : {}),
    }
  }

  /** The counters of the license know, unless a filter asks for more than the state. */
  private async total(context: GraphQLContext, listing: Omit<SeatListing, "after" | "limit"> | undefined): Promise<number> {
    if (!listing) return 0
    if (listing.found || listing.group) return context.loaders.seatCount.load(listing)
    const { state, seated, waitlisted } = listing
    return (state === "WAITLISTED" ? 0 : seated) + (state === "SEATED" ? 0 : waitlisted)
  }
}

async function itemsOf(
  context: GraphQLContext,
  license: License,
  rows: readonly SeatRow[],
  details: Details,
): Promise<ReadonlyMap<string, LicensedUser>> {
  const items = await licensedUsersOf(
    context,
    rows.map((row) => ({ license, row })),
    details,
  )
  return new Map(items.map((item) => [item.user.id, item]))
}

/** Seated people have their id for a place, waiting ones the claim key before it. */
const PLACES: Readonly<Record<LicensedUserOrderField, readonly string[]>> = {
  STATE_THEN_PLACE: ["s", "nns"],
  DISPLAY_NAME: ["ss"],
  ENTITLED_SINCE: ["nns"],
}

function placeOf(
  order: LicensedUserOrderField,
  { user_id, state, sort_name = "", opened_revision = 0, opened_ordinal = 0 }: SeatRow,
): Place {
  if (order === "DISPLAY_NAME") return [sort_name, user_id]
  if (order === "STATE_THEN_PLACE" && state === "SEATED") return [user_id]
  return [opened_revision, opened_ordinal, user_id]
}
