import type { PrincipalType } from "../../src/domain/events"
import { type Entry, openRows, type Projection, type Span, spanTable, type Wants, type Work } from "../../src/readstore/projection"
import { tables } from "./tables"

interface AssignmentRow extends Span {
  organization_id: string
  license_id: string
  principal_type: PrincipalType
  principal_id: string
  actor_type: string
  actor_id: string
  reason: string | null
}

const assignment = spanTable<AssignmentRow>(
  "assignment",
  ["license_id", "principal_id"],
  ["organization_id", "license_id", "principal_type", "principal_id", "actor_type", "actor_id", "reason"],
)
const assignmentsOfPrincipal = openRows(assignment, "organization_id = ? and principal_id = ?")

export const assignments: Projection = {
  name: "assignments",
  version: 1,
  tables,
  indexesForWriting: ["assignment_of_principal"],

  needs: {
    UserDeleted: ({ data, organizationId }, wants) => wantAll(organizationId, data.userId, wants),
    GroupDeleted: ({ data, organizationId }, wants) => wantAll(organizationId, data.groupId, wants),
  },

  on: {
    LicenseAssigned(event, work) {
      const { data, organizationId, metadata } = event
      work.spans(assignment).begin(event, {
        organization_id: organizationId,
        license_id: data.licenseId,
        principal_type: data.principal.type,
        principal_id: data.principal.id,
        actor_type: metadata.actor.type,
        actor_id: metadata.actor.id,
        reason: data.reason ?? null,
      })
    },
    LicenseUnassigned: (event, work) => work.spans(assignment).end(event, event.data.licenseId, event.data.principal.id),
    LicenseStatusChanged(event, work) {
      // Rule 24: cancelled is final; nobody is assigned any longer.
      if (event.data.status === "CANCELLED") work.spans(assignment).endAll(event, "license_id", event.data.licenseId)
    },
    UserDeleted: (event, work) => endAll(event, event.data.userId, work),
    GroupDeleted: (event, work) => endAll(event, event.data.groupId, work),
  },
}

function wantAll(organizationId: string, principalId: string, wants: Wants): void {
  wants.rows(assignmentsOfPrincipal, organizationId, principalId)
}

/** Rules 27 and 32. */
function endAll(event: Entry, principalId: string, work: Work): void {
  const rows = work.spans(assignment)
  for (const row of rows.currentWith("principal_id", principalId)) rows.end(event, row.license_id, principalId)
}
