/** SIGTERM and SIGINT: end in good order, or at least end. */
import type { Logger } from "pino"

/**
 * Closes on the first signal and exits with 0. After `boundMs`, or at a second signal, exits with 1, whatever still runs:
 * whoever sent the signal is going to send one that cannot be heard.
 */
export function closeOnSignals(close: () => Promise<void>, boundMs: number, log: Logger): void {
  let closing = false
  const onSignal = (signal: NodeJS.Signals) => {
    if (closing) {
      log.warn({ signal }, "second signal: leaving at once")
      process.exit(1)
    }
    closing = true
    log.info({ signal }, "closing")
    setTimeout(() => {
      log.error({ boundMs }, "closing took too long")
      process.exit(1)
    }, boundMs).unref()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "closing failed")
        process.exit(1)
      },
    )
  }
  process.on("SIGTERM", onSignal)
  process.on("SIGINT", onSignal)
}
