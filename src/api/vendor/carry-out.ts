/** From a message of a vendor to the answer: finds the license, asks the ledger, and tells what was recorded. */
import { licensesOfSubscription, organizationOfLicense } from "../../../projections/licenses/queries"
import type { Commands, Outcome, RequestContext } from "../../commands/requests"
import type { EventData, EventType, LedgerEvent, OrganizationEvent } from "../../domain/events"
import type { VendorId } from "../../domain/ids"
import type { Projecting } from "../../readstore/projecting"
import type { ReadStore } from "../../readstore/read-store"
import { vendorOutcome } from "../graphql/mutations/results"
import type { Hint } from "./hint"
import type { LicenseChange, LicenseName, Message } from "./message"
import { licenseUnknown, notYetKnown, type Problem, problemOf, tooManyRefused } from "./problem"

export interface VendorServices {
  readonly commands: Commands
  readonly readStore: ReadStore
  readonly projecting: Projecting
  /** How long the answer to something new waits until it can be read, in ms. */
  readonly visibleWithinMs: number
}

/** Who sent it, as its signature says. */
export interface Sender {
  readonly vendorId: VendorId
  readonly traceId: string
  /** `webhook-id`: what a message without a usable id of its own is called by. */
  readonly messageId: string
}

/** Made of what was recorded only, so that a repeat is answered alike for ever. */
export interface Answer {
  readonly id: string
  readonly outcome: "APPLIED" | "STALE" | "NO_CHANGE"
  readonly organizationId?: string
  readonly licenseId?: string
  readonly productId?: string
  /** Of the organization's ledger; for a product, of the vendor's. */
  readonly revision: number
  readonly recordedAt: string
  /** How many more people are seated than there are seats, right after this message; 0 when all fit. Only for a number of seats. */
  readonly overassignedBy?: number
}

export function isProblem(answer: Answer | Problem): answer is Problem {
  return "status" in answer
}

/** Resolves once what is answered is durable. */
export async function carryOut(services: VendorServices, message: Message, sender: Sender): Promise<Answer | Problem> {
  switch (message.kind) {
    case "REGISTRATION":
      return register(services, message, sender)
    case "PRODUCT":
      return listProduct(services, message, sender)
    default: {
      const located = await locate(services, message, sender)
      return "status" in located ? located : change(services, message, located, sender)
    }
  }
}

/**
 * A message that cannot be read has nothing to do in the history of a license. The vendor finds it in its own ledger all
 * the same, and so does the organization when it is about a license of theirs. Resolves to what is to be answered.
 */
export async function recordRefusal(
  services: Pick<VendorServices, "commands" | "readStore">,
  hint: Hint,
  problem: Problem,
  sender: Sender,
): Promise<Problem> {
  const { code, field } = problem
  const { subscriptionId: _, ...said } = hint
  const message = { ...said, ...(await soldAs(services.readStore, hint, sender)) }
  const refused = { code, ...(field === undefined ? {} : { field: inMessage(field) }) }
  const outcome = await services.commands.vendor(sender.vendorId, "recordVendorEvent", { message, refused }, contextOf(sender))
  return outcome.kind === "accepted" && outcome.events.length === 0 ? tooManyRefused(problem) : problem
}

/** An entry of the ledger is one message, whether it came in a batch or alone. */
function inMessage(field: string): string {
  return field.replace(/^\[\d+\]\.?/, "")
}

function refusedBy({ refusal, unrecorded }: Extract<Outcome, { readonly kind: "refused" }>, { nameOf }: Message): Problem {
  const problem = problemOf(refusal, nameOf)
  return unrecorded ? tooManyRefused(problem) : problem
}

/** The license that is meant, if it is one of this vendor's. Of several with one subscription id, none is. */
async function soldAs(
  store: ReadStore,
  { licenseId, subscriptionId }: Pick<Hint, "licenseId" | "subscriptionId">,
  { vendorId }: Sender,
): Promise<{ readonly licenseId?: string; readonly organizationId?: string }> {
  if (licenseId !== undefined) {
    const organizationId = await organizationOfLicense(store, licenseId, vendorId)
    return organizationId === undefined ? {} : { organizationId }
  }
  const [only, ...others] = subscriptionId === undefined ? [] : await licensesOfSubscription(store, vendorId, subscriptionId)
  return only && others.length === 0 ? { licenseId: only.license_id, organizationId: only.organization_id } : {}
}

