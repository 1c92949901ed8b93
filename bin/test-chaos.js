// `npm run test:chaos [runs]`: three nodes under random commands, kills and cuts, for 30 seconds at a time (CHAOS_SECONDS),
// as often as asked (ten times), and a line per run. The log is in PostgreSQL, or where CHAOS_EVENT_STORE says (kurrentdb).
// Ends with 1 when any of them failed.
const { spawnSync } = require("node:child_process")
const { join } = require("node:path")

const runs = Number(process.argv[2] ?? 10)
const seconds = process.env.CHAOS_SECONDS ?? "30"
const eventStore = process.env.CHAOS_EVENT_STORE ?? "postgres"
const root = join(__dirname, "..")
let failed = 0
for (let run = 1; run <= runs; run++) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/jest/bin/jest.js"), "--selectProjects", "ledger", "--testPathPatterns", "test/nodes/three-nodes"],
    { cwd: root, env: { ...process.env, CHAOS_SECONDS: seconds, CHAOS_EVENT_STORE: eventStore }, encoding: "utf8" },
  )
  const [, report = "no report"] = /^chaos: (.*)$/m.exec(stdout + stderr) ?? []
  const passed = status === 0
  if (!passed) failed += 1
  process.stdout.write(`run ${run} of ${runs}: ${passed ? "passed" : "FAILED"} · ${eventStore} · ${seconds} s · ${report}\n`)
  if (!passed) process.stdout.write(`${stdout}${stderr}\n`)
}
process.exit(failed === 0 ? 0 : 1)
