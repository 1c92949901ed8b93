import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const inUse = new Set<string>()

/** A folder of its own for the time of the work. Several gigabytes may be in it, so it is removed also on Ctrl-C. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "seatledger-bench-"))
  inUse.add(folder)
  try {
    return await work(folder)
  } finally {
    remove(folder)
    inUse.delete(folder)
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    for (const folder of inUse) remove(folder)
    process.exit(130)
  })
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
