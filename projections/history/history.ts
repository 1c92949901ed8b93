import { EVENT_TYPES } from "../../src/domain/event-versions"
import type { ClaimRef } from "../../src/domain/events"
import {
  type Entry,
  type Handlers,
  type Needs,
  type Projection,
  rowsWhere,
  rowTable,
  type Wants,
  type Work,
} from "../../src/readstore/projection"
import { textIdOf } from "../../src/vault/sealing"
import type { Keys, Wanted } from "../../src/vault/vault"
import { listsOfReason, ofActor, ofLicense, ofSubject, ofText, ofType, WORDS } from "./lists"
import { bitsOf, inOrder, STRETCH, stretchOf, withoutRevision, withRevision } from "./places"
import { tables } from "./tables"

interface HistoryRow {
  organization_id: string
  revision: number
  event_id: string
  type: string
  recorded_at: number
  actor_type: string
  actor_id: string
  actor_role: string | null
  correlation_id: string
  causation_revision: number | null
  license_id: string | null
  data: string
}
interface ListRow {
  organization_id: string
  stretch: number
  list: string
  places: string
}
interface KeyedCommandRow {
  stream: string
  command_id: string
  first_revision: number
  last_revision: number
  command_hash: string
}
interface ProgressRow {
  organization_id: string
  revision: number
}

const history = rowTable<HistoryRow>(
  "history",
  ["organization_id", "revision"],
  [
    "organization_id",
    "revision",
    "event_id",
    "type",
    "recorded_at",
    "actor_type",
    "actor_id",
    "actor_role",
    "correlation_id",
    "causation_revision",
    "license_id",
    "data",
  ],
)
const historyList = rowTable<ListRow>(
  "history_list",
  ["organization_id", "stretch", "list"],
  ["organization_id", "stretch", "list", "places"],
  { replaces: true },
)
const keyedCommand = rowTable<KeyedCommandRow>(
  "keyed_command",
  ["stream", "command_id"],
  ["stream", "command_id", "first_revision", "last_revision", "command_hash"],
  { replaces: true },
)
const progress = rowTable<ProgressRow>("history_progress", ["organization_id"], ["organization_id", "revision"], { replaces: true })

const keyedCommandById = rowsWhere(keyedCommand, "stream = ? and command_id = ?")
const listByName = rowsWhere(historyList, "organization_id = ? and stretch = ? and list = ?")
/**
 * Where a text stands, by stretch, and the lists of words that it may stand in. Only the entries of one command share a
 * text, and no other entry with a reason lies between them: so their places stand side by side in those lists as well.
 */
const listsOfText = {
  table: historyList,
  sql: `with recursive s(stretch) as (select cast(0 as bigint) union all select stretch + 1 from s where stretch < ?),
    t as (select x.organization_id, x.stretch, x.places from s cross join history_list x
      where x.organization_id = ? and x.stretch = s.stretch and x.list = ?)
    select l.organization_id, l.stretch, l.list, l.places from t cross join history_list l
    where l.organization_id = t.organization_id and l.stretch = t.stretch and l.list = ?
    union all
    select l.organization_id, l.stretch, l.list, l.places from t cross join history_list l
    where l.organization_id = t.organization_id and l.stretch = t.stretch and l.list >= '${WORDS.from}' and l.list < '${WORDS.to}'
      and (l.places like '.%' or l.places like '%' || t.places || '%')`,
}

/** The stretch that a batch is writing; rows are put once, and grow until the batch is written. */
interface Writing {
  readonly organizationId: string
  readonly stretch: number
  readonly rows: Map<string, ListRow>
}

/** What the handlers of these events open. */
export function* reasonsIn(events: Iterable<Entry>): Iterable<Wanted> {
  for (const event of events) {
    const text = reasonOf(event)
    if (text !== undefined) yield { organizationId: event.organizationId, text }
  }
}

