/** What the endpoints that a vendor reads from have in common. */
import type { FastifyReply } from "fastify"
import type { Tokens } from "../../auth/tokens"
import { isId } from "../../domain/ids"
import { type CatchingUp, caughtUp } from "../../readstore/caught-up"
import type { ReadStore } from "../../readstore/read-store"
import { licenseUnknown, notYetKnown, WrongRequest } from "./problem"

export interface PullDeps extends CatchingUp {
  readonly tokens: Tokens
  readonly readStore: ReadStore
  /** How long an answer waits until what was recorded can be read, in ms. */
  readonly visibleWithinMs: number
}

/**
 * What there is of a license. A vendor takes 404 for final, so it is only for read models that show everything recorded.
 * @throws WrongRequest when there is no such license, or that cannot be said yet
 */
export async function ofLicense<Found>(deps: PullDeps, licenseId: string, look: () => Promise<Found | undefined>): Promise<Found> {
  if (!isId("lic", licenseId)) throw unknownLicense(licenseId)
  const found = await look()
  if (found !== undefined) return found
  if (!(await caughtUp(deps, "ledger", deps.visibleWithinMs))) throw new WrongRequest(notYetKnown(licenseId))
  const late = await look()
  if (late === undefined) throw unknownLicense(licenseId)
  return late
}

function unknownLicense(licenseId: string): WrongRequest {
  return new WrongRequest({ ...licenseUnknown("licenseId", licenseId), status: 404 })
}

/** May be kept, and must be asked about before every use: a seat may be gone a moment later. */
export function revalidated(reply: FastifyReply, tag: string): void {
  reply.header("etag", tag).header("cache-control", "private, no-cache").header("vary", "authorization")
}

/** RFC 9110, section 13.1.2: a list of tags, compared without regard to weakness. */
export function isCurrent(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  const bare = tag.replace(/^W\//, "")
  return ifNoneMatch.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === bare)
}
