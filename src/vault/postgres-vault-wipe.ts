/**
 * PostgreSQL leaves a deleted row in its page until the table is vacuumed, and its bytes even then, until something else is
 * written over them. So the tables that held what was erased are vacuumed, and once nobody sees the old rows any more,
 * written anew. While that goes on (about 2 s for a million keys) nothing else of the vault is read or written.
 */
import type { Database } from "../postgres/database"
import { WIPED } from "./postgres-vault-tables"

/** Rather tried again than everybody made to wait behind a backup that holds the table. */
const LOCK_WITHIN_MS = 3_000
const WRITTEN_WITHIN_MS = 600_000

/** Nothing happens when nothing was erased since. Answers why it could not be done yet, if it could not. */
export async function wipe(database: Database): Promise<string | undefined> {
  const [before] = await database.rows<{ count: number; wiped: boolean }>("select count, wiped from erased")
  if (!before || before.wiped) return undefined
  // A connection of its own: `vacuum` stands in no transaction, and its limits are others.
  const client = database.connection()
  client.on("error", () => {}) // the statement that is under way fails with it
  await client.connect()
  try {
    await client.query(`set lock_timeout = ${LOCK_WITHIN_MS}; set statement_timeout = ${WRITTEN_WITHIN_MS}`)
    await client.query(`vacuum (truncate false) ${WIPED.join(", ")}`)
    const { rows } = await client.query<{ relname: string }>(
      "select relname from pg_stat_user_tables where schemaname = current_schema() and relname = any($1) and n_dead_tup > 0",
      [[...WIPED]],
    )
    if (rows.length > 0) return `somebody still reads rows of before (${rows.map(({ relname }) => relname).join(", ")})`
    for (const table of WIPED) await client.query(`vacuum (full, analyze) ${table}`)
  } finally {
    await client.end().catch(() => {}) // It may be broken already.
  }
  // Something else may have been erased meanwhile.
  await database.run("update erased set wiped = true where count = $1", [before.count])
  return undefined
}
