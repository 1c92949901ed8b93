import { setTimeout as pause } from "node:timers/promises"

/** How long tests wait for what must happen: far longer than it takes on any machine, and less than a test may take. */
export const PATIENCE_MS = 60_000

/** Resolves once it holds. For what nobody announces; where something can be waited for, wait for that. */
export async function until(holds: () => boolean | Promise<boolean>, lookEveryMs = 20): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await holds()); await pause(lookEveryMs))
    if (Date.now() > deadline) throw new Error(`after ${PATIENCE_MS / 1000} s it does not hold yet: ${holds}`)
}
