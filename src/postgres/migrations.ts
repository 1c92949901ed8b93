/**
 * The tables of one part of the program, made and changed by numbered steps that are applied once, in order, under a
 * lock, when the part is opened. A step that was released is never edited; a change is a new step, and it must leave the
 * tables usable for the version before, whose nodes go on while an upgrade is under way.
 */
import type { Database, Queries } from "./database"

const MIGRATION_LOCK = 7_345_002
/** The wait for another node that is at it counts, too. */
const MIGRATED_WITHIN_MS = 600_000

const TABLE = `
  create table if not exists migration (
    part text not null,
    step integer not null,
    applied_at timestamptz not null default now(),
    primary key (part, step)
  )`

/** @throws when a later version of the program has been here: this one does not know what it changed */
export async function migrate(database: Database, part: string, steps: readonly string[]): Promise<void> {
  if ((await appliedSteps(database, part)) === steps.length) return // without a lock, as at almost every start
  const apply = async (queries: Queries) => {
    await queries.rows("select pg_advisory_xact_lock($1, hashtext($2))", [MIGRATION_LOCK, database.schema])
    // Where the schema was made beforehand, the right to make one is not needed.
    const [there] = await queries.rows<{ there: boolean }>("select to_regnamespace($1) is not null as there", [database.schema])
    if (!there?.there) await queries.run(`create schema ${database.schema}`)
    await queries.run(TABLE)
    const applied = await countSteps(queries, part)
    mustKnow(part, applied, steps)
    for (const [n, step] of steps.entries()) {
      if (n < applied) continue
      await queries.run(step)
      await queries.run("insert into migration (part, step) values ($1, $2)", [part, n + 1])
    }
  }
  await database.transaction(apply, { withinMs: MIGRATED_WITHIN_MS })
}

/** For those who only read: @throws when the tables are not there, or not those of this version. */
export async function mustBeMigrated(database: Database, part: string, steps: readonly string[]): Promise<void> {
  const applied = await appliedSteps(database, part)
  mustKnow(part, applied, steps)
  if (applied < steps.length) throw new Error(`the tables of ${part} are not there yet: start the server once, which makes them`)
}

async function appliedSteps(database: Database, part: string): Promise<number> {
  const [there] = await database.rows<{ there: boolean }>("select to_regclass($1) is not null as there", [`${database.schema}.migration`])
  return there?.there ? countSteps(database, part) : 0
}

async function countSteps(queries: Queries, part: string): Promise<number> {
  const [row] = await queries.rows<{ step: number }>("select coalesce(max(step), 0) as step from migration where part = $1", [part])
  return row?.step ?? 0
}

function mustKnow(part: string, applied: number, steps: readonly string[]): void {
  if (applied > steps.length)
    throw new Error(
      `the tables of ${part} were changed by a later version of Seatledger (step ${applied}; this version knows ${steps.length}): use that version`,
    )
}
