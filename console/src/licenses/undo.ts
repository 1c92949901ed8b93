/**
 * What was assigned or unassigned a moment ago, put back: by a command that says the opposite about the same people, at the
 * revision that theirs left behind. Whoever changed the license since is not overwritten (rule 35).
 */
import type { Client } from "urql"
import { type Sent, sendCommand } from "../api/command"
import {
  AssignLicensesDocument,
  type AssignLicensesMutation,
  type PrincipalNameFragment,
  SimulateCountsDocument,
  UnassignLicensesDocument,
} from "../api/operations"
import { Parts } from "./in-parts"

/** As many as the ledger works out beforehand. */
export const MOST_FORETOLD = 10_000

export interface Deed {
  readonly kind: "assigned" | "unassigned"
  readonly license: { readonly id: string; readonly product: { readonly name: string } }
  /** Those for whom it changed something, in the order in which it was done. */
  readonly principals: readonly PrincipalNameFragment[]
  /** After the last of its commands. */
  readonly revision: number
  /** One deed is undone once, from wherever and however often it is asked for. */
  readonly key: string
}

type Payload = Pick<AssignLicensesMutation["assignLicenses"], "revision" | "visible" | "refusal"> & {
  /** How many of it wait, when the answer knows. */
  readonly waiting?: number
}

export type Undoing = Parts<PrincipalNameFragment, Payload>

/** Whom it can be undone for: an inactive person cannot be assigned again (rule 15). */
export function undoable({ kind, principals }: Deed): readonly PrincipalNameFragment[] {
  return kind === "assigned" ? principals : principals.filter((one) => one.__typename === "Group" || one.active)
}

/** @param reason stands in the history beside what undid it */
export function undoing(client: Client, deed: Deed, reason: string, onDone?: (done: number) => void): Undoing {
  const { kind, license, revision, key } = deed
  const send = async (part: readonly PrincipalNameFragment[], expectedRevision: number, from: number): Promise<Sent<Payload>> => {
    const input = { licenseId: license.id, principalIds: part.map(({ id }) => id), expectedRevision, reason }
    const partKey = `undo ${key} ${from}`
    if (kind === "assigned")
      return sendCommand(client, UnassignLicensesDocument, ({ unassignLicenses }) => unassignLicenses, input, partKey)
    const waiting = { ...input, onShortage: "WAITLIST" as const }
    const sent = await sendCommand(client, AssignLicensesDocument, ({ assignLicenses }) => assignLicenses, waiting, partKey)
    if (sent.kind !== "done") return sent
    return {
      kind: "done",
      payload: { ...sent.payload, waiting: sent.payload.results.reduce((sum, { waitlisted }) => sum + waitlisted, 0) },
    }
  }
  return new Parts({ client, licenseId: license.id, items: undoable(deed), expectedRevision: revision, send, ...(onDone && { onDone }) })
}

/** How many would wait if it were undone now, because others have their seats; undefined when it is not known. */
export async function waitersOfUndo(client: Client, deed: Deed): Promise<number | undefined> {
  const principalIds = undoable(deed).map(({ id }) => id)
  if (deed.kind === "assigned" || principalIds.length === 0 || principalIds.length > MOST_FORETOLD) return undefined
  const input = { assign: { licenseId: deed.license.id, principalIds, onShortage: "WAITLIST" as const } }
  const { data } = await client.query(SimulateCountsDocument, { input }, { requestPolicy: "network-only" }).toPromise()
  return data?.simulate.licenses.find(({ licenseId }) => licenseId === deed.license.id)?.counts.waits
}
