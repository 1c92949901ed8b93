/** Gathers why somebody holds a seat, waits or has none: from spans, so as of any moment, and nothing is decided again. */
import type { Moment } from "../../../projections/catalog/moment"
import { causesOf, historyPage } from "../../../projections/history/queries"
import {
  type AccountRow,
  accountAt,
  beganOf,
  groupsWith,
  knownPair,
  lastSourceEnded,
  type Pair,
  type SeatSpan,
  seatSpans,
  sourcesOf,
} from "../../../projections/seats/why"
import type { GraphQLContext } from "./context"
import { notFound } from "./faults"
import type { Group } from "./types/group"
import type { HistoryEntry } from "./types/history"
import type { License } from "./types/license"
import {
  ExplainedClaim,
  ExplainedSource,
  LicenseExplanation,
  Remedy,
  type RemedyKind,
  SeatTransition,
  type Standing,
  type TransitionKind,
} from "./types/why"

/** The newest states of a person's claims on one license; few people ever have more than three. */
const MOST_SPANS = 100
const MOST_GROUPS = 20

/** @param seesTrail false for a member, who is shown neither others nor the trail */
export async function explained(context: GraphQLContext, pair: Pair, seesTrail: boolean): Promise<LicenseExplanation> {
  const { readStore, loaders } = context
  const { moment, licenseId, userId } = pair
  const [known, license, user, account, spans, rows] = await Promise.all([
    knownPair(readStore, pair),
    loaders.license.load({ id: licenseId, moment }),
    loaders.user.load({ id: userId, moment }),
    accountAt(readStore, pair),
    seatSpans(readStore, pair, MOST_SPANS),
    sourcesOf(readStore, pair),
  ])
  if (known.registered_revision === null) throw notFound("licenseId")
  if (known.user_name === null) throw notFound("userId")

  const told = new LicenseExplanation()
  told.at = moment
  told.names = { user: known.user_name, product: known.product_name ?? licenseId }
  told.seesTrail = seesTrail
  told.licenseId = licenseId
  told.userId = userId
  told.revision = moment.revision
  told.license = license ?? null
  told.user = user ?? null
  told.spans = spans
  told.state = standingOf(moment, license, account, spans, rows.length > 0)

  const entryOf = entriesFor(context, moment, seesTrail)
  const groupOf = async (id: string) => (await loaders.group.load({ id, moment })) ?? null
  const position = placeOf(context, pair, license, openSpan(told))
  const [sources, claim, place] = await Promise.all([
    Promise.all(
      rows.map(async (row) => {
        const began = beganOf(row)
        const source = new ExplainedSource()
        source.type = row.group_id === null ? "DIRECT" : "GROUP"
        source.since = began.at
        source.sinceRevision = began.revision
        const [group, assignedBy, joinedBy] = await Promise.all([
          row.group_id === null ? null : groupOf(row.group_id),
          entryOf(row.assigned_revision),
          entryOf(row.joined_revision),
        ])
        return Object.assign(source, { group, assignedBy, joinedBy })
      }),
    ),
    claimOf(openSpan(told), entryOf),
    position,
  ])
  told.sources = sources
  told.claim = claim
  told.waitlistPosition = place
  told.before = place === null ? null : place - 1
  told.remedies = await remediesFor(context, told, license)
  told.decidedAt = await decidedAt(context, pair, told, account)
  told.causes = await causesFor(context, told, entryOf)
  told.startedBy = told.causes.at(-1)?.actor ?? null
  return told
}

function standingOf(
  { revision }: Moment,
  license: License | undefined,
  account: AccountRow | undefined,
  [newest]: readonly SeatSpan[],
  hasSource: boolean,
): Standing {
  if (newest && newest.to_revision > revision) return newest.state
  if (!license) return "NOT_REGISTERED"
  if (license.status === "CANCELLED") return "CANCELLED"
  if (!account) return "NOT_IN_DIRECTORY"
  if (account.to_revision <= revision) return "DELETED"
  if (account.active === 0) return "INACTIVE"
  // Readers see what is recorded, and a large group is recorded little by little.
  return hasSource ? "IN_PROGRESS" : "NOT_ENTITLED"
}

/** The state that holds at the moment. */
export function openSpan({ spans: [newest], at }: Pick<LicenseExplanation, "spans" | "at">): SeatSpan | undefined {
  return newest && newest.to_revision > at.revision ? newest : undefined
}

type EntryOf = (revision: number | null) => Promise<HistoryEntry | null>

/** All that are asked for together are read by one statement. */
function entriesFor({ loaders }: GraphQLContext, { organizationId }: Moment, seesTrail: boolean): EntryOf {
  return async (revision) =>
    revision === null || !seesTrail ? null : ((await loaders.historyEntry.load({ organizationId, revision })) ?? null)
}

async function claimOf(span: SeatSpan | undefined, entryOf: EntryOf): Promise<ExplainedClaim | null> {
  if (!span) return null
  const claim = new ExplainedClaim()
  claim.openedAt = span.opened_at
  claim.openedRevision = span.opened_revision
  claim.ordinal = span.opened_ordinal
  claim.openedBy = await entryOf(span.opened_revision)
  return claim
}

async function placeOf(
  { loaders }: Pick<GraphQLContext, "loaders">,
  { moment, licenseId }: Pair,
  license: License | undefined,
  span: SeatSpan | undefined,
): Promise<number | null> {
  if (span?.state !== "WAITLISTED") return null
  const waitlisted = license?.seats.waitlisted ?? 0
  const key = [span.opened_revision, span.opened_ordinal] as const
  const [place] = await loaders.waitlistPlaces.load({ moment, licenseId, keys: [key], waitlisted })
  return place ?? null
}

