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
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(",")}]`
  const fields = value as Record<string, unknown> // What is neither null nor an array is looked at field by field.
  let text = ""
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name]
    if (field !== undefined) text += `${text === "" ? "{" : ","}${JSON.stringify(name)}:${sortedJson(field)}`
  }
  return text === "" ? "{}" : `${text}}`
}

export class NotCanonical extends Error {
  override readonly name = "NotCanonical"
}

/** `JSON.stringify` escapes a surrogate only when its other half is missing; a backslash of the value itself is doubled. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/
