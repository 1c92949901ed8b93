// Lets plain `node -r` run TypeScript, in child processes and worker threads of the tests, compiled with exactly the
// options that Jest uses. Compiled texts are kept by their content, so that fifty children do not compile fifty times.
const { createHash } = require("node:crypto")
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs")
const { join, resolve } = require("node:path")
const { threadId } = require("node:worker_threads")

const root = resolve(__dirname, "../..")
const [, options] = Object.values(require(join(root, "jest.config.js")).transform).find(([transformer]) => transformer === "@swc/jest")
const cache = join(root, "node_modules/.cache/seatledger-tests")
mkdirSync(cache, { recursive: true })

function compiled(file) {
  const source = readFileSync(file, "utf8")
  const key = createHash("sha256").update(JSON.stringify(options)).update(file).update(source).digest("hex")
  const kept = join(cache, `${key}.js`)
  try {
    return readFileSync(kept, "utf8")
  } catch {
    const { code } = require("@swc/core").transformSync(source, { ...options, filename: file, swcrc: false, configFile: false })
    const written = `${kept}.${process.pid}.${threadId}`
    writeFileSync(written, code)
    renameSync(written, kept) // Another child may be reading.
    return code
  }
}

require.extensions[".ts"] = (module, file) => module._compile(compiled(file), file)
require("reflect-metadata")
