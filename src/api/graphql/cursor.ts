/**
 * Cursors say where a page ends by the values that its order compares, not by a count: rows that come or go meanwhile
 * neither repeat nor hide an entry. They also carry a hash of the list, filter and order that they belong to.
 */
import { hash } from "node:crypto"
import { badUserInput } from "./faults"

/** The values of one row that the order of its list compares. */
export type Place = readonly (string | number)[]

/** Names a list with its filter and order. Everything that decides which rows it has, and in which order, belongs in. */
export function listName(...parts: readonly unknown[]): string {
  return hash("sha256", JSON.stringify(parts), "base64url").slice(0, 8)
}

export function encodeCursor(list: string, place: Place): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString("base64url")
}

/**
 * @param shapes the kinds of values a place of this list may have, such as `"sn"` for a text and a number
 * @throws GraphQLError BAD_USER_INPUT naming `after`
 */
export function decodeCursor(list: string, after: string | null | undefined, ...shapes: readonly string[]): Place | undefined {
  if (after === undefined || after === null) return undefined
  const parts = parsed(after)
  if (!Array.isArray(parts) || typeof parts[0] !== "string") throw badUserInput("after", "is no cursor of this API")
  const [of, ...place] = parts as unknown[]
  if (of !== list) throw badUserInput("after", "is a cursor of another list, filter or order: start again without it")
  if (!isPlace(place) || !shapes.includes(place.map((value) => (typeof value === "string" ? "s" : "n")).join(""))) {
    throw badUserInput("after", "is no cursor of this API")
  }
  return place
}

function parsed(after: string): unknown {
  try {
    return JSON.parse(Buffer.from(after, "base64url").toString("utf8"))
  } catch {
    return undefined
  }
}

function isPlace(values: readonly unknown[]): values is Place {
  return values.every((value) => typeof value === "string" || Number.isSafeInteger(value))
}
