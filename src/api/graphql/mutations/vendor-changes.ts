/** What a vendor says about a license it sold: the number of seats, the status and the plan. */
import { GraphQLError } from "graphql"
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver, registerEnumType } from "type-graphql"
import { organizationOfLicense } from "../../../../projections/licenses/queries"
import { permit, type RootField } from "../../../auth/permissions"
import type { OrganizationRequests } from "../../../commands/requests"
import type { LicenseStatus as Status } from "../../../domain/events"
import { caughtUp } from "../../../readstore/caught-up"
import { clip } from "../clip"
import type { Context } from "../context"
import { DateTime } from "../scalars"
import { Sequence } from "../sequence"
import { LicenseStatus } from "../types/enums"
import { CommandInput, carryOut, LicensePayload } from "./command"
import { type VendorOutcome as Outcome, vendorOutcome } from "./results"

export const VendorOutcome = { APPLIED: "APPLIED", STALE: "STALE", NO_CHANGE: "NO_CHANGE" } as const satisfies { [O in Outcome]: O }
registerEnumType(VendorOutcome, {
  name: "VendorOutcome",
  description: "What became of a vendor's event. All three mean that it arrived and was recorded: do not send it again.",
  valuesConfig: {
    APPLIED: { description: "It is in force." },
    STALE: { description: "An event with a higher or equal sequence came before it: recorded, not applied." },
    NO_CHANGE: { description: "The license is like that already; the sequence moved on." },
  },
})

@InputType({ description: "The number of seats that a license has from now on." })
export class ChangeVendorSeatsInput extends CommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => Int, { description: "The absolute number of seats sold, 0 or more. There are no deltas." })
  seats: number

  @Field(() => String, {
    description:
      "The vendor's own id of this event. The same id with the same body is answered as the first time, with another body refused (IDEMPOTENCY_CONFLICT).",
  })
  vendorEventId: string

  @Field(() => Sequence, {
    description:
      "The vendor's counter: a change of the seats applies when its sequence is higher than every earlier one of the seats. The registration has 0.",
  })
  sequence: string

  @Field(() => DateTime, { nullable: true, description: "When it took effect at the vendor. Kept for reading; it orders nothing." })
  effectiveAt?: number | null
}

@InputType({ description: "The status that a license has from now on." })
export class ChangeLicenseStatusInput extends CommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => LicenseStatus, { description: "The new status. CANCELLED is final and applies whatever its sequence." })
  status: Status

  @Field(() => String, {
    description:
      "The vendor's own id of this event. The same id with the same body is answered as the first time, with another body refused (IDEMPOTENCY_CONFLICT).",
  })
  vendorEventId: string

  @Field(() => Sequence, {
    description:
      "The vendor's counter: a change of the status applies when its sequence is higher than every earlier one of the status. The registration has 0.",
  })
  sequence: string
}

@InputType({ description: "What was bought, as it is called from now on." })
export class ChangeLicensePlanInput extends CommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => String, { description: "The vendor's own name of the plan." })
  plan: string

  @Field(() => String, {
    description:
      "The vendor's own id of this event. The same id with the same body is answered as the first time, with another body refused (IDEMPOTENCY_CONFLICT).",
  })
  vendorEventId: string

  @Field(() => Sequence, {
    description:
      "The vendor's counter: a change of the plan applies when its sequence is higher than every earlier one of the plan. The registration has 0.",
  })
  sequence: string
}

@ObjectType({ simpleResolvers: true, description: "The answer to changeVendorSeats." })
export class ChangeVendorSeatsPayload extends LicensePayload {
  @Field(() => VendorOutcome, { nullable: true, description: "What became of the event; null when refused." })
  outcome?: Outcome
}

@ObjectType({ simpleResolvers: true, description: "The answer to changeLicenseStatus." })
export class ChangeLicenseStatusPayload extends LicensePayload {
  @Field(() => VendorOutcome, { nullable: true, description: "What became of the event; null when refused." })
  outcome?: Outcome
}

@ObjectType({ simpleResolvers: true, description: "The answer to changeLicensePlan." })
export class ChangeLicensePlanPayload extends LicensePayload {
  @Field(() => VendorOutcome, { nullable: true, description: "What became of the event; null when refused." })
  outcome?: Outcome
}

