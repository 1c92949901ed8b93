/** `npm run bench`: every figure against its limit, as a table on standard output; progress on standard error. */
import { readFileSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus } from "node:os"
import { resolve } from "node:path"
import { Command } from "commander"
import { append } from "./append"
import { appendStores } from "./append-stores"
import { assignHttp } from "./assign-http"
import { coldStart } from "./cold-start"
import { detailHttp } from "./detail-http"
import { evolve } from "./evolve"
import { historyPage } from "./history-page"
import { largeGroup } from "./large-group"
import type { Benchmark, Row } from "./measure"
import { memory } from "./memory"
import { asOfPage, expandedPage } from "./pages"
import { projectPostgres } from "./project-postgres"
import { proof } from "./proof"
import { rebuild } from "./rebuild"
import { rightsHttp } from "./rights-http"
import { severalNodes } from "./several-nodes"
import { table, tableAfter } from "./table"
import { treeUpkeep } from "./tree-upkeep"
import { usage } from "./usage"
import { verifyingExport } from "./verify-export"

const BENCHMARKS: readonly Benchmark[] = [
  append,
  ...appendStores,
  assignHttp,
  detailHttp,
  rightsHttp,
  expandedPage,
  asOfPage,
  historyPage,
  usage,
  rebuild,
  projectPostgres,
  largeGroup,
  memory,
  evolve,
  coldStart,
  proof,
  treeUpkeep,
  verifyingExport,
  severalNodes,
]
const NAMES = BENCHMARKS.flatMap(({ rows }) => rows)
/** The table in the README stands between these. */
const MARKERS = ["<!-- bench -->", "<!-- /bench -->"] as const

interface Options {
  readonly json?: string
  readonly only: readonly string[]
  readonly readme?: true
}

async function main(): Promise<void> {
  const program = new Command("bench")
    .description("Measures Seatledger against limits taken in the same run (docs/benchmark.md).")
    .option("--json <file>", "write the figures as JSON")
    .option("--only <names>", `only these, separated by commas or given again: ${NAMES.join(", ")}`, collect, [])
    .option("--readme", "put the table into README.md; figures that are not taken now stay there as they are")
  const options = program.parse().opts<Options>()
  const unknown = options.only.filter((name) => !NAMES.includes(name))
  if (unknown.length > 0) program.error(`there is no figure ${unknown.join(", ")}; there are: ${NAMES.join(", ")}`)

  const rows: Row[] = []
  for (const benchmark of BENCHMARKS) {
    if (options.only.length > 0 && !benchmark.rows.some((name) => options.only.includes(name))) continue
    const title = benchmark.rows.join(", ")
    const say = (words: string) => process.stderr.write(`${title}: ${words}\n`)
    const began = performance.now()
    try {
      rows.push(...(await benchmark.run(say)))
      say(`${((performance.now() - began) / 1000).toFixed(1)} s`)
    } catch (error) {
      // The others took minutes: they are still shown.
      say(`failed: ${error instanceof Error ? error.stack : String(error)}`)
      process.exitCode = 1
    }
  }
  const wanted = options.only.length > 0 ? rows.filter(({ name }) => options.only.includes(name)) : rows
  process.stdout.write(`${machine()}\n\n${table(wanted)}\n`)
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      `${JSON.stringify(
        wanted.map(({ bound: _, ...row }) => row),
        null,
        2,
      )}\n`,
    )
  if (options.readme) intoReadme(wanted)
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(",").map((name) => name.trim())]
}

function machine(): string {
  const [cpu] = cpus()
  const model = cpu?.model.trim() || "unknown processor"
  return `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${model}), Node ${process.versions.node}, with everything on one machine.`
}

/** Figures that were not taken now stay as they are. */
function intoReadme(rows: readonly Row[]): void {
  const file = resolve(__dirname, "../../README.md")
  const readme = readFileSync(file, "utf8")
  const [start, end] = MARKERS.map((marker) => readme.indexOf(marker)) as [number, number] // two markers, two places
  if (start < 0 || end < start) throw new Error(`README.md has no place for the table: put ${MARKERS.join(" and ")} around it`)
  const before = readme.slice(start + MARKERS[0].length, end)
  const after = `${machine()}\n\n${tableAfter(before, rows, NAMES)}`
  writeFileSync(file, `${readme.slice(0, start)}${MARKERS[0]}\n${after}\n${readme.slice(end)}`)
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
