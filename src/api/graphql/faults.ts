/** GraphQL errors that a caller can act on. Everything else is a fault of ours, which the server masks. */
import { GraphQLError } from "graphql"
import { LogRewritten, TreeBehind } from "../../audit/log-tree"

/** `field` is the argument as the caller wrote it, such as `first` or `asOf.revision`. */
export function badUserInput(field: string, problem: string): GraphQLError {
  return new GraphQLError(`${field} ${problem}`, { extensions: { code: "BAD_USER_INPUT", field } })
}

export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "FORBIDDEN" } })
}

/** Says the same of what does not exist and of what belongs to somebody else. */
export function notFound(field: string): GraphQLError {
  return new GraphQLError(`${field} names nothing that you can see`, { extensions: { code: "NOT_FOUND", field } })
}

/** Recorded, and not in the read models so far: the same question has an answer in a moment. */
export function notShownYet(field: string): GraphQLError {
  const message = `${field} names a moment that is recorded and not shown yet: the read models are catching up with the log; ask again in a moment`
  return new GraphQLError(message, { extensions: { code: "UNAVAILABLE", field } })
}

/** Of work with the tree of a log: what is wrong with the log, or that the tree is behind it. */
export async function tellingOfLog<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LogRewritten) throw new GraphQLError(error.message, { extensions: { code: "LOG_REWRITTEN" } })
    if (error instanceof TreeBehind) throw new GraphQLError(error.message, { extensions: { code: "UNAVAILABLE" } })
    throw error
  }
}
