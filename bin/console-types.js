#!/usr/bin/env node
// Writes console/src/api/operations.ts: every .graphql document of the console with its types, from schema/schema.graphql.
// `npm run console:types` after a change of either; with --check it only says whether the file is what it would write.
const { readFileSync, readdirSync, writeFileSync } = require("node:fs")
const { join, relative, resolve } = require("node:path")
const { codegen } = require("@graphql-codegen/core")
const { parse } = require("graphql")

const root = resolve(__dirname, "..")
const OUTPUT = join(root, "console/src/api/operations.ts")

/** What each scalar of ours is in JSON. */
const scalars = { DateTime: "string", Date: "string", JSON: "Record<string, unknown>", Sequence: "string" }

function documents() {
  const folder = join(root, "console/src")
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".graphql"))
    .sort()
    .map((name) => ({ location: relative(root, join(folder, name)), document: parse(readFileSync(join(folder, name), "utf8")) }))
}

async function consoleTypes() {
  const code = await codegen({
    filename: OUTPUT,
    schema: parse(readFileSync(join(root, "schema/schema.graphql"), "utf8")),
    documents: documents(),
    config: { scalars, enumsAsTypes: true, skipTypename: false, nonOptionalTypename: false, useTypeImports: true, dedupeFragments: true },
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: {
      operations: require("@graphql-codegen/typescript-operations"),
      documents: require("@graphql-codegen/typed-document-node"),
    },
  })
  return `// Made by \`npm run console:types\` from the .graphql files beside the pages. Do not edit.\n${code}`
}

async function main() {
  const code = await consoleTypes()
  if (!process.argv.includes("--check")) writeFileSync(OUTPUT, code)
  else if (readFileSync(OUTPUT, "utf8") !== code) throw new Error("console/src/api/operations.ts is out of date: npm run console:types")
}

main().catch((error) => {
  process.stderr.write(`console-types: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
})
