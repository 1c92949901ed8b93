/**
 * A whole server on a folder, which dies by SIGKILL at the worst moment: the append of an event with this id is durable,
 * and its answer is not yet sent. Says its address.
 */
import "reflect-metadata"
import { readConfig } from "../../../src/config"
import { SqliteEventStore } from "../../../src/eventstore/sqlite"
import { openLedger } from "../../../src/main"

const [folder = "", fatalId = ""] = process.argv.slice(2)

const append = SqliteEventStore.prototype.append
SqliteEventStore.prototype.append = async function (stream, expected, events) {
  const appended = await append.call(this, stream, expected, events)
  if (fatalId !== "" && events.some(({ data }) => (data as { vendorEventId?: string }).vendorEventId === fatalId)) {
    process.kill(process.pid, "SIGKILL")
  }
  return appended
}

openLedger(readConfig({ PORT: "0", SEATLEDGER_DATA: folder, SEATLEDGER_LOG_LEVEL: "error", SEATLEDGER_REQUESTS_PER_SECOND: "0" })).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (error) => {
    process.stderr.write(`${error?.stack ?? error}\n`)
    process.exit(1)
  },
)