@Resolver()
export class VendorChanges {
  @Mutation(() => ChangeVendorSeatsPayload, {
    description:
      "Vendors only: the absolute number of seats sold. More seats go to whoever waits longest; fewer take no seat away, but nobody new is seated until the license fits again.",
  })
  async changeVendorSeats(
    @Arg("input", () => ChangeVendorSeatsInput, { description: "Which license has how many seats." }) input: ChangeVendorSeatsInput,
    @Ctx() context: Context,
  ): Promise<ChangeVendorSeatsPayload> {
    const { licenseId, seats, vendorEventId, sequence, effectiveAt } = input
    const request = {
      licenseId,
      seats,
      vendorEventId,
      sequence,
      ...(typeof effectiveAt === "number" && { effectiveAt: new Date(effectiveAt).toISOString() }),
    }
    return changeLicense(context, new ChangeVendorSeatsPayload(), "changeVendorSeats", request, input)
  }

  @Mutation(() => ChangeLicenseStatusPayload, {
    description:
      "Vendors only: puts a license into force, into its grace period, on hold, or ends it. While SUSPENDED nobody is given a seat; CANCELLED is final and ends every assignment.",
  })
  async changeLicenseStatus(
    @Arg("input", () => ChangeLicenseStatusInput, { description: "Which license has which status." }) input: ChangeLicenseStatusInput,
    @Ctx() context: Context,
  ): Promise<ChangeLicenseStatusPayload> {
    const { licenseId, status, vendorEventId, sequence } = input
    const request = { licenseId, status, vendorEventId, sequence }
    return changeLicense(context, new ChangeLicenseStatusPayload(), "changeLicenseStatus", request, input)
  }

  @Mutation(() => ChangeLicensePlanPayload, {
    description: "Vendors only: what was bought is another plan from now on. It changes no seat; the number of seats is sent for itself.",
  })
  async changeLicensePlan(
    @Arg("input", () => ChangeLicensePlanInput, { description: "Which license has which plan." }) input: ChangeLicensePlanInput,
    @Ctx() context: Context,
  ): Promise<ChangeLicensePlanPayload> {
    const { licenseId, plan, vendorEventId, sequence } = input
    const request = { licenseId, plan, vendorEventId, sequence }
    return changeLicense(context, new ChangeLicensePlanPayload(), "changeLicensePlan", request, input)
  }
}

async function changeLicense<
  P extends ChangeVendorSeatsPayload | ChangeLicenseStatusPayload | ChangeLicensePlanPayload,
  O extends "changeVendorSeats" | "changeLicenseStatus" | "changeLicensePlan",
>(
  context: Context,
  payload: P,
  operation: O,
  request: OrganizationRequests[O],
  input: CommandInput & { readonly licenseId: string },
): Promise<P> {
  const { licenseId } = input
  const look = () => buyerOf(context, `Mutation.${operation}`, licenseId)
  let buyer = await look()
  if (buyer === undefined) {
    // A vendor takes LICENSE_NOT_FOUND for final.
    if (!(await caughtUp(context, "ledger", context.visibleWithinMs))) throw notYetKnown(licenseId)
    buyer = await look()
  }
  if (buyer === undefined) {
    await carryOut(context, payload, operation, undefined, request, input)
    delete payload.revision // it was decided on no organization's
    return payload
  }
  const accepted = await carryOut(context, payload, operation, buyer, request, input)
  payload.licenseId = licenseId
  if (accepted) payload.outcome = vendorOutcome(accepted.events)
  return payload
}

/**
 * The organization that bought a license from the viewer's vendor; undefined when that vendor sold no such license.
 * @throws GraphQLError FORBIDDEN
 */
async function buyerOf(context: Context, field: RootField, licenseId: string): Promise<string | undefined> {
  permit(context.viewer, field)
  const { vendorId } = context.viewer
  return vendorId === undefined ? undefined : organizationOfLicense(context.readStore, licenseId, vendorId)
}

function notYetKnown(licenseId: string): GraphQLError {
  return new GraphQLError(
    `License ${clip(licenseId)} cannot be looked up yet, because not everything recorded can be read. Send the same again in a moment.`,
    {
      extensions: { code: "TRY_AGAIN" },
    },
  )
}
