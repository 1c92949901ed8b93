/** From a message of a vendor to the answer: finds the license, asks the ledger, and tells what was recorded. */
import type { Commands, Outcome, RequestContext } from "../../commands/requests"
import type { EventData, EventType, LedgerEvent, OrganizationEvent } from "../../domain/events"
import { vendorOutcome } from "../graphql/mutations/results"
import { type Located, locate } from "./locate"
import type { LicenseChange, Message } from "./message"
import { notRecorded, type Problem, problemOf } from "./problem"
import { contextOf, type Sender, type VendorServices } from "./sender"

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

function refusedBy({ refusal, unrecorded }: Extract<Outcome, { readonly kind: "refused" }>, { nameOf }: Message): Problem {
  const problem = problemOf(refusal, nameOf)
  return unrecorded ? notRecorded(problem) : problem
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
