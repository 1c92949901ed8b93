/** A PostgreSQL for another process, such as the benchmark: says its address, and is gone when that process is. */
import { startPostgres } from "./postgres"

async function main(settings: readonly string[]): Promise<void> {
  const server = await startPostgres(settings)
  process.once("disconnect", () => server.stop().finally(() => process.exit(0)))
  process.send?.(server.url)
}

void main(process.argv.slice(2))
