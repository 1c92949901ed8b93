#!/usr/bin/env node
// The contract of the event store alone, on every adapter (or on those named): one line each in the end.
//   npm run test:contract
//   npm run test:kurrentdb      on the real server that KURRENTDB_URL names
const { spawnSync } = require("node:child_process")
const { mkdtempSync, readFileSync, rmSync } = require("node:fs")
const { tmpdir } = require("node:os")
const { join } = require("node:path")

const FILES = {
  memory: ["memory.test.ts"],
  sqlite: ["sqlite.test.ts"],
  postgres: ["postgres.test.ts"],
  kurrentdb: ["kurrentdb.test.ts", "kurrentdb-connection.test.ts"],
}
const CONTRACT = "the contract of an event store: "

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in FILES))
if (unknown.length > 0) fail(`no such adapter: ${unknown.join(", ")}; there are ${Object.keys(FILES).join(", ")}`)
const real = process.env.npm_lifecycle_event === "test:kurrentdb"
if (real && !process.env.KURRENTDB_URL) {
  fail(
    "KURRENTDB_URL names no server, for example kurrentdb://admin:changeit@localhost:2113?tlsCAFile=ca.pem (npm run test:contract needs none)",
  )
}

const root = join(__dirname, "..")
const folder = mkdtempSync(join(tmpdir(), "seatledger-contract-"))
try {
  const results = join(folder, "results.json")
  const files = (asked.length > 0 ? asked : Object.keys(FILES)).flatMap((name) => (real ? FILES[name].slice(0, 1) : FILES[name]))
  const jest = [
    require.resolve("jest/bin/jest"),
    ...files.map((file) => join(root, "test/eventstore", file)),
    "--testNamePattern",
    CONTRACT,
  ]
  const { status } = spawnSync(process.execPath, [...jest, "--json", "--outputFile", results], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  })
  for (const line of summary(JSON.parse(readFileSync(results, "utf8")))) console.log(line)
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** name: N passed, M failed */
function summary({ testResults }) {
  const adapters = new Map()
  for (const { ancestorTitles, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const title = ancestorTitles.find((ancestor) => ancestor.startsWith(CONTRACT))
    if (title === undefined || status === "pending") continue
    const name = title.slice(CONTRACT.length)
    const counted = adapters.get(name) ?? { passed: 0, failed: 0 }
    counted[status === "passed" ? "passed" : "failed"] += 1
    adapters.set(name, counted)
  }
  return [...adapters].sort().map(([name, { passed, failed }]) => `${name}: ${passed} passed${failed > 0 ? `, ${failed} failed` : ""}`)
}

function fail(problem) {
  console.error(problem)
  process.exit(1)
}
