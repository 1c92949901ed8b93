/** `audit.sqlite`: the private key that signs checkpoints, and what was signed. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import { newSeed } from "./note"
import type { KeptCheckpoint, SignedCheckpoint, SignedCheckpoints } from "./signed-checkpoints"

const FORMAT = 1
const TABLES = `
  create table signing_key (id integer primary key check (id = 1), seed blob not null, made_at integer not null) strict;
  create table checkpoint (
    organization_id text not null,
    size integer not null,
    root blob not null,
    note text not null,
    signed_at integer not null,
    scheduled_at integer,            -- signed because it was time, not because somebody asked
    to_publish integer not null,     -- 1: those who keep it do not have it yet
    published_at integer,
    primary key (organization_id, size)
  ) strict, without rowid;
  create index checkpoint_to_publish on checkpoint (organization_id, size) where to_publish = 1;
  create index checkpoint_scheduled on checkpoint (organization_id, scheduled_at) where scheduled_at is not null;
  pragma user_version = ${FORMAT};`

/** @param file `:memory:` for tests */
export function openSignedCheckpoints(file: string, now: () => number): SignedCheckpoints {
  if (file !== ":memory:") {
    mkdirSync(dirname(file), { recursive: true })
    closeSync(openSync(file, "a", 0o600)) // So that it never exists with wider rights; SQLite gives its journal the same.
    chmodSync(file, 0o600)
  }
  const db = new Database(file, { timeout: 10_000 })
  db.pragma("journal_mode = WAL")
  // What was handed out must not be forgotten by a power cut.
  db.pragma("synchronous = FULL")
  db.transaction(() => {
    const format = db.pragma("user_version", { simple: true })
    if (format === 0) {
      db.exec(TABLES)
      db.prepare("insert into signing_key values (1, ?, ?)").run(newSeed(), now())
    } else if (format !== FORMAT) throw new Error(`${file} has the format ${format}; this program knows ${FORMAT}`)
  }).immediate()
  return new SqliteSignedCheckpoints(db)
}

interface Row extends Omit<KeptCheckpoint, "root"> {
  readonly root: Buffer
}
const COLUMNS = `organization_id as "organizationId", size, root, note, signed_at as "signedAt", published_at as "publishedAt"`

class SqliteSignedCheckpoints implements SignedCheckpoints {
  readonly seed: Buffer
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
    const seed = this.#statements.seed.get()
    if (seed === undefined) throw new Error("audit.sqlite has lost its key: restore it from a backup, or move it away for a new one")
    this.seed = seed
  }

  async find(organizationId: string, size: number): Promise<KeptCheckpoint | undefined> {
    return this.#statements.find.get(organizationId, size)
  }
  async newest(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#statements.newest.get(organizationId)
  }
  async newestPublished(organizationId: string): Promise<KeptCheckpoint | undefined> {
    return this.#statements.newestPublished.get(organizationId)
  }
  async page(
    organizationId: string,
    { below, limit }: { readonly below: number; readonly limit: number },
  ): Promise<readonly KeptCheckpoint[]> {
    return this.#statements.page.all(organizationId, below, limit)
  }
  async count(organizationId: string): Promise<number> {
    return this.#statements.count.get(organizationId) ?? 0
  }

  async add({ organizationId, size, root, note, signedAt }: SignedCheckpoint, newest: number): Promise<boolean> {
    return this.#statements.add.run({ organizationId, size, root, note, signedAt, newest }).changes > 0
  }
  async schedule({ organizationId, size }: SignedCheckpoint, at: number, toPublish: boolean): Promise<void> {
    this.#statements.schedule.run(at, toPublish ? 1 : 0, organizationId, size)
  }
  async lastScheduled(organizationIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = this.#statements.lastScheduled.all(JSON.stringify(organizationIds))
    return new Map(rows.map(({ organizationId, at }) => [organizationId, at]))
  }
  async organizationsToPublish(): Promise<readonly string[]> {
    return this.#statements.organizationsToPublish.all()
  }
  async toPublish(organizationId: string, limit: number): Promise<readonly KeptCheckpoint[]> {
    return this.#statements.toPublish.all(organizationId, limit)
  }
  async countToPublish(): Promise<number> {
    return this.#statements.countToPublish.get() ?? 0
  }
  async published({ organizationId, size }: SignedCheckpoint, at: number): Promise<void> {
    this.#statements.published.run(at, organizationId, size)
  }
  async notToPublish({ organizationId, size }: SignedCheckpoint): Promise<void> {
    this.#statements.notToPublish.run(organizationId, size)
  }

  async close(): Promise<void> {
    this.#db.close()
  }
}

function prepare(db: Database.Database) {
  return {
    seed: db.prepare<[], Buffer>("select seed from signing_key").pluck(),
    find: db.prepare<[string, number], Row>(`select ${COLUMNS} from checkpoint where organization_id = ? and size = ?`),
    newest: db.prepare<[string], Row>(`select ${COLUMNS} from checkpoint where organization_id = ? order by size desc limit 1`),
    newestPublished: db.prepare<[string], Row>(
      `select ${COLUMNS} from checkpoint where organization_id = ? and published_at is not null order by size desc limit 1`,
    ),
    page: db.prepare<[string, number, number], Row>(
      `select ${COLUMNS} from checkpoint where organization_id = ? and size < ? order by size desc limit ?`,
    ),
    count: db.prepare<[string], number>("select count(*) from checkpoint where organization_id = ?").pluck(),
    add: db.prepare<[SignedCheckpoint & { readonly newest: number }]>(
      `insert into checkpoint (organization_id, size, root, note, signed_at, to_publish) select @organizationId, @size, @root, @note, @signedAt, 0
       where coalesce((select max(size) from checkpoint where organization_id = @organizationId), 0) = @newest`,
    ),
    schedule: db.prepare<[number, number, string, number]>(
      "update checkpoint set scheduled_at = ?, to_publish = case when published_at is null then ? else 0 end where organization_id = ? and size = ?",
    ),
    lastScheduled: db.prepare<[string], { organizationId: string; at: number }>(
      `select * from (select value as "organizationId",
         (select max(scheduled_at) from checkpoint where organization_id = value and scheduled_at is not null) as at from json_each(?))
       where at is not null`,
    ),
    organizationsToPublish: db
      .prepare<[], string>("select distinct organization_id from checkpoint where to_publish = 1 order by organization_id")
      .pluck(),
    toPublish: db.prepare<[string, number], Row>(
      `select ${COLUMNS} from checkpoint where organization_id = ? and to_publish = 1 order by size limit ?`,
    ),
    countToPublish: db.prepare<[], number>("select count(*) from checkpoint where to_publish = 1").pluck(),
    published: db.prepare<[number, string, number]>(
      "update checkpoint set to_publish = 0, published_at = ? where organization_id = ? and size = ?",
    ),
    notToPublish: db.prepare<[string, number]>("update checkpoint set to_publish = 0 where organization_id = ? and size = ?"),
  }
}
