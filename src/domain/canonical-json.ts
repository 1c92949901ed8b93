/**
 * The JSON Canonicalization Scheme (RFC 8785): one text per value, whatever the order in which its fields were written.
 * Fields are sorted by UTF-16 code units (§3.2.3), numbers and strings are written as ECMAScript writes them (§3.2.2).
 * A field that is `undefined` is one that is not there.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(",")}}`
}
