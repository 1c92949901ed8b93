/**
 * Single objects, as far as the viewer sees: undefined for what does not exist and for what belongs to somebody else
 * alike. Everything that is reached by an id comes through here.
 */
import { type Moment, TODAY } from "../../../projections/catalog/moment"
import { organization, product, vendor } from "../../../projections/catalog/queries"
import { hasLicenseOf, organizationOfLicense } from "../../../projections/licenses/queries"
import { hasSeat } from "../../../projections/seats/queries"
import { isId } from "../../domain/ids"
import type { GraphQLContext } from "./context"
import { badUserInput } from "./faults"
import { atRevision, instantOf, momentOf } from "./moments"
import { groupOf, organizationOf, productOf, userOf, vendorOf } from "./present"
import { asksOnlyFor, type Selected } from "./selection"
import { type Sight, sightOf } from "./sight"
import type { AsOf } from "./types/as-of"
import type { Group } from "./types/group"
import type { HistoryEntry } from "./types/history"
import type { License } from "./types/license"
import type { Organization } from "./types/organization"
import type { Product } from "./types/product"
import type { User } from "./types/user"
import type { Vendor } from "./types/vendor"

/** A revision of the organization, or a moment already known. Left out: now, which after a mutation is a new one. */
export type At = Moment | number | undefined

/** The organization in whose history the object lies, if the viewer sees into it. */
export async function organizationOfSight(context: GraphQLContext, licenseId?: string): Promise<string | undefined> {
  const sight = sightOf(context.viewer)
  if (sight.of === "ORGANIZATION" || sight.of === "SELF") return sight.organizationId
  if (sight.of === "VENDOR" && licenseId !== undefined) return organizationOfLicense(context.readStore, licenseId, sight.vendorId)
  return undefined
}

export async function loadLicense(context: GraphQLContext, id: string, at?: At): Promise<License | undefined> {
  if (!isId("lic", id)) return undefined
  const organizationId = await organizationOfSight(context, id)
  if (organizationId === undefined) return undefined
  const moment = await resolved(context, organizationId, at)
  const license = await context.loaders.license.load({ id, moment })
  return license && (await isVisible(context, license)) ? license : undefined
}

/** A member sees a license by having a claim on it, or not at all. */
async function isVisible(context: GraphQLContext, license: License): Promise<boolean> {
  const sight = sightOf(context.viewer)
  if (sight.of !== "SELF") return true
  const self = await ownUserId(context, sight)
  return self !== undefined && hasSeat(context.readStore, license.at, license.id, self)
}

export async function loadUser(context: GraphQLContext, id: string, at?: At): Promise<User | undefined> {
  if (!isId("usr", id)) return undefined
  const sight = sightOf(context.viewer)
  if (sight.of !== "ORGANIZATION" && sight.of !== "SELF") return undefined
  if (sight.of === "SELF" && (await ownUserId(context, sight)) !== id) return undefined
  return context.loaders.user.load({ id, moment: await resolved(context, sight.organizationId, at) })
}

export async function loadGroup(context: GraphQLContext, id: string, at?: At): Promise<Group | undefined> {
  if (!isId("grp", id)) return undefined
  const sight = sightOf(context.viewer)
  if (sight.of !== "ORGANIZATION") return undefined
  return context.loaders.group.load({ id, moment: await resolved(context, sight.organizationId, at) })
}

export async function loadPrincipal(context: GraphQLContext, id: string, at?: At): Promise<User | Group | undefined> {
  return isId("grp", id) ? loadGroup(context, id, at) : loadUser(context, id, at)
}

/** One that the viewer's own command has just named and found: whoever asks for no more than its id costs no statement. */
export function namedPrincipal(context: GraphQLContext, id: string, at: Moment, info: Selected): OrPromise<User | Group | undefined> {
  if (!asksOnlyFor(info, "id", "__typename")) return loadPrincipal(context, id, at)
  return isId("grp", id) ? groupOf(id, null, at) : userOf(id, {}, at)
}
type OrPromise<T> = T | Promise<T>

