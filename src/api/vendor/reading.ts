/** What the endpoints that a vendor reads from have in common. */
import type { FastifyReply } from "fastify"
import type { Tokens } from "../../auth/tokens"
import { isId } from "../../domain/ids"
import type { Projecting } from "../../readstore/projecting"
import type { ReadStore } from "../../readstore/read-store"
import { licenseUnknown, notYetKnown, WrongRequest } from "./problem"

export interface PullDeps {
  readonly tokens: Tokens
  readonly readStore: ReadStore
  readonly projecting: Projecting
}

/** A vendor takes 404 for final, so it is only for read models that know what there is to know. */
export function unknownLicense(licenseId: string, projecting: Pick<Projecting, "status">): WrongRequest {
  const isBehind = projecting.status().some(({ lag, failure }) => lag > 0 || failure !== undefined)
  if (isBehind && isId("lic", licenseId)) return new WrongRequest(notYetKnown(licenseId))
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
