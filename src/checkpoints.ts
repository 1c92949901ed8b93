/** Checkpoints of a data folder, put together: the key, the trees, and whoever they are published to. */
import type { Logger } from "pino"
import { Checkpoints } from "./audit/checkpoints"
import { toAddress, toFolder } from "./audit/destination"
import type { LogTrees } from "./audit/log-tree"
import { Publisher } from "./audit/publisher"
import type { Config } from "./config"
import type { Core } from "./core"
import { type Lead, untilLost } from "./leading"
import { logTrees } from "./log-trees"

export interface OpenedCheckpoints {
  readonly trees: LogTrees
  readonly checkpoints: Checkpoints
  look(): Promise<{ readonly waiting: number; readonly rewritten: number }>
}

export type CheckpointAttempt = "published" | "failed" | "conflict"

export interface CheckpointsDeps {
  readonly config: Config
  readonly core: Pick<Core, "readStore" | "projecting" | "eventStore" | "signedCheckpoints">
  readonly now: () => number
  readonly log: Logger
  readonly attempted: (outcome: CheckpointAttempt) => void
  /** Is given what one node at a time does, until the signal says that it is another's turn. */
  readonly standFor: (lead: Lead) => void
}

export function openCheckpoints({ config, core, now, log, attempted, standFor }: CheckpointsDeps): OpenedCheckpoints {
  const trees = logTrees({ ...core, visibleWithinMs: config.visibleWithinMs })
  const { signedCheckpoints: kept } = core
  const checkpoints = new Checkpoints({
    trees,
    kept,
    origin: config.logOrigin,
    now,
    onRewritten: (organizationId, err) => log.error({ err, organizationId }, "the log is not the one that was signed before"),
  })
  const openPublisher = () =>
    new Publisher({
      trees,
      checkpoints,
      kept,
      destination: destinationOf(config),
      everyMs: config.checkpointsMinutes * 60_000,
      now,
      observe: {
        published: () => attempted("published"),
        failed: (err, retryMs) => {
          attempted("failed")
          log.warn({ err, retryMs }, "checkpoints could not be published; they are kept and tried again")
        },
        conflict: (err) => {
          attempted("conflict")
          log.error({ err }, "whoever keeps the checkpoints has another one of the same size; it stands, and those after it go on")
        },
      },
    })
  standFor(async (lost) => {
    const publisher = openPublisher()
    publisher.start()
    await untilLost(lost)
    await publisher.close()
  })
  return {
    trees,
    checkpoints,
    look: async () => ({ waiting: await kept.countToPublish(), rewritten: checkpoints.countProblems() }),
  }
}

function destinationOf({ checkpointsTo, checkpointsMethod, checkpointsAuthorization }: Config) {
  if (checkpointsTo === undefined) return undefined
  if (typeof checkpointsTo === "string") return toFolder(checkpointsTo)
  return toAddress(checkpointsTo, { method: checkpointsMethod, authorization: checkpointsAuthorization })
}
