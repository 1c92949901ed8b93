/** The console's words: the same in both languages, all of them used, and none missing. And the types of its queries. */
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser"
import { parse as parseQueries, visit } from "graphql"
import ts from "typescript"

const SOURCES = join(__dirname, "../../console/src")
type Catalogue = Readonly<Record<string, string>>

const english = catalogue("en")
const dutch = catalogue("nl")
const keys = Object.keys(english)
const found = textsInSources()

test("both catalogues have the same texts, in the order of their keys", () => {
  expect(Object.keys(dutch)).toEqual(keys)
  expect(keys).toEqual(keys.toSorted())
})

test("every text is written, and no two keys of a catalogue stand on one line twice", () => {
  for (const [language, texts] of Object.entries({ en: english, nl: dutch })) {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === "")).toEqual([])
    const lines = readFileSync(join(SOURCES, "texts", `${language}.json`), "utf8").match(/^\s*"[^"]+":/gm) ?? []
    expect(new Set(lines).size).toBe(lines.length)
  }
})

test("every text has the same arguments of the same kinds in both languages", () => {
  const all = (texts: Catalogue) => Object.fromEntries(keys.map((key) => [key, argumentsOf(texts[key] ?? "")]))
  expect(all(dutch)).toEqual(all(english))
})

test("every text that the sources ask for is there", () => {
  const wanted = [...found.keys].filter((key) => !(key in english))
  const prefixes = [...found.patterns].filter((pattern) => !keys.some((key) => pattern.test(key))).map(String)
  expect({ wanted, prefixes }).toEqual({ wanted: [], prefixes: [] })
})

test("every text is used somewhere", () => {
  const used = (key: string) => found.literals.has(key) || [...found.patterns].some((pattern) => pattern.test(key))
  expect(keys.filter((key) => !used(key))).toEqual([])
})

test("a text is given exactly the values that it names", () => {
  const wrong = found.calls.filter(
    ({ key, values }) => key in english && values.join() !== Object.keys(argumentsOf(english[key] ?? "")).join(),
  )
  expect(wrong).toEqual([])
})

test("every sentence of the history is asked for in a language", () => {
  const silent: string[] = []
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".graphql"))) {
    visit(parseQueries(readFileSync(join(SOURCES, name), "utf8")), {
      // The subscription outlives a change of language, and asks for both.
      OperationDefinition: ({ operation }) => (operation === "subscription" ? false : undefined),
      Field({ name: field, arguments: given = [], loc }) {
        if (field.value === "summary" && given.length === 0) silent.push(`${name}:${loc?.startToken.line}`)
      },
    })
  }
  expect(silent).toEqual([])
})

test("the types of the queries are made from the schema and the .graphql files as they are", () => {
  const { stderr } = spawnSync(process.execPath, [join(__dirname, "../../bin/console-types.js"), "--check"], { encoding: "utf8" })
  expect(stderr).toBe("")
})

function catalogue(language: string): Catalogue {
  return JSON.parse(readFileSync(join(SOURCES, "texts", `${language}.json`), "utf8"))
}

/** Name → kind, sorted. */
function argumentsOf(text: string): Readonly<Record<string, string>> {
  const kinds = new Map<string, string>()
  const visit = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      if (element.type !== TYPE.tag) kinds.set(element.value, TYPE[element.type] ?? "")
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        for (const { value } of Object.values(element.options)) visit(value)
      }
    }
  }
  visit(parse(text))
  // A number shown plainly in one language may be counted with in another.
  return Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface Found {
  /** First arguments of `t(…)`, also those of the branches of a condition. */
  readonly keys: ReadonlySet<string>
  /** Texts with holes that are keys: `role.${role}`. */
  readonly patterns: ReadonlySet<RegExp>
  /** Every string literal: keys are also handed on, as in `text="roleNote.assign"`. */
  readonly literals: ReadonlySet<string>
  /** Calls with one certain key and values written out. */
  readonly calls: readonly { readonly key: string; readonly values: readonly string[]; readonly at: string }[]
}

function textsInSources(): Found {
  const wanted = new Set<string>()
  const patterns = new Map<string, RegExp>()
  const literals = new Set<string>()
  const calls: Found["calls"][number][] = []
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith("operations.ts"),
  )
  for (const name of files) {
    const source = ts.createSourceFile(name, readFileSync(join(SOURCES, name), "utf8"), ts.ScriptTarget.ESNext, true, ts.ScriptKind.TSX)
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text)
      if (ts.isTemplateExpression(node) && /^[a-zA-Z]+\.|^$/.test(node.head.text)) {
        const isKey = ts.isSatisfiesExpression(node.parent) || isText(node.parent)
        if (isKey) patterns.set(node.getText(), patternOf(node))
      }
      if (ts.isCallExpression(node) && isText(node)) {
        const [first, second] = node.arguments
        const names = first ? certainKeys(first) : []
        for (const key of names) wanted.add(key)
        const values = second === undefined ? [] : valuesOf(second)
        const [only] = names
        if (names.length === 1 && only !== undefined && values && first && ts.isStringLiteralLike(first)) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart())
          calls.push({ key: only, values, at: `${name}:${line + 1}` })
        }
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { keys: wanted, patterns: new Set(patterns.values()), literals, calls }
}

/** `t(…)`, as every file calls what `useText()` gives. */
function isText(node: ts.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "t"
}

function certainKeys(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return certainKeys(node.expression)
  if (ts.isConditionalExpression(node)) return [...certainKeys(node.whenTrue), ...certainKeys(node.whenFalse)]
  return []
}

function valuesOf(node: ts.Expression): readonly string[] | undefined {
  if (!ts.isObjectLiteralExpression(node) || node.properties.some(ts.isSpreadAssignment)) return undefined
  return node.properties.map((property) => property.name?.getText() ?? "").sort()
}

function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  return new RegExp(`^${escaped(head.text)}${templateSpans.map(({ literal }) => `[^.]+${escaped(literal.text)}`).join("")}$`)
}
