import type { Row } from "./measure"

/** The rows as Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ name, value, unit, limit, ratio, reach, met, bound, note }) => {
    const cells = [
      `\`${name}\``,
      `${inDigits(value)} ${unit}`,
      limit === null ? "–" : inDigits(limit),
      ratio === null ? "–" : ratio.toFixed(2),
    ]
    return `| ${[...cells, reach === null ? "–" : `${bound === "at most" ? "≤" : "≥"} ${reach}`, reach === null ? "–" : met ? "yes" : "**no**", note].join(" | ")} |`
  })
  return ["| figure | value | limit | ratio | reach | met | |", "| --- | ---: | ---: | ---: | ---: | --- | --- |", ...lines].join("\n")
}

/** Three digits that count, at least; thousands apart. */
function inDigits(value: number): string {
  if (value >= 100)
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, " ")
  return value.toPrecision(3)
}
