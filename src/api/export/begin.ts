/** From what is asked to the header of an export: the moment, the signed checkpoint, who asks and when. */
import type { GraphQLError } from "graphql"
import { momentOfInstant, momentOfRevision, momentsNow } from "../../../projections/catalog/moment"
import { trailEnd } from "../../../projections/history/queries"
import { licensesByKey } from "../../../projections/licenses/queries"
import type { Checkpoints } from "../../audit/checkpoints"
import { base64, EXPORT_FORMAT, type ExportFilter, type ExportHeader } from "../../audit/export-format"
import { LogRewritten, type LogTrees, TreeBehind } from "../../audit/log-tree"
import { dateAt } from "../../domain/calendar"
import type { Role } from "../../domain/events"
import type { EventStore } from "../../eventstore/event-store"
import type { Projecting } from "../../readstore/projecting"
import type { ReadStore } from "../../readstore/read-store"
import { type ExportRequest, told, wrong } from "./request"
import { iso, licensesOf, type Sources } from "./table"

export interface BeginDeps {
  readonly readStore: ReadStore
  readonly checkpoints: Pick<Checkpoints, "at" | "signer" | "noteChangedEvent">
  readonly trees: Pick<LogTrees, "size">
  readonly eventStore: Pick<EventStore, "read">
  readonly projecting: Pick<Projecting, "waitFor">
  /** How long to wait for what is recorded and not shown yet, in ms. */
  readonly visibleWithinMs: number
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number
}

export interface Asking {
  readonly organizationId: string
  readonly actorId: string
  readonly role: Role
}

/** @throws GraphQLError when what is asked for is not there */
export async function beginExport(deps: BeginDeps, asking: Asking, request: ExportRequest): Promise<ExportHeader> {
  const { organizationId } = asking
  const { what, as, licenseId } = request
  const now = deps.now()
  const revision = await revisionOf(deps, organizationId, request, now)
  // A log has an event as soon as there is an organization. A proof that a mistyped one had none would be believed.
  if ((await newestRevision(deps, organizationId)) === 0) throw told(404, "NOT_FOUND", `There is no organization ${organizationId}.`)
  const moment = await momentOfRevision(deps.readStore, organizationId, revision)
  const [license] = licenseId !== undefined && moment ? await licensesByKey(deps.readStore, [{ id: licenseId, moment }]) : []
  if (licenseId !== undefined && !license) {
    throw told(404, "NOT_FOUND", `The organization has no license ${licenseId} at revision ${revision}.`, { field: "license" })
  }
  const { root, note } = await checkpointAt(deps, organizationId, revision)
  const isProven = what === "history" && as === "jsonl"
  return {
    kind: "header",
    format: EXPORT_FORMAT,
    what,
    as,
    organization: organizationId,
    revision,
    recordedAt: revision === 0 || !moment ? null : iso(moment.instant),
    root: base64(root),
    checkpoint: note,
    proofs: isProven ? (licenseId === undefined ? "BLOCKS" : "INCLUSION") : "NONE",
    ...(what === "history" && (await stretchOf(deps, organizationId, revision, request))),
    filter: await filterOf(deps, organizationId, moment?.instant ?? now, request, now),
    exportedAt: iso(now),
    exportedBy: { id: asking.actorId, role: asking.role },
  }
}

/** The signed checkpoint at a revision, or what there is to tell. @throws GraphQLError */
export async function checkpointAt({ checkpoints }: Pick<BeginDeps, "checkpoints">, organizationId: string, revision: number) {
  try {
    return await checkpoints.at(organizationId, revision)
  } catch (error) {
    if (error instanceof LogRewritten) throw logRewritten(error)
    if (error instanceof TreeBehind) throw told(503, "UNAVAILABLE", `${error.message}.`, { retryAfter: 2 })
    throw error
  }
}

export function logRewritten({ message }: Error): GraphQLError {
  return told(500, "LOG_REWRITTEN", `Nothing can be exported that would verify: ${message}.`)
}

/** What everything that an export reads shows: other read models may be ahead. */
export async function newestRevision(
  { readStore, trees }: Pick<BeginDeps, "readStore" | "trees">,
  organizationId: string,
): Promise<number> {
  const [now] = await momentsNow(readStore, [organizationId])
  const [trail, tree] = await Promise.all([trailEnd(readStore, organizationId), trees.size(organizationId)])
  return Math.min(now?.revision ?? 0, trail, tree)
}

/** Events of a log that are waited for together: a tenth of a second to read, a few to be shown. */
const STRETCH_EVENTS = 20_000

