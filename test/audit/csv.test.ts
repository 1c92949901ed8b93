import { parse } from "csv-parse/sync"
import { csvRecord } from "../../src/audit/csv"

/** How a spreadsheet of some country cuts a line: quotes count only where a cell begins with them. */
const cellsOf = (line: string, delimiter: string): string[] =>
  (parse(line, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][]).flat()

const HARMFUL = [
  '=HYPERLINK("http://evil.example")',
  " +1",
  "\t@SUM(1)",
  "＝1+1",
  "x;=1+1",
  "x; =1+1",
  'x;"=1+1"',
  "x\t=1+1",
  "x;\t@SUM(1)",
  "one line\n=1+1",
  "one line\r\n\n-1+cmd",
  "a;;+1;\u00a0-1",
]

test.each([",", ";", "\t"])("no cell begins like a formula for a spreadsheet that separates by %j", (delimiter) => {
  for (const text of HARMFUL) {
    for (const cell of cellsOf(csvRecord(["id", text, 'and "more"', 7]), delimiter)) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝]/)
  }
})

test("what is harmless stays as it is, and a program reads back one cell", () => {
  const harmless = ["a-b; c", "1;2", "x;y\tz", 'say "hi"; bye', "two\n\nparagraphs", "it's; a=b", "5 + 3"]
  const record = csvRecord(harmless)
  expect(parse(record)).toEqual([harmless])
  // Some programs separate by whatever there is; quoted, it is one cell for those too.
  expect(record).toMatch(/"a-b; c","1;2","x;y\tz"/)
  expect(csvRecord([-1, -0.5, null, true])).toBe("-1,-0.5,,true\r\n")
})
