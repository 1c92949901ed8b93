/** Uses of secrets in `operations.sqlite`, a file that is shared with other operational data and cannot be rebuilt from the log. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import { BufferedUses } from "./buffered-uses"
import type { SecretUse, SecretUses } from "./secret-uses"

/** Opens the counts in `file` and makes what is missing; `:memory:` for tests. */
export function openSecretUses(file: string, onFault: (error: unknown) => void): SecretUses {
  if (file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true })
    closeSync(openSync(file, "a", 0o600))
    chmodSync(file, 0o600)
  }
  const db = new Database(file, { timeout: 10_000 })
  db.pragma("journal_mode = WAL")
  db.pragma("synchronous = NORMAL")
  db.exec(
    "create table if not exists secret_use (secret_id text primary key, uses integer not null, last_used_at integer not null) strict, without rowid",
  )
  const read = db.prepare<[string], SecretUse>('select uses, last_used_at as "lastUsedAt" from secret_use where secret_id = ?')
  const add = db.prepare<[string, number, number]>(
    "insert into secret_use values (?, ?, ?) on conflict do update set uses = uses + excluded.uses, last_used_at = max(last_used_at, excluded.last_used_at)",
  )
  const addAll = db.transaction((uses: ReadonlyMap<string, SecretUse>) => {
    for (const [secretId, { uses: count, lastUsedAt }] of uses) add.run(secretId, count, lastUsedAt)
  })
  return new BufferedUses(
    {
      add: async (uses) => addAll(uses),
      async of(secretIds) {
        const found = new Map<string, SecretUse>()
        for (const secretId of secretIds) {
          const use = read.get(secretId)
          if (use) found.set(secretId, use)
        }
        return found
      },
      close: async () => void db.close(),
    },
    onFault,
  )
}
