/** What happens, as it happens: fed from the audit trail, so that a subscriber who comes back misses nothing. */
import { Arg, Ctx, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from "type-graphql"
import { historyPage, trailEnd } from "../../../projections/history/queries"
import { permit } from "../../auth/permissions"
import type { Context } from "./context"
import { badUserInput, notFound } from "./faults"
import { Feed } from "./feed"
import { entriesOf } from "./history"
import { type Filtered, filterOf } from "./history-filter"
import { loadLicense } from "./load"
import { HistoryEntry, HistoryFilter } from "./types/history"
import { License } from "./types/license"

@ObjectType({ simpleResolvers: true, description: "One event that concerned a license." })
export class LicenseChange {
  @Field(() => Int, { description: "The revision of the event: subscribe again with it as `afterRevision`, and nothing is missed." })
  readonly revision: number

  @Field(() => HistoryEntry, { description: "What happened." })
  readonly entry: HistoryEntry

  constructor(
    private readonly licenseId: string,
    entry: HistoryEntry,
  ) {
    this.entry = entry
    this.revision = entry.revision
  }

  @Field(() => License, { description: "The license right after the event." })
  license(@Ctx() context: Context): Promise<License | undefined> {
    return loadLicense(context, this.licenseId, this.entry.at)
  }
}

interface Subscriber<Args> {
  readonly args: Args
  readonly context: Context
}
interface After {
  readonly afterRevision?: number | null
}

interface Narrowed {
  readonly filter?: HistoryFilter | null
}

const AFTER = {
  nullable: true,
  description: "The last revision already known: everything after it comes, first what has happened since. Left out: from now on.",
} as const

@Resolver()
export class Subscriptions {
  @Subscription(() => LicenseChange, {
    subscribe: ({ args, context }: Subscriber<After & { readonly licenseId: string }>) => licenseChanges(context, args),
    description: "Every change of one license, from a revision on, without a gap.",
  })
  licenseChanged(
    @Root() entry: HistoryEntry,
    @Arg("licenseId", () => ID, { description: "The license." }) licenseId: string,
    @Arg("afterRevision", () => Int, AFTER) _afterRevision: number | null,
  ): LicenseChange {
    return new LicenseChange(licenseId, entry)
  }

  @Subscription(() => HistoryEntry, {
    subscribe: ({ args, context }: Subscriber<After & Narrowed>) => historyOf(context, args),
    description: "The audit trail as it grows, from a revision on, without a gap.",
  })
  historyAppended(
    @Root() entry: HistoryEntry,
    @Arg("afterRevision", () => Int, AFTER) _afterRevision: number | null,
    @Arg("filter", () => HistoryFilter, { nullable: true, description: "Only entries that meet all of this; left out: every entry." })
    _filter: HistoryFilter | null,
  ): HistoryEntry {
    return entry
  }
}

async function licenseChanges(context: Context, { licenseId, afterRevision }: After & { readonly licenseId: string }) {
  permit(context.viewer, "Subscription.licenseChanged")
  const license = await loadLicense(context, licenseId)
  if (!license) throw notFound("licenseId")
  return entriesAfter(context, license.at.organizationId, afterRevision ?? license.at.revision, filterOf({ licenseId }))
}

async function historyOf(context: Context, { afterRevision, filter }: After & Narrowed) {
  permit(context.viewer, "Subscription.historyAppended")
  const { organizationId } = context.viewer
  if (organizationId === undefined) throw notFound("organization")
  const { revision } = await context.loaders.now.load(organizationId)
  return entriesAfter(context, organizationId, afterRevision ?? revision, filterOf(filter))
}

function entriesAfter(context: Context, organizationId: string, after: number, filter: Filtered): Feed<HistoryEntry> {
  if (after < 0) throw badUserInput("afterRevision", "must not be negative: 0 is before everything")
  const stream = `organization-${organizationId}`
  const { projecting, readStore } = context
  /** Up to here nothing was found: a filter that seldom finds something does not look through the same entries again. */
  let seen = 0
  return new Feed(
    {
      onProgress: (listener) => projecting.onProgress(stream, listener),
      page: async (from, limit) => {
        // An entry is told when everything it leads to can be shown, and the trail may be ahead of the other read models.
        const [{ revision: shown }, end] = await Promise.all([
          context.loaders.now.load(organizationId),
          trailEnd(readStore, organizationId),
        ])
        const toRevision = Math.min(shown, end, filter.toRevision ?? shown)
        const after = Math.max(from, seen)
        const rows = await historyPage(readStore, { organizationId, ...filter, toRevision, oldestFirst: true, after, limit })
        if (rows.length === 0) seen = Math.max(after, toRevision)
        return entriesOf(context, organizationId, rows)
      },
    },
    after,
  )
}
