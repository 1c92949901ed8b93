import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql"
import type { Progress } from "../../../../projections/assignments/queries"
import type { GraphQLContext } from "../context"
import { Assignment } from "../types/assignment"
import { AssignmentStatus } from "../types/enums"
import { User } from "../types/user"

@Resolver(() => Assignment)
export class AssignmentResolver {
  @FieldResolver(() => String, { description: "Who assigned it, by name." })
  assignedBy(@Root() { at, assigned, assignedAt }: Assignment, @Ctx() context: GraphQLContext): Promise<string> {
    return context.loaders.actorName.load({ organizationId: at.organizationId, instant: assignedAt, ...assigned })
  }

  @FieldResolver(() => AssignmentStatus, { description: "How far it is carried out (rule 4).", complexity: 2 })
  async status(@Root() assignment: Assignment, @Ctx() context: GraphQLContext): Promise<AssignmentStatus> {
    const { waiting, unfinished } = await this.progress(assignment, context)
    if (unfinished) return "IN_PROGRESS" // rule 39: how many wait is not known yet
    return waiting > 0 ? "SEATS_SHORT" : "ALL_SEATED"
  }

  @FieldResolver(() => Int, { description: "How many of its people wait for a seat.", complexity: 2 })
  async waiting(@Root() assignment: Assignment, @Ctx() context: GraphQLContext): Promise<number> {
    return (await this.progress(assignment, context)).waiting
  }

  /** Read once for both fields, and together with those of all other assignments of the page. */
  private progress(assignment: Assignment, context: GraphQLContext): Promise<Progress> {
    const { license, principal } = assignment
    assignment.progress ??= context.loaders.progress.load({
      license,
      principal: { type: principal instanceof User ? "USER" : "GROUP", id: principal.id },
    })
    return assignment.progress
  }
}
