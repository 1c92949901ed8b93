/** The ledger of everything that vendors sent. */
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql"
import {
  countVendorEvents,
  missingBefore,
  type VendorEventOutcome as Outcome,
  type VendorEventRow,
  type VendorEventsOf,
  vendorEventPage,
} from "../../../../projections/vendor-events/queries"
import { permit } from "../../../auth/permissions"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { asksFor, type Selected } from "../selection"
import { requireOrganization, sightOf } from "../sight"
import { type Connection, pageOf } from "../types/connection"
import { VendorEventConnection } from "../types/connections"
import { License } from "../types/license"
import { VendorEvent, VendorEventOutcome } from "../types/vendor-event"

@Resolver(() => VendorEvent)
export class VendorEvents {
  @Query(() => VendorEventConnection, {
    description:
      "Everything that vendors sent, whatever became of it, newest first: for an organization what concerns its licenses, for a vendor all that it sent itself. Both see the same entries.",
    complexity: costOfPage,
  })
  async vendorEvents(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("licenseId", () => ID, { nullable: true, description: "Only messages that name this license." }) licenseId?: string | null,
    @Arg("outcome", () => VendorEventOutcome, { nullable: true, description: "Only messages that came to this." }) outcome?: Outcome | null,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<VendorEvent>> {
    permit(context.viewer, "Query.vendorEvents")
    const of = whose(context)
    const size = pageSize(first)
    const list = listName("vendorEvents", of, licenseId, outcome)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const listing = { of, ...(licenseId ? { licenseId } : {}), ...(outcome ? { outcome } : {}) }
    const [rows, totalCount] = await Promise.all([
      vendorEventPage(context.readStore, { ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? countVendorEvents(context.readStore, listing) : 0,
    ])
    return pageOf(info, { list, rows, first: size, after: place, item: vendorEventOf, place: (row) => [row.position], totalCount })
  }

  @FieldResolver(() => License, {
    nullable: true,
    description: "The license as it is now; null when it is not the vendor's.",
    complexity: 2,
  })
  async license(@Root() { licenseId, organizationId }: VendorEvent, @Ctx() { loaders }: GraphQLContext): Promise<License | undefined> {
    if (licenseId === null || organizationId === null) return undefined
    return loaders.license.load({ id: licenseId, moment: await loaders.requestNow.load(organizationId) })
  }
}

function whose({ viewer }: GraphQLContext): VendorEventsOf {
  const sight = sightOf(viewer)
  return sight.of === "VENDOR" ? { vendorId: sight.vendorId } : { organizationId: requireOrganization(viewer, "vendorEvents") }
}

function vendorEventOf(row: VendorEventRow): VendorEvent {
  const event = new VendorEvent()
  event.organizationId = row.organization_id
  event.vendorEventId = row.vendor_event_id
  event.outcome = row.outcome
  event.attribute = row.attribute
  event.licenseId = row.license_id
  event.value = row.value
  event.sequence = row.sequence
  event.missingBefore = missingBefore(row)
  event.recordedAt = row.recorded_at
  event.code = row.code
  event.field = row.field
  event.revision = row.revision
  return event
}
