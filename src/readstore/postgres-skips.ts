/** Skips in PostgreSQL, apart from the read models, which are thrown away now and then. */
import { openDatabase } from "../postgres/database"
import { migrate, mustBeMigrated } from "../postgres/migrations"
import type { Skip, Skips } from "./skips"

const STEPS = [
  `create table projection_skip (
    name text collate "C" not null,
    position bigint not null,
    reason text not null,
    skipped_by text not null,
    skipped_at bigint not null,
    primary key (name, position)
  );`,
]

export interface PostgresSkipsOptions {
  readonly url: string
  readonly schema?: string
  /** The table must exist. */
  readonly readOnly?: boolean
  readonly onFault?: (error: Error) => void
}

export async function openPostgresSkips({ readOnly = false, ...options }: PostgresSkipsOptions): Promise<Skips> {
  const database = await openDatabase({ ...options, connections: 1, purpose: "skips in PostgreSQL" })
  try {
    await (readOnly ? mustBeMigrated : migrate)(database, "skips", STEPS)
  } catch (error) {
    await database.close()
    throw error
  }
  return {
    all: () =>
      database.rows<Skip>(
        `select name, position, reason, skipped_by as "skippedBy", skipped_at as "skippedAt" from projection_skip order by position, name`,
      ),
    async add({ name, position, reason, skippedBy, skippedAt }) {
      await database.run("insert into projection_skip values ($1, $2, $3, $4, $5) on conflict do nothing", [
        name,
        position,
        reason,
        skippedBy,
        skippedAt,
      ])
    },
    takeBack: async (name, position) =>
      (await database.run("delete from projection_skip where name = $1 and position = $2", [name, position])) > 0,
    close: () => database.close(),
  }
}
