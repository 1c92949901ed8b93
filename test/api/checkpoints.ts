/** Trees and checkpoints for tests of the API, with a key of their own in memory. */
import { Checkpoints } from "../../src/audit/checkpoints"
import { openSignedCheckpoints } from "../../src/audit/sqlite-signed-checkpoints"
import { type LogTreesOptions, logTrees } from "../../src/log-trees"
import { PATIENCE_MS } from "../support/until"

export function checkpointsOf(options: Omit<LogTreesOptions, "visibleWithinMs"> & { readonly now: () => number }) {
  const trees = logTrees({ ...options, visibleWithinMs: PATIENCE_MS })
  const kept = openSignedCheckpoints(":memory:", options.now)
  return { trees, checkpoints: new Checkpoints({ trees, kept, origin: "seatledger.test", now: options.now }) }
}
