/** `seatledger serve`: the server in the foreground, until SIGTERM or Ctrl-C. */
import type { Config } from "../config"
import { type Ledger, openLedger } from "../main"
import { announceServer, configFor, reachable, withdrawServer } from "./data-folder"

export async function serve(data: string | undefined): Promise<void> {
  const config = configFor(data)
  const ledger = await openLedger(config)
  await announceServer(config.dataFolder, { pid: process.pid, url: reachable(ledger.url) })
  process.stderr.write(`Seatledger listens on ${reachable(ledger.url)}/graphql (data in ${config.dataFolder}). Ctrl-C stops it.\n`)
  await stopped(ledger, config)
}

/** Resolves when the server was told to stop and has. The first signal lets running requests finish, the second does not wait. */
export async function stopped(ledger: Ledger, config: Config): Promise<void> {
  const signals: readonly NodeJS.Signals[] = ["SIGTERM", "SIGINT"]
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve())
  })
  for (const signal of signals) process.once(signal, () => process.exit(130))
  await withdrawServer(config.dataFolder)
  await ledger.close()
  // The process ends by itself now; this ends it also when a library has left a timer behind.
  process.exit(0)
}
