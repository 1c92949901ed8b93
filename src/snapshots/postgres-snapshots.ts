/** Snapshots in PostgreSQL, for all nodes; the table may be emptied at any time. */
import { openDatabase } from "../postgres/database"
import { migrate } from "../postgres/migrations"
import type { Snapshot, SnapshotStore } from "./snapshot"

const STEPS = [
  `create table snapshot (
    stream text not null,
    version integer not null,
    revision bigint not null,
    event_id uuid not null,
    checksum text not null,
    body bytea not null,
    primary key (stream, version)
  );
  -- gzip already: PostgreSQL need not try again
  alter table snapshot alter column body set storage external;
  create table snapshot_begun (stream text primary key, until timestamptz not null);`,
]

/** Longer than it takes; a node that died meanwhile keeps the others from it no longer. */
const TAKEN_WITHIN = "10 minutes"

export async function openPostgresSnapshots(options: Parameters<typeof openDatabase>[0]): Promise<SnapshotStore> {
  const database = await openDatabase({ connections: 2, purpose: "the snapshots in PostgreSQL", ...options })
  try {
    await migrate(database, "snapshots", STEPS)
  } catch (error) {
    await database.close()
    throw error
  }
  return {
    async newest(stream, version) {
      const [found] = await database.rows<Snapshot>(
        `select stream, revision, version, event_id as "eventId", checksum, body from snapshot where stream = $1 and version = $2`,
        [stream, version],
      )
      return found
    },

    async put({ stream, version, revision, eventId, checksum, body }) {
      await database.transaction(async (queries) => {
        await queries.run(
          `insert into snapshot (stream, version, revision, event_id, checksum, body) values ($1, $2, $3, $4, $5, $6)
           on conflict (stream, version) do update
           set revision = excluded.revision, event_id = excluded.event_id, checksum = excluded.checksum, body = excluded.body`,
          [stream, version, revision, eventId, checksum, body],
        )
        await queries.run("delete from snapshot where stream = $1 and version < $2", [stream, version])
      })
    },

    async drop(stream, version) {
      await database.run("delete from snapshot where stream = $1 and version = $2", [stream, version])
    },

    async begin(stream) {
      const begun = await database.run(
        `insert into snapshot_begun (stream, until) values ($1, now() + interval '${TAKEN_WITHIN}')
         on conflict (stream) do update set until = excluded.until where snapshot_begun.until < now()`,
        [stream],
      )
      return begun > 0
    },

    async end(stream) {
      await database.run("delete from snapshot_begun where stream = $1", [stream])
    },

    close: () => database.close(),
  }
}