/** Where a license is; `organizationId` is undefined when this vendor sold no license of that id. */
export interface Located {
  readonly organizationId: string | undefined
  readonly licenseId: string
}

export async function locate(services: VendorServices, message: LicenseChange, sender: Sender): Promise<Located | Problem> {
  const { readStore, projecting } = services
  const { licenseId, subscriptionId = "", organizationId } = message.license
  if (licenseId !== undefined) {
    const buyer = await organizationOfLicense(readStore, licenseId, sender.vendorId)
    if (buyer === undefined && isBehind(projecting)) return notYetKnown(message.nameOf("licenseId"))
    if (buyer !== undefined && organizationId !== undefined && buyer !== organizationId)
      return refuse(services, message, sender, otherOrganization(message))
    return { organizationId: buyer, licenseId }
  }
  const sold = await licensesOfSubscription(readStore, sender.vendorId, subscriptionId)
  const named = organizationId === undefined ? sold : sold.filter((license) => license.organization_id === organizationId)
  const alive = named.filter(({ status }) => status !== "CANCELLED")
  // A subscription that ended may go on as a new license: the message is about that one. The newest comes first.
  const [found] = alive.length > 0 ? alive : named
  if (!found && isBehind(projecting)) return notYetKnown(message.nameOf("licenseId"))
  if (!found) return refuse(services, message, sender, licenseUnknown(message.nameOf("licenseId"), subscriptionId))
  if (alive.length > 1) return refuse(services, message, sender, ambiguous(message))
  return { organizationId: found.organization_id, licenseId: found.license_id }
}

export async function change(
  services: VendorServices,
  message: LicenseChange,
  { organizationId, licenseId }: Located,
  sender: Sender,
): Promise<Answer | Problem> {
  const outcome = await ask(services.commands, message, organizationId, licenseId, contextOf(sender, message))
  if (outcome.kind === "refused") return refusedBy(outcome, message)
  return {
    ...recordedIn(message, outcome),
    outcome: vendorOutcome(outcome.events),
    ...(organizationId === undefined ? {} : { organizationId }),
    licenseId,
    ...(message.kind === "SEATS" ? { overassignedBy: overassignedBy(outcome.events) } : {}),
  }
}

function ask(
  commands: Commands,
  message: LicenseChange,
  organizationId: string | undefined,
  licenseId: string,
  context: RequestContext,
): Promise<Outcome> {
  const { vendorEventId, sequence, orderedBy } = message
  const request = { licenseId, vendorEventId, sequence, ...(orderedBy === undefined ? {} : { orderedBy }) }
  switch (message.kind) {
    case "SEATS": {
      const { seats, effectiveAt } = message
      const said = { ...request, seats, ...(effectiveAt === undefined ? {} : { effectiveAt }) }
      return commands.organization(organizationId, "changeVendorSeats", said, context)
    }
    case "STATUS":
      return commands.organization(organizationId, "changeLicenseStatus", { ...request, status: message.status }, context)
    case "PLAN":
      return commands.organization(organizationId, "changeLicensePlan", { ...request, plan: message.plan }, context)
    default:
      return message satisfies never
  }
}

async function register(
  services: VendorServices,
  message: Extract<Message, { readonly kind: "REGISTRATION" }>,
  sender: Sender,
): Promise<Answer | Problem> {
  const { organizationId, request } = message
  const outcome = await services.commands.organization(organizationId, "registerLicense", request, contextOf(sender, message))
  if (outcome.kind === "refused") return refusedBy(outcome, message)
  // The next message names this license: it must be found.
  await services.projecting.waitFor(`organization-${organizationId}`, outcome.revision, services.visibleWithinMs)
  const { licenseId } = written(outcome.events, "LicenseRegistered")
  return { ...recordedIn(message, outcome), outcome: "APPLIED", organizationId, licenseId }
}

