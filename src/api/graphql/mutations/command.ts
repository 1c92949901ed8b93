/** What all mutations share: the fields of every input and payload, and the way from the one to the other. */
import { Ctx, Field, InputType, Int, ObjectType } from "type-graphql"
import { type Moment, momentOfRevision } from "../../../../projections/catalog/moment"
import { permit, type RootField } from "../../../auth/permissions"
import type { Viewer } from "../../../auth/viewer"
import type {
  OrganizationOperation,
  OrganizationRequests,
  RequestContext,
  Requester,
  VendorOperation,
  VendorRequests,
} from "../../../commands/requests"
import type { EventData, EventType, LedgerEvent, OrganizationEvent, Role, VendorEvent } from "../../../domain/events"
import type { VendorId } from "../../../domain/ids"
import { checkName, checkWhole, firstProblem } from "../../../domain/input"
import type { Refusal as DomainRefusal } from "../../../domain/refusals"
import type { Context } from "../context"
import { loadLicense } from "../load"
import { Refusal, toldRefusal } from "../refusals"
import { License } from "../types/license"

/** Long enough for any way of making keys. */
const MAX_KEY = 256
/** `Int` of GraphQL has 32 bits. */
const MAX_INT = 2 ** 31 - 1

@InputType()
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Repeating a command with the same key returns its recorded answer and does nothing twice, for the life of the ledger; the same key with another body is refused (IDEMPOTENCY_CONFLICT). A command that was refused or changed nothing is decided anew. Where a vendorEventId is given, that is the key, and this one counts for nothing.",
  })
  idempotencyKey?: string | null

  @Field(() => Int, {
    nullable: true,
    description:
      "The revision that you saw. When what this command is about has changed since, the command is refused (STALE_VIEW); without it, it is decided on what is there.",
  })
  expectedRevision?: number | null
}

@ObjectType({ simpleResolvers: true })
export abstract class Payload {
  @Field(() => Int, {
    nullable: true,
    description:
      "The revision after this command; when it was refused or changed nothing, the one it was decided on. Pass it as `asOf` to read exactly this state.",
  })
  revision?: number

  @Field(() => Refusal, { nullable: true, description: "Why the command was not carried out; null when it was." })
  refusal?: Refusal

  @Field(() => Boolean, {
    description:
      "False: accepted and kept for good, but not yet shown by queries. The objects of this payload are then null and its `results` empty; repeat the command with its idempotency key, or query again, to see them.",
  })
  visible = true

  /** The moment right after the command; absent when it was refused or cannot be read yet. */
  at?: Moment | undefined
}

@ObjectType({ simpleResolvers: true })
export abstract class LicensePayload extends Payload {
  licenseId?: string

  // As it is now and not as of the command: clients put it in place of what they knew, and after a repeat that must not be old.
  @Field(() => License, { nullable: true, description: "The license as it is now: at `revision` or later." })
  license(@Ctx() context: Context): Promise<License | undefined> | undefined {
    return this.at && this.licenseId !== undefined ? loadLicense(context, this.licenseId) : undefined
  }
}

/** What a command wrote, now or earlier under the same key. */
export interface Accepted<Event> {
  readonly events: readonly Event[]
  /** Unknown ids that were passed over (rule 30). */
  readonly skipped: readonly string[]
  /** It had been carried out before: what is told only once is not told again. */
  readonly repeated: boolean
  /** A vendor's new secret, told this one time. */
  readonly secret?: string
}

/** Operations whose field of the API bears the same name. */
type FieldOf<Operation extends string> = Operation extends string ? (`Mutation.${Operation}` extends RootField ? Operation : never) : never

/**
 * Asks the organization, waits until the answer can be read, and fills in what every payload has. Answers undefined when
 * the command was refused: the payload then says why.
 * @param organizationId left out for createOrganization, and for a license that nobody is known to have
 * @throws GraphQLError FORBIDDEN
 */
export async function carryOut<O extends FieldOf<OrganizationOperation>>(
  context: Context,
  payload: Payload,
  operation: O,
  organizationId: string | undefined,
  request: OrganizationRequests[O],
  input: CommandInput,
): Promise<Accepted<OrganizationEvent> | undefined> {
  const asked = requestContext(context, permit(context.viewer, `Mutation.${operation}`), input)
  const problem = checkKey(asked)
  if (problem) return refuse(context, payload, operation, problem)
  const outcome = await context.commands.organization(organizationId, operation, request, asked)
  const id = organizationId ?? (outcome.kind === "accepted" ? written(outcome, "OrganizationCreated").organizationId : undefined)
  payload.revision = outcome.revision
  if (outcome.kind === "refused") {
    return refuse(context, payload, operation, outcome.refusal, () => momentOfRefusal(context, id, outcome.revision))
  }
  if (id !== undefined) payload.visible = await isVisible(context, `organization-${id}`, outcome.revision)
  if (id !== undefined && payload.visible) payload.at = await momentAfter(context, id, outcome.revision, outcome.events)
  return outcome
}

