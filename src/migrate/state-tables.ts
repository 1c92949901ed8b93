/**
 * What cannot be rebuilt from the log: which tables it lies in, wherever that is. They have the same names and columns in
 * the files of a data folder and in PostgreSQL.
 */

import { START } from "../eventstore/event-store"

/** As both databases hold it. Flags are 0 and 1, times and positions numbers. */
export type Value = string | number | Buffer | null
export type Row = readonly Value[]

export interface StateTable {
  readonly name: string
  readonly columns: readonly string[]
  /** Names a row, and puts them in order. */
  readonly key: readonly string[]
  /** Columns that hold positions of the log, which are the store's own. */
  readonly positions?: readonly string[]
  /** A place that nobody has used yet holds a row here too: it is made when the place is opened. */
  readonly isMadeOnOpening?: true
  /** The row that stands for none. */
  readonly atLeast?: Row
  /** A column that the database counts up. */
  readonly counted?: string
}

export interface StatePart {
  readonly name: "vault" | "checkpoints" | "operations" | "skips"
  /** In a sentence. */
  readonly words: string
  readonly tables: readonly StateTable[]
}

const table = (name: string, key: string, others: string, more: Partial<StateTable> = {}): StateTable => {
  const listed = (text: string) => text.split(" ").filter((column) => column !== "")
  return { name, key: listed(key), columns: [...listed(key), ...listed(others)], ...more }
}

export const STATE: readonly StatePart[] = [
  {
    name: "vault",
    words: "the vault",
    tables: [
      table("secret", "id", "value", { isMadeOnOpening: true }),
      table("person_key", "organization_id user_id", "key"),
      table("organization_key", "organization_id", "key"),
      table("text_key", "organization_id text_id", "key"),
      table("erased_text", "organization_id text_id", ""),
      table("name", "organization_id kind digest", "owner"),
      table("names_reached", "organization_id", "revision"),
      table("erasures_reached", "organization_id", "revision"),
      table("actor", "organization_id actor_id", "subject"),
    ],
  },
  {
    name: "checkpoints",
    words: "the signed checkpoints and the key that signs them",
    tables: [
      table("signing_key", "id", "seed made_at", { isMadeOnOpening: true }),
      table("checkpoint", "organization_id size", "root note signed_at scheduled_at to_publish published_at"),
    ],
  },
  {
    name: "operations",
    words: "deliveries of webhooks and uses of secrets",
    tables: [
      table("webhook_progress", "id", "position", { positions: ["position"], isMadeOnOpening: true, atLeast: [1, START] }),
      table("webhook_license", "license_id", "vendor_id"),
      // Without `resets`, which means something to attempts on the way only: there are none while this is copied.
      table(
        "webhook_endpoint",
        "number",
        "webhook_id owner_id url description types enabled disabled_because secret previous_secret previous_until created_at " +
          "failures next_attempt_at waiting dead attempts",
        { counted: "number" },
      ),
      table("webhook_message", "endpoint state position", "stream revision event_id type attempts status problem died_at", {
        positions: ["position"],
      }),
      table("webhook_attempt", "endpoint number", "event_id type attempt at outcome status problem milliseconds retry_at"),
      table("secret_use", "secret_id", "uses last_used_at"),
    ],
  },
  {
    name: "skips",
    words: "events that projections pass over",
    tables: [table("projection_skip", "name position", "reason skipped_by skipped_at", { positions: ["position"] })],
  },
]

export const ALL_TABLES: readonly StateTable[] = STATE.flatMap(({ tables }) => tables)

/** One place where all of that lies. */
export interface StatePlace {
  /** Pages in no particular order; each row in the order of the table's columns. */
  rows(table: StateTable): AsyncIterable<readonly Row[]>
  /** All or nothing: these rows are in the part's tables then, and no others. */
  replace(part: StatePart, rowsOf: (table: StateTable) => AsyncIterable<readonly Row[]>): Promise<void>
  close(): Promise<void>
}
