/** What the imports share: where they lead, and rows a page at a time. */
import type { Progress } from "../progress"
import type { CsvFile, CsvRow } from "./csv-file"
import { type Directory, PAGE } from "./directory"
import type { ImportReport } from "./report"
import type { ReadRow } from "./user-rows"

export interface ImportRun {
  readonly directory: Directory
  readonly report: ImportReport
  readonly progress: Progress
  readonly dryRun: boolean
  /** Says something beside the progress. */
  readonly note: (words: string) => void
}

/** The good rows of a file in groups of a page, so that one question finds all of them; the others go to the report. */
export async function* goodRows<Row>(file: CsvFile, read: (row: CsvRow) => ReadRow<Row>, run: ImportRun): AsyncGenerator<readonly Row[]> {
  let seen = 0
  let good: Row[] = []
  for await (const row of file.rows) {
    seen += 1
    const taken = read(row)
    if (taken.kind === "row") good.push(taken.row)
    else if (taken.kind === "bad") run.report.reject(taken.bad)
    else run.report.skipped += 1
    if (good.length < PAGE) continue
    yield good
    good = []
    run.progress.show(file.bytesRead() / file.size, `${seen.toLocaleString("en-US")} rows`)
  }
  if (good.length > 0) yield good
  run.progress.show(1, `${seen.toLocaleString("en-US")} rows`)
}

/** Runs `work` for each item, at most `atOnce` at a time. The first failure ends it. */
export async function inParallel<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}