/**
 * Nothing that is recorded may be missing from an export of now, or of a moment: it waits for what is not shown yet. When
 * the read models are made anew that is all of the log, and whoever asks again every few seconds must not have it read
 * every time: so a stretch is read, and the next one when that is shown.
 */
async function settledRevision(deps: BeginDeps, organizationId: string): Promise<number> {
  const stream = streamOf(organizationId)
  const deadline = performance.now() + deps.visibleWithinMs
  for (;;) {
    const shown = await newestRevision(deps, organizationId)
    const { recorded, isAll } = await recordedAfter(deps, stream, shown)
    if (recorded === shown) return shown
    await deps.projecting.waitFor(stream, recorded, Math.max(0, deadline - performance.now()))
    const newest = await newestRevision(deps, organizationId)
    if (newest < recorded) throw stillCatchingUp(newest)
    if (isAll) return newest
  }
}

/** The last revision of a stretch of the log after one that is shown. */
async function recordedAfter({ eventStore }: BeginDeps, stream: string, shown: number) {
  let recorded = shown
  for await (const page of eventStore.read(stream, shown)) {
    recorded = page.at(-1)?.revision ?? recorded
    if (recorded - shown >= STRETCH_EVENTS) return { recorded, isAll: false }
  }
  return { recorded, isAll: true }
}

async function isRecorded({ eventStore }: BeginDeps, organizationId: string, revision: number): Promise<boolean> {
  for await (const page of eventStore.read(streamOf(organizationId), revision - 1)) return page.length > 0
  return false
}

function stillCatchingUp(shown: number): GraphQLError {
  const message = `The read models show revision ${shown} and are still catching up with the log; try again in a moment, or name a revision.`
  return told(503, "UNAVAILABLE", message, { retryAfter: 3 })
}

function streamOf(organizationId: string): string {
  return `organization-${organizationId}`
}

async function revisionOf(deps: BeginDeps, organizationId: string, { revision, at }: ExportRequest, now: number): Promise<number> {
  if (revision !== undefined) {
    const newest = await newestRevision(deps, organizationId)
    if (revision <= newest) return revision
    if (await isRecorded(deps, organizationId, revision)) throw stillCatchingUp(newest)
    throw wrong("revision", `must be at most ${newest}, the newest revision that is shown; ${revision} has not happened yet`)
  }
  const newest = await settledRevision(deps, organizationId)
  if (at === undefined) return newest
  if (at > now) throw wrong("at", `lies in the future: it is ${iso(now)} now`)
  return Math.min(newest, (await momentOfInstant(deps.readStore, organizationId, at)).revision)
}

/** The revisions of a history, both included. Instants and revisions grow together. */
async function stretchOf({ readStore }: BeginDeps, organizationId: string, revision: number, { from, to }: ExportRequest) {
  const before = from ? (await momentOfInstant(readStore, organizationId, from.instant - 1)).revision : 0
  const until = to ? (await momentOfInstant(readStore, organizationId, to.instant - 1)).revision : revision
  const first = Math.min(before, revision) + 1
  return { first, last: Math.max(first - 1, Math.min(until, revision)) }
}

/**
 * Of usage, everything that a second reading needs to count the same: what holds at the revision is counted on until
 * the moment that was asked for, and no further than now.
 */
async function filterOf(
  deps: BeginDeps,
  organizationId: string,
  recordedAt: number,
  request: ExportRequest,
  now: number,
): Promise<ExportFilter> {
  const { what, licenseId, from, to, timeZone, revision, at } = request
  const license = licenseId === undefined ? {} : { licenseId }
  if (what === "history") return { ...license, ...(from && { from: iso(from.instant) }), ...(to && { to: iso(to.instant) }) }
  if (what !== "usage") return license
  const until = at ?? (revision === undefined ? now : recordedAt)
  const first = await momentOfRevision(deps.readStore, organizationId, 1)
  const [earliest, latest] = [dateAt(first?.instant ?? until, timeZone), dateAt(until, timeZone)]
  const [fromDay = earliest, toDay = latest] = [from?.day, to?.day]
  return { ...license, from: fromDay, to: toDay < latest ? toDay : latest, timeZone, until: iso(until) }
}

/** How many events or rows there will be, where that can be told at once. */
export async function expectedLines(header: ExportHeader, { readStore }: Pick<Sources, "readStore">): Promise<number | undefined> {
  const { what, revision, first = 1, last = revision, filter } = header
  if (what === "history") return filter.licenseId === undefined ? last - first + 1 : undefined
  if (what !== "seats") return undefined
  let people = 0
  for await (const { seated, waitlisted } of licensesOf(header, { readStore })) people += seated + waitlisted
  return people
}
