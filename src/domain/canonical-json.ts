/**
 * The JSON Canonicalization Scheme (RFC 8785): one text per value, whatever the order in which its fields were written.
 * Fields are sorted by UTF-16 code units (§3.2.3), numbers and strings are written as ECMAScript writes them (§3.2.2).
 * A field that is `undefined` is one that is not there.
 * @throws NotCanonical for half a surrogate pair (§3.2.2.2): it has no UTF-8, so programs would not agree on its bytes.
 */
export function canonicalJson(value: unknown): string {
  const text = sortedJson(value)
  if (text.includes("\\ud") && LONE_SURROGATE.test(text)) throw new NotCanonical("half a surrogate pair has no canonical JSON")
  return text
}

/** The same text for every value that has a canonical one, and a text for all others too. */
export function sortedJson(value: unknown): string {
  if (typeof value === "string") return quoted(value)
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`
  const fields = value as Record<string, unknown> // What is neither null nor an array is looked at field by field.
  let text = ""
  for (const name of sorted(Object.keys(fields))) {
    const field = fields[name]
    if (field !== undefined) text += `${text === "" ? "{" : ","}${quoted(name)}:${sortedJson(field)}`
  }
  return text === "" ? "{}" : `${text}}`
}

/** Most texts of events are ids, and asking for that costs a third of what `JSON.stringify` does. */
function quoted(text: string): string {
  return NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text)
}
const NOTHING_TO_ESCAPE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

/** In place, by UTF-16 code units. Every event is hashed, and for a handful of names `sort` takes twice as long. */
function sorted(names: string[]): string[] {
  if (names.length > 20) return names.sort()
  for (let next = 1; next < names.length; next++) {
    const name = names[next] as string // within bounds, here and below
    let place = next
    for (; place > 0 && (names[place - 1] as string) > name; place--) names[place] = names[place - 1] as string
    names[place] = name
  }
  return names
}

export class NotCanonical extends Error {
  override readonly name = "NotCanonical"
}

/** `JSON.stringify` escapes a surrogate only when its other half is missing; a backslash of the value itself is doubled. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/
