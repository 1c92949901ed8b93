/** The filter of the trail, from the words of the API to those of the read model. */

import { words } from "../../../projections/directory/names"
import type { HistoryListing } from "../../../projections/history/queries"
import { badUserInput } from "./faults"
import type { HistoryFilter } from "./types/history"

export type Filtered = Omit<HistoryListing, "organizationId" | "oldestFirst" | "after" | "limit">

/** There are not many more types, and nobody looks for more words; each is a list to be read. */
const MOST_TYPES = 50
const MOST_WORDS = 10

/** @throws GraphQLError BAD_USER_INPUT naming the field */
export function filterOf(filter: HistoryFilter | null | undefined): Filtered {
  const { licenseId, userId, groupId, actor, types, from, to, fromRevision, toRevision, text } = filter ?? {}
  if (types && types.length > MOST_TYPES) throw badUserInput("filter.types", `must name at most ${MOST_TYPES} types`)
  if (text && words(text).length > MOST_WORDS) throw badUserInput("filter.text", `must have at most ${MOST_WORDS} words`)
  return {
    subjectIds: [userId, groupId].filter((id) => id !== undefined && id !== null),
    ...(licenseId ? { licenseId } : {}),
    ...(actor ? { actorId: actor } : {}),
    ...(types ? { types } : {}),
    ...(typeof from === "number" ? { from } : {}),
    ...(typeof to === "number" ? { to } : {}),
    ...(typeof fromRevision === "number" ? { fromRevision } : {}),
    ...(typeof toRevision === "number" ? { toRevision } : {}),
    ...(text ? { text } : {}),
  }
}
