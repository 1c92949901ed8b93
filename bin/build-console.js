#!/usr/bin/env node
// Builds console/ into dist/console when it is out of date, for `npm run build` and for whatever serves it.
const { spawnSync } = require("node:child_process")
const { existsSync, readdirSync, statSync } = require("node:fs")
const { join, resolve } = require("node:path")

const root = resolve(__dirname, "..")
const sources = join(root, "console")
const page = join(root, "dist", "console", "index.html")

/** An installation without sources has nothing to build. */
function isStale() {
  return existsSync(sources) && newest(sources) >= modified(page)
}

/** In a process of its own: the compiler sets NODE_ENV, which means something else to the server. */
function buildConsoleIfStale() {
  if (isStale()) spawnSync(process.execPath, [__filename], { stdio: ["ignore", "inherit", "inherit"] })
}

async function buildConsole() {
  const started = Date.now()
  process.stderr.write("seatledger: building the console …\n")
  const { build } = await vite()
  await build({ root: sources, configFile: join(sources, "vite.config.mts"), logLevel: "warn" })
  process.stderr.write(`seatledger: built the console in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

async function vite() {
  try {
    return await import("vite")
  } catch (cause) {
    throw new Error("the console is newer than dist/console and its compiler is not installed: run `npm ci` and try again", { cause })
  }
}

function newest(folder) {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  return Math.max(...files.map((entry) => modified(join(entry.parentPath ?? entry.path, entry.name))))
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

module.exports = { buildConsoleIfStale }

if (require.main === module) {
  buildConsole().catch((error) => {
    process.stderr.write(`seatledger: the console could not be built: ${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  })
}
