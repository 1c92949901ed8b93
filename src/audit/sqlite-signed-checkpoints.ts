/**
 * `audit.sqlite`: the private key that signs checkpoints, and what was signed. It cannot be rebuilt: with another key,
 * whoever keeps checkpoints has to be told; without what was signed, a changed past would be signed once more.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs"
import { dirname } from "node:path"
import Database from "better-sqlite3"
import type { Hash } from "./merkle"
import { newSeed } from "./note"

export interface SignedCheckpoint {
  readonly organizationId: string
  readonly size: number
  readonly root: Hash
  /** The signed note (C2SP tlog-checkpoint). */
  readonly note: string
  /** Milliseconds since 1970, UTC. */
  readonly signedAt: number
}
export interface KeptCheckpoint extends SignedCheckpoint {
  /** When it reached those who keep it; null: not yet, or nobody asked for that. */
  readonly publishedAt: number | null
}

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
  return new SignedCheckpoints(db)
}

interface Row extends Omit<KeptCheckpoint, "root"> {
  readonly root: Buffer
}
const COLUMNS = `organization_id as "organizationId", size, root, note, signed_at as "signedAt", published_at as "publishedAt"`

export class SignedCheckpoints {
  readonly #db: Database.Database
  readonly #statements: ReturnType<typeof prepare>

  constructor(db: Database.Database) {
    this.#db = db
    this.#statements = prepare(db)
  }

  /** The private key of this installation. */
  seed(): Buffer {
    const seed = this.#statements.seed.get()
    if (seed === undefined) throw new Error("audit.sqlite has lost its key: restore it from a backup, or move it away for a new one")
    return seed
  }

  find(organizationId: string, size: number): KeptCheckpoint | undefined {
    return this.#statements.find.get(organizationId, size)
  }
  /** The one of the largest tree. */
  newest(organizationId: string): KeptCheckpoint | undefined {
    return this.#statements.newest.get(organizationId)
  }
  newestPublished(organizationId: string): KeptCheckpoint | undefined {
    return this.#statements.newestPublished.get(organizationId)
  }
  /** Newest first, those of smaller trees than `below`. */
  page(organizationId: string, { below, limit }: { readonly below: number; readonly limit: number }): readonly KeptCheckpoint[] {
    return this.#statements.page.all(organizationId, below, limit)
  }
  count(organizationId: string): number {
    return this.#statements.count.get(organizationId) ?? 0
  }

  /** Nothing happens when there is one of that size: it is the same. */
  add({ organizationId, size, root, note, signedAt }: SignedCheckpoint): void {
    this.#statements.add.run(organizationId, size, root, note, signedAt)
  }
  /** Signed on schedule, at this time; to be published when there is somebody to publish to. */
  schedule({ organizationId, size }: SignedCheckpoint, at: number, toPublish: boolean): void {
    this.#statements.schedule.run(at, toPublish ? 1 : 0, organizationId, size)
  }
  /** When each organization had its last scheduled one. */
  lastScheduled(): ReadonlyMap<string, number> {
    return new Map(this.#statements.lastScheduled.all().map(({ organizationId, at }) => [organizationId, at]))
  }
  organizationsToPublish(): readonly string[] {
    return this.#statements.organizationsToPublish.all()
  }
  /** In the order in which those who keep them should get them: each extends the one before it. */
  toPublish(organizationId: string, limit: number): readonly KeptCheckpoint[] {
    return this.#statements.toPublish.all(organizationId, limit)
  }
  countToPublish(): number {
    return this.#statements.countToPublish.get() ?? 0
  }
  published({ organizationId, size }: SignedCheckpoint, at: number): void {
    this.#statements.published.run(at, organizationId, size)
  }

  close(): void {
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
    add: db.prepare<[string, number, Buffer, string, number]>(
      "insert into checkpoint (organization_id, size, root, note, signed_at, to_publish) values (?, ?, ?, ?, ?, 0) on conflict do nothing",
    ),
    schedule: db.prepare<[number, number, string, number]>(
      "update checkpoint set scheduled_at = ?, to_publish = case when published_at is null then ? else 0 end where organization_id = ? and size = ?",
    ),
    lastScheduled: db.prepare<[], { organizationId: string; at: number }>(
      `select organization_id as "organizationId", max(scheduled_at) as at from checkpoint where scheduled_at is not null group by organization_id`,
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
  }
}
