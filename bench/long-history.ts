/**
 * A history for searching: that of `history.ts`, done by several admins and an identity provider, with reasons. Some
 * actors and words are in every few entries, some in one of 100,000.
 */
import type { Actor, OrganizationEvent } from "../src/domain/events"
import type { ActorId } from "../src/domain/ids"
import { writeHistory } from "./history"
import type { WrittenOrganization } from "./log-writer"
import { id } from "./organization"

const PROVIDER: Actor = { type: "IDENTITY_PROVIDER", id: "act_identityprovider" as ActorId, role: "USER_ADMIN" }
const ADMINS: readonly Actor[] = Array.from({ length: 5 }, () => ({ type: "USER", id: id("usr"), role: "LICENSE_ADMIN" }))
const RARE_ADMIN: Actor = { type: "USER", id: id("usr"), role: "GLOBAL_ADMIN" }
const REASONS = [
  "new on the project",
  "asked by the manager",
  "needs it for the audit of the year",
  "no longer on the team",
  "leaves the company",
]
/** One entry of so many has what is rare. */
const RARE = 100_000

export interface LongHistory {
  readonly count: number
  readonly provider: string
  readonly admin: string
  readonly rareAdmin: string
}

export async function writeLongHistory(written: WrittenOrganization, events: number): Promise<LongHistory> {
  const { store, vault } = written
  const reasonOf = (revision: number) => {
    const merger = revision % RARE < 10 ? ", because of the merger" : ""
    return written.sealer.sealReason(`${REASONS[revision % REASONS.length]}, INC${1_000_000 + revision}${merger}`)
  }
  written.retold = (event) => {
    const { type, revision } = event
    const isDirectory = type.startsWith("User") || type.startsWith("Group")
    const admin = isDirectory ? PROVIDER : (ADMINS[revision % ADMINS.length] as Actor) // never empty
    const retold = { ...event, metadata: { ...event.metadata, actor: revision % RARE === 0 ? RARE_ADMIN : admin } }
    if (retold.type !== "LicenseAssigned" && retold.type !== "LicenseUnassigned") return retold
    return { ...retold, data: { ...retold.data, reason: reasonOf(revision) } } as OrganizationEvent // of the same type
  }
  const count = await writeHistory(store, vault, events, written)
  return { count, provider: PROVIDER.id, admin: ADMINS[0]?.id ?? "", rareAdmin: RARE_ADMIN.id }
}