export async function loadOrganization(context: GraphQLContext, id: string, asOf?: AsOf | null): Promise<Organization | undefined> {
  if (!isId("org", id)) return undefined
  const sight = sightOf(context.viewer)
  const isSeen = sight.of === "INSTALLATION" || ("organizationId" in sight && sight.organizationId === id)
  const row = isSeen ? await organization(context.readStore, id) : undefined
  if (!row || !asOf) return row && organizationOf(row)
  const { revision } = await momentOf(context, id, asOf)
  const isClosed = row.closed_revision !== null && row.closed_revision <= revision
  return revision === 0 ? undefined : organizationOf({ ...row, revision, closed_at: isClosed ? row.closed_at : null })
}

/** Vendors and products have no revisions of the organization: as they were when that revision was recorded. */
export async function loadVendor(context: GraphQLContext, id: string, asOf?: AsOf | null): Promise<Vendor | undefined> {
  if (!isId("vnd", id)) return undefined
  const sight = sightOf(context.viewer)
  const at = await timeOf(context, sight, asOf)
  if (sight.of === "VENDOR" ? sight.vendorId !== id : !(await isBusiness(context, sight, { vendorId: id }, at))) return undefined
  const row = await vendor(context.readStore, id, at.instant)
  return row && vendorOf(row)
}

export async function loadProduct(context: GraphQLContext, id: string, asOf?: AsOf | null): Promise<Product | undefined> {
  if (!isId("prd", id)) return undefined
  const sight = sightOf(context.viewer)
  const at = await timeOf(context, sight, asOf)
  if (sight.of !== "VENDOR" && !(await isBusiness(context, sight, { productId: id }, at))) return undefined
  const row = await product(context.readStore, id, at.instant)
  return row && (sight.of !== "VENDOR" || row.vendor_id === sight.vendorId) ? productOf(row) : undefined
}

type Time = Pick<Moment, "instant"> & Partial<Pick<Moment, "revision">>

async function timeOf(context: GraphQLContext, sight: Sight, asOf: AsOf | null | undefined): Promise<Time> {
  if (!asOf) return { instant: TODAY }
  if (sight.of === "ORGANIZATION") return momentOf(context, sight.organizationId, asOf)
  return { instant: pastOrToday(context, asOf) }
}

/** An instant for who stands in no organization's history. @throws GraphQLError BAD_USER_INPUT for a revision */
export function pastOrToday(context: GraphQLContext, asOf: AsOf): number {
  if (typeof asOf.revision === "number") {
    throw badUserInput("asOf.revision", "counts the events of one organization, and this is in none: name an instant or a day")
  }
  const instant = instantOf(asOf)
  return instant >= context.now() ? TODAY : instant
}

/** An organization knows the vendors and products of its licenses; an operator knows all. */
async function isBusiness(
  context: GraphQLContext,
  sight: Sight,
  of: { readonly productId: string } | { readonly vendorId: string },
  { revision }: Time,
): Promise<boolean> {
  if (sight.of === "INSTALLATION") return true
  return sight.of === "ORGANIZATION" ? hasLicenseOf(context.readStore, sight.organizationId, of, revision) : false
}

/** The person in the directory who is signed in; undefined when the directory has nobody of that name. */
export async function ownUserId(
  context: GraphQLContext,
  sight: { readonly organizationId: string; readonly subject: string },
): Promise<string | undefined> {
  return context.loaders.userOfSubject.load(sight)
}

async function resolved(context: GraphQLContext, organizationId: string, at: At): Promise<Moment> {
  if (at === undefined) return context.loaders.now.load(organizationId)
  return typeof at === "number" ? atRevision(context, organizationId, at, "revision") : at
}

/** One entry of the history of the viewer's organization, for those who may read it. */
export async function loadHistoryEntry(context: GraphQLContext, revision: number): Promise<HistoryEntry | undefined> {
  const sight = sightOf(context.viewer)
  if (sight.of !== "ORGANIZATION") return undefined
  return context.loaders.historyEntry.load({ organizationId: sight.organizationId, revision })
}
