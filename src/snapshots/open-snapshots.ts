/** Where snapshots are kept: in a folder, or in PostgreSQL. */
import { openFileSnapshots } from "./file-snapshots"
import { openPostgresSnapshots } from "./postgres-snapshots"
import type { SnapshotStore } from "./snapshot"

/** A folder, or a database. Can be handed to a worker thread. */
export type SnapshotPlace = string | { readonly kind: "postgres"; readonly url: string }

export async function openSnapshots(place: SnapshotPlace, onFault?: (error: Error) => void): Promise<SnapshotStore> {
  if (typeof place === "string") return openFileSnapshots(place)
  return openPostgresSnapshots({ url: place.url, ...(onFault ? { onFault } : {}) })
}
