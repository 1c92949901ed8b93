#!/usr/bin/env node
// Compiles src, projections and bench into dist with SWC and exactly the options the tests run with (jest.config.js),
// file by file: only what is newer than its output, so that a start without changes costs a few milliseconds. Each file
// is put in place by a rename, so that a second build at the same time, or a running server, never sees half a file.
// Types are checked apart, by `npm run typecheck`.
const { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, copyFileSync, existsSync } = require("node:fs")
const { basename, dirname, join, relative, resolve } = require("node:path")

const root = resolve(__dirname, "..")
const dist = join(root, "dist")
const FOLDERS = ["src", "projections", "bench"]
const OPTIONS_FILE = join(root, "jest.config.js")

/** Every file below a folder; none when there is no such folder. */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** Source → output. TypeScript is compiled, other files (JSON, SQL) are copied beside it; notes and declarations are left out. */
function outputOf(source) {
  const target = join(dist, relative(root, source))
  if (source.endsWith(".d.ts") || source.endsWith(".md")) return undefined
  return source.endsWith(".ts") ? target.replace(/\.ts$/, ".js") : target
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Builds what is out of date; everything with `force`. An installation without sources has nothing to build. */
function build({ force = false } = {}) {
  const outputs = new Map()
  for (const folder of FOLDERS) {
    for (const source of filesBelow(join(root, folder))) {
      const output = outputOf(source)
      if (output) outputs.set(output, source)
    }
  }
  if (outputs.size === 0) return
  const optionsChanged = modified(OPTIONS_FILE)
  const stale = [...outputs].filter(([output, source]) => force || Math.max(modified(source), optionsChanged) >= modified(output))
  removeOrphans(outputs)
  if (stale.length === 0) return

  const started = Date.now()
  if (stale.length > 20) process.stderr.write(`seatledger: building ${stale.length} files …\n`)
  const compile = compiler()
  for (const [output, source] of stale) {
    mkdirSync(dirname(output), { recursive: true })
    const written = `${output}.${process.pid}.new`
    if (source.endsWith(".ts")) {
      const { code, map } = compile(source)
      writeFileSync(`${output}.map`, map)
      writeFileSync(written, `${code}\n//# sourceMappingURL=${basename(output)}.map\n`)
    } else {
      copyFileSync(source, written)
    }
    renameSync(written, output)
  }
  if (stale.length > 20) process.stderr.write(`seatledger: built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

/** Outputs whose source is gone would still be found by `require`. */
function removeOrphans(outputs) {
  for (const folder of FOLDERS) {
    for (const file of filesBelow(join(dist, folder))) {
      if (!outputs.has(file.replace(/\.map$/, "")) && !file.endsWith(".new")) rmSync(file, { force: true })
    }
  }
}

function compiler() {
  let swc
  try {
    swc = require("@swc/core")
  } catch (error) {
    throw new Error("the sources are newer than dist/ and the compiler is not installed: run `npm ci` and try again", { cause: error })
  }
  const [, options] = Object.values(require(OPTIONS_FILE).transform).find(([transformer]) => transformer === "@swc/jest")
  return (source) => swc.transformFileSync(source, { ...options, swcrc: false, configFile: false, sourceMaps: true })
}

/** Builds, then runs a compiled entry in this process. */
function buildAndRun(entry) {
  try {
    build()
  } catch (error) {
    process.stderr.write(`seatledger: the build failed: ${error instanceof Error ? error.message : error}\n`)
    process.exit(70)
  }
  process.setSourceMapsEnabled(true)
  return require(join(dist, entry))
}

module.exports = { build, buildAndRun }

if (require.main === module) {
  try {
    build({ force: process.argv.includes("--force") })
  } catch (error) {
    process.stderr.write(`seatledger: the build failed: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  }
}
