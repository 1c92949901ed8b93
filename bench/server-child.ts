/** Started by server.ts with a data folder, and by nodes.ts with the settings of stores elsewhere: the server as it is in production, on a free port, once the read models have caught up. */
import { setTimeout as pause } from "node:timers/promises"
import { readConfig } from "../src/config"
import { openLedger } from "../src/main"

async function main(folder: string, stores: string): Promise<void> {
  // One address is all that sends requests here.
  const settings = { PORT: "0", SEATLEDGER_DATA: folder, SEATLEDGER_REQUESTS_PER_SECOND: "0", SEATLEDGER_READY_LAG: "0" }
  const ledger = await openLedger(readConfig({ ...settings, ...JSON.parse(stores) }))
  process.once("SIGTERM", () => ledger.close().then(() => process.exit(0)))
  process.once("disconnect", () => process.exit(1)) // the benchmark is gone
  while (!(await fetch(`${ledger.url}/readyz`)).ok) await pause(50)
  process.send?.(ledger.url)
}

void main(process.argv[2] ?? "", process.argv[3] ?? "{}")
