/** People by the names that other systems know them by: what an import or a directory sync compares with. */
import { GraphQLError } from "graphql"
import { Arg, Ctx, Query, Resolver } from "type-graphql"
import { usersByIdentity } from "../../../../projections/directory/queries"
import { permit } from "../../../auth/permissions"
import { AsOfArg } from "../arguments"
import type { Context } from "../context"
import { momentOf } from "../moments"
import { userOf } from "../present"
import { sightOf } from "../sight"
import type { AsOf } from "../types/as-of"
import { User } from "../types/user"

/** Of each kind; as many as the largest page. */
const MOST = 100

@Resolver()
export class UsersByIdentity {
  @Query(() => [User], {
    description: "The people who have one of these external ids or user names, each once. At most 100 of each.",
  })
  async usersByIdentity(
    @Arg("externalIds", () => [String], { nullable: true, description: "Ids that the identity provider gave." })
    externalIds: string[] | null,
    @Arg("userNames", () => [String], { nullable: true, description: "Sign-in names, without regard to case." }) userNames: string[] | null,
    @Ctx() context: Context,
    @AsOfArg() asOf?: AsOf | null,
  ): Promise<User[]> {
    permit(context.viewer, "Query.usersByIdentity")
    const sight = sightOf(context.viewer)
    if (sight.of !== "ORGANIZATION") return []
    if ((externalIds?.length ?? 0) > MOST || (userNames?.length ?? 0) > MOST) {
      throw new GraphQLError(`usersByIdentity takes at most ${MOST} external ids and ${MOST} user names; ask several times`, {
        extensions: { code: "BAD_USER_INPUT" },
      })
    }
    const moment = await momentOf(context, sight.organizationId, asOf)
    const rows = await usersByIdentity(context.readStore, moment, externalIds ?? [], userNames ?? [])
    return rows.map((row) => userOf(row.user_id, row, moment))
  }
}
