/** Type-ahead over people and groups. */
import type { Moment } from "../../../projections/catalog/moment"
import { foundNames } from "../../../projections/directory/found"
import { countPrincipals, type PrincipalRow, principals } from "../../../projections/directory/queries"
import type { PrincipalType } from "../../domain/events"
import type { GraphQLContext } from "./context"
import { listName } from "./cursor"
import { groupOf, userOf } from "./present"
import { asksFor, type Selected } from "./selection"
import { type Connection, pageOf } from "./types/connection"
import type { Principal } from "./types/principal"

export async function searchedPrincipals(
  context: GraphQLContext,
  info: Selected,
  moment: Moment,
  search: string,
  types: readonly PrincipalType[],
  first: number,
): Promise<Connection<Principal>> {
  const found = await foundNames(context.readStore, moment, search, types)
  const [rows, counts] = await Promise.all([
    principals(context.readStore, { moment, limit: first + 1, ...(found ? { found } : {}) }, types),
    asksFor(info, "totalCount") ? Promise.all(types.map((type) => countPrincipals(context.readStore, moment, type, found))) : [],
  ])
  return pageOf(info, {
    list: listName("principals", search, types),
    rows,
    first,
    after: undefined,
    item: (row: PrincipalRow) =>
      row.principal_type === "USER" ? userOf(row.principal_id, row, moment) : groupOf(row.principal_id, row.display_name, moment),
    place: (row) => [row.sort_name, row.principal_id],
    totalCount: counts.reduce((sum, count) => sum + count, 0),
  })
}