/** The place that somebody had when the waiting began. */
export async function placeAtFirst(context: GraphQLContext, { at, licenseId, userId }: LicenseExplanation, span: SeatSpan) {
  const moment = { ...at, revision: span.from_revision, instant: span.from_at, open: false }
  const license = await context.loaders.license.load({ id: licenseId, moment })
  return placeOf(context, { moment, licenseId, userId }, license, span)
}

/** In the order in which they would have to happen. */
async function remediesFor(context: GraphQLContext, told: LicenseExplanation, license: License | undefined): Promise<Remedy[]> {
  const { state } = told
  if (state === "CANCELLED") return [remedy("BUY_LICENSE")]
  if (!license || state === "SEATED" || state === "DELETED" || state === "NOT_IN_DIRECTORY") return []
  const { purchased, seated, waitlisted, available } = license.seats
  const place = told.waitlistPosition ?? waitlisted + 1
  const lacking = told.waitlistPosition === null && available > 0 ? 0 : Math.max(0, seated + place - purchased)
  const remedies = [
    ...(state === "INACTIVE" ? [remedy("ACTIVATE_USER")] : []),
    ...(state === "NOT_ENTITLED" || (state === "INACTIVE" && told.sources.length === 0)
      ? [remedy("ASSIGN", { groups: await groupsThatHave(context, told) })]
      : []),
    ...(license.status === "SUSPENDED" ? [remedy("REINSTATE_LICENSE")] : []),
    ...(lacking > 0 ? [remedy("FREE_SEATS", { seats: lacking })] : []),
  ]
  return remedies.length > 0 ? remedies : [remedy("WAIT")]
}

function remedy(kind: RemedyKind, { seats = null, groups = [] }: Partial<Pick<Remedy, "seats" | "groups">> = {}): Remedy {
  return Object.assign(new Remedy(), { kind, seats, groups })
}

async function groupsThatHave({ readStore, loaders }: GraphQLContext, { at, licenseId, seesTrail }: LicenseExplanation): Promise<Group[]> {
  if (!seesTrail) return []
  const ids = await groupsWith(readStore, at, licenseId, MOST_GROUPS)
  const groups = await Promise.all(ids.map((id) => loaders.group.load({ id, moment: at })))
  return groups.filter((group) => group !== undefined)
}

/** The event that brought about what is the case at the moment; null where nothing ever happened. */
async function decidedAt(
  { readStore }: GraphQLContext,
  pair: Pair,
  { state, spans, sources, at }: LicenseExplanation,
  account: AccountRow | undefined,
): Promise<number | null> {
  const { moment, licenseId } = pair
  switch (state) {
    case "SEATED":
    case "WAITLISTED":
      return openSpan({ spans, at })?.from_revision ?? null
    case "IN_PROGRESS":
      // A further source opens no claim, and an inactive person has none (rules 8 and 26).
      return Math.max(sources[0]?.sinceRevision ?? 0, account?.from_revision ?? 0)
    case "NOT_ENTITLED": {
      // A seat may have ended long before, with the account, and a person who was inactive all the time never had one.
      const ended = await lastSourceEnded(readStore, pair)
      return ended === null ? null : Math.max(ended, spans[0]?.to_revision ?? 0)
    }
    case "INACTIVE":
      return account?.from_revision ?? null
    case "DELETED":
      return account?.to_revision ?? null
    case "CANCELLED": {
      const { organizationId, revision: toRevision } = moment
      const filter = { licenseId, subjectIds: [], types: ["LicenseStatusChanged"], toRevision }
      const [cancelled] = await historyPage(readStore, { organizationId, ...filter, oldestFirst: false, limit: 1 })
      return cancelled?.revision ?? null
    }
    case "NOT_IN_DIRECTORY":
    case "NOT_REGISTERED":
      return null
    default:
      return state satisfies never
  }
}

async function causesFor({ readStore }: GraphQLContext, { at, decidedAt, seesTrail }: LicenseExplanation, entryOf: EntryOf) {
  if (decidedAt === null || !seesTrail) return []
  const revisions = await causesOf(readStore, at.organizationId, decidedAt)
  const entries = await Promise.all(revisions.map(entryOf))
  return entries.filter((entry) => entry !== null)
}

/** All changes that the spans tell of, oldest first. */
export async function transitionsOf(context: GraphQLContext, { at, spans, seesTrail }: LicenseExplanation): Promise<SeatTransition[]> {
  const changes: { kind: TransitionKind; revision: number; at: number }[] = []
  const oldestFirst = spans.toReversed()
  for (const [n, span] of oldestFirst.entries()) {
    const [before, after] = [oldestFirst[n - 1], oldestFirst[n + 1]]
    const goesOn = before?.opened_revision === span.opened_revision
    // Of the oldest span that was read nobody knows whether it is the claim's first.
    if (!goesOn && (n > 0 || spans.length < MOST_SPANS))
      changes.push({ kind: "CLAIM_OPENED", revision: span.opened_revision, at: span.opened_at })
    const kind = span.state === "SEATED" ? "SEATED" : goesOn && before.state === "SEATED" ? "REVOKED" : "WAITED"
    changes.push({ kind, revision: span.from_revision, at: span.from_at })
    const hasEnded = span.to_revision <= at.revision && after?.opened_revision !== span.opened_revision
    if (hasEnded) changes.push({ kind: "RELEASED", revision: span.to_revision, at: span.to_at })
  }
  const entryOf = entriesFor(context, at, seesTrail)
  return Promise.all(changes.map(async (change) => Object.assign(new SeatTransition(), change, { entry: await entryOf(change.revision) })))
}
