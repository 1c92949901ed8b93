/** The audit trail: the list, and what is reached from an entry. */
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql"
import { countHistory, historyPage } from "../../../../projections/history/queries"
import { permit } from "../../../auth/permissions"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { entriesOf } from "../history"
import { filterOf } from "../history-filter"
import { asksFor, type Selected } from "../selection"
import { requireOrganization } from "../sight"
import { type Connection, pageOf } from "../types/connection"
import { HistoryConnection } from "../types/connections"
import { HistoryEntry, HistoryFilter } from "../types/history"
import { License } from "../types/license"

@Resolver(() => HistoryEntry)
export class HistoryResolver {
  @Query(() => HistoryConnection, { description: "The audit trail, newest first unless asked otherwise.", complexity: costOfPage })
  async history(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("filter", () => HistoryFilter, { nullable: true, description: "Only entries that meet all of this." })
    filter?: HistoryFilter | null,
    @First() first?: number | null,
    @After() after?: string | null,
    @Arg("oldestFirst", () => Boolean, { nullable: true, defaultValue: false, description: "From the beginning on." })
    oldestFirst?: boolean | null,
  ): Promise<Connection<HistoryEntry>> {
    permit(context.viewer, "Query.history")
    const organizationId = requireOrganization(context.viewer, "history")
    const size = pageSize(first)
    const listing = { organizationId, ...filterOf(filter), oldestFirst: oldestFirst ?? false }
    const list = listName("history", listing)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const [rows, totalCount] = await Promise.all([
      historyPage(context.readStore, { ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? countHistory(context.readStore, listing) : 0,
    ])
    const entries = new Map((await entriesOf(context, organizationId, rows.slice(0, size))).map((entry) => [entry.revision, entry]))
    const item = ({ revision }: { readonly revision: number }) => entries.get(revision) as HistoryEntry // one for each row of the page
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.revision], totalCount })
  }

  @FieldResolver(() => HistoryEntry, {
    nullable: true,
    description: "The event that brought this one about (rule 36); null for what somebody asked for.",
    complexity: 3,
  })
  causedBy(@Root() { at, causationRevision }: HistoryEntry, @Ctx() context: GraphQLContext): Promise<HistoryEntry | undefined> | undefined {
    if (causationRevision === null) return undefined
    return context.loaders.historyEntry.load({ organizationId: at.organizationId, revision: causationRevision })
  }

  @FieldResolver(() => License, { nullable: true, description: "The license it is about, as it was right after it.", complexity: 2 })
  license(@Root() { at, licenseId }: HistoryEntry, @Ctx() context: GraphQLContext): Promise<License | undefined> | undefined {
    return licenseId === null ? undefined : context.loaders.license.load({ id: licenseId, moment: at })
  }
}
