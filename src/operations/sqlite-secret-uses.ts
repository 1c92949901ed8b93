/** Uses of secrets in `operations.sqlite`, a file that is shared with other operational data and cannot be rebuilt from the log. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { SecretUse, SecretUses } from "./secret-uses"

const WRITE_AFTER_MS = 1_000

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
  return new SqliteSecretUses(db, onFault)
}

class SqliteSecretUses implements SecretUses {
  readonly #read
  readonly #add
  #waiting = new Map<string, SecretUse>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly db: Database.Database,
    private readonly onFault: (error: unknown) => void,
  ) {
    this.#read = db.prepare<[string], SecretUse>('select uses, last_used_at as "lastUsedAt" from secret_use where secret_id = ?')
    this.#add = db.prepare<[string, number, number]>(
      "insert into secret_use values (?, ?, ?) on conflict do update set uses = uses + excluded.uses, last_used_at = max(last_used_at, excluded.last_used_at)",
    )
  }

  used(secretId: string, at: number): void {
    this.#waiting.set(secretId, sum(this.#waiting.get(secretId), { uses: 1, lastUsedAt: at }))
    this.#timer ??= setTimeout(() => this.#write(), WRITE_AFTER_MS).unref()
  }

  of(secretIds: readonly string[]): ReadonlyMap<string, SecretUse> {
    const found = new Map<string, SecretUse>()
    for (const secretId of secretIds) {
      const written = this.#read.get(secretId)
      const waiting = this.#waiting.get(secretId)
      const use = waiting ? sum(written, waiting) : written
      if (use) found.set(secretId, use)
    }
    return found
  }

  close(): void {
    this.#write()
    this.db.close()
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.size === 0) return
    const writing = this.#waiting
    try {
      this.db.transaction(() => {
        for (const [secretId, { uses, lastUsedAt }] of writing) this.#add.run(secretId, uses, lastUsedAt)
      })()
      this.#waiting = new Map()
    } catch (error) {
      this.onFault(error) // the counts wait for the next use: no message is refused for them
    }
  }
}

function sum(one: SecretUse | undefined, other: SecretUse): SecretUse {
  if (!one) return other
  return { uses: one.uses + other.uses, lastUsedAt: Math.max(one.lastUsedAt, other.lastUsedAt) }
}
