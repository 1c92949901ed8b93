/** Undo: the assignments of a license as they once were. Looked at first, then done by further events; the history stays. */
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, registerEnumType } from "type-graphql"
import { principalsOf } from "../../../../projections/assignments/queries"
import type { Moment } from "../../../../projections/catalog/moment"
import { permit } from "../../../auth/permissions"
import type { OrganizationRequests, Supposed } from "../../../commands/requests"
import { MAX_RESTORED } from "../../../domain/commands"
import type { OrganizationEventDraft } from "../../../domain/events"
import { isId } from "../../../domain/ids"
import { invalid } from "../../../domain/input"
import type { Context } from "../context"
import { badUserInput } from "../faults"
import { loadLicense, loadPrincipal } from "../load"
import { momentOf } from "../moments"
import { requireOrganization } from "../sight"
import { tryOut } from "../simulation"
import { AsOf } from "../types/as-of"
import { Principal } from "../types/principal"
import { Simulation } from "../types/simulation"
import { carryOut, LicensePayload, ownOrganization, refuse, SimulatedCommandInput } from "./command"

export type SkippedBecause = "DELETED" | "INACTIVE"
export const SkippedBecause = { DELETED: "DELETED", INACTIVE: "INACTIVE" } as const satisfies { [B in SkippedBecause]: B }
registerEnumType(SkippedBecause, {
  name: "SkippedBecause",
  description: "Why somebody cannot be assigned again.",
  valuesConfig: {
    DELETED: { description: "The user or group was deleted since." },
    INACTIVE: { description: "The user is inactive: make the user active, and restore again." },
  },
})

@ObjectType({ simpleResolvers: true, description: "Somebody who was assigned then and cannot be now." })
export class SkippedPrincipal {
  @Field(() => ID, { description: "The id of the user or group." })
  principalId!: string

  @Field(() => SkippedBecause, { description: "Why." })
  because!: SkippedBecause

  past!: Moment

  @Field(() => Principal, { nullable: true, description: "The user or group as it was then." })
  principal(@Ctx() context: Context): Promise<Principal | undefined> {
    return loadPrincipal(context, this.principalId, this.past)
  }
}

@ObjectType({ simpleResolvers: true, description: "What restoreAssignments would do." })
export class RestorePreview {
  /** The moment that it was worked out on; absent while that cannot be read. */
  at?: Moment | undefined
  assignIds!: readonly string[]
  unassignIds!: readonly string[]

  @Field(() => Int, { description: "The revision that is restored: give it as `asOf` to restoreAssignments." })
  asOfRevision!: number

  @Field(() => Int, {
    description:
      "How many assignments would be added or removed. More than 500 take several commands: give each at most 500 of `assign` and then of `unassign`, in this order, as `principalIds`. Of more than 10,000 the first 10,000 are previewed: preview again when they are restored.",
  })
  differences!: number

  @Field(() => Simulation, {
    description:
      "What it would mean for seats, of several commands one after the other, or why it would be refused. Each of those may carry `simulated: true`, and as `expectedRevision` first that of the simulation, then that of the command before.",
  })
  simulation!: Simulation

  @Field(() => [SkippedPrincipal], { description: "Who was assigned then and cannot be now; the first 500 of them." })
  skipped!: readonly SkippedPrincipal[]

  @Field(() => Int, { description: "How many were assigned then and cannot be now." })
  skippedCount!: number

  @Field(() => [Principal], { description: "To whom the license would be assigned again: users first, then groups." })
  assign(@Ctx() context: Context): Promise<Principal[]> {
    return principals(context, this.assignIds, this.at)
  }

  @Field(() => [Principal], { description: "From whom it would be taken again." })
  unassign(@Ctx() context: Context): Promise<Principal[]> {
    return principals(context, this.unassignIds, this.at)
  }
}

@InputType({ description: "Puts the assignments of a license back to what they were: users directly, and groups." })
export class RestoreAssignmentsInput extends SimulatedCommandInput {
  @Field(() => ID, { description: "The license." })
  licenseId: string

  @Field(() => AsOf, { description: "The moment whose assignments come back." })
  asOf: AsOf

