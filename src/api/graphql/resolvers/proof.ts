/** Checkpoints of the organization's log, and proofs against them (docs/proofs.md). */
import { Arg, Ctx, Info, Int, Query, Resolver } from "type-graphql"
import { consistencyProof, inclusionProof } from "../../../audit/proofs"
import { permit } from "../../../auth/permissions"
import { After, costOfPage, First, pageSize } from "../arguments"
import type { GraphQLContext } from "../context"
import { decodeCursor, listName } from "../cursor"
import { badUserInput, tellingOfLog } from "../faults"
import { asksFor, type Selected } from "../selection"
import { requireOrganization } from "../sight"
import {
  Checkpoint,
  CheckpointStatus,
  ConsistencyProof,
  checkpointOf,
  consistencyProofOf,
  InclusionProof,
  inclusionProofOf,
} from "../types/checkpoint"
import { type Connection, pageOf } from "../types/connection"
import { CheckpointConnection } from "../types/connections"

/** A signature and some hundred hashes. */
const COST = 20

@Resolver()
export class ProofResolver {
  @Query(() => Checkpoint, {
    description: "The signed head of the organization's log. Whoever keeps it can show later that nothing before it was changed.",
    complexity: COST,
  })
  async checkpoint(
    @Ctx() context: GraphQLContext,
    @Arg("revision", () => Int, { nullable: true, description: "After this many events; left out: after all that are shown now." })
    revision?: number | null,
  ): Promise<Checkpoint> {
    permit(context.viewer, "Query.checkpoint")
    const organizationId = requireOrganization(context.viewer, "checkpoint")
    const size = await revisionOf(context, organizationId, "revision", revision, 0)
    return checkpointOf(await tellingOfLog(() => context.checkpoints.at(organizationId, size)))
  }

  @Query(() => InclusionProof, { description: "Proves that one event is in the organization's log, as it is stored.", complexity: COST })
  async inclusionProof(
    @Ctx() context: GraphQLContext,
    @Arg("revision", () => Int, { description: "The revision of the event." }) revision: number,
    @Arg("treeSize", () => Int, {
      nullable: true,
      description:
        "In the log after this many events, such as those of a checkpoint that somebody kept; left out: after all that are shown now.",
    })
    treeSize?: number | null,
  ): Promise<InclusionProof> {
    permit(context.viewer, "Query.inclusionProof")
    const organizationId = requireOrganization(context.viewer, "inclusionProof")
    const size = await revisionOf(context, organizationId, "treeSize", treeSize, 0)
    if (revision < 1) throw badUserInput("revision", "must be at least 1, the revision of the first event")
    if (revision > size) throw badUserInput("revision", `must be at most ${size}, the size of the tree`)
    return inclusionProofOf(await tellingOfLog(() => inclusionProof(context, organizationId, revision, size)))
  }

  @Query(() => ConsistencyProof, {
    description: "Proves that the organization's log at one revision begins with the log at an earlier one.",
    complexity: COST,
  })
  async consistencyProof(
    @Ctx() context: GraphQLContext,
    @Arg("from", () => Int, { description: "The earlier revision, such as that of a checkpoint that somebody kept." }) from: number,
    @Arg("to", () => Int, { nullable: true, description: "The later revision; left out: all events that are shown now." })
    to?: number | null,
  ): Promise<ConsistencyProof> {
    permit(context.viewer, "Query.consistencyProof")
    const organizationId = requireOrganization(context.viewer, "consistencyProof")
    const size = await revisionOf(context, organizationId, "to", to, 1)
    if (from < 1) throw badUserInput("from", "must be at least 1: every log begins with the empty one, and there is nothing to prove")
    if (from > size) throw badUserInput("from", `must be at most ${size}, the later of the two revisions`)
    return consistencyProofOf(await tellingOfLog(() => consistencyProof(context, organizationId, from, size)))
  }

  @Query(() => String, {
    description:
      "The key that checks signatures of checkpoints, as C2SP signed-note writes it: `name+id+key`. Keep it with the checkpoints. It is this installation's and no part of the history.",
  })
  checkpointKey(@Ctx() context: GraphQLContext): string {
    permit(context.viewer, "Query.checkpointKey")
    return context.checkpoints.signer(requireOrganization(context.viewer, "checkpointKey")).verifierKey
  }

  @Query(() => CheckpointStatus, {
    description: "What was signed and published last, and whether the log still fits to it: about now, and no part of the history.",
  })
  async checkpointStatus(@Ctx() { viewer, checkpoints }: GraphQLContext): Promise<CheckpointStatus> {
    permit(viewer, "Query.checkpointStatus")
    const organizationId = requireOrganization(viewer, "checkpointStatus")
    const [newest, newestPublished] = await Promise.all([checkpoints.newest(organizationId), checkpoints.newestPublished(organizationId)])
    return Object.assign(new CheckpointStatus(), {
      newest: newest ? checkpointOf(newest) : null,
      newestPublished: newestPublished ? checkpointOf(newestPublished) : null,
      problem: checkpoints.problem(organizationId) ?? null,
    })
  }

  @Query(() => CheckpointConnection, {
    description:
      "Checkpoints that were signed, newest first: those that were due, and those that were the newest when somebody asked. Signing is no part of the history: `checkpoint` signs any revision of it.",
    complexity: costOfPage,
  })
  async checkpoints(
    @Ctx() context: GraphQLContext,
    @Info() info: Selected,
    @First() first?: number | null,
    @After() after?: string | null,
  ): Promise<Connection<Checkpoint>> {
    permit(context.viewer, "Query.checkpoints")
    const organizationId = requireOrganization(context.viewer, "checkpoints")
    const size = pageSize(first)
    const list = listName("checkpoints", organizationId)
    const place = decodeCursor(list, after, "n") as readonly [number] | undefined
    const [rows, totalCount] = await Promise.all([
      context.checkpoints.page(organizationId, { below: place?.[0] ?? Number.MAX_SAFE_INTEGER, limit: size + 1 }),
      asksFor(info, "totalCount") ? context.checkpoints.count(organizationId) : 0,
    ])
    return pageOf(info, { list, rows, first: size, after: place, item: checkpointOf, place: (row) => [row.size], totalCount })
  }
}

/** What the viewer is shown as now, unless another revision up to there was asked for. @throws GraphQLError BAD_USER_INPUT */
async function revisionOf(
  context: GraphQLContext,
  organizationId: string,
  field: string,
  asked: number | null | undefined,
  least: number,
): Promise<number> {
  const { revision: shown } = await context.loaders.requestNow.load(organizationId)
  const revision = asked ?? shown
  if (revision < least) throw badUserInput(field, `must be at least ${least}`)
  if (revision > shown)
    throw badUserInput(field, `must be at most ${shown}, the newest revision that is shown; ${revision} has not happened yet`)
  return revision
}
