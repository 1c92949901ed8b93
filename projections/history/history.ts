import { EVENT_TYPES } from "../../src/domain/event-versions"
import type { ClaimRef } from "../../src/domain/events"
import { type Entry, type Handlers, type Projection, rowsWhere, rowTable, type Work } from "../../src/readstore/projection"
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
interface SubjectRow {
  organization_id: string
  subject_id: string
  revision: number
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
const subject = rowTable<SubjectRow>(
  "history_subject",
  ["organization_id", "subject_id", "revision"],
  ["organization_id", "subject_id", "revision"],
)
const keyedCommand = rowTable<KeyedCommandRow>(
  "keyed_command",
  ["stream", "command_id"],
  ["stream", "command_id", "first_revision", "last_revision", "command_hash"],
  { replaces: true },
)
const progress = rowTable<ProgressRow>("history_progress", ["organization_id"], ["organization_id", "revision"], { replaces: true })

const keyedCommandById = rowsWhere(keyedCommand, "stream = ? and command_id = ?")

/** Every type is recorded in the same way; a type unknown to this version is not. */
const recordEvery = Object.fromEntries(EVENT_TYPES.map((type) => [type, record])) as Handlers

export const historyOfEvents: Projection = {
  name: "history",
  version: 1,
  tables,

  // The events of a command may lie in two batches, so its row may be there already.
  needsOfEvery({ stream, metadata }, wants) {
    if (isKeyed(metadata.commandId)) wants.rows(keyedCommandById, stream, metadata.commandId)
  },
  on: recordEvery,
  onEvery({ organizationId, revision }, work) {
    if (organizationId === "") return
    const rows = work.rows(progress)
    const row = rows.current(organizationId)
    if (row) rows.change(row, { revision })
    else rows.put({ organization_id: organizationId, revision })
  },
}

function isKeyed(commandId: string): boolean {
  return commandId.startsWith("key_")
}

function record(event: Entry, work: Work): void {
  const { organizationId, revision, metadata, stream } = event
  if (isKeyed(metadata.commandId)) {
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
  if (organizationId === "") return
  work.rows(history).add({
    organization_id: organizationId,
    revision,
    event_id: event.id,
    type: event.type,
    recorded_at: event.at,
    actor_type: metadata.actor.type,
    actor_id: metadata.actor.id,
    actor_role: metadata.actor.role ?? null,
    correlation_id: metadata.correlationId,
    causation_revision: metadata.causationRevision ?? null,
    license_id: "licenseId" in event.data ? event.data.licenseId : null,
    data: JSON.stringify(event.recorded),
  })
  const subjects = work.rows(subject)
  for (const id of subjectsOf(event)) subjects.add({ organization_id: organizationId, subject_id: id, revision })
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
