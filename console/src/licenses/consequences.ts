/** Whether a license moved on by itself since a revision, or because somebody wanted something else. */
import type { Client } from "urql"
import { LicenseSinceDocument } from "../api/operations"

const PAGE_ROWS = 100
/** Nothing of these is decided by anybody: they follow from what was asked for before. */
const CONSEQUENCES = ["SeatsGranted", "SeatsWaitlisted", "SeatsReleased", "SettlementProgressed", "OverassignmentEnded"]
/** What changes neither assignments nor seats. */
const OF_NO_EFFECT = ["InstallLinkVisited", "VendorEventIgnored"]
/** A busy ledger shows what has happened a while later; what is not known by then counts as somebody else’s doing. */
const LOOKS = 600
const BETWEEN_LOOKS_MS = 100

/**
 * The revision up to which everything on the license since `since` only follows from what was done by then, or undefined
 * when something else has changed.
 * @param changedAt the change that a command was refused for (STALE_VIEW)
 */
export async function newestConsequence(client: Client, licenseId: string, since: number, changedAt: number): Promise<number | undefined> {
  let shownBefore = 0
  for (let look = 0; look < LOOKS; look++) {
    const { newest, shown } = await consequencesSince(client, licenseId, since)
    if (newest === undefined || newest >= changedAt) return newest
    // Everything up to the change could be read before we looked, and it is not among it.
    if (shownBefore >= changedAt) return undefined
    shownBefore = shown
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS))
  }
  return undefined
}

async function consequencesSince(client: Client, licenseId: string, since: number) {
  const following = new Set<number>()
  let newest = since
  let shown = 0
  let after: string | undefined
  do {
    const variables = { licenseId, fromRevision: since + 1, first: PAGE_ROWS, ...(after === undefined ? {} : { after }) }
    const { data } = await client.query(LicenseSinceDocument, variables, { requestPolicy: "network-only" }).toPromise()
    if (!data) return { newest: undefined, shown } // not known: then it is not assumed either
    // The trail may be shown a while later than what it tells of.
    shown = data.newest.nodes[0]?.revision ?? 0
    for (const { type, revision, causedBy } of data.history.nodes) {
      if (OF_NO_EFFECT.includes(type)) continue
      const follows = causedBy !== null && (causedBy.revision <= since || following.has(causedBy.revision))
      if (!follows || !CONSEQUENCES.includes(type)) return { newest: undefined, shown }
      following.add(revision)
      newest = revision
    }
    after = data.history.pageInfo.hasNextPage ? (data.history.pageInfo.endCursor ?? undefined) : undefined
  } while (after !== undefined)
  return { newest, shown }
}
