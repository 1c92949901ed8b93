/** What an import did, and the rows it could not use. */

import { once } from "node:events"
import { createWriteStream, type WriteStream } from "node:fs"
import { CliError } from "../cli-error"
import type { BadRow } from "./user-rows"

/** As many bad rows are shown on the terminal; the report file has them all. */
const SHOWN = 20

export class ImportReport {
  readonly counts = new Map<string, number>()
  rows = 0
  bad = 0
  skipped = 0
  #file: WriteStream | undefined
  readonly #shown: BadRow[] = []

  /** @param path where all bad rows are written as CSV; undefined: nowhere */
  static async open(path: string | undefined): Promise<ImportReport> {
    const report = new ImportReport()
    if (path === undefined) return report
    const file = createWriteStream(path)
    await once(file, "open").catch((cause: Error) => {
      throw new CliError(`cannot write the report ${path}: ${cause.message}`, { cause })
    })
    file.write("line,about,problem\r\n")
    report.#file = file
    return report
  }

  count(what: string): void {
    this.rows += 1
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  reject(bad: BadRow): void {
    this.rows += 1
    this.bad += 1
    if (this.#shown.length < SHOWN) this.#shown.push(bad)
    this.#file?.write(`${bad.line},${cell(bad.about)},${cell(bad.problem)}\r\n`)
  }

  /** `1,200 rows: 3 created, 0 changed, 1,197 unchanged` */
  summary(kinds: readonly string[]): string {
    const parts = kinds.map((kind) => `${count(this.counts.get(kind) ?? 0)} ${kind}`)
    if (this.bad > 0) parts.push(`${count(this.bad)} bad`)
    return `${count(this.rows)} ${this.rows === 1 ? "row" : "rows"}: ${parts.join(", ")}`
  }

  /** The bad rows, for people; in the order of the file. */
  badRows(): string[] {
    const shown = this.#shown
      .sort((a, b) => a.line - b.line)
      .map(({ line, about, problem }) => `line ${line}${about && ` (${about})`}: ${problem}`)
    const more = this.bad - shown.length
    return more > 0 ? [...shown, `… and ${count(more)} more; --report FILE.csv writes them all`] : shown
  }

  async close(): Promise<void> {
    if (!this.#file) return
    this.#file.end()
    await once(this.#file, "finish")
  }
}

function count(number: number): string {
  return number.toLocaleString("en-US")
}

/** Quoted; and what a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV injection"). */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${harmless.replace(/"/g, '""')}"`
}
