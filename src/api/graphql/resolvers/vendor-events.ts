/** The ledger of everything that vendors sent. */
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql"
import {
  countVendorEvents,
  missingBefore,
  type VendorEventOutcome as Outcome,
  type RecordedBy,
  type VendorEventRow,
  type VendorEventsOf,
  vendorEventPage,
} from "../../../../projections/vendor-events/queries"
import { permit } from "../../../auth/permissions"
import { After, AsOfOfAnybodyArg, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { pastOrToday } from "../load"
import { instantOf, momentOf } from "../moments"
import { asksFor, type Selected } from "../selection"
import { requireOrganization, sightOf } from "../sight"
import type { AsOf } from "../types/as-of"
import { type Connection, pageOf } from "../types/connection"
import { VendorEventConnection } from "../types/connections"
import { License } from "../types/license"
import { VendorEvent, VendorEventOutcome } from "../types/vendor-event"

@Resolver(() => VendorEvent)
export class VendorEvents {
  @Query(() => VendorEventConnection, {
    description:
      "Everything that vendors sent, whatever became of it, newest first: for an organization what concerns its licenses, for a vendor all that it sent itself. Both see the same entries. Of a vendor's repeats and of its refusals a thousand each are kept, and one more every ten seconds. A GraphQL request that lacks a field, or has one of another type, is recorded nowhere. Repeats and refusals have no revision: as of one, they are those recorded by then.",
    complexity: costOfPage,
  })
  async vendorEvents(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @Arg("licenseId", () => ID, { nullable: true, description: "Only messages that name this license." }) licenseId?: string | null,
    @Arg("outcome", () => VendorEventOutcome, { nullable: true, description: "Only messages that came to this." }) outcome?: Outcome | null,
    @First() first?: number | null,
    @After() after?: string | null,
    @AsOfOfAnybodyArg() asOf?: AsOf | null,
  ): Promise<Connection<VendorEvent>> {
    permit(context.viewer, "Query.vendorEvents")
    const of = whose(context)
    const size = pageSize(first)
    const list = listName("vendorEvents", of, licenseId, outcome)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const by = asOf ? await recordedBy(context, of, asOf) : undefined
    const listing = { of, ...(by ? { by } : {}), ...(licenseId ? { licenseId } : {}), ...(outcome ? { outcome } : {}) }
    const [rows, totalCount] = await Promise.all([
      vendorEventPage(context.readStore, { ...listing, limit: size + 1, ...(place ? { after: place[0] } : {}) }),
      asksFor(info, "totalCount") ? countVendorEvents(context.readStore, listing) : 0,
    ])
    const momentIn = once((organizationId) => momentOf(context, organizationId, asOf))
    const item = (row: VendorEventRow) => vendorEventOf(row, momentIn)
    return pageOf(info, { list, rows, first: size, after: place, item, place: (row) => [row.position], totalCount })
  }

  @FieldResolver(() => License, {
    nullable: true,
    description: "The license at the moment that is shown; null when it is not the vendor's, or was not there then.",
    complexity: 2,
  })
  async license(
    @Root() { licenseId, organizationId, momentIn }: VendorEvent,
    @Ctx() context: GraphQLContext,
  ): Promise<License | undefined> {
    if (licenseId === null || organizationId === null) return undefined
    return context.loaders.license.load({ id: licenseId, moment: await momentIn(organizationId) })
  }
}

function whose({ viewer }: GraphQLContext): VendorEventsOf {
  const sight = sightOf(viewer)
  return sight.of === "VENDOR" ? { vendorId: sight.vendorId } : { organizationId: requireOrganization(viewer, "vendorEvents") }
}

async function recordedBy(context: GraphQLContext, of: VendorEventsOf, asOf: AsOf): Promise<RecordedBy> {
  if ("vendorId" in of) return { instant: pastOrToday(context, asOf) }
  // An instant shows also what came after the last revision before it.
  if (typeof asOf.revision !== "number") return { instant: instantOf(asOf) }
  return momentOf(context, of.organizationId, asOf)
}

/** Most messages of a page are about a few organizations. */
function once<Answer>(ask: (id: string) => Promise<Answer>): (id: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (id) => {
    const answer = answers.get(id) ?? ask(id)
    answers.set(id, answer)
    return answer
  }
}

function vendorEventOf(row: VendorEventRow, momentIn: VendorEvent["momentIn"]): VendorEvent {
  const event = new VendorEvent()
  event.momentIn = momentIn
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
