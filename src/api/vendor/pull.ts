/** What a vendor reads to compare the ledger with its own books: its licenses, without their people. */
import type { FastifyInstance, FastifyRequest } from "fastify"
import { type SoldLicenseRow, soldLicense, soldLicenses } from "../../../projections/licenses/queries"
import { isId } from "../../domain/ids"
import { vendorOf } from "./bearer"
import { wrongField } from "./problem"
import { isCurrent, ofLicense, type PullDeps, revalidated } from "./reading"

const STANDARD_PAGE = 50
const LARGEST_PAGE = 100

/** GET licenses and licenses/{id} below /vendor/v1. */
export function pullRoutes(app: FastifyInstance, deps: PullDeps): void {
  app.get("/licenses", async (request, reply) => {
    const vendorId = await vendorOf(request.headers.authorization, deps.tokens)
    const { limit, after, organizationId, subscriptionId } = listingOf(request)
    const rows = await soldLicenses(deps.readStore, {
      vendorId,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(subscriptionId === undefined ? {} : { subscriptionId }),
    })
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1) : undefined
    const next = last && cursorOf(last)
    if (next !== undefined) reply.header("link", `<${nextAddress(request, next)}>; rel="next"`)
    return { licenses: shown.map(licenseOf), next: next ?? null }
  })

  app.get<{ Params: { licenseId: string } }>("/licenses/:licenseId", async (request, reply) => {
    const vendorId = await vendorOf(request.headers.authorization, deps.tokens)
    const { licenseId } = request.params
    const row = await ofLicense(deps, licenseId, () => soldLicense(deps.readStore, vendorId, licenseId))
    // Weak: `revision` goes on with whatever happens in the organization, and says the same of the license.
    const tag = `W/"${row.from_revision}"`
    revalidated(reply, tag)
    if (isCurrent(request.headers["if-none-match"], tag)) return reply.code(304).send()
    return licenseOf(row)
  })
}

function licenseOf(row: SoldLicenseRow): object {
  return {
    id: row.license_id,
    organizationId: row.organization_id,
    productId: row.product_id,
    productName: row.product_name,
    subscriptionId: row.subscription_id,
    plan: row.plan,
    orderedBy: row.ordered_by,
    status: row.status,
    quantity: row.purchased,
    sequence: row.seats_sequence,
    statusSequence: row.status_sequence,
    planSequence: row.plan_sequence,
    seated: row.seated,
    waiting: row.waitlisted,
    overassignedBy: Math.max(0, row.seated - row.purchased),
    graceEndsAt: row.grace_ends_at === null ? null : new Date(row.grace_ends_at).toISOString(),
    inProgress: row.remaining > 0,
    registeredAt: new Date(row.registered_at).toISOString(),
    revision: row.revision,
  }
}

interface Listing {
  readonly limit: number
  readonly after?: readonly [string, string] | undefined
  readonly organizationId?: string | undefined
  readonly subscriptionId?: string | undefined
}

function listingOf({ query }: FastifyRequest): Listing {
  const given = query as Readonly<Record<string, string | readonly string[]>> // as Fastify reads the query string
  const unknown = Object.keys(given).find((name) => !FILTERS.includes(name))
  if (unknown !== undefined) throw wrongField(unknown, `is nothing to ask this list for; there are ${FILTERS.join(", ")}`)
  const text = (name: string) => {
    const value = given[name]
    if (typeof value === "object") throw wrongField(name, "must be given once")
    return value
  }
  const [limit, after] = [text("limit"), text("after")]
  return {
    limit: limit === undefined ? STANDARD_PAGE : pageSize(limit),
    after: after === undefined ? undefined : placeOf(after),
    organizationId: text("organizationId"),
    subscriptionId: text("subscriptionId"),
  }
}
const FILTERS = ["limit", "after", "organizationId", "subscriptionId"]

function pageSize(limit: string): number {
  const size = /^\d{1,4}$/.test(limit) ? Number(limit) : 0
  if (size >= 1 && size <= LARGEST_PAGE) return size
  throw wrongField("limit", `must be a whole number from 1 to ${LARGEST_PAGE}`)
}

/** A place by the values that order the list: licenses that come meanwhile neither repeat nor hide another. */
function cursorOf({ organization_id, license_id }: SoldLicenseRow): string {
  return Buffer.from(`${organization_id} ${license_id}`).toString("base64url")
}

function placeOf(after: string): readonly [string, string] {
  const [organizationId, licenseId, ...more] = Buffer.from(after, "base64url").toString("utf8").split(" ")
  if (organizationId === undefined || licenseId === undefined || more.length > 0 || !isId("org", organizationId) || !isId("lic", licenseId))
    throw wrongField("after", "is no cursor of this list: send what the page before answered as `next`, unchanged")
  return [organizationId, licenseId]
}

/** Relative, because only the vendor knows by which name it reaches this server. */
function nextAddress({ query }: FastifyRequest, next: string): string {
  const params = new URLSearchParams({ ...(query as Readonly<Record<string, string>>), after: next }) // as checked above
  return `/vendor/v1/licenses?${params}`
}
