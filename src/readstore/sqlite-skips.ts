/** A file of its own, because read models are thrown away and these decisions must outlive them. */
import { existsSync } from "node:fs"
import Database from "better-sqlite3"
import type { Skip, Skips } from "./skips"

export const SKIP_TABLE = `
  create table if not exists projection_skip (
    name text not null,
    position integer not null,
    reason text not null,
    skipped_by text not null,
    skipped_at integer not null,
    primary key (name, position)
  ) strict`

/** The file is made with the first skip. A skip that another process adds is seen at once. */
export function openSqliteSkips(file: string): Skips {
  let db: Database.Database | undefined
  const open = (make: boolean): Database.Database | undefined => {
    if (db || !(make || existsSync(file))) return db
    db = new Database(file, { timeout: 10_000 })
    db.pragma("synchronous = FULL")
    db.exec(SKIP_TABLE)
    return db
  }
  const all = async () =>
    open(false)
      ?.prepare<[], Skip>(
        "select name, position, reason, skipped_by as skippedBy, skipped_at as skippedAt from projection_skip order by position, name",
      )
      .all() ?? []

  return {
    all,
    async add({ name, position, reason, skippedBy, skippedAt }) {
      open(true)
        ?.prepare("insert into projection_skip values (?, ?, ?, ?, ?) on conflict do nothing")
        .run(name, position, reason, skippedBy, skippedAt)
    },
    async takeBack(name, position) {
      const taken = open(false)?.prepare("delete from projection_skip where name = ? and position = ?").run(name, position)
      return (taken?.changes ?? 0) > 0
    },
    async close() {
      db?.close()
      db = undefined
    },
  }
}
