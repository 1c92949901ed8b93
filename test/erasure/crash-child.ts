/**
 * A server on a folder that dies by SIGKILL between the append of an erasure and the destruction of the key. Says its
 * address.
 */
import "reflect-metadata"
import { readConfig } from "../../src/config"
import { openLedger } from "../../src/main"
import { SqliteVault } from "../../src/vault/sqlite"

const [folder = ""] = process.argv.slice(2)

SqliteVault.prototype.erase = async () => {
  process.kill(process.pid, "SIGKILL")
}

openLedger(readConfig({ PORT: "0", SEATLEDGER_DATA: folder, SEATLEDGER_LOG_LEVEL: "error" })).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (error) => {
    process.stderr.write(`${error?.stack ?? error}\n`)
    process.exit(1)
  },
)
