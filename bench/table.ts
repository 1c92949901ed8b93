import type { Row } from "./measure"

const HEAD = ["| figure | value | limit | ratio | reach | met | |", "| --- | ---: | ---: | ---: | ---: | --- | --- |"]

/** The rows as Markdown. */
export function table(rows: readonly Row[]): string {
  return [...HEAD, ...rows.map(lineOf)].join("\n")
}

/** The same beside the rows of other figures that stand in `before`, in the order of `names`. */
export function tableAfter(before: string, rows: readonly Row[], names: readonly string[]): string {
  const lines = new Map([...before.matchAll(/^\| `([^`]+)` .*$/gm)].map(([line, name]) => [name, line]))
  for (const row of rows) lines.set(row.name, lineOf(row))
  return [...HEAD, ...names.flatMap((name) => lines.get(name) ?? [])].join("\n")
}

function lineOf({ name, value, unit, limit, ratio, reach, met, bound, note }: Row): string {
  const cells = [
    `\`${name}\``,
    `${inDigits(value)} ${unit}`,
    limit === null ? "–" : inDigits(limit),
    ratio === null ? "–" : ratio.toFixed(2),
  ]
  return `| ${[...cells, reach === null ? "–" : `${bound === "at most" ? "≤" : "≥"} ${reach}`, reach === null ? "–" : met ? "yes" : "**no**", note].join(" | ")} |`
}

/** Three digits that count, at least; thousands apart. */
function inDigits(value: number): string {
  if (value >= 100)
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, " ")
  return value.toPrecision(3)
}
