#!/usr/bin/env node
// Builds console/ into dist/console when it is out of date, for `npm run build` and for whatever serves it. The files are
// made aside and put in place by a rename, so that two builds at once, or a server that starts meanwhile, never meet half.
const { spawnSync } = require("node:child_process")
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs")
const { join, resolve } = require("node:path")
const { brotliCompressSync, constants, gzipSync } = require("node:zlib")

const root = resolve(__dirname, "..")
const sources = join(root, "console")
const target = join(root, "dist", "console")
const page = join(target, "index.html")
/** Below this many bytes compressing does not pay. */
const WORTH_COMPRESSING = 1_024

/** An installation without sources has nothing to build. */
function isStale() {
  return existsSync(sources) && newest(sources) >= modified(page)
}

/** In a process of its own: the compiler sets NODE_ENV, which means something else to the server. False when it failed. */
function buildConsoleIfStale() {
  return !isStale() || spawnSync(process.execPath, [__filename], { stdio: ["ignore", "inherit", "inherit"] }).status === 0
}

async function buildConsole() {
  const started = Date.now()
  process.stderr.write("seatledger: building the console …\n")
  const { build } = await vite()
  const made = `${target}.${process.pid}.new`
  const replaced = `${target}.${process.pid}.old`
  mkdirSync(join(root, "dist"), { recursive: true })
  try {
    await build({ root: sources, configFile: join(sources, "vite.config.mts"), logLevel: "warn", build: { outDir: made } })
    compress(join(made, "assets"))
    if (existsSync(target)) renameSync(target, replaced)
    renameSync(made, target)
  } finally {
    for (const folder of [made, replaced]) rmSync(folder, { recursive: true, force: true })
  }
  process.stderr.write(`seatledger: built the console in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
}

async function vite() {
  try {
    return await import("vite")
  } catch (cause) {
    throw new Error("the console is newer than dist/console and its compiler is not installed: run `npm ci` and try again", { cause })
  }
}

/** Once here instead of at every request: the server sends the .br or .gz beside a file to whoever can read it. */
function compress(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    const content = readFileSync(file)
    if (content.length < WORTH_COMPRESSING) continue
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
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
