/** The place of what cannot be rebuilt, whichever it is. */
import type { StateAt } from "./places"
import { openPostgresState } from "./postgres-state"
import { makeStateFiles, openStateFiles } from "./sqlite-state"
import type { StatePlace } from "./state-tables"

/** To read from. */
export async function openState(at: StateAt): Promise<StatePlace> {
  return typeof at === "string" ? openStateFiles(at) : openPostgresState(at.url)
}

/** To write to: with all its tables. */
export async function makeState(at: StateAt): Promise<StatePlace> {
  return typeof at === "string" ? makeStateFiles(at) : openPostgresState(at.url)
}
