/** Type-ahead over people and groups. */
import type { Moment } from "../../../projections/catalog/moment"
import { type FoundPrincipal, searchPrincipals } from "../../../projections/directory/search"
import type { PrincipalType } from "../../domain/events"
import type { GraphQLContext } from "./context"
import { listName } from "./cursor"
import type { Selected } from "./selection"
import { type Connection, pageOf } from "./types/connection"
import type { Principal } from "./types/principal"

/** There is one page of them: whoever does not see whom they look for types on. */
export async function searchedPrincipals(
  context: GraphQLContext,
  info: Selected,
  moment: Moment,
  search: string,
  types: readonly PrincipalType[],
  first: number,
): Promise<Connection<Principal>> {
  const { principals, totalCount } = await searchPrincipals(context.readStore, { moment, search, types, first: first + 1 })
  const objects = await Promise.all(principals.slice(0, first).map((found) => principalOf(context, moment, found)))
  return pageOf(info, {
    list: listName("principals", search, types),
    rows: principals,
    first,
    after: undefined,
    item: (row) => objects[principals.indexOf(row)] as Principal, // one for each that is shown
    place: (row) => [row.sort_name, row.principal_id],
    totalCount,
  })
}

/** @throws Error when who was found at a moment is not there at the same moment: the read models contradict each other */
async function principalOf(
  context: GraphQLContext,
  moment: Moment,
  { principal_type, principal_id: id }: FoundPrincipal,
): Promise<Principal> {
  const found = await (principal_type === "USER" ? context.loaders.user.load({ id, moment }) : context.loaders.group.load({ id, moment }))
  if (!found) throw new Error(`search of principals: found ${id} as of revision ${moment.revision}, but it has no state then`)
  return found
}