/** `keys` open reasons: their words are kept for searching, as names are. */
export function historyOfEvents(keys: Pick<Keys, "openText">): Projection {
  /** Of events that were asked about before they are recorded, because a reason takes 10 µs to open. */
  const askedFor = new WeakMap<Entry, readonly string[]>()
  const writings = new WeakMap<Work, Writing>()

  function listsOf(event: Entry): readonly string[] {
    const lists = [...listsOfFacts(event)]
    const reason = reasonOf(event)
    if (reason === undefined) return lists
    lists.push(ofText(textIdOf(reason)))
    // Of what cannot be opened any more there are no words.
    for (const list of listsOfReason(keys.openText(event.organizationId, reason) ?? "")) lists.push(list)
    return lists
  }

  function wantLists(event: Entry, wants: Wants): void {
    const { organizationId, revision } = event
    if (organizationId === "") return
    if (event.type === "UserErased") wantTexts(event, event.data.texts ?? [], wants)
    const stretch = stretchOf(revision)
    // Of a stretch that began inside this batch nothing is stored yet.
    if (stretch * STRETCH >= wants.firstRevision(organizationId)) return
    const lists = listsOf(event)
    askedFor.set(event, lists)
    for (const list of lists) wants.rows(listByName, organizationId, stretch, list)
  }

  function record(event: Entry, work: Work): void {
    if (isKeyed(event.metadata.commandId)) recordCommand(event, work)
    if (event.organizationId === "") return
    work.rows(history).add(historyRow(event))
    enlist(event, askedFor.get(event) ?? listsOf(event), work)
    if (event.type !== "UserErased") return
    for (const textId of event.data.texts ?? []) forget(event, textId, work)
    writings.delete(work) // Those rows may be gone.
  }

  function enlist({ organizationId, revision }: Entry, lists: readonly string[], work: Work): void {
    const stretch = stretchOf(revision)
    let writing = writings.get(work)
    if (writing?.stretch !== stretch || writing.organizationId !== organizationId) {
      writing = { organizationId, stretch, rows: new Map() }
      writings.set(work, writing)
    }
    for (const list of lists) {
      let row = writing.rows.get(list)
      if (row === undefined) {
        const places = work.rows(historyList).current(organizationId, stretch, list)?.places ?? ""
        row = { organization_id: organizationId, stretch, list, places }
        work.rows(historyList).put(row)
        writing.rows.set(list, row)
      }
      row.places = withRevision(row.places, revision)
    }
  }

  return {
    name: "history",
    version: 3,
    tables,

    // The events of a command may lie in two batches, so its row may be there already.
    needsOfEvery({ stream, metadata }, wants) {
      if (isKeyed(metadata.commandId)) wants.rows(keyedCommandById, stream, metadata.commandId)
    },
    // Every type is recorded in the same way; a type unknown to this version is not.
    needs: Object.fromEntries(EVENT_TYPES.map((type) => [type, wantLists])) as Needs,
    on: Object.fromEntries(EVENT_TYPES.map((type) => [type, record])) as Handlers,
    onEvery({ organizationId, revision }, work) {
      if (organizationId === "") return
      const rows = work.rows(progress)
      const row = rows.current(organizationId)
      if (row) rows.change(row, { revision })
      else rows.put({ organization_id: organizationId, revision })
    },
  }
}

function isKeyed(commandId: string): boolean {
  return commandId.startsWith("key_")
}

function recordCommand({ stream, revision, metadata }: Entry, work: Work): void {
  const commands = work.rows(keyedCommand)
  const first = commands.current(stream, metadata.commandId)?.first_revision ?? revision
  commands.put({
    stream,
    command_id: metadata.commandId,
    first_revision: first,
    last_revision: revision,
    command_hash: metadata.commandHash,
  })
}

function historyRow({ organizationId, revision, id, type, at, metadata, data, recorded }: Entry): HistoryRow {
  return {
    organization_id: organizationId,
    revision,
    event_id: id,
    type,
    recorded_at: at,
    actor_type: metadata.actor.type,
    actor_id: metadata.actor.id,
    actor_role: metadata.actor.role ?? null,
    correlation_id: metadata.correlationId,
    causation_revision: metadata.causationRevision ?? null,
    license_id: "licenseId" in data ? (data.licenseId ?? null) : null,
    data: JSON.stringify(recorded),
  }
}

