/** The event log that the settings name, whichever adapter keeps it. */
import type { EventStore, Position } from "./event-store"
import { openKurrentEventStore } from "./kurrentdb"
import { readConnectionString } from "./kurrentdb-connection"
import { openPostgresEventStore } from "./postgres"
import { openSqliteEventStore } from "./sqlite"

/** A file, or a database elsewhere. Can be handed to a worker thread. */
export type LogPlace = string | { readonly kind: "postgres" | "kurrentdb"; readonly url: string }

export interface EventLog extends EventStore {
  /** The position of the newest event, as far as this process has heard. */
  head(): Position
  /** The position of the newest event, asked of the store: nothing that was recorded before is missed. @throws when it does not answer */
  newest(): Promise<Position>
  /**
   * How many events follow a position, as far as this process has heard; 0 only at the head, Infinity while nobody can tell
   * where that is. Estimated where positions count something else than events: a difference of positions says nothing there.
   */
  behind(position: Position): number
  /** Followers look again now, for appends of another thread. */
  wake(): void
}

export interface EventLogOptions {
  /** For readers beside a running writer: the log must exist, `append` throws. */
  readonly readOnly?: boolean
  /** A connection broke; it is made anew. The message holds no credentials. */
  readonly onFault?: (error: Error) => void
}

/** @throws with what to do when the log cannot be opened */
export async function openEventLog(place: LogPlace, { readOnly = false, onFault }: EventLogOptions = {}): Promise<EventLog> {
  if (typeof place === "string") return openSqliteEventStore(place, { readOnly })
  const options = { url: place.url, readOnly, ...(onFault ? { onFault } : {}) }
  return place.kind === "postgres" ? openPostgresEventStore(options) : openKurrentEventStore(options)
}

/** What may be said of a place in a log line or to a user: an address without its credentials. */
export function nameOfLog(place: LogPlace): string {
  if (typeof place === "string") return place
  if (place.kind === "kurrentdb") return readConnectionString(place.url).shown
  const { hostname, pathname, searchParams } = new URL(place.url)
  return `${place.kind} ${hostname || searchParams.get("host") || "here"}${pathname}`
}