  @Field(() => [ID], {
    nullable: true,
    description: "Only these users and groups; left out: all. For more than 500 differences, which are restored in parts.",
  })
  principalIds?: string[] | null

  @Field(() => String, { nullable: true, description: "Kept in the audit trail, encrypted." })
  reason?: string | null
}

@ObjectType({ simpleResolvers: true, description: "The answer to restoreAssignments." })
export class RestoreAssignmentsPayload extends LicensePayload {
  assignedIds: readonly string[] = []
  unassignedIds: readonly string[] = []

  @Field(() => Int, { nullable: true, description: "The revision that was restored." })
  asOfRevision?: number

  @Field(() => [SkippedPrincipal], {
    description: "Who was assigned then and cannot be now, and is passed over; the first 500 of them. Empty when not yet visible.",
  })
  skipped: readonly SkippedPrincipal[] = []

  @Field(() => Int, { description: "How many were assigned then and cannot be now." })
  skippedCount = 0

  @Field(() => [Principal], { description: "To whom the license was assigned again. Empty when refused or not yet visible." })
  assigned(@Ctx() context: Context): Promise<Principal[]> {
    return principals(context, this.assignedIds, this.at)
  }

  @Field(() => [Principal], { description: "From whom it was taken again. Empty when refused or not yet visible." })
  unassigned(@Ctx() context: Context): Promise<Principal[]> {
    return principals(context, this.unassignedIds, this.at)
  }
}

@Resolver()
export class RestoreAssignments {
  @Query(() => RestorePreview, {
    description:
      "What restoreAssignments would do: which assignments it would add and remove, who is gone, and what that means for seats. Nothing is written.",
    complexity: ({ childComplexity }) => 50 + childComplexity,
  })
  async previewRestore(
    @Ctx() context: Context,
    @Arg("licenseId", () => ID, { description: "The license." }) licenseId: string,
    @Arg("asOf", () => AsOf, { description: "The moment whose assignments would come back." }) asOf: AsOf,
    @Arg("principalIds", () => [ID], { nullable: true, description: "Only these users and groups; left out: all." })
    principalIds?: string[] | null,
  ): Promise<RestorePreview> {
    const role = permit(context.viewer, "Query.previewRestore")
    const organizationId = requireOrganization(context.viewer, "previewRestore")
    const { past, request, wasThere } = await asked(context, organizationId, { licenseId, asOf, principalIds })
    if (!wasThere) throw badUserInput("asOf", NOT_REGISTERED)
    const whole = await tryOut(context, organizationId, [{ operation: "restoreAssignments", request }], role)
    const { refusal } = whole.simulated
    const isTooLong = refusal?.code === "TOO_MANY_PRINCIPALS" && whole.at
    const { simulated, simulation, at } = isTooLong
      ? await tryOut(context, organizationId, await inParts(context, request, whole.at), role)
      : whole
    const preview = new RestorePreview()
    preview.at = at
    preview.asOfRevision = past.revision
    preview.simulation = simulation
    preview.assignIds = idsOf(simulated.drafts, "LicenseAssigned")
    preview.unassignIds = idsOf(simulated.drafts, "LicenseUnassigned")
    preview.differences = isTooLong ? refusal.given : preview.assignIds.length + preview.unassignIds.length
    preview.skippedCount = simulated.skipped.length
    preview.skipped = at ? await skippedPrincipals(context, simulated.skipped, past, at) : []
    return preview
  }