function wantTexts({ organizationId, revision }: Entry, textIds: readonly string[], wants: Wants): void {
  for (const textId of textIds) {
    const list = ofText(textId)
    wants.rows(listsOfText, stretchOf(revision), organizationId, list, list)
  }
}

/** The words of a reason that was erased are found no more, and stand nowhere any more. */
function forget({ organizationId }: Entry, textId: string, work: Work): void {
  const rows = work.rows(historyList)
  const known = [...rows.known()].filter((row) => row.organization_id === organizationId)
  for (const text of known) {
    if (text.list !== ofText(textId)) continue
    const revisions = [...inOrder(bitsOf(text.places), 0, STRETCH - 1, true)]
    for (const { stretch, list } of known) {
      if (stretch !== text.stretch || list < WORDS.from || list >= WORDS.to) continue
      let places = rows.current(organizationId, stretch, list)?.places ?? ""
      for (const revision of revisions) places = withoutRevision(places, revision)
      rows.remove(organizationId, stretch, list)
      if (places !== "") rows.put({ organization_id: organizationId, stretch, list, places })
    }
  }
}

/** Sealed. */
function reasonOf({ data }: Entry): string | undefined {
  return "reason" in data ? data.reason : undefined
}

function* listsOfFacts(event: Entry): Iterable<string> {
  const { type, data, metadata } = event
  yield ofType(type)
  yield ofActor(metadata.actor.id)
  if ("licenseId" in data && data.licenseId !== undefined) yield ofLicense(data.licenseId)
  for (const id of subjectsOf(event)) yield ofSubject(id)
}

/** Users and groups that the event touched, each once. */
function subjectsOf({ type, data }: Entry): Iterable<string> {
  switch (type) {
    case "LicenseAssigned":
      return data.transferFrom ? new Set([data.principal.id, data.transferFrom]) : [data.principal.id]
    case "LicenseUnassigned":
      return data.transferTo ? new Set([data.principal.id, data.transferTo]) : [data.principal.id]
    case "SeatsGranted":
    case "SeatsWaitlisted":
    case "SeatsReleased":
    case "SeatsRevoked": {
      const claims: readonly ClaimRef[] = data.claims
      return claims.length === 1 ? claims.map(({ userId }) => userId) : new Set(claims.map(({ userId }) => userId))
    }
    case "UserProvisioned":
    case "UserProfileChanged":
    case "UserDeactivated":
    case "UserReactivated":
    case "UserDeleted":
    case "UserErased":
      return [data.userId]
    case "GroupProvisioned":
    case "GroupRenamed":
    case "GroupDeleted":
      return [data.groupId]
    case "GroupMembersChanged":
      return new Set([data.groupId, ...data.added, ...data.removed, ...(data.nestedAdded ?? []), ...(data.nestedRemoved ?? [])])
    case "OrganizationCreated":
    case "OrganizationClosed":
    case "LicenseRegistered":
    case "VendorSeatsChanged":
    case "LicenseStatusChanged":
    case "LicensePlanChanged":
    case "VendorEventIgnored":
    case "SettlementProgressed":
    case "OverassignmentStarted":
    case "OverassignmentEnded":
    case "GraceExpired":
    case "AccessReviewSigned":
    case "AssignmentsRestored":
    case "InstallLinkVisited":
    case "VendorRegistered":
    case "ProductListed":
    case "ProductChanged":
    case "ProductUnchanged":
    case "VendorEventRepeated":
    case "VendorEventRefused":
    case "VendorSecretCreated":
    case "VendorSecretExpires":
    case "VendorSecretRevoked":
    case "WebhookAdded":
    case "WebhookChanged":
    case "WebhookRemoved":
    case "WebhookDisabled":
    case "WebhookEnabled":
    case "WebhookSecretRotated":
    case "WebhookMessageSkipped":
    case "WebhookDeadLettersReplayed":
      return []
    default:
      return type satisfies never
  }
}
