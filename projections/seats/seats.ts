import type { ClaimRef, GrantReason } from "../../src/domain/events"
import { type Entry, openRows, type Projection, type Span, spanTable, type Wants, type Work } from "../../src/readstore/projection"
import { tables } from "./tables"

export interface SeatRow extends Span {
  organization_id: string
  license_id: string
  user_id: string
  state: "SEATED" | "WAITLISTED"
  opened_revision: number
  opened_ordinal: number
  opened_at: number
  via: GrantReason | null
}

export const seat = spanTable<SeatRow>(
  "seat",
  ["license_id", "user_id"],
  ["organization_id", "license_id", "user_id", "state", "opened_revision", "opened_ordinal", "opened_at", "via"],
)
const currentSeat = openRows(seat, "license_id = ? and user_id = ?")

type SeatEntry = Entry<"SeatsGranted" | "SeatsWaitlisted" | "SeatsRevoked" | "SeatsReleased">

/** Readers see what is recorded: a claim appears when it is granted or put on the waitlist, not when it opens. */
export const seats: Projection = {
  name: "seats",
  version: 1,
  tables,
  needs: { SeatsGranted: wantClaims, SeatsWaitlisted: wantClaims, SeatsRevoked: wantClaims, SeatsReleased: wantClaims },
  on: {
    SeatsGranted: (event, work) => show(event, work, "SEATED", event.data.via),
    SeatsWaitlisted: (event, work) => show(event, work, "WAITLISTED", null),
    SeatsRevoked: (event, work) => show(event, work, "WAITLISTED", null),
    SeatsReleased(event, work) {
      const rows = work.spans(seat)
      for (const { userId } of event.data.claims) rows.end(event, event.data.licenseId, userId)
    },
  },
}

/** A claim that opened inside this batch has no stored row: most seats are written without a look. */
function wantClaims({ data, organizationId }: SeatEntry, wants: Wants): void {
  const firstRevision = wants.firstRevision(organizationId)
  const claims: readonly ClaimRef[] = data.claims
  for (const { userId, opened } of claims) {
    if (opened.revision >= firstRevision) continue
    wants.rows(currentSeat, data.licenseId, userId)
    wants.instant(organizationId, opened.revision)
  }
}

function show(event: SeatEntry, work: Work, state: SeatRow["state"], via: GrantReason | null): void {
  const { data, organizationId } = event
  const rows = work.spans(seat)
  const claims: readonly ClaimRef[] = data.claims
  for (const { userId, opened } of claims) {
    if (rows.current(data.licenseId, userId)) rows.end(event, data.licenseId, userId)
    const openedAt = work.instant(organizationId, opened.revision)
    if (openedAt === undefined) throw new Error(`the claim of ${userId} opened at revision ${opened.revision}, which was never recorded`)
    rows.begin(event, {
      organization_id: organizationId,
      license_id: data.licenseId,
      user_id: userId,
      state,
      opened_revision: opened.revision,
      opened_ordinal: opened.ordinal,
      opened_at: openedAt,
      via,
    })
  }
}
