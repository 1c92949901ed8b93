/**
 * The last answers to what pages asked, whole, by query and variables (a license as of last month is another answer than
 * today's): a page that is gone back to is there at once and then read again, and one that cannot be read stays as it was.
 * urql's own cache keeps every answer for as long as the window is open, which with lists and changes is all day.
 */
import { type CombinedError, type Exchange, makeOperation, type Operation, type OperationResult } from "urql"
import { filter, map, merge, pipe, share } from "wonka"

/** So many pages back nobody goes by heart. */
export const MOST_KEPT = 100
/** What the server says that may give the answer a moment later. */
const PASSING: ReadonlySet<unknown> = new Set(["UNAVAILABLE", "TRY_AGAIN", "RATE_LIMITED", "INTERNAL_SERVER_ERROR"])
/** A moment: then it is asked again, if it is still shown. */
const ASK_AGAIN_MS = 5_000

export const keptAnswers: Exchange =
  ({ client, forward }) =>
  (operations) => {
    /** By the operation's key; the one that was answered last stands last. */
    const kept = new Map<number, OperationResult>()
    /** Queries of what is shown now. Lists ask for their pages once ("network-only") and keep them themselves. */
    const shown = new Map<number, Operation>()

    /** Of these it has been decided to ask again. */
    const asksAgain = new Set<number>()

    const isAnswered = ({ kind, key, context }: Operation) => kind === "query" && context.requestPolicy !== "network-only" && kept.has(key)
    const readAgain = (operation: Operation) =>
      client.reexecuteOperation(makeOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }))
    const note = (operation: Operation): Operation => {
      const { kind, key, context } = operation
      if (kind === "teardown") shown.delete(key)
      if (kind === "query" && context.requestPolicy !== "network-only") shown.set(key, operation)
      return operation
    }
    const readAgainLater = ({ key }: Operation) => {
      if (asksAgain.has(key)) return
      asksAgain.add(key)
      setTimeout(() => {
        asksAgain.delete(key)
        const operation = shown.get(key)
        if (operation) readAgain(operation)
      }, ASK_AGAIN_MS)
    }
    const fromKept = (operation: Operation): OperationResult => {
      const stale = operation.context.requestPolicy === "cache-and-network"
      if (stale) readAgain(operation)
      return { ...(kept.get(operation.key) as OperationResult), operation, stale } // isAnswered
    }
    const keep = (result: OperationResult): OperationResult => {
      const { operation, data, error } = result
      if (operation.kind === "mutation" && data) {
        for (const key of kept.keys()) if (!shown.has(key)) kept.delete(key)
        for (const query of shown.values()) readAgain(query)
      }
      if (operation.kind !== "query") return result
      if (error && !data && kept.has(operation.key) && isPassing(error)) {
        // Of a lost connection the header says so, and everything is read again once it is back.
        if (!error.networkError) readAgainLater(operation)
        return { ...result, data: kept.get(operation.key)?.data }
      }
      if (error || !shown.has(operation.key)) return result
      kept.delete(operation.key)
      kept.set(operation.key, result)
      for (const key of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(key)
      return result
    }

    const noted = pipe(operations, map(note), share)
    return merge([
      pipe(noted, filter(isAnswered), map(fromKept)),
      pipe(
        noted,
        filter((operation) => !isAnswered(operation)),
        forward,
        map(keep),
      ),
    ])
  }

/** The answer did not come, which says nothing of what is shown: a dialog over it, and what runs there, goes on. */
function isPassing({ networkError, graphQLErrors }: CombinedError): boolean {
  return networkError !== undefined || graphQLErrors.every(({ extensions }) => PASSING.has(extensions.code))
}