  @Mutation(() => RestoreAssignmentsPayload, {
    description:
      "Puts the assignments of a license back to what they were at a moment, by assigning and unassigning again: what happened since stays in the history. Whoever finds no seat waits; whoever was deleted or is inactive is passed over. See previewRestore first.",
  })
  async restoreAssignments(
    @Arg("input", () => RestoreAssignmentsInput, { description: "Which license, and the moment." }) input: RestoreAssignmentsInput,
    @Ctx() context: Context,
  ): Promise<RestoreAssignmentsPayload> {
    permit(context.viewer, "Mutation.restoreAssignments")
    const payload = new RestoreAssignmentsPayload()
    const organizationId = ownOrganization(context)
    const { past, request, wasThere } = await asked(context, organizationId, input)
    payload.asOfRevision = past.revision
    if (!wasThere) {
      await refuse(context, payload, "restoreAssignments", invalid("asOf", NOT_REGISTERED))
      return payload
    }
    const accepted = await carryOut(context, payload, "restoreAssignments", organizationId, request, input)
    payload.licenseId = input.licenseId
    if (!accepted) return payload
    const restored = accepted.events.find((event) => event.type === "AssignmentsRestored")
    const { skipped = [], skippedCount = skipped.length } = restored?.data ?? { skipped: accepted.skipped }
    payload.skippedCount = skippedCount
    if (!payload.at) return payload
    payload.assignedIds = idsOf(accepted.events, "LicenseAssigned")
    payload.unassignedIds = idsOf(accepted.events, "LicenseUnassigned")
    payload.skipped = await skippedPrincipals(context, skipped, past, payload.at)
    return payload
  }
}

/** Assignments that are tried out for one preview. */
const MOST_PREVIEWED = 10_000

const NOT_REGISTERED = "is before the license was registered: there were no assignments to go back to"

type Request = OrganizationRequests["restoreAssignments"]

interface Asked {
  readonly licenseId: string
  readonly asOf: AsOf
  readonly principalIds?: readonly string[] | null | undefined
  readonly reason?: string | null
}

/** With the assignments of that moment, which the read models remember; the past does not change, so a repeat asks the same. */
async function asked(context: Context, organizationId: string, { licenseId, asOf, principalIds, reason }: Asked) {
  const past = await momentOf(context, organizationId, asOf)
  const request: Request = {
    licenseId,
    asOfRevision: past.revision,
    principalIds: await principalsOf(context.readStore, { ...past, open: false }, licenseId),
    ...(principalIds ? { only: [...new Set(principalIds)] } : {}),
    ...(reason ? { reason } : {}),
  }
  // A license that there never was is for the decider to refuse.
  const wasThere = (await loadLicense(context, licenseId, past)) !== undefined || (await loadLicense(context, licenseId)) === undefined
  return { past, request, wasThere }
}

/**
 * The commands that it takes, one after the other: first all who come back, users before groups, then all who go. So the
 * outcome is that of one command: whoever has the license for another reason by then keeps seat and place (rule 8).
 */
async function inParts(context: Context, request: Request, now: Moment): Promise<readonly Supposed[]> {
  const { licenseId, principalIds: then, only } = request
  const present = await principalsOf(context.readStore, now, licenseId)
  const [before, since, chosen] = [new Set(then), new Set(present), only && new Set(only)]
  const come = then.filter((id) => !since.has(id))
  const ids = [
    ...come.filter((id) => isId("usr", id)),
    ...come.filter((id) => !isId("usr", id)),
    ...present.filter((id) => !before.has(id)),
  ].filter((id) => chosen === undefined || chosen.has(id))
  const parts: Supposed[] = []
  for (let from = 0; from < Math.min(ids.length, MOST_PREVIEWED); from += MAX_RESTORED) {
    parts.push({ operation: "restoreAssignments", request: { ...request, only: ids.slice(from, from + MAX_RESTORED) } })
  }
  return parts
}

function idsOf(drafts: readonly OrganizationEventDraft[], type: "LicenseAssigned" | "LicenseUnassigned"): readonly string[] {
  return drafts.flatMap((draft) => (draft.type === type ? [draft.data.principal.id] : []))
}

async function principals(context: Context, ids: readonly string[], at: Moment | undefined): Promise<Principal[]> {
  if (!at) return []
  const loaded = await Promise.all(ids.map((id) => loadPrincipal(context, id, at)))
  return loaded.filter((principal) => principal !== undefined)
}

async function skippedPrincipals(context: Context, all: readonly string[], past: Moment, at: Moment): Promise<SkippedPrincipal[]> {
  const ids = all.slice(0, MAX_RESTORED)
  const present = await Promise.all(ids.map((id) => loadPrincipal(context, id, at)))
  return ids.map((principalId, n) => {
    const because = present[n] === undefined ? "DELETED" : "INACTIVE"
    return Object.assign(new SkippedPrincipal(), { principalId, because, past } as const)
  })
}
