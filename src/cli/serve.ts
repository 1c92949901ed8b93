/** `seatledger serve`: the server in the foreground, until SIGTERM or Ctrl-C. */
import type { Config } from "../config"
import { type Circumstances, type Ledger, openLedger } from "../main"
import { CliError } from "./cli-error"
import { announceServer, configFor, reachable, withdrawServer } from "./data-folder"

export async function serve(data: string | undefined): Promise<void> {
  const config = configFor(data)
  const ledger = await opened(config)
  await announceServer(config.dataFolder, { pid: process.pid, url: reachable(ledger.url) })
  process.stderr.write(
    `Seatledger listens on ${reachable(ledger.url)}/ (the console) and /graphql (data in ${config.dataFolder}). Ctrl-C stops it.\n`,
  )
  await stopped(ledger, config)
}

/** Opens the ledger. @throws CliError when it cannot listen where it should, DataFolderInUse when another process writes to the folder */
export async function opened(config: Config, circumstances: Circumstances = {}): Promise<Ledger> {
  try {
    return await openLedger(config, circumstances)
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (code === "EADDRINUSE") {
      throw new CliError(`port ${config.port} of ${config.host} is taken; set PORT to another one (0 takes any free one)`, { cause: error })
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new CliError(`${config.host} is no address of this computer; set HOST to one, or to 0.0.0.0 for all`, { cause: error })
    }
    if (code === "EACCES") {
      throw new CliError(
        `may not listen on port ${config.port} of ${config.host}, or not write to ${config.dataFolder}: ${(error as Error).message}`,
        { cause: error },
      )
    }
    throw error
  }
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
