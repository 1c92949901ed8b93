/** `seatledger verify` and `seatledger rebuild`: both read the log beside a running server, which turns to what was rebuilt by itself. */
import { placesFor } from "../core"
import { openEventLog } from "../eventstore/event-log"
import { START } from "../eventstore/event-store"
import type { Difference } from "../readstore/compare-rows"
import { openSkipsAt } from "../readstore/open-skips"
import { projectionGroups } from "../readstore/projections"
import { rebuildInThread } from "../readstore/rebuild-thread"
import { verifyReadModels } from "../readstore/tools"
import type { Verified } from "../readstore/verify"
import { openVaultAt } from "../vault/open-vault"
import { CliError } from "./cli-error"
import { configFor, existingLog } from "./data-folder"
import { progressOn } from "./progress"

/** Exit code 0: equal. 1: they differ, or could not be compared. */
export async function verify(data: string | undefined): Promise<void> {
  const { events, rows, different, differences } = await compared(data)
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
  const all = `${count(total)} rows in ${Object.keys(rows).length} tables, from ${count(events)} events`
  if (different === 0) {
    process.stdout.write(`equal: ${all}\n`)
    return
  }
  for (const difference of differences) process.stdout.write(`${lineOf(difference)}\n`)
  if (different > differences.length) process.stdout.write(`… and ${count(different - differences.length)} more\n`)
  throw new CliError(`${count(different)} rows differ (${all}); \`seatledger rebuild\` builds the read models anew from the log`)
}

export async function rebuild(data: string | undefined): Promise<void> {
  const config = configFor(data)
  const places = { ...placesFor(config), log: existingLog(config) }
  const progress = progressOn(process.stderr, "rebuild")
  const onProgress = ({ done, total }: { done: number; total: number }) => progress.show(done / Math.max(1, total), `${count(done)} events`)
  const events = await rebuildInThread(places, onProgress).finally(() => progress.end())
  process.stdout.write(`rebuilt from ${count(events)} events\n`)
}

/** Opens what a build reads, for reading only, and closes it whatever happens. */
async function compared(data: string | undefined): Promise<Verified> {
  const config = configFor(data)
  const places = placesFor(config)
  const eventStore = await openEventLog(existingLog(config), { readOnly: true })
  const vault = await openVaultAt(places.vault, { readOnly: true })
  const skips = await openSkipsAt(places.skips, { readOnly: true })
  const progress = progressOn(process.stderr, "verify")
  const onProgress = (done: number) => progress.show(done / Math.max(1, eventStore.behind(START)), `${count(done)} events`)
  try {
    return await verifyReadModels(places.readModels, { eventStore, groups: projectionGroups(vault), skips, onProgress })
  } finally {
    progress.end()
    await skips.close()
    await vault.close()
    await eventStore.close()
  }
}

function lineOf({ table, key, problem, columns }: Difference): string {
  const where = Object.entries(key).map(([column, value]) => `${column}=${value}`)
  return `${table} ${where.join(" ")}: ${problem}${columns.length > 0 ? ` in ${columns.join(", ")}` : ""}`
}

function count(number: number): string {
  return number.toLocaleString("en-US")
}