async function listProduct(
  services: VendorServices,
  message: Extract<Message, { readonly kind: "PRODUCT" }>,
  sender: Sender,
): Promise<Answer | Problem> {
  const outcome = await services.commands.vendor(sender.vendorId, "listProduct", message.request, contextOf(sender, message))
  if (outcome.kind === "refused") return refusedBy(outcome, message)
  for (const { type, data } of outcome.events) {
    if (type === "ProductListed" || type === "ProductChanged")
      return { ...recordedIn(message, outcome), outcome: "APPLIED", productId: data.productId }
    if (type === "ProductUnchanged")
      return { ...recordedIn(message, outcome), outcome: data.outcome ?? "NO_CHANGE", productId: data.productId }
  }
  throw new Error("a product was listed without a record of it")
}

function recordedIn(
  { vendorEventId }: Message,
  { revision, events }: { readonly revision: number; readonly events: readonly LedgerEvent[] },
): Pick<Answer, "id" | "revision" | "recordedAt"> {
  const [first] = events
  if (!first) throw new Error("a vendor's message was accepted without a record of it (rule 17)")
  return { id: vendorEventId, revision, recordedAt: first.metadata.recordedAt }
}

function overassignedBy(events: readonly OrganizationEvent[]): number {
  for (const event of events) {
    if (event.type === "VendorSeatsChanged" || event.type === "VendorEventIgnored") return event.data.overassignedBy ?? 0
  }
  return 0
}

function written<T extends EventType>(events: readonly LedgerEvent[], type: T): EventData<T> {
  const event = events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`a vendor's message was accepted without a ${type} to show for it`)
  return event.data as EventData<T> // the type names the data
}

function contextOf({ vendorId, traceId }: Sender, message?: Message): RequestContext {
  const context: RequestContext = { requester: { type: "VENDOR", subject: vendorId, role: "VENDOR", vendorId }, correlationId: traceId }
  if (!message) return context
  // The ledger names the field that the answer names.
  const fieldOf: RequestContext["fieldOf"] = (refusal) => {
    const { field } = problemOf(refusal, message.nameOf)
    return field === undefined ? undefined : inMessage(field)
  }
  return { ...context, fieldOf }
}

/** A vendor takes "unknown" for final, so it is only for read models that know what there is to know. */
function isBehind(projecting: Projecting): boolean {
  const status = projecting.status()
  return status.length === 0 || status.some(({ lag, failure }) => lag > 0 || failure !== undefined)
}

async function refuse(services: VendorServices, message: LicenseChange, sender: Sender, problem: Problem): Promise<Problem> {
  const { vendorEventId, kind, sequence, license } = message
  return recordRefusal(services, { vendorEventId, attribute: kind, sequence, value: valueIn(message), ...named(license) }, problem, sender)
}

function valueIn(message: LicenseChange): string {
  if (message.kind === "SEATS") return String(message.seats)
  return message.kind === "STATUS" ? message.status : message.plan
}

function named({ licenseId, subscriptionId }: LicenseName): Pick<Hint, "licenseId" | "subscriptionId"> {
  return { ...(licenseId === undefined ? {} : { licenseId }), ...(subscriptionId === undefined ? {} : { subscriptionId }) }
}

function otherOrganization({ nameOf }: LicenseChange): Problem {
  const field = nameOf("organizationId")
  const detail = `${field} is not who bought this license. Leave it out, or send the organization that the registration named.`
  return { status: 400, code: "INVALID_INPUT", title: "A field is not right", detail, field }
}

function ambiguous({ nameOf }: LicenseChange): Problem {
  const field = nameOf("licenseId")
  const detail = `${field} names several licenses that have not ended. Name the license by its own id, or add the organization that bought it.`
  return { status: 400, code: "AMBIGUOUS_SUBSCRIPTION", title: "Several licenses bear this subscription id", detail, field }
}