/** The same for what a vendor keeps in its own stream. @param vendorId left out for registerVendor only */
export async function carryOutForVendor<O extends FieldOf<VendorOperation>>(
  context: Context,
  payload: Payload,
  operation: O,
  vendorId: string | undefined,
  request: VendorRequests[O],
  input: CommandInput,
): Promise<Accepted<VendorEvent> | undefined> {
  const asked = requestContext(context, permit(context.viewer, `Mutation.${operation}`), input)
  const problem = checkKey(asked)
  if (problem) return refuse(context, payload, operation, problem)
  const outcome = await context.commands.vendor(vendorId, operation, request, asked)
  payload.revision = outcome.revision
  if (outcome.kind === "refused") return refuse(context, payload, operation, outcome.refusal)
  const id = vendorId ?? written(outcome, "VendorRegistered").vendorId
  payload.visible = await isVisible(context, `vendor-${id}`, outcome.revision)
  return outcome
}

/** The payload then says why, and nothing else. */
export async function refuse(
  context: Context,
  payload: Payload,
  operation: FieldOf<OrganizationOperation | VendorOperation> | "sendTestWebhook",
  refusal: DomainRefusal,
  decidedAt?: () => Promise<Moment | undefined>,
): Promise<undefined> {
  payload.refusal = await toldRefusal(context, refusal, operation, decidedAt)
}

/** The data of the first event of this type that the command wrote. @throws Error when there is none: a fault of ours */
export function written<T extends EventType>(accepted: Accepted<LedgerEvent>, type: T): EventData<T> {
  const event = accepted.events.find((candidate) => candidate.type === type)
  if (!event) throw new Error(`a command was accepted without a ${type} to show for it`)
  return event.data as EventData<T> // the type names the data
}

/** For resolvers of an organization's own commands. Which token may do what is for `permit` to say, in `carryOut`. */
export function ownOrganization(context: Context): string {
  return context.viewer.organizationId ?? ""
}

function requestContext(context: Context, role: Role, { idempotencyKey, expectedRevision }: CommandInput): RequestContext {
  return {
    requester: requester(context.viewer, role),
    correlationId: context.traceId,
    // null says no more than leaving them out does.
    ...(idempotencyKey !== undefined && idempotencyKey !== null && { idempotencyKey }),
    ...(expectedRevision !== undefined && expectedRevision !== null && { expectedRevision }),
  }
}

/** Fields that belong to the way of asking; those of the request itself are checked by whoever carries it out. */
function checkKey({ idempotencyKey, expectedRevision }: RequestContext): DomainRefusal | undefined {
  return firstProblem(
    idempotencyKey === undefined ? undefined : checkName("idempotencyKey", idempotencyKey, MAX_KEY),
    expectedRevision === undefined ? undefined : checkWhole("expectedRevision", expectedRevision, 0, MAX_INT),
  )
}

/** Who acts, by the role that allows it (rule 36). */
export function requester({ subject, vendorId, identityProvider }: Viewer, role: Role): Requester {
  if (role === "VENDOR" && vendorId !== undefined) return { type: "VENDOR", subject, role, vendorId: vendorId as VendorId } // as verified in the token
  return { type: identityProvider ? "IDENTITY_PROVIDER" : "USER", subject, role }
}

async function isVisible(context: Context, stream: string, revision: number): Promise<boolean> {
  return (await context.projecting.waitFor(stream, revision, context.visibleWithinMs)) === "visible"
}

async function momentAfter(
  context: Context,
  organizationId: string,
  revision: number,
  events: readonly OrganizationEvent[],
): Promise<Moment | undefined> {
  const last = events.at(-1)
  if (last) return { organizationId, revision, instant: Date.parse(last.metadata.recordedAt), open: false }
  return momentOfRevision(context.readStore, organizationId, revision)
}

/** A refusal is decided on the head of the log, so what it names may be newer than what can be read. */
async function momentOfRefusal(context: Context, organizationId: string | undefined, revision: number): Promise<Moment | undefined> {
  if (organizationId === undefined || !(await isVisible(context, `organization-${organizationId}`, revision))) return undefined
  return momentOfRevision(context.readStore, organizationId, revision)
}
