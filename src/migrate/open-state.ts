/** The place of what cannot be rebuilt, whichever it is. */
import type { StateAt } from "./places"
import { makeStateFiles, openStateFiles } from "./sqlite-state"
import type { StatePlace } from "./state-tables"

/** To read from. */
export async function openState(at: StateAt): Promise<StatePlace> {
  if (typeof at === "string") return openStateFiles(at)
  throw new Error("not yet")
}

/** To write to: with all its tables. */
export async function makeState(at: StateAt): Promise<StatePlace> {
  if (typeof at === "string") return makeStateFiles(at)
  throw new Error("not yet")
}
