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
  return /[",;\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/**
 * Before what begins like a formula: at the start of a text, also after spaces, which some programs pass over, and with the
 * full-width signs that Excel takes for the plain ones. And wherever a cell begins for a spreadsheet that separates by
 * semicolons, as Dutch and German Excel do, or by tabs: for those the quotes are no quotes, because the cell does not begin with them.
 */
const FORMULA = /^(?=[\s\u00a0]*[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n])(?=[ \u00a0"]*[=+\-@＝＋－＠])/g

/** OWASP, "CSV injection": an apostrophe there. */
export function defused(text: string): string {
  return text.replace(FORMULA, "'")
}
