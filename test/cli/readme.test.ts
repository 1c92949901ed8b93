import { readFileSync } from "node:fs"
import { join } from "node:path"
import { SETTINGS } from "../../src/config"

const readme = readFileSync(join(__dirname, "../../README.md"), "utf8")

test("the README lists every setting with its default and meaning, and no other", () => {
  const rows = Object.values(SETTINGS).map(({ name, fallback, doc }) => `| \`${name}\` | ${fallback ? `\`${fallback}\`` : "–"} | ${doc} |`)
  const [, table = ""] = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(readme) ?? []
  expect(table.split("\n").slice(2)).toEqual(rows)
})

test("the README names the two commands that work in a fresh clone", () => {
  expect(readme).toContain("npm ci && npm run demo")
  expect(readme).toContain("npm ci && npm test")
})
