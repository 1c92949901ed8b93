/** The thread behind `takeInThread`: it folds a state of its own from the log, so that nobody's commands wait for it. */
import { parentPort, workerData } from "node:worker_threads"
import { type LogPlace, openEventLog } from "../eventstore/event-log"
import { takeSnapshot } from "./fold"
import { openSnapshots, type SnapshotPlace } from "./open-snapshots"

export interface SnapshotWork {
  readonly log: LogPlace
  readonly snapshots: SnapshotPlace
  readonly stream: string
  /** Nothing is written when fewer events than this came since the newest one. */
  readonly least: number
}

/** The revision of the newest snapshot there is now. */
export type FromSnapshotWorker = number

async function main({ log, snapshots: place, stream, least }: SnapshotWork): Promise<void> {
  const store = await openEventLog(log, { readOnly: true })
  try {
    const snapshots = await openSnapshots(place)
    try {
      const revision = await takeSnapshot({ store, snapshots }, stream, least)
      parentPort?.postMessage(revision satisfies FromSnapshotWorker)
    } finally {
      await snapshots.close()
    }
  } finally {
    await store.close()
  }
}

void main(workerData as SnapshotWork)
