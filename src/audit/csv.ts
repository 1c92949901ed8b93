/** Tables for spreadsheets: RFC 4180, and no cell that one would take for a formula. */

export type Cell = string | number | boolean | null

/** One record: separated by commas, ended by CRLF. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`
}

/** Numbers stay numbers, also negative ones; nothing is an empty cell. */
export function csvCell(value: Cell): string {
  if (value === null) return ""
  if (typeof value !== "string") return String(value)
  const harmless = defused(value)
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/**
 * OWASP, "CSV injection": an apostrophe before what begins like a formula. Also after spaces, which some programs pass
 * over, and for the full-width signs that Excel takes for the plain ones.
 */
export function defused(text: string): string {
  return /^[\s\u00a0]*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}
